// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/render/TimingReport.h"

#include "engine/pipeline/StageTable.h"

#include <nlohmann/json.hpp>

namespace engine::render {

std::string timingJson(const pipeline::RenderTiming &timing)
{
    nlohmann::ordered_json json;
    json["mode"] = timing.preview ? "preview" : "full";
    json["threads"] = timing.threads;
    json["audio"] = timing.audioSeconds;
    json["xrt"] = timing.timesRealTime();
    for (std::size_t kind = 0; kind < pipeline::costKindCount; ++kind) {
        const auto cost = static_cast<pipeline::CostKind>(kind);
        json[std::string(pipeline::costKey(cost))] = timing.seconds(cost);
    }
    json["total"] = timing.totalSeconds;
    if (timing.levelMatchDb)
        json["auto_gain_db"] = *timing.levelMatchDb;
    json["stages"] = nlohmann::ordered_json::array();
    for (const pipeline::StageCost &cost : timing.stages) {
        const std::string stage(pipeline::stageRow(cost.stage).key);
        if (json["stages"].empty() || json["stages"].back()["stage"] != stage)
            json["stages"].push_back({{"stage", stage}, {"total", 0.0}});
        nlohmann::ordered_json &entry = json["stages"].back();
        entry[std::string(pipeline::costKey(cost.kind))] = cost.seconds;
        entry["total"] = entry["total"].get<double>() + cost.seconds;
    }
    return json.dump(2) + "\n";
}

} // namespace engine::render
