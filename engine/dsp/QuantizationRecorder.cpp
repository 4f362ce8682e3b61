// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dsp/QuantizationRecorder.h"

#include <algorithm>
#include <cmath>

namespace engine::dsp {

namespace {

constexpr int neighbours = 2; ///< frames that wait for the next block
constexpr int framesPerTask = 8;
constexpr int lobeBins = 2;              ///< either side of a peak; further out lies leakage
constexpr double leastOfPartial = 1e-4;  ///< a smaller part of a partial is not told: −40 dB
constexpr double lowestPartialHz = 16.0; ///< below lies what a window makes of an offset

} // namespace

QuantizationRecorder::QuantizationRecorder(Setup setup, QuantizationTrace &trace,
                                           const TraceWindow &window)
    : setup_(std::move(setup)), trace_(trace), window_(window),
      ring_(setup_.mostFrames + neighbours)
{
    trace_ = {};
    trace_.sampleRateHz = setup_.spectrum.sampleRateHz;
    trace_.hopFrames = setup_.hopFrames;
    trace_.scale = setup_.scale;
    trace_.snapStrength = setup_.snapStrength;
    const auto size = static_cast<std::size_t>(ring_ * setup_.spectrum.channels) *
                      static_cast<std::size_t>(setup_.spectrum.bins());
    before_.resize(size);
    after_.resize(size);
}

QuantizationRecorder::Bins *QuantizationRecorder::row(std::vector<Bins> &spectra,
                                                      std::int64_t frame, int channel)
{
    return spectra.data() + (frame % ring_ * setup_.spectrum.channels + channel) *
                                std::int64_t{setup_.spectrum.bins()};
}

void QuantizationRecorder::before(const SpectrumFrame &frame) noexcept
{
    for (int c = 0; c < frame.channels; ++c)
        std::copy_n(frame.bins[static_cast<std::size_t>(c)], frame.binCount,
                    row(before_, frame.index, c));
}

void QuantizationRecorder::after(const SpectrumFrame &frame) noexcept
{
    for (int c = 0; c < frame.channels; ++c)
        std::copy_n(frame.bins[static_cast<std::size_t>(c)], frame.binCount,
                    row(after_, frame.index, c));
    received_.fetch_add(1, std::memory_order_relaxed); // the pool's end of round orders the rest
}

FrameSpectra QuantizationRecorder::spectra(std::vector<Bins> &of, std::int64_t frame,
                                           std::int64_t end)
{
    FrameSpectra result;
    result.channels = setup_.spectrum.channels;
    result.bins = setup_.spectrum.bins();
    result.fftSize = setup_.spectrum.fftSize;
    result.hopFrames = setup_.hopFrames;
    result.binHz = setup_.spectrum.binHz();
    for (int c = 0; c < result.channels; ++c) {
        const auto channel = static_cast<std::size_t>(c);
        result.here[channel] = row(of, frame, c);
        result.previous[channel] = frame > 0 ? row(of, frame - 1, c) : nullptr;
        result.next[channel] = frame + 1 < end ? row(of, frame + 1, c) : nullptr;
    }
    return result;
}

void QuantizationRecorder::settle(WorkerPool &workers, bool ended)
{
    const std::int64_t received = received_.load(std::memory_order_relaxed);
    std::int64_t first = settled_;
    settled_ = std::max(settled_, ended ? received : received - 1);
    std::int64_t end = settled_;
    while (first < end && centre(first) < window_.firstFrame)
        ++first;
    while (end > first && centre(end - 1) >= window_.endFrame)
        --end;
    const auto count = static_cast<int>(end - first);
    if (told_.size() < static_cast<std::size_t>(count))
        told_.resize(static_cast<std::size_t>(count));
    workers.forEach((count + framesPerTask - 1) / framesPerTask, [&](int task, int) {
        const int last = std::min(count, (task + 1) * framesPerTask);
        for (int i = task * framesPerTask; i < last; ++i)
            tell(first + i, received, told_[static_cast<std::size_t>(i)]);
    });
    for (int i = 0; i < count; ++i)
        append(first + i, told_[static_cast<std::size_t>(i)]);
}

void QuantizationRecorder::tell(std::int64_t frame, std::int64_t end, Told &told)
{
    told.moves.clear();
    told.partials.clear();
    const FrameSpectra before = spectra(before_, frame, end);
    const std::vector<double> powersBefore = powers(before);
    for (const SpectralRegion &region : regions(powersBefore)) {
        const double hz = instantaneousHz(before, powersBefore, region);
        if (hz >= lowestPartialHz)
            tellMoves(powersBefore, region, hz, told);
    }
    const FrameSpectra after = spectra(after_, frame, end);
    const std::vector<double> powersAfter = powers(after);
    for (const SpectralRegion &region : regions(powersAfter)) {
        const double hz = instantaneousHz(after, powersAfter, region);
        if (hz >= lowestPartialHz)
            told.partials.push_back(
                {static_cast<float>(hz), static_cast<float>(heardPower(after, region, hz))});
    }
}

/// One move for each stretch of bins with the same target; neighbours that are their own target
/// stay together.
void QuantizationRecorder::tellMoves(const std::vector<double> &powers,
                                     const SpectralRegion &region, double fromHz, Told &told) const
{
    const double binHz = setup_.spectrum.binHz();
    const double moved = setup_.snapStrength * setup_.snapStrength;
    const auto target = [&](int bin) -> const BinTarget & {
        return setup_.targets[static_cast<std::size_t>(bin)];
    };
    const int lobeEnd = std::min(region.end, region.peak + lobeBins + 1);
    const auto staysAlone = [&](int bin) {
        return target(bin).bin == bin && (bin + 1 == lobeEnd || target(bin + 1).bin != bin);
    };
    for (int first = std::max(region.first, region.peak - lobeBins); first < lobeEnd;) {
        const bool stays = staysAlone(first);
        double power = 0.0;
        int strongest = first;
        int end = first;
        while (end < lobeEnd && (stays ? staysAlone(end) : target(end).bin == target(first).bin)) {
            const double here = powers[static_cast<std::size_t>(end)];
            power += here;
            if (here > powers[static_cast<std::size_t>(strongest)])
                strongest = end;
            ++end;
        }
        if (power > leastOfPartial * region.power) {
            const double toHz = stays ? fromHz : target(first).bin * binHz;
            told.moves.push_back(
                {static_cast<float>(fromHz), static_cast<float>(toHz),
                 static_cast<float>(target(strongest).noteHz),
                 static_cast<float>((first - 0.5) * binHz), static_cast<float>((end - 0.5) * binHz),
                 static_cast<float>(power), static_cast<float>(stays ? 0.0 : moved * power)});
        }
        first = end;
    }
}

void QuantizationRecorder::append(std::int64_t frame, const Told &told)
{
    trace_.frames.push_back({centre(frame), static_cast<std::uint32_t>(trace_.moves.size()),
                             static_cast<std::uint32_t>(told.moves.size()),
                             static_cast<std::uint32_t>(trace_.partialsAfter.size()),
                             static_cast<std::uint32_t>(told.partials.size())});
    trace_.moves.insert(trace_.moves.end(), told.moves.begin(), told.moves.end());
    trace_.partialsAfter.insert(trace_.partialsAfter.end(), told.partials.begin(),
                                told.partials.end());
}

} // namespace engine::dsp
