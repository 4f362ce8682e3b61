// SPDX-License-Identifier: GPL-3.0-or-later
//
// The drum machine: kick, sub bass, snare, rimshot, hats and toms.
// Shape: each function adds one hit to a buffer, starting at startS; a buffer may hold any number.
// Units: seconds, hertz, linear velocity (1 is a full stroke), pan -1 to 1.
// Source: voice structure after the circuits of analogue drum machines: a ringing bridged-T
// network with falling pitch for drums, six detuned square waves for metal (Werner, Abel and Smith,
// "The TR-808 cymbal: a physically-informed, circuit-bendable, digital model", ICMC 2014).
#pragma once

#include "resources/demo-sounds/StereoBuffer.h"

#include <cstdint>

namespace demo {

struct Stroke {
    double startS;
    double velocity = 1.0;
    double pan = 0.0;
    std::uint64_t seed = 1; ///< no two strokes of a hand sound the same
};

struct SubNote {
    double frequencyHz;
    double slideToHz; ///< reached at the end of the note
    double gateS;
    double slideAtS; ///< when the slide begins
};

void addKick(StereoBuffer &buffer, const Stroke &stroke, double bodyHz);
void addSub(StereoBuffer &buffer, const Stroke &stroke, const SubNote &note);
void addSnare(StereoBuffer &buffer, const Stroke &stroke, double bodyHz);
void addRimshot(StereoBuffer &buffer, const Stroke &stroke, double bodyHz);
void addHat(StereoBuffer &buffer, const Stroke &stroke, double t60S);
void addTom(StereoBuffer &buffer, const Stroke &stroke, double bodyHz);

} // namespace demo
