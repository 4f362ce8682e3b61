// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where the error of a quantiser shall lie: the error feedback that leaves least of it audible, for
// any sample rate. The noise gets the spectrum |1 + Σ a_k z^−k|², the least-squares inverse of the
// threshold of hearing, by linear prediction (Levinson-Durbin).
// Shape: shapingTaps coefficients. Units: Hz. Real-time: no. Errors: none.
// Sources: Gerzon & Craven, "Optimal noise shaping and dither of digital signals" (AES 87, 1989);
// Verhelst & De Koning, "Noise shaping filter design for minimally audible signal requantization"
// (WASPAA 2001); threshold in quiet: Terhardt, "Calculating virtual pitch" (Hearing Research 1,
// 1979). The threshold counts up to 40 dB above its lowest point, which bounds the noise where
// nobody hears it: 13 dB more than white dither in all at 44.1 kHz, 24 dB less at 3.5 kHz.
#pragma once

#include <array>
#include <cstddef>

namespace engine::io {

inline constexpr std::size_t shapingTaps = 9;
using ShapingFilter = std::array<double, shapingTaps>; ///< a_1 … a_9

ShapingFilter shapingFilter(int sampleRateHz);

} // namespace engine::io
