// SPDX-License-Identifier: GPL-3.0-or-later
//
// What was heard beside what should have been: taps as the device gets them, and where a recording
// leaves them.
// Shape: interleaved stereo. Units: frames.
#pragma once

#include "engine/base/AudioBuffer.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace tests {

/// Interleaved stereo of a tap.
inline std::vector<float> stereo(const engine::AudioBuffer &tap)
{
    std::vector<float> samples;
    for (std::int64_t n = 0; n < tap.frames(); ++n) {
        for (int c = 0; c < 2; ++c)
            samples.push_back(
                tap.channel(std::min(c, tap.channels() - 1))[static_cast<std::size_t>(n)]);
    }
    return samples;
}

/// The first and last of `frames` of `heard` that differ from the loop of `tap`, beginning at a
/// frame of the tap; −1 where none does.
struct Difference {
    std::int64_t first = -1;
    std::int64_t last = -1;
};
inline Difference differs(std::span<const float> heard, const std::vector<float> &tap, std::int64_t from)
{
    Difference difference;
    const auto length = static_cast<std::int64_t>(tap.size() / 2);
    for (std::int64_t n = 0; n < static_cast<std::int64_t>(heard.size() / 2); ++n) {
        const auto at = static_cast<std::size_t>(2 * ((from + n) % length));
        if (heard[static_cast<std::size_t>(2 * n)] == tap[at] &&
            heard[static_cast<std::size_t>(2 * n) + 1] == tap[at + 1])
            continue;
        if (difference.first < 0)
            difference.first = n;
        difference.last = n;
    }
    return difference;
}

/// The last tenth of a second is this tap, bit for bit, at the place of the loop that follows from
/// how much was heard since playing began.
inline bool endsWith(const std::vector<float> &heard, const std::vector<float> &tap)
{
    constexpr std::size_t frames = 5000;
    if (heard.size() < 2 * frames)
        return false;
    const auto from = static_cast<std::int64_t>(heard.size() / 2 - frames);
    return differs(std::span(heard).last(2 * frames), tap, from).first < 0;
}

} // namespace tests
