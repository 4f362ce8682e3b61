// SPDX-License-Identifier: GPL-3.0-or-later
//
// A loudness meter that shares nothing with libebur128: the standard's own coefficients (for 48
// kHz), applied in the frequency domain at whatever rate the sound has, and both gates.
// Shape: whole sounds, every channel with weight 1. Units: LUFS; −infinity for silence.
// Source: ITU-R BS.1770-4, annex 1, tables 1 and 2.
#pragma once

#include "engine/base/AudioBuffer.h"

namespace tests {

double bs1770Lufs(const engine::AudioBuffer &sound);

} // namespace tests
