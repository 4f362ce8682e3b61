// SPDX-License-Identifier: GPL-3.0-or-later
//
// Runs the stage table: pulls blocks from a source, walks the stages that are on, hands every tap
// to whoever asked for it. It alone measures time, checks for cancellation and keeps the buses
// aligned. Memory is constant whatever the length.
// Shape: channels × frames as the source has them; every tap is aligned with the input and as long
// as the window. Units: frames, seconds. Real-time: no.
// Errors: those of source and sinks, and ErrorCode::Cancelled. The samples do not depend on block
// size or number of threads. A window gives the samples that the whole render has there: bit for
// bit from frame 0 on, below −100 dB of difference further in, because the stages are fed enough
// of what comes before the window and all that comes after it and matters.
#pragma once

#include "engine/base/RunContext.h"
#include "engine/base/WorkerPool.h"
#include "engine/pipeline/Settings.h"
#include "engine/pipeline/TapRecording.h"
#include "engine/pipeline/Taps.h"
#include "engine/pipeline/Timing.h"

#include <optional>

namespace engine::pipeline {

/// The part of the sound that is wanted.
struct Window {
    std::int64_t firstFrame = 0;
    std::optional<std::int64_t> frames; ///< absent: to the end
};

inline constexpr int defaultBlockFrames = 8192;

/// Where a run begins that does not begin at the file: the stages after `tap` run.
struct ResumePoint {
    TapId tap;
    const TapRecording &sound; ///< of that tap
    const TapRecording &input; ///< of the same run; where the blend finds the dry sound
};

/// What the limiter took away, for drawing. Its first value belongs to firstFrame of the sound.
struct LimiterTrace {
    std::int64_t firstFrame = 0;
    dsp::GainReduction reduction;
};

struct RunOptions {
    int blockFrames = defaultBlockFrames;
    LimiterTrace *trace = nullptr;
    /// What the quantizers did in the window; null where nobody asks. That of a stage that does not
    /// run stays as it is.
    dsp::QuantizationTrace *preQuantTrace = nullptr;
    dsp::QuantizationTrace *postQuantTrace = nullptr;
    /// Quantizers give out only what this part of their input contributes.
    std::optional<dsp::SoloRange> solo = std::nullopt;
    /// The taps to keep, with a little more after the window than this run needs itself; null for
    /// those that nobody keeps. Of a resumed run, the taps after its point.
    std::array<TapRecording *, tapCount> recordings{};
    /// The last tap that anybody asks for; stages after it do not run. Absent: all run.
    std::optional<TapId> lastTap = std::nullopt;
};

struct RunReport {
    std::int64_t frames = 0; ///< what each tap received
    RenderTiming timing;     ///< stages, load and save of this run
    /// False: the recording that the run was to begin with holds too little around the window for
    /// these settings, and nothing was done.
    bool sufficed = true;
};

Result<RunReport> run(AudioSource &source, const Settings &settings, const Window &window,
                      TapSinks sinks, WorkerPool &workers, const RunContext &context,
                      const RunOptions &options = {});

/// The same from a tap on. Gives the bits that a run from the file gives with the same start.
Result<RunReport> resume(const ResumePoint &point, const Settings &settings, const Window &window,
                         TapSinks sinks, WorkerPool &workers, const RunContext &context,
                         const RunOptions &options = {});

} // namespace engine::pipeline
