// SPDX-License-Identifier: GPL-3.0-or-later
//
// Brings a spooled sound to a loudness: one gain for all of it, and a true-peak limiter where the
// wave would go higher than allowed. What the limiter takes away from the loudness is given back by
// a higher gain, up to mostPushDb: beyond that more gain only flattens the sound, and the target
// counts as out of reach. Two passes where no limiter is needed, some more where it is, all over
// the spool: the sound is rendered once.
// Shape: streams in constant memory, any channels. Units: LUFS, dB, dBTP. Real-time: no.
// Errors: those of spool and sink, Cancelled. Repeatable bit for bit.
#pragma once

#include "engine/base/RunContext.h"
#include "engine/io/SampleSpool.h"

namespace engine::render {

struct LoudnessTarget {
    double lufs = 0.0;
    double truePeakDb = 0.0;
};

inline constexpr double mostPushDb = 6.0;

class Leveller {
public:
    /// Requires: the spool is complete and outlives this object.
    Leveller(io::SampleSpool &spool, const LoudnessTarget &target) : spool_(spool), target_(target)
    {}

    /// Measures the spool and finds the gain. False: it is silent and stays as it is.
    Result<bool> plan(const RunContext &context);
    Status writeTo(AudioSink &sink, const RunContext &context);
    /// What came out, measured on the finished file. True: it is not what was asked for, and
    /// writing it again would come nearer.
    bool improve(std::optional<double> lufs, std::optional<double> truePeakDb);

    double gainDb() const { return gainDb_; }
    /// The most that the limiter took away when it was written last.
    double reductionDb() const { return reductionDb_; }

private:
    io::SampleSpool &spool_;
    LoudnessTarget target_;
    double gainDb_ = 0.0;
    double mostGainDb_ = 0.0;
    bool limits_ = false;
    double ceilingDb_ = 0.0;
    double reductionDb_ = 0.0;
};

} // namespace engine::render
