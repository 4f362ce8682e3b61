// SPDX-License-Identifier: GPL-3.0-or-later
//
// What was asked of quantum-distortion-render, or of a program that shows what it would render,
// read from the arguments. One flag for every row of the parameter table; nothing about a
// parameter is written here.
// Shape: arguments in, a Command out. Real-time: no. Errors: ErrorCode::Usage, naming the flag, the
// value and what is allowed; those of preset files.
#pragma once

#include "engine/render/Batch.h"
#include "engine/render/VerifyFile.h"

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

/// Many files, or several presets, into one folder.
struct RenderBatch {
    engine::render::BatchRequest request;
    std::vector<std::string> warnings;
    bool quiet = false;
    bool progress = false;
};

/// Print how a file was made.
struct ShowRecipe {
    std::filesystem::path file;
};

/// Make a file again and compare.
struct Verify {
    engine::render::VerifyRequest request;
    bool quiet = false;
    bool progress = false;
};

using Command = std::variant<PrintText, ImportPresets, Render, RenderBatch, ShowRecipe, Verify>;

/// `previewMode` is the value of DSP_PREVIEW_MODE, or empty.
engine::Result<Command> parseCommandLine(const std::vector<std::string> &arguments,
                                         std::string_view previewMode);

/// A flag with a value that a program has beside those of the sound.
struct OwnFlag {
    const char *name;  ///< "--plot"
    const char *value; ///< "LIST"
    std::string help;
    std::string *text;                   ///< takes what was typed
    std::vector<std::string> words = {}; ///< what it allows, where that is a choice
};
struct OwnSwitch {
    const char *name;
    std::string help;
    bool *on;
};

/// A program that shows a sound instead of writing one: one FILE, its own flags, and those that
/// say what is rendered and how, as in quantum-distortion-render.
struct ShowProgram {
    std::string name;
    std::string description;
    std::string group; ///< title of its own flags in the help
    std::string footer;
    std::vector<OwnFlag> flags;
    std::vector<OwnSwitch> switches;
};

/// The Render has no output and, unless --full was given, a window.
using ShowCommand = std::variant<PrintText, Render>;
engine::Result<ShowCommand> parseShowLine(const std::vector<std::string> &arguments,
                                          const ShowProgram &program);

/// A flag as documents and completions need it.
struct FlagInfo {
    std::string name;      ///< "--infile"
    std::string shortName; ///< "-i", or empty
    std::string value;     ///< "FILE", "SECONDS"; empty for a choice, and where it takes none
    std::string help;
    std::string group;
    std::vector<std::string> words; ///< what it allows, where that is a choice
    enum class Takes { Nothing, Value, ValueAfterEquals } takes = Takes::Nothing;
    bool repeats = false; ///< each time counts, not only the last
};

/// A program as --help describes it.
struct ProgramInfo {
    std::string name;
    std::string description;
    std::string footer;
    std::vector<FlagInfo> flags; ///< in the order of --help
};
ProgramInfo renderProgramInfo();
ProgramInfo showProgramInfo(const ShowProgram &program);

} // namespace app
