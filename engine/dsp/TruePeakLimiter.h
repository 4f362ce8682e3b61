// SPDX-License-Identifier: GPL-3.0-or-later
//
// Keeps the true peak under a ceiling with one gain for all channels. Two passes of the same
// kind: the second, local in time, takes away what is left where the gain moved between samples. A
// pass: reduction that each peak needs → largest of the look-ahead window → release → two moving
// averages as long as the window together. Each averaged value is at least what the peak needs, so
// no sample peak can pass. The moving averages are exact (integers), so that a gain of 1 is 1 and
// nothing depends on where a block begins. Shape: any channels × frames, in place. Units: dB, ms.
// Real-time: process() yes, in O(frames). Latency: latencyFrames(), exact. Errors: none. Source:
// look-ahead as in Giannoulis, Massberg & Reiss, "Digital dynamic range compressor design" (JAES
// 60, 2012); true peak: TruePeakDetector.h.
#pragma once

#include "engine/dsp/DspBlock.h"
#include "engine/dsp/GainReduction.h"
#include "engine/dsp/SlidingMaximum.h"
#include "engine/dsp/TruePeakDetector.h"

namespace engine::dsp {

struct TruePeakLimiter {
    struct Parameters {
        double ceilingDb = -1.0;
        double lookaheadMs = 5.0;
        double releaseMs = 30.0;
        bool operator==(const Parameters &) const = default;
    };

    void prepare(const StreamSpec &spec, const Parameters &parameters);
    void reset() noexcept;
    void process(AudioBlock io) noexcept;
    int latencyFrames() const noexcept;
    int memoryFrames() const noexcept { return memoryFrames_; }

    /// Where the gain reduction is written from now on; null for nowhere. Appending may allocate.
    void recordTo(GainReduction *trace) noexcept { trace_ = trace; }

private:
    /// The gain computer of one pass: peaks in, gains out, windowFrames − 1 later.
    struct GainComputer {
        void prepare(double threshold, int windowFrames, double releaseFrames);
        void reset() noexcept;
        float next(float peak) noexcept;
        /// Whether all gains are 1 until a peak passes the threshold.
        bool isIdle() const noexcept;
        /// As next(0) so many times. Requires: isIdle().
        void idle(int frames) noexcept { now += frames; }

        double threshold = 1.0;
        double releaseFactor = 0.0;
        SlidingMaximum<std::int64_t> needed; ///< reductions of the look-ahead window
        std::int64_t now = 0;
        std::int64_t held = 0; ///< after the release
        struct Average {
            std::vector<std::int64_t> ring;
            std::size_t position = 0;
            std::int64_t sum = 0;
            std::int64_t next(std::int64_t value) noexcept;
        };
        Average first;
        Average second;
        double scale = 1.0;
    };
    struct Pass {
        std::vector<TruePeakDetector> detectors; ///< one a channel
        GainComputer computer;
        std::vector<std::vector<float>> delay; ///< rings, one a channel
        std::vector<float> gainDelay;          ///< ring: the product of the gains before this pass
        std::size_t position = 0;
        int latency = 0;
        std::int64_t unchangedFrames = 0; ///< in a row, that went through as they were
    };
    using Tables = std::shared_ptr<const TruePeakDetector::Tables>;
    void preparePass(Pass &pass, const StreamSpec &spec, const Tables &tables, double lookaheadMs,
                     double releaseMs);
    static void resetPass(Pass &pass) noexcept;
    /// `quiet`: no peak of this block can pass the ceiling.
    void runPass(Pass &pass, AudioBlock io, bool quiet) noexcept;
    /// The gains of this pass for the block's frames; false if all of them are 1.
    bool computeGains(Pass &pass, AudioBlock io, bool quiet) noexcept;

    double ceiling_ = 1.0;
    int memoryFrames_ = 0;
    std::array<Pass, 2> passes_;
    std::vector<float> peaks_;
    std::vector<float> passGains_;
    std::vector<float> gains_; ///< of all passes so far, for the trace
    GainReduction *trace_ = nullptr;
    int traceSkip_ = 0; ///< frames before the first that the trace holds
};

} // namespace engine::dsp
