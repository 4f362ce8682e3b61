// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dsp/ClassicQuantizer.h"

#include "engine/dsp/Fft.h"
#include "engine/dsp/SpectrumKernels.h"
#include "engine/dsp/TargetMap.h"

#include <algorithm>
#include <cmath>

namespace engine::dsp {

static_assert(SpectralBlock<ClassicQuantizer>);

void ClassicQuantizer::prepare(const SpectrumSpec &spec, const Parameters &parameters)
{
    parameters_ = parameters;
    binCount_ = spec.bins();
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
    scratch.moved.resize(count + 2);
    for (auto *values :
         {&scratch.magnitudes, &scratch.arrived, &scratch.factorsRe, &scratch.factorsIm})
        values->resize(count);
    for (auto *values : {&scratch.phasorsRe, &scratch.phasorsIm})
        values->resize(count);
    return scratch;
}

void ClassicQuantizer::process(const SpectrumFrame &frame, Scratch &scratch) const noexcept
{
    for (int channel = 0; channel < frame.channels; ++channel)
        processChannel(frame.bins[static_cast<std::size_t>(channel)], scratch);
}

void ClassicQuantizer::processChannel(std::complex<float> *bins, Scratch &scratch) const noexcept
{
    float *spectrum = reinterpret_cast<float *>(bins); // real and imaginary part in turn
    float *magnitudes = scratch.magnitudes.data();
    float *moved = scratch.moved.data() + 1; // room for one edge value on both sides
    float *arrived = scratch.arrived.data();
    double *phasorsRe = scratch.phasorsRe.data();
    double *phasorsIm = scratch.phasorsIm.data();
    const float snap = static_cast<float>(parameters_.snapStrength);
    const float stay = static_cast<float>(1.0 - parameters_.snapStrength);

    kernels::magnitudes(spectrum, magnitudes, moved, stay, binCount_);
    const auto touchedCount = static_cast<int>(touchedBins_.size());
    std::fill_n(arrived, touchedCount, 0.0F);
    std::fill_n(phasorsRe, touchedCount, 0.0);
    std::fill_n(phasorsIm, touchedCount, 0.0);

    // The phasor that moves is snap * magnitude * S/|S| = snap * S: no division, no angle. Bins of
    // one target are summed first and spread once.
    for (const Run &run : runs_) {
        float magnitude = 0.0F;
        double re = 0.0;
        double im = 0.0;
#pragma omp simd reduction(+ : magnitude, re, im)
        for (int k = run.first; k < run.end; ++k) {
            magnitude += magnitudes[k];
            re += double{spectrum[2 * k]};
            im += double{spectrum[2 * k + 1]};
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

    // With smoothing, [¼ ½ ¼] over neighbours; the edges repeat their own value.
    moved[-1] = moved[0];
    moved[binCount_] = moved[binCount_ - 1];
    const float centre = parameters_.binSmoothing ? 0.5F : 1.0F;
    const float side = parameters_.binSmoothing ? 0.25F : 0.0F;

    // Everywhere the old phase factor, then the new one where something arrived.
    kernels::setMagnitudes(spectrum, magnitudes, moved, side, centre, binCount_);
    const float *factorsRe = scratch.factorsRe.data();
    const float *factorsIm = scratch.factorsIm.data();
    kernels::phaseFactors(phasorsRe, phasorsIm, scratch.factorsRe.data(), scratch.factorsIm.data(),
                          touchedCount);
    for (int i = 0; i < touchedCount; ++i) {
        if (arrived[i] == 0.0F)
            continue;
        const int bin = touchedBins_[static_cast<std::size_t>(i)];
        const float target = side * (moved[bin - 1] + moved[bin + 1]) + centre * moved[bin];
        spectrum[2 * bin] = target * factorsRe[i];
        spectrum[2 * bin + 1] = target * factorsIm[i];
    }
    // A real signal has no imaginary part at 0 Hz and at half the sample rate.
    spectrum[1] = 0.0F;
    spectrum[2 * (binCount_ - 1) + 1] = 0.0F;
}

} // namespace engine::dsp
