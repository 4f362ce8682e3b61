// SPDX-License-Identifier: GPL-3.0-or-later
//
// The views of the stage, each described once. Tabs, the View menu, keys and saved panes are read
// from this table; a view that is not in it is nowhere.
// Shape: one row a view, in the order of the tabs. Real-time: no; GUI thread only. Errors: none.
#pragma once

#include "app/workstation/PaneView.h"

#include <span>

namespace app {

struct ViewRow {
    const char *id;        ///< of its tab and its command: "view.spectrogram"
    const char *icon;      ///< "spectrogram"
    const char *label;     ///< untranslated, in the context of Actions
    const char *shortcuts; ///< portable text; several are separated by spaces; may be empty
    double share;          ///< its width among panes that stand side by side
    PaneView *(*create)(QObject *parent);
};
std::span<const ViewRow> viewTable();
/// The row of an id; −1 where there is none.
int viewNumber(const QString &id);

/// Fed with the sound of a tap, away from the GUI thread where it takes a while.
PaneView *makeQuantizationPane(QObject *parent);
PaneView *makeSpectrogramPane(QObject *parent);
PaneView *makeSpectrumPane(QObject *parent);
PaneView *makeScopePane(QObject *parent);
PaneView *makePhasePane(QObject *parent);
PaneView *makeWaveformPane(QObject *parent);
PaneView *makeGainReductionPane(QObject *parent);
PaneView *makeDifferencePane(QObject *parent);

} // namespace app
