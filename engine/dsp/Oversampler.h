// SPDX-License-Identifier: GPL-3.0-or-later
//
// Raises one channel to 2, 4, 8 or 16 times its rate for a nonlinear step and brings it back, with
// linear phase. Between the two, an antiderivative shaper is assumed, which averages 2 or 3
// samples: its delay of half a sample or one, and its droop, are made good in the first filter on
// the way down, so that a linear signal comes back flat, and late by a whole number of frames.
// Shape: count samples in, count * factor between, count out. Units: frames of the base rate.
// Real-time: up() and down() yes, prepare() no. Errors: none.
// Latency: latencyFrames(), exact. Pass band to 20 kHz at 44.1 kHz (0.42 of the rate from 48 kHz
// on), stop band 100 dB. Source: half-band cascades as in Vaidyanathan, "Multirate Systems and
// Filter Banks", 4.6; droop and delay of antiderivatives: Parker, Zavalishin & Le Bivic
// (DAFx-16).
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace engine::dsp {

class Oversampler {
public:
    static constexpr int mostFactor = 16;

    /// Requires: factor is 2, 4, 8 or 16; samplesAveraged is 2 or 3.
    void prepare(int factor, int sampleRateHz, int maxFrames, int samplesAveraged);
    void reset() noexcept;

    /// Returns count * factor samples, which the caller changes in place before down().
    float *up(const float *in, int count) noexcept;
    void down(float *out, int count) noexcept;

    int factor() const noexcept { return factor_; }
    int latencyFrames() const noexcept { return latencyFrames_; }

private:
    /// Doubles the rate: one phase is a delayed copy, the other a filter.
    struct Interpolator {
        std::vector<float> taps;
        int copyDelay = 0;
        std::vector<float> input; ///< history, then the block
    };
    /// Halves the rate: each input phase has a filter of its own.
    struct Decimator {
        std::vector<float> evenTaps;
        std::vector<float> oddTaps;
        std::size_t oddDelay = 1; ///< age in frames of the newest odd sample that counts
        std::size_t kept = 0;     ///< samples of history
        std::vector<float> even;  ///< history, then the block
        std::vector<float> odd;
    };
    static void prepareInterpolator(Interpolator &, int halfLength, double beta, int maxFrames);
    static void prepareDecimator(Decimator &, const std::vector<double> &taps, int maxFrames);
    static void interpolate(Interpolator &, const float *in, int count, float *out) noexcept;
    static void decimate(Decimator &, const float *in, int count, float *out) noexcept;

    int factor_ = 2;
    int latencyFrames_ = 0;
    std::vector<Interpolator> interpolators_; ///< lowest rate first
    std::vector<Decimator> decimators_;       ///< lowest rate first
    std::size_t pad_ = 0;                     ///< delay at the highest rate, to whole frames
    std::vector<float> high_;                 ///< pad_ older samples, then the block
    std::vector<float> work_;
};

} // namespace engine::dsp
