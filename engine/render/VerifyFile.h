// SPDX-License-Identifier: GPL-3.0-or-later
//
// Renders anew what a file's recipe says and compares the samples with those the file holds.
// Shape: streams in constant memory; the new render has no name and leaves nothing behind. Units:
// frames of the file, linear full scale. Real-time: no.
// Errors: those of reader, recipe and render; BadData where the file holds no recipe. Another input
// or a difference is no error but a verdict.
#pragma once

#include "engine/base/RunContext.h"
#include "engine/io/Recipe.h"

namespace engine::render {

struct VerifyRequest {
    std::filesystem::path file;
    std::filesystem::path input;
    int threads = 0; ///< 0: all
};

struct Verdict {
    io::Recipe recipe;
    bool sameInput = false; ///< false: nothing was rendered
    bool identical = false;
    bool lossy = false; ///< decoded samples of the file against those of a new encoding
    std::int64_t frames = 0;
    std::int64_t differingFrames = 0;
    std::optional<std::int64_t> firstDifference;
    double largestDifference = 0.0;
    bool sameVersion = true; ///< of the program
    /// One sentence that says what was compared and what came out.
    std::string text() const;
};

Result<Verdict> verifyFile(const VerifyRequest &request, const RunContext &context);

} // namespace engine::render
