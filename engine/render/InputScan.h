// SPDX-License-Identifier: GPL-3.0-or-later
//
// Goes once through the part of the input that will be rendered: what has to be known before the
// first sample is written. Shape: streams in constant memory. Units: frames of the file, LUFS.
// Real-time: no. Errors: those of the reader, Cancelled; BadData where there is no sound.
#pragma once

#include "engine/base/RunContext.h"
#include "engine/io/AudioFileReader.h"
#include "engine/io/Recipe.h"

namespace engine::render {

struct InputScan {
    io::RecipeInput input;
    std::optional<double> lufs; ///< absent for silence, and where nobody asked
};

/// `monoDownmix` counts for the loudness only: the hash is of the samples in the file.
Result<InputScan> scanInput(io::AudioFileReader &reader, const pipeline::Window &window,
                            bool monoDownmix, bool wantsLoudness, const RunContext &context);

} // namespace engine::render
