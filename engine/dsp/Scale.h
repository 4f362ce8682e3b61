// SPDX-License-Identifier: GPL-3.0-or-later
//
// Keys and scales: which notes a sound may use and how strongly each attracts.
// Shape: a scale is a set of the 12 pitch classes (C = 0 … B = 11); target notes are a list sorted
// by frequency. Units: Hz, semitones; weights are 0…1. Real-time: no (targetNotes allocates).
// Errors: parsePitchClass gives nothing for text that names no note.
// Source: interval sets and role weights are the Classic pipeline's; equal temperament, A4 = 440
// Hz.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace engine::dsp {

enum class ScaleKind : std::uint8_t {
    Major,
    Minor,
    HarmonicMinor,
    Dorian,
    Mixolydian,
    MajorPentatonic,
    MinorPentatonic,
    Chromatic,
    Custom,
};

/// Bit p is pitch class p.
using PitchClassMask = std::uint16_t;
inline constexpr PitchClassMask allPitchClasses = 0xFFF;

struct Scale {
    int rootPitchClass = 2; // D
    ScaleKind kind = ScaleKind::Minor;
    /// The allowed notes of ScaleKind::Custom, absolute (not relative to the root): at least one.
    PitchClassMask customMask = 0b0110'1011'0101; // D minor
    bool operator==(const Scale &) const = default;
};

struct TargetNote {
    int midiNote;
    double frequencyHz;
    double weight;
};

/// The pitch classes of a scale, absolute.
PitchClassMask allowedPitchClasses(const Scale &scale);

/// How strongly a note attracts, by its interval above the root (0…11).
double roleWeight(int semitonesAboveRoot);

/// Every note of the scale within an octave of the range, ascending.
std::vector<TargetNote> targetNotes(const Scale &scale, double lowestHz, double highestHz);

/// C, c#, D♭, E#, Cb …: a letter and at most one accidental (#, b, ♯, ♭), spaces around ignored.
std::optional<int> parsePitchClass(std::string_view text);

} // namespace engine::dsp
