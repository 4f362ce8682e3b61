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
#include "engine/dsp/TruePeakLimiter.h"

namespace engine::pipeline {

struct QuantizerSettings {
    bool on = true;
    dsp::ClassicQuantizer::Parameters classic;
    bool operator==(const QuantizerSettings &) const = default;
};

/// Which of the two limiter rows of the stage table runs.
enum class LimiterMode : std::uint8_t { TruePeak, Classic };

struct LimiterSettings {
    bool on = true;
    LimiterMode mode = LimiterMode::TruePeak;
    dsp::TruePeakLimiter::Parameters levels; ///< for both kinds
    bool operator==(const LimiterSettings &) const = default;

    dsp::ClassicLimiter::Parameters classic() const
    {
        return {levels.ceilingDb, levels.lookaheadMs, levels.releaseMs};
    }
};

/// Keeps the wet sound as loud as the input.
struct AutoGainSettings {
    bool on = false;
    /// What the last measurement asks for. Not a parameter: a render measures it first.
    dsp::Gain::Parameters measured;
    bool operator==(const AutoGainSettings &) const = default;
};

struct Settings {
    QuantizerSettings preQuant;
    bool distortionOn = true;
    dsp::Distortion::Parameters distortion;
    /// While postLink is on only its switch counts; the rest follows preQuant.
    QuantizerSettings postQuant;
    bool postLink = true;
    AutoGainSettings autoGain;
    dsp::Mix::Parameters mix;
    dsp::Gain::Parameters gain;
    LimiterSettings limiter;
    bool operator==(const Settings &) const = default;

    const dsp::ClassicQuantizer::Parameters &postQuantizer() const
    {
        return postLink ? preQuant.classic : postQuant.classic;
    }
};

/// What the earlier prototype did with these settings. The mono downmix belongs to the source.
Settings prototypeCompatible(Settings settings);

} // namespace engine::pipeline
