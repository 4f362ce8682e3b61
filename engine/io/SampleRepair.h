// SPDX-License-Identifier: GPL-3.0-or-later
//
// Replaces samples that no processing survives by silence, and counts them: NaN, infinities, and
// finite values beyond maxSampleMagnitude (their square, summed over a spectrum, overflows).
// Shape: any samples, in place. Units: 1.0 is full scale. Denormals pass; FlushDenormals covers
// them. Real-time: yes, a branch-free scan unless something is found. Errors: none.
#pragma once

#include <cstdint>
#include <span>

namespace engine::io {

inline constexpr float maxSampleMagnitude = 1.0e6F; ///< 120 dB over full scale

struct RepairCount {
    std::int64_t nonFinite = 0;
    std::int64_t tooLoud = 0;
};

RepairCount repairSamples(std::span<float> samples);

} // namespace engine::io
