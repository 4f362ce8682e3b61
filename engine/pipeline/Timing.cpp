// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pipeline/Timing.h"

#include "engine/base/Text.h"
#include "engine/pipeline/StageTable.h"

namespace engine::pipeline {

std::string_view costKey(CostKind kind)
{
    constexpr std::array<std::string_view, costKindCount> keys{
        "load", "stft", "proc", "istft", "distortion", "limiter", "mix", "save"};
    return keys[static_cast<std::size_t>(kind)];
}

double RenderTiming::seconds(CostKind kind) const
{
    if (kind == CostKind::Load)
        return loadSeconds;
    if (kind == CostKind::Save)
        return saveSeconds;
    double sum = 0.0;
    for (const StageCost &cost : stages)
        sum += cost.kind == kind ? cost.seconds : 0.0;
    return sum;
}

std::string timingLine(const RenderTiming &timing)
{
    std::string line = "[RENDER_TIMING] mode=";
    line += timing.preview ? "preview" : "full";
    const auto add = [&line](std::string_view key, double seconds) {
        line += ' ';
        line += key;
        line += '=' + fixedText(seconds, 3) + 's';
    };
    const auto addKind = [&](CostKind kind) { add(costKey(kind), timing.seconds(kind)); };
    // Readers of the line rely on this order; new keys follow total.
    for (const CostKind kind :
         {CostKind::Load, CostKind::Stft, CostKind::Process, CostKind::InverseStft, CostKind::Save})
        addKind(kind);
    add("total", timing.totalSeconds);
    for (const CostKind kind : {CostKind::Distortion, CostKind::Limiter, CostKind::Mix})
        addKind(kind);
    line += " audio=" + fixedText(timing.audioSeconds, 3) + 's';
    line += " xrt=" + fixedText(timing.timesRealTime(), 1);
    line += " threads=" + std::to_string(timing.threads);
    if (timing.levelMatchDb)
        line += " auto_gain=" + fixedText(*timing.levelMatchDb, 2) + "dB";
    return line;
}

} // namespace engine::pipeline
