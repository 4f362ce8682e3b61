// SPDX-License-Identifier: GPL-3.0-or-later
//
// Curves over time: decays, swells, ADSR and break-point automation.
// Shape: stateless; each is evaluated at a time since its start, so any frame can be asked for.
// Units: seconds for times, milliseconds for envelope stages, values linear; t60S is the time to
// fall by 60 dB, as in room acoustics.
#pragma once

#include <algorithm>
#include <cmath>
#include <numbers>
#include <span>

namespace demo {

/// 1 at time 0, down 60 dB at t60S.
inline double decayAt(double timeS, double t60S)
{
    return std::exp(-6.907755278982137 * timeS / t60S);
}

/// A smooth rise from 0 to 1 while x goes from 0 to 1; flat outside.
inline double swell(double x)
{
    const double limited = std::clamp(x, 0.0, 1.0);
    return 0.5 - 0.5 * std::cos(std::numbers::pi * limited);
}

inline double mixed(double from, double to, double amount)
{
    return from + (to - from) * amount;
}

/// Interpolates in octaves, which is how ears hear a sweep.
inline double mixedHz(double fromHz, double toHz, double amount)
{
    return fromHz * std::exp2(std::log2(toHz / fromHz) * amount);
}

struct Adsr {
    double attackMs = 5.0;
    double decayMs = 100.0; ///< to within 5 % of the sustain level
    double sustain = 0.7;
    double releaseMs = 50.0; ///< raised-cosine, so that it ends at exactly zero

    double at(double timeS, double gateS) const
    {
        if (timeS < 0.0)
            return 0.0;
        const double release = swell((timeS - gateS) * 1000.0 / releaseMs);
        return held(std::min(timeS, gateS)) * (1.0 - release);
    }

private:
    double held(double timeS) const
    {
        const double sinceAttackMs = timeS * 1000.0 - attackMs;
        if (sinceAttackMs < 0.0)
            return swell(timeS * 1000.0 / attackMs);
        return sustain + (1.0 - sustain) * std::exp(-3.0 * sinceAttackMs / decayMs);
    }
};

struct Breakpoint {
    double timeS;
    double value;
};

/// Swells from point to point; holds the first and last value outside. Requires: sorted, not empty.
inline double curveAt(std::span<const Breakpoint> points, double timeS)
{
    if (timeS <= points.front().timeS)
        return points.front().value;
    for (std::size_t i = 1; i < points.size(); ++i) {
        const Breakpoint &from = points[i - 1];
        const Breakpoint &to = points[i];
        if (timeS < to.timeS)
            return mixed(from.value, to.value,
                         swell((timeS - from.timeS) / (to.timeS - from.timeS)));
    }
    return points.back().value;
}

} // namespace demo
