// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/ClassicOracle.h"

#include "tests/support/Signals.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <set>

namespace tests::oracle {

namespace {

constexpr int frameSize = 2048;
constexpr int hop = frameSize / 4;

std::size_t index(int i)
{
    return static_cast<std::size_t>(i);
}

constexpr double float32Rounding = 0x1p-23;   // relative; a few roundings of half a step add up
constexpr double transformRounding = 0x1p-52; // of a float64 transform, relative to its largest bin

double rounded(double x)
{
    return static_cast<double>(static_cast<float>(x));
}

Signal rounded(Signal signal)
{
    for (double &x : signal)
        x = rounded(x);
    return signal;
}

/// Pitch classes (C = 0) that the scale allows.
std::set<int> pitchClasses(const engine::dsp::Scale &scale)
{
    using engine::dsp::ScaleKind;
    std::vector<int> intervals;
    switch (scale.kind) {
    case ScaleKind::Major:
        intervals = {0, 2, 4, 5, 7, 9, 11};
        break;
    case ScaleKind::Minor:
        intervals = {0, 2, 3, 5, 7, 8, 10};
        break;
    case ScaleKind::MajorPentatonic:
        intervals = {0, 2, 4, 7, 9};
        break;
    case ScaleKind::MinorPentatonic:
        intervals = {0, 3, 5, 7, 10};
        break;
    case ScaleKind::Dorian:
        intervals = {0, 2, 3, 5, 7, 9, 10};
        break;
    case ScaleKind::Mixolydian:
        intervals = {0, 2, 4, 5, 7, 9, 10};
        break;
    case ScaleKind::HarmonicMinor:
        intervals = {0, 2, 3, 5, 7, 8, 11};
        break;
    case ScaleKind::Chromatic:
        intervals = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
        break;
    case ScaleKind::Custom:
        break;
    }
    std::set<int> allowed;
    for (const int interval : intervals)
        allowed.insert((scale.rootPitchClass + interval) % 12);
    if (scale.kind == ScaleKind::Custom) {
        for (int pitchClass = 0; pitchClass < 12; ++pitchClass) {
            if (scale.customMask >> pitchClass & 1)
                allowed.insert(pitchClass);
        }
    }
    return allowed;
}

double weightOfInterval(int semitones)
{
    if (semitones == 0)
        return 1.0;
    if (semitones == 7)
        return 0.8;
    if (semitones == 3 || semitones == 4)
        return 0.7;
    if (semitones == 10 || semitones == 11)
        return 0.6;
    return 0.5;
}

double midiOf(double hz)
{
    return 69.0 + 12.0 * std::log2(hz / 440.0);
}

/// Radix-2 transform in place; sign −1 is forward, +1 the unscaled inverse.
void transform(Spectrum &data, int sign)
{
    const std::size_t count = data.size();
    for (std::size_t i = 1, reversed = 0; i < count; ++i) {
        std::size_t bit = count >> 1;
        for (; reversed & bit; bit >>= 1)
            reversed ^= bit;
        reversed ^= bit;
        if (i < reversed)
            std::swap(data[i], data[reversed]);
    }
    Spectrum turns(count / 2);
    for (std::size_t i = 0; i < turns.size(); ++i) {
        const double angle =
            2.0 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(count);
        turns[i] = {std::cos(angle), sign * std::sin(angle)};
    }
    for (std::size_t length = 2; length <= count; length *= 2) {
        const std::size_t half = length / 2;
        for (std::size_t start = 0; start < count; start += length) {
            for (std::size_t i = 0; i < half; ++i) {
                const std::complex<double> even = data[start + i];
                const std::complex<double> turn = turns[i * (count / length)];
                const std::complex<double> other = data[start + half + i];
                const std::complex<double> odd = {
                    other.real() * turn.real() - other.imag() * turn.imag(),
                    other.real() * turn.imag() + other.imag() * turn.real()};
                data[start + i] = even + odd;
                data[start + half + i] = even - odd;
            }
        }
    }
}

Spectrum forward(const Signal &frame)
{
    Spectrum bins(frame.begin(), frame.end());
    transform(bins, -1);
    bins.resize(frame.size() / 2 + 1);
    return bins;
}

Signal inverse(const Spectrum &bins)
{
    const std::size_t count = 2 * (bins.size() - 1);
    Spectrum all(count);
    for (std::size_t k = 1; k < count / 2; ++k) {
        all[k] = bins[k];
        all[count - k] = std::conj(bins[k]);
    }
    all.front() = bins.front().real();
    all[count / 2] = bins.back().real();
    transform(all, +1);
    Signal frame(count);
    for (std::size_t n = 0; n < count; ++n)
        frame[n] = all[n].real() / static_cast<double>(count);
    return frame;
}

void disturb(Spectrum &bins, SpectrumPrecision precision, Random &random)
{
    double largest = 0.0;
    for (const std::complex<double> &bin : bins)
        largest = std::max(largest, std::abs(bin));
    for (std::complex<double> &bin : bins) {
        if (precision == SpectrumPrecision::Complex64)
            bin = std::complex<double>(rounded(bin.real()), rounded(bin.imag()));
        if (precision == SpectrumPrecision::Float32Noise) {
            const double size = float32Rounding * std::abs(bin) + transformRounding * largest;
            const double re = random.between(-size, size);
            bin += std::complex<double>(re, random.between(-size, size));
        }
    }
}

Signal periodicHann()
{
    Signal window(frameSize);
    for (int n = 0; n < frameSize; ++n)
        window[index(n)] = 0.5 - 0.5 * std::cos(2.0 * std::numbers::pi * n / frameSize);
    return window;
}

} // namespace

const Signal &Taps::at(std::size_t tap) const
{
    const Signal *all[] = {&input, &preQuant, &postDist, &postQuant, &output};
    return *all[tap];
}

std::vector<int> targetBins(const engine::dsp::Scale &scale, int sampleRateHz, int fftSize)
{
    const int last = fftSize / 2;
    const auto binFrequency = [=](int bin) {
        return static_cast<double>(bin) * sampleRateHz / fftSize;
    };
    const double lowest = binFrequency(1);
    const double highest = binFrequency(last);

    struct Note {
        double frequency;
        double weight;
        int bin;
    };
    const auto nearestBin = [=](double frequency) {
        int nearest = 0;
        for (int bin = 1; bin <= last; ++bin) {
            if (std::abs(binFrequency(bin) - frequency) <
                std::abs(binFrequency(nearest) - frequency))
                nearest = bin;
        }
        return nearest;
    };
    std::vector<Note> notes;
    const std::set<int> allowed = pitchClasses(scale);
    const int firstMidi = static_cast<int>(std::floor(midiOf(std::max(lowest, 20.0)))) - 12;
    const int lastMidi = static_cast<int>(std::ceil(midiOf(std::min(highest, 22050.0)))) + 12;
    for (int midi = firstMidi; midi <= lastMidi; ++midi) {
        const int pitchClass = (midi + 120) % 12;
        const double frequency = 440.0 * std::pow(2.0, (midi - 69) / 12.0);
        if (allowed.contains(pitchClass) && frequency >= lowest / 2 && frequency <= highest * 2)
            notes.push_back({frequency,
                             weightOfInterval((pitchClass - scale.rootPitchClass + 12) % 12),
                             nearestBin(frequency)});
    }

    std::vector<int> targets(index(last + 1), 0);
    for (int bin = 1; bin <= last && !notes.empty(); ++bin) {
        const Note *chosen = nullptr;
        double least = 0.0;
        for (const Note &note : notes) {
            const double distance = std::abs(binFrequency(bin) - note.frequency) / note.weight;
            if (!chosen || distance < least) {
                chosen = &note;
                least = distance;
            }
        }
        targets[index(bin)] = chosen->bin;
    }
    return targets;
}

Spectrum quantizeFrame(const Spectrum &bins, const std::vector<int> &targets,
                       const engine::dsp::ClassicQuantizer::Parameters &parameters)
{
    const int count = static_cast<int>(bins.size());
    const double s = parameters.snapStrength;
    const double r = parameters.smear;
    const int radius = parameters.smearRadiusBins;
    const double sigma = std::max(1.0, radius / 2.0);

    Signal a(bins.size());            // magnitude
    Spectrum u(bins.size());          // phase factor
    Signal b(bins.size());            // new magnitude
    Signal arrived(bins.size(), 0.0); // E
    Spectrum phasor(bins.size());     // P
    for (int k = 0; k < count; ++k) {
        const std::complex<double> bin = bins[index(k)];
        a[index(k)] = std::hypot(bin.real(), bin.imag());
        u[index(k)] = a[index(k)] > 0.0 ? bin / a[index(k)] : 1.0;
        b[index(k)] = a[index(k)] - s * a[index(k)];
    }

    const auto arrive = [&](int at, double magnitude, std::complex<double> phase) {
        b[index(at)] += magnitude;
        arrived[index(at)] += magnitude;
        phasor[index(at)] += magnitude * phase;
    };
    for (int k = 0; k < count; ++k) {
        const double moved = s * a[index(k)];
        const int target = targets[index(k)];
        arrive(target, (1.0 - r) * moved, u[index(k)]);
        if (r <= 0.0)
            continue;
        double kernelSum = 0.0;
        for (int j = -radius; j <= radius; ++j) {
            if (target + j >= 0 && target + j < count)
                kernelSum += std::exp(-0.5 * (j / sigma) * (j / sigma));
        }
        for (int j = -radius; j <= radius; ++j) {
            if (target + j >= 0 && target + j < count) {
                const double share = std::exp(-0.5 * (j / sigma) * (j / sigma)) / kernelSum;
                arrive(target + j, r * moved * share, u[index(k)]);
            }
        }
    }

    // The phase is fixed before the magnitudes are smoothed.
    for (int k = 0; k < count; ++k) {
        if (arrived[index(k)] > 0.0) {
            const double length = std::hypot(phasor[index(k)].real(), phasor[index(k)].imag());
            u[index(k)] = length > 0.0 ? phasor[index(k)] / length : 1.0;
        }
    }
    if (parameters.binSmoothing) {
        const Signal before = b;
        for (int k = 0; k < count; ++k) {
            const double left = before[index(std::max(k - 1, 0))];
            const double right = before[index(std::min(k + 1, count - 1))];
            b[index(k)] = 0.25 * left + 0.5 * before[index(k)] + 0.25 * right;
        }
    }
    Spectrum result(bins.size());
    for (int k = 0; k < count; ++k)
        result[index(k)] = b[index(k)] * u[index(k)];
    return result;
}

Signal quantize(const Signal &input, int sampleRateHz,
                const engine::dsp::ClassicQuantizer::Parameters &parameters,
                SpectrumPrecision precision)
{
    const int length = static_cast<int>(input.size());
    const Signal window = periodicHann();
    const std::vector<int> targets = targetBins(parameters.scale, sampleRateHz, frameSize);

    // All positions below count from frameSize/2 before the sound.
    const int frames = 1 + length / hop;
    Signal extended(index(length + frameSize), 0.0);
    std::copy(input.begin(), input.end(), extended.begin() + frameSize / 2);
    Signal sum(extended.size() + frameSize, 0.0);
    Signal cover(sum.size(), 0.0);
    Random random(20);
    for (int m = 0; m < frames; ++m) {
        Signal frame(frameSize);
        for (int n = 0; n < frameSize; ++n)
            frame[index(n)] = window[index(n)] * extended[index(m * hop + n)];
        Spectrum bins = forward(frame);
        disturb(bins, precision, random);
        const Signal changed = inverse(quantizeFrame(bins, targets, parameters));
        for (int n = 0; n < frameSize; ++n) {
            sum[index(m * hop + n)] += window[index(n)] * changed[index(n)];
            cover[index(m * hop + n)] += window[index(n)] * window[index(n)];
        }
    }
    Signal output(input.size());
    for (int n = 0; n < length; ++n) {
        const std::size_t at = index(n + frameSize / 2);
        output[index(n)] = cover[at] > 1e-11 ? sum[at] / cover[at] : sum[at];
    }
    return rounded(output);
}

double fold(double x, double amount, double bias)
{
    double y = (x + bias) * amount;
    if (y > 1.0)
        y = 2.0 - y;
    if (y < -1.0)
        y = -2.0 - y;
    return std::clamp(y, -1.0, 1.0);
}

double tube(double x, double drive, double warmth)
{
    const double a = 1.0 + 4.0 * warmth;
    return std::tanh(a * x * std::max(drive, 0.0)) / std::tanh(a);
}

Signal distort(const Signal &input, const engine::dsp::Distortion::Parameters &parameters,
               SpectrumPrecision precision)
{
    const bool folds = parameters.mode == engine::dsp::DistortionMode::Wavefold;
    const bool noisy = precision == SpectrumPrecision::Float32Noise;
    const double size = noisy ? float32Rounding : 0.0;
    Random random(21);
    Signal output(input.size());
    for (std::size_t n = 0; n < input.size(); ++n) {
        const double gain = 1.0 + random.between(-size, size);
        const double shift = 1.0 + random.between(-size, size);
        output[n] = folds ? fold(input[n], parameters.foldAmount * gain, parameters.bias * shift)
                          : tube(input[n], parameters.drive * gain, parameters.warmth) * shift;
    }
    return rounded(output);
}

Signal limiterGains(const Signal &input, int sampleRateHz,
                    const engine::dsp::ClassicLimiter::Parameters &parameters)
{
    // nearbyint takes a half to the even neighbour: 5 ms at 44.1 kHz are 220 samples.
    const auto samples = [=](double ms) {
        return std::max(1, static_cast<int>(std::nearbyint(ms * sampleRateHz / 1000.0)));
    };
    const int lookahead = samples(parameters.lookaheadMs);
    const double c = std::exp(-1.0 / samples(parameters.releaseMs));
    const double ceiling = std::pow(10.0, parameters.ceilingDb / 20.0);
    const int length = static_cast<int>(input.size());

    Signal gains(input.size());
    double g = 1.0;
    for (int n = 0; n < length; ++n) {
        double peak = 0.0;
        for (int i = n; i < std::min(n + lookahead, length); ++i)
            peak = std::max(peak, std::abs(input[index(i)]));
        if (peak > ceiling)
            g = std::min(g, ceiling / peak);
        g = std::clamp(1.0 - (1.0 - g) * c, 0.0, 1.0);
        gains[index(n)] = g;
    }
    return gains;
}

Signal finish(const Signal &postQuant, const Signal &dry, int sampleRateHz,
              const engine::pipeline::Settings &settings)
{
    Signal output = postQuant;
    if (settings.limiter.on) {
        const Signal gains = limiterGains(postQuant, sampleRateHz, settings.limiter.classic());
        for (std::size_t n = 0; n < output.size(); ++n)
            output[n] *= gains[n];
    }
    const double wet = settings.mix.dryWet;
    const double gain = std::pow(10.0, settings.gain.gainDb / 20.0);
    for (std::size_t n = 0; n < output.size(); ++n)
        output[n] = (wet * output[n] + (1.0 - wet) * dry[n]) * gain;
    return output;
}

Taps run(const Signal &input, int sampleRateHz, const engine::pipeline::Settings &settings,
         SpectrumPrecision precision)
{
    const auto &pre = settings.preQuant.classic;
    const auto &post = settings.postLink ? settings.preQuant.classic : settings.postQuant.classic;
    Taps taps;
    taps.input = input;
    taps.preQuant = settings.preQuant.on && pre.snapStrength > 0.0
                        ? quantize(taps.input, sampleRateHz, pre, precision)
                        : taps.input;
    taps.postDist = distort(taps.preQuant, settings.distortion, precision);
    taps.postQuant = settings.postQuant.on && post.snapStrength > 0.0
                         ? quantize(taps.postDist, sampleRateHz, post, precision)
                         : taps.postDist;
    taps.output = finish(taps.postQuant, taps.input, sampleRateHz, settings);
    return taps;
}

} // namespace tests::oracle
