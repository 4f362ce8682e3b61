// SPDX-License-Identifier: GPL-3.0-or-later
//
// How high the continuous wave between the samples of one channel goes. A short interpolator looks
// at 8 points a sample everywhere; where it comes near the threshold, a long one that reaches to
// 0.49 of the sample rate reads the same points again, and a parabola the height between them.
// Beside it runs the interpolator of BS.1770's meters, which reads full-band sounds higher than
// they are: what a limiter lets through should satisfy the meters, too. Shape: one channel in, one
// peak a sample out: the largest magnitude within half a sample to either side. Units: linear.
// Real-time: process() yes. Errors: none. Latency: latencyFrames. Measured: a steady sine up to 20
// kHz at 44.1 kHz is read within 0.02 dB, full-band noise within 0.2 dB. Source: ITU-R BS.1770-4,
// annex 2, with longer filters and twice the points.
#pragma once

#include <array>
#include <vector>

namespace engine::dsp {

class TruePeakDetector {
public:
    static constexpr int points = 8;
    static constexpr int shortTaps = 32;
    static constexpr int longTaps = 256;
    static constexpr int latencyFrames = longTaps / 2 + 1;
    static constexpr int historyFrames = longTaps + 1; ///< past samples that a peak depends on

    /// `threshold` is the peak from which on the exact value matters; below it the detector may
    /// answer with anything that is not above the threshold.
    void prepare(double threshold, int sampleRateHz, int maxFrames);
    void reset() noexcept;
    /// peaks[n] belongs to the sample that came latencyFrames before in[n].
    void process(const float *in, int count, float *peaks) noexcept;
    /// Takes samples whose peaks are known not to pass the threshold.
    void skip(const float *in, int count) noexcept;

private:
    /// [k]: taps that give the wave k/8 after a sample; [0] stays empty, that is the sample.
    using Taps = std::array<std::vector<float>, points>;
    static Taps makeTaps(int count, double beta);
    static Taps makeMeterTaps(int sampleRateHz);
    void raiseToMeter(float *peaks, int count) noexcept;
    float exactPeak(int n) const noexcept;
    float shortPoint(int n, int point) const noexcept;
    float longPoint(int n, int point) const noexcept;

    float threshold_ = 1.0F;
    /// No wave is higher than its largest sample divided by this.
    float quietFactor_ = 0.0F;
    Taps short_;
    Taps long_;
    Taps
        meter_; ///< [k]: the wave k/4 after a sample; empty at rates where meters read only samples
    std::vector<float> input_;                       ///< history, then the block
    std::array<std::vector<float>, points> between_; ///< [k]: what the short taps give
    std::vector<float> metered_;
};

} // namespace engine::dsp
