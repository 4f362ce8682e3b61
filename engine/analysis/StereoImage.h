// SPDX-License-Identifier: GPL-3.0-or-later
//
// What two channels have in common, and where a wave begins: what scope and phase view show.
// Units: correlation −1…1 (Pearson's without removing the mean, as meters read it); frames.
// Real-time: no. Errors: none; samples that are not finite count as silence.
#pragma once

#include "engine/base/AudioBuffer.h"

#include <optional>

namespace engine::analysis {

/// Nothing where either side is silent. Requires: equal lengths.
std::optional<double> correlation(std::span<const float> left, std::span<const float> right);
/// The two are the same to the last bit, or there is one only.
bool isMono(const AudioBuffer &sound);
/// A channel as it is, or the half sum and half difference of the first two.
enum class ChannelPick { Left, Right, Mid, Side };
/// A sound with one channel is its own left, right and mid; its side is silent.
float pickedSample(const AudioBuffer &sound, ChannelPick pick, std::int64_t frame);
/// Frames [first, end) of it; what lies outside the sound is left out.
std::vector<float> pickedWave(const AudioBuffer &sound, ChannelPick pick, std::int64_t first,
                              std::int64_t end);

/// The frame, with its fraction, where the wave last rises through zero at or before `before`, not
/// more than `reach` frames back; nothing where it does not.
std::optional<double> risingCrossing(std::span<const float> wave, std::int64_t before,
                                     std::int64_t reach);

} // namespace engine::analysis
