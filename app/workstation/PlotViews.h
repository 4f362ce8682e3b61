// SPDX-License-Identifier: GPL-3.0-or-later
//
// The views that can be drawn without a window, each described once: a name, and how it is made
// from a preview.
// Units: logical pixels; seconds from the start of the file. Real-time: no; GUI thread only.
// Errors: none.
#pragma once

#include "app/workstation/PaneView.h"
#include "widgets/views/PictureSource.h"

#include <span>

namespace app {

struct PlotInput {
    PaneInput pane;
    double atSeconds; ///< the moment that scope and phase show
};

/// A view with its data; what it draws is ready once settled() says so and events were processed.
struct MadePlot {
    std::unique_ptr<QWidget> widget;
    const widgets::PictureSource *picture = nullptr; ///< of the widget
    std::function<bool()> settled;
};

struct PlotRow {
    const char *key; ///< its name in --plot and in the names of files
    MadePlot (*make)(const PlotInput &input);
};
std::span<const PlotRow> plotTable();

} // namespace app
