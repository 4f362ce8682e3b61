// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/ChainBinding.h"

#include "engine/base/Units.h"

#include "app/workstation/Preferences.h"
#include "app/workstation/Words.h"
#include "engine/analysis/Loudness.h"
#include "engine/analysis/Quantization.h"
#include "engine/pipeline/StageTable.h"
#include "widgets/chain/TapPill.h"
#include "widgets/controls/ParameterPresentation.h"
#include "widgets/threads/GuiThread.h"

#include <algorithm>

namespace app {

using engine::pipeline::StageId;
using engine::pipeline::TapId;

namespace {

constexpr int pictureBlockFrames = 16384;
constexpr int pictureAfterMs = 30;
/// The dot on the transfer curve shows the peak of this much sound.
constexpr double momentSeconds = 0.02;

std::vector<StageId> stagesThatAreOff(const engine::pipeline::Settings &settings)
{
    std::vector<StageId> off;
    for (const engine::pipeline::StageRow &row : engine::pipeline::stageTable()) {
        if (row.create && !row.runs(settings))
            off.push_back(row.id);
    }
    return off;
}

/// Blocks of a sound, one after the other, until the job is stopped.
template <typename Function>
bool forBlocks(const engine::AudioBuffer &sound, const std::stop_token &stop,
               const Function &function)
{
    for (std::int64_t at = 0; at < sound.frames(); at += pictureBlockFrames) {
        if (stop.stop_requested())
            return false;
        function(sound.block(
            at, static_cast<int>(std::min<std::int64_t>(pictureBlockFrames, sound.frames() - at))));
    }
    return true;
}

} // namespace

ChainBinding::ChainBinding(Session &session, PreviewController &previews, const ChainViews &views)
    : session_(session), previews_(previews), views_(views)
{
    picture_.setSingleShot(true);
    picture_.setInterval(pictureAfterMs);
    connect(&picture_, &QTimer::timeout, this, &ChainBinding::makePicture);
    connect(&session_, &Session::settingsChanged, this, &ChainBinding::showSettings);
    connect(&session_, &Session::soundChanged, this, &ChainBinding::showSound);
    connect(&session_, &Session::soundUpdated, this, &ChainBinding::showSound);
    connect(&session_, &Session::windowChanged, this, &ChainBinding::showWindow);
    connect(&session_, &Session::tapChanged, this, &ChainBinding::showTap);
    connect(&previews_, &PreviewController::previewReady, this, &ChainBinding::showPreview);
    connect(&previews_, &PreviewController::tracesReady, this, [this] {
        views_.stage.setTraces(previews_.current());
        measureInKey();
    });
    connect(&previews_, &PreviewController::lateness, this, &ChainBinding::showLateness);
    connect(&views_.chain, &widgets::ChainPanel::edited, &session_, &Session::edit);
    connect(&views_.rail, &widgets::Rail::tapSelected, &session_, &Session::setTap);
    connect(&views_.stage, &StageArea::tapSelected, &session_, &Session::setTap);
    connect(&views_.stage, &StageArea::quantizationWanted, &previews_,
            &PreviewController::setWantsQuantization);
    connect(&views_.stage, &StageArea::turnOnRequested, &session_, [this](StageId quantizer) {
        const bool first = quantizer == StageId::PreQuant;
        session_.edit(first ? engine::pipeline::ParameterId::PreQuant
                            : engine::pipeline::ParameterId::PostQuant,
                      1.0, widgets::Edit::Set);
    });
    connect(&views_.overview, &widgets::OverviewView::windowMoved, this,
            [this](double start, double seconds, bool) {
                if (!session_.sound())
                    return;
                const double rateHz = session_.sound()->format.sampleRateHz;
                session_.setWindow({std::llround(start * rateHz), std::llround(seconds * rateHz)});
            });
    showSettings();
    showSound();
    showTap();
}

ChainBinding::~ChainBinding() = default;

void ChainBinding::showSettings()
{
    const engine::pipeline::Settings &settings = session_.settings();
    views_.chain.setSettings(settings);
    views_.stage.setSettings(settings);
    showCosts();
}

void ChainBinding::showSound()
{
    const engine::render::SharedScan &sound = session_.sound();
    if (!sound) {
        views_.chain.setInputFacts(std::nullopt);
        views_.overview.setPeaks(nullptr, 0.0, 0);
        views_.overview.setTapPeaks(nullptr, 0.0, widgets::tapStageToken(session_.tap()));
        views_.stage.setFile({});
        views_.stage.setPreview(nullptr);
        outputLufs_.reset();
        views_.chain.setOutputLoudness(std::nullopt);
        views_.chain.setInKey(StageId::PreQuant, std::nullopt);
        views_.chain.setInKey(StageId::PostQuant, std::nullopt);
        views_.chain.setGainReduction(std::nullopt, std::nullopt);
        showCosts();
        return;
    }
    widgets::InputFacts facts;
    facts.fileName = words::fileName(sound->path);
    facts.fullPath = toQString(sound->path);
    facts.seconds = sound->seconds();
    facts.channels = sound->format.channels;
    facts.sampleRateHz = sound->format.sampleRateHz;
    facts.encoding = QString::fromStdString(sound->encoding);
    facts.peakDb = sound->peakDb;
    facts.loudnessLufs = sound->loudnessLufs;
    views_.chain.setInputFacts(facts);
    views_.overview.setPeaks(sound->peaks, sound->seconds(), sound->format.sampleRateHz);
    // How long it is stands in most files; in the others it is known when they have been read.
    views_.stage.setFile({session_.soundId(), sound->path, sound->format.sampleRateHz,
                          sound->complete ? sound->framesRead : sound->declaredFrames.value_or(0)});
}

void ChainBinding::showWindow()
{
    if (!session_.sound())
        return;
    const double rateHz = session_.sound()->format.sampleRateHz;
    views_.overview.setWindow(static_cast<double>(session_.window().firstFrame) / rateHz,
                              static_cast<double>(session_.window().frames) / rateHz);
}

void ChainBinding::showTap()
{
    views_.rail.setSelectedTap(session_.tap());
    views_.stage.setSelectedTap(session_.tap());
    makePicture();
}

void ChainBinding::makePicture()
{
    const engine::render::SharedPreview &preview = previews_.current();
    if (!preview)
        return;
    const TapId tap = session_.tap();
    views_.stage.setPreview(preview);
    jobs_.cancelAll();
    jobs_.add([this, preview, tap](const std::stop_token &stop) {
        TapPicture picture{preview, tap, {}, {}};
        if (draw(picture, stop))
            widgets::postToGui(this, [this, picture] { takePicture(picture); });
    });
}

/// On the job thread. False: stopped.
bool ChainBinding::draw(TapPicture &picture, const std::stop_token &stop)
{
    const engine::AudioBuffer &sound = picture.preview->sound(picture.tap);
    const engine::AudioBuffer &output = picture.preview->sound(TapId::Output);
    engine::analysis::WaveformPeaksBuilder peaks;
    engine::analysis::LoudnessMeter meter(output.format());
    const bool done =
        forBlocks(sound, stop, [&](engine::ConstAudioBlock block) { peaks.append(block); }) &&
        forBlocks(output, stop, [&](engine::ConstAudioBlock block) { (void)meter.write(block); });
    if (!done)
        return false;
    picture.peaks = peaks.snapshot();
    picture.outputLufs = meter.integratedLufs();
    return !stop.stop_requested();
}

void ChainBinding::takePicture(const TapPicture &picture)
{
    if (picture.preview != previews_.current() || picture.tap != session_.tap())
        return;
    const double start =
        engine::secondsFromFrames(picture.preview->request.firstFrame,
                                  picture.preview->sound(picture.tap).format().sampleRateHz);
    views_.overview.setTapPeaks(picture.peaks, start, widgets::tapStageToken(picture.tap));
    outputLufs_ = picture.outputLufs;
    views_.chain.setOutputLoudness(outputLufs_);
}

void ChainBinding::showPreview(const QString &what)
{
    const engine::render::SharedPreview &preview = previews_.current();
    widgets::TimingRun run;
    run.timing = preview->timing;
    run.whatChanged = what;
    if (preview->inputWasKept)
        run.cached.push_back(StageId::Input);
    for (const engine::pipeline::StageCost &cost : preview->keptCosts) {
        if (std::find(run.cached.begin(), run.cached.end(), cost.stage) == run.cached.end())
            run.cached.push_back(cost.stage);
    }
    // Else it was there already, and cost nothing.
    const bool fresh = preview->request.id > newestShown_ && !preview->timing.stages.empty();
    newestShown_ = std::max(newestShown_, preview->request.id);
    if (fresh)
        views_.stage.timing().addRun(run);
    views_.chain.setLevelMatchDb(preview->timing.levelMatchDb);
    showCosts();
    measureInKey();
    picture_.start();
}

/// The cards tell how much of the energy is in key; numbers of the sound before stay until there
/// are new ones.
void ChainBinding::measureInKey()
{
    const engine::render::SharedPreview &preview = previews_.current();
    const auto measure = [&](StageId stage, const auto &trace) {
        if (!engine::pipeline::stageRow(stage).runs(preview->settings)) {
            views_.chain.setInKey(stage, std::nullopt);
            return;
        }
        if (!trace)
            return;
        keyJobs_.add([this, preview, stage, trace](const std::stop_token &stop) {
            const auto found = engine::analysis::quantizationOf(*trace, {}, stop);
            if (!found)
                return;
            widgets::postToGui(this, [this, preview, stage, before = found->inKeyBefore,
                                      after = found->inKeyAfter] {
                if (preview != previews_.current())
                    return;
                views_.chain.setInKey(stage, before && after
                                                 ? std::optional(std::pair(*before, *after))
                                                 : std::nullopt);
            });
        });
    };
    keyJobs_.cancelAll();
    measure(StageId::PreQuant, preview->preQuantTrace);
    measure(StageId::PostQuant, preview->postQuantTrace);
}

/// What every stage cost when it last ran, so that the rail always tells all of it.
widgets::RailCosts ChainBinding::costs() const
{
    const engine::render::SharedPreview &preview = previews_.current();
    if (!session_.sound() || !preview) {
        widgets::RailCosts none;
        none.file = session_.sound() != nullptr;
        return none;
    }
    widgets::TimingRun run;
    run.timing = preview->timing;
    run.timing.stages = preview->keptCosts;
    run.timing.stages.insert(run.timing.stages.end(), preview->timing.stages.begin(),
                             preview->timing.stages.end());
    if (preview->inputWasKept) {
        run.cached.push_back(StageId::Input);
        run.timing.loadSeconds = preview->keptLoadSeconds;
    }
    return widgets::railCosts(run, stagesThatAreOff(session_.settings()));
}

void ChainBinding::showCosts()
{
    views_.rail.setCosts(costs());
}

void ChainBinding::showLateness(int milliseconds)
{
    late_ = milliseconds > 0;
    views_.stage.setLate(late_);
    widgets::RailCosts shown = costs();
    if (late_ && session_.sound()) {
        // The stage whose control was moved; without one, all that are on.
        const std::optional<StageId> changed = session_.lastChangedStage();
        for (std::size_t card = 1; card < widgets::cardCount; ++card) {
            const bool off = std::holds_alternative<widgets::CostOff>(shown.cards[card]);
            if (changed ? card == widgets::cardOf(*changed) : !off)
                shown.cards[card] = widgets::CostLate{};
        }
    }
    views_.rail.setCosts(shown);
}

void ChainBinding::addFullRender(const engine::pipeline::RenderTiming &timing, const QString &what)
{
    widgets::TimingRun run;
    run.timing = timing;
    run.whatChanged = what;
    run.preview = false;
    views_.stage.timing().addRun(run);
}

void ChainBinding::showMoment(double fileSeconds, bool playing)
{
    const engine::render::SharedPreview &preview = previews_.current();
    if (!preview || !session_.sound()) {
        views_.chain.setInputLevel(0.0);
        return;
    }
    const double rateHz = session_.sound()->format.sampleRateHz;
    const auto frame = static_cast<std::int64_t>(fileSeconds * rateHz);
    const engine::AudioBuffer &driving = preview->sound(TapId::PreQuant);
    const std::int64_t at = frame - preview->request.firstFrame;
    const auto count = static_cast<std::int64_t>(momentSeconds * rateHz);
    float peak = 0.0F;
    if (playing && at >= 0 && at < driving.frames()) {
        const std::int64_t first = std::max<std::int64_t>(0, at - count);
        for (int c = 0; c < driving.channels(); ++c) {
            for (const float sample : driving.channel(c).subspan(
                     static_cast<std::size_t>(first), static_cast<std::size_t>(at - first)))
                peak = std::max(peak, std::abs(sample));
        }
    }
    views_.chain.setInputLevel(double{peak});

    const auto &trace = preview->limiterTrace;
    if (!trace || trace->reduction.db.empty() || !session_.settings().limiter.on) {
        views_.chain.setGainReduction(std::nullopt, std::nullopt);
        return;
    }
    const std::vector<float> &db = trace->reduction.db;
    const auto largest = static_cast<double>(*std::max_element(db.begin(), db.end()));
    const std::int64_t hop = (frame - trace->firstFrame) / engine::dsp::GainReduction::hopFrames;
    const bool inside = playing && hop >= 0 && hop < static_cast<std::int64_t>(db.size());
    views_.chain.setGainReduction(
        inside ? std::optional(static_cast<double>(db[static_cast<std::size_t>(hop)]))
               : std::optional(0.0),
        largest);
}

} // namespace app
