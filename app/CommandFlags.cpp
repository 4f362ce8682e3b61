// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/CommandFlags.h"

#include "engine/pipeline/ParameterText.h"
#include "engine/pipeline/StageTable.h"

#include <CLI/CLI.hpp>

namespace app {

namespace io = engine::io;
namespace pipeline = engine::pipeline;

namespace {

constexpr const char *soundGroup = "Sound";
constexpr const char *windowGroup = "What is rendered";
constexpr const char *outputGroup = "Output";
constexpr const char *runningGroup = "Running";

void addForce(CLI::App &app, Typed &typed)
{
    app.add_flag("--force", typed.force, "Replace existing files")
        ->group(outputGroup)
        ->disable_flag_override();
}

void addThreadsAndQuiet(CLI::App &app, Typed &typed)
{
    app.add_option("--threads", typed.threads, "Threads to use (default 0: all)")
        ->type_name("N")
        ->group(runningGroup);
    app.add_flag("--quiet", typed.quiet, "Print nothing but errors")
        ->group(runningGroup)
        ->disable_flag_override();
}

void addTexts(CLI::App &app, Typed &typed)
{
    app.add_flag("--help-parameters", typed.helpParameters, "Explain every parameter")
        ->group(runningGroup)
        ->disable_flag_override();
    app.add_flag("--list-stages", typed.listStages, "Print the signal path")
        ->group(runningGroup)
        ->disable_flag_override();
}

void addOutputFlags(CLI::App &app, Typed &typed)
{
    app.add_option("--taps", typed.taps, "Write each tap there as 32-bit float WAV")
        ->type_name("DIR")
        ->group(outputGroup);
    app.add_option("--format", typed.format,
                   io::containerKeys() + " (default: by the output's ending)")
        ->type_name("")
        ->group(outputGroup);
    app.add_option("--bit-depth", typed.bitDepth, "16, 24 or 32f (default 24)")
        ->type_name("")
        ->group(outputGroup);
    app.add_option("--dither", typed.dither, "tpdf or none (default: tpdf for 16 bit)")
        ->type_name("")
        ->group(outputGroup);
    app.add_option("--sample-rate", typed.sampleRate, "Convert to this rate")
        ->type_name("HZ")
        ->group(outputGroup);
    app.add_option("--render-oversampling", typed.renderOversampling,
                   "Oversampling of a full render, whatever the preset says")
        ->type_name("")
        ->group(outputGroup);
}

} // namespace

void addPresetFlags(CLI::App &app, Typed &typed)
{
    app.add_option("--preset", typed.preset, "A preset by name, or a preset file")
        ->type_name("NAME|FILE")
        ->group(soundGroup);
    app.add_flag("--list-presets", typed.listPresets, "Print the presets' names")
        ->group(soundGroup)
        ->disable_flag_override();
}

void addSoundFlags(CLI::App &app, Typed &typed)
{
    app.add_flag("--compat", typed.compat, "The earlier prototype's behaviour, with a mono downmix")
        ->group(soundGroup)
        ->disable_flag_override();
    app.add_flag("--mono", typed.mono, "Average the channels first")
        ->group(soundGroup)
        ->disable_flag_override();
    for (const pipeline::ParameterInfo &info : pipeline::parameterTable()) {
        app.add_option("--" + std::string(info.flag),
                       typed.parameters[static_cast<std::size_t>(info.id)],
                       std::string(info.help) + " (" + pipeline::allowedText(info) + "; default " +
                           pipeline::parameterText(info, info.defaultValue()) + ")")
            ->type_name("")
            ->group("Parameters of " + std::string(pipeline::stageRow(info.stage).label) +
                    " (these override the preset)");
    }
}

void addWindowFlags(CLI::App &app, Typed &typed)
{
    app.add_flag("--preview", typed.preview, "Only a window: --preview=SECONDS (default 10)")
        ->group(windowGroup);
    app.add_option("--preview-start", typed.previewStart, "Where the window begins (default 0)")
        ->type_name("SECONDS")
        ->group(windowGroup);
    app.add_flag("--full", typed.full, "The whole file")
        ->group(windowGroup)
        ->disable_flag_override();
}

void addRenderFlags(CLI::App &app, Typed &typed)
{
    app.option_defaults()->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
    app.add_option("INPUT", typed.first, "The sound file to render");
    app.add_option("OUTPUT", typed.second, "The file to write; its ending says which format");
    app.add_option("-i,--infile", typed.infile, "Input file")->type_name("FILE");
    app.add_option("-o,--outfile", typed.outfile, "Output file")->type_name("FILE");
    addPresetFlags(app, typed);
    app.add_option("--import-presets", typed.importFile,
                   "Save the presets of a prototype's JSON file among yours")
        ->type_name("FILE")
        ->group(soundGroup);
    addSoundFlags(app, typed);
    addWindowFlags(app, typed);
    addOutputFlags(app, typed);
    addForce(app, typed);
    app.add_option("--timing-json", typed.timingJson, "Write what each stage cost, in seconds")
        ->type_name("FILE")
        ->group(runningGroup);
    addThreadsAndQuiet(app, typed);
    app.add_flag("--progress", typed.progress, "Show progress even without a terminal")
        ->group(runningGroup)
        ->disable_flag_override();
    addTexts(app, typed);
}

void addShowFlags(CLI::App &app, Typed &typed, const ShowProgram &program)
{
    app.option_defaults()->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
    app.add_option("FILE", typed.first, "The sound file to show");
    for (const OwnFlag &flag : program.flags)
        app.add_option(flag.name, *flag.text, flag.help)
            ->type_name(flag.value)
            ->group(program.group);
    for (const OwnSwitch &flag : program.switches)
        app.add_flag(flag.name, *flag.on, flag.help)->group(program.group)->disable_flag_override();
    addForce(app, typed);
    addPresetFlags(app, typed);
    addSoundFlags(app, typed);
    addWindowFlags(app, typed);
    addThreadsAndQuiet(app, typed);
    addTexts(app, typed);
}

} // namespace app
