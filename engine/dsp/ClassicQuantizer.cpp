// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dsp/ClassicQuantizer.h"

#include "engine/dsp/Fft.h"
#include "engine/dsp/SpectrumKernels.h"
#include "engine/dsp/TargetMap.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace engine::dsp {

static_assert(SpectralBlock<ClassicQuantizer>);

namespace {

/// Energy of the channels' sum, relative to that of the channels, below which it cancels.
constexpr double leastCoherence = 0.02;

} // namespace

void ClassicQuantizer::prepare(const SpectrumSpec &spec, const Parameters &parameters)
{
    parameters_ = parameters;
    binCount_ = spec.bins();
    channels_ = spec.channels;
    runs_.clear();
    slots_.clear();
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
            slotIndex = static_cast<int>(slots_.size());
            const int first = std::max(0, target - radius);
            const int last = std::min(binCount_ - 1, target + radius);
            slots_.push_back(
                {target, first, last - first + 1, 0, static_cast<int>(weights_.size())});
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
        if (!runs_.empty() && runs_.back().slot == slotIndex && runs_.back().end == bin)
            runs_.back().end = bin + 1;
        else
            runs_.push_back({bin, bin + 1, slotIndex});
    }
    std::vector<int> touchedIndex(targets.size(), 0);
    for (int bin = 0; bin < binCount_; ++bin) {
        touchedIndex[static_cast<std::size_t>(bin)] = static_cast<int>(touchedBins_.size());
        if (touched[static_cast<std::size_t>(bin)] != 0)
            touchedBins_.push_back(bin);
    }
    for (Slot &slot : slots_)
        slot.firstTouched = touchedIndex[static_cast<std::size_t>(slot.firstBin)];
}

ClassicQuantizer::Scratch ClassicQuantizer::makeScratch() const
{
    const std::size_t count = paddedCount(static_cast<std::size_t>(binCount_));
    Scratch scratch;
    scratch.channels.resize(static_cast<std::size_t>(channels_));
    for (Scratch::Channel &channel : scratch.channels) {
        channel.moved.resize(count + 2);
        for (auto *values : {&channel.re, &channel.im, &channel.magnitudes, &channel.arrived})
            values->resize(count);
        for (auto *values : {&channel.phasorsRe, &channel.phasorsIm, &channel.crossRe,
                             &channel.crossIm, &channel.energy})
            values->resize(count);
    }
    for (auto *values : {&scratch.linkedRe, &scratch.linkedIm, &scratch.sumRe, &scratch.sumIm})
        values->resize(count);
    for (auto *values :
         {&scratch.productRe, &scratch.productIm, &scratch.factorsRe, &scratch.factorsIm,
          &scratch.baseRe, &scratch.baseIm, &scratch.ownRe, &scratch.ownIm})
        values->resize(count);
    scratch.cancels.resize(count);
    return scratch;
}

void ClassicQuantizer::process(const SpectrumFrame &frame, Scratch &scratch) const noexcept
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
    for (int c = 0; c < frame.channels; ++c)
        moveMagnitudes(bins(c), channel(c));
    if (linked)
        link(scratch);
    for (int c = 0; c < frame.channels; ++c) {
        if (linked)
            linkPhases(channel(c), scratch);
        else
            kernels::phaseFactors(channel(c).phasorsRe.data(), channel(c).phasorsIm.data(),
                                  scratch.factorsRe.data(), scratch.factorsIm.data(),
                                  touchedCount());
        writeChannel(bins(c), channel(c), scratch);
    }
}

void ClassicQuantizer::moveMagnitudes(const std::complex<float> *bins,
                                      Scratch::Channel &channel) const noexcept
{
    const float *partsRe = channel.re.data();
    const float *partsIm = channel.im.data();
    const float *magnitudes = channel.magnitudes.data();
    float *moved = channel.moved.data() + 1; // room for one edge value on both sides
    float *arrived = channel.arrived.data();
    double *phasorsRe = channel.phasorsRe.data();
    double *phasorsIm = channel.phasorsIm.data();
    const float snap = static_cast<float>(parameters_.snapStrength);
    const float stay = static_cast<float>(1.0 - parameters_.snapStrength);

    kernels::takeApart(reinterpret_cast<const float *>(bins), channel.re.data(), channel.im.data(),
                       channel.magnitudes.data(), moved, stay, binCount_);
    std::fill_n(arrived, touchedCount(), 0.0F);
    std::fill_n(phasorsRe, touchedCount(), 0.0);
    std::fill_n(phasorsIm, touchedCount(), 0.0);

    // The phasor that moves is snap * magnitude * S/|S| = snap * S: no division, no angle. Bins of
    // one target are summed first and spread once.
    for (const Run &run : runs_) {
        float magnitude = 0.0F;
        double re = 0.0;
        double im = 0.0;
#pragma omp simd reduction(+ : magnitude, re, im)
        for (int k = run.first; k < run.end; ++k) {
            magnitude += magnitudes[k];
            re += double{partsRe[k]};
            im += double{partsIm[k]};
        }
        const Slot &slot = slots_[static_cast<std::size_t>(run.slot)];
        const float *weights = weights_.data() + slot.firstWeight;
        const float movedMagnitude = snap * magnitude;
        for (int i = 0; i < slot.binCount; ++i) {
            const float arriving = weights[i] * movedMagnitude;
            moved[slot.firstBin + i] += arriving;
            arrived[slot.firstTouched + i] += arriving;
            phasorsRe[slot.firstTouched + i] += double{weights[i]} * re;
            phasorsIm[slot.firstTouched + i] += double{weights[i]} * im;
        }
    }
}

void ClassicQuantizer::correlate(Scratch::Channel &channel, Scratch &scratch) const noexcept
{
    const Scratch::Channel &first = scratch.channels[0];
    const float *re = channel.re.data();
    const float *im = channel.im.data();
    const float *firstRe = first.re.data();
    const float *firstIm = first.im.data();
    const float *magnitudes = channel.magnitudes.data();
    float *productRe = scratch.productRe.data();
    float *productIm = scratch.productIm.data();
    for (int k = 0; k < binCount_; ++k) {
        productRe[k] = re[k] * firstRe[k] + im[k] * firstIm[k];
        productIm[k] = im[k] * firstRe[k] - re[k] * firstIm[k];
    }
    double *crossRe = channel.crossRe.data();
    double *crossIm = channel.crossIm.data();
    double *energy = channel.energy.data();
    for (double *values : {crossRe, crossIm, energy})
        std::fill_n(values, touchedCount(), 0.0);
    for (const Run &run : runs_) {
        float runRe = 0.0F;
        float runIm = 0.0F;
        float runEnergy = 0.0F;
#pragma omp simd reduction(+ : runRe, runIm, runEnergy)
        for (int k = run.first; k < run.end; ++k) {
            runRe += productRe[k];
            runIm += productIm[k];
            runEnergy += magnitudes[k] * magnitudes[k];
        }
        const Slot &slot = slots_[static_cast<std::size_t>(run.slot)];
        const float *weights = weights_.data() + slot.firstWeight;
        for (int i = 0; i < slot.binCount; ++i) {
            crossRe[slot.firstTouched + i] += double{weights[i]} * double{runRe};
            crossIm[slot.firstTouched + i] += double{weights[i]} * double{runIm};
            energy[slot.firstTouched + i] += double{weights[i]} * double{runEnergy};
        }
    }
}

void ClassicQuantizer::link(Scratch &scratch) const noexcept
{
    const auto touched = static_cast<std::size_t>(touchedCount());
    for (auto *values : {&scratch.linkedRe, &scratch.linkedIm, &scratch.sumRe, &scratch.sumIm})
        std::fill_n(values->begin(), touched, 0.0);
    for (Scratch::Channel &channel : scratch.channels) {
        correlate(channel, scratch);
        // A channel that goes against the first is turned round before it joins the sum.
        float correlation = 0.0F;
        const float *productRe = scratch.productRe.data();
#pragma omp simd reduction(+ : correlation)
        for (int k = 0; k < binCount_; ++k)
            correlation += productRe[k];
        const double sign = correlation < 0.0F ? -1.0 : 1.0;
        for (std::size_t i = 0; i < touched; ++i) {
            scratch.linkedRe[i] += sign * channel.phasorsRe[i];
            scratch.linkedIm[i] += sign * channel.phasorsIm[i];
            scratch.sumRe[i] += sign * channel.crossRe[i];
            scratch.sumIm[i] += sign * channel.crossIm[i];
        }
    }
    for (std::size_t i = 0; i < touched; ++i) {
        double energy = 0.0;
        for (const Scratch::Channel &channel : scratch.channels)
            energy += channel.energy[i];
        const double sum =
            scratch.sumRe[i] * scratch.sumRe[i] + scratch.sumIm[i] * scratch.sumIm[i];
        scratch.cancels[i] = sum < leastCoherence * energy * scratch.channels[0].energy[i] ? 1 : 0;
    }
    // The sum's new phase, less how far the sum is from the first channel.
    float *baseRe = scratch.baseRe.data();
    float *baseIm = scratch.baseIm.data();
    const float *offsetRe = scratch.ownRe.data();
    const float *offsetIm = scratch.ownIm.data();
    kernels::phaseFactors(scratch.linkedRe.data(), scratch.linkedIm.data(), baseRe, baseIm,
                          touchedCount());
    kernels::phaseFactors(scratch.sumRe.data(), scratch.sumIm.data(), scratch.ownRe.data(),
                          scratch.ownIm.data(), touchedCount());
    for (std::size_t i = 0; i < touched; ++i) {
        const float re = baseRe[i] * offsetRe[i] + baseIm[i] * offsetIm[i];
        baseIm[i] = baseIm[i] * offsetRe[i] - baseRe[i] * offsetIm[i];
        baseRe[i] = re;
    }
}

void ClassicQuantizer::linkPhases(const Scratch::Channel &channel, Scratch &scratch) const noexcept
{
    const auto touched = static_cast<std::size_t>(touchedCount());
    // How far this channel is from the first, and what it would decide alone.
    float *factorsRe = scratch.factorsRe.data();
    float *factorsIm = scratch.factorsIm.data();
    const float *ownRe = scratch.ownRe.data();
    const float *ownIm = scratch.ownIm.data();
    kernels::phaseFactors(channel.crossRe.data(), channel.crossIm.data(), factorsRe, factorsIm,
                          touchedCount());
    kernels::phaseFactors(channel.phasorsRe.data(), channel.phasorsIm.data(), scratch.ownRe.data(),
                          scratch.ownIm.data(), touchedCount());
    for (std::size_t i = 0; i < touched; ++i) {
        const float re = factorsRe[i] * scratch.baseRe[i] - factorsIm[i] * scratch.baseIm[i];
        const float im = factorsRe[i] * scratch.baseIm[i] + factorsIm[i] * scratch.baseRe[i];
        const bool alone = scratch.cancels[i] != 0;
        factorsRe[i] = alone ? ownRe[i] : re;
        factorsIm[i] = alone ? ownIm[i] : im;
    }
}

void ClassicQuantizer::writeChannel(std::complex<float> *bins, Scratch::Channel &channel,
                                    const Scratch &scratch) const noexcept
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
    for (int i = 0; i < touchedCount(); ++i) {
        const auto at = static_cast<std::size_t>(i);
        if (channel.arrived[at] == 0.0F)
            continue;
        const int bin = touchedBins_[at];
        const float target = side * (moved[bin - 1] + moved[bin + 1]) + centre * moved[bin];
        spectrum[2 * bin] = target * scratch.factorsRe[at];
        spectrum[2 * bin + 1] = target * scratch.factorsIm[at];
    }
    // A real signal has no imaginary part at 0 Hz and at half the sample rate.
    spectrum[1] = 0.0F;
    spectrum[2 * (binCount_ - 1) + 1] = 0.0F;
}

} // namespace engine::dsp
