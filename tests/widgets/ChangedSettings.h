// SPDX-License-Identifier: GPL-3.0-or-later
//
// Settings for tests of what is shown.
#pragma once

#include "engine/pipeline/ParameterTable.h"

/// Every field differs from its default.
inline engine::pipeline::Settings otherThanDefault()
{
    using namespace engine::pipeline;
    Settings settings;
    for (const ParameterInfo &info : parameterTable()) {
        const double before = info.defaultValue();
        double value = info.kind == ParameterKind::Number ? info.minimum : before + 1;
        if (info.kind == ParameterKind::Switch)
            value = before != 0.0 ? 0.0 : 1.0;
        else if (info.kind == ParameterKind::NoteMask)
            value = 0b0000'1001'0001;
        else if (value == before)
            value = info.maximum;
        else if (value > info.maximum)
            value = info.minimum;
        info.write(settings, value);
    }
    return settings;
}
