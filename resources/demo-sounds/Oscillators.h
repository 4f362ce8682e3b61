// SPDX-License-Identifier: GPL-3.0-or-later
//
// Band-limited oscillators: sine, saw, pulse and a glottal pulse.
// Shape: each holds one phase; next(frequencyHz) advances by one frame at the render rate.
// Units: phase in cycles, 0 to 1; saw and pulse span -1 to 1.
// Source: polynomial band-limited steps after Välimäki and Huovilainen, "Antialiasing oscillators
// in subtractive synthesis", IEEE Signal Processing Magazine 24(2), 2007. Glottal flow derivative:
// Klatt and Klatt, "Analysis, synthesis, and perception of voice quality variations", JASA 87,
// 1990: 2t - 3t² while the folds are open, zero while they are closed.
#pragma once

#include "resources/demo-sounds/Timing.h"

#include <cmath>

namespace demo {

/// What a band-limited step of height 2 at phase 0 has more than the naive one.
inline double stepResidual(double phase, double increment)
{
    if (phase < increment) {
        const double t = phase / increment - 1.0;
        return -t * t;
    }
    if (phase > 1.0 - increment) {
        const double t = (phase - 1.0) / increment + 1.0;
        return t * t;
    }
    return 0.0;
}

inline double wrapped(double phase)
{
    return phase - std::floor(phase);
}

class Phase {
public:
    explicit Phase(double start = 0.0) : phase_(wrapped(start)) {}
    double value() const { return phase_; }
    /// The phase before the step.
    double next(double frequencyHz)
    {
        const double before = phase_;
        phase_ = wrapped(phase_ + frequencyHz / renderRateHz);
        return before;
    }

private:
    double phase_;
};

class SineOscillator {
public:
    explicit SineOscillator(double startPhase = 0.0) : phase_(startPhase) {}
    double next(double frequencyHz, double modulationRadians = 0.0)
    {
        return std::sin(twoPi * phase_.next(frequencyHz) + modulationRadians);
    }

private:
    Phase phase_;
};

class SawOscillator {
public:
    explicit SawOscillator(double startPhase = 0.0) : phase_(startPhase) {}
    double next(double frequencyHz)
    {
        const double phase = phase_.next(frequencyHz);
        return 2.0 * phase - 1.0 - stepResidual(phase, frequencyHz / renderRateHz);
    }

private:
    Phase phase_;
};

class PulseOscillator {
public:
    explicit PulseOscillator(double startPhase = 0.0) : phase_(startPhase) {}
    double next(double frequencyHz, double width = 0.5)
    {
        const double increment = frequencyHz / renderRateHz;
        const double phase = phase_.next(frequencyHz);
        const double fallen = wrapped(phase - width);
        return (phase < width ? 1.0 : -1.0) + stepResidual(phase, increment) -
               stepResidual(fallen, increment);
    }

private:
    Phase phase_;
};

/// Derivative of the air flow through the vocal folds: a rounded rise and an abrupt closure.
class GlottalSource {
public:
    explicit GlottalSource(double startPhase = 0.0) : phase_(startPhase) {}
    double next(double frequencyHz, double openQuotient)
    {
        const double phase = phase_.next(frequencyHz);
        const double t = phase / openQuotient;
        const double naive = t < 1.0 ? t * (2.0 - 3.0 * t) : 0.0;
        const double sinceClosure = wrapped(phase - openQuotient);
        openness_ = t < 1.0 ? 6.75 * t * t * (1.0 - t) : 0.0;
        return naive + 0.5 * stepResidual(sinceClosure, frequencyHz / renderRateHz);
    }
    /// 0 closed to 1 wide open, as of the last frame; breath noise follows it.
    double openness() const { return openness_; }

private:
    Phase phase_;
    double openness_ = 0.0;
};

} // namespace demo
