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
constexpr const char *loudnessGroup = "Loudness of the output";
constexpr const char *recipeGroup = "How a file was made";
constexpr const char *batchGroup = "Many files at once";
constexpr const char *runningGroup = "Running";

std::string tapKeys()
{
    std::string keys;
    for (const pipeline::TapInfo &tap : pipeline::tapTable)
        keys.append(keys.empty() ? "" : ", ").append(tap.key);
    return keys;
}

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
    app.add_option("--dither", typed.dither,
                   "tpdf, shaped or none (default: tpdf for 16 bit); shaped: where the ear hears "
                   "least of it")
        ->type_name("")
        ->group(outputGroup);
    app.add_option("--quality", typed.quality,
                   "0…1 for ogg, opus and mp3 (default: near-transparent)")
        ->type_name("")
        ->group(outputGroup);
    app.add_option("--sample-rate", typed.sampleRate, "Convert to this rate")
        ->type_name("HZ")
        ->group(outputGroup);
    app.add_option("--source", typed.source, "Which tap is written: " + tapKeys())
        ->type_name("TAP")
        ->group(outputGroup);
    app.add_option("--render-oversampling", typed.renderOversampling,
                   "Oversampling of a full render, whatever the preset says")
        ->type_name("")
        ->group(outputGroup);
}

void addLoudnessFlags(CLI::App &app, Typed &typed)
{
    app.add_option("--loudness", typed.loudness,
                   "Integrated loudness of the file, in LUFS (default: as rendered)")
        ->type_name("LUFS")
        ->group(loudnessGroup);
    app.add_flag("--match-loudness", typed.matchLoudness, "As loud as the input")
        ->group(loudnessGroup)
        ->disable_flag_override();
    app.add_option("--true-peak", typed.truePeak,
                   "The highest true peak with one of these (default -1)")
        ->type_name("DB")
        ->group(loudnessGroup);
}

void addRecipeFlags(CLI::App &app, Typed &typed)
{
    app.add_option("--recipe", typed.recipe, "Print the recipe that a rendered file holds")
        ->type_name("FILE")
        ->group(recipeGroup);
    app.add_option("--verify", typed.verify,
                   "Make that file again from its recipe and INPUT, and say whether the samples "
                   "are identical, the same sound up to rounding, or different")
        ->type_name("FILE")
        ->group(recipeGroup);
    app.add_option("--verify-json", typed.verifyJson, "Write what --verify found, for programs")
        ->type_name("FILE")
        ->group(recipeGroup);
    app.add_flag("--no-recipe", typed.noRecipe, "Leave the recipe out of the output")
        ->group(recipeGroup)
        ->disable_flag_override();
}

void addBatchFlags(CLI::App &app, Typed &typed)
{
    app.add_option("--batch", typed.batch,
                   "Render every INPUT, files and folders, with every --preset into this folder")
        ->type_name("FOLDER")
        ->group(batchGroup);
    app.add_option("--template", typed.nameTemplate,
                   "Names of the outputs: text and {source}, {preset}, {key}, {index} (default "
                   "\"{source} {preset}\")")
        ->type_name("")
        ->group(batchGroup);
    app.add_flag("--number-clashes", typed.numberClashes,
                 "Number outputs of the same name instead of refusing them")
        ->group(batchGroup)
        ->disable_flag_override();
    app.add_flag("--resume", typed.resume,
                 "Leave outputs alone that are there and would become the same")
        ->group(batchGroup)
        ->disable_flag_override();
}

} // namespace

void addPresetFlags(CLI::App &app, Typed &typed)
{
    app.add_option("--preset", typed.presets,
                   "A preset by name, or a preset file; several with --batch")
        ->type_name("NAME|FILE")
        ->allow_extra_args(false)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
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
        ->type_name("SECONDS") // not shown by --help
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
    app.add_option(filesPositional, typed.files,
                   "The sound file to render and the file to write; its ending says which format. "
                   "With --batch only INPUTs, as many as you like")
        ->type_name("")
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
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
    addLoudnessFlags(app, typed);
    addRecipeFlags(app, typed);
    addBatchFlags(app, typed);
    app.add_option("--timing-json", typed.timingJson, "Write what each stage cost, in seconds")
        ->type_name("FILE")
        ->group(runningGroup);
    addThreadsAndQuiet(app, typed);
    app.add_flag("--progress", typed.progress, "Show progress even without a terminal")
        ->group(runningGroup)
        ->disable_flag_override();
    addTexts(app, typed);
}

std::vector<std::string> wordsOf(std::string_view flag)
{
    std::vector<std::string> words;
    if (flag == "--format") {
        for (const io::ContainerInfo &row : io::containers())
            words.emplace_back(row.key);
    } else if (flag == "--bit-depth") {
        for (const auto depth :
             {io::SampleFormat::Pcm16, io::SampleFormat::Pcm24, io::SampleFormat::Float32})
            words.emplace_back(io::key(depth));
    } else if (flag == "--dither") {
        for (const io::Dither dither :
             {io::Dither::Tpdf, io::Dither::NoiseShaped, io::Dither::None})
            words.emplace_back(io::key(dither));
    } else if (flag == "--source") {
        for (const pipeline::TapInfo &tap : pipeline::tapTable)
            words.emplace_back(tap.key);
    }
    for (const pipeline::ParameterInfo &info : pipeline::parameterTable()) {
        const bool isMeant =
            flag == "--" + std::string(info.flag) ||
            (flag == "--render-oversampling" && info.id == pipeline::ParameterId::Oversampling);
        if (isMeant && info.kind == pipeline::ParameterKind::Switch)
            words = {"on", "off"};
        else if (isMeant)
            for (const pipeline::Choice &choice : info.choices)
                words.emplace_back(choice.key);
    }
    return words;
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
