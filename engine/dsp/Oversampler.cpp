// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dsp/Oversampler.h"

#include "engine/dsp/Fir.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace engine::dsp {

namespace {

constexpr double stopbandDb = 100.0;
/// Degree of the polynomial that takes back the shaper's droop, which fades as the factor grows:
/// flat within 0.0001 dB.
int restoringDegree(int factor)
{
    return factor == 2 ? 7 : factor == 4 ? 4 : 2;
}

/// Whole vectors may be read and written beyond the last sample that up() hands out.
constexpr std::size_t slack = 16;

/// Highest frequency that passes, relative to the base rate.
double passEdge(int sampleRateHz)
{
    constexpr double widest = 20000.0 / 44100.0;
    return std::min(std::max(20000.0 / sampleRateHz, 0.42), widest);
}

/// Width of the transition of the filters at 2^level times the base rate, relative to that rate.
/// The first level guards the pass edge; the others work where only whole images are left.
double transition(int level, double edge)
{
    const double rate = std::exp2(level);
    return level == 1 ? (1.0 - 2.0 * edge) / rate : (rate / 2.0 - 1.0) / rate;
}

/// Keeps the last samples of `history` for the next block.
void keep(std::vector<float> &history, std::size_t kept, int count)
{
    std::copy_n(history.begin() + count, kept, history.begin());
}

} // namespace

void Oversampler::prepare(int factor, int sampleRateHz, int maxFrames, int samplesAveraged)
{
    assert(factor >= 2 && factor <= mostFactor && (factor & (factor - 1)) == 0);
    factor_ = factor;
    const int levels = static_cast<int>(std::log2(factor));
    const double edge = passEdge(sampleRateHz);
    const double beta = fir::kaiserBeta(stopbandDb);
    interpolators_.assign(static_cast<std::size_t>(levels), {});
    decimators_.assign(static_cast<std::size_t>(levels), {});

    // Delays are counted in samples of the highest rate.
    std::int64_t delay = 0;
    for (int level = 1; level <= levels; ++level) {
        const auto index = static_cast<std::size_t>(level - 1);
        const int length = fir::kaiserLength(stopbandDb, transition(level, edge));
        const int halfLength = (length + 4) / 4; // a half-band filter has 4 * halfLength − 1 taps
        const int frames = maxFrames << (level - 1);
        const int scale = 1 << (levels - level);
        prepareInterpolator(interpolators_[index], halfLength, beta, frames);
        delay += std::int64_t{2 * halfLength - 1} * scale;
        if (level < levels) {
            prepareDecimator(decimators_[index], fir::lowPass(4 * halfLength - 1, 0.25, beta),
                             frames);
            delay += std::int64_t{2 * halfLength - 1} * scale;
            continue;
        }
        // An even length adds the half sample that makes the shaper's whole.
        const int shaperHalfSamples = samplesAveraged - 1;
        const int lowPassLength = 4 * halfLength - (shaperHalfSamples % 2 == 0 ? 1 : 0);
        const std::vector<double> taps = fir::cascade(
            fir::lowPass(lowPassLength, 0.25, beta),
            fir::equaliser(restoringDegree(factor), edge / factor, [=](double c) {
                return samplesAveraged == 2 ? std::sqrt(2.0 / (1.0 + c)) : 3.0 / (1.0 + 2.0 * c);
            }));
        prepareDecimator(decimators_[index], taps, frames);
        delay += (static_cast<std::int64_t>(taps.size()) - 1 + shaperHalfSamples) / 2;
    }
    const std::int64_t whole = (delay + factor - 1) / factor;
    latencyFrames_ = static_cast<int>(whole);
    pad_ = static_cast<std::size_t>(whole * factor - delay);
    const auto highFrames = static_cast<std::size_t>(maxFrames) * static_cast<std::size_t>(factor);
    high_.assign(pad_ + highFrames + slack, 0.0F);
    work_.assign(highFrames, 0.0F);
    reset();
}

void Oversampler::prepareInterpolator(Interpolator &stage, int halfLength, double beta,
                                      int maxFrames)
{
    const std::vector<double> taps = fir::lowPass(4 * halfLength - 1, 0.25, beta);
    stage.taps.clear();
    for (std::size_t i = 0; i < taps.size(); i += 2)
        stage.taps.push_back(static_cast<float>(2.0 * taps[i])); // symmetric: order is no matter
    stage.copyDelay = halfLength - 1;
    stage.input.assign(stage.taps.size() - 1 + static_cast<std::size_t>(maxFrames), 0.0F);
}

void Oversampler::prepareDecimator(Decimator &stage, const std::vector<double> &taps, int maxFrames)
{
    // out[n] = sum of taps[j] * in[2n − j]: even j meet even samples, odd j the odd ones before.
    stage.evenTaps.clear();
    stage.oddTaps.clear();
    for (std::size_t j = 0; j < taps.size(); ++j)
        (j % 2 == 0 ? stage.evenTaps : stage.oddTaps).push_back(static_cast<float>(taps[j]));
    // Half-band: all odd taps but the middle one are 0. Leave them out.
    stage.oddDelay = 1;
    while (stage.oddTaps.size() > 2 && std::abs(stage.oddTaps.front()) < 1e-12F &&
           std::abs(stage.oddTaps.back()) < 1e-12F) {
        stage.oddTaps.erase(stage.oddTaps.begin());
        stage.oddTaps.pop_back();
        ++stage.oddDelay;
    }
    std::reverse(stage.evenTaps.begin(), stage.evenTaps.end());
    std::reverse(stage.oddTaps.begin(), stage.oddTaps.end());
    const auto frames = static_cast<std::size_t>(maxFrames);
    stage.kept = std::max(stage.evenTaps.size() - 1, stage.oddTaps.size() + stage.oddDelay - 1);
    stage.even.assign(stage.kept + frames, 0.0F);
    stage.odd.assign(stage.kept + frames, 0.0F);
}

void Oversampler::reset() noexcept
{
    for (Interpolator &stage : interpolators_)
        std::fill(stage.input.begin(), stage.input.end(), 0.0F);
    for (Decimator &stage : decimators_) {
        std::fill(stage.even.begin(), stage.even.end(), 0.0F);
        std::fill(stage.odd.begin(), stage.odd.end(), 0.0F);
    }
    std::fill(high_.begin(), high_.end(), 0.0F);
}

void Oversampler::interpolate(Interpolator &stage, const float *in, int count, float *out) noexcept
{
    const std::size_t kept = stage.taps.size() - 1;
    std::copy_n(in, count, stage.input.begin() + static_cast<std::ptrdiff_t>(kept));
    const float *copied = stage.input.data() + kept - static_cast<std::size_t>(stage.copyDelay);
    fir::convolveInterleaved(
        {stage.input.data(), stage.taps.data(), static_cast<int>(stage.taps.size())}, copied, out,
        count);
    keep(stage.input, kept, count);
}

void Oversampler::decimate(Decimator &stage, const float *in, int count, float *out) noexcept
{
    const std::size_t kept = stage.kept;
    fir::separate(in, stage.even.data() + kept, stage.odd.data() + kept, count);
    const std::size_t evenCount = stage.evenTaps.size();
    const std::size_t oddCount = stage.oddTaps.size();
    fir::convolve({stage.even.data() + kept + 1 - evenCount, stage.evenTaps.data(),
                   static_cast<int>(evenCount)},
                  {stage.odd.data() + kept + 1 - oddCount - stage.oddDelay, stage.oddTaps.data(),
                   static_cast<int>(oddCount)},
                  out, count);
    keep(stage.even, kept, count);
    keep(stage.odd, kept, count);
}

float *Oversampler::up(const float *in, int count) noexcept
{
    float *block = high_.data() + pad_;
    for (std::size_t level = 0; level < interpolators_.size(); ++level) {
        interpolate(interpolators_[level], level == 0 ? in : block, count << level, block);
    }
    return block;
}

void Oversampler::down(float *out, int count) noexcept
{
    const float *from = high_.data();
    for (std::size_t level = decimators_.size(); level-- > 0;) {
        float *to = level == 0 ? out : work_.data();
        decimate(decimators_[level], from, count << level, to);
        from = to;
    }
    keep(high_, pad_, count * factor_);
}

} // namespace engine::dsp
