// SPDX-License-Identifier: GPL-3.0-or-later
//
// The canvas that every demo sound is drawn on.
// Shape: two planes of doubles at the render rate; adding beyond the end is silently cropped, so
// that tails need no special case. Units: linear gain; pan -1 is left, 0 centre, 1 right.
// Source: constant-power panning, sine and cosine of a quarter turn.
#pragma once

#include "resources/demo-sounds/Timing.h"

#include <cmath>
#include <vector>

namespace demo {

struct StereoFrame {
    double left = 0.0;
    double right = 0.0;

    StereoFrame &operator+=(StereoFrame other)
    {
        left += other.left;
        right += other.right;
        return *this;
    }
    friend StereoFrame operator*(double gain, StereoFrame frame)
    {
        return {gain * frame.left, gain * frame.right};
    }
};

/// Gains of a constant-power pan; 0 dB in the centre.
inline StereoFrame panGains(double pan)
{
    const double angle = (pan + 1.0) * std::numbers::pi / 4.0;
    return {std::numbers::sqrt2 * std::cos(angle), std::numbers::sqrt2 * std::sin(angle)};
}

class StereoBuffer {
public:
    explicit StereoBuffer(double durationS)
        : left(static_cast<std::size_t>(renderFrames(durationS))), right(left.size())
    {}

    int frames() const { return static_cast<int>(left.size()); }
    StereoFrame at(int frame) const { return {left[index(frame)], right[index(frame)]}; }
    void set(int frame, StereoFrame value)
    {
        left[index(frame)] = value.left;
        right[index(frame)] = value.right;
    }
    void add(int frame, StereoFrame value)
    {
        if (frame < 0 || frame >= frames())
            return;
        left[index(frame)] += value.left;
        right[index(frame)] += value.right;
    }
    void mix(const StereoBuffer &other, double gain)
    {
        for (int frame = 0; frame < frames() && frame < other.frames(); ++frame)
            add(frame, gain * other.at(frame));
    }

    std::vector<double> left;
    std::vector<double> right;

private:
    static std::size_t index(int frame) { return static_cast<std::size_t>(frame); }
};

} // namespace demo
