// SPDX-License-Identifier: GPL-3.0-or-later
//
// What one run cost, as the timing panel and the rail show it.
// Units: as RenderTiming (seconds). Real-time: no. Errors: none.
#pragma once

#include "engine/pipeline/Timing.h"
#include "widgets/chain/Rail.h"

#include <QString>

#include <vector>

namespace widgets {

struct TimingRun {
    engine::pipeline::RenderTiming timing;
    std::vector<engine::pipeline::StageId> cached; ///< taken from an earlier run
    QString whatChanged;                           ///< "Fold 4.8 → 5.0"
    bool preview = true;
    bool running = false; ///< a full render under way: the next run takes its place
};

/// The card (in Rail's order) whose colour and cost a stage belongs to.
std::size_t cardOf(engine::pipeline::StageId stage);
/// "stage.pre_quant", by card.
const char *cardStageToken(std::size_t card);

/// What the rail shows of a run; `off` are the stages that are switched off.
RailCosts railCosts(const TimingRun &run, const std::vector<engine::pipeline::StageId> &off);

/// One row a run, oldest first, times in milliseconds with a point in every locale.
QString timingCsv(const std::vector<TimingRun> &runs);

} // namespace widgets
