// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dsp/Distortion.h"

#include "engine/dsp/Shapers.h"

namespace engine::dsp {

static_assert(TimeBlock<Distortion>);

namespace {

/// Frames that are oversampled at a time: small enough for the cache at 16×.
constexpr int chunkFrames = 512;

template <typename Real>
Real valueOf(ShaperCurve curve, Real u)
{
    switch (curve) {
    case ShaperCurve::ClassicFold:
        return classicFold(u);
    case ShaperCurve::TriangleFold:
        return triangleFold(u);
    case ShaperCurve::Tanh:
        break;
    }
    return std::tanh(u);
}

} // namespace

Distortion::Drive Distortion::driveFor(const Parameters &p)
{
    if (p.mode == DistortionMode::Tube) {
        const double steepness = 1.0 + 4.0 * p.warmth;
        return {ShaperCurve::Tanh, steepness * std::max(p.drive, 0.0), 0.0,
                1.0 / std::tanh(steepness), 0.0};
    }
    const ShaperCurve curve =
        p.mode == DistortionMode::Wavefold ? ShaperCurve::ClassicFold : ShaperCurve::TriangleFold;
    const double offset = p.bias * p.foldAmount;
    return {curve, p.foldAmount, offset, 1.0, p.dcBlock ? valueOf(curve, offset) : 0.0};
}

double Distortion::curve(const Parameters &parameters, double x)
{
    const Drive d = driveFor(parameters);
    return valueOf(d.curve, x * d.gain + d.offset) * d.scale - d.rest;
}

void Distortion::prepare(const StreamSpec &spec, const Parameters &parameters)
{
    drive_ = driveFor(parameters);
    oversampled_ = parameters.oversampling != Oversampling::X1;
    // Only a bias, or the Classic fold far out, makes a constant out of a sound that has none.
    blocksDc_ = parameters.dcBlock && drive_.curve != ShaperCurve::Tanh &&
                (parameters.bias != 0.0 ||
                 (drive_.curve == ShaperCurve::ClassicFold && parameters.foldAmount > 1.0));
    channels_.assign(static_cast<std::size_t>(spec.channels), {});
    latencyFrames_ = 0;
    for (Channel &channel : channels_) {
        channel.dcBlocker.prepare(spec.sampleRateHz);
        if (!oversampled_)
            continue;
        const int factor = oversamplingFactor(parameters.oversampling);
        channel.oversampler.prepare(factor, spec.sampleRateHz, chunkFrames,
                                    samplesAveraged(drive_.curve));
        channel.shaper.prepare(drive_.curve);
        latencyFrames_ = channel.oversampler.latencyFrames();
    }
    memoryFrames_ =
        2 * latencyFrames_ + (blocksDc_ ? DcBlocker::memoryFrames(spec.sampleRateHz) : 0);
    reset();
}

void Distortion::reset() noexcept
{
    for (Channel &channel : channels_) {
        channel.dcBlocker.reset();
        if (!oversampled_)
            continue;
        channel.oversampler.reset();
        channel.shaper.reset(drive_.offset);
    }
}

void Distortion::shapePlainly(std::span<float> samples) const noexcept
{
    const auto gain = static_cast<float>(drive_.gain);
    const auto offset = static_cast<float>(drive_.offset / std::max(drive_.gain, 1e-30));
    const auto scale = static_cast<float>(drive_.scale);
    // Rounded as the samples are, so that silence stays exact silence.
    const float rest = drive_.rest != 0.0 ? valueOf(drive_.curve, offset * gain) : 0.0F;
    if (drive_.curve == ShaperCurve::ClassicFold) {
        for (float &sample : samples)
            sample = classicFold((sample + offset) * gain) - rest;
    } else if (drive_.curve == ShaperCurve::TriangleFold) {
        for (float &sample : samples)
            sample = triangleFold((sample + offset) * gain) - rest;
    } else {
        for (float &sample : samples)
            sample = std::tanh(gain * sample) * scale;
    }
}

void Distortion::shapeOversampled(Channel &channel, std::span<float> samples) noexcept
{
    while (!samples.empty()) {
        const int count = std::min(chunkFrames, static_cast<int>(samples.size()));
        float *high = channel.oversampler.up(samples.data(), count);
        channel.shaper.shape(high, count * channel.oversampler.factor(), drive_.gain, drive_.offset,
                             drive_.scale, drive_.rest);
        channel.oversampler.down(samples.data(), count);
        samples = samples.subspan(static_cast<std::size_t>(count));
    }
}

void Distortion::process(AudioBlock io) noexcept
{
    for (int c = 0; c < io.channels(); ++c) {
        Channel &channel = channels_[static_cast<std::size_t>(c)];
        if (oversampled_)
            shapeOversampled(channel, io.channel(c));
        else
            shapePlainly(io.channel(c));
        if (blocksDc_)
            channel.dcBlocker.process(io.channel(c));
    }
}

} // namespace engine::dsp
