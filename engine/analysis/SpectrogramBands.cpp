// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/SpectrogramBands.h"

#include "engine/dsp/Windows.h"

#include <algorithm>
#include <numbers>
#include <numeric>

namespace engine::analysis {

namespace {

/// Where one resolution hands over to the next longer one, in the middle of an octave of both.
constexpr std::array<double, bandCount - 1> crossingsHz{3200.0, 800.0, 200.0};
constexpr double halfCrossing = std::numbers::sqrt2;
constexpr int shortestWindow = 32;

/// One side of a half-band low-pass: every second tap is zero, the middle one is 1/2. Kaiser's
/// window for 90 dB; 31 taps reach it because a quarter of the band may pass from one to nought.
std::vector<float> halfBandTaps()
{
    constexpr int side = 8;
    constexpr double beta = 8.96; // 0.1102 (A − 8.7), Oppenheim & Schafer 7.5
    const auto bessel = [](double x) {
        double sum = 1.0;
        double term = 1.0;
        for (int k = 1; k < 40; ++k) {
            term *= x / (2.0 * k) * (x / (2.0 * k));
            sum += term;
        }
        return sum;
    };
    std::vector<float> taps;
    for (int i = 0; i < side; ++i) {
        const double n = 2 * i + 1;
        const double place = n / (2.0 * side);
        const double window = bessel(beta * std::sqrt(1.0 - place * place)) / bessel(beta);
        taps.push_back(static_cast<float>(std::sin(std::numbers::pi * n / 2.0) /
                                          (std::numbers::pi * n) * window));
    }
    return taps;
}

std::vector<float> halvedChannel(const std::vector<float> &in, const std::vector<float> &taps)
{
    const auto count = static_cast<std::int64_t>(in.size());
    std::vector<float> out((in.size() + 1) / 2);
    const auto side = static_cast<std::int64_t>(taps.size()) * 2;
    for (std::int64_t i = 0; i < static_cast<std::int64_t>(out.size()); ++i) {
        const std::int64_t at = 2 * i;
        const float *middle = in.data() + at;
        float sum = 0.5F * *middle;
        if (at >= side && at + side < count) {
            for (std::size_t t = 0; t < taps.size(); ++t) {
                const auto n = static_cast<std::ptrdiff_t>(2 * t + 1);
                sum += taps[t] * (middle[-n] + middle[n]);
            }
        } else {
            for (std::size_t t = 0; t < taps.size(); ++t) {
                const auto n = static_cast<std::int64_t>(2 * t + 1);
                sum += taps[t] *
                       ((at - n >= 0 ? middle[-n] : 0.0F) + (at + n < count ? middle[n] : 0.0F));
            }
        }
        out[static_cast<std::size_t>(i)] = sum;
    }
    return out;
}

} // namespace

std::vector<std::vector<float>> halved(const std::vector<std::vector<float>> &channels)
{
    const std::vector<float> taps = halfBandTaps();
    std::vector<std::vector<float>> result;
    for (const auto &channel : channels)
        result.push_back(halvedChannel(channel, taps));
    return result;
}

int shortestWindowFrames(int sampleRateHz)
{
    const auto octaves = static_cast<int>(std::lround(std::log2(sampleRateHz / 48000.0)));
    return std::max(octaves >= 0 ? 2048 << octaves : 2048 >> -octaves, shortestWindow);
}

std::array<BandPlan, bandCount> planBands(const LogAxis &axis, int sampleRateHz, int sharper)
{
    std::array<BandPlan, bandCount> plans;
    const int shortest = shortestWindowFrames(sampleRateHz);
    for (int band = 0; band < bandCount; ++band) {
        BandPlan &plan = plans[static_cast<std::size_t>(band)];
        // A band is two octaves above the one before, so three periods are four times as long.
        const int threePeriods = shortest >> sharpestFrames << (2 * band);
        plan.windowFrames = std::max({shortest << band >> sharper, threePeriods, shortestWindow});
        const auto crossing = [&](int index) {
            return crossingsHz[static_cast<std::size_t>(index)];
        };
        const double top = band == 0 ? axis.highestHz() : crossing(band - 1) * halfCrossing;
        const double bottom = band == bandCount - 1 ? axis.lowestHz : crossing(band) / halfCrossing;
        plan.firstRow = std::clamp(static_cast<int>(std::floor(axis.row(bottom))), 0, axis.rows);
        plan.endRow = std::clamp(static_cast<int>(std::ceil(axis.row(top))) + 1, 0, axis.rows);
        const auto rate = static_cast<double>(sampleRateHz);
        while (top <= 0.25 * rate / (2 << plan.halvings) &&
               plan.windowFrames >> (plan.halvings + 1) >= shortestWindow)
            ++plan.halvings;
        // Twice as many bins where they cost little and a note is narrow.
        plan.fftSize = (plan.windowFrames >> plan.halvings) * (band >= 2 ? 2 : 1);
        plan.hopFrames = plan.windowFrames / (band == 0 ? 4 : 8);
    }
    return plans;
}

double shareOfLongerBand(int band, double hz)
{
    if (band == 0)
        return 1.0;
    const double crossing = crossingsHz[static_cast<std::size_t>(band - 1)];
    const double place = 0.5 - std::log2(hz / crossing); // 0 at the top of the octave, 1 below it
    return std::clamp(place, 0.0, 1.0);
}

BandAnalysis::Scratch::Scratch(const BandAnalysis &band)
    : time(static_cast<std::size_t>(band.plan_.fftSize)),
      bins(static_cast<std::size_t>(band.plan_.fftSize) / 2 + 1),
      power(static_cast<std::size_t>(band.plan_.fftSize) / 2 + 1 + 2 * RowReader::guard)
{}

BandAnalysis::BandAnalysis(const BandPlan &plan, const LogAxis &axis, int sampleRateHz,
                           std::int64_t frames, SoundEdges edges)
    : plan_(plan), edges_(edges), frames_(static_cast<int>(frames / plan.hopFrames) + 2),
      window_(dsp::periodicHann(plan.windowFrames >> plan.halvings)),
      reader_(axis, plan.firstRow, plan.endRow,
              static_cast<double>(sampleRateHz) / (1 << plan.halvings) / plan.fftSize,
              plan.fftSize / 2 + 1),
      fft_(plan.fftSize),
      roots_(static_cast<std::size_t>(frames_) * static_cast<std::size_t>(reader_.rows()))
{}

/// Returns the sum of the window over the samples that exist.
double BandAnalysis::cut(std::int64_t start, const std::vector<float> &channel, double *time) const
{
    const auto size = static_cast<std::int64_t>(window_.size());
    const auto count = static_cast<std::int64_t>(channel.size());
    const std::int64_t first = std::clamp<std::int64_t>(-start, 0, size);
    const std::int64_t end = std::clamp<std::int64_t>(count - start, first, size);
    std::fill_n(time, first, 0.0);
    for (std::int64_t i = first; i < end; ++i)
        time[i] = static_cast<double>(channel[static_cast<std::size_t>(start + i)]) *
                  window_[static_cast<std::size_t>(i)];
    std::fill(time + end, time + plan_.fftSize, 0.0);
    return std::accumulate(window_.begin() + first, window_.begin() + end, 0.0);
}

void BandAnalysis::analyse(int frame, const Channels &channels, Scratch &scratch)
{
    const auto size = static_cast<std::int64_t>(window_.size());
    const auto count = static_cast<std::int64_t>(channels[0].size());
    std::int64_t start =
        (static_cast<std::int64_t>(frame) * plan_.hopFrames >> plan_.halvings) - size / 2;
    if (!edges_.silentAfter)
        start = std::min(start, count - size);
    if (!edges_.silentBefore)
        start = std::max<std::int64_t>(start, 0);
    const std::size_t bins = static_cast<std::size_t>(plan_.fftSize) / 2 + 1;
    float *power = scratch.power.data() + RowReader::guard;
    std::fill_n(power, bins, 0.0F);
    const double whole = static_cast<double>(size) / 2.0; // the sum of a Hann window
    for (const auto &channel : channels) {
        const double inside = cut(start, channel, scratch.time.data());
        // A frame longer than a sound that goes on at both ends is judged by what it holds.
        const bool judged = !edges_.silentBefore && !edges_.silentAfter && count < size;
        const double gain = 2.0 / (judged ? std::max(inside, whole / 2.0) : whole);
        fft_(scratch.time.data(), scratch.bins.data());
        const auto *values = scratch.bins.data();
        const auto scale = static_cast<float>(gain);
        for (std::size_t k = 0; k < bins; ++k) {
            const float re = static_cast<float>(values[k].real()) * scale;
            const float im = static_cast<float>(values[k].imag()) * scale;
            power[k] = std::max(power[k], re * re + im * im);
        }
    }
    for (std::size_t k = 0; k < bins; ++k)
        power[k] = std::sqrt(std::sqrt(std::sqrt(power[k])));
    const auto rowCount = static_cast<std::size_t>(rows());
    reader_.read(scratch.power.data(), roots_.data() + static_cast<std::size_t>(frame) * rowCount);
}

} // namespace engine::analysis
