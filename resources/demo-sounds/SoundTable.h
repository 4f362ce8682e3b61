// SPDX-License-Identifier: GPL-3.0-or-later
//
// The list of demo sounds: what each is called, says and lasts.
// Shape: a constant table. Units: seconds; peaks in dB below full scale.
#pragma once

#include "resources/demo-sounds/StereoBuffer.h"

#include <span>

namespace demo {

struct DemoSound {
    const char *fileName;
    const char *title;
    const char *description;
    double durationS;
    double peakDb;
    StereoBuffer (*synthesise)(double durationS);
};

std::span<const DemoSound> demoSounds();

} // namespace demo
