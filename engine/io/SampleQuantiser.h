// SPDX-License-Identifier: GPL-3.0-or-later
//
// Samples to 16- or 24-bit integers: rounded half to even, clamped, with or without TPDF dither,
// whose error may be shaped.
// Shape: interleaved samples; integers lie in the top bits, where libsndfile expects and returns
// them. Units: 1.0 is full scale, 2^(bits−1) steps; the dither is triangular over ±1 step. Its
// random sequence is counted by sample, so results do not depend on block sizes.
// Real-time: yes. Errors: none; samples beyond full scale are counted. What is fed back is the
// error before the clamp, at most 1.5 steps, so that shaping is stable whatever comes in.
// Source: Lipshitz, Wannamaker, Vanderkooy, "Quantization and Dither: A Theoretical Survey", JAES
// 40 (1992); random numbers: RandomBits.h;
// shaping: NoiseShaping.h.
#pragma once

#include "engine/base/RandomBits.h"
#include "engine/io/NoiseShaping.h"
#include "engine/io/OutputFormat.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

namespace engine::io {

/// The difference of two uniform values: triangular over −1…1.
inline double triangular(std::uint64_t n)
{
    const std::uint64_t bits = randomBits(n);
    return (static_cast<double>(bits >> 32) - static_cast<double>(bits & 0xFFFFFFFFU)) * 0x1p-32;
}

/// Samples to integers in the top bits, which is where libsndfile expects and returns them.
class SampleQuantiser {
public:
    SampleQuantiser(int bits, Dither dither, AudioFormat audio)
        : dither_(dither), full_(std::ldexp(1.0, bits - 1)), top_(1 << (32 - bits))
    {
        if (dither_ != Dither::NoiseShaped)
            return;
        filter_ = shapingFilter(audio.sampleRateHz);
        errors_.resize(static_cast<std::size_t>(audio.channels));
    }
    std::int64_t clipped() const { return clipped_; }
    void run(std::span<const float> from, std::span<int> to)
    {
        switch (dither_) {
        case Dither::None:
            convert(from, to, [](double wanted) { return wanted; });
            break;
        case Dither::Tpdf:
            convert(from, to, [this](double wanted) { return wanted + triangular(next_++); });
            break;
        case Dither::NoiseShaped:
            convert(from, to, [this](double wanted) { return shaped(wanted); });
            break;
        }
    }

private:
    /// The newest error of a channel first.
    using Errors = std::array<double, shapingTaps>;

    template <typename Add>
    void convert(std::span<const float> from, std::span<int> to, Add add)
    {
        int outside = 0;
        for (std::size_t i = 0; i < from.size(); ++i) {
            const double wanted = add(double{from[i]} * full_);
            // lrint in the default rounding mode rounds half to even.
            to[i] = static_cast<int>(std::lrint(std::clamp(wanted, -full_, full_ - 1.0))) * top_;
            outside += std::abs(from[i]) > 1.0F ? 1 : 0;
        }
        clipped_ += outside;
    }

    double shaped(double wanted)
    {
        Errors &errors = errors_[next_ % errors_.size()]; // samples are interleaved
        for (std::size_t k = 0; k < shapingTaps; ++k)
            wanted += filter_[k] * errors[k];
        const double rounded = std::nearbyint(wanted + triangular(next_++));
        std::shift_right(errors.begin(), errors.end(), 1);
        errors.front() = rounded - wanted;
        return rounded;
    }

    Dither dither_;
    double full_;
    int top_;
    std::int64_t clipped_ = 0;
    std::uint64_t next_ = 0;
    ShapingFilter filter_{};
    std::vector<Errors> errors_; ///< one a channel
};

} // namespace engine::io
