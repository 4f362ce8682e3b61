// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pipeline/Settings.h"

namespace engine::pipeline {

Settings prototypeCompatible(Settings settings)
{
    // Every quantizer, shaper and limiter there is so far is the prototype's own.
    return settings;
}

} // namespace engine::pipeline
