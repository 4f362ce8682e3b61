// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a mixing desk does to a whole sound: warmth, echoes, bass in the middle.
// Shape: functions over a StereoBuffer. Units: linear drive, seconds, hertz.
// Source: mid and side after Blumlein's British patent 394325, 1931.
#pragma once

#include "resources/demo-sounds/Room.h"

#include <cmath>

namespace demo {

/// Soft clipping with unity gain for quiet sounds.
inline double warmed(double value, double drive)
{
    return std::tanh(value * drive) / drive;
}

inline void warm(StereoBuffer &buffer, double drive)
{
    for (int frame = 0; frame < buffer.frames(); ++frame) {
        const StereoFrame dry = buffer.at(frame);
        buffer.set(frame, {warmed(dry.left, drive), warmed(dry.right, drive)});
    }
}

/// Takes the difference of the channels away below the cutoff: a club system plays bass in mono.
inline void keepBassCentred(StereoBuffer &buffer, double cutoffHz)
{
    StateVariableFilter sideCut(cutoffHz, 0.7071);
    for (int frame = 0; frame < buffer.frames(); ++frame) {
        const StereoFrame in = buffer.at(frame);
        const double mid = 0.5 * (in.left + in.right);
        const double side = sideCut.high(0.5 * (in.left - in.right));
        buffer.set(frame, {mid + side, mid - side});
    }
}

/// Echoes that swap sides, each one darker than the last.
inline void addPingPong(StereoBuffer &buffer, double delayS, double feedback, double wet)
{
    DelayLine left(delayS * 1000.0);
    DelayLine right(delayS * 1000.0);
    StereoFilter dark(3800.0, 0.6);
    StereoFilter thin(260.0, 0.7071);
    for (int frame = 0; frame < buffer.frames(); ++frame) {
        const StereoFrame dry = buffer.at(frame);
        const StereoFrame echo = thin.high(dark.low({left.oldest(), right.oldest()}));
        left.replace(0.5 * (dry.left + dry.right) + feedback * echo.right);
        right.replace(0.3 * dry.right + feedback * echo.left);
        buffer.add(frame, wet * echo);
    }
}

} // namespace demo
