// SPDX-License-Identifier: GPL-3.0-or-later
//
// How high the wave between the samples of one channel goes: quarters of a sample by interpolation,
// eighths between them, a parabola around the highest. What a short interpolator misses is the
// neighbourhood of half the sample rate; that part is read with the smooth kernel (1 − window) /
// distance, so alternating sums of 4, 16 and 64 samples will do, the wider the farther away. The
// interpolators of BS.1770's meters, which read full-band sounds too high, are heeded, too.
// Shape: one channel in, one peak a sample out: the largest magnitude within half a sample to
// either side. Units: linear. Real-time: process() yes. Errors: none. Latency: latencyFrames.
// Measured: up to 20 kHz within 0.02 dB, white noise within 0.2. Sources: ITU-R BS.1770-4, annex 2;
// how high a band-limited wave can be above its highest of η points a sample, 1 / cos(π/2η): Ehlich
// & Zeller (Math. Zeitschrift 86, 1964), Boche & Wunder (IEEE Trans. Comm. 51, 2003).
#pragma once

#include <array>
#include <memory>
#include <vector>

namespace engine::dsp {

struct TruePeakGroup;

class TruePeakDetector {
public:
    static constexpr int points = 4; ///< that are interpolated a sample
    static constexpr int shortTaps = 32;
    static constexpr int reachFrames = 1024; ///< to either side, from where a sample counts
    static constexpr int latencyFrames = reachFrames;
    static constexpr int historyFrames = 2 * reachFrames + 4; ///< past samples a peak depends on
    static constexpr int maxFrames = 256;                     ///< at a time

    /// What every channel reads with.
    struct Tables {
        explicit Tables(int sampleRateHz);

        using Taps = std::array<std::vector<float>, points>;
        Taps interpolator; ///< [k]: gives the wave k/4 after a sample; [0] stays empty
        Taps meter;        ///< as above; empty where meters have no point
        /// Weights of sums of `spacing` samples, for the sums around −n * spacing … n * spacing.
        struct Level {
            int spacing;
            std::vector<float> weights;
        };
        std::array<Level, 3> far;
        /// No far part is larger than this times the largest sum of 4 within reach.
        float farGain = 0.0F;
        /// Times the norm of the sums of 64: what may come from farther away than that.
        float beyond = 0.0F;
    };

    /// `threshold` is the peak from which on the exact value matters; below it the detector may
    /// answer with anything that is not above the threshold.
    void prepare(std::shared_ptr<const Tables> tables, double threshold);
    void reset() noexcept;
    /// From now on; higher than before: what was heard already stays as exact as it is.
    void raiseThreshold(double threshold) noexcept { threshold_ = static_cast<float>(threshold); }
    /// Raises peaks[n] to that of the sample that came latencyFrames before in[n]. False if none
    /// of them passes the threshold; then peaks may be left as they are.
    bool process(const float *in, int count, float *peaks) noexcept;
    /// Takes samples whose peaks are known not to pass the threshold.
    void skip(const float *in, int count) noexcept;

private:
    void append(const float *in, int count) noexcept;
    void sumFours() noexcept;
    float largestFours(int first, int end) const noexcept;
    void sumWider(std::size_t level, int first) noexcept;
    void addFar(TruePeakGroup &group, int first) noexcept;
    bool readGroup(int first, int count, float *peaks) noexcept;

    std::shared_ptr<const Tables> tables_;
    float threshold_ = 1.0F;
    /// The past and the newest samples; what is older moves out from time to time.
    std::vector<float> input_;
    int end_ = 0; ///< of the samples in input_
    /// Alternating sums of 4, 16, 64 samples, at the index of their middle, weighted as a triangle.
    std::array<std::vector<float>, 3> sums_;
    std::array<int, 3> sumsEnd_{};     ///< how far they have been computed
    std::vector<float> largestOfSums_; ///< of the first, one for each 64 of them
};

} // namespace engine::dsp
