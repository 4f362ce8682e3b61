// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/CommandLine.h"

#include "app/CommandFlags.h"
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
    request.tapsFolder = typed.taps;
    request.timingJson = typed.timingJson;
    command.progress = typed.progress && !typed.quiet;
    return {};
}

Status readRunning(const Typed &typed, Render &command)
{
    if (!typed.threads.empty()) {
        const Result<int> threads = wholeNumberIn("threads", typed.threads, 0, mostThreads);
        if (!threads)
            return tl::unexpected(threads.error());
        command.request.threads = *threads;
    }
    command.request.overwrite =
        typed.force ? io::OverwritePolicy::Replace : io::OverwritePolicy::Refuse;
    command.quiet = typed.quiet;
    return {};
}

std::optional<PrintText> textFrom(const Typed &typed)
{
    if (typed.listPresets)
        return PrintText{presetListText()};
    if (typed.helpParameters)
        return PrintText{pipeline::parameterTableText()};
    if (typed.listStages)
        return PrintText{pipeline::stageTableText()};
    return std::nullopt;
}

Result<Command> commandFrom(const Typed &typed, std::string_view previewMode)
{
    if (const auto text = textFrom(typed))
        return *text;
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
    if (Status status = readRunning(typed, command); !status)
        return tl::unexpected(status.error());
    return command;
}

Result<ShowCommand> showCommandFrom(const Typed &typed)
{
    if (const auto text = textFrom(typed))
        return *text;
    if (typed.first.empty())
        return fail(ErrorCode::Usage, "FILE is missing", {}, "Try --help");
    Render command;
    command.request.input = typed.first;
    if (Status status = readSound(typed, command); !status)
        return tl::unexpected(status.error());
    if (Status status = readWindow(typed, {}, command); !status)
        return tl::unexpected(status.error());
    if (!typed.full && !command.request.preview)
        command.request.preview = render::PreviewWindow{};
    if (Status status = readRunning(typed, command); !status)
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

void begin(CLI::App &app, const std::string &footer)
{
    app.set_version_flag("--version", versionText(app.get_name()));
    app.footer(footer);
    app.get_formatter()->column_width(helpColumn);
}

/// A text where the arguments ask for one.
Result<std::optional<PrintText>> parse(CLI::App &app, const std::vector<std::string> &arguments)
{
    if (Status status = refuseEmptyValues(arguments); !status)
        return tl::unexpected(status.error());
    try {
        app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
    } catch (const CLI::CallForHelp &) {
        return PrintText{wrapped(app.help())};
    } catch (const CLI::CallForVersion &) {
        return PrintText{versionText(app.get_name())};
    } catch (const CLI::ExtrasError &error) {
        return fail(ErrorCode::Usage, oneLine(error.what()), {},
                    "Try --help (a preview's length is given as --preview=SECONDS)");
    } catch (const CLI::ParseError &error) {
        return fail(ErrorCode::Usage, oneLine(error.what()), {}, "Try --help");
    }
    return std::nullopt;
}

} // namespace

Result<Command> parseCommandLine(const std::vector<std::string> &arguments,
                                 std::string_view previewMode)
{
    CLI::App app("Snaps a sound's spectrum to a musical key, distorts it, snaps it again.",
                 "quantum-distortion-render");
    begin(app, helpFooter());
    Typed typed;
    addRenderFlags(app, typed);
    if (const auto text = parse(app, arguments); !text)
        return tl::unexpected(text.error());
    else if (*text)
        return **text;
    return commandFrom(typed, previewMode);
}

Result<ShowCommand> parseShowLine(const std::vector<std::string> &arguments,
                                  const ShowProgram &program)
{
    CLI::App app(program.description, program.name);
    begin(app, program.footer);
    Typed typed;
    addShowFlags(app, typed, program);
    if (const auto text = parse(app, arguments); !text)
        return tl::unexpected(text.error());
    else if (*text)
        return **text;
    return showCommandFrom(typed);
}

} // namespace app
