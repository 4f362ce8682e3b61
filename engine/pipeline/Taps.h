// SPDX-License-Identifier: GPL-3.0-or-later
//
// The points of the chain that can be heard and looked at, and what a run leaves behind there.
// Shape: one sink a tap; all taps of a run have the same length and are aligned with the input.
// Units: seconds of a monotonic clock, wall time. Real-time: no.
#pragma once

#include "engine/base/AudioStream.h"

#include <array>
#include <string_view>

namespace engine::pipeline {

enum class TapId : std::uint8_t { Input, PreQuant, PostDist, PostQuant, Output };
inline constexpr std::size_t tapCount = 5;

struct TapInfo {
    TapId id;
    std::string_view key; ///< file name of the tap and its name in interfaces
    std::string_view label;
};
inline constexpr std::array<TapInfo, tapCount> tapTable{{
    {TapId::Input, "input", "Input"},
    {TapId::PreQuant, "pre_quant", "Pre-Quant"},
    {TapId::PostDist, "post_dist", "After Distortion"},
    {TapId::PostQuant, "post_quant", "Post-Quant"},
    {TapId::Output, "output", "Output"},
}};

/// Where the samples of each tap go; null where nobody asks.
using TapSinks = std::array<AudioSink *, tapCount>;
inline AudioSink *&sinkOf(TapSinks &sinks, TapId tap)
{
    return sinks[static_cast<std::size_t>(tap)];
}

} // namespace engine::pipeline
