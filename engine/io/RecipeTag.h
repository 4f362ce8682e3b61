// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where a sound file keeps its recipe's text. WAV and RF64: a chunk "qdrc" of its own, because
// libsndfile reads no comments beyond 2 KiB there; AIFF, CAF, FLAC, Ogg and MP3: the comment.
// Wave64 has no place. Shape: bytes in and out, nothing of it is understood here. Units: bytes.
// Real-time: no (files). Errors: those of opening; a text that is too long is BadData.
#pragma once

#include "engine/io/OutputFormat.h"

#include <sndfile.h>

namespace engine::io {

/// Before the first sample is written. Requires: recipe.size() <= maxEmbeddedBytes.
void embedRecipe(SNDFILE *sound, Container container, const std::string &recipe);

/// Nothing where there is no text that begins like a recipe.
Result<std::optional<std::string>> readRecipeText(const std::filesystem::path &path);

} // namespace engine::io
