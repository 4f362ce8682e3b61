// SPDX-License-Identifier: GPL-3.0-or-later
//
// Everything that decides how a sound is processed, as one plain value: the Parameters of each
// block plus what switches it. Defaults are those of the blocks.
// Shape: a value that is copied between threads. Units: as in the blocks. Errors: none; text and
// files are checked where they come in (ParameterText, Preset).
#pragma once

#include "engine/dsp/ClassicLimiter.h"
#include "engine/dsp/ClassicQuantizer.h"
#include "engine/dsp/Distortion.h"
#include "engine/dsp/Mix.h"

namespace engine::pipeline {

struct QuantizerSettings {
    bool on = true;
    dsp::ClassicQuantizer::Parameters classic;
    bool operator==(const QuantizerSettings &) const = default;
};

struct LimiterSettings {
    bool on = true;
    dsp::ClassicLimiter::Parameters classic;
    bool operator==(const LimiterSettings &) const = default;
};

struct Settings {
    QuantizerSettings preQuant;
    dsp::Distortion::Parameters distortion;
    /// While postLink is on only its switch counts; the rest follows preQuant.
    QuantizerSettings postQuant;
    bool postLink = true;
    LimiterSettings limiter;
    dsp::Mix::Parameters mix;
    dsp::Gain::Parameters gain;
    bool operator==(const Settings &) const = default;

    const dsp::ClassicQuantizer::Parameters &postQuantizer() const
    {
        return postLink ? preQuant.classic : postQuant.classic;
    }
};

/// What the earlier prototype did with these settings. The mono downmix belongs to the source.
Settings prototypeCompatible(Settings settings);

} // namespace engine::pipeline
