// SPDX-License-Identifier: GPL-3.0-or-later
//
// Antiderivative anti-aliasing of the distortion curves, in double precision, in SIMD on Highway.
// Tanh, first order: the mean of the curve over the line from the last sample to this one,
// (F(u) − F(u′)) / (u − u′). Folds, second order: the same with a triangular weight over the last
// three samples, which their piecewise polynomials allow at little cost. Where all of a short group
// of samples lies on one straight piece, that mean is the curve of the mean and nothing else is
// computed: to the bit what the long way gives. Shape: one channel, in
// place. Units: in * gain + offset = u. Real-time: shape() yes. Errors: none. Delay:
// delayHalfSamples(). Droop: a linear curve becomes the mean of the last 2 or 3 samples. Measured
// at 4× and 48 kHz, fold driven to 4.5: aliases of 1.2 / 5 / 10 kHz at −100 / −83 / −62 dB in
// second order, −79 / −59 / −45 in first. Source: Parker, Zavalishin & Le Bivic (DAFx-16); Bilbao,
// Esqueda, Parker & Välimäki, "Antiderivative antialiasing for memoryless nonlinearities" (IEEE SPL
// 24, 2017).
#pragma once

#include <array>
#include <cstdint>

namespace engine::dsp {

enum class ShaperCurve : std::uint8_t { ClassicFold, TriangleFold, Tanh };

/// Samples that the mean is taken over: 2 in first order, 3 in second.
inline int samplesAveraged(ShaperCurve curve)
{
    return curve == ShaperCurve::Tanh ? 2 : 3;
}

class AntiderivativeShaper {
public:
    void prepare(ShaperCurve curve) noexcept { curve_ = curve; }
    /// As if the driven value `restingU` had been there for ever.
    void reset(double restingU) noexcept { past_ = {restingU, restingU}; }
    /// samples = curve(samples * gain + offset) * scale − rest, anti-aliased.
    /// Requires: samples can be read and written up to 16 beyond count.
    void shape(float *samples, int count, double gain, double offset, double scale,
               double rest) noexcept;

    int delayHalfSamples() const noexcept { return samplesAveraged(curve_) - 1; }

private:
    ShaperCurve curve_ = ShaperCurve::ClassicFold;
    std::array<double, 2> past_{}; ///< u of the last two samples: all that the next one needs
};

} // namespace engine::dsp
