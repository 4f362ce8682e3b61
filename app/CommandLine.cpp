// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/CommandLine.h"

#include "app/CommandText.h"
#include "engine/base/Text.h"
#include "engine/io/DisplayName.h"
#include "engine/io/PresetLibrary.h"
#include "engine/pipeline/ParameterText.h"
#include "engine/pipeline/StageTable.h"

#include <CLI/CLI.hpp>

namespace app {

namespace {

using engine::ErrorCode;
using engine::fail;
using engine::Result;
using engine::Status;
namespace io = engine::io;
namespace pipeline = engine::pipeline;
namespace render = engine::render;

constexpr double longestPreviewSeconds = 86400.0 * 365.0;
constexpr int mostThreads = 256;

/// The texts of all options, as they were typed.
struct Typed {
    std::string first;
    std::string second;
    std::string infile;
    std::string outfile;
    std::string preset;
    std::string importFile;
    std::vector<std::string> parameters = std::vector<std::string>(pipeline::parameterCount);
    std::string preview;
    std::string previewStart;
    std::string taps;
    std::string format;
    std::string bitDepth;
    std::string dither;
    std::string sampleRate;
    std::string renderOversampling;
    std::string timingJson;
    std::string threads;
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

void addOptions(CLI::App &app, Typed &typed)
{
    app.option_defaults()->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
    app.add_option("INPUT", typed.first, "The sound file to render");
    app.add_option("OUTPUT", typed.second, "The file to write; its ending says which format");
    app.add_option("-i,--infile", typed.infile, "Input file")->type_name("FILE");
    app.add_option("-o,--outfile", typed.outfile, "Output file")->type_name("FILE");

    const std::string sound = "Sound";
    app.add_option("--preset", typed.preset, "A preset by name, or a preset file")
        ->type_name("NAME|FILE")
        ->group(sound);
    app.add_flag("--list-presets", typed.listPresets, "Print the presets' names")
        ->group(sound)
        ->disable_flag_override();
    app.add_option("--import-presets", typed.importFile,
                   "Save the presets of a prototype's JSON file among yours")
        ->type_name("FILE")
        ->group(sound);
    app.add_flag("--compat", typed.compat, "The earlier prototype's behaviour, with a mono downmix")
        ->group(sound)
        ->disable_flag_override();
    app.add_flag("--mono", typed.mono, "Average the channels first")
        ->group(sound)
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

    const std::string part = "What is rendered";
    app.add_flag("--preview", typed.preview, "Only a window: --preview=SECONDS (default 10)")
        ->group(part);
    app.add_option("--preview-start", typed.previewStart, "Where the window begins (default 0)")
        ->type_name("SECONDS")
        ->group(part);
    app.add_flag("--full", typed.full, "The whole file")->group(part)->disable_flag_override();

    const std::string output = "Output";
    app.add_option("--taps", typed.taps, "Write each tap there as 32-bit float WAV")
        ->type_name("DIR")
        ->group(output);
    app.add_option("--format", typed.format,
                   io::containerKeys() + " (default: by the output's ending)")
        ->type_name("")
        ->group(output);
    app.add_option("--bit-depth", typed.bitDepth, "16, 24 or 32f (default 24)")
        ->type_name("")
        ->group(output);
    app.add_option("--dither", typed.dither, "tpdf or none (default: tpdf for 16 bit)")
        ->type_name("")
        ->group(output);
    app.add_option("--sample-rate", typed.sampleRate, "Convert to this rate")
        ->type_name("HZ")
        ->group(output);
    app.add_option("--render-oversampling", typed.renderOversampling,
                   "Oversampling of a full render, whatever the preset says")
        ->type_name("")
        ->group(output);
    app.add_flag("--force", typed.force, "Replace existing files")
        ->group(output)
        ->disable_flag_override();

    const std::string running = "Running";
    app.add_option("--timing-json", typed.timingJson, "Write what each stage cost, in seconds")
        ->type_name("FILE")
        ->group(running);
    app.add_option("--threads", typed.threads, "Threads to use (default 0: all)")
        ->type_name("N")
        ->group(running);
    app.add_flag("--quiet", typed.quiet, "Print nothing but errors")
        ->group(running)
        ->disable_flag_override();
    app.add_flag("--progress", typed.progress, "Show progress even without a terminal")
        ->group(running)
        ->disable_flag_override();
    app.add_flag("--help-parameters", typed.helpParameters, "Explain every parameter")
        ->group(running)
        ->disable_flag_override();
    app.add_flag("--list-stages", typed.listStages, "Print the signal path")
        ->group(running)
        ->disable_flag_override();
}

tl::unexpected<engine::Error> usage(std::string_view flag, const std::string &problem)
{
    return fail(ErrorCode::Usage, "--" + std::string(flag) + ": " + problem);
}

Result<double> numberIn(std::string_view flag, const std::string &text, double least, double most)
{
    const std::optional<double> value = engine::parseNumber(text);
    const std::string range = engine::numberText(least) + "…" + engine::numberText(most);
    if (!value)
        return usage(flag, "\"" + text + "\" is not a number in " + range);
    if (*value < least || *value > most)
        return usage(flag, text + " is outside " + range);
    return *value;
}

Result<int> wholeNumberIn(std::string_view flag, const std::string &text, int least, int most)
{
    const Result<double> value = numberIn(flag, text, least, most);
    if (!value)
        return tl::unexpected(value.error());
    if (*value != std::floor(*value))
        return usage(flag, text + " is not a whole number");
    return static_cast<int>(*value);
}

Status readFiles(const Typed &typed, Render &command)
{
    std::vector<std::string> rest;
    for (const std::string &file : {typed.first, typed.second}) {
        if (!file.empty())
            rest.push_back(file);
    }
    const auto take = [&rest](const std::string &named) {
        if (!named.empty() || rest.empty())
            return named;
        std::string first = rest.front();
        rest.erase(rest.begin());
        return first;
    };
    command.request.input = take(typed.infile);
    command.request.output = take(typed.outfile);
    if (command.request.input.empty())
        return fail(ErrorCode::Usage, "INPUT and OUTPUT are missing", {}, "Try --help");
    if (command.request.output.empty())
        return fail(ErrorCode::Usage, "OUTPUT is missing", {}, "Try --help");
    if (!rest.empty())
        return fail(ErrorCode::Usage, "One INPUT and one OUTPUT are expected, and there is more",
                    {}, "Try --help");
    return {};
}

Status readSound(const Typed &typed, Render &command)
{
    render::RenderFileRequest &request = command.request;
    bool compat = typed.compat;
    if (!typed.preset.empty()) {
        const Result<io::Preset> preset = io::findPreset(typed.preset, io::standardPresetFolders());
        if (!preset)
            return tl::unexpected(preset.error());
        request.settings = preset->settings;
        compat = compat || preset->prototypeCompatible;
        for (const auto &[key, value] : preset->unknownParameters)
            command.warnings.push_back("The preset's parameter \"" + io::printable(key) +
                                       "\" is not known here and does nothing.");
    }
    // A flag that is given by name wins over what compatibility means.
    if (compat)
        request.settings = pipeline::prototypeCompatible(request.settings);
    const auto given = [&](pipeline::ParameterId id) -> const std::string & {
        return typed.parameters[static_cast<std::size_t>(id)];
    };
    for (const pipeline::ParameterInfo &info : pipeline::parameterTable()) {
        const std::string &text = given(info.id);
        if (text.empty())
            continue;
        const Result<double> value = pipeline::parseParameter(info, text);
        if (!value)
            return usage(info.flag, value.error().problem);
        pipeline::applyParameter(request.settings, info, *value);
    }
    using Id = pipeline::ParameterId;
    for (const auto &[scale, mask] :
         {std::pair(Id::ScaleName, Id::Mask), {Id::PostScale, Id::PostMask}}) {
        const auto custom = static_cast<double>(engine::dsp::ScaleKind::Custom);
        const pipeline::ParameterInfo &info = pipeline::parameterInfo(scale);
        if (!given(mask).empty() && !given(scale).empty() &&
            pipeline::parseParameter(info, given(scale)).value_or(custom) != custom)
            return usage(info.flag, given(scale) + " has its own notes; a mask goes with custom");
    }
    // Giving Post-Quant a setting of its own unlinks it, unless the link is asked for by name.
    if (!given(Id::PostLink).empty()) {
        const pipeline::ParameterInfo &link = pipeline::parameterInfo(Id::PostLink);
        link.write(request.settings, *pipeline::parseParameter(link, given(Id::PostLink)));
    }
    request.monoDownmix = compat || typed.mono;
    return {};
}

bool meansYes(std::string_view value)
{
    const std::string word = engine::lowerCase(value);
    return word == "1" || word == "true" || word == "yes" || word == "on";
}

Status readWindow(const Typed &typed, std::string_view previewMode, Render &command)
{
    const bool wanted = !typed.preview.empty() || !typed.previewStart.empty();
    if (typed.full && wanted)
        return fail(ErrorCode::Usage, "--full and --preview exclude each other");
    if (typed.full || (!wanted && !meansYes(previewMode)))
        return {};
    render::PreviewWindow window;
    if (!typed.preview.empty() && typed.preview != "true") {
        const Result<double> seconds =
            numberIn("preview", typed.preview, 0.001, longestPreviewSeconds);
        if (!seconds)
            return tl::unexpected(seconds.error());
        window.seconds = *seconds;
    }
    if (!typed.previewStart.empty()) {
        const Result<double> start =
            numberIn("preview-start", typed.previewStart, 0.0, longestPreviewSeconds);
        if (!start)
            return tl::unexpected(start.error());
        window.startSeconds = *start;
    }
    command.request.preview = window;
    return {};
}

Status readOutput(const Typed &typed, Render &command)
{
    render::RenderFileRequest &request = command.request;
    if (!typed.format.empty()) {
        const Result<io::Container> container = io::containerByKey(typed.format);
        if (!container)
            return usage("format", container.error().oneLine());
        request.container = *container;
    }
    if (!typed.bitDepth.empty()) {
        if (typed.bitDepth == "16")
            request.sampleFormat = io::SampleFormat::Pcm16;
        else if (typed.bitDepth == "24")
            request.sampleFormat = io::SampleFormat::Pcm24;
        else if (typed.bitDepth == "32f")
            request.sampleFormat = io::SampleFormat::Float32;
        else
            return usage("bit-depth", "\"" + typed.bitDepth + "\" is not one of: 16, 24, 32f");
    }
    if (!typed.dither.empty()) {
        if (typed.dither != "tpdf" && typed.dither != "none")
            return usage("dither", "\"" + typed.dither + "\" is not one of: tpdf, none");
        request.dither = typed.dither == "tpdf" ? io::Dither::Tpdf : io::Dither::None;
    }
    if (!typed.sampleRate.empty()) {
        const Result<int> rate = wholeNumberIn("sample-rate", typed.sampleRate,
                                               engine::minSampleRateHz, engine::maxSampleRateHz);
        if (!rate)
            return tl::unexpected(rate.error());
        request.sampleRateHz = *rate;
    }
    if (!typed.renderOversampling.empty()) {
        const Result<double> factor = pipeline::parseParameter(
            pipeline::parameterInfo(pipeline::ParameterId::Oversampling), typed.renderOversampling);
        if (!factor)
            return usage("render-oversampling", factor.error().problem);
        request.renderOversampling =
            static_cast<engine::dsp::Oversampling>(static_cast<int>(*factor));
    }
    if (!typed.threads.empty()) {
        const Result<int> threads = wholeNumberIn("threads", typed.threads, 0, mostThreads);
        if (!threads)
            return tl::unexpected(threads.error());
        request.threads = *threads;
    }
    request.tapsFolder = typed.taps;
    request.overwrite = typed.force ? io::OverwritePolicy::Replace : io::OverwritePolicy::Refuse;
    request.timingJson = typed.timingJson;
    command.quiet = typed.quiet;
    command.progress = typed.progress && !typed.quiet;
    return {};
}

Result<Command> commandFrom(const Typed &typed, std::string_view previewMode)
{
    if (typed.listPresets)
        return PrintText{presetListText()};
    if (typed.helpParameters)
        return PrintText{pipeline::parameterTableText()};
    if (typed.listStages)
        return PrintText{pipeline::stageTableText()};
    if (!typed.importFile.empty())
        return ImportPresets{typed.importFile, typed.force ? io::OverwritePolicy::Replace
                                                           : io::OverwritePolicy::Refuse};
    Render command;
    if (Status status = readFiles(typed, command); !status)
        return tl::unexpected(status.error());
    if (Status status = readSound(typed, command); !status)
        return tl::unexpected(status.error());
    if (Status status = readWindow(typed, previewMode, command); !status)
        return tl::unexpected(status.error());
    if (Status status = readOutput(typed, command); !status)
        return tl::unexpected(status.error());
    return command;
}

/// An unset variable in a script must not pass for a flag that was not given.
Status refuseEmptyValues(const std::vector<std::string> &arguments)
{
    std::string before;
    for (const std::string &argument : arguments) {
        if (argument == "--")
            return {};
        if (argument.starts_with("--") && argument.ends_with('='))
            return fail(ErrorCode::Usage,
                        argument.substr(0, argument.size() - 1) + ": the value is empty");
        if (argument.empty())
            return fail(ErrorCode::Usage, before.starts_with('-') ? before + ": the value is empty"
                                                                  : "A file name is empty");
        before = argument;
    }
    return {};
}

std::string oneLine(std::string text)
{
    while (!text.empty() && text.back() == '\n')
        text.pop_back();
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
}

} // namespace

Result<Command> parseCommandLine(const std::vector<std::string> &arguments,
                                 std::string_view previewMode)
{
    if (Status status = refuseEmptyValues(arguments); !status)
        return tl::unexpected(status.error());
    CLI::App app("Snaps a sound's spectrum to a musical key, distorts it, snaps it again.",
                 "quantum-distortion-render");
    app.set_version_flag("--version", versionText());
    app.footer(helpFooter());
    app.get_formatter()->column_width(helpColumn);
    Typed typed;
    addOptions(app, typed);
    try {
        app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
    } catch (const CLI::CallForHelp &) {
        return PrintText{wrapped(app.help())};
    } catch (const CLI::CallForVersion &) {
        return PrintText{versionText()};
    } catch (const CLI::ExtrasError &error) {
        return fail(ErrorCode::Usage, oneLine(error.what()), {},
                    "Try --help (a preview's length is given as --preview=SECONDS)");
    } catch (const CLI::ParseError &error) {
        return fail(ErrorCode::Usage, oneLine(error.what()), {}, "Try --help");
    }
    return commandFrom(typed, previewMode);
}

} // namespace app
