// SPDX-License-Identifier: GPL-3.0-or-later
//
// The Classic pipeline a second time, for one channel in plain float64: written for the eye from
// its description, sharing nothing with the engine but the Settings it is given. What the engine
// computes fast is compared with what this computes slowly.
// Shape: whole signals in, all taps out. Units: as in Settings. Errors: none.
// Like the earlier prototype it rounds the sound to float32 after each inverse transform and after
// the distortion.
#pragma once

#include "engine/pipeline/Settings.h"

#include <complex>
#include <vector>

namespace tests::oracle {

/// What a tap changes between Float64 and one of the others says how well it is conditioned.
enum class SpectrumPrecision {
    Float64,
    Complex64, ///< each forward bin is rounded to two floats
    /// Float64 plus seeded noise of the size of float32's rounding, on the bins and in the shapers,
    /// and of a float64 transform's. Rounding alone says nothing where numbers happen to be exact
    /// (an impulse at a frame's centre) or next to nothing (a constant's bins, whose phase
    /// smoothing uses).
    Float32Noise,
};

using Signal = std::vector<double>;
using Spectrum = std::vector<std::complex<double>>;

struct Taps {
    Signal input;
    Signal preQuant;
    Signal postDist;
    Signal postQuant;
    Signal output;

    /// In signal order, from 0 (input) to 4 (output).
    const Signal &at(std::size_t index) const;
};

Taps run(const Signal &input, int sampleRateHz, const engine::pipeline::Settings &settings,
         SpectrumPrecision precision = SpectrumPrecision::Float64);

// The steps, each by itself.

std::vector<int> targetBins(const engine::dsp::Scale &scale, int sampleRateHz, int fftSize);
Spectrum quantizeFrame(const Spectrum &bins, const std::vector<int> &targets,
                       const engine::dsp::ClassicQuantizer::Parameters &parameters);
Signal quantize(const Signal &input, int sampleRateHz,
                const engine::dsp::ClassicQuantizer::Parameters &parameters,
                SpectrumPrecision precision = SpectrumPrecision::Float64);
double fold(double x, double amount, double bias);
double tube(double x, double drive, double warmth);
Signal distort(const Signal &input, const engine::dsp::Distortion::Parameters &parameters,
               SpectrumPrecision precision = SpectrumPrecision::Float64);
/// What each sample is multiplied with.
Signal limiterGains(const Signal &input, int sampleRateHz,
                    const engine::dsp::ClassicLimiter::Parameters &parameters);
/// Everything after the post-quantizer: limiter, blend with the dry sound, gain.
Signal finish(const Signal &postQuant, const Signal &dry, int sampleRateHz,
              const engine::pipeline::Settings &settings);

} // namespace tests::oracle
