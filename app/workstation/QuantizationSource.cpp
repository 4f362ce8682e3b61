// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/QuantizationSource.h"

#include "engine/pipeline/StageTable.h"

#include <QCoreApplication>

namespace app {

using engine::pipeline::StageId;
using engine::pipeline::TapId;

namespace {

constexpr std::array sourceRows{
    QuantizationSourceRow{QuantizationSource::AsTap, "tap",
                          QT_TRANSLATE_NOOP("Quantization", "As the tap")},
    QuantizationSourceRow{QuantizationSource::PreQuant, "preQuant",
                          QT_TRANSLATE_NOOP("Quantization", "Input → Pre-Quant")},
    QuantizationSourceRow{QuantizationSource::PostQuant, "postQuant",
                          QT_TRANSLATE_NOOP("Quantization", "After Distortion → Post-Quant")},
    QuantizationSourceRow{QuantizationSource::Chain, "chain",
                          QT_TRANSLATE_NOOP("Quantization", "Input → Output")},
};

} // namespace

std::span<const QuantizationSourceRow> quantizationSources()
{
    return sourceRows;
}

QString quantizationSourceText(QuantizationSource source)
{
    return QCoreApplication::translate("Quantization",
                                       sourceRows[static_cast<std::size_t>(source)].label);
}

QuantizationSource resolved(QuantizationSource source, TapId tap)
{
    if (source != QuantizationSource::AsTap)
        return source;
    return tap <= TapId::PostDist ? QuantizationSource::PreQuant : QuantizationSource::PostQuant;
}

std::shared_ptr<const engine::analysis::ChainTrace>
chainTraceOf(const engine::render::Preview &preview, const std::stop_token &stop)
{
    const engine::pipeline::Settings &settings = preview.request.settings;
    const auto runs = [&](StageId stage) {
        return engine::pipeline::stageRow(stage).runs(settings);
    };
    const bool pre = runs(StageId::PreQuant);
    const bool post = runs(StageId::PostQuant);
    if ((pre && !preview.preQuantTrace) || (post && !preview.postQuantTrace))
        return nullptr;
    auto chain = std::make_shared<engine::analysis::ChainTrace>();
    // The key that the sound was moved to last.
    chain->scale = post || !pre ? settings.postQuantizer().scale : settings.preQuant.classic.scale;
    chain->preQuant = pre ? preview.preQuantTrace : nullptr;
    chain->postQuant = post ? preview.postQuantTrace : nullptr;
    const auto partials = [&](TapId tap) {
        return engine::analysis::partialsOf(preview.sound(tap), preview.request.firstFrame,
                                            engine::pipeline::classicFftSize, stop);
    };
    chain->input = partials(TapId::Input);
    chain->output = partials(TapId::Output);
    return chain->input && chain->output ? chain : nullptr;
}

} // namespace app
