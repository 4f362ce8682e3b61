// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dsp/Stft.h"

#include "engine/base/Clock.h"
#include "engine/dsp/SpectrumKernels.h"
#include "engine/dsp/Windows.h"

#include <cstring>

namespace engine::dsp {

void Stft::prepare(const StreamSpec &spec, int fftSize, WorkerPool &workers)
{
    assert(fftSize % (16 * overlap) == 0 && spec.maxFrames > 0);
    spec_ = spec;
    workers_ = &workers;
    forward_.emplace(fftSize);
    inverse_.emplace(fftSize);
    fftSize_ = fftSize;
    hop_ = fftSize / overlap;

    analysisWindow_ = periodicHann(fftSize);
    synthesisWindow_.assign(analysisWindow_.begin(), analysisWindow_.end());
    for (unsigned covering = 0; covering < normalisation_.size(); ++covering) {
        std::vector<float> &scale = normalisation_[covering];
        scale.assign(static_cast<std::size_t>(hop_), 0.0F);
        for (int i = 0; i < hop_; ++i) {
            double sum = 0.0;
            for (int segment = 0; segment < overlap; ++segment) {
                const double value = analysisWindow_[static_cast<std::size_t>(segment * hop_ + i)];
                if ((covering >> segment & 1U) != 0)
                    sum += value * value;
            }
            if (sum > 1e-11)
                scale[static_cast<std::size_t>(i)] = static_cast<float>(1.0 / (sum * fftSize));
        }
    }

    const auto channels = static_cast<std::size_t>(spec.channels);
    const auto historyFrames = static_cast<std::size_t>(2 * fftSize + spec.maxFrames);
    history_.assign(channels, std::vector<float>(historyFrames));
    frameRing_ = (spec.maxFrames + fftSize) / hop_ + overlap + 1;
    frameStore_ = AlignedBuffer<float>(static_cast<std::size_t>(frameRing_) * channels *
                                       static_cast<std::size_t>(fftSize));
    silence_.assign(static_cast<std::size_t>(hop_), 0.0F);
    output_.assign(channels, std::vector<float>(historyFrames + static_cast<std::size_t>(hop_)));
    workerState_.clear();
    const std::size_t row = paddedCount(static_cast<std::size_t>(fftSize / 2 + 1));
    for (int i = 0; i < workers.workers(); ++i) {
        workerState_.push_back({AlignedBuffer<double>(static_cast<std::size_t>(fftSize)),
                                AlignedBuffer<std::complex<double>>(row),
                                AlignedBuffer<std::complex<float>>(row * framesPerTask * channels),
                                {}});
    }
    reset();
}

void Stft::reset()
{
    historyStart_ = -fftSize_ / 2;
    for (auto &channel : history_)
        std::fill_n(channel.begin(), fftSize_ / 2, 0.0F);
    received_ = nextFrame_ = nextHop_ = emitted_ = 0;
    ended_ = false;
    cost_ = {};
}

float *Stft::frameSamples(std::int64_t frame, int channel)
{
    return frameStore_.data() +
           static_cast<std::size_t>((frame % frameRing_) * spec_.channels + channel) *
               static_cast<std::size_t>(fftSize_);
}

AudioBlock Stft::process(ConstAudioBlock in, const FrameFunction &changeFrame)
{
    assert(!ended_ && in.channels() == spec_.channels && in.frames() <= spec_.maxFrames);
    const std::int64_t offset = received_ - historyStart_;
    for (int c = 0; c < spec_.channels; ++c)
        std::copy_n(in.data(c), in.frames(), history_[static_cast<std::size_t>(c)].data() + offset);
    received_ += in.frames();

    // A frame is complete when the half window after its centre has arrived.
    const std::int64_t reach = received_ - fftSize_ / 2;
    transformFrames(reach < 0 ? 0 : reach / hop_ + 1, changeFrame);
    return overlapAdd(std::max<std::int64_t>(0, nextFrame_ - overlap / 2), received_);
}

AudioBlock Stft::finish(const FrameFunction &changeFrame)
{
    assert(!ended_);
    ended_ = true;
    if (received_ == 0)
        return overlapAdd(0, 0);
    for (auto &channel : history_) {
        const std::int64_t used = received_ - historyStart_;
        std::fill(channel.begin() + used, channel.end(), 0.0F);
    }
    transformFrames(received_ / hop_ + 1, changeFrame);
    return overlapAdd((received_ + hop_ - 1) / hop_, received_);
}

void Stft::transformFrames(std::int64_t endFrame, const FrameFunction &changeFrame)
{
    const std::int64_t first = nextFrame_;
    if (endFrame <= first)
        return;
    const auto tasks = static_cast<int>((endFrame - first + framesPerTask - 1) / framesPerTask);
    workers_->forEach(tasks, [&](int task, int worker) {
        const std::int64_t from = first + std::int64_t{task} * framesPerTask;
        transformTask(from, std::min(from + framesPerTask, endFrame), changeFrame, worker);
    });
    nextFrame_ = endFrame;
    for (Worker &worker : workerState_) {
        cost_.forwardSeconds += worker.cost.forwardSeconds;
        cost_.processSeconds += worker.cost.processSeconds;
        cost_.inverseSeconds += worker.cost.inverseSeconds;
        worker.cost = {};
    }
}

void Stft::transformTask(std::int64_t first, std::int64_t end, const FrameFunction &changeFrame,
                         int worker)
{
    Worker &state = workerState_[static_cast<std::size_t>(worker)];
    double *time = state.time.data();
    std::complex<double> *wideBins = state.wideBins.data();
    const std::size_t row = paddedCount(static_cast<std::size_t>(fftSize_ / 2 + 1));
    const auto bins = [&](std::int64_t frame, int channel) {
        return state.bins.data() +
               row * static_cast<std::size_t>((frame - first) * spec_.channels + channel);
    };

    const double start = secondsNow();
    for (std::int64_t frame = first; frame < end; ++frame) {
        const std::int64_t offset = frame * hop_ - fftSize_ / 2 - historyStart_;
        for (int c = 0; c < spec_.channels; ++c) {
            const float *samples = history_[static_cast<std::size_t>(c)].data() + offset;
            kernels::applyWindow(samples, analysisWindow_.data(), time, fftSize_);
            (*forward_)(time, wideBins);
            kernels::narrow(reinterpret_cast<const double *>(wideBins),
                            reinterpret_cast<float *>(bins(frame, c)), fftSize_ + 2);
        }
    }
    const double forwardDone = secondsNow();
    for (std::int64_t frame = first; frame < end; ++frame) {
        SpectrumFrame spectrum;
        spectrum.channels = spec_.channels;
        spectrum.binCount = fftSize_ / 2 + 1;
        spectrum.index = frame;
        for (int c = 0; c < spec_.channels; ++c)
            spectrum.bins[static_cast<std::size_t>(c)] = bins(frame, c);
        changeFrame(spectrum, worker);
    }
    const double processDone = secondsNow();
    for (std::int64_t frame = first; frame < end; ++frame) {
        for (int c = 0; c < spec_.channels; ++c)
            (*inverse_)(bins(frame, c), frameSamples(frame, c));
    }
    state.cost.forwardSeconds += forwardDone - start;
    state.cost.processSeconds += processDone - forwardDone;
    state.cost.inverseSeconds += secondsNow() - processDone;
}

AudioBlock Stft::overlapAdd(std::int64_t endHop, std::int64_t length)
{
    const double start = secondsNow();
    const std::int64_t firstSample = emitted_;
    const std::int64_t endSample = std::max(firstSample, std::min(endHop * hop_, length));
    for (; nextHop_ < endHop; ++nextHop_) {
        // Hop h lies in segment 3 of frame h - 1, segment 2 of frame h, … segment 0 of frame h + 2.
        unsigned covering = 0;
        for (int segment = 0; segment < overlap; ++segment) {
            const std::int64_t frame = nextHop_ + overlap / 2 - segment;
            if (frame >= 0 && frame < nextFrame_)
                covering |= 1U << segment;
        }
        const float *scale = normalisation_[covering].data();
        const auto used =
            static_cast<int>(std::min<std::int64_t>(hop_, endSample - nextHop_ * hop_));
        for (int c = 0; c < spec_.channels; ++c) {
            kernels::Segment parts[overlap];
            for (int segment = 0; segment < overlap; ++segment) {
                const bool exists = (covering >> segment & 1U) != 0;
                const std::int64_t frame = nextHop_ + overlap / 2 - segment;
                // In ascending order of frames: the last segment belongs to the first of them.
                parts[overlap - 1 - segment] = {exists ? frameSamples(frame, c) + segment * hop_
                                                       : silence_.data(),
                                                synthesisWindow_.data() + segment * hop_};
            }
            float *out =
                output_[static_cast<std::size_t>(c)].data() + (nextHop_ * hop_ - firstSample);
            kernels::overlapAdd(parts, scale, out, used);
        }
    }
    emitted_ = endSample;
    dropHistory();
    cost_.inverseSeconds += secondsNow() - start;

    std::array<float *, maxChannels> pointers{};
    for (std::size_t c = 0; c < output_.size(); ++c)
        pointers[c] = output_[c].data();
    return {std::span<float *const>(pointers.data(), output_.size()),
            static_cast<int>(endSample - firstSample)};
}

void Stft::dropHistory()
{
    const std::int64_t needed = std::min(nextFrame_ * hop_ - fftSize_ / 2, received_);
    const std::int64_t drop = needed - historyStart_;
    if (drop <= 0)
        return;
    for (auto &channel : history_) {
        std::memmove(channel.data(), channel.data() + drop,
                     sizeof(float) * static_cast<std::size_t>(received_ - needed));
    }
    historyStart_ = needed;
}

} // namespace engine::dsp
