// SPDX-License-Identifier: GPL-3.0-or-later
//
// How the row of cards shares its width: extra width goes to the cards by the theme's shares until
// each has grown to its limit; after that the row is centred.
// Shape: six rectangles in signal order. Units: logical pixels. Real-time: no. Errors: none; a row
// narrower than its cards overflows at the right.
#pragma once

#include <QRect>

#include <array>

namespace widgets {

/// In signal order.
enum class StageCardId { Input, PreQuant, Distortion, PostQuant, Output, Limiter };
inline constexpr std::size_t stageCardCount = 6;

std::array<QRect, stageCardCount> chainLayout(int width, int height, bool compact);

} // namespace widgets
