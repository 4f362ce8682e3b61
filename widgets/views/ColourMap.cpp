// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/views/ColourMap.h"

#include "widgets/theme/Theme.h"

#include <QCoreApplication>

namespace widgets {

const char *colourMapKey(ColourMap map)
{
    constexpr std::array keys{"ember", "paper", "viridis", "grey"};
    return keys[static_cast<std::size_t>(map)];
}

QString colourMapName(ColourMap map)
{
    const auto text = [](const char *source) {
        return QCoreApplication::translate("widgets::ColourMap", source);
    };
    switch (map) {
    case ColourMap::Ember:
        return text("Ember");
    case ColourMap::Paper:
        return text("Paper");
    case ColourMap::Viridis:
        return text("Viridis");
    case ColourMap::Grey:
        break;
    }
    return text("Grey");
}

ColourMap themeColourMap()
{
    return Theme::shared().isDark() ? ColourMap::Ember : ColourMap::Paper;
}

namespace {

/// Evenly spaced stops, joined by straight lines.
ColourTable joined(const std::vector<QRgb> &colours)
{
    ColourTable table{};
    for (std::size_t i = 0; i < table.size(); ++i) {
        const double place =
            static_cast<double>(i) / (colourSteps - 1) * static_cast<double>(colours.size() - 1);
        const std::size_t below = std::min(static_cast<std::size_t>(place), colours.size() - 2);
        const double part = place - static_cast<double>(below);
        const auto mix = [part](int a, int b) { return qRound(a + part * (b - a)); };
        const QRgb a = colours[below];
        const QRgb b = colours[below + 1];
        table[i] = qRgb(mix(qRed(a), qRed(b)), mix(qGreen(a), qGreen(b)), mix(qBlue(a), qBlue(b)));
    }
    return table;
}

} // namespace

ColourTable colourTable(ColourMap map)
{
    // Tokens do not change, and every painting asks.
    static const auto tables = [] {
        std::array<ColourTable, allColourMaps.size()> all{};
        for (const ColourMap each : allColourMaps)
            all[static_cast<std::size_t>(each)] =
                joined(Theme::shared().colourMap(colourMapKey(each)));
        return all;
    }();
    return tables[static_cast<std::size_t>(map)];
}

ColourTable differenceTable()
{
    const Theme &theme = Theme::shared();
    const auto half = [&](const char *a, const char *b) {
        const QColor one = theme.colour(a);
        const QColor two = theme.colour(b);
        return qRgb((one.red() + two.red()) / 2, (one.green() + two.green()) / 2,
                    (one.blue() + two.blue()) / 2);
    };
    const QRgb ground = theme.colour("ground.plot").rgb();
    return joined({half("cents.down", "text.primary"), theme.colour("cents.down").rgb(), ground,
                   theme.colour("cents.up").rgb(), half("cents.up", "text.primary")});
}

} // namespace widgets
