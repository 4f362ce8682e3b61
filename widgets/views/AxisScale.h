// SPDX-License-Identifier: GPL-3.0-or-later
//
// Values to pixels and back, for axes that are straight in seconds, decibels or octaves, and where
// their marks go. An axis of frequency is straight in octaves: log2 of the frequency in Hz.
// Shape: free functions. Units: as the range's; pixels are logical. Real-time: no. Errors: none.
// Requires: ranges and pixel spans that are not empty.
#pragma once

#include <QString>

#include <cmath>
#include <vector>

namespace widgets {

struct AxisRange {
    double low = 0.0;
    double high = 1.0;
    double span() const { return high - low; }
    bool operator==(const AxisRange &) const = default;
};

inline double octavesOfHz(double hz)
{
    return std::log2(hz);
}
inline double hzOfOctaves(double octaves)
{
    return std::exp2(octaves);
}

/// `atLow` and `atHigh`: the pixels of the range's ends, in any order.
inline double toPixel(double value, AxisRange range, double atLow, double atHigh)
{
    return atLow + (value - range.low) / range.span() * (atHigh - atLow);
}
inline double fromPixel(double pixel, AxisRange range, double atLow, double atHigh)
{
    return range.low + (pixel - atLow) / (atHigh - atLow) * range.span();
}

/// The range moved into `limits`, shortened where it is longer than them and widened to `least`.
AxisRange within(AxisRange range, AxisRange limits, double least);
/// Larger or smaller (factor < 1 shows less) with the value `pivot` staying where it is.
AxisRange zoomed(AxisRange range, double pivot, double factor, AxisRange limits, double least);

/// 1, 2, 5, 10 … Hz within a range of octaves, thinned until labels are `apart` pixels apart.
std::vector<double> frequencyTicks(AxisRange octaves, double pixels, double apart);
/// "50", "2k", "12.5k".
QString frequencyTickText(double hz);
/// "832.0 Hz", "5.003 kHz".
QString frequencyText(double hz);
/// Multiples of the smallest step of 1, 2, 3, 6, 12, 18, 24 … dB that keeps labels `apart` pixels.
std::vector<double> decibelTicks(AxisRange db, double pixels, double apart);

} // namespace widgets
