// SPDX-License-Identifier: GPL-3.0-or-later
//
// The inner loops of the true-peak detector, in SIMD on Highway, chosen for the processor at run
// time. Shape: arrays whose length is given, or one group of points; whole vectors are read and
// written beyond the end. Real-time: yes. Errors: none.
#pragma once

namespace engine::dsp {

/// Peaks that are found at a time, and the points that this takes: for sample n, those around the
/// samples n − 2 … n + 1.
constexpr int groupFrames = 60;
constexpr int groupPoints = 64;

/// [k][2 + n]: the wave k/4 after sample n of the group.
struct TruePeakGroup {
    static constexpr int points = 4; ///< a sample
    alignas(64) float wave[points][groupPoints + 16];
    alignas(64) float meter[points][groupPoints + 16];
    alignas(64) float far[groupPoints];
    alignas(64) float beyond[groupPoints + 16]; ///< added to heights
};

/// How much higher than the highest of 2 or 4 points a sample the wave can be, and a tenth more for
/// what meters read too high.
constexpr float aboveHalves = 1.4142136F * 1.1F;
constexpr float aboveQuarters = 1.0823922F * 1.1F;

namespace kernels {

float largestMagnitude(const float *values, int count);

/// out[n] = sum of in[n + j * spacing] over |j| < 4, weighted as a triangle; with sign −1 the odd
/// ones are subtracted.
void sumTriangle(const float *in, int spacing, float sign, float *out, int count);

/// out[n] (+)= sum of weights[j + half] * in[n + j * spacing] over |j| <= half, for a group.
void addSpaced(const float *in, int spacing, const float *weights, int half, bool first,
               float *out);

/// out[n] = factor * root of the sum of squares of in[n + j * spacing] over |j| <= half.
void spacedNorm(const float *in, int spacing, int half, float factor, float *out);

/// Adds the far part to the waves between the samples.
void addFar(TruePeakGroup &group);

/// Raises heights[n] to that of the wave within half a sample of sample n of the group.
void raiseHeights(const TruePeakGroup &group, float *heights);

} // namespace kernels

} // namespace engine::dsp
