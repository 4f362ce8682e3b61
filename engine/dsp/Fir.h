// SPDX-License-Identifier: GPL-3.0-or-later
//
// Linear-phase FIR design and the loops that run them, in SIMD on Highway, chosen at run time.
// Shape: taps in the order in which they meet a growing time: out[n] = sum taps[j] * in[n + j].
// Units: frequencies relative to the sample rate (0…0.5). Real-time: the loops yes, design no.
// Errors: none. Source: Kaiser window and its order estimate: Kaiser & Schafer, "On the use of the
// I0-sinh window for spectrum analysis" (IEEE ASSP-28, 1980); Oppenheim & Schafer, "Discrete-Time
// Signal Processing", 7.5.
#pragma once

#include <functional>
#include <vector>

namespace engine::dsp::fir {

/// Shape of the window for a stop band this far down.
double kaiserBeta(double stopbandDb);
/// Length that reaches it over this transition width.
int kaiserLength(double stopbandDb, double transition);
/// Value of the window at −1…1.
double kaiser(double position, double beta);

/// A low pass of any length (even lengths delay by half a sample) and unity gain. Symmetric.
std::vector<double> lowPass(int length, double cutoff, double beta);

/// A short symmetric filter of 2 * degree + 1 taps whose gain is gainAt(cos(2π f)) for 0 ≤ f ≤
/// edge. Requires: gainAt is smooth there.
std::vector<double> equaliser(int degree, double edge,
                              const std::function<double(double cosine)> &gainAt);

/// One filter that does the work of both.
std::vector<double> cascade(const std::vector<double> &a, const std::vector<double> &b);

/// Taps and what they meet. Requires: `in` holds as many samples as outputs, and tapCount − 1 more.
struct Part {
    const float *in = nullptr;
    const float *taps = nullptr;
    int tapCount = 0;
};

/// out[n] = sum over j of taps[j] * in[n + j], over both parts.
void convolve(const Part &first, const Part &second, float *out, int count);

/// The sums in turn with other samples: out[2n] as above, out[2n + 1] = others[n].
void convolveInterleaved(const Part &part, const float *others, float *out, int count);

/// even[n] = in[2n], odd[n] = in[2n + 1].
void separate(const float *in, float *even, float *odd, int count);

} // namespace engine::dsp::fir
