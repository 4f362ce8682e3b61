// SPDX-License-Identifier: GPL-3.0-or-later
//
// A second-order filter that stays stable while its cutoff moves every frame.
// Shape: StateVariableFilter is mono, StereoFilter a pair with one setting. Units: cutoffHz; Q is
// the gain of the low-pass at the cutoff; the band-pass has unity gain at its centre.
// Source: Zavalishin, "The art of VA filter design", 2018; Simper, "Solving the continuous SVF
// equations using trapezoidal integration and equivalent currents", Cytomic, 2013.
#pragma once

#include "resources/demo-sounds/StereoBuffer.h"

#include <algorithm>
#include <cmath>

namespace demo {

class StateVariableFilter {
public:
    StateVariableFilter() { set(1000.0, 0.7071); }
    StateVariableFilter(double cutoffHz, double q) { set(cutoffHz, q); }

    void set(double cutoffHz, double q)
    {
        const double limitedHz = std::clamp(cutoffHz, 5.0, 0.45 * renderRateHz);
        const double g = std::tan(std::numbers::pi * limitedHz / renderRateHz);
        damping_ = 1.0 / q;
        a1_ = 1.0 / (1.0 + g * (g + damping_));
        a2_ = g * a1_;
        a3_ = g * a2_;
    }
    /// Takes over the setting of another filter, but not what it remembers.
    void setLike(const StateVariableFilter &other)
    {
        damping_ = other.damping_;
        a1_ = other.a1_;
        a2_ = other.a2_;
        a3_ = other.a3_;
    }
    double low(double input)
    {
        step(input);
        return low_;
    }
    double band(double input)
    {
        step(input);
        return damping_ * band_;
    }
    double high(double input)
    {
        step(input);
        return input - damping_ * band_ - low_;
    }

private:
    void step(double input)
    {
        const double v3 = input - state2_;
        band_ = a1_ * state1_ + a2_ * v3;
        low_ = state2_ + a2_ * state1_ + a3_ * v3;
        state1_ = 2.0 * band_ - state1_;
        state2_ = 2.0 * low_ - state2_;
    }

    double damping_ = 1.0;
    double a1_ = 0.0;
    double a2_ = 0.0;
    double a3_ = 0.0;
    double state1_ = 0.0;
    double state2_ = 0.0;
    double band_ = 0.0;
    double low_ = 0.0;
};

class StereoFilter {
public:
    StereoFilter() = default;
    StereoFilter(double cutoffHz, double q) { set(cutoffHz, q); }
    void set(double cutoffHz, double q)
    {
        left_.set(cutoffHz, q);
        right_.setLike(left_);
    }
    StereoFrame low(StereoFrame in) { return {left_.low(in.left), right_.low(in.right)}; }
    StereoFrame band(StereoFrame in) { return {left_.band(in.left), right_.band(in.right)}; }
    StereoFrame high(StereoFrame in) { return {left_.high(in.left), right_.high(in.right)}; }

private:
    StateVariableFilter left_;
    StateVariableFilter right_;
};

} // namespace demo
