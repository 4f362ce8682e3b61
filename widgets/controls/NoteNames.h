// SPDX-License-Identifier: GPL-3.0-or-later
//
// How notes are written: with sharps or flats as the key asks, the raised seventh of a harmonic
// minor always as a sharp. Shape: free functions of a pitch class, C = 0 … B = 11.
// Real-time: no. Errors: none.
#pragma once

#include "engine/dsp/Scale.h"

#include <QString>

namespace widgets {

inline constexpr bool isBlackKey(int pitchClass)
{
    return (0b0101'0100'1010 >> pitchClass & 1) != 0;
}

/// Whether the key's signature has flats (its relative major is F, B♭, E♭, A♭, D♭ or, in minor
/// keys, G♭).
bool keyHasFlats(const engine::dsp::Scale &scale);
/// "A♭"
QString noteName(int pitchClass, const engine::dsp::Scale &scale);
/// "A flat"
QString spokenNoteName(int pitchClass, const engine::dsp::Scale &scale);
/// The root itself, in a scale of this kind: "E♭" in minor, "F♯" in major.
QString rootName(int pitchClass, engine::dsp::ScaleKind kind);

} // namespace widgets
