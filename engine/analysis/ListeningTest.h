// SPDX-License-Identifier: GPL-3.0-or-later
//
// Blind tests. ABX: X is A or B by chance, anew each trial; the listener says which. Preference:
// the two sounds come as 1 and 2 in an order drawn by chance; the listener says which is better.
// Nothing but the sound to play is told before the last answer, and then the result with what it
// is worth.
// Shape: a trial is drawn when it begins. Units: probabilities 0…1. Real-time: no. Errors: none.
// Source: exact binomial tests with p = ½: ABX one-sided (at least so many correct), preference
// two-sided (a split at least so uneven).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace engine::analysis {

/// P(at least `correct` of `trials` by guessing). Requires: 0 <= correct <= trials <= 1000.
double binomialTail(int trials, int correct);
/// P(a split at least as uneven as this one, to either side).
double preferencePValue(int trials, int chosen);

/// At most this is called a difference.
inline constexpr double significance = 0.05;
inline constexpr int trialCounts[] = {8, 16, 24};

enum class TestSound : std::uint8_t { A, B };
enum class TestKind : std::uint8_t { Abx, Preference };

/// One fair bit a call.
using RandomBit = std::function<bool()>;
/// From the system's random source (getrandom), 64 calls a read.
RandomBit systemRandomBits();

struct TestTrial {
    TestSound hidden; ///< ABX: what X was; preference: what came as 1
    TestSound answer; ///< ABX: what X was said to be; preference: what was chosen
    bool operator==(const TestTrial &) const = default;
};

struct TestResult {
    TestKind kind;
    std::vector<TestTrial> trials;
    int count = 0; ///< ABX: correct answers; preference: how often A was chosen
    double pValue = 1.0;
    bool significant() const { return pValue <= significance; }
    /// "13 of 16 correct. By guessing alone you would reach this in 1.1 % of tests."
    std::string sentence() const;
    /// "You hear a difference", "No reliable difference heard", "You prefer B", …
    std::string verdict() const;
};

class ListeningTest {
public:
    ListeningTest(TestKind kind, int trials, RandomBit random);

    TestKind kind() const { return kind_; }
    int trials() const { return trials_; }
    /// Trials that have been answered.
    int answered() const { return static_cast<int>(log_.size()); }
    bool finished() const { return answered() == trials_; }

    /// What sounds as X (ABX) or as 1 (preference; 2 is the other): for the player alone, never
    /// for a label. Requires: not finished.
    TestSound hidden() const { return hidden_; }
    /// ABX: "X is A / B". Preference: the one that was chosen, as A or B (see sounding).
    /// Requires: not finished.
    void answer(TestSound answer);
    /// Preference: "1 is better" or "2 is better". Requires: not finished, kind Preference.
    void prefer(bool first);
    /// Ends the test with what was answered so far; what is hidden has told nobody when. Requires:
    /// answered() > 0.
    void stop();
    /// Takes back nothing and tells nothing before the end.
    std::optional<TestResult> result() const;

private:
    TestKind kind_;
    int trials_;
    RandomBit random_;
    TestSound hidden_;
    std::vector<TestTrial> log_;
};

struct TestReportNames {
    std::string sound; ///< the file
    std::string a;     ///< "Subtle Tube Glue"
    std::string b;
    std::string when; ///< as the reader writes dates
};
/// A small plain text with every trial.
std::string reportText(const TestResult &result, const TestReportNames &names);

} // namespace engine::analysis
