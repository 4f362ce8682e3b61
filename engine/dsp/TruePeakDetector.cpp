// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dsp/TruePeakDetector.h"

#include "engine/dsp/Fir.h"
#include "engine/dsp/TruePeakKernels.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>

namespace engine::dsp {

namespace {

constexpr int half = TruePeakDetector::points / 2;
/// Half-widths of the windows that part the near from the far, and their Kaiser shapes. The last is
/// nearly a rectangle: that costs ripple close to half the rate, where a longer one reads as well.
constexpr std::array<int, 4> halfWidths{TruePeakDetector::shortTaps / 2, 64, 256,
                                        TruePeakDetector::reachFrames};
constexpr std::array<double, 4> betas{4.5, 4.5, 4.5, 2.0};
/// Standard deviations of what lies beyond reach that are added to a height.
constexpr double deviations = 2.5;
/// Samples that a triangular sum reaches to either side.
constexpr std::array<int, 3> sumReach{3, 15, 63};
constexpr int blockFrames = 64;
/// Samples that come in before the old ones are moved out.
constexpr int roomFrames = 32 * blockFrames;
/// Whole groups and vectors are read and written beyond the newest sample.
constexpr int slack = 2 * groupPoints;

double sinc(double x)
{
    return x == 0.0 ? 1.0 : std::sin(std::numbers::pi * x) / (std::numbers::pi * x);
}

double window(std::size_t level, double distance)
{
    return fir::kaiser(distance / halfWidths[level], betas[level]);
}

} // namespace

TruePeakDetector::Tables::Tables(int sampleRateHz)
{
    for (std::size_t k = 1; k < points; ++k) {
        std::vector<float> &taps = interpolator[k];
        double sum = 0.0;
        for (int j = 0; j < shortTaps; ++j) {
            const double t = j - (shortTaps / 2 - 1) - static_cast<double>(k) / points;
            taps.push_back(static_cast<float>(sinc(t) * window(0, t)));
            sum += double{taps.back()};
        }
        for (float &tap : taps)
            tap /= static_cast<float>(sum); // a constant is read as it is
    }
    // sinc(t − n) is alternating in n, but for sin(πt) / (π (t − n)); for all t between two samples
    // that is nearly what it is half-way.
    double largest = 0.0;
    for (std::size_t i = 0; i < far.size(); ++i) {
        far[i].spacing = 4 << (2 * i);
        const int count = (halfWidths[i + 1] - 1) / far[i].spacing;
        for (int j = -count; j <= count; ++j) {
            const double t = 0.5 - j * far[i].spacing;
            const double weight = (window(i + 1, t) - window(i, t)) / (std::numbers::pi * t);
            far[i].weights.push_back(static_cast<float>(weight));
            largest += std::abs(weight) * far[i].spacing / far[0].spacing;
        }
    }
    farGain = static_cast<float>(1.001 * largest); // and what rounding may add
    // Of what the last window leaves out, for sums that go on as they are within reach.
    double leftOut = 0.0;
    constexpr int endless = 1 << 14;
    for (int j = -endless; j <= endless; ++j) {
        const double t = 0.5 - j * far.back().spacing;
        leftOut += std::pow((1.0 - window(far.size(), t)) / (std::numbers::pi * t), 2.0);
    }
    beyond = static_cast<float>(
        deviations * std::sqrt(leftOut / static_cast<double>(far.back().weights.size())));
    // 49 points of a Hann-windowed sinc at 4 or, from 96 kHz on, 2 points a sample; none from 192
    // kHz on. Source: libebur128, interp_create; the points are BS.1770-4's.
    const int meterPoints = sampleRateHz < 96000 ? 4 : sampleRateHz < 192000 ? 2 : 1;
    const int count = 48 / meterPoints;
    for (int k = 1; k < meterPoints; ++k) {
        for (int j = 0; j < count; ++j) {
            const double t = j - (count / 2 - 1) - static_cast<double>(k) / meterPoints;
            const double hann = 0.5 + 0.5 * std::cos(std::numbers::pi * t / (count / 2.0));
            meter[static_cast<std::size_t>(k * points / meterPoints)].push_back(
                static_cast<float>(sinc(t) * hann));
        }
    }
}

void TruePeakDetector::prepare(std::shared_ptr<const Tables> tables, double threshold)
{
    tables_ = std::move(tables);
    threshold_ = static_cast<float>(threshold);
    const int held = (historyFrames + maxFrames + blockFrames - 1) / blockFrames * blockFrames;
    const auto capacity = static_cast<std::size_t>(held + blockFrames + roomFrames);
    input_.assign(capacity + slack, 0.0F);
    for (auto &sums : sums_)
        sums.assign(capacity + slack, 0.0F);
    largestOfSums_.assign(capacity / blockFrames + 4, 0.0F);
    reset();
}

void TruePeakDetector::reset() noexcept
{
    std::fill(input_.begin(), input_.end(), 0.0F);
    for (auto &sums : sums_)
        std::fill(sums.begin(), sums.end(), 0.0F);
    std::fill(largestOfSums_.begin(), largestOfSums_.end(), 0.0F);
    end_ = historyFrames;
    sumsEnd_ = {};
}

void TruePeakDetector::append(const float *in, int count) noexcept
{
    assert(count <= maxFrames);
    const int capacity = static_cast<int>(input_.size()) - slack;
    if (end_ + count > capacity) {
        const int drop = (end_ - historyFrames) / blockFrames * blockFrames;
        const auto slide = [drop](std::vector<float> &values, int end) {
            if (end > drop)
                std::copy(values.begin() + drop, values.begin() + end, values.begin());
        };
        slide(input_, end_);
        for (std::size_t level = 0; level < sums_.size(); ++level) {
            slide(sums_[level], sumsEnd_[level]);
            sumsEnd_[level] = std::max(0, sumsEnd_[level] - drop);
        }
        std::copy(largestOfSums_.begin() + drop / blockFrames, largestOfSums_.end(),
                  largestOfSums_.begin());
        end_ -= drop;
    }
    std::copy_n(in, count, input_.begin() + end_);
    end_ += count;
}

/// Brings the sums of 4 up to the newest sample, beginning where a peak may depend on them.
void TruePeakDetector::sumFours() noexcept
{
    const int oldest = std::max(0, end_ - historyFrames - maxFrames) / blockFrames * blockFrames;
    int first = std::max({sumsEnd_[0], oldest, sumReach[0]});
    for (const int end = end_ - sumReach[0]; first < end;) {
        const auto block = static_cast<std::size_t>(first / blockFrames);
        const int count = std::min(end, (first / blockFrames + 1) * blockFrames) - first;
        float *sums = sums_[0].data() + first;
        kernels::sumTriangle(input_.data() + first, 1, -1.0F, sums, count);
        const float largest = kernels::largestMagnitude(sums, count);
        const bool isNew = first % blockFrames == 0;
        largestOfSums_[block] = isNew ? largest : std::max(largestOfSums_[block], largest);
        first += count;
    }
    sumsEnd_[0] = first;
}

float TruePeakDetector::largestFours(int first, int end) const noexcept
{
    const int last = std::min(end, sumsEnd_[0]) - 1;
    return *std::max_element(largestOfSums_.begin() + first / blockFrames,
                             largestOfSums_.begin() + last / blockFrames + 1);
}

/// Brings the sums of a higher level up to the newest sample, from `first` on.
void TruePeakDetector::sumWider(std::size_t level, int first) noexcept
{
    const int from = std::max({sumsEnd_[level], first, sumReach[level]});
    const int end = end_ - sumReach[level];
    if (from < end)
        kernels::sumTriangle(sums_[level - 1].data() + from, tables_->far[level - 1].spacing, 1.0F,
                             sums_[level].data() + from, end - from);
    sumsEnd_[level] = std::max(from, end);
}

void TruePeakDetector::addFar(TruePeakGroup &group, int first) noexcept
{
    // The farthest sum of 64, and the farthest of 16 in it.
    const int farthestSum = first - 2 - (reachFrames - blockFrames);
    sumWider(1, farthestSum - (sumReach[2] - sumReach[1]));
    sumWider(2, farthestSum);
    for (std::size_t i = 0; i < sums_.size(); ++i) {
        const Tables::Level &level = tables_->far[i];
        kernels::addSpaced(sums_[i].data() + first - 2, level.spacing, level.weights.data(),
                           static_cast<int>(level.weights.size() / 2), i == 0, group.far);
    }
    kernels::addFar(group);
    const Tables::Level &last = tables_->far.back();
    kernels::spacedNorm(sums_.back().data() + first - 2, last.spacing,
                        static_cast<int>(last.weights.size() / 2), tables_->beyond, group.beyond);
}

bool TruePeakDetector::readGroup(int first, int count, float *peaks) noexcept
{
    TruePeakGroup group;
    const float *samples = input_.data() + first - 2;
    const auto convolve = [samples](const std::vector<float> &taps, float *out) {
        const auto tapCount = static_cast<int>(taps.size());
        fir::convolve({samples - (tapCount / 2 - 1), taps.data(), tapCount}, {}, out, groupPoints);
    };
    const auto largest = [&](int k) {
        // Of the points that matter to `count` samples: those from half a sample before the first.
        return kernels::largestMagnitude(group.wave[k] + 1, count + 2);
    };
    const float farthest =
        tables_->farGain * largestFours(first - reachFrames, first + count + reachFrames);
    // Quiet? Two points a sample tell, then four; most sounds end here.
    std::copy_n(samples, groupPoints, group.wave[0]);
    convolve(tables_->interpolator[half], group.wave[half]);
    const float halves = std::max(largest(0), largest(half));
    if ((halves + farthest) * aboveHalves <= threshold_)
        return false;
    for (std::size_t k = 1; k < points; k += half)
        convolve(tables_->interpolator[k], group.wave[k]);
    const float quarters = std::max({halves, largest(1), largest(3)});
    if ((quarters + farthest) * aboveQuarters <= threshold_)
        return false;

    for (std::size_t k = 1; k < points; ++k) {
        if (tables_->meter[k].empty())
            std::fill_n(group.meter[k], groupPoints, 0.0F);
        else
            convolve(tables_->meter[k], group.meter[k]);
    }
    // As a converter's filter gives it, half-way down at half the rate, and as an ideal one does.
    alignas(64) float heights[groupPoints + 16] = {};
    std::fill(std::begin(group.beyond), std::end(group.beyond), 0.0F);
    kernels::raiseHeights(group, heights);
    addFar(group, first);
    kernels::raiseHeights(group, heights);
    bool passes = false;
    for (int n = 0; n < count; ++n) {
        peaks[n] = std::max(peaks[n], heights[n]);
        passes = passes || heights[n] > threshold_;
    }
    return passes;
}

void TruePeakDetector::skip(const float *in, int count) noexcept
{
    append(in, count);
}

bool TruePeakDetector::process(const float *in, int count, float *peaks) noexcept
{
    append(in, count);
    sumFours();
    bool passes = false;
    for (int n = 0; n < count; n += groupFrames) {
        const int first = end_ - count - latencyFrames + n;
        passes = readGroup(first, std::min(groupFrames, count - n), peaks + n) || passes;
    }
    return passes;
}

} // namespace engine::dsp
