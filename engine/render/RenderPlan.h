// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a request means for the input that it names: everything that is decided before the first
// sample is rendered, and the recipe that says so.
// Shape: holds the open input. Units: frames of the file. Real-time: no (reads the part once where
// a recipe or the source's loudness is wanted). Errors: those of the reader, ErrorCode::Usage for
// impossible wishes, Cancelled.
#pragma once

#include "engine/base/MonoSource.h"
#include "engine/base/NudgedSource.h"
#include "engine/io/AudioFileReader.h"
#include "engine/render/Leveller.h"
#include "engine/render/RenderFile.h"

namespace engine::render {

struct RenderPlan {
    std::unique_ptr<io::AudioFileReader> reader;
    std::optional<MonoSource> mono; ///< of the reader, where it is wanted
    std::optional<NudgedSource> nudged; ///< of what there would be without it
    pipeline::Window window;
    pipeline::Settings settings; ///< that will sound
    io::OutputFormat format;
    AudioFormat written;
    std::optional<LoudnessTarget> target; ///< absent: as rendered
    std::optional<io::Recipe> recipe;
    bool scanned = false; ///< the input was gone through once
    std::vector<std::string> warnings;

    AudioSource &source()
    {
        if (nudged)
            return *nudged;
        return mono ? static_cast<AudioSource &>(*mono) : *reader;
    }
    /// Of the rendered part, as far as the input tells.
    std::optional<std::int64_t> expectedFrames() const;
};

/// All but what the input's samples have to be known for.
Result<std::unique_ptr<RenderPlan>> planRender(const RenderFileRequest &request);
/// The rest: recipe and target.
Status scanInput(const RenderFileRequest &request, RenderPlan &plan, const RunContext &context);

} // namespace engine::render
