// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pipeline/ParameterTable.h"

#include <algorithm>

namespace engine::pipeline {

namespace {

constexpr std::array scaleChoices{
    Choice{"major", "Major"},
    Choice{"minor", "Natural minor", "natural_minor"},
    Choice{"harmonic_minor", "Harmonic minor"},
    Choice{"dorian", "Dorian"},
    Choice{"mixolydian", "Mixolydian"},
    Choice{"major_pentatonic", "Major pentatonic", "pentatonic"},
    Choice{"minor_pentatonic", "Minor pentatonic"},
    Choice{"chromatic", "Chromatic"},
    Choice{"custom", "Custom"},
};
static_assert(scaleChoices.size() == static_cast<std::size_t>(dsp::ScaleKind::Custom) + 1);

constexpr std::array distortionChoices{
    Choice{"wavefold", "Wavefold"},
    Choice{"multifold", "Multifold"},
    Choice{"tube", "Tube"},
};
static_assert(distortionChoices.size() == static_cast<std::size_t>(dsp::DistortionMode::Tube) + 1);

constexpr std::array oversamplingChoices{
    Choice{"1", "1×", "1x"}, Choice{"2", "2×", "2x"},    Choice{"4", "4×", "4x"},
    Choice{"8", "8×", "8x"}, Choice{"16", "16×", "16x"},
};
static_assert(oversamplingChoices.size() == static_cast<std::size_t>(dsp::Oversampling::X16) + 1);

constexpr std::array limiterChoices{
    Choice{"true_peak", "True peak"},
    Choice{"classic", "Classic"},
};
static_assert(limiterChoices.size() == static_cast<std::size_t>(LimiterMode::Classic) + 1);

/// The spelling that is written; every other spelling is read too.
constexpr std::array pitchClassChoices{
    Choice{"C", "C"},      Choice{"C#", "C♯/D♭"}, Choice{"D", "D"},      Choice{"D#", "D♯/E♭"},
    Choice{"E", "E"},      Choice{"F", "F"},      Choice{"F#", "F♯/G♭"}, Choice{"G", "G"},
    Choice{"G#", "G♯/A♭"}, Choice{"A", "A"},      Choice{"A#", "A♯/B♭"}, Choice{"B", "B"},
};

// A field is reached through a function that gives a reference to it in any Settings; the rows
// below are made from that and the field's type.
template <typename Field>
constexpr double toValue(const Field &field)
{
    return static_cast<double>(field);
}

template <auto fieldOf>
constexpr double readField(const Settings &settings)
{
    return toValue(fieldOf(settings));
}

template <auto fieldOf>
constexpr void writeField(Settings &settings, double value)
{
    auto &field = fieldOf(settings);
    using Field = std::remove_reference_t<decltype(field)>;
    if constexpr (std::is_enum_v<Field>)
        field = static_cast<Field>(static_cast<int>(value));
    else if constexpr (std::is_same_v<Field, bool>)
        field = value != 0.0;
    else
        field = static_cast<Field>(value);
}

struct Name {
    ParameterId id;
    std::string_view key;
    std::string_view flag;
    std::string_view label;
    StageId stage;
};

template <auto fieldOf>
constexpr ParameterInfo number(Name n, std::string_view unit, double minimum, double maximum,
                               int decimals, Curve curve, std::string_view help)
{
    return {n.id,
            n.key,
            n.flag,
            n.label,
            n.stage,
            ParameterKind::Number,
            unit,
            minimum,
            maximum,
            decimals,
            curve,
            Effect::Continuous,
            {},
            help,
            &readField<fieldOf>,
            &writeField<fieldOf>};
}

template <auto fieldOf>
constexpr ParameterInfo onOff(Name n, std::string_view help)
{
    return {n.id,
            n.key,
            n.flag,
            n.label,
            n.stage,
            ParameterKind::Switch,
            "",
            0,
            1,
            0,
            Curve::Linear,
            Effect::Structural,
            {},
            help,
            &readField<fieldOf>,
            &writeField<fieldOf>};
}

template <auto fieldOf>
constexpr ParameterInfo choice(Name n, ParameterKind kind, std::span<const Choice> choices,
                               std::string_view help)
{
    return {n.id,
            n.key,
            n.flag,
            n.label,
            n.stage,
            kind,
            "",
            0,
            static_cast<double>(choices.size()) - 1,
            0,
            Curve::Linear,
            Effect::Structural,
            choices,
            help,
            &readField<fieldOf>,
            &writeField<fieldOf>};
}

template <auto fieldOf>
constexpr ParameterInfo noteMask(Name n, std::string_view help)
{
    return {n.id,
            n.key,
            n.flag,
            n.label,
            n.stage,
            ParameterKind::NoteMask,
            "",
            1,
            dsp::allPitchClasses,
            0,
            Curve::Linear,
            Effect::Structural,
            {},
            help,
            &readField<fieldOf>,
            &writeField<fieldOf>};
}

// NOLINTNEXTLINE: shorter than repeating the lambda's shape in 24 rows
#define FIELD(path)                                                                                \
    [](auto &settings) -> auto &                                                                   \
    {                                                                                              \
        return settings.path;                                                                      \
    }

using Id = ParameterId;
using Kind = ParameterKind;

constexpr std::array<ParameterInfo, parameterCount> table{{
    choice<FIELD(preQuant.classic.scale.rootPitchClass)>(
        {Id::Key, "key", "key", "Key", StageId::PreQuant}, Kind::PitchClass, pitchClassChoices,
        "Root note of the scale"),
    choice<FIELD(preQuant.classic.scale.kind)>(
        {Id::ScaleName, "scale", "scale", "Scale", StageId::PreQuant}, Kind::Choice, scaleChoices,
        "Notes the sound may use"),
    noteMask<FIELD(preQuant.classic.scale.customMask)>(
        {Id::Mask, "mask", "mask", "Notes", StageId::PreQuant},
        "The allowed notes; giving them makes the scale custom"),
    number<FIELD(preQuant.classic.snapStrength)>(
        {Id::SnapStrength, "snap_strength", "snap-strength", "Snap", StageId::PreQuant}, "", 0, 1,
        2, Curve::Linear, "How far each partial moves toward its nearest allowed note"),
    number<FIELD(preQuant.classic.smear)>(
        {Id::Smear, "smear", "smear", "Smear", StageId::PreQuant}, "", 0, 1, 2, Curve::Linear,
        "Spreads moved energy over neighbouring bins: softer, less robotic"),
    onOff<FIELD(preQuant.classic.binSmoothing)>(
        {Id::BinSmoothing, "bin_smoothing", "bin-smoothing", "Bin smoothing", StageId::PreQuant},
        "Evens out jumps between neighbouring bins"),
    onOff<FIELD(preQuant.on)>(
        {Id::PreQuant, "pre_quant", "pre-quant", "Pre-Quant", StageId::PreQuant},
        "Snap the sound's partials to the scale before distortion"),

    onOff<FIELD(distortionOn)>(
        {Id::DistortionOn, "distortion_on", "distortion", "Distortion", StageId::Distortion},
        "Distortion on or off"),
    choice<FIELD(distortion.mode)>(
        {Id::DistortionMode, "distortion_mode", "distortion-mode", "Type", StageId::Distortion},
        Kind::Choice, distortionChoices,
        "Kind of distortion: wavefold folds once, multifold for ever, tube saturates"),
    number<FIELD(distortion.foldAmount)>(
        {Id::FoldAmount, "fold_amount", "fold-amount", "Fold", StageId::Distortion}, "×", 0, 10, 1,
        Curve::Linear,
        "Gain into the folder: more folds, more harmonics. High notes driven hard want 8× or 16×"),
    number<FIELD(distortion.bias)>({Id::Bias, "bias", "bias", "Bias", StageId::Distortion}, "", -1,
                                   1, 2, Curve::Bipolar,
                                   "Shifts the wave before folding: adds even harmonics"),
    number<FIELD(distortion.drive)>({Id::Drive, "drive", "drive", "Drive", StageId::Distortion},
                                    "×", 0, 10, 1, Curve::Linear, "Gain into the tube"),
    number<FIELD(distortion.warmth)>(
        {Id::Warmth, "warmth", "warmth", "Warmth", StageId::Distortion}, "", 0, 1, 2, Curve::Linear,
        "Steepness of the tube's curve"),
    choice<FIELD(distortion.oversampling)>(
        {Id::Oversampling, "oversampling", "oversampling", "Oversampling", StageId::Distortion},
        Kind::Choice, oversamplingChoices,
        "Less aliasing for more time; 1 is the plain shaper with its aliases"),
    onOff<FIELD(distortion.dcBlock)>(
        {Id::DcBlock, "dc_block", "dc-block", "DC block", StageId::Distortion},
        "Takes away the constant that bias and asymmetric folding add"),

    onOff<FIELD(postQuant.on)>(
        {Id::PostQuant, "post_quant", "post-quant", "Post-Quant", StageId::PostQuant},
        "Snap again what the distortion added"),
    onOff<FIELD(postLink)>(
        {Id::PostLink, "post_link", "post-link", "Linked to Pre-Quant", StageId::PostQuant},
        "On: key, scale, snap and smear of Pre-Quant. Off: Post-Quant's own"),
    choice<FIELD(postQuant.classic.scale.rootPitchClass)>(
        {Id::PostKey, "post_key", "post-key", "Key", StageId::PostQuant}, Kind::PitchClass,
        pitchClassChoices, "Root note of Post-Quant's own scale"),
    choice<FIELD(postQuant.classic.scale.kind)>(
        {Id::PostScale, "post_scale", "post-scale", "Scale", StageId::PostQuant}, Kind::Choice,
        scaleChoices, "Notes that Post-Quant lets through"),
    noteMask<FIELD(postQuant.classic.scale.customMask)>(
        {Id::PostMask, "post_mask", "post-mask", "Notes", StageId::PostQuant},
        "The allowed notes of Post-Quant; giving them makes its scale custom"),
    number<FIELD(postQuant.classic.snapStrength)>(
        {Id::PostSnapStrength, "post_snap_strength", "post-snap-strength", "Snap",
         StageId::PostQuant},
        "", 0, 1, 2, Curve::Linear, "Snap strength of Post-Quant"),
    number<FIELD(postQuant.classic.smear)>(
        {Id::PostSmear, "post_smear", "post-smear", "Smear", StageId::PostQuant}, "", 0, 1, 2,
        Curve::Linear, "Smear of Post-Quant"),
    onOff<FIELD(postQuant.classic.binSmoothing)>({Id::PostBinSmoothing, "post_bin_smoothing",
                                                  "post-bin-smoothing", "Bin smoothing",
                                                  StageId::PostQuant},
                                                 "Bin smoothing of Post-Quant"),

    onOff<FIELD(autoGain.on)>(
        {Id::AutoGain, "auto_gain", "auto-gain", "Level match", StageId::AutoGain},
        "Keeps the wet sound as loud as the input (BS.1770 integrated)"),
    number<FIELD(mix.dryWet)>({Id::DryWet, "dry_wet", "dry-wet", "Dry/Wet", StageId::Mix}, "", 0, 1,
                              2, Curve::Linear, "Blend with the unprocessed sound, time-aligned"),
    number<FIELD(gain.gainDb)>(
        {Id::OutputGainDb, "output_gain_db", "output-gain-db", "Gain", StageId::Gain}, "dB", -12,
        12, 1, Curve::Bipolar, "Level after the blend"),

    onOff<FIELD(limiter.on)>({Id::LimiterOn, "limiter_on", "limiter", "Limiter", StageId::Limiter},
                             "Keeps peaks under the ceiling"),
    choice<FIELD(limiter.mode)>(
        {Id::LimiterMode, "limiter_mode", "limiter-mode", "Limiter type", StageId::Limiter},
        Kind::Choice, limiterChoices,
        "True peak: last in the chain, no peak passes. Classic: the prototype's, before the blend"),
    number<FIELD(limiter.levels.ceilingDb)>({Id::LimiterCeilingDb, "limiter_ceiling_db",
                                             "limiter-ceiling-db", "Ceiling", StageId::Limiter},
                                            "dB", -12, -0.1, 1, Curve::Linear,
                                            "Highest peak allowed"),
    number<FIELD(limiter.levels.lookaheadMs)>(
        {Id::LimiterLookaheadMs, "limiter_lookahead_ms", "limiter-lookahead-ms", "Look-ahead",
         StageId::Limiter},
        "ms", 0.5, 20, 1, Curve::Linear, "How early the gain begins to fall before a peak"),
    number<FIELD(limiter.levels.releaseMs)>({Id::LimiterReleaseMs, "limiter_release_ms",
                                             "limiter-release-ms", "Release", StageId::Limiter},
                                            "ms", 1, 1000, 0, Curve::Linear,
                                            "How long the gain takes to come back after a peak"),
}};

#undef FIELD

constexpr bool tableIsSound()
{
    for (std::size_t i = 0; i < table.size(); ++i) {
        const ParameterInfo &info = table[i];
        if (info.id != static_cast<ParameterId>(i))
            return false;
        const double value = info.read(Settings{});
        if (value < info.minimum || value > info.maximum)
            return false;
        for (std::size_t j = 0; j < i; ++j) {
            if (table[j].key == info.key || table[j].flag == info.flag)
                return false;
        }
    }
    return true;
}
static_assert(tableIsSound(), "ids in order, keys and flags unique, defaults inside their ranges");

} // namespace

std::span<const ParameterInfo> parameterTable()
{
    return table;
}

const ParameterInfo &parameterInfo(ParameterId id)
{
    return table[static_cast<std::size_t>(id)];
}

const ParameterInfo *findParameterByKey(std::string_view key)
{
    const auto *found = std::find_if(table.begin(), table.end(),
                                     [key](const ParameterInfo &info) { return info.key == key; });
    return found == table.end() ? nullptr : found;
}

void applyParameter(Settings &settings, const ParameterInfo &info, double value)
{
    info.write(settings, value);
    if (info.id == ParameterId::Mask)
        settings.preQuant.classic.scale.kind = dsp::ScaleKind::Custom;
    if (info.id == ParameterId::PostMask)
        settings.postQuant.classic.scale.kind = dsp::ScaleKind::Custom;
    if (info.unlinksPost())
        settings.postLink = false;
}

} // namespace engine::pipeline
