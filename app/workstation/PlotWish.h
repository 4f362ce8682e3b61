// SPDX-License-Identifier: GPL-3.0-or-later
//
// What --plot and its flags ask for: the flags themselves, and what their texts mean.
// Units: logical pixels; seconds of the file. Real-time: no. Errors: ErrorCode::Usage, naming the
// flag, what was typed and what is possible.
#pragma once

#include "app/CommandLine.h"
#include "app/workstation/PlotViews.h"
#include "engine/base/Result.h"

#include <QSize>

#include <filesystem>

namespace app {

inline constexpr const char *plotProgramName = "quantum-distortion";

/// The texts of the program's own flags, as they were typed.
struct PlotTexts {
    std::string plots;
    std::string folder;
    std::string format = "png";
    std::string size = "1440x720";
    std::string theme = "dark";
    std::string tap = "output";
    std::string at;
    bool values = false;
};

struct PlotWish {
    std::vector<const PlotRow *> plots;
    std::filesystem::path folder;
    widgets::PictureFormat format = widgets::PictureFormat::Png;
    QSize size;
    bool dark = true;
    engine::pipeline::TapId tap = engine::pipeline::TapId::Output;
    std::optional<double> atSeconds;
    bool values = false;
};

/// Its flags write into `texts`, which outlives it.
ShowProgram plotProgram(PlotTexts &texts);
engine::Result<PlotWish> plotWishFrom(const PlotTexts &texts);

} // namespace app
