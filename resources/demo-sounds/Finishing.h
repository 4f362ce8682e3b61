// SPDX-License-Identifier: GPL-3.0-or-later
//
// From a rendered sound to the samples of a file: no DC, file rate, no clicks, set level.
// Shape: a StereoBuffer at the render rate becomes interleaved left and right at the file rate.
// Units: dB below full scale, milliseconds. Steps, in order: high-pass at 12 Hz, half-band
// decimation, raised-cosine fades, level.
// Source: windowed-sinc half-band filter; window after Kaiser, "Nonrecursive digital filter design
// using the I0-sinh window function", 1974.
#pragma once

#include "resources/demo-sounds/StereoBuffer.h"

#include <vector>

namespace demo {

std::vector<double> finished(StereoBuffer sound, double peakDb);

} // namespace demo
