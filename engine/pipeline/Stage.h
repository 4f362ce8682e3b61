// SPDX-License-Identifier: GPL-3.0-or-later
//
// One processing step of a running pipeline. Sound enters in blocks of any size and leaves when
// it is final, aligned with what entered: sample n out is sample n in, later. So a stage never
// shifts the sound, and the length out equals the length in.
// Shape: views of channels × frames; a returned view is valid until the stage's next call and may
// lie in the memory of what was handed in. Units: frames. Real-time: no.
// Errors: a stage cannot fail.
#pragma once

#include "engine/base/WorkerPool.h"
#include "engine/dsp/DspBlock.h"
#include "engine/dsp/GainReduction.h"
#include "engine/dsp/QuantizationTrace.h"
#include "engine/pipeline/Timing.h"

#include <span>

namespace engine::pipeline {

class Stage {
public:
    virtual ~Stage() = default;

    virtual void prepare(const dsp::StreamSpec &spec, WorkerPool &workers) = 0;
    /// As if nothing had been heard.
    virtual void reset() = 0;
    /// `dry` is the input's sound at the place of `in`, where the stage's row asks for it.
    virtual AudioBlock process(AudioBlock in, ConstAudioBlock dry) = 0;
    /// The sound has ended; what is left comes out.
    virtual AudioBlock finish() = 0;

    /// After n frames in, at least n − latencyFrames() have come out.
    virtual int latencyFrames() const = 0;
    /// How far back the input can matter for a sample (below −120 dB counts as not).
    virtual int memoryFrames() const = 0;
    /// Blocks of this many frames, counted from the first, are worked on together: a run that
    /// begins inside the sound begins on a multiple of it.
    virtual int gridFrames() const { return 1; }

    /// Where a limiter writes what it took away; others ignore it.
    virtual void recordTo(dsp::GainReduction *) {}
    /// After prepare(). Where a quantizer tells what it does; others ignore it.
    virtual void traceTo(dsp::QuantizationTrace &, const dsp::TraceWindow &) {}
    /// Seconds that went into telling; they are not the sound's and not in its timing.
    virtual double traceSeconds() const { return 0.0; }
    /// Only what this part of a quantizer's input contributes comes out; others ignore it.
    virtual void solo(const dsp::SoloRange &) {}

    /// Shares of the stage's time for kinds of work; empty where there is only one kind.
    struct Part {
        CostKind kind;
        double share;
    };
    virtual std::vector<Part> parts() const { return {}; }
};

} // namespace engine::pipeline
