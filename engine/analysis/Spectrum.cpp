// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/Spectrum.h"

#include "engine/dsp/Fft.h"
#include "engine/dsp/Windows.h"

#include <algorithm>
#include <cassert>

namespace engine::analysis {

namespace {

constexpr double frameS = 0.17;
constexpr std::int64_t shortestFrame = 64;

/// One Hann frame after the other, twice as many bins as the frame has.
class FramePower {
public:
    explicit FramePower(const AudioFormat &format)
        : size_(std::max(std::int64_t{1} << std::lround(std::log2(frameS * format.sampleRateHz)),
                         shortestFrame)),
          window_(dsp::periodicHann(static_cast<int>(size_))), fft_(static_cast<int>(2 * size_)),
          time_(static_cast<std::size_t>(2 * size_)), bins_(static_cast<std::size_t>(size_) + 1)
    {}
    std::int64_t size() const { return size_; }
    std::size_t bins() const { return bins_.size(); }

    /// Adds the power of the frame that begins at `start`; what lies outside is silent.
    void add(std::span<const float> channel, std::int64_t start, std::vector<double> &power)
    {
        const auto count = static_cast<std::int64_t>(channel.size());
        for (std::int64_t i = 0; i < size_; ++i) {
            const std::int64_t at = start + i;
            const float sample =
                at >= 0 && at < count ? channel[static_cast<std::size_t>(at)] : 0.0F;
            time_.data()[i] = std::isfinite(sample) ? static_cast<double>(sample) *
                                                          window_[static_cast<std::size_t>(i)]
                                                    : 0.0;
        }
        fft_(time_.data(), bins_.data());
        const double gain = 4.0 / static_cast<double>(size_); // 2 / sum of the window
        for (std::size_t k = 0; k < bins_.size(); ++k)
            power[k] += std::norm(bins_.data()[k]) * gain * gain;
    }

private:
    std::int64_t size_;
    std::vector<double> window_;
    dsp::ForwardFft fft_;
    dsp::AlignedBuffer<double> time_;
    dsp::AlignedBuffer<std::complex<double>> bins_;
};

std::shared_ptr<const Spectrum> fromPower(const std::vector<std::vector<double>> &channels,
                                          double scale, int sampleRateHz)
{
    const std::size_t bins = channels[0].size();
    std::vector<float> roots(bins + 2 * RowReader::guard);
    for (std::size_t k = 0; k < bins; ++k) {
        double power = 0.0;
        for (const auto &channel : channels)
            power = std::max(power, channel[k]);
        roots[k + RowReader::guard] =
            static_cast<float>(std::sqrt(std::sqrt(std::sqrt(power * scale))));
    }
    const LogAxis axis = Spectrum::axis();
    const double binHz = static_cast<double>(sampleRateHz) / 2.0 / static_cast<double>(bins - 1);
    std::vector<float> levels(static_cast<std::size_t>(axis.rows));
    RowReader(axis, 0, axis.rows, binHz, static_cast<int>(bins)).read(roots.data(), levels.data());
    for (float &level : levels)
        level = decibelsOfRoot(level);
    return std::make_shared<const Spectrum>(std::move(levels));
}

} // namespace

Spectrum::Spectrum(std::vector<float> levelsDb) : levelsDb_(std::move(levelsDb))
{
    assert(points() == axis().rows);
}

double Spectrum::levelAt(double hz) const
{
    const double point = std::clamp(axis().row(hz), 0.0, points() - 1.0);
    const int below = std::min(static_cast<int>(point), points() - 2);
    const double part = point - below;
    return (1.0 - part) * static_cast<double>(levelDb(below)) +
           part * static_cast<double>(levelDb(below + 1));
}

Spectrum::Peak Spectrum::peakNear(double hz, double cents) const
{
    const LogAxis points = axis();
    const auto peak = peakAround(levelsDb_, 0, points.row(hz), cents / points.centsPerRow());
    return peak ? Peak{points.hz(peak->row), peak->db} : Peak{hz, levelAt(hz)};
}

float Spectrum::loudestDb() const
{
    return *std::max_element(levelsDb_.begin(), levelsDb_.end());
}

std::shared_ptr<const Spectrum> spectrumAt(const AudioBuffer &sound, double timeS)
{
    if (sound.frames() == 0 || sound.channels() == 0)
        return nullptr;
    FramePower frame(sound.format());
    std::vector<std::vector<double>> power(static_cast<std::size_t>(sound.channels()),
                                           std::vector<double>(frame.bins()));
    const std::int64_t start = std::llround(timeS * sound.format().sampleRateHz) - frame.size() / 2;
    for (int c = 0; c < sound.channels(); ++c)
        frame.add(sound.channel(c), start, power[static_cast<std::size_t>(c)]);
    return fromPower(power, 1.0, sound.format().sampleRateHz);
}

std::shared_ptr<const Spectrum> averageSpectrum(const AudioBuffer &sound,
                                                const std::stop_token &stop)
{
    if (sound.frames() == 0 || sound.channels() == 0)
        return nullptr;
    FramePower frame(sound.format());
    std::vector<std::vector<double>> power(static_cast<std::size_t>(sound.channels()),
                                           std::vector<double>(frame.bins()));
    int frames = 0;
    std::int64_t start = 0;
    do {
        if (stop.stop_requested())
            return nullptr;
        for (int c = 0; c < sound.channels(); ++c)
            frame.add(sound.channel(c), start, power[static_cast<std::size_t>(c)]);
        ++frames;
        start += frame.size() / 2;
    } while (start + frame.size() <= sound.frames());
    return fromPower(power, 1.0 / frames, sound.format().sampleRateHz);
}

std::shared_ptr<const Spectrum> peakSpectrum(const AudioBuffer &sound, const std::stop_token &stop)
{
    if (sound.frames() == 0 || sound.channels() == 0)
        return nullptr;
    FramePower frame(sound.format());
    std::vector<std::vector<double>> most(1, std::vector<double>(frame.bins()));
    std::vector<double> power(frame.bins());
    std::int64_t start = 0;
    do {
        for (int c = 0; c < sound.channels(); ++c) {
            if (stop.stop_requested())
                return nullptr;
            std::ranges::fill(power, 0.0);
            frame.add(sound.channel(c), start, power);
            std::ranges::transform(power, most[0], most[0].begin(),
                                   [](double a, double b) { return std::max(a, b); });
        }
        start += frame.size() / 2;
    } while (start + frame.size() <= sound.frames());
    return fromPower(most, 1.0, sound.format().sampleRateHz);
}

std::shared_ptr<const Spectrum> highest(const std::shared_ptr<const Spectrum> &held,
                                        const Spectrum &now)
{
    std::vector<float> levels(now.levels().begin(), now.levels().end());
    if (held)
        std::transform(levels.begin(), levels.end(), held->levels().begin(), levels.begin(),
                       [](float a, float b) { return std::max(a, b); });
    return std::make_shared<const Spectrum>(std::move(levels));
}

} // namespace engine::analysis
