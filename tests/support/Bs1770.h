// SPDX-License-Identifier: GPL-3.0-or-later
//
// Integrated loudness written from the recommendation alone, in double precision, so that no
// library vouches for itself. Shape: 1 or 2 channels, any sample rate: the K-weighting is designed
// for the rate from the analogue prototypes. Units: LUFS; −inf for silence and for less than one
// block. Errors: none. Source: ITU-R BS.1770-4, annex 1 (filters, 400 ms blocks with 75 % overlap,
// gates at −70 LUFS and 10 LU below the mean); filter parameters that give its tables at 48 kHz: De
// Man, "Evaluation of implementations of the EBU R128 loudness measurement" (AES 145, 2018).
#pragma once

#include "engine/base/AudioBuffer.h"

namespace tests {

double bs1770Lufs(const engine::AudioBuffer &sound);

} // namespace tests
