// SPDX-License-Identifier: GPL-3.0-or-later
//
// quantum-distortion-render: one file in, one file out, no window. Standard output carries results,
// standard error what a person should know; the exit code is that of the error.

#include "app/Interrupt.h"
#include "app/PerformBatch.h"
#include "app/ProgressLine.h"
#include "engine/base/Text.h"
#include "engine/io/DisplayName.h"
#include "engine/io/PresetLibrary.h"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <new>
#include <system_error>
#include <unistd.h>

namespace {

using app::finishOutput;
using app::report;

int perform(const app::PrintText &command)
{
    std::fputs(command.text.c_str(), stdout);
    return finishOutput();
}

int perform(const app::ImportPresets &command)
{
    const auto saved = engine::io::importPrototypeFile(
        command.file, engine::io::standardPresetFolders(), command.overwrite);
    if (!saved)
        return report(saved.error());
    for (const std::filesystem::path &path : *saved)
        std::printf("%s\n", path.c_str());
    return finishOutput();
}

int perform(const app::Render &command)
{
    const app::Interrupt interrupt;
    engine::Result<engine::render::RenderFileReport> result;
    {
        app::ProgressLine line(command.progress || (!command.quiet && isatty(STDERR_FILENO) != 0));
        const engine::RunContext context{
            interrupt.token(), [&line](std::optional<double> fraction) { line.update(fraction); }};
        result = engine::render::renderFile(command.request, context);
    }
    if (!result)
        return report(result.error());
    if (command.quiet)
        return 0;
    for (const auto &warnings : {command.warnings, result->warnings}) {
        for (const std::string &warning : warnings)
            std::fprintf(stderr, "warning: %s\n", warning.c_str());
    }
    std::printf("%s\n", engine::pipeline::timingLine(result->timing).c_str());
    if (!std::holds_alternative<engine::io::AsRendered>(command.request.loudness))
        std::printf("[LOUDNESS] %s gain=%sdB limiter=%sdB\n", app::levelsText(*result).c_str(),
                    engine::fixedText(result->appliedGainDb, 2).c_str(),
                    engine::fixedText(result->limiterReductionDb, 2).c_str());
    return finishOutput();
}

int perform(const app::ShowRecipe &command)
{
    const auto recipe = engine::io::readRecipe(command.file);
    if (!recipe)
        return report(recipe.error());
    if (!*recipe)
        return report({engine::ErrorCode::BadData,
                       engine::io::quotedName(command.file) + " holds no recipe",
                       {},
                       "Only files that this program rendered hold one",
                       {}});
    std::fputs(engine::io::recipePage(**recipe).c_str(), stdout);
    return finishOutput();
}

int perform(const app::Verify &command)
{
    const app::Interrupt interrupt;
    engine::Result<engine::render::Verdict> verdict;
    {
        app::ProgressLine line(command.progress || (!command.quiet && isatty(STDERR_FILENO) != 0));
        verdict = engine::render::verifyFile(
            command.request, {interrupt.token(),
                              [&line](std::optional<double> fraction) { line.update(fraction); }});
    }
    if (!verdict)
        return report(verdict.error());
    if (!command.quiet)
        std::printf("%s\n", verdict->text().c_str());
    const int printed = finishOutput();
    using engine::render::Agreement;
    const bool same = verdict->agreement == Agreement::Identical ||
                      verdict->agreement == Agreement::SameSound;
    return printed != 0 || same ? printed : app::differentCode;
}

/// A standard stream that is closed would give its number to the next file that is opened, and what
/// is printed would end up in it.
void keepStandardStreams()
{
    for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; ++stream) {
        if (fcntl(stream, F_GETFD) < 0)
            (void)!open("/dev/null", O_RDWR); // takes the lowest free number, which is this one
    }
}

int run(int argc, char **argv)
{
    // A file size limit or a closed pipe is an error to report, not an end without a word.
    std::signal(SIGXFSZ, SIG_IGN);
    std::signal(SIGPIPE, SIG_IGN);
    const char *previewMode = std::getenv("DSP_PREVIEW_MODE");
    try {
        const engine::Result<app::Command> command = app::parseCommandLine(
            std::vector<std::string>(argv + 1, argv + argc), previewMode ? previewMode : "");
        if (!command)
            return report(command.error());
        return std::visit([](const auto &chosen) { return perform(chosen); }, *command);
    } catch (const std::system_error &) {
        return report({engine::ErrorCode::WriteFailed,
                       "The system gives this program no threads",
                       "Nothing was written",
                       "Raise the limit on processes",
                       {}});
    } catch (const std::bad_alloc &) {
        return report({engine::ErrorCode::BadData,
                       "There is not enough memory for this render",
                       "Nothing was written",
                       "Close other programs or use fewer --threads",
                       {}});
    }
}

} // namespace

int main(int argc, char **argv)
{
    keepStandardStreams();
    const int code = run(argc, argv);
    if (code == static_cast<int>(engine::ErrorCode::Cancelled))
        app::leaveFilesToChild();
    return code;
}
