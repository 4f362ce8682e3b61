// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/playback/OutputMeter.h"

#include "engine/base/Units.h"

#include <cmath>
#include <ebur128.h>

namespace engine::playback {
namespace {

constexpr double sliceMs = 10.0;
constexpr int holdSeconds = 2;
constexpr int shortTermSeconds = 3;
constexpr int loudnessReadingsPerSecond = 10;

} // namespace

struct OutputMeter::Loudness {
    explicit Loudness(int rateHz)
        : state(ebur128_init(2, static_cast<unsigned long>(rateHz), EBUR128_MODE_S))
    {}
    ~Loudness() { ebur128_destroy(&state); }
    Loudness(const Loudness &) = delete;
    Loudness &operator=(const Loudness &) = delete;

    ebur128_state *state; ///< null for a rate that cannot be measured
    std::int64_t frames = 0;
    std::int64_t readAtFrames = 0;
    std::optional<double> shortTermLufs;
};

OutputMeter::OutputMeter(int rateHz)
    : rateHz_(rateHz), sliceFrames_(static_cast<int>(framesFromMs(sliceMs, rateHz, 1)))
{
    restart();
}

OutputMeter::~OutputMeter() = default;

void OutputMeter::restart()
{
    peak_ = heldPeak_ = {};
    heldForFrames_ = {};
    sliceEnergy_ = {};
    energies_ = {};
    framesInSlice_ = nextSlice_ = 0;
    loudness_ = std::make_unique<Loudness>(rateHz_);
}

void OutputMeter::closeSlice()
{
    energies_[static_cast<std::size_t>(nextSlice_)] = sliceEnergy_;
    nextSlice_ = (nextSlice_ + 1) % slicesPerWindow;
    sliceEnergy_ = {};
    framesInSlice_ = 0;
}

void OutputMeter::add(std::span<const float> interleaved)
{
    for (std::size_t i = 0; i < interleaved.size(); i += 2) {
        for (std::size_t c = 0; c < 2; ++c) {
            const float x = interleaved[i + c];
            const float level = std::abs(x);
            sliceEnergy_[c] += double{x} * double{x};
            peak_[c] = std::max(peak_[c], level);
            if (level >= heldPeak_[c] ||
                ++heldForFrames_[c] > std::int64_t{holdSeconds} * rateHz_) {
                heldPeak_[c] = level;
                heldForFrames_[c] = 0;
            }
        }
        if (++framesInSlice_ == sliceFrames_)
            closeSlice();
    }
    if (loudness_->state == nullptr)
        return;
    ebur128_add_frames_float(loudness_->state, interleaved.data(), interleaved.size() / 2);
    loudness_->frames += static_cast<std::int64_t>(interleaved.size() / 2);
}

MeterReading OutputMeter::read()
{
    MeterReading reading;
    for (std::size_t c = 0; c < 2; ++c) {
        double energy = 0.0;
        for (const auto &slice : energies_)
            energy += slice[c];
        reading.peakDb[c] = dbFromGain(double{peak_[c]});
        reading.peakHoldDb[c] = dbFromGain(double{heldPeak_[c]});
        reading.rmsDb[c] = dbFromPower(energy / (double{slicesPerWindow} * sliceFrames_));
    }
    peak_ = {};
    Loudness &loudness = *loudness_;
    if (loudness.state != nullptr && loudness.frames >= std::int64_t{shortTermSeconds} * rateHz_ &&
        loudness.frames - loudness.readAtFrames >= rateHz_ / loudnessReadingsPerSecond) {
        double lufs = 0.0;
        if (ebur128_loudness_shortterm(loudness.state, &lufs) == EBUR128_SUCCESS)
            loudness.shortTermLufs = lufs;
        loudness.readAtFrames = loudness.frames;
    }
    reading.shortTermLufs = loudness.shortTermLufs;
    return reading;
}

} // namespace engine::playback
