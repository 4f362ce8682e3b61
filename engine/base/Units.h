// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every conversion between units, once. Stateless; real-time safe; no errors.
// Units: gains are linear factors, levels dB, pitch MIDI note numbers (A4 = 69 = 440 Hz, ISO 16).
#pragma once

#include <cmath>
#include <cstdint>

namespace engine {

inline double gainFromDb(double db)
{
    return std::pow(10.0, db / 20.0);
}
inline double dbFromGain(double gain)
{
    return 20.0 * std::log10(gain);
}
inline double dbFromPower(double power)
{
    return 10.0 * std::log10(power);
}

inline double hzFromMidiNote(double note)
{
    return 440.0 * std::exp2((note - 69.0) / 12.0);
}
inline double midiNoteFromHz(double hz)
{
    return 69.0 + 12.0 * std::log2(hz / 440.0);
}

/// Nearest whole frame (half goes to even: 5 ms at 44.1 kHz are 220 frames), at least `least`.
inline std::int64_t framesFromMs(double ms, int sampleRateHz, std::int64_t least = 0)
{
    const auto frames = static_cast<std::int64_t>(std::nearbyint(ms * sampleRateHz / 1000.0));
    return frames > least ? frames : least;
}
inline double secondsFromFrames(std::int64_t frames, int sampleRateHz)
{
    return static_cast<double>(frames) / sampleRateHz;
}

} // namespace engine
