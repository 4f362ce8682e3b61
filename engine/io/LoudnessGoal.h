// SPDX-License-Identifier: GPL-3.0-or-later
//
// How loud an exported file shall be. Integrated loudness after BS.1770, of the file itself: after
// the change of sample rate, with a true-peak limit behind the gain.
// Shape: plain values. Units: LUFS, dBTP. Real-time: yes. Errors: check() with ErrorCode::Usage.
#pragma once

#include "engine/base/Result.h"

#include <variant>

namespace engine::io {

/// The samples as they come.
struct AsRendered {
    bool operator==(const AsRendered &) const = default;
};
struct TargetLoudness {
    double lufs = -14.0;
    double truePeakDb = -1.0;
    bool operator==(const TargetLoudness &) const = default;
};
/// As loud as the same part of the input.
struct MatchSource {
    double truePeakDb = -1.0;
    bool operator==(const MatchSource &) const = default;
};
using Loudness = std::variant<AsRendered, TargetLoudness, MatchSource>;

inline constexpr double leastTargetLufs = -60.0;
inline constexpr double mostTargetLufs = -3.0;
inline constexpr double leastTruePeakDb = -20.0;
inline constexpr double mostTruePeakDb = 0.0;

/// Whether the numbers lie in these ranges.
Status check(const Loudness &loudness);

} // namespace engine::io
