// SPDX-License-Identifier: GPL-3.0-or-later
//
// Levels as colours: the theme's maps, fine enough that no steps are seen.
// Shape: a table from quiet to loud. Units: dB. Real-time: no; a table is a plain value and may be
// read on any thread, colourTable() belongs to the GUI thread. Errors: none.
#pragma once

#include "widgets/views/AxisScale.h"

#include <QRgb>

#include <array>

namespace widgets {

enum class ColourMap { Ember, Paper, Viridis, Grey };
inline constexpr std::array allColourMaps{ColourMap::Ember, ColourMap::Paper, ColourMap::Viridis,
                                          ColourMap::Grey};

inline constexpr std::size_t colourSteps = 1024;
using ColourTable = std::array<QRgb, colourSteps>;

/// "ember": the token's name, which settings keep.
const char *colourMapKey(ColourMap map);
/// What people read: "Ember".
QString colourMapName(ColourMap map);
/// Ember in the dark theme, paper in the light one.
ColourMap themeColourMap();
ColourTable colourTable(ColourMap map);
/// From less to more: the plot's own ground in the middle, the two colours of direction and beyond
/// them the text's at the ends, so that lightness tells how much and colour which way.
ColourTable differenceTable();

inline QRgb colourOf(double db, AxisRange range, const ColourTable &table)
{
    const double place = (db - range.low) / range.span() * (colourSteps - 1);
    const double last = colourSteps - 1;
    return table[static_cast<std::size_t>(place < 0.0 ? 0.0 : place > last ? last : place + 0.5)];
}

} // namespace widgets
