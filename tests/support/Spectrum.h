// SPDX-License-Identifier: GPL-3.0-or-later
//
// Measures that share nothing with the engine's own: FFTW in double precision, windowed lines at
// any frequency, peaks between the samples by zero-padded transforms, libebur128 used directly.
// Shape: one channel as a span, or a whole AudioBuffer. Units: Hz, dB, LUFS, linear full scale.
#pragma once

#include "engine/base/AudioBuffer.h"
#include "tests/support/Signals.h"

#include <complex>
#include <span>
#include <vector>

namespace tests {

using Bins = std::vector<std::complex<double>>;

/// size/2 + 1 bins, unscaled. Requires: an even size.
Bins spectrumOf(std::span<const double> samples);
/// The inverse, scaled. Requires: size = 2 (bins − 1).
std::vector<double> waveOf(Bins bins);

double decibels(double amplitudeRatio);

/// Energy up to 20 kHz at multiples of baseHz, and between them, where a full-scale sine has 0 dB;
/// the constant counts as neither.
struct Lines {
    double harmonicsDb;
    double aliasesDb;
    double ratioDb() const { return aliasesDb - harmonicsDb; }
};
Lines linesOf(std::span<const float> samples, int rateHz, double baseHz);

/// What an impulse response does at f: gain in dB, and phase in degrees beside that of a delay.
struct Response {
    double gainDb;
    double phaseDegrees;
};
Response responseAt(std::span<const float> impulseResponse, int rateHz, double hz, double delay);

/// Highest value of the wave between the samples, at 16 points a sample, as if silence lay around.
/// Ideal: an endless sinc, by a zero-padded transform. Converter: linear phase, flat to 20 kHz at
/// 44.1 kHz and half-way down at half the rate, as real ones are. They differ only above that.
enum class Reconstruction { Ideal, Converter };
double oversampledPeak(std::span<const float> samples,
                       Reconstruction reconstruction = Reconstruction::Ideal);
double oversampledPeak(const engine::AudioBuffer &sound,
                       Reconstruction reconstruction = Reconstruction::Ideal);
/// libebur128's true peak, and the highest sample.
double ebur128Peak(const engine::AudioBuffer &sound);
double samplePeak(const engine::AudioBuffer &sound);
/// libebur128's integrated loudness with `silentFrames` of silence on both sides.
double loudnessLufs(const engine::AudioBuffer &sound, std::int64_t silentFrames = 0);

/// Rest beside a fitted sine, over the sine.
double distortionAndNoiseDb(std::span<const float> samples, int rateHz, double hz);
double correlation(std::span<const float> a, std::span<const float> b);

/// Noise with nothing above highestHz and a peak of `amplitude`, faded in and out.
std::vector<float> noiseUpTo(double highestHz, int rateHz, int frames, double amplitude,
                             Random &random);
/// Raised-cosine fades at both ends.
void fade(std::span<float> samples, int frames);
std::vector<float> sine(double hz, int rateHz, int frames, double amplitude, double phase = 0.0);

} // namespace tests
