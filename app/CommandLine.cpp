// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/CommandLine.h"

#include "app/CommandText.h"
#include "app/CommandValues.h"
#include "engine/io/DisplayName.h"
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

using Given = std::initializer_list<std::pair<bool, std::string_view>>;
Status refuseGiven(Given flags, const std::string &problem)
{
    for (const auto &[isGiven, flag] : flags) {
        if (isGiven)
            return usage(flag, problem);
    }
    return {};
}

Status readFiles(const Typed &typed, Render &command)
{
    std::vector<std::string> rest = typed.files;
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
                    {}, "Try --help (many files go with --batch FOLDER)");
    return refuseGiven({{!typed.nameTemplate.empty(), "template"},
                        {typed.resume, "resume"},
                        {typed.numberClashes, "number-clashes"}},
                       "it goes with --batch FOLDER");
}

Status readSound(const Typed &typed, Render &command)
{
    if (typed.presets.size() > 1)
        return usage("preset", "several presets go with --batch FOLDER");
    Result<TypedSound> sound =
        soundFrom(typed, typed.presets.empty() ? std::string() : typed.presets.front());
    if (!sound)
        return tl::unexpected(sound.error());
    command.request.settings = sound->preset.settings;
    command.request.monoDownmix = sound->preset.monoDownmix;
    command.warnings = std::move(sound->warnings);
    return {};
}

Status readRunning(const Typed &typed, Render &command)
{
    const Result<int> threads = threadsFrom(typed);
    if (!threads)
        return tl::unexpected(threads.error());
    command.request.threads = *threads;
    command.request.overwrite = overwriteFrom(typed);
    command.quiet = typed.quiet;
    command.progress = typed.progress && !typed.quiet;
    return {};
}

Result<Command> verifyFrom(const Typed &typed)
{
    Verify command;
    command.request.file = typed.verify;
    std::vector<std::string> rest = typed.files;
    if (!typed.infile.empty())
        rest.insert(rest.begin(), typed.infile);
    if (rest.size() != 1)
        return usage("verify", rest.empty() ? "the INPUT that the file was made from is missing"
                                            : "one INPUT is expected, and there is more");
    command.request.input = rest.front();
    command.request.json = typed.verifyJson;
    command.request.overwrite = overwriteFrom(typed);
    const Result<int> threads = threadsFrom(typed);
    if (!threads)
        return tl::unexpected(threads.error());
    command.request.threads = *threads;
    command.quiet = typed.quiet;
    command.progress = typed.progress && !typed.quiet;
    return command;
}

Result<Command> batchFrom(const Typed &typed, std::string_view previewMode)
{
    RenderBatch command;
    render::BatchRequest &request = command.request;
    if (Status status = refuseGiven({{!typed.outfile.empty(), "outfile"},
                                     {!typed.taps.empty(), "taps"},
                                     {!typed.timingJson.empty(), "timing-json"}},
                                    "it does not go with --batch");
        !status)
        return tl::unexpected(status.error());
    if (!typed.infile.empty())
        request.inputs.emplace_back(typed.infile);
    request.inputs.insert(request.inputs.end(), typed.files.begin(), typed.files.end());
    std::vector<std::string> presets = typed.presets;
    if (presets.empty()) {
        presets.emplace_back();
        request.nameTemplate = "{source}";
    }
    for (const std::string &preset : presets) {
        Result<TypedSound> sound = soundFrom(typed, preset);
        if (!sound)
            return tl::unexpected(sound.error());
        request.presets.push_back(std::move(sound->preset));
        command.warnings.insert(command.warnings.end(), sound->warnings.begin(),
                                sound->warnings.end());
    }
    request.folder = typed.batch;
    if (!typed.nameTemplate.empty())
        request.nameTemplate = typed.nameTemplate;
    request.clashes = typed.numberClashes ? render::NameClash::Number : render::NameClash::Refuse;
    request.resume = typed.resume;
    if (Status status = readWindow(typed, previewMode, request.options); !status)
        return tl::unexpected(status.error());
    if (Status status = readOutput(typed, request.options); !status)
        return tl::unexpected(status.error());
    const Result<int> threads = threadsFrom(typed);
    if (!threads)
        return tl::unexpected(threads.error());
    request.threads = *threads;
    command.quiet = typed.quiet;
    command.progress = typed.progress && !typed.quiet;
    return command;
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
    if (!typed.recipe.empty())
        return ShowRecipe{typed.recipe};
    if (!typed.verify.empty())
        return verifyFrom(typed);
    if (Status status =
            refuseGiven({{!typed.verifyJson.empty(), "verify-json"}}, "it goes with --verify FILE");
        !status)
        return tl::unexpected(status.error());
    if (!typed.batch.empty())
        return batchFrom(typed, previewMode);
    Render command;
    if (Status status = readFiles(typed, command); !status)
        return tl::unexpected(status.error());
    if (Status status = readSound(typed, command); !status)
        return tl::unexpected(status.error());
    if (Status status = readWindow(typed, previewMode, command.request); !status)
        return tl::unexpected(status.error());
    if (Status status = readOutput(typed, command.request); !status)
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
    if (Status status = readWindow(typed, {}, command.request); !status)
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

class HelpFormatter final : public CLI::Formatter {
public:
    std::string make_option_name(const CLI::Option *option, bool isPositional) const override
    {
        std::string name = CLI::Formatter::make_option_name(option, isPositional);
        return isPositional && name == filesPositional ? "INPUT OUTPUT" : name;
    }
};

constexpr const char *renderName = "quantum-distortion-render";
constexpr const char *renderDescription =
    "Snaps a sound's spectrum to a musical key, distorts it, snaps it again.";

void begin(CLI::App &app, const std::string &footer)
{
    app.formatter(std::make_shared<HelpFormatter>());
    app.set_version_flag("--version", versionText(app.get_name()));
    app.footer(footer);
    app.get_formatter()->column_width(helpColumn);
}

ProgramInfo infoOf(const CLI::App &app)
{
    ProgramInfo info{app.get_name(), app.get_description(), app.get_footer(), {}};
    for (const CLI::Option *option : app.get_options()) {
        if (option->get_lnames().empty())
            continue; // a positional
        FlagInfo flag;
        flag.name = "--" + option->get_lnames().front();
        if (!option->get_snames().empty())
            flag.shortName = "-" + option->get_snames().front();
        flag.value = option->get_type_name();
        flag.help = option->get_description();
        flag.group = option->get_group();
        flag.words = wordsOf(flag.name);
        if (option->get_items_expected_max() > 0)
            flag.takes = FlagInfo::Takes::Value;
        else if (!flag.value.empty())
            flag.takes = FlagInfo::Takes::ValueAfterEquals;
        flag.repeats = option->get_multi_option_policy() == CLI::MultiOptionPolicy::TakeAll;
        info.flags.push_back(std::move(flag));
    }
    return info;
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
    CLI::App app(renderDescription, renderName);
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

ProgramInfo renderProgramInfo()
{
    CLI::App app(renderDescription, renderName);
    begin(app, helpFooter());
    Typed typed;
    addRenderFlags(app, typed);
    return infoOf(app);
}

ProgramInfo showProgramInfo(const ShowProgram &program)
{
    CLI::App app(program.description, program.name);
    begin(app, program.footer);
    Typed typed;
    addShowFlags(app, typed, program);
    ProgramInfo info = infoOf(app);
    for (FlagInfo &flag : info.flags) {
        for (const OwnFlag &own : program.flags) {
            if (flag.name == own.name)
                flag.words = own.words;
        }
    }
    return info;
}

} // namespace app
