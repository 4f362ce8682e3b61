// SPDX-License-Identifier: GPL-3.0-or-later

#include "resources/demo-sounds/Finishing.h"

#include "resources/demo-sounds/Envelopes.h"
#include "resources/demo-sounds/StateVariableFilter.h"

#include <algorithm>
#include <array>

namespace demo {

namespace {

static_assert(oversampling == 2, "a half-band filter halves the rate");

constexpr double fadeInMs = 0.8;
constexpr double fadeOutMs = 25.0;
constexpr int sideTaps = 40;       ///< non-zero taps on each side of the centre
constexpr double kaiserBeta = 9.0; ///< about 90 dB of stop band

double besselI0(double x)
{
    double term = 1.0;
    double sum = 1.0;
    for (int k = 1; k < 60; ++k) {
        term *= (0.5 * x / k) * (0.5 * x / k);
        sum += term;
    }
    return sum;
}

/// Every second tap of a half-band filter is zero; these are the others, outward from the centre.
std::array<double, sideTaps> halfBandTaps()
{
    std::array<double, sideTaps> taps{};
    double sum = 0.0;
    for (int i = 0; i < sideTaps; ++i) {
        const int offset = 2 * i + 1;
        const double position = static_cast<double>(offset) / (2.0 * sideTaps);
        const double window =
            besselI0(kaiserBeta * std::sqrt(1.0 - position * position)) / besselI0(kaiserBeta);
        const double sign = i % 2 == 0 ? 1.0 : -1.0;
        taps[static_cast<std::size_t>(i)] = sign * window / (std::numbers::pi * offset);
        sum += 2.0 * taps[static_cast<std::size_t>(i)];
    }
    for (double &tap : taps)
        tap *= 0.5 / sum;
    return taps;
}

void removeDc(std::vector<double> &samples)
{
    StateVariableFilter highPass(12.0, 0.7071);
    for (double &sample : samples)
        sample = highPass.high(sample);
}

std::vector<double> decimated(const std::vector<double> &samples)
{
    const std::array<double, sideTaps> taps = halfBandTaps();
    const int count = static_cast<int>(samples.size());
    const auto at = [&](int i) {
        return i < 0 || i >= count ? 0.0 : samples[static_cast<std::size_t>(i)];
    };
    std::vector<double> result;
    result.reserve(samples.size() / 2 + 1);
    for (int centre = 0; centre < count; centre += 2) {
        double sum = 0.5 * at(centre);
        for (int i = 0; i < sideTaps; ++i) {
            const int offset = 2 * i + 1;
            sum += taps[static_cast<std::size_t>(i)] * (at(centre - offset) + at(centre + offset));
        }
        result.push_back(sum);
    }
    return result;
}

double fadeAt(std::size_t frame, std::size_t frames)
{
    const double sinceStartMs = static_cast<double>(frame) * 1000.0 / fileRateHz;
    const double toEndMs = static_cast<double>(frames - 1 - frame) * 1000.0 / fileRateHz;
    return swell(sinceStartMs / fadeInMs) * swell(toEndMs / fadeOutMs);
}

} // namespace

std::vector<double> finished(StereoBuffer sound, double peakDb)
{
    removeDc(sound.left);
    removeDc(sound.right);
    const std::vector<double> left = decimated(sound.left);
    const std::vector<double> right = decimated(sound.right);

    std::vector<double> interleaved;
    interleaved.reserve(2 * left.size());
    double peak = 0.0;
    for (std::size_t frame = 0; frame < left.size(); ++frame) {
        const double fade = fadeAt(frame, left.size());
        for (const double sample : {fade * left[frame], fade * right[frame]}) {
            peak = std::max(peak, std::abs(sample));
            interleaved.push_back(sample);
        }
    }
    const double gain = peak > 0.0 ? engine::gainFromDb(peakDb) / peak : 0.0;
    for (double &sample : interleaved)
        sample *= gain;
    return interleaved;
}

} // namespace demo
