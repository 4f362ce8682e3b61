// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/ListeningTest.h"

#include "engine/base/SystemRandom.h"
#include "engine/base/Text.h"

#include <algorithm>
#include <cassert>
#include <memory>

namespace engine::analysis {

namespace {

constexpr int mostTrials = 1000;

TestSound other(TestSound sound)
{
    return sound == TestSound::A ? TestSound::B : TestSound::A;
}

std::string_view letter(TestSound sound)
{
    return sound == TestSound::A ? "A" : "B";
}

/// "1.1 %", "0.02 %", "less than 0.01 %".
std::string percentText(double probability)
{
    const double percent = 100.0 * probability;
    if (percent < 0.01)
        return "less than 0.01 %";
    return fixedText(percent, percent < 0.1 ? 2 : percent < 99.95 ? 1 : 0) + " %";
}

} // namespace

double binomialTail(int trials, int correct)
{
    assert(correct >= 0 && correct <= trials && trials <= mostTrials);
    // Pascal's row as probabilities: each step halves, so nothing overflows. Exact in binary up to
    // 53 trials.
    std::vector<double> row(static_cast<std::size_t>(trials) + 1, 0.0);
    row[0] = 1.0;
    for (int n = 1; n <= trials; ++n) {
        for (int k = n; k > 0; --k)
            row[static_cast<std::size_t>(k)] =
                0.5 * (row[static_cast<std::size_t>(k)] + row[static_cast<std::size_t>(k) - 1]);
        row[0] *= 0.5;
    }
    double sum = 0.0;
    for (int k = trials; k >= correct; --k) // the smallest first
        sum += row[static_cast<std::size_t>(k)];
    return std::min(sum, 1.0);
}

double preferencePValue(int trials, int chosen)
{
    const int most = std::max(chosen, trials - chosen);
    // Both tails hold the middle where the split is even.
    return 2 * most == trials ? 1.0 : std::min(1.0, 2.0 * binomialTail(trials, most));
}

RandomBit systemRandomBits()
{
    struct Bits {
        std::uint64_t left = 0;
        int count = 0;
    };
    return [bits = std::make_shared<Bits>()] {
        if (bits->count == 0) {
            bits->left = systemRandom();
            bits->count = 64;
        }
        const bool bit = (bits->left & 1U) != 0;
        bits->left >>= 1U;
        --bits->count;
        return bit;
    };
}

std::string TestResult::sentence() const
{
    const auto all = static_cast<int>(trials.size());
    if (kind == TestKind::Abx)
        return std::to_string(count) + " of " + std::to_string(all) +
               " correct. By guessing alone you would reach this in " + percentText(pValue) +
               " of tests.";
    return "A chosen " + std::to_string(count) + " times, B " + std::to_string(all - count) +
           " times. Without a preference a split this uneven comes in " + percentText(pValue) +
           " of tests.";
}

std::string TestResult::verdict() const
{
    if (kind == TestKind::Abx)
        return significant() ? "You hear a difference" : "No reliable difference heard";
    if (!significant())
        return "No reliable preference";
    const bool a = 2 * count > static_cast<int>(trials.size());
    return a ? "You prefer A" : "You prefer B";
}

ListeningTest::ListeningTest(TestKind kind, int trials, RandomBit random)
    : kind_(kind), trials_(trials), random_(std::move(random)),
      hidden_(random_() ? TestSound::B : TestSound::A)
{
    assert(trials > 0 && trials <= mostTrials);
}

void ListeningTest::answer(TestSound sound)
{
    assert(!finished());
    log_.push_back({hidden_, sound});
    if (!finished())
        hidden_ = random_() ? TestSound::B : TestSound::A;
}

void ListeningTest::prefer(bool first)
{
    assert(kind_ == TestKind::Preference);
    answer(first ? hidden_ : other(hidden_));
}

void ListeningTest::stop()
{
    assert(answered() > 0);
    trials_ = answered();
}

std::optional<TestResult> ListeningTest::result() const
{
    if (!finished())
        return std::nullopt;
    TestResult result;
    result.kind = kind_;
    result.trials = log_;
    result.count = static_cast<int>(std::ranges::count_if(log_, [&](const TestTrial &trial) {
        return kind_ == TestKind::Abx ? trial.answer == trial.hidden : trial.answer == TestSound::A;
    }));
    result.pValue = kind_ == TestKind::Abx ? binomialTail(trials_, result.count)
                                           : preferencePValue(trials_, result.count);
    return result;
}

std::string reportText(const TestResult &result, const TestReportNames &names)
{
    const bool abx = result.kind == TestKind::Abx;
    std::string text = abx ? "ABX test\n" : "Preference test\n";
    for (const auto &[label, value] :
         {std::pair<std::string_view, const std::string &>{"When:  ", names.when},
          {"Sound: ", names.sound},
          {"A:     ", names.a},
          {"B:     ", names.b}})
        text += std::string(label) + value + "\n";
    text += "\n" + result.sentence() + "\n" + result.verdict() + ".\n";
    text += "Exact binomial test, " + std::string(abx ? "one-sided" : "two-sided") +
            ": p = " + fixedText(result.pValue, 6) + "\n\n";
    text += abx ? "Trial  X was  Answer\n" : "Trial  First  Chosen\n";
    for (std::size_t i = 0; i < result.trials.size(); ++i) {
        const std::string number = std::to_string(i + 1);
        const TestTrial &trial = result.trials[i];
        text += std::string(5 - std::min<std::size_t>(5, number.size()), ' ') + number + "  " +
                std::string(letter(trial.hidden)) + "      " + std::string(letter(trial.answer)) +
                (abx && trial.hidden != trial.answer ? "  wrong" : "") + "\n";
    }
    return text;
}

} // namespace engine::analysis
