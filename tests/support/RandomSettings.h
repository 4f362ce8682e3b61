// SPDX-License-Identifier: GPL-3.0-or-later
//
// Settings that hold any allowed value, the same on every machine. Shape: values. Errors: none.
#pragma once

#include "engine/pipeline/ParameterTable.h"
#include "tests/support/Signals.h"

#include <cmath>

namespace tests {

/// Numbers anywhere in the range, now and then at its ends; whole where the kind is.
inline double anyValue(const engine::pipeline::ParameterInfo &info, Random &random)
{
    if (random.chance(0.05))
        return random.chance(0.5) ? info.minimum : info.maximum;
    const double value = random.between(info.minimum, info.maximum);
    return info.kind == engine::pipeline::ParameterKind::Number ? value : std::round(value);
}

inline engine::pipeline::Settings anySettings(Random &random)
{
    engine::pipeline::Settings settings;
    for (const auto &info : engine::pipeline::parameterTable())
        info.write(settings, anyValue(info, random));
    return settings;
}

} // namespace tests
