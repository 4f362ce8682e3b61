// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dsp/TargetMap.h"

#include <cmath>
#include <limits>

namespace engine::dsp {

namespace {

/// The first bin of the smallest distance.
int nearestBin(double frequencyHz, const SpectrumSpec &spec)
{
    const double binHz = spec.binHz();
    const int last = spec.bins() - 1;
    const int around = static_cast<int>(frequencyHz / binHz);
    int best = std::min(std::max(around - 1, 0), last);
    for (int bin = best + 1; bin <= std::min(around + 1, last); ++bin) {
        if (std::abs(bin * binHz - frequencyHz) < std::abs(best * binHz - frequencyHz))
            best = bin;
    }
    return best;
}

} // namespace

std::vector<BinTarget> binTargets(const Scale &scale, const SpectrumSpec &spec)
{
    const double binHz = spec.binHz();
    const std::vector<TargetNote> notes =
        targetNotes(scale, binHz, static_cast<double>(spec.bins() - 1) * binHz);
    std::vector<BinTarget> noteBins;
    noteBins.reserve(notes.size());
    for (const TargetNote &note : notes)
        noteBins.push_back({nearestBin(note.frequencyHz, spec), note.frequencyHz});

    std::vector<BinTarget> targets(static_cast<std::size_t>(spec.bins()));
    for (int bin = 1; bin < spec.bins(); ++bin) {
        double smallest = std::numeric_limits<double>::infinity();
        for (std::size_t i = 0; i < notes.size(); ++i) {
            const double cost = std::abs(bin * binHz - notes[i].frequencyHz) / notes[i].weight;
            if (cost < smallest) {
                smallest = cost;
                targets[static_cast<std::size_t>(bin)] = noteBins[i];
            }
        }
    }
    return targets;
}

std::vector<int> targetBins(const Scale &scale, const SpectrumSpec &spec)
{
    std::vector<int> bins;
    bins.reserve(static_cast<std::size_t>(spec.bins()));
    for (const BinTarget &target : binTargets(scale, spec))
        bins.push_back(target.bin);
    return bins;
}

} // namespace engine::dsp
