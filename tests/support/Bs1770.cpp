// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Bs1770.h"

#include "tests/support/Measure.h"
#include "tests/support/Spectrum.h"

#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

namespace tests {

namespace {

std::complex<double> biquad(double b0, double b1, double b2, double a1, double a2,
                            std::complex<double> delay)
{
    return (b0 + delay * (b1 + delay * b2)) / (1.0 + delay * (a1 + delay * a2));
}

/// Head shelf and high pass at one frequency; above the standard's 24 kHz as there.
std::complex<double> weight(double hz)
{
    const double angle = 2.0 * std::numbers::pi * std::min(hz, 23999.0) / 48000.0;
    const std::complex<double> delay = std::polar(1.0, -angle);
    return biquad(1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241,
                  0.73248077421585, delay) *
           biquad(1.0, -2.0, 1.0, -1.99004745483398, 0.99007225036621, delay);
}

std::vector<double> weighted(std::span<const float> samples, int rateHz)
{
    std::size_t size = 65536; // room for the filter's tail
    while (size < samples.size() + 32768)
        size *= 2;
    std::vector<double> padded = toDouble(samples);
    padded.resize(size, 0.0);
    Bins bins = spectrumOf(padded);
    for (std::size_t k = 0; k < bins.size(); ++k)
        bins[k] *= weight(static_cast<double>(k) * rateHz / static_cast<double>(size));
    padded = waveOf(std::move(bins));
    padded.resize(samples.size());
    return padded;
}

double mean(const std::vector<double> &powers, double above)
{
    double sum = 0.0;
    int count = 0;
    for (const double power : powers) {
        if (power > above) {
            sum += power;
            ++count;
        }
    }
    return count == 0 ? 0.0 : sum / count;
}

double lufs(double power)
{
    return -0.691 + 10.0 * std::log10(power);
}
double power(double loudness)
{
    return std::pow(10.0, (loudness + 0.691) / 10.0);
}

} // namespace

double bs1770Lufs(const engine::AudioBuffer &sound)
{
    const int rateHz = sound.format().sampleRateHz;
    const auto block = static_cast<std::size_t>(0.4 * rateHz + 0.5);
    const auto step = static_cast<std::size_t>(0.1 * rateHz + 0.5);
    std::vector<double> powers;
    for (int c = 0; c < sound.channels(); ++c) {
        const std::vector<double> wave = weighted(sound.channel(c), rateHz);
        for (std::size_t i = 0, at = 0; at + block <= wave.size(); ++i, at += step) {
            powers.resize(std::max(powers.size(), i + 1));
            powers[i] += std::inner_product(wave.begin() + static_cast<std::ptrdiff_t>(at),
                                            wave.begin() + static_cast<std::ptrdiff_t>(at + block),
                                            wave.begin() + static_cast<std::ptrdiff_t>(at), 0.0) /
                         static_cast<double>(block);
        }
    }
    const double loud = mean(powers, power(-70.0));
    if (loud == 0.0)
        return -std::numeric_limits<double>::infinity();
    return lufs(mean(powers, std::max(power(-70.0), loud / 10.0)));
}

} // namespace tests
