// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/views/ColourMap.h"

#include "widgets/theme/Theme.h"

#include <QCoreApplication>

namespace widgets {

const char *colourMapKey(ColourMap map)
{
    constexpr std::array keys{"ember", "paper", "lagoon", "grey"};
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
    case ColourMap::Lagoon:
        return text("Lagoon");
    case ColourMap::Grey:
        break;
    }
    return text("Grey");
}

ColourMap themeColourMap()
{
    return Theme::shared().isDark() ? ColourMap::Ember : ColourMap::Paper;
}

ColourTable colourTable(ColourMap map)
{
    const std::vector<QRgb> colours = Theme::shared().colourMap(colourMapKey(map));
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

} // namespace widgets
