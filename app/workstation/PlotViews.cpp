// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/PlotViews.h"

#include "app/workstation/QuantizationSource.h"
#include "engine/pipeline/StageTable.h"
#include "widgets/views/DifferenceView.h"
#include "widgets/views/GainReductionView.h"
#include "widgets/views/PhaseView.h"
#include "widgets/views/QuantizationView.h"
#include "widgets/views/ScopeView.h"
#include "widgets/views/SpectrogramView.h"
#include "widgets/views/SpectrumView.h"
#include "widgets/views/WaveformView.h"

namespace app {

namespace {

using engine::pipeline::StageId;
using engine::pipeline::TapId;

const engine::pipeline::Settings &settingsOf(const PlotInput &input)
{
    return input.pane.preview->request.settings;
}

bool runs(StageId stage, const PlotInput &input)
{
    return engine::pipeline::stageRow(stage).runs(settingsOf(input));
}

std::optional<double> ceilingDb(const PlotInput &input)
{
    return runs(StageId::Limiter, input) ? std::optional(settingsOf(input).limiter.levels.ceilingDb)
                                         : std::nullopt;
}

std::shared_ptr<const engine::AudioBuffer> soundOf(const PlotInput &input)
{
    return input.pane.preview->sharedSound(input.pane.tap);
}

engine::analysis::SoundEdges edgesOf(const PlotInput &input)
{
    return {input.pane.preview->request.firstFrame == 0, false};
}

template <typename View>
MadePlot named(std::unique_ptr<View> view, const PlotInput &input)
{
    view->setTitle(input.pane.title(), input.pane.stageToken());
    view->setScale(input.pane.scale());
    View *const made = view.get();
    return {std::move(view), made, [made] { return made->settled(); }};
}

MadePlot makeSpectrogram(const PlotInput &input)
{
    auto view = std::make_unique<widgets::SpectrogramView>();
    const auto sound = soundOf(input);
    view->setSpectrogram(engine::analysis::computeSpectrogram(*sound, edgesOf(input), {}),
                         input.pane.windowStartSeconds());
    view->setSound(sound, edgesOf(input));
    return named(std::move(view), input);
}

MadePlot makeQuantization(const PlotInput &input)
{
    auto view = std::make_unique<widgets::QuantizationView>();
    const bool first =
        resolved(QuantizationSource::AsTap, input.pane.tap) == QuantizationSource::PreQuant;
    const StageId quantizer = first ? StageId::PreQuant : StageId::PostQuant;
    view->setQuantizer(quantizer);
    view->setOff(!runs(quantizer, input));
    const auto &preview = *input.pane.preview;
    if (const auto &trace = first ? preview.preQuantTrace : preview.postQuantTrace)
        view->setQuantization(engine::analysis::quantizationOf(*trace, std::nullopt, {}));
    auto *const made = view.get();
    return {std::move(view), made, [made] { return made->settled(); }};
}

MadePlot makeChain(const PlotInput &input)
{
    auto view = std::make_unique<widgets::QuantizationView>();
    view->setChain({runs(StageId::PreQuant, input), runs(StageId::Distortion, input),
                    runs(StageId::PostQuant, input)});
    if (const auto chain = chainTraceOf(*input.pane.preview, {}))
        view->setQuantization(engine::analysis::quantizationOf(*chain));
    auto *const made = view.get();
    return {std::move(view), made, [made] { return made->settled(); }};
}

MadePlot makeSpectrum(const PlotInput &input)
{
    auto view = std::make_unique<widgets::SpectrumView>();
    view->setSounds(soundOf(input), input.pane.inputSound(), input.pane.windowStartSeconds());
    return named(std::move(view), input);
}

MadePlot makeSpectrumDifference(const PlotInput &input)
{
    MadePlot made = makeSpectrum(input);
    static_cast<widgets::SpectrumView &>(*made.widget).setDifferenceShown(true);
    return made;
}

MadePlot makeScope(const PlotInput &input)
{
    auto view = std::make_unique<widgets::ScopeView>();
    view->setSound(soundOf(input), input.pane.windowStartSeconds());
    view->setInput(input.pane.inputSound());
    view->setCeiling(ceilingDb(input));
    view->setPlayhead(input.atSeconds);
    return named(std::move(view), input);
}

MadePlot makePhase(const PlotInput &input)
{
    auto view = std::make_unique<widgets::PhaseView>();
    view->setSound(soundOf(input), input.pane.windowStartSeconds());
    view->setPlayhead(input.atSeconds);
    return named(std::move(view), input);
}

MadePlot makeWaveform(const PlotInput &input)
{
    auto view = std::make_unique<widgets::WaveformView>();
    view->setSound(soundOf(input), input.pane.windowStartSeconds());
    view->setInput(input.pane.inputSound());
    view->setCeiling(ceilingDb(input));
    return named(std::move(view), input);
}

MadePlot makeDifference(const PlotInput &input)
{
    auto view = std::make_unique<widgets::DifferenceView>();
    const auto before = input.pane.preview->sharedSound(TapId::Input);
    view->setSounds(before, soundOf(input), input.pane.windowStartSeconds(), edgesOf(input));
    MadePlot made = named(std::move(view), input);
    static_cast<widgets::DifferenceView &>(*made.widget)
        .setNames(PaneInput{input.pane.preview, TapId::Input}.title(), input.pane.title());
    return made;
}

MadePlot makeGainReduction(const PlotInput &input)
{
    auto view = std::make_unique<widgets::GainReductionView>();
    const engine::AudioBuffer &output = input.pane.preview->sound(TapId::Output);
    const int rateHz = output.format().sampleRateHz;
    view->setTrace(input.pane.preview->limiterTrace, rateHz, input.pane.windowStartSeconds(),
                   static_cast<double>(output.frames()) / rateHz);
    view->setLimiterOn(runs(StageId::Limiter, input));
    const PlotInput atEnd{{input.pane.preview, TapId::Output}, input.atSeconds};
    return named(std::move(view), atEnd);
}

constexpr std::array plotRows{
    PlotRow{"spectrogram", makeSpectrogram},
    PlotRow{"quantization", makeQuantization},
    PlotRow{"quantization-chain", makeChain},
    PlotRow{"spectrum", makeSpectrum},
    PlotRow{"spectrum-difference", makeSpectrumDifference},
    PlotRow{"scope", makeScope},
    PlotRow{"phase", makePhase},
    PlotRow{"waveform", makeWaveform},
    PlotRow{"difference", makeDifference},
    PlotRow{"gain-reduction", makeGainReduction},
};

} // namespace

std::span<const PlotRow> plotTable()
{
    return plotRows;
}

} // namespace app
