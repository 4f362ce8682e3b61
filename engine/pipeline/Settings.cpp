// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pipeline/Settings.h"

namespace engine::pipeline {

Settings prototypeCompatible(Settings settings)
{
    settings.distortion.oversampling = dsp::Oversampling::X1;
    settings.distortion.dcBlock = false;
    settings.autoGain.on = false;
    settings.limiter.mode = LimiterMode::Classic;
    return settings;
}

} // namespace engine::pipeline
