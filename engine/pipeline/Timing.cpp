// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pipeline/Timing.h"

#include "engine/base/Text.h"
#include "engine/pipeline/StageTable.h"

#include <nlohmann/json.hpp>

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

std::string timingJson(const RenderTiming &timing)
{
    nlohmann::ordered_json json;
    json["mode"] = timing.preview ? "preview" : "full";
    json["threads"] = timing.threads;
    json["audio"] = timing.audioSeconds;
    json["xrt"] = timing.timesRealTime();
    for (std::size_t kind = 0; kind < costKindCount; ++kind) {
        const auto cost = static_cast<CostKind>(kind);
        json[std::string(costKey(cost))] = timing.seconds(cost);
    }
    json["total"] = timing.totalSeconds;
    if (timing.levelMatchDb)
        json["auto_gain_db"] = *timing.levelMatchDb;
    json["stages"] = nlohmann::ordered_json::array();
    for (const StageCost &cost : timing.stages) {
        const std::string stage(stageRow(cost.stage).key);
        if (json["stages"].empty() || json["stages"].back()["stage"] != stage)
            json["stages"].push_back({{"stage", stage}, {"total", 0.0}});
        nlohmann::ordered_json &entry = json["stages"].back();
        entry[std::string(costKey(cost.kind))] = cost.seconds;
        entry["total"] = entry["total"].get<double>() + cost.seconds;
    }
    return json.dump(2) + "\n";
}

} // namespace engine::pipeline
