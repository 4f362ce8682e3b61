// SPDX-License-Identifier: GPL-3.0-or-later
//
// Measures how much louder or quieter the wet sound is than the input, over the part that will be
// rendered. Shape: a source is read once and set back to its start by the next run. Units: dB.
// Real-time: no. Errors: those of the source, and Cancelled. Silence on either side asks for 0 dB.
#pragma once

#include "engine/pipeline/Pipeline.h"

#include <span>
#include <vector>

namespace engine::render {

/// Without what follows the matched gain: blend, output gain and the limiter after them.
pipeline::Settings wetOnly(pipeline::Settings settings);
/// The gain from two measured loudnesses; 0 where one is silent.
double levelMatchDb(std::optional<double> inputLufs, std::optional<double> wetLufs);

/// The gain that makes the wet sound as loud as the input, within ±mostLevelMatchDb.
inline constexpr double mostLevelMatchDb = 36.0;
Result<double> measureLevelMatchDb(AudioSource &source, const pipeline::Settings &settings,
                                   const pipeline::Window &window, WorkerPool &workers,
                                   const RunContext &context);

/// Gains that make several sounds of one preview equally loud, by lowering all but the quietest.
struct MatchedSound {
    std::optional<double> lufs;   ///< integrated; none for silence
    std::optional<double> gainDb; ///< 0 or less, at least −mostLevelMatchDb; none: off
};
/// Off for silence, and for all where fewer than two sounds are left. Null stands for a sound that
/// is not there and is off too.
std::vector<MatchedSound> matchToQuietest(std::span<const AudioBuffer *const> sounds);
/// The same from loudnesses that are known.
std::vector<MatchedSound> matchToQuietest(std::span<const std::optional<double>> lufs);

} // namespace engine::render
