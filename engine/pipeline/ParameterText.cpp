// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pipeline/ParameterText.h"

#include "engine/base/Text.h"
#include "engine/pipeline/StageTable.h"

#include <algorithm>

namespace engine::pipeline {

namespace {

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

/// As keys are written: lower case, one sign between words.
std::string keyCase(std::string_view text)
{
    std::string key = lowerCase(text);
    for (char &c : key)
        c = c == '-' || c == ' ' ? '_' : c;
    return key;
}

std::optional<double> parseSwitch(std::string_view text)
{
    const std::string word = keyCase(text);
    for (const std::string_view yes : {"on", "true", "yes", "1"}) {
        if (word == yes)
            return 1.0;
    }
    for (const std::string_view no : {"off", "false", "no", "0"}) {
        if (word == no)
            return 0.0;
    }
    return std::nullopt;
}

std::optional<double> parseChoice(const ParameterInfo &info, std::string_view text)
{
    const std::string word = keyCase(text);
    for (std::size_t i = 0; i < info.choices.size(); ++i) {
        const Choice &choice = info.choices[i];
        if (word == choice.key || (!choice.alias.empty() && word == choice.alias))
            return static_cast<double>(i);
    }
    return std::nullopt;
}

/// "D F A", "D,F,A" or "001001000100".
std::optional<double> parseNoteMask(std::string_view text)
{
    unsigned mask = 0;
    if (text.size() == 12 && text.find_first_not_of("01") == std::string_view::npos) {
        for (unsigned i = 0; i < 12; ++i)
            mask |= text[i] == '1' ? 1U << i : 0U;
    } else {
        while (!text.empty()) {
            const std::size_t end = std::min(text.find_first_of(" ,"), text.size());
            const std::string_view note = text.substr(0, end);
            text.remove_prefix(std::min(end + 1, text.size()));
            if (note.empty())
                continue;
            const std::optional<int> pitchClass = dsp::parsePitchClass(note);
            if (!pitchClass)
                return std::nullopt;
            mask |= 1U << *pitchClass;
        }
    }
    return mask == 0 ? std::nullopt : std::optional<double>(mask);
}

std::optional<double> parse(const ParameterInfo &info, std::string_view text)
{
    switch (info.kind) {
    case ParameterKind::Number:
        return parseNumber(text);
    case ParameterKind::Switch:
        return parseSwitch(text);
    case ParameterKind::Choice:
        return parseChoice(info, text);
    case ParameterKind::PitchClass: {
        const std::optional<int> pitchClass = dsp::parsePitchClass(text);
        return pitchClass ? std::optional<double>(*pitchClass) : std::nullopt;
    }
    case ParameterKind::NoteMask:
        return parseNoteMask(text);
    }
    return std::nullopt;
}

std::string withUnit(const ParameterInfo &info, double value)
{
    std::string text = numberText(value);
    if (!info.unit.empty())
        text += (info.unit == "×" ? "" : " ") + std::string(info.unit);
    return text;
}

} // namespace

std::string allowedText(const ParameterInfo &info)
{
    switch (info.kind) {
    case ParameterKind::Number:
        return numberText(info.minimum) + "…" + withUnit(info, info.maximum);
    case ParameterKind::Switch:
        return "on or off";
    case ParameterKind::PitchClass:
        return "C, C#, Db, … B (♯ and ♭ too)";
    case ParameterKind::NoteMask:
        return "note names such as \"D F A\", or twelve 0/1 from C to B with at least one 1";
    case ParameterKind::Choice:
        break;
    }
    std::string text;
    for (const Choice &choice : info.choices)
        text += (text.empty() ? "" : ", ") + std::string(choice.key);
    return text;
}

std::string parameterText(const ParameterInfo &info, double value)
{
    switch (info.kind) {
    case ParameterKind::Number:
        return numberText(value);
    case ParameterKind::Switch:
        return value != 0.0 ? "on" : "off";
    case ParameterKind::Choice:
    case ParameterKind::PitchClass:
        return std::string(info.choices[static_cast<std::size_t>(value)].key);
    case ParameterKind::NoteMask:
        break;
    }
    std::string text;
    for (unsigned i = 0; i < 12; ++i)
        text += (static_cast<unsigned>(value) >> i & 1U) != 0 ? '1' : '0';
    return text;
}

Status checkParameter(const ParameterInfo &info, double value)
{
    const bool whole = info.kind == ParameterKind::Number || value == std::floor(value);
    if (std::isfinite(value) && whole && value >= info.minimum && value <= info.maximum)
        return {};
    return fail(ErrorCode::Usage, numberText(value) + " is outside " + allowedText(info));
}

Result<double> parseParameter(const ParameterInfo &info, std::string_view text)
{
    const std::optional<double> value = parse(info, trimmed(text));
    if (!value) {
        const std::string_view wanted = info.kind == ParameterKind::Number   ? "a number in "
                                        : info.kind == ParameterKind::Choice ? "one of: "
                                                                             : "";
        return fail(ErrorCode::Usage, "\"" + std::string(text) + "\" is not " +
                                          std::string(wanted) + allowedText(info));
    }
    if (Status status = checkParameter(info, *value); !status)
        return tl::unexpected(status.error());
    return *value;
}

double knobPosition(const ParameterInfo &info, double value)
{
    if (info.curve == Curve::Bipolar)
        return value < 0.0 ? 0.5 - 0.5 * value / info.minimum : 0.5 + 0.5 * value / info.maximum;
    return (value - info.minimum) / (info.maximum - info.minimum);
}

double valueAtKnob(const ParameterInfo &info, double position)
{
    position = std::clamp(position, 0.0, 1.0);
    if (info.curve == Curve::Bipolar) {
        return position < 0.5 ? (1.0 - 2.0 * position) * info.minimum
                              : (2.0 * position - 1.0) * info.maximum;
    }
    return std::lerp(info.minimum, info.maximum, position); // exact at both ends
}

std::string parameterTableText()
{
    std::string text;
    std::optional<StageId> stage;
    for (const ParameterInfo &info : parameterTable()) {
        if (stage != info.stage) {
            stage = info.stage;
            text += (text.empty() ? "" : "\n") + std::string(stageRow(info.stage).label) + "\n";
        }
        text += "  --" + std::string(info.flag) + "  (" + std::string(info.key) + ")\n";
        text += "      " + std::string(info.help) + ".\n";
        text += "      " + allowedText(info) + "; default ";
        text += parameterText(info, info.defaultValue()) + "\n";
    }
    return text;
}

} // namespace engine::pipeline
