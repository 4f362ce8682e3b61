// SPDX-License-Identifier: GPL-3.0-or-later
//
// Struck things: a sum of decaying sines, one for each way a body can ring.
// Shape: Mode describes one resonance; plateModes lists those of a rectangular plate; strike adds
// them to a buffer. Units: hertz, seconds to -60 dB, linear gains.
// Source: simply supported thin plate, f(m,n) proportional to (m/a)² + (n/b)², and the weight of a
// mode by the place struck and the place heard: Fletcher and Rossing, "The physics of musical
// instruments", chapter 3. High modes fall faster, by internal and radiation losses.
#pragma once

#include "resources/demo-sounds/Random.h"
#include "resources/demo-sounds/StereoBuffer.h"

#include <complex>
#include <vector>

namespace demo {

struct Mode {
    double frequencyHz;
    double t60S;
    StereoFrame gain;
};

struct Plate {
    double lowestHz;
    double sideRatio;        ///< length over width; irrational ratios ring the least harmonic
    double t60S;             ///< of the lowest mode
    double lossHz;           ///< above it, decay times shorten in proportion to frequency
    double strikeX, strikeY; ///< 0 to 1 along each side
    double hardnessHz;       ///< what the mallet excites up to
};

inline std::vector<Mode> plateModes(const Plate &plate, SplitMix64 random)
{
    std::vector<Mode> modes;
    const double side = plate.sideRatio * plate.sideRatio;
    for (int m = 1; m <= 16; ++m) {
        for (int n = 1; n <= 12; ++n) {
            const double idealHz = plate.lowestHz * (m * m + side * n * n) / (1.0 + side);
            const double frequencyHz = idealHz * (1.0 + 0.004 * random.bipolar());
            const double pan = 0.8 * random.bipolar();
            if (idealHz > 17000.0)
                continue;
            const double struck = std::sin(m * std::numbers::pi * plate.strikeX) *
                                  std::sin(n * std::numbers::pi * plate.strikeY);
            const double softness = 1.0 / (1.0 + std::pow(idealHz / plate.hardnessHz, 2.0));
            const double t60S = plate.t60S / (1.0 + std::pow(idealHz / plate.lossHz, 1.1));
            const double gain = struck * softness;
            // Slightly unequal edges split each mode in two, which makes it shimmer.
            const double split = 0.0008 + 0.0008 * random.unipolar();
            modes.push_back({frequencyHz * (1.0 - split), t60S, 0.6 * gain * panGains(pan)});
            modes.push_back({frequencyHz * (1.0 + split), 0.8 * t60S, 0.4 * gain * panGains(-pan)});
        }
    }
    return modes;
}

inline void strike(StereoBuffer &buffer, double startS, const std::vector<Mode> &modes, double gain)
{
    const int startFrame = renderFrames(startS);
    for (const Mode &mode : modes) {
        const double radius = std::exp(-6.907755278982137 / (mode.t60S * renderRateHz));
        const std::complex<double> turn =
            std::polar(radius, twoPi * mode.frequencyHz / renderRateHz);
        double re = gain;
        double im = 0.0;
        const int frames = std::min(renderFrames(1.7 * mode.t60S), buffer.frames() - startFrame);
        for (int frame = 0; frame < frames; ++frame) {
            buffer.add(startFrame + frame, im * mode.gain);
            const double turned = re * turn.real() - im * turn.imag();
            im = re * turn.imag() + im * turn.real();
            re = turned;
        }
    }
}

} // namespace demo
