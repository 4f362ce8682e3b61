// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/render/LevelMatch.h"

#include "engine/analysis/Loudness.h"

#include <algorithm>

namespace engine::render {

Result<double> measureLevelMatchDb(AudioSource &source, const pipeline::Settings &settings,
                                   const pipeline::Window &window, WorkerPool &workers,
                                   const RunContext &context)
{
    // The wet sound alone: without blend, gain and the limiter that follows them.
    pipeline::Settings wet = settings;
    wet.autoGain.on = false;
    wet.mix.dryWet = 1.0;
    wet.gain.gainDb = 0.0;
    if (wet.limiter.mode == pipeline::LimiterMode::TruePeak)
        wet.limiter.on = false;

    analysis::LoudnessMeter input(source.format());
    analysis::LoudnessMeter output(source.format());
    pipeline::TapSinks sinks{};
    pipeline::sinkOf(sinks, pipeline::TapId::Input) = &input;
    pipeline::sinkOf(sinks, pipeline::TapId::Output) = &output;
    const auto report = pipeline::run(source, wet, window, sinks, workers, {context.stop, {}});
    if (!report)
        return tl::unexpected(report.error());
    const std::optional<double> before = input.integratedLufs();
    const std::optional<double> after = output.integratedLufs();
    if (!before || !after)
        return 0.0;
    return std::clamp(*before - *after, -mostLevelMatchDb, mostLevelMatchDb);
}

} // namespace engine::render
