// SPDX-License-Identifier: GPL-3.0-or-later
//
// Names of the rows of the stage table, in signal order.
#pragma once

#include <cstddef>
#include <cstdint>

namespace engine::pipeline {

enum class StageId : std::uint8_t {
    Input,
    PreQuant,
    Distortion,
    PostQuant,
    ClassicLimiter,
    AutoGain,
    Mix,
    Gain,
    Limiter,
};
inline constexpr std::size_t stageCount = 9;

} // namespace engine::pipeline
