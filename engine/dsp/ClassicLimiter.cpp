// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dsp/ClassicLimiter.h"

#include "engine/base/Units.h"

namespace engine::dsp {

static_assert(TimeBlock<ClassicLimiter>);

void ClassicLimiter::prepare(const StreamSpec &spec, const Parameters &parameters)
{
    ceiling_ = gainFromDb(parameters.ceilingDb);
    lookaheadFrames_ = static_cast<int>(framesFromMs(parameters.lookaheadMs, spec.sampleRateHz, 1));
    releaseFrames_ = static_cast<int>(framesFromMs(parameters.releaseMs, spec.sampleRateHz, 1));
    releaseFactor_ = std::exp(-1.0 / releaseFrames_);
    channels_.assign(static_cast<std::size_t>(spec.channels), {});
    for (Channel &channel : channels_) {
        const auto length = static_cast<std::size_t>(lookaheadFrames_);
        channel.delay.resize(length);
        channel.peakValue.resize(length);
        channel.peakTime.resize(length);
    }
    reset();
}

void ClassicLimiter::reset() noexcept
{
    for (Channel &channel : channels_) {
        std::fill(channel.delay.begin(), channel.delay.end(), 0.0F);
        channel.head = channel.count = channel.position = 0;
        channel.now = 0;
        channel.gain = 1.0;
    }
}

float ClassicLimiter::processSample(Channel &channel, float in) noexcept
{
    const auto length = static_cast<std::size_t>(lookaheadFrames_);
    const auto wrap = [length](std::size_t index) {
        return index >= length ? index - length : index;
    };

    // The window ends with the newest sample. Only samples above the ceiling can matter, and of
    // those an older, smaller one can never be the window's peak.
    if (channel.count > 0 && channel.peakTime[channel.head] <= channel.now - lookaheadFrames_) {
        channel.head = wrap(channel.head + 1);
        --channel.count;
    }
    const float peak = std::abs(in);
    if (double{peak} > ceiling_) {
        while (channel.count > 0 &&
               channel.peakValue[wrap(channel.head + channel.count - 1)] <= peak)
            --channel.count;
        const std::size_t slot = wrap(channel.head + channel.count);
        channel.peakValue[slot] = peak;
        channel.peakTime[slot] = channel.now;
        ++channel.count;
    }

    channel.delay[channel.position] = in;
    channel.position = wrap(channel.position + 1);
    const double delayed = channel.delay[channel.position];
    ++channel.now;
    if (channel.now < lookaheadFrames_)
        return 0.0F; // the first window is not complete: no sample of the sound comes out yet

    // Far from any peak the gain stays exactly 1. It never leaves 0…1, so it needs no clipping.
    if (channel.count == 0 && channel.gain == 1.0)
        return static_cast<float>(delayed);
    if (channel.count > 0)
        channel.gain = std::min(channel.gain, ceiling_ / double{channel.peakValue[channel.head]});
    channel.gain = 1.0 - (1.0 - channel.gain) * releaseFactor_;
    return static_cast<float>(delayed * channel.gain);
}

void ClassicLimiter::process(AudioBlock io) noexcept
{
    for (int c = 0; c < io.channels(); ++c) {
        Channel &channel = channels_[static_cast<std::size_t>(c)];
        for (float &sample : io.channel(c))
            sample = processSample(channel, sample);
    }
}

} // namespace engine::dsp
