// SPDX-License-Identifier: GPL-3.0-or-later
//
// quantum-distortion --plot: pictures of what the settings do to a sound, written to files without
// a window or a display. The sound is rendered as the workstation's preview and shown by the same
// views, with the same settings as in quantum-distortion-render.
// Shape: one file a view, NAME.view.png, and with --plot-values NAME.view.csv; all are complete
// before the first gets its name. The same bytes in any language and on any screen.
// Real-time: no. Errors: printed on standard error; the exit code is ErrorCode's, as in
// quantum-distortion-render.
#pragma once

#include "app/CommandLine.h"

namespace app {

/// Whether the program was started for pictures rather than for a window.
bool wantsPlots(const std::vector<std::string> &arguments);

/// A flag as --help of the workstation lists it.
struct PlotFlag {
    std::string name; ///< without the two dashes
    std::string value;
    std::string help;
};
std::vector<PlotFlag> plotFlags();
/// The flags of --plot with all of the sound's.
ProgramInfo plotProgramInfo();

/// The whole program. Requires: there is no QCoreApplication.
int runPlots(int argc, char **argv);

} // namespace app
