// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pipeline/StageTable.h"

#include "engine/pipeline/StageAdapters.h"

namespace engine::pipeline {

namespace {

template <typename StageType, typename... Arguments>
std::unique_ptr<Stage> make(const Arguments &...arguments)
{
    return std::make_unique<StageType>(arguments...);
}

using QuantizerStage = SpectralStage<dsp::ClassicQuantizer>;

bool quantizes(bool on, const dsp::ClassicQuantizer::Parameters &parameters)
{
    return on && parameters.snapStrength > 0.0;
}

constexpr std::array<StageRow, stageCount> stageRows{{
    {StageId::Input, "input", "Input", Domain::Time, Bus::Source, Bus::MainAndDry, TapId::Input,
     CostKind::Load, [](const Settings &) { return true; }, nullptr},

    {StageId::PreQuant, "pre_quant", "Pre-Quant", Domain::Spectrum, Bus::Main, Bus::Main,
     TapId::PreQuant, CostKind::Process,
     [](const Settings &s) { return quantizes(s.preQuant.on, s.preQuant.classic); },
     [](const Settings &s) { return make<QuantizerStage>(s.preQuant.classic, classicFftSize); }},

    {StageId::Distortion, "distortion", "Distortion", Domain::Time, Bus::Main, Bus::Main,
     TapId::PostDist, CostKind::Distortion, [](const Settings &s) { return s.distortionOn; },
     [](const Settings &s) { return make<BlockStage<dsp::Distortion>>(s.distortion); }},

    {StageId::PostQuant, "post_quant", "Post-Quant", Domain::Spectrum, Bus::Main, Bus::Main,
     TapId::PostQuant, CostKind::Process,
     [](const Settings &s) { return quantizes(s.postQuant.on, s.postQuantizer()); },
     [](const Settings &s) { return make<QuantizerStage>(s.postQuantizer(), classicFftSize); }},

    {StageId::ClassicLimiter, "classic_limiter", "Classic limiter", Domain::Time, Bus::Main,
     Bus::Main, std::nullopt, CostKind::Limiter,
     [](const Settings &s) { return s.limiter.on && s.limiter.mode == LimiterMode::Classic; },
     [](const Settings &s) { return make<BlockStage<dsp::ClassicLimiter>>(s.limiter.classic()); }},

    {StageId::AutoGain, "auto_gain", "Level match", Domain::Time, Bus::Main, Bus::Main,
     std::nullopt, CostKind::Mix,
     [](const Settings &s) { return s.autoGain.on && s.autoGain.measured.gainDb != 0.0; },
     [](const Settings &s) { return make<BlockStage<dsp::Gain>>(s.autoGain.measured); }},

    {StageId::Mix, "mix", "Dry/Wet", Domain::Time, Bus::MainAndDry, Bus::Main, std::nullopt,
     CostKind::Mix, [](const Settings &s) { return s.mix.dryWet < 1.0; },
     [](const Settings &s) { return make<MixStage>(s.mix); }},

    {StageId::Gain, "gain", "Output gain", Domain::Time, Bus::Main, Bus::Main, std::nullopt,
     CostKind::Mix, [](const Settings &s) { return s.gain.gainDb != 0.0; },
     [](const Settings &s) { return make<BlockStage<dsp::Gain>>(s.gain); }},

    {StageId::Limiter, "limiter", "Limiter", Domain::Time, Bus::Main, Bus::Main, TapId::Output,
     CostKind::Limiter,
     [](const Settings &s) { return s.limiter.on && s.limiter.mode == LimiterMode::TruePeak; },
     [](const Settings &s) { return make<BlockStage<dsp::TruePeakLimiter>>(s.limiter.levels); }},
}};

constexpr bool rowsAreInOrder()
{
    for (std::size_t i = 0; i < stageRows.size(); ++i) {
        if (stageRows[i].id != static_cast<StageId>(i))
            return false;
    }
    return true;
}
static_assert(rowsAreInOrder(), "the row of a StageId must stand at its number");

std::string_view name(Bus bus)
{
    switch (bus) {
    case Bus::Source:
        return "source";
    case Bus::Main:
        return "main";
    case Bus::MainAndDry:
        return "main+dry";
    }
    return {};
}

void appendColumn(std::string &line, std::string_view text, std::size_t width)
{
    line += text;
    if (text.size() < width)
        line.append(width - text.size(), ' ');
}

} // namespace

const std::array<StageRow, stageCount> &stageTable()
{
    return stageRows;
}

const StageRow &stageRow(StageId id)
{
    return stageRows[static_cast<std::size_t>(id)];
}

std::string stageTableText()
{
    std::string text;
    const auto line = [&text](std::string_view key, std::string_view label, std::string_view domain,
                              std::string_view reads, std::string_view writes,
                              std::string_view tap) {
        appendColumn(text, key, 17);
        appendColumn(text, label, 17);
        appendColumn(text, domain, 10);
        appendColumn(text, reads, 10);
        appendColumn(text, writes, 10);
        text += tap;
        text += '\n';
    };
    line("key", "label", "domain", "reads", "writes", "tap after it");
    for (const StageRow &row : stageRows) {
        line(row.key, row.label, row.domain == Domain::Time ? "time" : "spectrum", name(row.reads),
             name(row.writes), row.tap ? tapTable[static_cast<std::size_t>(*row.tap)].key : "-");
    }
    return text;
}

} // namespace engine::pipeline
