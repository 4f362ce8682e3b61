// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/PlotCommand.h"

#include "app/CommandLine.h"
#include "app/Interrupt.h"
#include "app/workstation/PlotViews.h"
#include "engine/base/Text.h"
#include "engine/io/AudioFileReader.h"
#include "engine/io/DisplayName.h"
#include "widgets/theme/Theme.h"

#include <QApplication>
#include <QLocale>
#include <QTimer>

#include <charconv>
#include <cstdio>
#include <new>
#include <system_error>

namespace app {

namespace {

using engine::ErrorCode;
using engine::fail;
using engine::Result;
using engine::Status;
using engine::pipeline::TapId;
using widgets::PictureFormat;
namespace io = engine::io;
namespace render = engine::render;

constexpr const char *programName = "quantum-distortion";
constexpr int leastSide = 240;
constexpr int mostSide = 8192;
constexpr double pngScale = 2.0;
constexpr int pollMs = 10;

/// The texts of the program's own flags, as they were typed.
struct Typed {
    std::string plots;
    std::string folder;
    std::string format = "png";
    std::string size = "1440x720";
    std::string theme = "dark";
    std::string tap = "output";
    std::string at;
    bool values = false;
};

struct Wish {
    std::vector<const PlotRow *> plots;
    std::filesystem::path folder;
    PictureFormat format = PictureFormat::Png;
    QSize size;
    bool dark = true;
    TapId tap = TapId::Output;
    std::optional<double> atSeconds;
    bool values = false;
};

/// "spectrogram, quantization, …"
template <typename Rows, typename KeyOf>
std::string listOf(const Rows &rows, KeyOf keyOf)
{
    std::string text;
    for (const auto &row : rows)
        text += (text.empty() ? "" : ", ") + std::string(keyOf(row));
    return text;
}

std::string plotKeys()
{
    return listOf(plotTable(), [](const PlotRow &row) { return row.key; });
}

std::string tapKeys()
{
    return listOf(engine::pipeline::tapTable, [](const auto &tap) { return tap.key; });
}

ShowProgram programOf(Typed &typed)
{
    return {
        programName,
        "Writes pictures of what the settings do to a sound, without opening a window.",
        "Pictures",
        "Example: quantum-distortion --plot spectrogram,spectrum --plot-dir pictures --key F "
        "--scale minor reese.wav\n"
        "writes pictures/reese.spectrogram.png and pictures/reese.spectrum.png and prints "
        "their names.\n",
        {{"--plot", "LIST", "Views, separated by commas, or all: " + plotKeys(), &typed.plots},
         {"--plot-dir", "DIR", "Where the pictures go; made if missing", &typed.folder},
         {"--plot-format", "", "png, svg or pdf (default png)", &typed.format},
         {"--plot-size", "WxH",
          "Of a picture (default 1440x720); a PNG has twice as many pixels each way", &typed.size},
         {"--plot-theme", "", "dark or light (default dark)", &typed.theme},
         {"--plot-tap", "", "The point of the chain: " + tapKeys() + " (default output)",
          &typed.tap},
         {"--plot-at", "SECONDS",
          "The moment in the file that scope and phase show (default: the window's middle)",
          &typed.at}},
        {{"--plot-values", "Write each picture's numbers beside it as CSV", &typed.values}}};
}

tl::unexpected<engine::Error> usage(const char *flag, const std::string &problem)
{
    return fail(ErrorCode::Usage, std::string(flag) + ": " + problem);
}

tl::unexpected<engine::Error> notOneOf(const char *flag, const std::string &text,
                                       const std::string &known)
{
    return usage(flag, "\"" + text + "\" is not one of: " + known);
}

Result<std::vector<const PlotRow *>> plotsFrom(const std::string &list)
{
    if (list.empty())
        return usage("--plot", "the list of views is missing; known are all, " + plotKeys());
    std::vector<const PlotRow *> plots;
    const auto add = [&plots](const PlotRow &row) {
        if (std::find(plots.begin(), plots.end(), &row) == plots.end())
            plots.push_back(&row);
    };
    std::size_t from = 0;
    while (from <= list.size()) {
        const std::size_t comma = std::min(list.find(',', from), list.size());
        const std::string key = list.substr(from, comma - from);
        from = comma + 1;
        bool known = key == "all";
        for (const PlotRow &row : plotTable()) {
            if (key == "all" || key == row.key) {
                add(row);
                known = true;
            }
        }
        if (!known)
            return notOneOf("--plot", key, "all, " + plotKeys());
    }
    return plots;
}

Result<QSize> sizeFrom(const std::string &text)
{
    const auto side = [](std::string_view digits) {
        int value = 0;
        const auto [end, error] =
            std::from_chars(digits.data(), digits.data() + digits.size(), value);
        return error == std::errc() && end == digits.data() + digits.size() ? value : 0;
    };
    const std::size_t cross = std::min(text.find('x'), text.size());
    const int width = side(std::string_view(text).substr(0, cross));
    const int height = side(std::string_view(text).substr(std::min(cross + 1, text.size())));
    if (std::min(width, height) < leastSide || std::max(width, height) > mostSide)
        return usage("--plot-size", "\"" + text + "\" is not like 1440x720, with both sides in " +
                                        std::to_string(leastSide) + "…" + std::to_string(mostSide));
    return QSize(width, height);
}

Result<Wish> wishFrom(const Typed &typed)
{
    Wish wish;
    const auto plots = plotsFrom(typed.plots);
    if (!plots)
        return tl::unexpected(plots.error());
    wish.plots = *plots;
    if (typed.folder.empty())
        return usage("--plot-dir", "the folder for the pictures is missing");
    wish.folder = typed.folder;
    const auto format = widgets::pictureFormatOf(QString::fromStdString("." + typed.format));
    if (!format || typed.format != widgets::pictureFormatKey(*format))
        return notOneOf("--plot-format", typed.format, "png, svg, pdf");
    wish.format = *format;
    const Result<QSize> size = sizeFrom(typed.size);
    if (!size)
        return tl::unexpected(size.error());
    wish.size = *size;
    if (typed.theme != "dark" && typed.theme != "light")
        return notOneOf("--plot-theme", typed.theme, "dark, light");
    wish.dark = typed.theme == "dark";
    const auto &taps = engine::pipeline::tapTable;
    const auto tap = std::find_if(taps.begin(), taps.end(),
                                  [&](const auto &row) { return row.key == typed.tap; });
    if (tap == taps.end())
        return notOneOf("--plot-tap", typed.tap, tapKeys());
    wish.tap = tap->id;
    if (!typed.at.empty()) {
        wish.atSeconds = engine::parseNumber(typed.at);
        if (!wish.atSeconds || *wish.atSeconds < 0.0)
            return usage("--plot-at", "\"" + typed.at + "\" is not a time in seconds");
    }
    wish.values = typed.values;
    return wish;
}

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
Result<std::vector<Output>> outputsOf(const Wish &wish, const render::RenderFileRequest &request)
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
    ticks.start(pollMs);
    do
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    while (!plot.settled() && !stop.stop_requested());
    return !stop.stop_requested();
}

Status draw(const Wish &wish, const render::SharedPreview &preview, std::vector<Output> &outputs,
            const std::stop_token &stop)
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
            std::fprintf(stderr, "%s: %s\n", programName, qPrintable(message));
    });
    qputenv("QT_QPA_PLATFORM", "offscreen");
    for (const char *name : {"QT_SCALE_FACTOR", "QT_SCREEN_SCALE_FACTORS", "QT_FONT_DPI",
                             "QT_USE_PHYSICAL_DPI", "QT_QPA_PLATFORMTHEME", "QT_STYLE_OVERRIDE"})
        qunsetenv(name);
    QLocale::setDefault(QLocale::c());
}

Status perform(const Wish &wish, const Render &command, int argc, char **argv)
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
    std::fprintf(stderr, "%s: %s\n", programName, error.oneLine().c_str());
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
    Typed typed;
    const auto command =
        parseShowLine(std::vector<std::string>(argv + 1, argv + argc), programOf(typed));
    if (!command)
        return report(command.error());
    if (const auto *text = std::get_if<PrintText>(&*command)) {
        std::fputs(text->text.c_str(), stdout);
        return finishOutput();
    }
    const Result<Wish> wish = wishFrom(typed);
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
    Typed typed;
    const ShowProgram program = programOf(typed);
    std::vector<PlotFlag> flags;
    for (const OwnFlag &flag : program.flags)
        flags.push_back({flag.name + 2, *flag.value ? flag.value : "NAME", flag.help});
    for (const OwnSwitch &flag : program.switches)
        flags.push_back({flag.name + 2, {}, flag.help});
    return flags;
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
