// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dsp/Mix.h"

#include "engine/base/Units.h"

namespace engine::dsp {

static_assert(TimeBlock<Gain>);

void Mix::process(AudioBlock wet, ConstAudioBlock dry, const Parameters &parameters) noexcept
{
    assert(wet.channels() == dry.channels() && wet.frames() == dry.frames());
    const auto wetShare = static_cast<float>(parameters.dryWet);
    const auto dryShare = static_cast<float>(1.0 - parameters.dryWet);
    if (dryShare == 0.0F)
        return;
    for (int c = 0; c < wet.channels(); ++c) {
        float *out = wet.data(c);
        const float *in = dry.data(c);
        for (int i = 0; i < wet.frames(); ++i)
            out[i] = wetShare * out[i] + dryShare * in[i];
    }
}

void Gain::prepare(const StreamSpec &, const Parameters &parameters)
{
    factor_ = static_cast<float>(gainFromDb(parameters.gainDb));
}

void Gain::process(AudioBlock io) noexcept
{
    if (factor_ == 1.0F)
        return;
    for (int c = 0; c < io.channels(); ++c) {
        for (float &sample : io.channel(c))
            sample *= factor_;
    }
}

} // namespace engine::dsp
