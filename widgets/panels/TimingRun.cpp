// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/TimingRun.h"

#include <algorithm>

namespace widgets {

using engine::pipeline::CostKind;
using engine::pipeline::StageId;

std::size_t cardOf(StageId stage)
{
    switch (stage) {
    case StageId::Input:
        return 0;
    case StageId::PreQuant:
        return 1;
    case StageId::Distortion:
        return 2;
    case StageId::PostQuant:
        return 3;
    case StageId::AutoGain:
    case StageId::Mix:
    case StageId::Gain:
        return 4;
    case StageId::ClassicLimiter:
    case StageId::Limiter:
        break;
    }
    return 5;
}

const char *cardStageToken(std::size_t card)
{
    constexpr std::array<const char *, cardCount> tokens{"stage.input",      "stage.pre_quant",
                                                         "stage.distortion", "stage.post_quant",
                                                         "stage.output",     "stage.limiter"};
    return tokens[card];
}

RailCosts railCosts(const TimingRun &run, const std::vector<StageId> &off)
{
    RailCosts costs;
    costs.file = true;
    for (const StageId stage : run.cached)
        costs.cards[cardOf(stage)] = CostCached{};
    if (run.timing.loadSeconds > 0.0)
        costs.cards[0] = CostSpent{0.0, run.timing.loadSeconds * 1e3, 0.0};
    for (const auto &cost : run.timing.stages) {
        RailCost &card = costs.cards[cardOf(cost.stage)];
        if (!std::holds_alternative<CostSpent>(card))
            card = CostSpent{};
        auto &spent = std::get<CostSpent>(card);
        (cost.kind == CostKind::Stft          ? spent.stftMs
         : cost.kind == CostKind::InverseStft ? spent.inverseStftMs
                                              : spent.processMs) += cost.seconds * 1e3;
    }
    // A card stays on while any of its stages did something; Output has no switch.
    constexpr std::size_t output = 4;
    for (const StageId stage : off) {
        const std::size_t card = cardOf(stage);
        if (card != output && std::holds_alternative<CostNone>(costs.cards[card]))
            costs.cards[card] = CostOff{};
    }
    return costs;
}

QString timingCsv(const std::vector<TimingRun> &runs)
{
    QString text = QStringLiteral("kind,changed,audio_s");
    for (std::size_t kind = 0; kind < engine::pipeline::costKindCount; ++kind) {
        const std::string_view key = engine::pipeline::costKey(static_cast<CostKind>(kind));
        text += QStringLiteral(",%1_ms").arg(
            QString::fromUtf8(key.data(), static_cast<qsizetype>(key.size())));
    }
    text += QStringLiteral(",total_ms,threads\n");
    for (const TimingRun &run : runs) {
        QString changed = run.whatChanged;
        changed.replace(u'"', QStringLiteral("\"\""));
        text += QStringLiteral("%1,\"%2\",%3")
                    .arg(run.preview ? QStringLiteral("preview") : QStringLiteral("full"), changed)
                    .arg(run.timing.audioSeconds, 0, 'f', 3);
        for (std::size_t kind = 0; kind < engine::pipeline::costKindCount; ++kind)
            text += QStringLiteral(",%1").arg(run.timing.seconds(static_cast<CostKind>(kind)) * 1e3,
                                              0, 'f', 3);
        text += QStringLiteral(",%1,%2\n")
                    .arg(run.timing.totalSeconds * 1e3, 0, 'f', 3)
                    .arg(run.timing.threads);
    }
    return text;
}

} // namespace widgets
