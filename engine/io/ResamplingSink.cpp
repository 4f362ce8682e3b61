// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/ResamplingSink.h"

#include <algorithm>
#include <cassert>
#include <soxr.h>
#include <utility>

namespace engine::io {
namespace {

/// soxr is fed in pieces of one size only, so that its output never depends on the caller's.
constexpr int conversionFrames = 4096;

struct DeleteSoxr {
    void operator()(soxr_t resampler) const { soxr_delete(resampler); }
};

} // namespace

struct ResamplingSink::State {
    State(AudioFormat format, int rateHz, AudioSink &nextSink)
        : in(format), outRateHz(rateHz), next(nextSink), input(format, conversionFrames),
          output({rateHz, format.channels}, conversionFrames)
    {}

    Status process(int count);
    Status deliver(std::size_t count);
    std::int64_t outputFrames() const
    {
        return (framesIn * outRateHz + in.sampleRateHz / 2) / in.sampleRateHz;
    }

    AudioFormat in;
    int outRateHz;
    AudioSink &next;
    AudioBuffer input;
    AudioBuffer output;
    int pending = 0;
    std::int64_t framesIn = 0;
    std::int64_t framesOut = 0;
    std::unique_ptr<soxr, DeleteSoxr> resampler; ///< empty for equal rates
};

Status ResamplingSink::State::deliver(std::size_t count)
{
    const auto frames =
        static_cast<int>(std::min(static_cast<std::int64_t>(count), outputFrames() - framesOut));
    framesOut += frames;
    return frames == 0 ? Status{} : next.write(std::as_const(output).block(0, frames));
}

/// Resamples the first `count` frames of `input`; 0: what is still inside soxr.
Status ResamplingSink::State::process(int count)
{
    std::array<const float *, maxChannels> from{};
    std::array<float *, maxChannels> to{};
    int used = 0;
    for (bool more = true; more;) {
        for (int c = 0; c < in.channels; ++c) {
            const auto index = static_cast<std::size_t>(c);
            from[index] = input.channel(c).data() + used;
            to[index] = output.channel(c).data();
        }
        std::size_t taken = 0;
        std::size_t made = 0;
        const soxr_error_t fault = soxr_process(resampler.get(), count == 0 ? nullptr : from.data(),
                                                static_cast<std::size_t>(count - used), &taken,
                                                to.data(), conversionFrames, &made);
        if (fault != nullptr)
            return fail(ErrorCode::WriteFailed, "The sample rate could not be changed",
                        "The work on this file stopped", "Try again without another sample rate.",
                        fault);
        used += static_cast<int>(taken);
        if (Status delivered = deliver(made); !delivered)
            return delivered;
        more = made == conversionFrames || used < count;
    }
    return {};
}

ResamplingSink::ResamplingSink(std::unique_ptr<State> state) : state_(std::move(state)) {}
ResamplingSink::~ResamplingSink() = default;

Result<std::unique_ptr<ResamplingSink>> ResamplingSink::create(AudioFormat in, int outRateHz,
                                                               AudioSink &next)
{
    assert(in.channels >= 1 && in.channels <= maxChannels);
    auto state = std::make_unique<State>(in, outRateHz, next);
    if (in.sampleRateHz != outRateHz) {
        const soxr_io_spec_t planar = soxr_io_spec(SOXR_FLOAT32_S, SOXR_FLOAT32_S);
        const soxr_quality_spec_t quality = soxr_quality_spec(SOXR_VHQ, 0);
        const soxr_runtime_spec_t oneThread = soxr_runtime_spec(1);
        soxr_error_t fault = nullptr;
        state->resampler.reset(soxr_create(in.sampleRateHz, outRateHz,
                                           static_cast<unsigned>(in.channels), &fault, &planar,
                                           &quality, &oneThread));
        if (fault != nullptr || !state->resampler)
            return fail(ErrorCode::Usage,
                        "The sample rate cannot be changed from " +
                            std::to_string(in.sampleRateHz) + " to " + std::to_string(outRateHz) +
                            " Hz",
                        "Nothing was written", "Choose another sample rate.",
                        fault == nullptr ? "" : fault);
    }
    return std::unique_ptr<ResamplingSink>(new ResamplingSink(std::move(state)));
}

Status ResamplingSink::write(ConstAudioBlock block)
{
    State &state = *state_;
    assert(block.channels() == state.in.channels);
    if (!state.resampler)
        return state.next.write(block);
    for (int first = 0; first < block.frames();) {
        const int count = std::min(block.frames() - first, conversionFrames - state.pending);
        copy(block.slice(first, count), state.input.block(state.pending, count));
        first += count;
        state.pending += count;
        state.framesIn += count;
        if (state.pending < conversionFrames)
            continue;
        if (Status done = state.process(std::exchange(state.pending, 0)); !done)
            return done;
    }
    return {};
}

Status ResamplingSink::finish()
{
    State &state = *state_;
    if (!state.resampler || state.framesIn == 0)
        return {};
    if (state.pending > 0) {
        if (Status done = state.process(std::exchange(state.pending, 0)); !done)
            return done;
    }
    if (Status done = state.process(0); !done)
        return done;
    // soxr's own count can end a frame early; the length is a promise.
    for (const std::int64_t total = state.outputFrames(); state.framesOut < total;) {
        const auto count =
            static_cast<int>(std::min<std::int64_t>(total - state.framesOut, conversionFrames));
        clear(state.output.block(0, count));
        if (Status done = state.deliver(static_cast<std::size_t>(count)); !done)
            return done;
    }
    return {};
}

} // namespace engine::io
