// SPDX-License-Identifier: GPL-3.0-or-later
//
// Turn DSP blocks into stages, so that virtual calls and bookkeeping live here and never in a
// block. BlockStage wraps a time block: it drops the block's first latencyFrames() samples and
// feeds as many zeros at the end. SpectralStage wraps a spectral block in one STFT round trip.
// MixStage blends with the dry bus. Real-time: no. Errors: none.
#pragma once

#include "engine/base/AudioQueue.h"
#include "engine/base/Clock.h"
#include "engine/dsp/Mix.h"
#include "engine/dsp/QuantizationRecorder.h"
#include "engine/dsp/Stft.h"
#include "engine/pipeline/Stage.h"

namespace engine::pipeline {

template <dsp::TimeBlock Block>
class BlockStage final : public Stage {
public:
    explicit BlockStage(const typename Block::Parameters &parameters) : parameters_(parameters) {}

    void prepare(const dsp::StreamSpec &spec, WorkerPool &) override
    {
        block_.prepare(spec, parameters_);
        tail_ = AudioBuffer({spec.sampleRateHz, spec.channels}, spec.maxFrames);
        pending_.prepare(spec.channels);
        reset();
    }
    void reset() override
    {
        block_.reset();
        toDrop_ = block_.latencyFrames();
    }
    AudioBlock process(AudioBlock in, ConstAudioBlock) override
    {
        block_.process(in);
        const int drop = std::min(toDrop_, in.frames());
        toDrop_ -= drop;
        return in.slice(drop, in.frames() - drop);
    }
    AudioBlock finish() override
    {
        for (int left = block_.latencyFrames(); left > 0;) {
            const AudioBlock zeros =
                tail_.block(0, static_cast<int>(std::min<std::int64_t>(left, tail_.frames())));
            clear(zeros);
            left -= zeros.frames();
            pending_.push(process(zeros, {}));
        }
        return pending_.pop(pending_.frames());
    }
    int latencyFrames() const override { return block_.latencyFrames(); }
    int memoryFrames() const override { return block_.memoryFrames(); }
    void recordTo(dsp::GainReduction *trace) override
    {
        if constexpr (requires { block_.recordTo(trace); })
            block_.recordTo(trace);
    }

private:
    typename Block::Parameters parameters_;
    Block block_;
    AudioBuffer tail_;
    AudioQueue pending_;
    int toDrop_ = 0;
};

template <dsp::SpectralBlock Block>
class SpectralStage final : public Stage {
public:
    explicit SpectralStage(const typename Block::Parameters &parameters, int fftSize)
        : parameters_(parameters), fftSize_(fftSize)
    {}

    void prepare(const dsp::StreamSpec &spec, WorkerPool &workers) override
    {
        block_.prepare({spec.sampleRateHz, spec.channels, fftSize_}, parameters_);
        stft_.prepare(spec, fftSize_, workers);
        scratch_.assign(static_cast<std::size_t>(workers.workers()), block_.makeScratch());
        spec_ = spec;
        workers_ = &workers;
        change_ = [this](const dsp::SpectrumFrame &frame, int worker) {
            change(frame, scratch_[static_cast<std::size_t>(worker)]);
        };
    }
    void reset() override { stft_.reset(); }
    AudioBlock process(AudioBlock in, ConstAudioBlock) override
    {
        const AudioBlock out = stft_.process(in, change_);
        settle(false);
        return out;
    }
    AudioBlock finish() override
    {
        const AudioBlock out = stft_.finish(change_);
        settle(true);
        return out;
    }
    void traceTo(dsp::QuantizationTrace &trace, const dsp::TraceWindow &window) override
    {
        const auto &parameters = block_.parameters();
        const int mostFrames = (spec_.maxFrames + fftSize_) / stft_.hopFrames() + 2;
        recorder_.emplace(
            dsp::QuantizationRecorder::Setup{{spec_.sampleRateHz, spec_.channels, fftSize_},
                                             stft_.hopFrames(),
                                             mostFrames,
                                             block_.targets(),
                                             parameters.scale,
                                             parameters.snapStrength},
            trace, window);
    }
    double traceSeconds() const override { return traceSeconds_; }
    void solo(const dsp::SoloRange &range) override { solo_ = range; }
    int latencyFrames() const override { return stft_.latencyFrames(); }
    int memoryFrames() const override { return fftSize_; }
    int gridFrames() const override { return stft_.hopFrames(); }
    std::vector<Part> parts() const override
    {
        const dsp::Stft::Cost &cost = stft_.cost();
        const double sum = cost.forwardSeconds + cost.processSeconds + cost.inverseSeconds;
        const double scale = sum > 0.0 ? 1.0 / sum : 0.0;
        return {{CostKind::Stft, cost.forwardSeconds * scale},
                {CostKind::Process, cost.processSeconds * scale},
                {CostKind::InverseStft, cost.inverseSeconds * scale}};
    }

private:
    void change(const dsp::SpectrumFrame &frame, typename Block::Scratch &scratch)
    {
        if (recorder_)
            recorder_->before(frame);
        if (solo_)
            block_.processSolo(frame, scratch, *solo_);
        else
            block_.process(frame, scratch);
        if (recorder_)
            recorder_->after(frame);
    }
    void settle(bool ended)
    {
        if (!recorder_)
            return;
        const double start = secondsNow();
        recorder_->settle(*workers_, ended);
        traceSeconds_ += secondsNow() - start;
    }

    typename Block::Parameters parameters_;
    int fftSize_;
    Block block_;
    dsp::StreamSpec spec_;
    WorkerPool *workers_ = nullptr;
    std::optional<dsp::QuantizationRecorder> recorder_; ///< while somebody asks
    double traceSeconds_ = 0.0;
    std::optional<dsp::SoloRange> solo_;
    dsp::Stft stft_;
    std::vector<typename Block::Scratch> scratch_;
    dsp::Stft::FrameFunction change_;
};

class MixStage final : public Stage {
public:
    explicit MixStage(const dsp::Mix::Parameters &parameters) : parameters_(parameters) {}
    void prepare(const dsp::StreamSpec &, WorkerPool &) override {}
    void reset() override {}
    AudioBlock process(AudioBlock in, ConstAudioBlock dry) override
    {
        dsp::Mix::process(in, dry, parameters_);
        return in;
    }
    AudioBlock finish() override { return {}; }
    int latencyFrames() const override { return 0; }
    int memoryFrames() const override { return 0; }

private:
    dsp::Mix::Parameters parameters_;
};

} // namespace engine::pipeline
