// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/PlotWish.h"

#include "engine/base/Text.h"

#include <algorithm>
#include <charconv>

namespace app {

using engine::ErrorCode;
using engine::fail;
using engine::Result;

namespace {

constexpr int leastSide = 240;
constexpr int mostSide = 8192;

std::vector<std::string> plotWords()
{
    std::vector<std::string> words;
    for (const PlotRow &row : plotTable())
        words.emplace_back(row.key);
    return words;
}

std::vector<std::string> tapWords()
{
    std::vector<std::string> words;
    for (const auto &tap : engine::pipeline::tapTable)
        words.emplace_back(tap.key);
    return words;
}

/// "spectrogram, quantization, …"
std::string listOf(const std::vector<std::string> &words)
{
    std::string text;
    for (const std::string &word : words)
        text += (text.empty() ? "" : ", ") + word;
    return text;
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
        return usage("--plot",
                     "the list of views is missing; known are all, " + listOf(plotWords()));
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
            return notOneOf("--plot", key, "all, " + listOf(plotWords()));
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

} // namespace

ShowProgram plotProgram(PlotTexts &typed)
{
    std::vector<std::string> views = plotWords();
    views.insert(views.begin(), "all");
    return {
        plotProgramName,
        "Writes pictures of what the settings do to a sound, without opening a window.",
        "Pictures",
        "Example:\n"
        "  quantum-distortion --plot spectrogram,spectrum --plot-dir pictures --key F --scale "
        "minor "
        "reese.wav\n"
        "  writes pictures/reese.spectrogram.png and pictures/reese.spectrum.png and prints "
        "their names.\n",
        {{"--plot", "LIST", "Views, separated by commas, or all: " + listOf(plotWords()),
          &typed.plots, views},
         {"--plot-dir", "DIR", "Where the pictures go; made if missing", &typed.folder},
         {"--plot-format",
          "",
          "png, svg or pdf (default png)",
          &typed.format,
          {"png", "svg", "pdf"}},
         {"--plot-size", "WxH",
          "Of a picture (default 1440x720); a PNG has twice as many pixels each way", &typed.size},
         {"--plot-theme", "", "dark or light (default dark)", &typed.theme, {"dark", "light"}},
         {"--plot-tap", "", "The point of the chain: " + listOf(tapWords()) + " (default output)",
          &typed.tap, tapWords()},
         {"--plot-at", "SECONDS",
          "The moment in the file that scope and phase show (default: the window's middle)",
          &typed.at}},
        {{"--plot-values", "Write each picture's numbers beside it as CSV", &typed.values}}};
}

Result<PlotWish> plotWishFrom(const PlotTexts &typed)
{
    PlotWish wish;
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
        return notOneOf("--plot-tap", typed.tap, listOf(tapWords()));
    wish.tap = tap->id;
    if (!typed.at.empty()) {
        wish.atSeconds = engine::parseNumber(typed.at);
        if (!wish.atSeconds || *wish.atSeconds < 0.0)
            return usage("--plot-at", "\"" + typed.at + "\" is not a time in seconds");
    }
    wish.values = typed.values;
    return wish;
}

} // namespace app
