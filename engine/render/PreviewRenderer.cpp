// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/render/PreviewRenderer.h"

#include "engine/analysis/Loudness.h"
#include "engine/base/Clock.h"
#include "engine/io/DisplayName.h"
#include "engine/pipeline/ParameterTable.h"
#include "engine/pipeline/StageTable.h"
#include "engine/render/LevelMatch.h"
#include "engine/render/SoloSound.h"

#include <set>

namespace engine::render {

using pipeline::Settings;
using pipeline::StageId;
using pipeline::TapId;

namespace {

constexpr std::size_t mostKept = 16;
/// Larger than usual: the threads meet less often, and a cancelled render still ends in a few ms.
constexpr int previewBlockFrames = 65536;

StageId stageBefore(TapId tap)
{
    for (const pipeline::StageRow &row : pipeline::stageTable()) {
        if (row.tap == tap)
            return row.id;
    }
    return StageId::Input;
}

/// Whether everything that shapes the sound up to this tap is the same.
bool sameUpTo(TapId tap, const Settings &a, const Settings &b)
{
    const StageId last = stageBefore(tap);
    for (const pipeline::ParameterInfo &info : pipeline::parameterTable()) {
        if (info.stage <= last && info.read(a) != info.read(b))
            return false;
    }
    return last < StageId::AutoGain || a.autoGain == b.autoGain;
}

bool sameWindow(const PreviewRequest &a, const PreviewRequest &b)
{
    return a.soundId == b.soundId && a.firstFrame == b.firstFrame && a.frames == b.frames;
}

std::size_t bytes(const pipeline::TapRecording &tap)
{
    const std::int64_t frames = tap.lead.frames() + tap.window.frames() + tap.tail.frames();
    return static_cast<std::size_t>(frames * tap.window.channels()) * sizeof(float);
}

/// What the quantizers of one run tell, while it runs.
struct NewTraces {
    std::shared_ptr<dsp::QuantizationTrace> preQuant;
    std::shared_ptr<dsp::QuantizationTrace> postQuant;

    /// Those behind `last`, if the request asks for them.
    void askIn(pipeline::RunOptions &options, const Preview &preview, StageId last)
    {
        if (!preview.request.wantsQuantization)
            return;
        const auto ask = [&](StageId stage, auto &trace, dsp::QuantizationTrace *&option) {
            if (last >= stage || !pipeline::stageRow(stage).runs(preview.settings))
                return;
            trace = std::make_shared<dsp::QuantizationTrace>();
            option = trace.get();
        };
        ask(StageId::PreQuant, preQuant, options.preQuantTrace);
        ask(StageId::PostQuant, postQuant, options.postQuantTrace);
    }
    void giveTo(Preview &preview)
    {
        for (auto *trace : {preQuant.get(), postQuant.get()}) {
            if (trace)
                trace->shrink();
        }
        if (preQuant)
            preview.preQuantTrace = std::move(preQuant);
        if (postQuant)
            preview.postQuantTrace = std::move(postQuant);
    }
};

} // namespace

PreviewRenderer::PreviewRenderer(int threads, std::size_t mostBytes)
    : workers_(threads), mostBytes_(mostBytes)
{}

void PreviewRenderer::clear()
{
    kept_.clear();
    mono_.reset();
    reader_.reset();
    readerSound_ = 0;
}

Status PreviewRenderer::openFile(const PreviewRequest &request)
{
    if (reader_ && readerSound_ == request.soundId)
        return {};
    clear(); // previews of another file serve nobody
    auto reader = io::AudioFileReader::open(request.path);
    if (!reader)
        return tl::unexpected(reader.error());
    reader_ = std::move(*reader);
    if (request.monoDownmix && reader_->format().channels > 1)
        mono_.emplace(*reader_);
    readerSound_ = request.soundId;
    return {};
}

/// Where the run may begin, the deepest tap first; the newest preview where taps are equal.
std::vector<PreviewRenderer::Base> PreviewRenderer::bases(const Preview &wanted) const
{
    std::vector<Base> found;
    for (std::size_t t = pipeline::tapCount; t-- > 0;) {
        const auto tap = static_cast<TapId>(t);
        for (auto kept = kept_.rbegin(); kept != kept_.rend(); ++kept) {
            if (sameWindow((*kept)->request, wanted.request) &&
                sameUpTo(tap, (*kept)->settings, wanted.settings))
                found.push_back({kept->get(), tap});
        }
    }
    return found;
}

/// False where the kept sound holds too little around the window.
Result<bool> PreviewRenderer::fillFrom(const Base &base, Preview &preview,
                                       const RunContext &context)
{
    const auto first = static_cast<std::size_t>(base.tap);
    std::copy_n(base.preview->taps.begin(), first + 1, preview.taps.begin());
    preview.inputWasKept = true;
    preview.keptLoadSeconds = base.preview->inputWasKept ? base.preview->keptLoadSeconds
                                                         : base.preview->timing.loadSeconds;
    preview.keptCosts.clear();
    const StageId last = stageBefore(base.tap);
    for (const auto *costs : {&base.preview->keptCosts, &base.preview->timing.stages}) {
        for (const pipeline::StageCost &cost : *costs) {
            if (cost.stage <= last)
                preview.keptCosts.push_back(cost);
        }
    }
    if (base.tap == TapId::Output) {
        preview.limiterTrace = base.preview->limiterTrace;
        return true;
    }
    pipeline::RunOptions options;
    options.blockFrames = previewBlockFrames;
    std::array<std::shared_ptr<pipeline::TapRecording>, pipeline::tapCount> recordings;
    for (std::size_t t = first + 1; t < pipeline::tapCount; ++t) {
        recordings[t] = std::make_shared<pipeline::TapRecording>();
        options.recordings[t] = recordings[t].get();
    }
    const auto trace = std::make_shared<pipeline::LimiterTrace>();
    options.trace = trace.get();
    NewTraces quantizers;
    quantizers.askIn(options, preview, last);
    const auto report = pipeline::resume(
        {base.tap, *preview.taps[first], *preview.taps[0]}, preview.settings,
        {preview.request.firstFrame, preview.request.frames}, {}, workers_, context, options);
    if (!report)
        return tl::unexpected(report.error());
    if (!report->sufficed)
        return false;
    std::copy(recordings.begin() + static_cast<std::ptrdiff_t>(first) + 1, recordings.end(),
              preview.taps.begin() + static_cast<std::ptrdiff_t>(first) + 1);
    preview.timing = report->timing;
    preview.limiterTrace = trace;
    quantizers.giveTo(preview);
    return true;
}

Status PreviewRenderer::fill(Preview &preview, const RunContext &context)
{
    for (const Base &base : bases(preview)) {
        const Result<bool> filled = fillFrom(base, preview, context);
        if (!filled)
            return tl::unexpected(filled.error());
        if (*filled)
            return {};
    }
    if (Status status = io::checkUnchanged(preview.request.path, preview.request.stamp); !status)
        return status;
    preview.inputWasKept = false;
    preview.keptCosts.clear();
    pipeline::RunOptions options;
    options.blockFrames = previewBlockFrames;
    std::array<std::shared_ptr<pipeline::TapRecording>, pipeline::tapCount> recordings;
    for (std::size_t t = 0; t < pipeline::tapCount; ++t) {
        recordings[t] = std::make_shared<pipeline::TapRecording>();
        options.recordings[t] = recordings[t].get();
    }
    const auto trace = std::make_shared<pipeline::LimiterTrace>();
    options.trace = trace.get();
    NewTraces quantizers;
    quantizers.askIn(options, preview, StageId::Input);
    AudioSource &source = mono_ ? static_cast<AudioSource &>(*mono_) : *reader_;
    const auto report = pipeline::run(source, preview.settings,
                                      {preview.request.firstFrame, preview.request.frames}, {},
                                      workers_, context, options);
    if (!report)
        return tl::unexpected(report.error());
    if (recordings[0]->window.frames() == 0)
        return fail(ErrorCode::BadData,
                    io::quotedName(preview.request.path) +
                        " holds no sound where the preview begins",
                    "You hear the last preview", "Move the preview window");
    std::copy(recordings.begin(), recordings.end(), preview.taps.begin());
    preview.timing = report->timing;
    preview.limiterTrace = trace;
    quantizers.giveTo(preview);
    return {};
}

/// Finds the gain that makes the wet sound of this window as loud as its input. What it renders on
/// the way is kept, so that the run with the gain begins behind the quantizers.
Status PreviewRenderer::matchLevel(Preview &preview, const RunContext &context)
{
    const auto measuredBefore = [&](const SharedPreview &kept) {
        return sameWindow(kept->request, preview.request) && kept->settings.autoGain.on &&
               sameUpTo(TapId::PostQuant, kept->settings, preview.settings) &&
               kept->settings.limiter == preview.settings.limiter;
    };
    const auto before = std::find_if(kept_.rbegin(), kept_.rend(), measuredBefore);
    if (before != kept_.rend()) {
        preview.settings.autoGain.measured = (*before)->settings.autoGain.measured;
        return {};
    }
    Preview wet = preview;
    wet.settings = wetOnly(preview.settings);
    if (Status status = fill(wet, {context.stop, {}}); !status)
        return status;
    const std::optional<double> input = analysis::integratedLufs(wet.sound(TapId::Input));
    const std::optional<double> output = analysis::integratedLufs(wet.sound(TapId::Output));
    preview.settings.autoGain.measured.gainDb = levelMatchDb(input, output);
    keep(std::make_shared<Preview>(std::move(wet)));
    return {};
}

/// Traces that are wanted and were not made on the way: those of a kept preview, or of the
/// quantizer run once more from the tap before it.
Status PreviewRenderer::traceQuantizers(Preview &preview, const RunContext &context)
{
    if (!preview.request.wantsQuantization)
        return {};
    const auto complete = [&](StageId stage, TapId tap, auto member) -> Status {
        if (preview.*member || !pipeline::stageRow(stage).runs(preview.settings))
            return {};
        const auto serves = [&](const SharedPreview &kept) {
            return (*kept).*member && sameWindow(kept->request, preview.request) &&
                   sameUpTo(tap, kept->settings, preview.settings);
        };
        const auto kept = std::find_if(kept_.rbegin(), kept_.rend(), serves);
        if (kept != kept_.rend()) {
            preview.*member = (**kept).*member;
            return {};
        }
        auto trace = std::make_shared<dsp::QuantizationTrace>();
        pipeline::RunOptions options;
        (stage == StageId::PreQuant ? options.preQuantTrace : options.postQuantTrace) = trace.get();
        Status status = runQuantizer(preview, stage, {}, options, workers_, context);
        trace->shrink();
        if (status)
            preview.*member = std::move(trace);
        return status;
    };
    if (Status status = complete(StageId::PreQuant, TapId::PreQuant, &Preview::preQuantTrace);
        !status)
        return status;
    return complete(StageId::PostQuant, TapId::PostQuant, &Preview::postQuantTrace);
}

void PreviewRenderer::keep(SharedPreview preview)
{
    kept_.push_back(std::move(preview));
    std::size_t sum = 0;
    std::set<const void *> counted;
    for (std::size_t i = kept_.size(); i-- > 0;) {
        for (const auto &tap : kept_[i]->taps) {
            if (counted.insert(tap.get()).second)
                sum += bytes(*tap);
        }
        for (const auto &trace : {kept_[i]->preQuantTrace, kept_[i]->postQuantTrace}) {
            if (trace && counted.insert(trace.get()).second)
                sum += trace->bytes();
        }
        const bool newest = i + 1 == kept_.size();
        if (!newest && (sum > mostBytes_ || kept_.size() - i > mostKept)) {
            kept_.erase(kept_.begin(), kept_.begin() + static_cast<std::ptrdiff_t>(i) + 1);
            return;
        }
    }
}

Result<SharedPreview> PreviewRenderer::render(const PreviewRequest &request,
                                              const RunContext &context)
{
    const double start = secondsNow();
    if (Status status = openFile(request); !status)
        return tl::unexpected(status.error());
    const auto preview = std::make_shared<Preview>();
    preview->request = request;
    preview->settings = request.settings;
    preview->settings.autoGain.measured = {};
    if (request.settings.autoGain.on) {
        if (Status status = matchLevel(*preview, context); !status)
            return tl::unexpected(status.error());
    }
    if (Status status = fill(*preview, context); !status)
        return tl::unexpected(status.error());
    if (Status status = traceQuantizers(*preview, context); !status)
        return tl::unexpected(status.error());
    preview->timing.preview = true;
    preview->timing.threads = workers_.workers();
    preview->timing.audioSeconds = static_cast<double>(preview->sound(TapId::Output).frames()) /
                                   reader_->format().sampleRateHz;
    preview->timing.totalSeconds = secondsNow() - start;
    if (request.settings.autoGain.on)
        preview->timing.levelMatchDb = preview->settings.autoGain.measured.gainDb;
    keep(preview);
    return SharedPreview(preview);
}

} // namespace engine::render
