// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dsp/Distortion.h"

#include <cmath>

namespace engine::dsp {

static_assert(TimeBlock<Distortion>);

void Distortion::prepare(const StreamSpec &, const Parameters &parameters)
{
    parameters_ = parameters;
}

void Distortion::process(AudioBlock io) noexcept
{
    if (parameters_.mode == DistortionMode::Wavefold) {
        const auto amount = static_cast<float>(parameters_.foldAmount);
        const auto bias = static_cast<float>(parameters_.bias);
        for (int c = 0; c < io.channels(); ++c) {
            for (float &sample : io.channel(c))
                sample = foldSample(sample, amount, bias);
        }
        return;
    }
    const double steepness = 1.0 + 4.0 * parameters_.warmth;
    const auto gain = static_cast<float>(steepness * std::max(parameters_.drive, 0.0));
    const auto normalise = static_cast<float>(1.0 / std::tanh(steepness));
    for (int c = 0; c < io.channels(); ++c) {
        for (float &sample : io.channel(c))
            sample = std::tanh(gain * sample) * normalise;
    }
}

} // namespace engine::dsp
