// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Spectrum.h"

#include <QtGlobal>
#include <cmath>
#include <ebur128.h>
#include <fftw3.h>
#include <numbers>

namespace tests {

namespace {

using engine::AudioBuffer;
constexpr double pi = std::numbers::pi;

fftw_complex *raw(Bins &bins)
{
    return reinterpret_cast<fftw_complex *>(bins.data());
}

double bessel0(double x)
{
    double term = 1.0;
    double sum = 1.0;
    for (int k = 1; term > 1e-18 * sum; ++k) {
        term *= (x / (2.0 * k)) * (x / (2.0 * k));
        sum += term;
    }
    return sum;
}

/// Side lobes 150 dB down; the main lobe ends 7 bins from its centre.
constexpr double kaiserBeta = 20.0;
constexpr int mainLobeBins = 9;

struct Meter {
    Meter(const AudioBuffer &sound, int mode)
        : state(ebur128_init(static_cast<unsigned>(sound.channels()),
                             static_cast<unsigned long>(sound.format().sampleRateHz), mode))
    {
        if (!state)
            qFatal("libebur128 does not start");
        for (int c = 0; c < sound.channels() && sound.channels() > 2; ++c)
            ebur128_set_channel(state, static_cast<unsigned>(c), EBUR128_LEFT);
    }
    ~Meter() { ebur128_destroy(&state); }
    Meter(const Meter &) = delete;
    Meter &operator=(const Meter &) = delete;

    void add(const AudioBuffer &sound)
    {
        const auto channels = static_cast<std::size_t>(sound.channels());
        std::vector<float> interleaved(channels * static_cast<std::size_t>(sound.frames()));
        for (std::size_t i = 0; i < interleaved.size(); ++i)
            interleaved[i] = sound.channel(static_cast<int>(i % channels))[i / channels];
        if (ebur128_add_frames_float(state, interleaved.data(),
                                     static_cast<std::size_t>(sound.frames())) != EBUR128_SUCCESS)
            qFatal("libebur128 takes no frames");
    }

    ebur128_state *state;
};

} // namespace

Bins spectrumOf(std::span<const double> samples)
{
    std::vector<double> in(samples.begin(), samples.end());
    Bins bins(in.size() / 2 + 1);
    fftw_plan plan =
        fftw_plan_dft_r2c_1d(static_cast<int>(in.size()), in.data(), raw(bins), FFTW_ESTIMATE);
    fftw_execute(plan);
    fftw_destroy_plan(plan);
    return bins;
}

std::vector<double> waveOf(Bins bins)
{
    std::vector<double> out(2 * (bins.size() - 1));
    fftw_plan plan =
        fftw_plan_dft_c2r_1d(static_cast<int>(out.size()), raw(bins), out.data(), FFTW_ESTIMATE);
    fftw_execute(plan);
    fftw_destroy_plan(plan);
    for (double &x : out)
        x /= static_cast<double>(out.size());
    return out;
}

double decibels(double amplitudeRatio)
{
    return 20.0 * std::log10(std::max(amplitudeRatio, 1e-15));
}

Lines linesOf(std::span<const float> samples, int rateHz, double baseHz)
{
    std::vector<double> windowed(samples.begin(), samples.end());
    const double half = static_cast<double>(windowed.size()) / 2.0;
    double windowEnergy = 0.0;
    for (std::size_t n = 0; n < windowed.size(); ++n) {
        const double t = (static_cast<double>(n) - half) / half;
        const double weight = bessel0(kaiserBeta * std::sqrt(std::max(0.0, 1.0 - t * t)));
        windowEnergy += weight * weight;
        windowed[n] *= weight;
    }
    const Bins bins = spectrumOf(windowed);
    const double binHz = rateHz / static_cast<double>(windowed.size());
    double harmonic = 0.0;
    double alias = 0.0;
    for (std::size_t k = mainLobeBins + 1; k < bins.size() && static_cast<double>(k) * binHz <= 2e4;
         ++k) {
        const double hz = static_cast<double>(k) * binHz;
        const double nearest = std::round(hz / baseHz) * baseHz;
        if (nearest == 0.0 || std::abs(hz - nearest) > mainLobeBins * binHz)
            alias += std::norm(bins[k]);
        else
            harmonic += std::norm(bins[k]);
    }
    // A sine of amplitude 1 leaves a quarter of size × window energy on its side of the spectrum.
    const double fullScale = windowEnergy * half / 2.0;
    const auto level = [&](double energy) {
        return 10.0 * std::log10(std::max(energy / fullScale, 1e-20));
    };
    return {level(harmonic), level(alias)};
}

Response responseAt(std::span<const float> impulseResponse, int rateHz, double hz, double delay)
{
    std::complex<double> sum;
    const double step = 2.0 * pi * hz / rateHz;
    for (std::size_t n = 0; n < impulseResponse.size(); ++n)
        sum +=
            double{impulseResponse[n]} * std::polar(1.0, -step * (static_cast<double>(n) - delay));
    return {decibels(std::abs(sum)), std::arg(sum) * 180.0 / pi};
}

double oversampledPeak(std::span<const float> samples, Reconstruction reconstruction)
{
    constexpr std::size_t factor = 16;
    constexpr std::size_t margin = 512;
    std::size_t size = 1;
    while (size < samples.size() + 2 * margin)
        size *= 2;
    std::vector<double> padded(size, 0.0);
    std::copy(samples.begin(), samples.end(), padded.begin() + margin);
    const Bins bins = spectrumOf(padded);
    const std::size_t nyquist = size / 2;
    Bins raised(factor * nyquist + 1);
    if (reconstruction == Reconstruction::Ideal) {
        std::copy(bins.begin(), bins.end(), raised.begin());
        raised[nyquist] *= 0.5; // half of it belongs to the negative frequency
    } else {
        // Flat to 0.4535 of the rate, down to nothing at 0.5465; the image lies mirrored.
        const double edge = 0.4535 * static_cast<double>(size);
        const double width = static_cast<double>(size) - 2.0 * edge;
        for (std::size_t k = 0; k < 2 * nyquist; ++k) {
            const double t = std::clamp((static_cast<double>(k) - edge) / width, 0.0, 1.0);
            const std::complex<double> bin = k <= nyquist ? bins[k] : std::conj(bins[size - k]);
            raised[k] = bin * (0.5 + 0.5 * std::cos(pi * t));
        }
    }
    double peak = 0.0;
    for (const double x : waveOf(std::move(raised)))
        peak = std::max(peak, std::abs(x));
    return peak * factor;
}

double oversampledPeak(const AudioBuffer &sound, Reconstruction reconstruction)
{
    double peak = 0.0;
    for (int c = 0; c < sound.channels(); ++c)
        peak = std::max(peak, oversampledPeak(sound.channel(c), reconstruction));
    return peak;
}

double ebur128Peak(const AudioBuffer &sound)
{
    Meter meter(sound, EBUR128_MODE_TRUE_PEAK);
    meter.add(sound);
    meter.add(AudioBuffer(sound.format(), 64)); // what its filters still hold
    double highest = 0.0;
    for (int c = 0; c < sound.channels(); ++c) {
        double peak = 0.0;
        ebur128_true_peak(meter.state, static_cast<unsigned>(c), &peak);
        highest = std::max(highest, peak);
    }
    return highest;
}

double samplePeak(const AudioBuffer &sound)
{
    double peak = 0.0;
    for (int c = 0; c < sound.channels(); ++c) {
        for (const float x : sound.channel(c))
            peak = std::isnan(x) ? HUGE_VAL : std::max(peak, std::abs(double{x}));
    }
    return peak;
}

double loudnessLufs(const AudioBuffer &sound, std::int64_t silentFrames)
{
    const AudioBuffer silence(sound.format(), silentFrames);
    Meter meter(sound, EBUR128_MODE_I);
    for (const AudioBuffer *part : {&silence, &sound, &silence}) {
        if (part->frames() > 0)
            meter.add(*part);
    }
    double lufs = 0.0;
    ebur128_loudness_global(meter.state, &lufs);
    return lufs;
}

double distortionAndNoiseDb(std::span<const float> samples, int rateHz, double hz)
{
    // Least squares on sine and cosine.
    double ss = 0.0, cc = 0.0, sc = 0.0, sy = 0.0, cy = 0.0, yy = 0.0;
    for (std::size_t n = 0; n < samples.size(); ++n) {
        const double angle = 2.0 * pi * hz * static_cast<double>(n) / rateHz;
        const double s = std::sin(angle);
        const double c = std::cos(angle);
        const double y = double{samples[n]};
        ss += s * s;
        cc += c * c;
        sc += s * c;
        sy += s * y;
        cy += c * y;
        yy += y * y;
    }
    const double determinant = ss * cc - sc * sc;
    const double a = (sy * cc - cy * sc) / determinant;
    const double b = (cy * ss - sy * sc) / determinant;
    const double fitted = a * sy + b * cy;
    return 10.0 * std::log10(std::max(yy - fitted, 1e-20 * yy) / fitted);
}

double correlation(std::span<const float> a, std::span<const float> b)
{
    double aa = 0.0, bb = 0.0, ab = 0.0;
    for (std::size_t n = 0; n < a.size(); ++n) {
        aa += double{a[n]} * double{a[n]};
        bb += double{b[n]} * double{b[n]};
        ab += double{a[n]} * double{b[n]};
    }
    return ab / std::sqrt(aa * bb);
}

std::vector<float> noiseUpTo(double highestHz, int rateHz, int frames, double amplitude,
                             Random &random)
{
    std::size_t size = 2;
    while (size < static_cast<std::size_t>(frames))
        size *= 2;
    Bins bins(size / 2 + 1);
    for (std::size_t k = 1; k < bins.size(); ++k) {
        if (static_cast<double>(k) * rateHz / static_cast<double>(size) <= highestHz)
            bins[k] = std::polar(random.between(0.2, 1.0), random.between(0.0, 2.0 * pi));
    }
    const std::vector<double> wave = waveOf(std::move(bins));
    std::vector<float> noise(wave.begin(), wave.begin() + frames);
    fade(noise, frames / 20);
    float highest = 1e-30F;
    for (const float x : noise)
        highest = std::max(highest, std::abs(x));
    for (float &x : noise)
        x *= static_cast<float>(amplitude) / highest;
    return noise;
}

void fade(std::span<float> samples, int frames)
{
    const auto length = std::min(static_cast<std::size_t>(frames), samples.size() / 2);
    for (std::size_t n = 0; n < length; ++n) {
        const double share = (static_cast<double>(n) + 0.5) / static_cast<double>(length);
        const auto gain = static_cast<float>(0.5 - 0.5 * std::cos(pi * share));
        samples[n] *= gain;
        samples[samples.size() - 1 - n] *= gain;
    }
}

std::vector<float> sine(double hz, int rateHz, int frames, double amplitude, double phase)
{
    std::vector<float> samples(static_cast<std::size_t>(frames));
    for (std::size_t n = 0; n < samples.size(); ++n)
        samples[n] = static_cast<float>(
            amplitude * std::sin(2.0 * pi * hz * static_cast<double>(n) / rateHz + phase));
    return samples;
}

} // namespace tests
