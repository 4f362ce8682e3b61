// SPDX-License-Identifier: GPL-3.0-or-later
//
// Samples to 16- or 24-bit integers: rounded half to even, clamped, with or without TPDF dither.
// Shape: interleaved samples; integers lie in the top bits, where libsndfile expects and returns
// them. Units: 1.0 is full scale, 2^(bits−1) steps; the dither is triangular over ±1 step. Its
// random sequence is counted by sample, so results do not depend on block sizes.
// Real-time: yes. Errors: none; samples beyond full scale are counted.
// Source: Lipshitz, Wannamaker, Vanderkooy, "Quantization and Dither: A Theoretical Survey", JAES
// 40 (1992); SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators"
// (2014).
#pragma once

#include "engine/io/OutputFormat.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>

namespace engine::io {

/// The n-th value of a random sequence without the ones before it (SplitMix64, Steele 2014).
inline std::uint64_t randomBits(std::uint64_t n)
{
    std::uint64_t z = (n + 1) * 0x9E3779B97F4A7C15U;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31);
}

/// The difference of two uniform values: triangular over −1…1.
inline double triangular(std::uint64_t n)
{
    const std::uint64_t bits = randomBits(n);
    return (static_cast<double>(bits >> 32) - static_cast<double>(bits & 0xFFFFFFFFU)) * 0x1p-32;
}

/// Samples to integers in the top bits, which is where libsndfile expects and returns them.
class SampleQuantiser {
public:
    SampleQuantiser(int bits, Dither dither)
        : dither_(dither == Dither::Tpdf), full_(std::ldexp(1.0, bits - 1)), top_(1 << (32 - bits))
    {}
    std::int64_t clipped() const { return clipped_; }
    void run(std::span<const float> from, std::span<int> to)
    {
        if (dither_)
            convert(from, to, [this] { return triangular(next_++); });
        else
            convert(from, to, [] { return 0.0; });
    }

private:
    template <typename Noise>
    void convert(std::span<const float> from, std::span<int> to, Noise noise)
    {
        int outside = 0;
        for (std::size_t i = 0; i < from.size(); ++i) {
            const double wanted = double{from[i]} * full_ + noise();
            // lrint in the default rounding mode rounds half to even.
            to[i] = static_cast<int>(std::lrint(std::clamp(wanted, -full_, full_ - 1.0))) * top_;
            outside += std::abs(from[i]) > 1.0F ? 1 : 0;
        }
        clipped_ += outside;
    }

    bool dither_;
    double full_;
    int top_;
    std::int64_t clipped_ = 0;
    std::uint64_t next_ = 0;
};

} // namespace engine::io
