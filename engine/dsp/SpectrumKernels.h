// SPDX-License-Identifier: GPL-3.0-or-later
//
// The inner loops of STFT and Classic quantizer, in SIMD on Highway, chosen for the processor at
// run time. Multiplications and additions are kept apart (no fused ones) so that every instruction
// set gives the same bits.
// Shape: arrays whose length is given, readable and writable up to paddedCount of it.
// Real-time: yes. Errors: none. Source: github.com/google/highway, "dynamic dispatch".
#pragma once

namespace engine::dsp::kernels {

/// out = samples * window. Requires: count is a multiple of 16.
void applyWindow(const float *samples, const double *window, double *out, int count);

/// Rounds to single precision.
void narrow(const double *in, float *out, int count);

/// Takes the interleaved spectrum apart: real and imaginary parts, magnitudes, and kept = share *
/// magnitude.
void takeApart(const float *spectrum, float *re, float *im, float *magnitudes, float *kept,
               float share, int bins);

/// Gives each bin the magnitude side * (target[k-1] + target[k+1]) + centre * target[k] and keeps
/// its phase; a bin of magnitude 0 has phase 0. Requires: target[-1] and target[bins] exist.
void setMagnitudes(float *spectrum, const float *magnitudes, const float *target, float side,
                   float centre, int bins);

/// re, im ← the phase factor of re + i·im; 0 has phase 0. Rounded to single precision.
void phaseFactors(const double *re, const double *im, float *factorRe, float *factorIm, int count);

/// out = (a * wa + b * wb + c * wc + d * wd) * scale, added from left to right.
struct Segment {
    const float *samples;
    const float *window;
};
void overlapAdd(const Segment (&segments)[4], const float *scale, float *out, int count);

} // namespace engine::dsp::kernels
