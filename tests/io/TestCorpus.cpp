// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every hostile file of the corpus comes out as its manifest says: refused in one clear sentence,
// opened, or opened with a warning about what is missing. Always fast, in little memory, finite,
// and without a word on standard error. QD_CORPUS_DIR names another corpus of the same kind.

#include "FileFixtures.h"
#include "tests/support/Cpu.h"
#include "tests/support/TestProgram.h"

#include <QElapsedTimer>
#include <QTest>
#include <cmath>
#include <fcntl.h>
#include <map>
#include <nlohmann/json.hpp>
#include <unistd.h>

using namespace engine;
using namespace tests::files;
using io::AudioFileReader;
using Kind = io::ReadWarning::Kind;

namespace {

constexpr std::int64_t mostMemoryBytes = 200'000'000;
constexpr qint64 mostMs = 1000;

fs::path corpusFolder()
{
    const QByteArray other = qgetenv("QD_CORPUS_DIR");
    return other.isEmpty() ? fs::path(QD_TEST_DATA_DIR "/corpus") : fs::path(other.toStdString());
}

Kind kindOf(const std::string &warning)
{
    const std::map<std::string, Kind> kinds{{"truncated", Kind::Truncated},
                                            {"damaged", Kind::Damaged},
                                            {"nonfinite", Kind::NonFinite},
                                            {"level", Kind::TooLoud}};
    return kinds.at(warning);
}

struct Outcome {
    bool opened = false;
    Error error;
    std::optional<std::int64_t> declared;
    std::int64_t frames = 0;
    bool finite = true;
    std::vector<io::ReadWarning> warnings;
};

Outcome load(const fs::path &path)
{
    Outcome outcome;
    auto reader = AudioFileReader::open(path);
    if (!reader) {
        outcome.error = reader.error();
        return outcome;
    }
    AudioFileReader &file = **reader;
    outcome.opened = true;
    outcome.declared = file.declaredFrames();
    AudioBuffer block(file.format(), 1000);
    for (int got = 1000; got == 1000;) {
        const Result<int> count = file.read(block.block(0, 1000));
        if (!count) {
            outcome.error = count.error();
            outcome.opened = false;
            break;
        }
        got = *count;
        outcome.frames += got;
        for (int c = 0; c < block.channels(); ++c) {
            for (const float x : block.channel(c).first(std::size_t(got)))
                outcome.finite = outcome.finite && std::abs(x) <= io::maxSampleMagnitude;
        }
    }
    outcome.warnings = file.warnings();
    return outcome;
}

/// Standard error goes to a file for a while.
class StderrToFile {
public:
    explicit StderrToFile(const fs::path &path) : saved_(::dup(STDERR_FILENO))
    {
        const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0600);
        ::dup2(file, STDERR_FILENO);
        ::close(file);
    }
    ~StderrToFile()
    {
        ::dup2(saved_, STDERR_FILENO);
        ::close(saved_);
    }

private:
    int saved_;
};

QByteArray warningText(const Outcome &outcome)
{
    std::string text;
    for (const io::ReadWarning &warning : outcome.warnings)
        text += warning.text + " ";
    return QByteArray::fromStdString(text);
}

} // namespace

class TestCorpus : public QObject {
    Q_OBJECT

private slots:
    void everyFileComesOutAsListed_data();
    void everyFileComesOutAsListed();
    void cleanupTestCase();

private:
    struct Group {
        int files = 0, refused = 0, opened = 0, warned = 0;
        qint64 slowestMs = 0;
        std::int64_t memoryBytes = 0;
    };
    std::map<std::string, Group> groups_;
};

void TestCorpus::everyFileComesOutAsListed_data()
{
    QTest::addColumn<QByteArray>("entry");
    const auto manifest =
        nlohmann::json::parse(readBytes(corpusFolder() / "manifest.json").toStdString());
    for (const auto &file : manifest.at("files"))
        QTest::newRow(file.at("name").get<std::string>().c_str())
            << QByteArray::fromStdString(file.dump());
}

void TestCorpus::everyFileComesOutAsListed()
{
    QFETCH(QByteArray, entry);
    const auto file = nlohmann::json::parse(entry.toStdString());
    const auto name = file.at("name").get<std::string>();
    const auto expect = file.at("expect").get<std::string>();
    QCOMPARE(fs::file_size(corpusFolder() / name), file.at("size").get<std::uintmax_t>());

    const Folder folder;
    const std::int64_t memoryBefore = peakMemoryBytes();
    const double start = tests::processCpuSeconds();
    const Outcome outcome = [&] {
        const StderrToFile quiet(folder / "stderr");
        return load(corpusFolder() / name);
    }();
    // A second of work, not of the clock: others may keep the machine busy.
    const auto elapsed = static_cast<qint64>(1e3 * (tests::processCpuSeconds() - start));
    const std::int64_t memory = peakMemoryBytes() - memoryBefore;

    Group &group = groups_[file.at("group").get<std::string>()];
    ++group.files;
    ++(!outcome.opened ? group.refused : outcome.warnings.empty() ? group.opened : group.warned);
    group.slowestMs = std::max(group.slowestMs, elapsed);
    group.memoryBytes = std::max(group.memoryBytes, memory);

    QVERIFY2(elapsed < mostMs, QByteArray::number(elapsed));
    QVERIFY2(memory < mostMemoryBytes, QByteArray::number(qint64(memory)));
    QCOMPARE(readBytes(folder / "stderr"), QByteArray());
    QVERIFY(outcome.finite);
    const QByteArray warnings = warningText(outcome);
    if (!outcome.opened) {
        QVERIFY2(expect == "reject" || expect == "any", outcome.error.oneLine().c_str());
        QCOMPARE(outcome.error.code, ErrorCode::BadData);
        QVERIFY2(isClearSentence(outcome.error, name), outcome.error.problem.c_str());
        return;
    }
    QVERIFY2(expect != "reject", "was opened");
    QVERIFY(outcome.frames >= 1);
    for (const io::ReadWarning &warning : outcome.warnings) {
        QVERIFY2(warning.text.find(name) != std::string::npos, warning.text.c_str());
        QVERIFY2(warning.text.find('\n') == std::string::npos, warning.text.c_str());
    }
    if (expect == "open") {
        QVERIFY2(outcome.warnings.empty(), warnings);
        if (outcome.declared)
            QCOMPARE(*outcome.declared, outcome.frames);
    }
    if (file.at("frames").is_number())
        QCOMPARE(outcome.frames, file.at("frames").get<std::int64_t>());
    if (expect == "open_warn") {
        const Kind wanted = kindOf(file.at("warn").get<std::string>());
        const bool told = std::ranges::any_of(
            outcome.warnings, [&](const io::ReadWarning &w) { return w.kind == wanted; });
        QVERIFY2(told, warnings.isEmpty() ? "no warning at all" : warnings.constData());
    }
}

void TestCorpus::cleanupTestCase()
{
    qInfo("%-10s %5s %7s %6s %6s %10s %10s", "group", "files", "refused", "clean", "warned",
          "slowest ms", "memory MB");
    for (const auto &[name, group] : groups_)
        qInfo("%-10s %5d %7d %6d %6d %10lld %10.1f", name.c_str(), group.files, group.refused,
              group.opened, group.warned, group.slowestMs, double(group.memoryBytes) / 1e6);
}

QD_TEST(TestCorpus, QCoreApplication)
#include "TestCorpus.moc"
