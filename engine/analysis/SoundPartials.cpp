// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/SoundPartials.h"

#include "engine/dsp/Fft.h"
#include "engine/dsp/SpectralPartials.h"
#include "engine/dsp/Windows.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace engine::analysis {

namespace {

constexpr int overlap = 4;
constexpr int lobeBins = 2;              ///< either side of a peak; further out lies leakage
constexpr double lowestPartialHz = 16.0; ///< below lies what a window makes of an offset

/// The last three short-time spectra of all channels.
class Spectra {
public:
    Spectra(const AudioBuffer &sound, int fftSize)
        : sound_(sound), fftSize_(fftSize), window_(dsp::periodicHann(fftSize)), fft_(fftSize),
          time_(static_cast<std::size_t>(fftSize)), wide_(static_cast<std::size_t>(bins())),
          rows_(static_cast<std::size_t>(3 * sound.channels() * bins()))
    {}
    /// Of the frame that begins at `start`; what lies outside is silent.
    void read(std::int64_t frame, std::int64_t start)
    {
        for (int c = 0; c < sound_.channels(); ++c) {
            const auto channel = sound_.channel(c);
            for (int i = 0; i < fftSize_; ++i) {
                const std::int64_t at = start + i;
                const float sample =
                    at >= 0 && at < sound_.frames() ? channel[static_cast<std::size_t>(at)] : 0.0F;
                time_.data()[i] = std::isfinite(sample) ? static_cast<double>(sample) *
                                                              window_[static_cast<std::size_t>(i)]
                                                        : 0.0;
            }
            fft_(time_.data(), wide_.data());
            std::transform(wide_.data(), wide_.data() + bins(), row(frame, c),
                           [](std::complex<double> bin) { return std::complex<float>(bin); });
        }
    }
    dsp::FrameSpectra around(std::int64_t frame, bool hasPrevious, bool hasNext)
    {
        dsp::FrameSpectra result;
        result.channels = sound_.channels();
        result.bins = bins();
        result.fftSize = fftSize_;
        result.hopFrames = fftSize_ / overlap;
        result.binHz = static_cast<double>(sound_.format().sampleRateHz) / fftSize_;
        for (int c = 0; c < sound_.channels(); ++c) {
            const auto channel = static_cast<std::size_t>(c);
            result.here[channel] = row(frame, c);
            result.previous[channel] = hasPrevious ? row(frame - 1, c) : nullptr;
            result.next[channel] = hasNext ? row(frame + 1, c) : nullptr;
        }
        return result;
    }

private:
    int bins() const { return fftSize_ / 2 + 1; }
    std::complex<float> *row(std::int64_t frame, int channel)
    {
        return rows_.data() + (frame % 3 * sound_.channels() + channel) * bins();
    }

    const AudioBuffer &sound_;
    int fftSize_;
    std::vector<double> window_;
    dsp::ForwardFft fft_;
    dsp::AlignedBuffer<double> time_;
    dsp::AlignedBuffer<std::complex<double>> wide_;
    std::vector<std::complex<float>> rows_;
};

void tell(const dsp::FrameSpectra &spectra, SoundPartials &told)
{
    const std::vector<double> powers = dsp::powers(spectra);
    for (const dsp::SpectralRegion &region : dsp::regions(powers)) {
        const double hz = dsp::instantaneousHz(spectra, powers, region);
        if (hz < lowestPartialHz)
            continue;
        double power = 0.0;
        for (int k = std::max(region.first, region.peak - lobeBins);
             k < std::min(region.end, region.peak + lobeBins + 1); ++k)
            power += powers[static_cast<std::size_t>(k)];
        told.partials.push_back({static_cast<float>(hz), static_cast<float>(power)});
    }
}

} // namespace

std::shared_ptr<const SoundPartials> partialsOf(const AudioBuffer &sound, std::int64_t firstFrame,
                                                int fftSize, const std::stop_token &stop)
{
    assert(fftSize % overlap == 0);
    auto told = std::make_shared<SoundPartials>();
    told->sampleRateHz = sound.format().sampleRateHz;
    if (sound.frames() == 0 || sound.channels() == 0)
        return told;
    const int hop = fftSize / overlap;
    const std::int64_t first = sound.frames() < fftSize ? (sound.frames() - fftSize) / 2 : 0;
    const std::int64_t count = std::max<std::int64_t>((sound.frames() - fftSize) / hop + 1, 1);
    Spectra spectra(sound, fftSize);
    spectra.read(0, first);
    for (std::int64_t frame = 0; frame < count; ++frame) {
        if (stop.stop_requested())
            return nullptr;
        const bool hasNext = frame + 1 < count;
        const std::int64_t start = first + frame * hop;
        if (hasNext)
            spectra.read(frame + 1, start + hop);
        const auto before = static_cast<std::uint32_t>(told->partials.size());
        tell(spectra.around(frame, frame > 0, hasNext), *told);
        told->frames.push_back({firstFrame + start + fftSize / 2, before,
                                static_cast<std::uint32_t>(told->partials.size()) - before});
    }
    return told;
}

} // namespace engine::analysis
