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

std::vector<MatchedSound> matchToQuietest(std::span<const std::optional<double>> lufs)
{
    std::vector<MatchedSound> matched;
    std::optional<double> quietest;
    int audible = 0;
    for (const std::optional<double> &loudness : lufs) {
        matched.push_back({loudness, std::nullopt});
        if (!loudness)
            continue;
        ++audible;
        quietest = quietest ? std::min(*quietest, *loudness) : *loudness;
    }
    if (audible < 2)
        return matched;
    for (MatchedSound &sound : matched) {
        if (sound.lufs)
            sound.gainDb = std::max(*quietest - *sound.lufs, -mostLevelMatchDb);
    }
    return matched;
}

std::vector<MatchedSound> matchToQuietest(std::span<const AudioBuffer *const> sounds)
{
    constexpr std::int64_t blockFrames = 1 << 16;
    std::vector<std::optional<double>> lufs;
    for (const AudioBuffer *sound : sounds) {
        lufs.emplace_back();
        if (!sound || sound->frames() == 0)
            continue;
        analysis::LoudnessMeter meter(sound->format());
        for (std::int64_t first = 0; first < sound->frames(); first += blockFrames)
            (void)meter.write(sound->block(
                first, static_cast<int>(std::min(blockFrames, sound->frames() - first))));
        lufs.back() = meter.integratedLufs();
    }
    return matchToQuietest(lufs);
}

} // namespace engine::render
