// SPDX-License-Identifier: GPL-3.0-or-later
//
// Claims: at every recorded tap of every recorded case the float64 oracle and the engine give what
// the earlier prototype gave, each within the tolerance that was recorded for its precision.
#include "tests/support/ClassicOracle.h"
#include "tests/support/Golden.h"
#include "tests/support/Measure.h"
#include "tests/support/TestProgram.h"

#include <QtTest>

#include <map>

namespace {

using namespace tests;

struct Worst {
    double marginDb = 1000.0;
    double nullDb = 0.0;
    std::string row;
    int count = 0;

    void add(double toleranceDb, double measuredDb, const std::string &name)
    {
        ++count;
        // Where nothing at all differs there is no margin to speak of.
        if (measuredDb > silentDb && toleranceDb - measuredDb < marginDb) {
            marginDb = toleranceDb - measuredDb;
            nullDb = measuredDb;
            row = name;
        }
    }
    void print(const char *who) const
    {
        qInfo("%s: %d taps, worst margin %.1f dB (null %.1f dB) at %s", who, count, marginDb,
              nullDb, row.c_str());
    }
};

} // namespace

class TestGolden : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void thereAreCasesToCompare();
    void theOracleMeetsTheFloat64Tolerance_data() { addRows(); }
    void theOracleMeetsTheFloat64Tolerance();
    void theEngineMeetsTheFloat32Tolerance_data() { addRows(); }
    void theEngineMeetsTheFloat32Tolerance();
    void cleanupTestCase();

private:
    void addRows() const;
    const oracle::Taps &oracleTaps(const golden::Case &one);
    const TapBuffers &engineTaps(const golden::Case &one);
    const std::vector<double> &reference(const std::string &file);

    // The rows of a case follow each other, so the last render is kept.
    std::vector<golden::Case> cases_;
    std::map<std::string, std::vector<double>> files_;
    std::string oracleId_;
    oracle::Taps oracleTaps_;
    std::string engineId_;
    TapBuffers engineTaps_;
    Worst worstOracle_;
    Worst worstEngine_;
};

void TestGolden::initTestCase()
{
    cases_ = golden::cases();
}

void TestGolden::thereAreCasesToCompare()
{
    QVERIFY(cases_.size() >= 40);
    for (const golden::Case &one : cases_)
        QVERIFY2(!one.taps.empty(), one.id.c_str());
}

void TestGolden::addRows() const
{
    QTest::addColumn<int>("caseIndex");
    QTest::addColumn<int>("tapIndex");
    for (std::size_t i = 0; i < cases_.size(); ++i) {
        for (std::size_t j = 0; j < cases_[i].taps.size(); ++j) {
            const std::string name = cases_[i].id + " " + cases_[i].taps[j].key;
            QTest::newRow(name.c_str()) << static_cast<int>(i) << static_cast<int>(j);
        }
    }
}

const std::vector<double> &TestGolden::reference(const std::string &file)
{
    auto found = files_.find(file);
    if (found == files_.end())
        found = files_.emplace(file, toDouble(golden::readMono(file).channel(0))).first;
    return found->second;
}

const oracle::Taps &TestGolden::oracleTaps(const golden::Case &one)
{
    if (oracleId_ != one.id) {
        const engine::AudioBuffer input = golden::readMono(one.inputFile);
        oracleTaps_ =
            oracle::run(toDouble(input.channel(0)), input.format().sampleRateHz, one.settings);
        oracleId_ = one.id;
    }
    return oracleTaps_;
}

const TapBuffers &TestGolden::engineTaps(const golden::Case &one)
{
    if (engineId_ != one.id) {
        engineTaps_ = renderTaps(golden::readMono(one.inputFile), one.settings, 8192, 1);
        engineId_ = one.id;
    }
    return engineTaps_;
}

void TestGolden::theOracleMeetsTheFloat64Tolerance()
{
    QFETCH(int, caseIndex);
    QFETCH(int, tapIndex);
    const golden::Case &one = cases_[static_cast<std::size_t>(caseIndex)];
    const golden::Tap &tap = one.taps[static_cast<std::size_t>(tapIndex)];
    const double null = nullDb(oracleTaps(one).at(tap.index), reference(tap.file));
    worstOracle_.add(tap.oracleToleranceDb, null, one.id + " " + tap.key);
    QVERIFY2(null <= tap.oracleToleranceDb,
             qPrintable(QString("null %1 dB, allowed %2").arg(null).arg(tap.oracleToleranceDb)));
}

void TestGolden::theEngineMeetsTheFloat32Tolerance()
{
    QFETCH(int, caseIndex);
    QFETCH(int, tapIndex);
    const golden::Case &one = cases_[static_cast<std::size_t>(caseIndex)];
    const golden::Tap &tap = one.taps[static_cast<std::size_t>(tapIndex)];
    const double null =
        nullDb(toDouble(engineTaps(one)[tap.index].channel(0)), reference(tap.file));
    worstEngine_.add(tap.engineToleranceDb, null, one.id + " " + tap.key);
    QVERIFY2(null <= tap.engineToleranceDb,
             qPrintable(QString("null %1 dB, allowed %2").arg(null).arg(tap.engineToleranceDb)));
}

void TestGolden::cleanupTestCase()
{
    qInfo("%zu cases from %s", cases_.size(), golden::folder().c_str());
    worstOracle_.print("oracle");
    worstEngine_.print("engine");
}

QD_TEST(TestGolden, QCoreApplication)
#include "TestGolden.moc"
