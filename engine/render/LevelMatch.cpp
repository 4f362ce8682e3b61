// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/render/LevelMatch.h"

#include "engine/analysis/Loudness.h"

#include <algorithm>

namespace engine::render {

pipeline::Settings wetOnly(pipeline::Settings settings)
{
    settings.autoGain = {};
    settings.mix.dryWet = 1.0;
    settings.gain.gainDb = 0.0;
    if (settings.limiter.mode == pipeline::LimiterMode::TruePeak)
        settings.limiter.on = false;
    return settings;
}

double levelMatchDb(std::optional<double> inputLufs, std::optional<double> wetLufs)
{
    if (!inputLufs || !wetLufs)
        return 0.0;
    return std::clamp(*inputLufs - *wetLufs, -mostLevelMatchDb, mostLevelMatchDb);
}

Result<double> measureLevelMatchDb(AudioSource &source, const pipeline::Settings &settings,
                                   const pipeline::Window &window, WorkerPool &workers,
                                   const RunContext &context)
{
    analysis::LoudnessMeter input(source.format());
    analysis::LoudnessMeter output(source.format());
    pipeline::TapSinks sinks{};
    pipeline::sinkOf(sinks, pipeline::TapId::Input) = &input;
    pipeline::sinkOf(sinks, pipeline::TapId::Output) = &output;
    const auto report =
        pipeline::run(source, wetOnly(settings), window, sinks, workers, {context.stop, {}});
    if (!report)
        return tl::unexpected(report.error());
    return levelMatchDb(input.integratedLufs(), output.integratedLufs());
}

} // namespace engine::render
