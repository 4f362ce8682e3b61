// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a render cost, told once: the pipeline fills it, the timing line, the JSON report and the
// interface read it.
// Shape: one entry a stage instance that ran, in signal order, each split into its parts.
// Units: seconds of wall-clock time from a monotonic clock. Where a stage shares its work among
// threads, its parts are the shares of the time that passed, so the parts always add up to it.
#pragma once

#include "engine/pipeline/StageId.h"

#include <optional>
#include <string>
#include <vector>

namespace engine::pipeline {

/// The kinds of work that are told apart, in the order of the report.
enum class CostKind : std::uint8_t {
    Load,
    Stft,
    Process,
    InverseStft,
    Distortion,
    Limiter,
    Mix,
    Save
};
inline constexpr std::size_t costKindCount = 8;
/// "load", "stft", "proc" …
std::string_view costKey(CostKind kind);

struct StageCost {
    StageId stage;
    CostKind kind;
    double seconds = 0.0;
};

struct RenderTiming {
    bool preview = false;
    int threads = 1;
    double audioSeconds = 0.0; ///< length of what was rendered
    double loadSeconds = 0.0;
    double saveSeconds = 0.0;
    double totalSeconds = 0.0;
    std::optional<double> levelMatchDb; ///< gain that level matching found and applied
    std::vector<StageCost> stages;

    /// Sum over all stages; load and save included.
    double seconds(CostKind kind) const;
    double timesRealTime() const { return totalSeconds > 0.0 ? audioSeconds / totalSeconds : 0.0; }
};

/// [RENDER_TIMING] mode=… load=…s … total=…s, then further keys. A point in every locale.
std::string timingLine(const RenderTiming &timing);

} // namespace engine::pipeline
