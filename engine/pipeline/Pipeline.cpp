// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pipeline/Pipeline.h"

#include "engine/base/AudioQueue.h"
#include "engine/base/Clock.h"
#include "engine/base/FlushDenormals.h"
#include "engine/pipeline/StageTable.h"

#include <limits>
#include <numeric>

namespace engine::pipeline {

namespace {

constexpr std::int64_t toTheEnd = std::numeric_limits<std::int64_t>::max();

/// How much longer than needed recordings are, so that settings with a longer latency (a higher
/// oversampling, one more quantizer, a longer look-ahead) can begin with them.
constexpr std::int64_t recordingSlackFrames = 8192;

/// One run of the table. Positions count frames of the sound, from its start.
class Run {
public:
    Run(AudioSource &source, const Settings &settings, const Window &window, TapSinks sinks,
        WorkerPool &workers, const RunContext &context, const RunOptions &options,
        const ResumePoint *resume);
    Result<RunReport> operator()();

private:
    struct Step {
        const StageRow *row;
        std::unique_ptr<Stage> stage; ///< null where the stage is off
        double seconds = 0.0;
        std::int64_t position = 0; ///< of the next frame that leaves the step
        TapRecording *recording = nullptr;
    };

    void prepareSteps(const Settings &settings, WorkerPool &workers);
    void dropStepsAfter(TapId tap);
    void prepareQuantizer(Step &step);
    void prepareRecordings();
    bool recordingSuffices() const;
    Status readDry(int frames);
    Status pump();
    Status finish();
    Status push(AudioBlock block, std::size_t firstStep);
    Status emit(Step &step, ConstAudioBlock block);
    void record(TapRecording &recording, std::int64_t first, ConstAudioBlock block) const;
    AudioBlock processStep(Step &step, AudioBlock block);
    RunReport report(double seconds) const;

    AudioSource &source_;
    TapSinks sinks_;
    const RunContext &context_;
    const RunOptions &options_;
    const ResumePoint *resume_; ///< null: the run begins at the file
    int workerCount_;
    AudioFormat format_;
    std::vector<Step> steps_;
    std::size_t firstStep_ = 0;
    AudioBuffer block_;
    AudioQueue dry_;
    bool dryIsRead_ = false;
    std::optional<RecordingSource> drySource_; ///< of a resumed run
    std::int64_t windowFirst_;
    std::int64_t windowEnd_;
    std::int64_t runEnd_; ///< the last step is to reach it, unless the sound ends
    std::int64_t startFrame_ = 0;
    std::int64_t latency_ = 0;
    std::int64_t memory_ = 0;
    std::int64_t grid_ = 1;
    double loadSeconds_ = 0.0;
    double saveSeconds_ = 0.0;
};

Run::Run(AudioSource &source, const Settings &settings, const Window &window, TapSinks sinks,
         WorkerPool &workers, const RunContext &context, const RunOptions &options,
         const ResumePoint *resume)
    : source_(source), sinks_(sinks), context_(context), options_(options), resume_(resume),
      workerCount_(workers.workers()), format_(source.format()),
      block_(format_, options.blockFrames), windowFirst_(window.firstFrame),
      windowEnd_(window.frames ? window.firstFrame + *window.frames : toTheEnd), runEnd_(windowEnd_)
{
    prepareSteps(settings, workers);
    dry_.prepare(format_.channels);
    startFrame_ = std::max<std::int64_t>(0, windowFirst_ - memory_) / grid_ * grid_;
    if (options.lastTap)
        dropStepsAfter(*options.lastTap);
    if (resume) {
        drySource_.emplace(resume->input);
        startFrame_ = resume->sound.firstFrame;
    }
    for (Step &step : steps_) {
        step.position = startFrame_;
        if (step.stage && options.trace)
            step.stage->recordTo(&options.trace->reduction);
        prepareQuantizer(step);
    }
    if (options.trace)
        options.trace->firstFrame = startFrame_;
    prepareRecordings();
}

void Run::prepareSteps(const Settings &settings, WorkerPool &workers)
{
    // A stage hands on at most what it was given plus what it had kept back.
    int longest = options_.blockFrames;
    if (resume_) {
        const auto isTheTap = [this](const StageRow &row) { return row.tap == resume_->tap; };
        const auto found = std::find_if(stageTable().begin(), stageTable().end(), isTheTap);
        firstStep_ = static_cast<std::size_t>(found - stageTable().begin()) + 1;
    }
    for (const StageRow &row : stageTable()) {
        Step &step = steps_.emplace_back(Step{&row, nullptr, 0.0, 0, nullptr});
        if (steps_.size() <= firstStep_ || !row.create || !row.runs(settings))
            continue;
        step.stage = row.create(settings);
        step.stage->prepare({format_.sampleRateHz, format_.channels, longest}, workers);
        longest += step.stage->latencyFrames() + 1;
        latency_ += step.stage->latencyFrames();
        memory_ += step.stage->memoryFrames();
        grid_ = std::lcm(grid_, std::int64_t{step.stage->gridFrames()});
        dryIsRead_ = dryIsRead_ || row.reads == Bus::MainAndDry;
    }
}

/// Once it is known where the run begins: a tap is the same whether the rest runs or not.
void Run::dropStepsAfter(TapId tap)
{
    auto step =
        std::ranges::find(steps_, std::optional(tap), [](const Step &s) { return s.row->tap; });
    latency_ = 0;
    dryIsRead_ = false;
    for (auto kept = steps_.begin(); kept <= step; ++kept) {
        latency_ += kept->stage ? kept->stage->latencyFrames() : 0;
        dryIsRead_ = dryIsRead_ || (kept->stage && kept->row->reads == Bus::MainAndDry);
    }
    while (++step < steps_.end())
        step->stage.reset();
}

void Run::prepareQuantizer(Step &step)
{
    if (!step.stage)
        return;
    if (options_.solo)
        step.stage->solo(*options_.solo);
    dsp::QuantizationTrace *trace = nullptr;
    if (step.row->id == StageId::PreQuant)
        trace = options_.preQuantTrace;
    if (step.row->id == StageId::PostQuant)
        trace = options_.postQuantTrace;
    if (trace)
        step.stage->traceTo(*trace, {startFrame_, windowFirst_, windowEnd_});
}

void Run::prepareRecordings()
{
    std::int64_t memory = resume_ ? resume_->sound.memoryFrames : 0;
    for (std::size_t i = firstStep_; i < steps_.size(); ++i) {
        Step &step = steps_[i];
        if (step.stage)
            memory += step.stage->memoryFrames();
        if (!step.row->tap)
            continue;
        step.recording = options_.recordings[static_cast<std::size_t>(*step.row->tap)];
        if (!step.recording)
            continue;
        *step.recording = {startFrame_,
                           AudioBuffer(format_, 0),
                           AudioBuffer(format_, 0),
                           AudioBuffer(format_, 0),
                           false,
                           memory};
        if (windowEnd_ != toTheEnd) {
            step.recording->window.reserve(windowEnd_ - windowFirst_);
            runEnd_ = windowEnd_ + recordingSlackFrames;
        }
    }
}

/// Whether a recording holds enough around the window for the stages that are left.
bool Run::recordingSuffices() const
{
    if (!resume_)
        return true;
    const TapRecording &sound = resume_->sound;
    const std::int64_t lookBack = sound.memoryFrames + memory_;
    return startFrame_ % grid_ == 0 &&
           startFrame_ <= std::max<std::int64_t>(0, windowFirst_ - lookBack) &&
           (sound.reachesEnd || sound.endFrame() >= windowEnd_ + latency_);
}

void Run::record(TapRecording &recording, std::int64_t first, ConstAudioBlock block) const
{
    const auto part = [&](AudioBuffer &into, std::int64_t from, std::int64_t end) {
        from = std::max(from, first);
        end = std::min(end, first + block.frames());
        if (from < end)
            into.append(block.slice(static_cast<int>(from - first), static_cast<int>(end - from)));
    };
    part(recording.lead, 0, windowFirst_);
    part(recording.window, windowFirst_, windowEnd_);
    part(recording.tail, windowEnd_, toTheEnd);
}

Status Run::emit(Step &step, ConstAudioBlock block)
{
    const std::int64_t first = step.position;
    step.position += block.frames();
    if (step.recording)
        record(*step.recording, first, block);
    AudioSink *sink = step.row->tap ? sinkOf(sinks_, *step.row->tap) : nullptr;
    const std::int64_t from = std::max(first, windowFirst_);
    const std::int64_t end = std::min(step.position, windowEnd_);
    if (!sink || from >= end)
        return {};
    const double start = secondsNow();
    Status status =
        sink->write(block.slice(static_cast<int>(from - first), static_cast<int>(end - from)));
    saveSeconds_ += secondsNow() - start;
    return status;
}

AudioBlock Run::processStep(Step &step, AudioBlock block)
{
    const double start = secondsNow();
    ConstAudioBlock dry;
    if (step.row->reads == Bus::MainAndDry)
        dry = dry_.pop(block.frames());
    block = step.stage->process(block, dry);
    step.seconds += secondsNow() - start;
    return block;
}

Status Run::push(AudioBlock block, std::size_t firstStep)
{
    for (std::size_t i = firstStep; i < steps_.size(); ++i) {
        if (block.empty())
            return {};
        Step &step = steps_[i];
        if (step.stage)
            block = processStep(step, block);
        else if (step.row->writes == Bus::MainAndDry && dryIsRead_)
            dry_.push(block); // a resumed run never comes here: readDry() does it
        if (Status status = emit(step, block); !status)
            return status;
    }
    return {};
}

/// The dry sound at the place of the block that was read from a recording.
Status Run::readDry(int frames)
{
    AudioBuffer dry(format_, frames);
    const Result<int> got = drySource_->read(dry.block(0, frames));
    if (!got)
        return tl::unexpected(got.error());
    dry_.push(dry.block(0, *got));
    return {};
}

Status Run::pump()
{
    std::int64_t position = startFrame_;
    const std::optional<std::int64_t> declared = source_.declaredFrames();
    const std::int64_t expectedEnd =
        windowEnd_ != toTheEnd ? windowEnd_ : declared.value_or(toTheEnd);
    // Enough has been read when the last step has given out the whole window.
    while (steps_.back().position < runEnd_) {
        if (context_.stop.stop_requested())
            return fail(ErrorCode::Cancelled, "Cancelled");
        std::int64_t wanted = block_.frames();
        if (runEnd_ != toTheEnd)
            wanted = std::clamp<std::int64_t>(runEnd_ + latency_ - position, 1, wanted);
        const double start = secondsNow();
        const Result<int> got = source_.read(block_.block(0, static_cast<int>(wanted)));
        loadSeconds_ += secondsNow() - start;
        if (!got)
            return tl::unexpected(got.error());
        position += *got;
        if (drySource_ && dryIsRead_) {
            if (Status status = readDry(*got); !status)
                return status;
        }
        if (Status status = push(block_.block(0, *got), firstStep_); !status)
            return status;
        if (*got < wanted)
            return !resume_ || resume_->sound.reachesEnd ? finish() : Status{};
        if (context_.progress) {
            const bool known = expectedEnd != toTheEnd && expectedEnd > startFrame_;
            context_.progress(known ? std::optional(static_cast<double>(position - startFrame_) /
                                                    static_cast<double>(expectedEnd - startFrame_))
                                    : std::nullopt);
        }
    }
    return {};
}

Status Run::finish()
{
    for (Step &step : steps_) {
        if (step.recording)
            step.recording->reachesEnd = true;
    }
    for (std::size_t i = firstStep_; i < steps_.size(); ++i) {
        Step &step = steps_[i];
        if (!step.stage)
            continue;
        const double start = secondsNow();
        const AudioBlock rest = step.stage->finish();
        step.seconds += secondsNow() - start;
        if (rest.empty())
            continue;
        if (Status status = emit(step, rest); !status)
            return status;
        if (Status status = push(rest, i + 1); !status)
            return status;
    }
    return {};
}

RunReport Run::report(double seconds) const
{
    RunReport report;
    report.frames =
        std::max<std::int64_t>(0, std::min(steps_.back().position, windowEnd_) - windowFirst_);
    RenderTiming &timing = report.timing;
    timing.threads = workerCount_;
    timing.audioSeconds = static_cast<double>(report.frames) / format_.sampleRateHz;
    timing.loadSeconds = loadSeconds_;
    timing.saveSeconds = saveSeconds_;
    timing.totalSeconds = seconds;
    for (const Step &step : steps_) {
        if (!step.stage)
            continue;
        const double ofSound = step.seconds - step.stage->traceSeconds();
        const std::vector<Stage::Part> parts = step.stage->parts();
        for (const Stage::Part &part : parts)
            timing.stages.push_back({step.row->id, part.kind, ofSound * part.share});
        if (parts.empty())
            timing.stages.push_back({step.row->id, step.row->cost, ofSound});
    }
    return report;
}

Result<RunReport> Run::operator()()
{
    const double start = secondsNow();
    if (!recordingSuffices())
        return RunReport{0, {}, false};
    if (Status status = source_.seek(startFrame_); !status)
        return tl::unexpected(status.error());
    if (Status status = pump(); !status)
        return tl::unexpected(status.error());
    if (options_.trace)
        options_.trace->reduction.finish();
    return report(secondsNow() - start);
}

} // namespace

Result<RunReport> run(AudioSource &source, const Settings &settings, const Window &window,
                      TapSinks sinks, WorkerPool &workers, const RunContext &context,
                      const RunOptions &options)
{
    const FlushDenormals flush;
    return Run(source, settings, window, sinks, workers, context, options, nullptr)();
}

Result<RunReport> resume(const ResumePoint &point, const Settings &settings, const Window &window,
                         TapSinks sinks, WorkerPool &workers, const RunContext &context,
                         const RunOptions &options)
{
    const FlushDenormals flush;
    RecordingSource source(point.sound);
    return Run(source, settings, window, sinks, workers, context, options, &point)();
}

} // namespace engine::pipeline
