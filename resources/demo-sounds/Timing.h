// SPDX-License-Identifier: GPL-3.0-or-later
//
// The clock of the demo sounds: sample rates, tempo and pitch.
// Shape: constants and stateless functions. Units: seconds, hertz, beats, MIDI notes plus cents.
// Everything is rendered at twice the rate of the files, so that oscillators, frequency modulation
// and soft clipping keep their aliases above what the half-band filter of Finishing lets through.
#pragma once

#include "engine/base/Units.h"

#include <cmath>
#include <numbers>

namespace demo {

inline constexpr int fileRateHz = 48000;
inline constexpr int oversampling = 2;
inline constexpr double renderRateHz = static_cast<double>(fileRateHz) * oversampling;
inline constexpr double twoPi = 2.0 * std::numbers::pi;

inline constexpr double tempoBpm = 140.0;
inline constexpr double beatS = 60.0 / tempoBpm;
inline constexpr double barS = 4.0 * beatS;

inline int renderFrames(double timeS)
{
    return static_cast<int>(std::lround(timeS * renderRateHz));
}

/// A MIDI note that is off by some cents; the demo sounds are out of tune on purpose.
inline double noteHz(double midiNote, double offsetCents)
{
    return engine::hzFromMidiNote(midiNote + offsetCents / 100.0);
}

inline double ratioFromCents(double cents)
{
    return std::exp2(cents / 1200.0);
}

} // namespace demo
