// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dsp/TruePeakDetector.h"

#include "engine/dsp/Fir.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace engine::dsp {

namespace {

constexpr double beta = 6.0;
constexpr int half = TruePeakDetector::points / 2;
/// Only peaks near or above the threshold are worth the parabola; it adds at most this much.
constexpr double worthRefining = 0.95;

double sinc(double x)
{
    return x == 0.0 ? 1.0 : std::sin(std::numbers::pi * x) / (std::numbers::pi * x);
}

void raise(float *peaks, const float *wave, int count, bool first)
{
    for (int n = 0; n < count; ++n)
        peaks[n] = std::max(first ? 0.0F : peaks[n], std::abs(wave[n]));
}

} // namespace

void TruePeakDetector::prepare(double threshold, int maxFrames)
{
    threshold_ = static_cast<float>(threshold);
    constexpr int centre = tapsPerPoint / 2 - 1; // the tap that meets the sample itself
    double largestSum = 1.0;
    for (int k = 1; k < points; ++k) {
        std::vector<float> &taps = taps_[static_cast<std::size_t>(k)];
        taps.clear();
        double sum = 0.0;
        double magnitudes = 0.0;
        for (int j = 0; j < tapsPerPoint; ++j) {
            const double t = j - centre - static_cast<double>(k) / points;
            const double tap = sinc(t) * fir::kaiser(t / (tapsPerPoint / 2.0), beta);
            taps.push_back(static_cast<float>(tap));
            sum += tap;
        }
        for (float &tap : taps) {
            tap /= static_cast<float>(sum); // a constant is read as it is
            magnitudes += double{std::abs(tap)};
        }
        largestSum = std::max(largestSum, magnitudes);
    }
    quietFactor_ = static_cast<float>(worthRefining / largestSum);
    // One more sample on both sides than the filters need: a peak is compared with its neighbours.
    input_.assign(static_cast<std::size_t>(tapsPerPoint + 2 + maxFrames), 0.0F);
    for (auto &wave : between_)
        wave.assign(static_cast<std::size_t>(maxFrames + 3), 0.0F);
    reset();
}

void TruePeakDetector::reset() noexcept
{
    std::fill(input_.begin(), input_.end(), 0.0F);
}

float TruePeakDetector::refined(int n) const noexcept
{
    // The points within half a sample of sample n + 1 of `between_`, and one more on either side.
    std::array<float, points + 3> wave{};
    for (int i = 0; i < points + 3; ++i) {
        const int point = i - half - 1; // in eighths from the sample
        const auto sample = static_cast<std::size_t>(point < 0 ? n : n + 1);
        const auto k = static_cast<std::size_t>((point + points) % points);
        wave[static_cast<std::size_t>(i)] = std::abs(between_[k][sample]);
    }
    float peak = 0.0F;
    for (std::size_t i = 1; i + 1 < wave.size(); ++i) {
        const float a = wave[i - 1];
        const float b = wave[i];
        const float c = wave[i + 1];
        peak = std::max(peak, b);
        const float bend = 2.0F * b - a - c;
        if (b >= a && b >= c && bend > 0.0F)
            peak = std::max(peak, b + (a - c) * (a - c) / (8.0F * bend));
    }
    return peak;
}

void TruePeakDetector::skip(const float *in, int count) noexcept
{
    const std::size_t kept = historyFrames;
    std::copy_n(in, count, input_.begin() + static_cast<std::ptrdiff_t>(kept));
    std::copy_n(input_.begin() + count, kept, input_.begin());
}

void TruePeakDetector::process(const float *in, int count, float *peaks) noexcept
{
    // between_[k][i] lies k/8 after the sample input_[i + tapsPerPoint/2 − 1], for i = 0 … count
    // + 1.
    const std::size_t kept = historyFrames;
    std::copy_n(in, count, input_.begin() + static_cast<std::ptrdiff_t>(kept));
    const auto used = static_cast<std::ptrdiff_t>(kept) + count;
    float largest = 0.0F;
    for (auto sample = input_.begin(); sample != input_.begin() + used; ++sample)
        largest = std::max(largest, std::abs(*sample));
    if (largest <= threshold_ * quietFactor_) {
        std::fill_n(peaks, count, largest);
    } else {
        std::copy_n(input_.data() + tapsPerPoint / 2 - 1, count + 2, between_[0].data());
        for (int k = 1; k < points; ++k)
            fir::convolve(input_.data(), taps_[static_cast<std::size_t>(k)].data(), tapsPerPoint,
                          between_[static_cast<std::size_t>(k)].data(), count + 2);
        for (int k = 0; k <= half; ++k)
            raise(peaks, between_[static_cast<std::size_t>(k)].data() + 1, count, k == 0);
        for (int k = half; k < points; ++k)
            raise(peaks, between_[static_cast<std::size_t>(k)].data(), count, false);
        const float refineFrom = static_cast<float>(worthRefining) * threshold_;
        for (int n = 0; n < count; ++n) {
            if (peaks[n] > refineFrom)
                peaks[n] = refined(n);
        }
    }
    std::copy_n(input_.begin() + count, kept, input_.begin());
}

} // namespace engine::dsp
