// SPDX-License-Identifier: GPL-3.0-or-later
//
// The flags of the programs that render, and the texts that were typed for them: the one place
// that says how a flag is called. What they mean is CommandLine's.
// Real-time: no. Errors: those of the parser that they are added to.
#pragma once

#include "app/CommandLine.h"
#include "engine/pipeline/ParameterTable.h"

namespace CLI {
class App;
}

namespace app {

/// A parser's name has no spaces; the help shows INPUT OUTPUT.
inline constexpr const char *filesPositional = "FILES";

/// The texts of all options, as they were typed.
struct Typed {
    std::string first;              ///< of a program that shows one file
    std::vector<std::string> files; ///< of quantum-distortion-render
    std::string infile;
    std::string outfile;
    std::vector<std::string> presets;
    std::string importFile;
    std::vector<std::string> parameters =
        std::vector<std::string>(engine::pipeline::parameterCount);
    std::string preview;
    std::string previewStart;
    std::string taps;
    std::string format;
    std::string bitDepth;
    std::string dither;
    std::string sampleRate;
    std::string quality;
    std::string source;
    std::string loudness;
    std::string truePeak;
    std::string recipe;
    std::string verify;
    std::string verifyJson;
    std::string batch;
    std::string nameTemplate;
    std::string renderOversampling;
    std::string timingJson;
    std::string threads;
    bool matchLoudness = false;
    bool noRecipe = false;
    bool resume = false;
    bool numberClashes = false;
    bool compat = false;
    bool mono = false;
    bool full = false;
    bool force = false;
    bool quiet = false;
    bool progress = false;
    bool listPresets = false;
    bool helpParameters = false;
    bool listStages = false;
};

/// --preset, --list-presets
void addPresetFlags(CLI::App &app, Typed &typed);
/// --compat, --mono and one for every row of the parameter table
void addSoundFlags(CLI::App &app, Typed &typed);
/// --preview, --preview-start, --full
void addWindowFlags(CLI::App &app, Typed &typed);
/// Everything of quantum-distortion-render.
void addRenderFlags(CLI::App &app, Typed &typed);
/// The words that a flag of these allows ("--key"); none where it is no choice.
std::vector<std::string> wordsOf(std::string_view flag);
/// Everything of a program that shows a sound; its own flags first.
void addShowFlags(CLI::App &app, Typed &typed, const ShowProgram &program);

} // namespace app
