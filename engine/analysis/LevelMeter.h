// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a file says about itself: integrated loudness, and how high the wave between its samples
// goes. A sink: everything that is written to it is measured. The true peak is that of
// TruePeakDetector, which looks closely only where the sound may go higher than it ever did.
// Shape: 1 to 8 channels. Units: LUFS, dBTP. Real-time: no. Errors: none; silence has neither.
#pragma once

#include "engine/analysis/Loudness.h"
#include "engine/dsp/TruePeakDetector.h"

namespace engine::analysis {

class LevelMeter final : public AudioSink {
public:
    explicit LevelMeter(AudioFormat format);

    Status write(ConstAudioBlock block) override;
    /// Of everything so far; both end the measurement.
    std::optional<double> integratedLufs() { return loudness_.integratedLufs(); }
    std::optional<double> truePeakDb();

private:
    void detect(std::size_t channel, std::span<const float> samples);

    LoudnessMeter loudness_;
    std::vector<dsp::TruePeakDetector> detectors_; ///< one a channel
    float highest_ = 0.0F;
};

} // namespace engine::analysis
