// SPDX-License-Identifier: GPL-3.0-or-later
//
// TABLE 2: every control. One row says what it is called everywhere (key in files, flag on the
// command line, label on screen), what it may hold, and which field of Settings it is. Presets,
// flags, validation, --help-parameters and knobs read it. The default is not written here: it is
// what a fresh Settings holds.
// Shape: parameterCount rows; a value is a double: a number in its unit, 0/1 for a switch, the
// index of a choice, the bits of a note mask. Units: in the row. Real-time: reading and writing
// fields yes. Errors: none; text is checked by ParameterText.
#pragma once

#include "engine/pipeline/Settings.h"
#include "engine/pipeline/StageId.h"

#include <optional>
#include <span>
#include <string_view>

namespace engine::pipeline {

enum class ParameterId : std::uint8_t {
    Key,
    ScaleName,
    Mask,
    SnapStrength,
    Smear,
    BinSmoothing,
    PreQuant,
    DistortionOn,
    DistortionMode,
    FoldAmount,
    Bias,
    Drive,
    Warmth,
    Oversampling,
    DcBlock,
    PostQuant,
    PostLink,
    PostKey,
    PostScale,
    PostMask,
    PostSnapStrength,
    PostSmear,
    PostBinSmoothing,
    AutoGain,
    DryWet,
    OutputGainDb,
    LimiterOn,
    LimiterMode,
    LimiterCeilingDb,
    LimiterLookaheadMs,
    LimiterReleaseMs,
};
inline constexpr std::size_t parameterCount = 31;

enum class ParameterKind : std::uint8_t { Number, Switch, Choice, PitchClass, NoteMask };

/// How a knob's travel maps to the value. Bipolar: zero in the middle, each half linear.
enum class Curve : std::uint8_t { Linear, Bipolar };

/// Continuous: may glide while the sound runs. Structural: stages are prepared anew.
enum class Effect : std::uint8_t { Continuous, Structural };

struct Choice {
    std::string_view key;
    std::string_view label;
    std::string_view alias = {}; ///< an older or longer name that is read, never written
};

struct ParameterInfo {
    ParameterId id;
    std::string_view key;
    std::string_view flag; ///< without the dashes
    std::string_view label;
    StageId stage;
    ParameterKind kind;
    std::string_view unit;
    double minimum;
    double maximum;
    int decimals;
    Curve curve;
    Effect effect;
    std::span<const Choice> choices;
    std::string_view help;
    double (*read)(const Settings &);
    void (*write)(Settings &, double);

    double defaultValue() const { return read(Settings{}); }
    /// Belongs to the post-quantizer's own settings: giving it a value ends the link.
    bool unlinksPost() const
    {
        return id >= ParameterId::PostKey && id <= ParameterId::PostBinSmoothing;
    }
};

std::span<const ParameterInfo> parameterTable();
const ParameterInfo &parameterInfo(ParameterId id);
const ParameterInfo *findParameterByKey(std::string_view key);

/// Writes the value and what follows from it: a mask makes its scale custom, a setting of the
/// post-quantizer's own ends the link.
void applyParameter(Settings &settings, const ParameterInfo &info, double value);

} // namespace engine::pipeline
