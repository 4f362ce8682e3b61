// SPDX-License-Identifier: GPL-3.0-or-later
//
// The demo sounds, one function each.
// Shape: every function renders a sound of the given length at the render rate, before Finishing
// sets its level and fades. Deterministic; no shared state. Units: seconds.
// All of them are meant for the key of D minor and miss it by tens of cents or by inharmonic
// partials, so that snapping them to the key can be heard.
#pragma once

#include "resources/demo-sounds/StereoBuffer.h"

namespace demo {

StereoBuffer synthesiseReeseGrowl(double durationS);
StereoBuffer synthesiseChordStab(double durationS);
StereoBuffer synthesiseMetalHit(double durationS);
StereoBuffer synthesiseNoiseRiser(double durationS);
StereoBuffer synthesiseSubAndRim(double durationS);
StereoBuffer synthesiseVocalAh(double durationS);
StereoBuffer synthesiseGlassPad(double durationS);
StereoBuffer synthesiseDrumBreak(double durationS);

} // namespace demo
