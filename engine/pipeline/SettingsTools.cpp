// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pipeline/SettingsTools.h"

#include "engine/base/Text.h"
#include "engine/pipeline/ParameterText.h"

#include <algorithm>
#include <cmath>

namespace engine::pipeline {

namespace {

constexpr double percent = 100.0;

bool isShare(const ParameterInfo &info)
{
    return info.unit.empty() && info.minimum == 0.0 && info.maximum == 1.0;
}

/// "5.0", with one decimal more only where the value has it.
std::string shownNumber(double value, int decimals)
{
    const double steps = value * std::pow(10.0, decimals);
    if (std::abs(steps - std::round(steps)) > 1e-6)
        ++decimals;
    std::string text = fixedText(std::abs(value), decimals);
    const bool zero = text.find_first_not_of("0.") == std::string::npos;
    return value < 0.0 && !zero ? "−" + text : text;
}

std::string numberInWords(const ParameterInfo &info, double value)
{
    if (isShare(info))
        return shownNumber(percent * value, info.decimals - 2) + " %";
    std::string text = shownNumber(value, info.decimals);
    if (info.curve == Curve::Bipolar && value > 0.0)
        text.insert(0, "+");
    if (!info.unit.empty())
        text += (info.unit == "×" ? "" : " ") + std::string(info.unit);
    return text;
}

std::string noteNames(unsigned mask)
{
    const std::span<const Choice> names = parameterInfo(ParameterId::Key).choices;
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if ((mask >> i & 1U) != 0)
            text += (text.empty() ? "" : " ") + std::string(names[i].key);
    }
    return text;
}

/// Whether the value is what a render would use.
bool counts(ParameterId id, const Settings &settings)
{
    if (parameterInfo(id).unlinksPost() && settings.postLink)
        return false;
    if (id == ParameterId::Mask)
        return settings.preQuant.classic.scale.kind == dsp::ScaleKind::Custom;
    if (id == ParameterId::PostMask)
        return settings.postQuant.classic.scale.kind == dsp::ScaleKind::Custom;
    return true;
}

} // namespace

Settings applyPreset(const Settings &current, const Settings &preset, const ParameterSet &locks)
{
    Settings result = preset;
    Settings kept = current;
    if (!(locks.contains(ParameterId::PostLink) ? current : preset).postLink) {
        result.postQuant.classic = preset.postQuantizer();
        kept.postQuant.classic = current.postQuantizer();
    }
    for (const ParameterInfo &info : parameterTable()) {
        if (locks.contains(info.id))
            info.write(result, info.read(kept));
    }
    return result;
}

std::string englishValue(const ParameterInfo &info, double value)
{
    switch (info.kind) {
    case ParameterKind::Number:
        return numberInWords(info, value);
    case ParameterKind::Switch:
        return value != 0.0 ? "on" : "off";
    case ParameterKind::Choice:
    case ParameterKind::PitchClass:
        return std::string(info.choices[static_cast<std::size_t>(value)].label);
    case ParameterKind::NoteMask:
        break;
    }
    return noteNames(static_cast<unsigned>(value));
}

std::vector<Difference> differences(const Settings &a, const Settings &b)
{
    std::vector<Difference> list;
    for (const ParameterInfo &info : parameterTable()) {
        const double before = info.read(a);
        const double after = info.read(b);
        if (before != after && (counts(info.id, a) || counts(info.id, b)))
            list.push_back(
                {info.id, before, after, englishValue(info, before), englishValue(info, after)});
    }
    return list;
}

std::string differenceText(const Difference &difference)
{
    return std::string(parameterInfo(difference.id).label) + " " + difference.beforeText + " → " +
           difference.afterText;
}

Settings morph(const Settings &a, const Settings &b, double t)
{
    if (!(t > 0.0))
        return a;
    if (t >= 1.0)
        return b;
    Settings from = a;
    Settings to = b;
    if (a.postLink != b.postLink) {
        // What sounds on the linked side is Pre-Quant's.
        from.postQuant.classic = a.postQuantizer();
        to.postQuant.classic = b.postQuantizer();
    }
    Settings result = t < 0.5 ? a : b;
    for (const ParameterInfo &info : parameterTable()) {
        if (info.kind != ParameterKind::Number)
            continue;
        const double first = info.read(from);
        const double last = info.read(to);
        // Equal ends stay to the bit.
        if (first == last)
            info.write(result, first);
        else
            info.write(result, valueAtKnob(info, std::lerp(knobPosition(info, first),
                                                           knobPosition(info, last), t)));
    }
    return result;
}

} // namespace engine::pipeline
