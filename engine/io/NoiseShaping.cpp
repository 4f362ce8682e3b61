// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/NoiseShaping.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace engine::io {

namespace {

constexpr std::size_t points = 2048;
constexpr double heededDb = 40.0;

/// In dB of sound pressure (Terhardt 1979); below 20 Hz as at 20 Hz.
double thresholdInQuietDb(double hz)
{
    const double kHz = std::max(hz, 20.0) / 1000.0;
    return 3.64 * std::pow(kHz, -0.8) - 6.5 * std::exp(-0.6 * (kHz - 3.3) * (kHz - 3.3)) +
           1e-3 * std::pow(kHz, 4.0);
}

/// How much noise power counts, from 0 to half the sample rate.
std::vector<double> audibility(int sampleRateHz)
{
    std::vector<double> weights(points);
    for (std::size_t i = 0; i < points; ++i)
        weights[i] = thresholdInQuietDb((static_cast<double>(i) + 0.5) / points * sampleRateHz / 2);
    const double most = *std::ranges::min_element(weights) + heededDb;
    for (double &weight : weights)
        weight = std::pow(10.0, -std::min(weight, most) / 10.0);
    return weights;
}

} // namespace

ShapingFilter shapingFilter(int sampleRateHz)
{
    const std::vector<double> weights = audibility(sampleRateHz);
    std::array<double, shapingTaps + 1> correlation{};
    for (std::size_t k = 0; k < correlation.size(); ++k) {
        for (std::size_t i = 0; i < points; ++i)
            correlation[k] += weights[i] * std::cos(std::numbers::pi * static_cast<double>(k) *
                                                    (static_cast<double>(i) + 0.5) / points);
    }
    std::array<double, shapingTaps + 1> filter{1.0};
    double error = correlation[0];
    for (std::size_t order = 1; order <= shapingTaps; ++order) {
        double sum = 0.0;
        for (std::size_t j = 0; j < order; ++j)
            sum += filter[j] * correlation[order - j];
        const double reflection = -sum / error;
        const auto before = filter;
        for (std::size_t j = 1; j <= order; ++j)
            filter[j] = before[j] + reflection * before[order - j];
        error *= 1.0 - reflection * reflection;
    }
    ShapingFilter taps{};
    std::copy_n(filter.begin() + 1, shapingTaps, taps.begin());
    return taps;
}

} // namespace engine::io
