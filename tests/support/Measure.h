// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a render puts out at its taps, and how far a signal is from another.
// Units: dB of power ratios; linear full scale for rms and peak. Errors: a render that fails ends
// the program with an exception, because no test can go on without it.
#pragma once

#include "engine/base/AudioBuffer.h"
#include "engine/pipeline/Settings.h"
#include "engine/pipeline/Taps.h"

#include <span>
#include <vector>

namespace tests {

inline constexpr double silentDb = -300.0;

std::vector<double> toDouble(std::span<const float> samples);

/// 10 log10(Σ(y − ref)² / Σ ref²), at least silentDb. Against silence: silentDb for silence, else
/// −silentDb; the same where y is not finite or has another length.
double nullDb(std::span<const double> y, std::span<const double> ref);
double rms(std::span<const double> samples);
double peak(std::span<const double> samples);
double largestDifference(std::span<const double> y, std::span<const double> ref);

/// The engine's taps, in signal order.
using TapBuffers = std::array<engine::AudioBuffer, engine::pipeline::tapCount>;
TapBuffers renderTaps(const engine::AudioBuffer &input, const engine::pipeline::Settings &settings,
                      int blockFrames, int threads);

} // namespace tests
