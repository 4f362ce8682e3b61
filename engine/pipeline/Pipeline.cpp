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

/// One run of the table. Positions count frames of the sound, from its start.
class Run {
public:
    Run(AudioSource &source, const Settings &settings, const Window &window, TapSinks sinks,
        WorkerPool &workers, const RunContext &context, int blockFrames, LimiterTrace *trace);
    Result<RunReport> operator()();

private:
    struct Step {
        const StageRow *row;
        std::unique_ptr<Stage> stage; ///< null where the stage is off
        double seconds = 0.0;
        std::int64_t position = 0; ///< of the next frame that leaves the step
    };

    Status pump();
    Status finish();
    Status push(AudioBlock block, std::size_t firstStep);
    Status emit(Step &step, ConstAudioBlock block);
    AudioBlock processStep(Step &step, AudioBlock block);
    RunReport report(double seconds) const;

    AudioSource &source_;
    TapSinks sinks_;
    const RunContext &context_;
    int workerCount_;
    AudioFormat format_;
    std::vector<Step> steps_;
    AudioBuffer block_;
    AudioQueue dry_;
    bool dryIsRead_ = false;
    std::int64_t windowFirst_;
    std::int64_t windowEnd_;
    std::int64_t startFrame_ = 0;
    std::int64_t latency_ = 0;
    double loadSeconds_ = 0.0;
    double saveSeconds_ = 0.0;
    LimiterTrace *trace_;
};

Run::Run(AudioSource &source, const Settings &settings, const Window &window, TapSinks sinks,
         WorkerPool &workers, const RunContext &context, int blockFrames, LimiterTrace *trace)
    : source_(source), sinks_(sinks), context_(context), workerCount_(workers.workers()),
      format_(source.format()), block_(format_, blockFrames), windowFirst_(window.firstFrame),
      windowEnd_(window.frames ? window.firstFrame + *window.frames : toTheEnd), trace_(trace)
{
    // A stage hands on at most what it was given plus what it had kept back.
    int longest = blockFrames;
    std::int64_t memory = 0;
    std::int64_t grid = 1;
    for (const StageRow &row : stageTable()) {
        Step &step = steps_.emplace_back(Step{&row, nullptr, 0.0, 0});
        if (!row.create || !row.runs(settings))
            continue;
        step.stage = row.create(settings);
        step.stage->prepare({format_.sampleRateHz, format_.channels, longest}, workers);
        longest += step.stage->latencyFrames() + 1;
        latency_ += step.stage->latencyFrames();
        memory += step.stage->memoryFrames();
        grid = std::lcm(grid, std::int64_t{step.stage->gridFrames()});
        dryIsRead_ = dryIsRead_ || row.reads == Bus::MainAndDry;
    }
    dry_.prepare(format_.channels);
    startFrame_ = std::max<std::int64_t>(0, windowFirst_ - memory) / grid * grid;
    for (Step &step : steps_) {
        step.position = startFrame_;
        if (step.stage && trace)
            step.stage->recordTo(&trace->reduction);
    }
    if (trace)
        trace->firstFrame = startFrame_;
}

Status Run::emit(Step &step, ConstAudioBlock block)
{
    const std::int64_t first = step.position;
    step.position += block.frames();
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
            dry_.push(block);
        if (Status status = emit(step, block); !status)
            return status;
    }
    return {};
}

Status Run::pump()
{
    std::int64_t position = startFrame_;
    const std::optional<std::int64_t> declared = source_.declaredFrames();
    const std::int64_t expectedEnd =
        windowEnd_ != toTheEnd ? windowEnd_ : declared.value_or(toTheEnd);
    // Enough has been read when the last step has given out the whole window.
    while (steps_.back().position < windowEnd_) {
        if (context_.stop.stop_requested())
            return fail(ErrorCode::Cancelled, "Cancelled");
        std::int64_t wanted = block_.frames();
        if (windowEnd_ != toTheEnd)
            wanted = std::clamp<std::int64_t>(windowEnd_ + latency_ - position, 1, wanted);
        const double start = secondsNow();
        const Result<int> got = source_.read(block_.block(0, static_cast<int>(wanted)));
        loadSeconds_ += secondsNow() - start;
        if (!got)
            return tl::unexpected(got.error());
        position += *got;
        if (Status status = push(block_.block(0, *got), 0); !status)
            return status;
        if (*got < wanted)
            return finish();
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
    for (std::size_t i = 0; i < steps_.size(); ++i) {
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
        const std::vector<Stage::Part> parts = step.stage->parts();
        for (const Stage::Part &part : parts)
            timing.stages.push_back({step.row->id, part.kind, step.seconds * part.share});
        if (parts.empty())
            timing.stages.push_back({step.row->id, step.row->cost, step.seconds});
    }
    return report;
}

Result<RunReport> Run::operator()()
{
    const double start = secondsNow();
    if (Status status = source_.seek(startFrame_); !status)
        return tl::unexpected(status.error());
    if (Status status = pump(); !status)
        return tl::unexpected(status.error());
    if (trace_)
        trace_->reduction.finish();
    return report(secondsNow() - start);
}

} // namespace

Result<RunReport> run(AudioSource &source, const Settings &settings, const Window &window,
                      TapSinks sinks, WorkerPool &workers, const RunContext &context,
                      int blockFrames, LimiterTrace *trace)
{
    const FlushDenormals flush;
    return Run(source, settings, window, sinks, workers, context, blockFrames, trace)();
}

} // namespace engine::pipeline
