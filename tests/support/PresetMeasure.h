// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a preset does to the sounds it is made for, in numbers, and how far two presets are from
// each other: in what they set, and in what comes out of them for one and the same sound.
// Shape: whole sounds or a window of them. Units: LU, dB, Hz, shares of 1. Errors: a render that
// fails ends the program with an exception.
#pragma once

#include "engine/base/AudioBuffer.h"
#include "engine/io/Preset.h"

#include <array>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace tests {

/// Below, the bins of the quantizer are wider than 15 cents to either side of any note.
inline constexpr double inKeyFromHz = 400.0;

struct SoundNumbers {
    double lufs = 0.0;
    double crestDb = 0.0;    ///< highest sample over RMS
    double centroidHz = 0.0; ///< of the average power spectrum
    double truePeakDb = 0.0;
    double inKey = 0.0;           ///< share of the energy within 15 cents of the preset's scale
    double tonal = 0.0;           ///< share of the energy in narrow peaks of 8192-point spectra
    std::vector<double> envelope; ///< RMS of 10 ms each
};

struct PresetNumbers {
    std::string material;
    SoundNumbers before;
    SoundNumbers after;
    double loudnessChange = 0.0;      ///< LU
    double envelopeCorrelation = 0.0; ///< of before and after: 1 keeps every hit where it was
};

/// The demo sounds by name, as the program finds them.
std::map<std::string, engine::AudioBuffer> demoSounds();
/// The loudest two and a half seconds of it.
engine::AudioBuffer loudestOf(const engine::AudioBuffer &sound);

PresetNumbers measurePreset(const engine::io::Preset &preset, const std::string &material,
                            const engine::AudioBuffer &sound);
/// The loudness alone, in LU.
double loudnessChange(const engine::io::Preset &preset, const engine::AudioBuffer &sound);
engine::AudioBuffer renderPreset(const engine::io::Preset &preset,
                                 const engine::AudioBuffer &sound);

/// Levels in thirds of an octave and in pitch classes, for each part of the probe: where every
/// demo sound is heard for a moment.
using Fingerprint = std::vector<double>;
engine::AudioBuffer probeOf(const std::map<std::string, engine::AudioBuffer> &sounds);
Fingerprint fingerprint(const engine::AudioBuffer &rendered);
/// Root of the mean squared difference of levels, in dB, after the overall level is taken out.
double distanceDb(const Fingerprint &a, const Fingerprint &b);
/// Sum over the parameters that sound: knobs by their travel, everything else 1 where it differs.
double parameterDistance(const engine::pipeline::Settings &a, const engine::pipeline::Settings &b);

} // namespace tests
