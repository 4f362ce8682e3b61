// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/LoudnessGoal.h"

#include "engine/base/Text.h"

namespace engine::io {

namespace {

Status checkRange(double value, double least, double most, std::string_view unit,
                  std::string_view what)
{
    if (value >= least && value <= most)
        return {};
    return fail(ErrorCode::Usage,
                std::string(what) + " of " + numberText(value) + " " + std::string(unit) +
                    " is outside " + numberText(least) + "…" + numberText(most),
                "Nothing was written", "Choose a value in this range");
}

Status checkPeak(double truePeakDb)
{
    return checkRange(truePeakDb, leastTruePeakDb, mostTruePeakDb, "dB", "A true peak limit");
}

struct Check {
    Status operator()(const AsRendered & /*goal*/) const { return {}; }
    Status operator()(const TargetLoudness &goal) const
    {
        return checkRange(goal.lufs, leastTargetLufs, mostTargetLufs, "LUFS", "A loudness")
            .and_then([&] { return checkPeak(goal.truePeakDb); });
    }
    Status operator()(const MatchSource &goal) const { return checkPeak(goal.truePeakDb); }
};

} // namespace

Status check(const Loudness &loudness)
{
    return std::visit(Check{}, loudness);
}

} // namespace engine::io
