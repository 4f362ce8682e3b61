// SPDX-License-Identifier: GPL-3.0-or-later
//
// TABLE 1: the signal path. One row says what a step is called, in which domain it works, which
// buses it reads and writes, which tap lies after it, when it runs and how it is created. Pipeline,
// timing, tap menus, per-stage tests and --list-stages read it; nothing else knows the order.
// Shape: stageCount rows in signal order. Real-time: lookups yes, create() no. Errors: none.
#pragma once

#include "engine/pipeline/Settings.h"
#include "engine/pipeline/Stage.h"
#include "engine/pipeline/Taps.h"

#include <memory>
#include <optional>

namespace engine::pipeline {

enum class Domain : std::uint8_t { Time, Spectrum };

/// Main carries the sound; dry keeps the input for the blend.
enum class Bus : std::uint8_t { Source, Main, MainAndDry };

struct StageRow {
    StageId id;
    std::string_view key;
    std::string_view label;
    Domain domain;
    Bus reads;
    Bus writes;
    std::optional<TapId> tap; ///< taken after this row, whether it ran or not
    CostKind cost;            ///< the kind of work it counts as, where it has no parts
    bool (*runs)(const Settings &);
    std::unique_ptr<Stage> (*create)(const Settings &); ///< null for the source itself
};

/// FFT size of the Classic quantizer.
inline constexpr int classicFftSize = 2048;

const std::array<StageRow, stageCount> &stageTable();
const StageRow &stageRow(StageId id);

/// The table as text, one row a line, for --list-stages.
std::string stageTableText();

} // namespace engine::pipeline
