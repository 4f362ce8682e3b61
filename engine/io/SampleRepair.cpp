// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/SampleRepair.h"

#include <bit>
#include <cstddef>

namespace engine::io {
namespace {

constexpr std::int32_t magnitudeMask = 0x7FFFFFFF;
constexpr std::int32_t infinityBits = 0x7F800000;
constexpr auto limitBits = std::bit_cast<std::int32_t>(maxSampleMagnitude);

// Without its sign bit a float orders like an integer, with infinities and NaN on top. A fixed
// trip count lets the compiler use vector instructions at every optimisation level that has them.
constexpr std::size_t scanSamples = 64;

std::int32_t magnitudeBits(float sample)
{
    return std::bit_cast<std::int32_t>(sample) & magnitudeMask;
}

RepairCount repairEach(std::span<float> samples)
{
    RepairCount count;
    for (float &sample : samples) {
        const std::int32_t bits = magnitudeBits(sample);
        if (bits <= limitBits)
            continue;
        ++(bits >= infinityBits ? count.nonFinite : count.tooLoud);
        sample = 0.0F;
    }
    return count;
}

} // namespace

RepairCount repairSamples(std::span<float> samples)
{
    RepairCount total;
    const auto add = [&total](RepairCount part) {
        total.nonFinite += part.nonFinite;
        total.tooLoud += part.tooLoud;
    };
    while (samples.size() >= scanSamples) {
        const auto part = samples.first<scanSamples>();
        std::int32_t worst = 0; // negative once a sample lies above the limit
        for (std::size_t i = 0; i < scanSamples; ++i)
            worst |= limitBits - magnitudeBits(part[i]);
        if (worst < 0)
            add(repairEach(part));
        samples = samples.subspan(scanSamples);
    }
    add(repairEach(samples));
    return total;
}

} // namespace engine::io
