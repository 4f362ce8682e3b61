// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a person plays to find out whether and where they hear something: a sine on the left side,
// a pause, the same on the right.
// Shape: stereo. Units: 1 kHz at −18 dBFS (EBU R 68's alignment level), 0.8 s a side, 10 ms fades.
// Real-time: no (allocates). Errors: none.
#pragma once

#include "engine/base/AudioBuffer.h"

#include <memory>

namespace engine::playback {

std::shared_ptr<const AudioBuffer> testTone(int sampleRateHz);

} // namespace engine::playback
