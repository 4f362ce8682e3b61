// SPDX-License-Identifier: GPL-3.0-or-later
//
// Repeatable noise: the same seed gives the same numbers on every machine.
// Shape: SplitMix64 holds 64 bits of state; DriftNoise low-passes it to a slow wander.
// Units: uniform numbers in -1 to 1; drift has a standard deviation of about 1.
// Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
#pragma once

#include "resources/demo-sounds/Timing.h"

#include <cmath>
#include <cstdint>

namespace demo {

class SplitMix64 {
public:
    explicit SplitMix64(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next()
    {
        state_ += 0x9E3779B97F4A7C15U;
        std::uint64_t mixed = state_;
        mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
        mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
        return mixed ^ (mixed >> 31U);
    }
    /// White noise: uniform, -1 inclusive to 1 exclusive.
    double bipolar() { return static_cast<double>(next() >> 11U) * 0x1p-52 - 1.0; }
    /// Uniform, 0 inclusive to 1 exclusive.
    double unipolar() { return static_cast<double>(next() >> 11U) * 0x1p-53; }

private:
    std::uint64_t state_;
};

/// Noise below `bandwidthHz`, scaled to unit deviation: the unsteadiness of hands and throats.
class DriftNoise {
public:
    DriftNoise(std::uint64_t seed, double bandwidthHz)
        : random_(seed), pole_(std::exp(-twoPi * bandwidthHz / renderRateHz)),
          gain_(std::sqrt(3.0 * (1.0 - pole_ * pole_)))
    {}
    double next()
    {
        state_ = pole_ * state_ + gain_ * random_.bipolar();
        return state_;
    }

private:
    SplitMix64 random_;
    double pole_;
    double gain_;
    double state_ = 0.0;
};

} // namespace demo
