// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dsp/TruePeakDetector.h"

#include "engine/dsp/Fir.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace engine::dsp {

namespace {

constexpr int half = TruePeakDetector::points / 2;
constexpr double shortBeta = 4.5;
constexpr double longBeta = 4.5;
/// Where the short interpolator stays below this share of the threshold, the wave does too.
constexpr double worthReading = 0.8;

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

TruePeakDetector::Taps TruePeakDetector::makeTaps(int count, double beta)
{
    Taps all;
    const int centre = count / 2 - 1; // the tap that meets the sample itself
    for (int k = 1; k < points; ++k) {
        std::vector<float> &taps = all[static_cast<std::size_t>(k)];
        double sum = 0.0;
        for (int j = 0; j < count; ++j) {
            const double t = j - centre - static_cast<double>(k) / points;
            const double tap = sinc(t) * fir::kaiser(t / (count / 2.0), beta);
            taps.push_back(static_cast<float>(tap));
            sum += tap;
        }
        for (float &tap : taps)
            tap /= static_cast<float>(sum); // a constant is read as it is
    }
    return all;
}

/// 49 points of a Hann-windowed sinc at 4 or, from 96 kHz on, 2 points a sample; none from 192 kHz
/// on. Source: libebur128, interp_create; the points are BS.1770-4's.
TruePeakDetector::Taps TruePeakDetector::makeMeterTaps(int sampleRateHz)
{
    const int meterPoints = sampleRateHz < 96000 ? 4 : sampleRateHz < 192000 ? 2 : 1;
    const int count = 48 / meterPoints;
    Taps all;
    for (int k = 1; k < meterPoints; ++k) {
        for (int j = 0; j < count; ++j) {
            const double t = j - (count / 2 - 1) - static_cast<double>(k) / meterPoints;
            const double window = 0.5 + 0.5 * std::cos(std::numbers::pi * t / (count / 2.0));
            all[static_cast<std::size_t>(k * points / meterPoints)].push_back(
                static_cast<float>(sinc(t) * window));
        }
    }
    return all;
}

void TruePeakDetector::prepare(double threshold, int sampleRateHz, int maxFrames)
{
    threshold_ = static_cast<float>(threshold);
    meter_ = makeMeterTaps(sampleRateHz);
    metered_.assign(static_cast<std::size_t>(maxFrames + 1), 0.0F);
    short_ = makeTaps(shortTaps, shortBeta);
    long_ = makeTaps(longTaps, longBeta);
    double largestGain = 1.0;
    for (const std::vector<float> &taps : long_) {
        double magnitudes = 0.0;
        for (const float tap : taps)
            magnitudes += double{std::abs(tap)};
        largestGain = std::max(largestGain, magnitudes);
    }
    quietFactor_ = static_cast<float>(worthReading / largestGain);
    input_.assign(static_cast<std::size_t>(historyFrames + maxFrames), 0.0F);
    for (auto &wave : between_)
        wave.assign(static_cast<std::size_t>(maxFrames + 2), 0.0F);
    reset();
}

void TruePeakDetector::reset() noexcept
{
    std::fill(input_.begin(), input_.end(), 0.0F);
}

// Positions: the block's peak n lies around the sample input_[n + longTaps/2]. between_[k][i] lies
// k/8 after the sample input_[i + longTaps/2 − 1], so peak n has it at i = n + 1, the sample before
// at i = n.

// `point` counts eighths from that sample, −5 … 5.

float TruePeakDetector::shortPoint(int n, int point) const noexcept
{
    const auto k = static_cast<std::size_t>((point + points) % points);
    return std::abs(between_[k][static_cast<std::size_t>(point < 0 ? n : n + 1)]);
}

float TruePeakDetector::longPoint(int n, int point) const noexcept
{
    const float *sample = input_.data() + n + longTaps / 2 - (point < 0 ? 1 : 0);
    const auto k = static_cast<std::size_t>((point + points) % points);
    if (k == 0)
        return std::abs(*sample);
    return std::abs(fir::dot(sample - (longTaps / 2 - 1), long_[k].data(), longTaps));
}

float TruePeakDetector::exactPeak(int n) const noexcept
{
    // The highest point that is no lower than its neighbours. Where there is none the wave only
    // passes by on its way to a peak that belongs to a sample beside this one.
    int top = half + 1;
    float highest = 0.0F;
    for (int point = -half; point <= half; ++point) {
        const float here = shortPoint(n, point);
        if (here > highest && here >= shortPoint(n, point - 1) &&
            here >= shortPoint(n, point + 1)) {
            top = point;
            highest = here;
        }
    }
    if (top > half)
        return 0.0F;
    const float before = longPoint(n, top - 1);
    const float at = longPoint(n, top);
    const float after = longPoint(n, top + 1);
    const float bend = 2.0F * at - before - after;
    const float parabola =
        bend > 0.0F ? at + (before - after) * (before - after) / (8.0F * bend) : at;
    // Beyond its three points a parabola knows nothing.
    const float largest = std::max({before, at, after});
    return at >= before && at >= after ? parabola : largest;
}

void TruePeakDetector::raiseToMeter(float *peaks, int count) noexcept
{
    const float *samples = input_.data() + longTaps / 2 - 1;
    for (std::size_t k = 1; k < points; ++k) {
        const auto taps = static_cast<int>(meter_[k].size());
        if (taps == 0)
            continue;
        fir::convolve(samples - (taps / 2 - 1), meter_[k].data(), taps, metered_.data(), count + 1);
        if (k <= half)
            raise(peaks, metered_.data() + 1, count, false);
        if (k >= half)
            raise(peaks, metered_.data(), count, false);
    }
}

void TruePeakDetector::skip(const float *in, int count) noexcept
{
    std::copy_n(in, count, input_.begin() + historyFrames);
    std::copy_n(input_.begin() + count, historyFrames, input_.begin());
}

void TruePeakDetector::process(const float *in, int count, float *peaks) noexcept
{
    std::copy_n(in, count, input_.begin() + historyFrames);
    float largest = 0.0F;
    for (int i = 0; i < historyFrames + count; ++i)
        largest = std::max(largest, std::abs(input_[static_cast<std::size_t>(i)]));
    if (largest <= threshold_ * quietFactor_) {
        std::fill_n(peaks, count, largest);
    } else {
        const float *samples = input_.data() + longTaps / 2 - 1;
        std::copy_n(samples, count + 1, between_[0].data());
        for (std::size_t k = 1; k < points; ++k)
            fir::convolve(samples - (shortTaps / 2 - 1), short_[k].data(), shortTaps,
                          between_[k].data(), count + 1);
        for (std::size_t k = 0; k <= half; ++k)
            raise(peaks, between_[k].data() + 1, count, k == 0);
        for (std::size_t k = half; k < points; ++k)
            raise(peaks, between_[k].data(), count, false);
        const float readFrom = static_cast<float>(worthReading) * threshold_;
        for (int n = 0; n < count; ++n) {
            if (peaks[n] > readFrom)
                peaks[n] = std::max(peaks[n], exactPeak(n));
        }
        raiseToMeter(peaks, count);
    }
    std::copy_n(input_.begin() + count, historyFrames, input_.begin());
}

} // namespace engine::dsp
