// SPDX-License-Identifier: GPL-3.0-or-later
//
// Random numbers that are the same everywhere: SplitMix64.
// Shape: number in, 64 random bits out. Real-time: yes. Errors: none.
// Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators" (2014).
#pragma once

#include <cstdint>

namespace engine {

/// The step from one value's number to the next.
inline constexpr std::uint64_t randomStep = 0x9E3779B97F4A7C15U;

constexpr std::uint64_t mixedBits(std::uint64_t z)
{
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31U);
}

/// The n-th value of the sequence without the ones before it.
constexpr std::uint64_t randomBits(std::uint64_t n)
{
    return mixedBits((n + 1) * randomStep);
}

} // namespace engine
