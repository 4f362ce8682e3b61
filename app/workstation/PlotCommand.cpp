// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/PlotCommand.h"

#include "app/Interrupt.h"
#include "app/workstation/PlotWish.h"
#include "engine/io/AudioFileReader.h"
#include "engine/io/DisplayName.h"
#include "widgets/theme/Theme.h"

#include <QApplication>
#include <QLocale>
#include <QTimer>

#include <cstdio>
#include <new>
#include <system_error>

namespace app {

namespace {

using engine::ErrorCode;
using engine::fail;
using engine::Result;
using engine::Status;
namespace io = engine::io;
namespace render = engine::render;

constexpr double pngScale = 2.0;
constexpr int plotPollMs = 10;

Result<render::SharedPreview> previewOf(const Render &command, const engine::RunContext &context)
{
    const render::RenderFileRequest &asked = command.request;
    render::PreviewRequest request;
    request.path = asked.input;
    request.settings = asked.settings;
    request.wantsQuantization = true;
    request.monoDownmix = asked.monoDownmix;
    {
        const auto reader = io::AudioFileReader::open(asked.input);
        if (!reader)
            return tl::unexpected(reader.error());
        const auto window = render::windowOf(asked, **reader);
        if (!window)
            return tl::unexpected(window.error());
        const auto frames = window->frames ? window->frames : (*reader)->declaredFrames();
        if (!frames)
            return fail(ErrorCode::Usage,
                        "The length of " + io::quotedName(asked.input) +
                            " is not known before it was read",
                        "Nothing was written", "Give --preview=SECONDS in place of --full");
        request.firstFrame = window->firstFrame;
        request.frames = *frames;
    }
    request.soundId = 1;
    return render::PreviewRenderer(asked.threads).render(request, context);
}

/// A file that has its place and gets its name at the end.
struct Output {
    std::filesystem::path path;
    io::AtomicFile file;
};

/// The files of all plots, in the order of the plots; the values of each behind its picture.
Result<std::vector<Output>> outputsOf(const PlotWish &wish,
                                      const render::RenderFileRequest &request)
{
    std::error_code error;
    std::filesystem::create_directories(wish.folder, error);
    if (error)
        return fail(ErrorCode::CannotCreate,
                    "The folder " + io::quotedName(wish.folder) +
                        " could not be made: " + error.message(),
                    "Nothing was written", "Choose another folder");
    std::vector<std::string> endings{widgets::pictureFormatKey(wish.format)};
    if (wish.values)
        endings.emplace_back("csv");
    std::vector<Output> outputs;
    for (const PlotRow *plot : wish.plots) {
        for (const std::string &ending : endings) {
            std::filesystem::path path = wish.folder / request.input.stem();
            path += std::string(".") + plot->key + "." + ending;
            auto file = io::AtomicFile::create(path, request.overwrite);
            if (!file)
                return tl::unexpected(file.error());
            outputs.push_back({std::move(path), std::move(*file)});
        }
    }
    return outputs;
}

/// False where it was interrupted.
bool waitFor(const MadePlot &plot, const std::stop_token &stop)
{
    QTimer ticks; // so that the loop below sees an interrupt
    ticks.start(plotPollMs);
    do
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    while (!plot.settled() && !stop.stop_requested());
    return !stop.stop_requested();
}

Status draw(const PlotWish &wish, const render::SharedPreview &preview,
            std::vector<Output> &outputs, const std::stop_token &stop)
{
    const engine::AudioBuffer &sound = preview->sound(wish.tap);
    const double lengthS = static_cast<double>(sound.frames()) / sound.format().sampleRateHz;
    PlotInput input{{preview, wish.tap}, 0.0};
    input.atSeconds = wish.atSeconds.value_or(input.pane.windowStartSeconds() + lengthS / 2.0);
    auto output = outputs.begin();
    for (const PlotRow *row : wish.plots) {
        const MadePlot plot = row->make(input);
        plot.widget->resize((QSizeF(wish.size) - widgets::sheetFrame()).toSize());
        plot.widget->show();
        if (!waitFor(plot, stop))
            return fail(ErrorCode::Cancelled, "Stopped", "Nothing was written");
        const QByteArray picture = plot.picture->pictureFile(wish.format, pngScale);
        if (Status status = (output++)->file.write({picture.data(), std::size_t(picture.size())});
            !status)
            return status;
        if (!wish.values)
            continue;
        const QByteArray values = plot.picture->valuesAsCsv().toUtf8();
        if (Status status = (output++)->file.write({values.data(), std::size_t(values.size())});
            !status)
            return status;
    }
    return {};
}

/// Nothing of the person's screen or language may show in a picture, and what Qt thinks of a
/// machine without a desktop is none of theirs.
void prepareForNoScreen()
{
    qInstallMessageHandler([](QtMsgType type, const QMessageLogContext &, const QString &message) {
        if (type == QtCriticalMsg || type == QtFatalMsg)
            std::fprintf(stderr, "%s: %s\n", plotProgramName, qPrintable(message));
    });
    qputenv("QT_QPA_PLATFORM", "offscreen");
    for (const char *name : {"QT_SCALE_FACTOR", "QT_SCREEN_SCALE_FACTORS", "QT_FONT_DPI",
                             "QT_USE_PHYSICAL_DPI", "QT_QPA_PLATFORMTHEME", "QT_STYLE_OVERRIDE"})
        qunsetenv(name);
    QLocale::setDefault(QLocale::c());
}

Status perform(const PlotWish &wish, const Render &command, int argc, char **argv)
{
    const Interrupt interrupt;
    std::error_code ignored;
    const bool isNew = !std::filesystem::exists(wish.folder, ignored);
    const auto work = [&]() -> Status {
        const auto preview = previewOf(command, {interrupt.token(), {}});
        if (!preview)
            return tl::unexpected(preview.error());
        auto outputs = outputsOf(wish, command.request);
        if (!outputs)
            return tl::unexpected(outputs.error());
        prepareForNoScreen();
        const QApplication application(argc, argv);
        widgets::Theme &theme = widgets::Theme::shared();
        theme.setReducedMotion(true);
        theme.setMode(wish.dark ? widgets::Theme::Mode::Dark : widgets::Theme::Mode::Light);
        if (Status status = draw(wish, *preview, *outputs, interrupt.token()); !status)
            return status;
        for (Output &output : *outputs) {
            if (Status status = output.file.commit(); !status)
                return status;
            if (!command.quiet)
                std::printf("%s\n", output.path.c_str());
        }
        return {};
    };
    Status status = work();
    if (!status && isNew)
        std::filesystem::remove(wish.folder, ignored); // only if it is empty
    return status;
}

int report(const engine::Error &error)
{
    std::fprintf(stderr, "%s: %s\n", plotProgramName, error.oneLine().c_str());
    return static_cast<int>(error.code);
}

int finishOutput()
{
    if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0)
        return 0;
    return report({ErrorCode::WriteFailed, "Standard output could not be written", {}, {}, {}});
}

int run(int argc, char **argv)
{
    PlotTexts typed;
    const auto command =
        parseShowLine(std::vector<std::string>(argv + 1, argv + argc), plotProgram(typed));
    if (!command)
        return report(command.error());
    if (const auto *text = std::get_if<PrintText>(&*command)) {
        std::fputs(text->text.c_str(), stdout);
        return finishOutput();
    }
    const Result<PlotWish> wish = plotWishFrom(typed);
    if (!wish)
        return report(wish.error());
    const auto &wanted = std::get<Render>(*command);
    if (!wanted.quiet) {
        for (const std::string &warning : wanted.warnings)
            std::fprintf(stderr, "warning: %s\n", warning.c_str());
    }
    if (const Status status = perform(*wish, wanted, argc, argv); !status)
        return report(status.error());
    return finishOutput();
}

} // namespace

bool wantsPlots(const std::vector<std::string> &arguments)
{
    for (const std::string &argument : arguments) {
        if (argument == "--")
            return false;
        if (argument.starts_with("--plot"))
            return true;
    }
    return false;
}

std::vector<PlotFlag> plotFlags()
{
    PlotTexts typed;
    const ShowProgram program = plotProgram(typed);
    std::vector<PlotFlag> flags;
    for (const OwnFlag &flag : program.flags)
        flags.push_back({flag.name + 2, *flag.value ? flag.value : "NAME", flag.help});
    for (const OwnSwitch &flag : program.switches)
        flags.push_back({flag.name + 2, {}, flag.help});
    return flags;
}

ProgramInfo plotProgramInfo()
{
    PlotTexts typed;
    return showProgramInfo(plotProgram(typed));
}

int runPlots(int argc, char **argv)
{
    try {
        return run(argc, argv);
    } catch (const std::system_error &) {
        return report({ErrorCode::WriteFailed,
                       "The system gives this program no threads",
                       "Nothing was written",
                       "Raise the limit on processes",
                       {}});
    } catch (const std::bad_alloc &) {
        return report({ErrorCode::BadData,
                       "There is not enough memory for this",
                       "Nothing was written",
                       "Choose a shorter --preview or a smaller --plot-size",
                       {}});
    }
}

} // namespace app
