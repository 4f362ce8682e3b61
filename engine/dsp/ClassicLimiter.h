// SPDX-License-Identifier: GPL-3.0-or-later
//
// The earlier prototype's look-ahead limiter, kept for its sound: the gain falls in the very
// sample in which the look-ahead window shows a peak and begins to recover in the same sample, so
// peaks can pass the ceiling slightly. All channels share one gain.
// Shape: any channels × frames, in place. Units: dB, ms. Real-time: process() yes, in O(frames).
// Latency: look-ahead − 1 samples. Errors: none. Source: the Classic pipeline.
#pragma once

#include "engine/dsp/DspBlock.h"
#include "engine/dsp/SlidingMaximum.h"

namespace engine::dsp {

struct ClassicLimiter {
    struct Parameters {
        double ceilingDb = -1.0;
        double lookaheadMs = 5.0;
        double releaseMs = 30.0;
        bool operator==(const Parameters &) const = default;
    };

    void prepare(const StreamSpec &spec, const Parameters &parameters);
    void reset() noexcept;
    void process(AudioBlock io) noexcept;
    int latencyFrames() const noexcept { return peaks_.window() - 1; }
    /// After this long nothing above −130 dB is left of how the gain began.
    int memoryFrames() const noexcept { return 15 * releaseFrames_ + peaks_.window(); }

private:
    double nextGain(float peak) noexcept;

    double ceiling_ = 1.0;
    double releaseFactor_ = 0.0;
    int releaseFrames_ = 1;
    std::vector<std::vector<float>> delay_; ///< rings as long as the look-ahead, one a channel
    std::size_t position_ = 0;              ///< where the next sample goes
    SlidingMaximum<float> peaks_;           ///< those above the ceiling, of the look-ahead window
    std::int64_t now_ = 0;
    double gain_ = 1.0;
};

} // namespace engine::dsp
