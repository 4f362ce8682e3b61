// SPDX-License-Identifier: GPL-3.0-or-later
//
// The inner loops of STFT and Classic quantizer, in SIMD on Highway, chosen for the processor at
// run time. Multiplications and additions are kept apart (no fused ones). The bins of a run are summed
// in as many parts as a vector has lanes, so another instruction set rounds those sums differently.
// Shape: arrays whose length is given, readable and writable up to paddedCount of it.
// Real-time: yes. Errors: none. Source: github.com/google/highway, "dynamic dispatch".
#pragma once

#include <span>

namespace engine::dsp::kernels {

/// Which one was chosen: "AVX2".
const char *instructionSet();

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

/// A spectrum taken apart; magnitudes may be absent.
struct Parts {
    const float *re = nullptr;
    const float *im = nullptr;
    const float *magnitudes = nullptr;
};
/// Bins first … end − 1, whose sum falls on `touched` places from firstTouched on.
struct Run {
    int first;
    int end;
    int firstTouched;
    int touched;
    int firstWeight;
};
/// Sums over the bins of a run. The bins themselves are summed in double precision: they may nearly
/// cancel.
struct RunSum {
    double re;
    double im;
    double crossRe; ///< of the products with the conjugate bins of another channel
    double crossIm;
    double magnitude;
    double energy;
};
/// Without `other` there are no products and no energies. Returns the real part of all products.
/// Requires: rows as long as paddedCount.
double sumRuns(const Parts &own, const Parts &other, std::span<const Run> runs, RunSum *runSums);

/// Adds the sums of each run, weighted, to its places: in phasors the first four, in amounts the
/// last two.
void spreadRuns(const RunSum *runSums, std::span<const Run> runs, const float *weights,
                double *phasors, double *amounts);

/// What spreadRuns gave, with the first channel as `other`, and where the factors go.
struct LinkedChannel {
    const double *phasors = nullptr;
    const double *amounts = nullptr;
    double sign = 1.0; ///< with which it joins the sum
    float *factorRe = nullptr;
    float *factorIm = nullptr;
};
/// The phase factor of each channel at each place: that of the sum of all phasors, turned by how
/// far the channel is from the sum of channels; where that sum cancels, the channel's own. One
/// channel alone has its own. 0 has phase 0. Requires: rows as long as paddedCount.
void decidePhases(std::span<const LinkedChannel> channels, int count);

/// out = (a * wa + b * wb + c * wc + d * wd) * scale, added from left to right.
struct Segment {
    const float *samples;
    const float *window;
};
void overlapAdd(const Segment (&segments)[4], const float *scale, float *out, int count);

} // namespace engine::dsp::kernels
