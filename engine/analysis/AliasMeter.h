// SPDX-License-Identifier: GPL-3.0-or-later
//
// How much of what the distortion adds is alias: a sine goes through the shaper as it is set, and
// all that is not at a multiple of it, up to 20 kHz, is set against what is.
// Shape: one number. Units: dB (energy of aliases over energy of harmonics), Hz, linear amplitude.
// Real-time: no; about 10 ms. Errors: none; −200 dB where nothing is left.
// Source: measured on the project's own shaper, so it holds for exactly these settings.
#pragma once

#include "engine/dsp/Distortion.h"

namespace engine::analysis {

/// The probe is moved to the nearest frequency that the measurement resolves exactly.
/// Requires: 20 Hz <= probeHz < 0.45 * sampleRateHz, amplitude > 0.
double aliasToSignalDb(const dsp::Distortion::Parameters &parameters, int sampleRateHz,
                       double probeHz, double amplitude = 0.9);

} // namespace engine::analysis
