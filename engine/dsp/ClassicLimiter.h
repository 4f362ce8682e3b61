// SPDX-License-Identifier: GPL-3.0-or-later
//
// The earlier prototype's look-ahead limiter, kept for its sound: the gain falls in the very
// sample in which the look-ahead window shows a peak and begins to recover in the same sample, so
// peaks can pass the ceiling slightly. Each channel has a gain of its own.
// Shape: any channels × frames, in place. Units: dB, ms. Real-time: process() yes, in O(frames):
// a monotonic queue holds the candidates for the largest sample of the window.
// Latency: look-ahead − 1 samples. Errors: none. Source: the Classic pipeline; sliding maximum as
// in Lemire, "Streaming maximum-minimum filter using no more than three comparisons per element"
// (Nordic Journal of Computing 13, 2006).
#pragma once

#include "engine/dsp/DspBlock.h"

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
    int latencyFrames() const noexcept { return lookaheadFrames_ - 1; }
    /// After this long nothing above −130 dB is left of how the gain began.
    int memoryFrames() const noexcept { return 15 * releaseFrames_ + lookaheadFrames_; }

private:
    struct Channel {
        std::vector<float> delay;           ///< ring of lookaheadFrames_ samples
        std::size_t position = 0;           ///< of its oldest sample
        std::vector<float> peakValue;       ///< ring: falling candidates for the window's peak
        std::vector<std::int64_t> peakTime; ///< when each of them came
        std::size_t head = 0;               ///< oldest candidate
        std::size_t count = 0;
        std::int64_t now = 0;
        double gain = 1.0;
    };
    float processSample(Channel &channel, float in) noexcept;

    double ceiling_ = 1.0;
    double releaseFactor_ = 0.0;
    int lookaheadFrames_ = 1;
    int releaseFrames_ = 1;
    std::vector<Channel> channels_;
};

} // namespace engine::dsp
