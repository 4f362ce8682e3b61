// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dsp/Scale.h"

#include "engine/base/Units.h"

#include <algorithm>
#include <cassert>

namespace engine::dsp {

namespace {

constexpr PitchClassMask intervals(std::initializer_list<int> semitones)
{
    PitchClassMask mask = 0;
    for (const int semitone : semitones)
        mask = static_cast<PitchClassMask>(mask | (1U << semitone));
    return mask;
}

PitchClassMask intervalsOf(ScaleKind kind)
{
    switch (kind) {
    case ScaleKind::Major:
        return intervals({0, 2, 4, 5, 7, 9, 11});
    case ScaleKind::Minor:
        return intervals({0, 2, 3, 5, 7, 8, 10});
    case ScaleKind::HarmonicMinor:
        return intervals({0, 2, 3, 5, 7, 8, 11});
    case ScaleKind::Dorian:
        return intervals({0, 2, 3, 5, 7, 9, 10});
    case ScaleKind::Mixolydian:
        return intervals({0, 2, 4, 5, 7, 9, 10});
    case ScaleKind::MajorPentatonic:
        return intervals({0, 2, 4, 7, 9});
    case ScaleKind::MinorPentatonic:
        return intervals({0, 3, 5, 7, 10});
    case ScaleKind::Chromatic:
    case ScaleKind::Custom:
        break;
    }
    return allPitchClasses;
}

} // namespace

PitchClassMask allowedPitchClasses(const Scale &scale)
{
    if (scale.kind == ScaleKind::Custom)
        return scale.customMask & allPitchClasses;
    const unsigned relative = intervalsOf(scale.kind);
    const auto root = static_cast<unsigned>(scale.rootPitchClass);
    return static_cast<PitchClassMask>((relative << root | relative >> (12 - root)) &
                                       allPitchClasses);
}

double roleWeight(int semitonesAboveRoot)
{
    switch (semitonesAboveRoot) {
    case 0:
        return 1.0;
    case 7:
        return 0.8;
    case 3:
    case 4:
        return 0.7;
    case 10:
    case 11:
        return 0.6;
    default:
        return 0.5;
    }
}

std::vector<TargetNote> targetNotes(const Scale &scale, double lowestHz, double highestHz)
{
    const PitchClassMask allowed = allowedPitchClasses(scale);
    assert(allowed != 0);
    // The audible range bounds the notes; an octave more on both sides catches the edge bins.
    const int first = static_cast<int>(std::floor(midiNoteFromHz(std::max(lowestHz, 20.0)))) - 12;
    const int last = static_cast<int>(std::ceil(midiNoteFromHz(std::min(highestHz, 22050.0)))) + 12;
    std::vector<TargetNote> notes;
    for (int note = first; note <= last; ++note) {
        const int pitchClass = ((note % 12) + 12) % 12;
        if ((allowed >> pitchClass & 1) == 0)
            continue;
        const double hz = hzFromMidiNote(note);
        if (hz < lowestHz / 2 || hz > highestHz * 2)
            continue;
        notes.push_back({note, hz, roleWeight((pitchClass - scale.rootPitchClass + 12) % 12)});
    }
    return notes;
}

std::optional<int> parsePitchClass(std::string_view text)
{
    const auto isSpace = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.empty() && isSpace(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isSpace(text.back()))
        text.remove_suffix(1);
    if (text.empty())
        return std::nullopt;

    constexpr std::string_view letters = "cdefgab";
    constexpr int semitones[] = {0, 2, 4, 5, 7, 9, 11};
    const char letter =
        text[0] >= 'A' && text[0] <= 'Z' ? static_cast<char>(text[0] + 32) : text[0];
    const std::size_t position = letters.find(letter);
    if (position == std::string_view::npos)
        return std::nullopt;

    const std::string_view accidental = text.substr(1);
    int shift = 0;
    if (accidental == "#" || accidental == "\u266F")
        shift = 1;
    else if (accidental == "b" || accidental == "B" || accidental == "\u266D")
        shift = -1;
    else if (!accidental.empty())
        return std::nullopt;
    return (semitones[position] + shift + 12) % 12;
}

} // namespace engine::dsp
