// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dsp/ClassicQuantizer.h"

#include "engine/dsp/Fft.h"
#include "engine/dsp/SpectrumKernels.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace engine::dsp {

static_assert(SpectralBlock<ClassicQuantizer>);

namespace {

/// One target and how what arrives there spreads: weights[i] falls on bin firstBin + i.
struct Slot {
    int firstBin;
    int binCount;
    int firstWeight;
};

} // namespace

void ClassicQuantizer::prepare(const SpectrumSpec &spec, const Parameters &parameters)
{
    parameters_ = parameters;
    spec_ = spec;
    binCount_ = spec.bins();
    channels_ = spec.channels;
    runs_.clear();
    std::vector<Slot> slots;
    std::vector<int> slotOfRun;
    weights_.clear();
    touchedBins_.clear();

    const std::vector<int> targets = targetBins(parameters.scale, spec);
    std::vector<int> slotOfBin(targets.size(), -1);
    const int radius = parameters.smear > 0.0 ? parameters.smearRadiusBins : 0;
    const double sigma = std::max(1.0, parameters.smearRadiusBins / 2.0);
    std::vector<char> touched(targets.size(), 0);
    for (int bin = 0; bin < binCount_; ++bin) {
        const int target = targets[static_cast<std::size_t>(bin)];
        int &slotIndex = slotOfBin[static_cast<std::size_t>(target)];
        if (slotIndex < 0) {
            slotIndex = static_cast<int>(slots.size());
            const int first = std::max(0, target - radius);
            const int last = std::min(binCount_ - 1, target + radius);
            slots.push_back({first, last - first + 1, static_cast<int>(weights_.size())});
            double sum = 0.0;
            for (int to = first; to <= last; ++to)
                sum += std::exp(-0.5 * std::pow((to - target) / sigma, 2.0));
            for (int to = first; to <= last; ++to) {
                const double kernel = std::exp(-0.5 * std::pow((to - target) / sigma, 2.0)) / sum;
                const double direct = to == target ? 1.0 - parameters.smear : 0.0;
                weights_.push_back(static_cast<float>(direct + parameters.smear * kernel));
                touched[static_cast<std::size_t>(to)] = 1;
            }
        }
        if (!runs_.empty() && slotOfRun.back() == slotIndex) {
            runs_.back().end = bin + 1;
        } else {
            runs_.push_back({bin, bin + 1, 0, 0, 0});
            slotOfRun.push_back(slotIndex);
        }
    }
    std::vector<int> touchedIndex(targets.size(), 0);
    for (int bin = 0; bin < binCount_; ++bin) {
        touchedIndex[static_cast<std::size_t>(bin)] = static_cast<int>(touchedBins_.size());
        if (touched[static_cast<std::size_t>(bin)] != 0)
            touchedBins_.push_back(bin);
    }
    for (std::size_t i = 0; i < runs_.size(); ++i) {
        const Slot &slot = slots[static_cast<std::size_t>(slotOfRun[i])];
        runs_[i].firstTouched = touchedIndex[static_cast<std::size_t>(slot.firstBin)];
        runs_[i].touched = slot.binCount;
        runs_[i].firstWeight = slot.firstWeight;
    }
}

ClassicQuantizer::Scratch ClassicQuantizer::makeScratch() const
{
    const std::size_t count = paddedCount(static_cast<std::size_t>(binCount_));
    Scratch scratch;
    scratch.channels.resize(static_cast<std::size_t>(channels_));
    for (Scratch::Channel &channel : scratch.channels) {
        channel.moved.resize(count + 2);
        for (auto *values : {&channel.re, &channel.im, &channel.magnitudes, &channel.factorsRe,
                             &channel.factorsIm})
            values->resize(count);
        channel.runSums.resize(runs_.size());
        const std::size_t touched = paddedCount(touchedBins_.size());
        channel.phasors.resize(4 * touched);
        channel.amounts.resize(2 * touched);
    }
    return scratch;
}

void ClassicQuantizer::process(const SpectrumFrame &frame, Scratch &scratch) const noexcept
{
    decide(frame, scratch);
    for (int c = 0; c < frame.channels; ++c) {
        const auto channel = static_cast<std::size_t>(c);
        writeChannel(frame.bins[channel], scratch.channels[channel]);
    }
}

void ClassicQuantizer::processSolo(const SpectrumFrame &frame, Scratch &scratch,
                                   const SoloRange &range) const noexcept
{
    decide(frame, scratch);
    const auto firstInside = [&](double hz) {
        return static_cast<int>(
            std::clamp(std::ceil(hz / spec_.binHz()), 0.0, static_cast<double>(binCount_)));
    };
    const int first = firstInside(range.lowHz);
    const int end = std::max(first, firstInside(range.highHz));
    for (int c = 0; c < frame.channels; ++c) {
        const auto channel = static_cast<std::size_t>(c);
        keepOnly(first, end, scratch.channels[channel]);
        writeChannel(frame.bins[channel], scratch.channels[channel]);
    }
}

/// The magnitudes anew, from these bins alone; the phases stay as decided.
void ClassicQuantizer::keepOnly(int firstBin, int endBin, Scratch::Channel &channel) const noexcept
{
    float *moved = channel.moved.data() + 1;
    std::fill(moved, moved + firstBin, 0.0F);
    std::fill(moved + endBin, moved + binCount_, 0.0F);
    const auto stay = static_cast<float>(1.0 - parameters_.snapStrength);
    for (int bin = firstBin; bin < endBin; ++bin)
        moved[bin] = stay * channel.magnitudes[static_cast<std::size_t>(bin)];
    for (const kernels::Run &run : runs_) {
        double sum = 0.0;
        for (int bin = std::max(run.first, firstBin); bin < std::min(run.end, endBin); ++bin)
            sum += static_cast<double>(channel.magnitudes[static_cast<std::size_t>(bin)]);
        for (int i = 0; i < run.touched && sum > 0.0; ++i) {
            const double weight =
                static_cast<double>(weights_[static_cast<std::size_t>(run.firstWeight + i)]);
            moved[touchedBins_[static_cast<std::size_t>(run.firstTouched + i)]] +=
                static_cast<float>(parameters_.snapStrength * weight * sum);
        }
    }
}

/// Takes the frame apart and finds magnitudes and phases of all channels; writes nothing back.
void ClassicQuantizer::decide(const SpectrumFrame &frame, Scratch &scratch) const noexcept
{
    const auto channel = [&](int c) -> Scratch::Channel & {
        return scratch.channels[static_cast<std::size_t>(c)];
    };
    const auto bins = [&](int c) { return frame.bins[static_cast<std::size_t>(c)]; };
    // Equal channels are one channel: to the bit, and without the work of linking them.
    bool linked = false;
    for (int c = 1; c < frame.channels; ++c)
        linked = linked || std::memcmp(bins(0), bins(c),
                                       sizeof(std::complex<float>) *
                                           static_cast<std::size_t>(binCount_)) != 0;
    std::array<kernels::LinkedChannel, maxChannels> parts{};
    for (int c = 0; c < frame.channels; ++c) {
        Scratch::Channel &own = channel(c);
        const double correlation = moveMagnitudes(bins(c), own, linked ? &channel(0) : nullptr);
        // A channel that goes against the first is turned round before it joins the sum.
        parts[static_cast<std::size_t>(c)] = {own.phasors.data(), own.amounts.data(),
                                              correlation < 0.0 ? -1.0 : 1.0, own.factorsRe.data(),
                                              own.factorsIm.data()};
    }
    const std::size_t decidingTogether = linked ? static_cast<std::size_t>(frame.channels) : 1;
    const auto all = std::span(parts).first(static_cast<std::size_t>(frame.channels));
    for (std::size_t c = 0; c < all.size(); c += decidingTogether)
        kernels::decidePhases(all.subspan(c, decidingTogether), touchedCount());
}

double ClassicQuantizer::moveMagnitudes(const std::complex<float> *bins, Scratch::Channel &channel,
                                        const Scratch::Channel *first) const noexcept
{
    float *moved = channel.moved.data() + 1; // room for one edge value on both sides
    const auto stay = static_cast<float>(1.0 - parameters_.snapStrength);
    kernels::takeApart(reinterpret_cast<const float *>(bins), channel.re.data(), channel.im.data(),
                       channel.magnitudes.data(), moved, stay, binCount_);
    std::fill(channel.phasors.begin(), channel.phasors.end(), 0.0);
    std::fill(channel.amounts.begin(), channel.amounts.end(), 0.0);
    // The phasor that moves is snap * magnitude * S/|S| = snap * S: no division, no angle. Bins of
    // one target are summed first and spread once.
    const kernels::Parts own{channel.re.data(), channel.im.data(), channel.magnitudes.data()};
    const kernels::Parts other =
        first ? kernels::Parts{first->re.data(), first->im.data(), nullptr} : kernels::Parts{};
    const double correlation = kernels::sumRuns(own, other, runs_, channel.runSums.data());
    kernels::spreadRuns(channel.runSums.data(), runs_, weights_.data(), channel.phasors.data(),
                        channel.amounts.data());
    const double snap = parameters_.snapStrength;
    for (std::size_t i = 0; i < touchedBins_.size(); ++i)
        moved[touchedBins_[i]] += static_cast<float>(snap * channel.amounts[2 * i]);
    return correlation;
}

void ClassicQuantizer::writeChannel(std::complex<float> *bins,
                                    Scratch::Channel &channel) const noexcept
{
    float *spectrum = reinterpret_cast<float *>(bins);
    float *moved = channel.moved.data() + 1;
    // With smoothing, [¼ ½ ¼] over neighbours; the edges repeat their own value.
    moved[-1] = moved[0];
    moved[binCount_] = moved[binCount_ - 1];
    const float centre = parameters_.binSmoothing ? 0.5F : 1.0F;
    const float side = parameters_.binSmoothing ? 0.25F : 0.0F;

    // Everywhere the old phase factor, then the new one where something arrived.
    kernels::setMagnitudes(spectrum, channel.magnitudes.data(), moved, side, centre, binCount_);
    const int arrivals = parameters_.snapStrength > 0.0 ? touchedCount() : 0;
    for (int i = 0; i < arrivals; ++i) {
        const auto at = static_cast<std::size_t>(i);
        if (channel.amounts[2 * at] == 0.0)
            continue;
        const int bin = touchedBins_[at];
        const float target = side * (moved[bin - 1] + moved[bin + 1]) + centre * moved[bin];
        spectrum[2 * bin] = target * channel.factorsRe[at];
        spectrum[2 * bin + 1] = target * channel.factorsIm[at];
    }
    // A real signal has no imaginary part at 0 Hz and at half the sample rate.
    spectrum[1] = 0.0F;
    spectrum[2 * (binCount_ - 1) + 1] = 0.0F;
}

} // namespace engine::dsp
