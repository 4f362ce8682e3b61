// SPDX-License-Identifier: GPL-3.0-or-later
//
// How a file was made, inside the file: settings, program version, which input, which part and tap
// of it, and the export options, as one ASCII JSON text in the file's comment. With the same input,
// program and libraries the samples can be made again, bit for bit; with other libraries up to
// rounding. It holds no paths, names or dates.
// Shape: text in, value out, and back. Units: as in the parameter table; frames of the input.
// Real-time: no. Errors: BadData for a recipe that is damaged, too large (maxRecipeBytes) or of a
// newer version, naming the field; CannotOpen. Reading trusts nothing: a recipe is checked like a
// preset.
// The input's hash is XXH3-128 of its decoded samples in the rendered part (interleaved 32-bit
// floats, little-endian), so that tags and the container may change.
#pragma once

#include "engine/io/Libraries.h"
#include "engine/io/LoudnessGoal.h"
#include "engine/io/OutputFormat.h"
#include "engine/pipeline/Pipeline.h"

#include <string>
#include <string_view>

namespace engine::io {

inline constexpr std::size_t maxRecipeBytes = 16384; ///< that are read
/// Twice as long as any is. libsndfile cannot read an AIFF file whose comment is longer than 8 KiB.
inline constexpr std::size_t maxEmbeddedBytes = 4096;
inline constexpr std::string_view recipeSchema = "quantum-distortion/recipe";
inline constexpr int recipeVersion = 1;

/// What was rendered, told by its samples.
struct RecipeInput {
    std::string hash; ///< 32 hexadecimal digits
    AudioFormat format;
    std::int64_t frames = 0; ///< of the rendered part
    bool operator==(const RecipeInput &) const = default;
};

struct Recipe {
    std::string programVersion;
    /// That made the file; empty in recipes from before they were named.
    LibraryVersions libraries;
    /// Those that sounded: with the oversampling of the render.
    pipeline::Settings settings;
    bool monoDownmix = false;
    RecipeInput input;
    std::int64_t firstFrame = 0; ///< where the rendered part begins
    bool wholeFile = true;
    pipeline::TapId source = pipeline::TapId::Output;
    OutputFormat format;
    int sampleRateHz = 0; ///< of the file
    Loudness loudness;
    bool operator==(const Recipe &) const = default;
};

/// One line of ASCII.
std::string recipeText(const Recipe &recipe);
/// The same for people: indented.
std::string recipePage(const Recipe &recipe);
Result<Recipe> parseRecipe(std::string_view json, std::string_view origin);

/// Whether files of this kind can hold one.
bool holdsRecipe(Container container);
/// Nothing where the file holds no recipe, or no sound at all.
Result<std::optional<Recipe>> readRecipe(const std::filesystem::path &path);

} // namespace engine::io
