// SPDX-License-Identifier: GPL-3.0-or-later
//
// Blind tests: exact probabilities, fair chance, nothing told early, and a report that says what
// was heard. Oracles: binomial sums in whole numbers, written out where they are short; chi-square
// bounds at 1 in 10 000 000, so that a fair source does not fail.

#include "engine/analysis/ListeningTest.h"
#include "engine/base/SystemRandom.h"
#include "tests/support/Signals.h"
#include "tests/support/TestProgram.h"

#include <QTest>
#include <array>
#include <bit>
#include <cmath>
#include <map>

using namespace engine;
using namespace engine::analysis;

namespace {

__extension__ using Wide = unsigned __int128;

/// C(n, k), exact up to n = 60.
std::uint64_t choose(int n, int k)
{
    std::uint64_t result = 1;
    for (int i = 1; i <= k; ++i)
        result = static_cast<std::uint64_t>(static_cast<Wide>(result) *
                                            static_cast<Wide>(n - k + i) / static_cast<Wide>(i));
    return result;
}

/// How many of the 2^n sequences have at least k hits.
std::uint64_t sequencesWith(int n, int k)
{
    std::uint64_t sum = 0;
    for (int i = k; i <= n; ++i)
        sum += choose(n, i);
    return sum;
}

/// Takes its bits from a list that a test writes.
RandomBit scripted(std::vector<bool> bits)
{
    auto place = std::make_shared<std::size_t>(0);
    return [bits = std::move(bits), place] { return bits[(*place)++ % bits.size()]; };
}

double chiSquare(const std::vector<double> &counts)
{
    double sum = 0.0;
    for (const double count : counts)
        sum += count;
    const double expected = sum / static_cast<double>(counts.size());
    double result = 0.0;
    for (const double count : counts)
        result += (count - expected) * (count - expected) / expected;
    return result;
}

} // namespace

class TestListeningTest : public QObject {
    Q_OBJECT

private slots:
    void probabilitiesAreExact();
    void knownTablesAgree();
    void preferencesCountBothSides();
    void systemBitsAreFair();
    void aTestDrawsAnewForEachTrial();
    void guessingGivesTheProbabilityThatIsTold();
    void nothingIsToldBeforeTheEnd();
    void theResultIsSaidInWords();
    void aPreferenceIsOfTheSoundNotOfThePlace();
    void theReportListsEveryTrial();
};

void TestListeningTest::probabilitiesAreExact()
{
    for (int n = 1; n <= 52; ++n) {
        for (int k = 0; k <= n; ++k) {
            // A fraction with denominator 2^n is a double as it stands.
            const double exact = std::ldexp(static_cast<double>(sequencesWith(n, k)), -n);
            QVERIFY2(binomialTail(n, k) == exact, qPrintable(QString::number(n)));
        }
    }
    QCOMPARE(binomialTail(1000, 0), 1.0);
    QVERIFY(std::abs(binomialTail(1000, 501) - 0.5 * (1.0 - 0.025225018178)) < 1e-12);
    QVERIFY(binomialTail(1000, 1000) > 0.0);
}

void TestListeningTest::knownTablesAgree()
{
    // Numerators over 2^8, 2^16, 2^24.
    QCOMPARE(binomialTail(8, 7), 9.0 / 256.0);
    QCOMPARE(binomialTail(8, 8), 1.0 / 256.0);
    QCOMPARE(binomialTail(16, 12), 2517.0 / 65536.0);
    QCOMPARE(binomialTail(16, 13), 697.0 / 65536.0);
    QCOMPARE(binomialTail(16, 16), 1.0 / 65536.0);
    QCOMPARE(binomialTail(24, 17), 536155.0 / 16777216.0);
    // The fewest that count as a difference.
    const auto fewest = [](int n) {
        int k = 0;
        while (binomialTail(n, k) > significance)
            ++k;
        return k;
    };
    QCOMPARE(fewest(8), 7);
    QCOMPARE(fewest(16), 12);
    QCOMPARE(fewest(24), 17);
}

void TestListeningTest::preferencesCountBothSides()
{
    for (const int n : trialCounts) {
        for (int k = 0; k <= n; ++k) {
            double exact = 0.0; // every split at least as uneven
            for (int i = 0; i <= n; ++i) {
                if (std::abs(2 * i - n) >= std::abs(2 * k - n))
                    exact += std::ldexp(static_cast<double>(choose(n, i)), -n);
            }
            QCOMPARE(preferencePValue(n, k), exact);
            QCOMPARE(preferencePValue(n, k), preferencePValue(n, n - k));
        }
    }
    QCOMPARE(preferencePValue(16, 8), 1.0);
    QCOMPARE(preferencePValue(8, 8), 2.0 / 256.0);
}

void TestListeningTest::systemBitsAreFair()
{
    RandomBit bit = systemRandomBits();
    // Bytes: 255 degrees of freedom.
    std::vector<double> bytes(256);
    std::vector<double> bits(64); // how often each place of a word is set
    constexpr int words = 1 << 16;
    for (int i = 0; i < words; ++i) {
        std::uint64_t word = 0;
        for (int b = 0; b < 64; ++b) {
            const bool set = bit();
            bits[static_cast<std::size_t>(b)] += set ? 1.0 : 0.0;
            word = word << 1U | (set ? 1U : 0U);
        }
        for (int b = 0; b < 8; ++b)
            ++bytes[word >> (8 * b) & 0xFFU];
    }
    const double bytesChi = chiSquare(bytes);
    qInfo("bytes: chi-square %.1f of 255", bytesChi);
    QVERIFY(bytesChi > 146.0 && bytesChi < 395.0);
    for (const double set : bits) // 6 standard deviations
        QVERIFY(std::abs(set - words / 2.0) < 6.0 * std::sqrt(words / 4.0));
    // No word comes twice: a source that starts again would show.
    std::map<std::uint64_t, int> seen;
    for (int i = 0; i < 10000; ++i)
        QCOMPARE(++seen[systemRandom()], 1);
}

void TestListeningTest::aTestDrawsAnewForEachTrial()
{
    // Pairs of neighbouring trials: 3 degrees of freedom.
    std::vector<double> pairs(4);
    std::vector<double> heads(17); // how many of 16 are B
    constexpr int tests = 20000;
    const RandomBit random = systemRandomBits();
    for (int i = 0; i < tests; ++i) {
        ListeningTest test(TestKind::Abx, 16, random);
        int before = -1, ones = 0;
        while (!test.finished()) {
            const int now = test.hidden() == TestSound::B ? 1 : 0;
            ones += now;
            if (before >= 0)
                ++pairs[static_cast<std::size_t>(2 * before + now)];
            before = now;
            test.answer(TestSound::A);
        }
        ++heads[static_cast<std::size_t>(ones)];
    }
    QVERIFY2(chiSquare(pairs) < 35.0, QByteArray::number(chiSquare(pairs)));
    double chi = 0.0;
    for (int k = 3; k <= 13; ++k) { // where enough are expected
        const double expected = tests * std::ldexp(static_cast<double>(choose(16, k)), -16);
        chi += std::pow(heads[static_cast<std::size_t>(k)] - expected, 2) / expected;
    }
    QVERIFY2(chi < 55.0, QByteArray::number(chi)); // 10 degrees of freedom
}

void TestListeningTest::guessingGivesTheProbabilityThatIsTold()
{
    tests::Random random(5);
    const RandomBit bit = systemRandomBits();
    constexpr int tests = 40000;
    int significant = 0;
    for (int i = 0; i < tests; ++i) {
        ListeningTest test(TestKind::Abx, 16, bit);
        while (!test.finished())
            test.answer(random.chance(0.5) ? TestSound::A : TestSound::B);
        significant += test.result()->significant() ? 1 : 0;
    }
    const double expected = tests * 2517.0 / 65536.0; // 12 of 16 and more
    QVERIFY(std::abs(significant - expected) < 5.4 * std::sqrt(expected));
}

void TestListeningTest::nothingIsToldBeforeTheEnd()
{
    for (const TestKind kind : {TestKind::Abx, TestKind::Preference}) {
        for (const int trials : trialCounts) {
            ListeningTest test(kind, trials, systemRandomBits());
            for (int i = 0; i < trials; ++i) {
                QCOMPARE(test.answered(), i);
                QVERIFY(!test.finished() && !test.result());
                test.answer(TestSound::A);
            }
            QVERIFY(test.finished() && test.result());
            QCOMPARE(test.result()->trials.size(), static_cast<std::size_t>(trials));
        }
    }
}

void TestListeningTest::theResultIsSaidInWords()
{
    const auto abx = [](int correct) {
        ListeningTest test(TestKind::Abx, 16, scripted({false, true, true}));
        for (int i = 0; i < 16; ++i) {
            const TestSound x = test.hidden();
            test.answer((i < correct) == (x == TestSound::A) ? TestSound::A : TestSound::B);
        }
        return *test.result();
    };
    QCOMPARE(abx(13).count, 13);
    QCOMPARE(abx(13).sentence(), std::string("13 of 16 correct. By guessing alone you would reach "
                                             "this in 1.1 % of tests."));
    QCOMPARE(abx(13).verdict(), std::string("You hear a difference"));
    QCOMPARE(abx(12).verdict(), std::string("You hear a difference"));        // 3.8 %
    QCOMPARE(abx(11).verdict(), std::string("No reliable difference heard")); // 10.5 %
    QVERIFY(abx(0).sentence().find(" 100 % ") != std::string::npos);
    QVERIFY(abx(16).sentence().find("less than 0.01 %") != std::string::npos);
}

void TestListeningTest::aPreferenceIsOfTheSoundNotOfThePlace()
{
    ListeningTest test(TestKind::Preference, 16, systemRandomBits());
    while (!test.finished())
        test.prefer(test.hidden() == TestSound::B); // B, whichever place it has
    const TestResult result = *test.result();
    QCOMPARE(result.count, 0);
    QCOMPARE(result.pValue, 2.0 / 65536.0);
    QCOMPARE(result.verdict(), std::string("You prefer B"));
    QCOMPARE(result.sentence(),
             std::string("A chosen 0 times, B 16 times. Without a preference a split this uneven "
                         "comes in less than 0.01 % of tests."));
    ListeningTest even(TestKind::Preference, 8, scripted({false, true}));
    while (!even.finished())
        even.prefer(true);
    QCOMPARE(even.result()->count, 4);
    QCOMPARE(even.result()->verdict(), std::string("No reliable preference"));
    ListeningTest first(TestKind::Preference, 8, scripted({false}));
    while (!first.finished())
        first.prefer(true);
    QCOMPARE(first.result()->verdict(), std::string("You prefer A"));
}

void TestListeningTest::theReportListsEveryTrial()
{
    ListeningTest test(TestKind::Abx, 8, scripted({false, true}));
    for (int i = 0; i < 8; ++i)
        test.answer(i == 2 ? TestSound::B : test.hidden());
    const std::string text =
        reportText(*test.result(), {"reese.wav", "Growl", "Init", "27.11.2026"});
    QCOMPARE(QString::fromStdString(text),
             QStringLiteral("ABX test\n"
                            "When:  27.11.2026\nSound: reese.wav\nA:     Growl\nB:     Init\n\n"
                            "7 of 8 correct. By guessing alone you would reach this in 3.5 % of "
                            "tests.\nYou hear a difference.\n"
                            "Exact binomial test, one-sided: p = 0.035156\n\n"
                            "Trial  X was  Answer\n"
                            "    1  A      A\n    2  B      B\n    3  A      B  wrong\n"
                            "    4  B      B\n    5  A      A\n    6  B      B\n    7  A      A\n"
                            "    8  B      B\n"));
}

QD_TEST(TestListeningTest, QCoreApplication)
#include "TestListeningTest.moc"
