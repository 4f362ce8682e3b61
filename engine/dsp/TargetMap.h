// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which bin every bin of a spectrum moves to: the weighted nearest note of the scale, then the bin
// nearest that note. Depends on scale, rate and FFT size only, so it is built once, never per
// frame. Shape: one target for each of the fftSize/2 + 1 bins. Units: bins. Real-time: no
// (allocates). Source: the Classic pipeline; distance is linear in Hz, divided by the note's role
// weight.
#pragma once

#include "engine/dsp/DspBlock.h"
#include "engine/dsp/Scale.h"

namespace engine::dsp {

struct BinTarget {
    int bin = 0;
    double noteHz = 0.0; ///< 0 where there is no note: for bin 0
};
std::vector<BinTarget> binTargets(const Scale &scale, const SpectrumSpec &spec);
/// The bins of these alone.
std::vector<int> targetBins(const Scale &scale, const SpectrumSpec &spec);

} // namespace engine::dsp
