// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/Loudness.h"

#include <cmath>
#include <ebur128.h>
#include <new>

namespace engine::analysis {

struct LoudnessMeter::State {
    explicit State(AudioFormat shape)
        : format(shape),
          meter(ebur128_init(static_cast<unsigned>(shape.channels),
                             static_cast<unsigned long>(shape.sampleRateHz), EBUR128_MODE_I))
    {
        if (!meter)
            throw std::bad_alloc();
        // Layouts beyond stereo are not known here: every channel counts as a front one.
        for (int c = 0; c < shape.channels && shape.channels > 2; ++c)
            ebur128_set_channel(meter, static_cast<unsigned>(c), EBUR128_LEFT);
    }
    ~State() { ebur128_destroy(&meter); }
    State(const State &) = delete;
    State &operator=(const State &) = delete;

    AudioFormat format;
    ebur128_state *meter;
    std::int64_t frames = 0;
    std::vector<float> interleaved;
};

LoudnessMeter::LoudnessMeter(AudioFormat format) : state_(std::make_unique<State>(format)) {}
LoudnessMeter::~LoudnessMeter() = default;

Status LoudnessMeter::write(ConstAudioBlock block)
{
    const auto channels = static_cast<std::size_t>(block.channels());
    state_->interleaved.resize(channels * static_cast<std::size_t>(block.frames()));
    for (std::size_t c = 0; c < channels; ++c) {
        const auto samples = block.channel(static_cast<int>(c));
        for (std::size_t n = 0; n < samples.size(); ++n)
            state_->interleaved[n * channels + c] = samples[n];
    }
    if (ebur128_add_frames_float(state_->meter, state_->interleaved.data(),
                                 static_cast<std::size_t>(block.frames())) != EBUR128_SUCCESS)
        throw std::bad_alloc();
    state_->frames += block.frames();
    return {};
}

std::optional<double> LoudnessMeter::integratedLufs()
{
    // libebur128 rounds its blocks to whole tenths of a second of (rate + 5) / 10 frames.
    const std::int64_t blockFrames = 4 * ((std::int64_t{state_->format.sampleRateHz} + 5) / 10);
    if (state_->frames < blockFrames) {
        AudioBuffer silence(state_->format, blockFrames - state_->frames);
        (void)write(silence.block(0, static_cast<int>(silence.frames())));
    }
    double lufs = 0.0;
    if (ebur128_loudness_global(state_->meter, &lufs) != EBUR128_SUCCESS || !std::isfinite(lufs))
        return std::nullopt;
    return lufs;
}

std::optional<double> integratedLufs(const AudioBuffer &sound, const std::stop_token &stop)
{
    constexpr std::int64_t blockFrames = 16384;
    LoudnessMeter meter(sound.format());
    for (std::int64_t at = 0; at < sound.frames(); at += blockFrames) {
        if (stop.stop_requested())
            return std::nullopt;
        (void)meter.write(
            sound.block(at, static_cast<int>(std::min(blockFrames, sound.frames() - at))));
    }
    return meter.integratedLufs();
}

} // namespace engine::analysis
