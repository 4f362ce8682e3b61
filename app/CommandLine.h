// SPDX-License-Identifier: GPL-3.0-or-later
//
// What was asked of quantum-distortion-render, read from its arguments. One flag for every row of
// the parameter table; nothing about a parameter is written here.
// Shape: arguments in, a Command out. Real-time: no. Errors: ErrorCode::Usage, naming the flag, the
// value and what is allowed; those of preset files.
#pragma once

#include "engine/render/RenderFile.h"

#include <string>
#include <variant>
#include <vector>

namespace app {

/// Print this on standard output and be done.
struct PrintText {
    std::string text;
};

struct ImportPresets {
    std::filesystem::path file;
    engine::io::OverwritePolicy overwrite = engine::io::OverwritePolicy::Refuse;
};

struct Render {
    engine::render::RenderFileRequest request;
    std::vector<std::string> warnings; ///< about what was asked for
    bool quiet = false;
    bool progress = false; ///< even where standard error is no terminal
};

using Command = std::variant<PrintText, ImportPresets, Render>;

/// `previewMode` is the value of DSP_PREVIEW_MODE, or empty.
engine::Result<Command> parseCommandLine(const std::vector<std::string> &arguments,
                                         std::string_view previewMode);

} // namespace app
