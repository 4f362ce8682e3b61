// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/LevelMeter.h"

#include "engine/base/Units.h"

#include <algorithm>

namespace engine::analysis {

using dsp::TruePeakDetector;

LevelMeter::LevelMeter(AudioFormat format)
    : loudness_(format), detectors_(static_cast<std::size_t>(format.channels))
{
    const auto tables = std::make_shared<const TruePeakDetector::Tables>(format.sampleRateHz);
    for (TruePeakDetector &detector : detectors_)
        detector.prepare(tables, 0.0);
}

void LevelMeter::detect(std::size_t channel, std::span<const float> samples)
{
    TruePeakDetector &detector = detectors_[channel];
    std::array<float, TruePeakDetector::maxFrames> peaks{};
    while (!samples.empty()) {
        const std::size_t count = std::min(samples.size(), peaks.size());
        std::fill_n(peaks.begin(), count, 0.0F);
        detector.raiseThreshold(double{highest_});
        if (detector.process(samples.data(), static_cast<int>(count), peaks.data()))
            highest_ = std::max(highest_, *std::max_element(peaks.begin(), peaks.begin() + count));
        samples = samples.subspan(count);
    }
}

Status LevelMeter::write(ConstAudioBlock block)
{
    for (std::size_t c = 0; c < detectors_.size(); ++c)
        detect(c, block.channel(static_cast<int>(c)));
    return loudness_.write(block);
}

std::optional<double> LevelMeter::truePeakDb()
{
    const std::vector<float> silence(TruePeakDetector::latencyFrames);
    for (std::size_t c = 0; c < detectors_.size(); ++c)
        detect(c, silence);
    if (highest_ == 0.0F)
        return std::nullopt;
    return dbFromGain(double{highest_});
}

} // namespace engine::analysis
