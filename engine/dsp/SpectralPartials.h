// SPDX-License-Identifier: GPL-3.0-or-later
//
// Finds the partials of a short-time spectrum and measures them by its neighbours in time.
// Shape: up to maxChannels rows of bins, three frames a hop apart. Units: Hz, bins; power 1 is a
// full-scale sine in every channel. Requires: periodic Hann frames. Real-time: powers() and
// regions() reuse their memory, no locks. Errors: none.
// Source: as QuantizationRecorder; the main lobe of the Hann window is sinc(u) / (1 − u²) and the
// squares of its bins sum to 1.5 wherever the partial lies between two bins.
#pragma once

#include "engine/dsp/DspBlock.h"

#include <vector>

namespace engine::dsp {

/// One frame, the one before and the one after; null rows where there is none.
struct FrameSpectra {
    using Rows = std::array<const std::complex<float> *, maxChannels>;
    Rows previous{};
    Rows here{};
    Rows next{};
    int channels = 0;
    int bins = 0;
    int fftSize = 0;
    int hopFrames = 0;
    double binHz = 0.0;
};

/// A peak and the bins that belong to it: up to the lowest bin on the way to the next peak.
struct SpectralRegion {
    int first = 0;
    int end = 0;
    int peak = 0;
    double power = 0.0; ///< of all its bins
};

/// The power of each bin, all channels together, so that those of a steady partial sum to its own.
std::vector<double> powers(const FrameSpectra &spectra);
/// Every peak that is not too faint, ascending.
std::vector<SpectralRegion> regions(const std::vector<double> &powers);

/// How fast the phases of a region turn, nearest to where its energy lies, in Hz.
double instantaneousHz(const FrameSpectra &spectra, const std::vector<double> &powers,
                       const SpectralRegion &region);
/// What a synthesis of such frames gives at this frequency.
double heardPower(const FrameSpectra &spectra, const SpectralRegion &region, double hz);

} // namespace engine::dsp
