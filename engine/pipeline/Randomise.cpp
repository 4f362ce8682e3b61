// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pipeline/Randomise.h"

#include "engine/base/RandomBits.h"
#include "engine/pipeline/ParameterText.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace engine::pipeline {

namespace {

using Id = ParameterId;

class SplitMix64 {
public:
    explicit SplitMix64(std::uint64_t seed) : state_(seed) {}
    /// 0 <= x < 1, 53 bits.
    double unit()
    {
        state_ += randomStep;
        return static_cast<double>(mixedBits(state_) >> 11U) * 0x1p-53;
    }

private:
    std::uint64_t state_;
};

/// Which values are drawn more often. Only operations that every machine rounds alike.
enum class Lean : std::uint8_t { Even, Low, High };

double leaning(double draw, Lean lean)
{
    return lean == Lean::Low ? draw * draw : lean == Lean::High ? std::sqrt(draw) : draw;
}

/// Where a continuous parameter is musical.
struct MusicalRange {
    Id id;
    double low;
    double high;
    Lean lean;
};
constexpr MusicalRange musicalRanges[] = {
    {Id::SnapStrength, 0.4, 1.0, Lean::High},
    {Id::Smear, 0.0, 0.8, Lean::Low},
    {Id::FoldAmount, 1.0, 7.0, Lean::Low},
    {Id::Bias, -0.4, 0.4, Lean::Even},
    {Id::Drive, 0.8, 7.0, Lean::Low},
    {Id::Warmth, 0.1, 0.9, Lean::Even},
    {Id::PostSnapStrength, 0.4, 1.0, Lean::High},
    {Id::PostSmear, 0.0, 0.8, Lean::Low},
    {Id::DryWet, 0.4, 1.0, Lean::High},
};

/// How probable a new draw of a switch or choice is at amount 1.
struct Chance {
    Id id;
    double chance;
};
constexpr Chance chances[] = {
    {Id::Key, 0.7},
    {Id::ScaleName, 0.7},
    {Id::Mask, 1.0},
    {Id::BinSmoothing, 0.6},
    {Id::PreQuant, 0.5},
    {Id::DistortionOn, 0.3},
    {Id::PostQuant, 0.5},
    {Id::DistortionMode, 0.8},
    {Id::PostLink, 0.4},
    {Id::PostKey, 0.5},
    {Id::PostScale, 0.7},
    {Id::PostMask, 1.0},
    {Id::PostBinSmoothing, 0.6},
};

const MusicalRange *rangeOf(Id id)
{
    const auto *found = std::ranges::find(musicalRanges, id, &MusicalRange::id);
    return found == std::end(musicalRanges) ? nullptr : found;
}

double chanceOf(Id id)
{
    const auto *found = std::ranges::find(chances, id, &Chance::id);
    return found == std::end(chances) ? 0.0 : found->chance;
}

/// On the grid of the row's decimals, so that what is shown is what is held.
double onGrid(const ParameterInfo &info, double value)
{
    double unit = 1.0;
    for (int i = 0; i < info.decimals; ++i)
        unit *= 10.0;
    return std::clamp(std::round(value * unit) / unit, info.minimum, info.maximum);
}

double drawnNumber(const ParameterInfo &info, const MusicalRange &range, double now, double amount,
                   double draw)
{
    const double target = range.low + (range.high - range.low) * leaning(draw, range.lean);
    const double position = std::lerp(knobPosition(info, now), knobPosition(info, target), amount);
    return onGrid(info, valueAtKnob(info, position));
}

/// Some notes come and go; three at least stay, and the root that the scale had.
double drawnMask(double now, int root, double amount, SplitMix64 &random)
{
    constexpr double noteChance = 0.4;
    constexpr int leastNotes = 3;
    auto mask = static_cast<unsigned>(now);
    for (unsigned note = 0; note < 12; ++note) {
        if (random.unit() < noteChance * amount)
            mask ^= 1U << note;
    }
    mask |= 1U << static_cast<unsigned>(root);
    // Fifth and fourth of the root, where too few are left.
    for (const int semitones : {7, 5}) {
        if (std::popcount(mask) < leastNotes)
            mask |= 1U << static_cast<unsigned>((root + semitones) % 12);
    }
    return mask;
}

double drawnChoice(const ParameterInfo &info, double draw)
{
    // A custom scale is made of notes that somebody chose: chance does not switch to it.
    const bool scale = info.id == Id::ScaleName || info.id == Id::PostScale;
    const double count = info.maximum + (scale ? 0.0 : 1.0);
    return std::min(std::floor(draw * count), count - 1.0);
}

void keepSomethingOn(Settings &settings, const Settings &before, const ParameterSet &locks)
{
    if (settings.preQuant.on || settings.distortionOn || settings.postQuant.on)
        return;
    if (!locks.contains(Id::DistortionOn) && before.distortionOn)
        settings.distortionOn = true;
    else if (!locks.contains(Id::PreQuant))
        settings.preQuant.on = true;
    else if (!locks.contains(Id::PostQuant))
        settings.postQuant.on = true;
    else if (!locks.contains(Id::DistortionOn))
        settings.distortionOn = true;
}

} // namespace

ParameterSet randomisable()
{
    ParameterSet set;
    for (const MusicalRange &range : musicalRanges)
        set.insert(range.id);
    for (const Chance &chance : chances)
        set.insert(chance.id);
    return set;
}

Settings randomise(const Settings &settings, std::uint64_t seed, double amount,
                   const ParameterSet &locks)
{
    amount = amount > 0.0 ? std::min(amount, 1.0) : 0.0; // NaN is none
    if (amount == 0.0)
        return settings;
    Settings result = settings;
    const auto &table = parameterTable();
    for (std::size_t i = 0; i < table.size(); ++i) {
        const ParameterInfo &info = table[i];
        // A stream of its own for each row: a lock here changes nothing there.
        SplitMix64 random(seed ^ (0xD1B54A32D192ED03U * (i + 1)));
        const double now = info.read(settings);
        const double first = random.unit();
        const double draw = random.unit();
        if (locks.contains(info.id))
            continue;
        if (const MusicalRange *range = rangeOf(info.id)) {
            info.write(result, drawnNumber(info, *range, now, amount, draw));
            continue;
        }
        if (first >= chanceOf(info.id) * amount)
            continue;
        if (info.kind == ParameterKind::NoteMask) {
            const dsp::Scale &scale = info.id == Id::Mask ? settings.preQuant.classic.scale
                                                          : settings.postQuant.classic.scale;
            info.write(result, drawnMask(now, scale.rootPitchClass, amount, random));
        } else {
            info.write(result, drawnChoice(info, draw));
        }
    }
    keepSomethingOn(result, settings, locks);
    return result;
}

} // namespace engine::pipeline
