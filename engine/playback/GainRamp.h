// SPDX-License-Identifier: GPL-3.0-or-later
//
// A gain that reaches its target in a straight line and then holds it exactly: at 1 samples pass
// bit for bit. Shape: interleaved stereo, in place. Units: linear. Real-time: yes. Errors: none.
#pragma once

namespace engine::playback {

class GainRamp {
public:
    /// `frames`: how long each ramp takes, from wherever the gain is. Requires: frames > 0.
    explicit GainRamp(int frames) : rampFrames_(frames) {}

    void setTarget(double gain) noexcept
    {
        target_ = gain;
        framesLeft_ = rampFrames_;
        step_ = (target_ - gain_) / rampFrames_;
    }
    void process(float *stereo, int frames) noexcept
    {
        int i = 0;
        for (; i < frames && framesLeft_ > 0; ++i) {
            gain_ = --framesLeft_ == 0 ? target_ : gain_ + step_;
            stereo[2 * i] = static_cast<float>(gain_ * double{stereo[2 * i]});
            stereo[2 * i + 1] = static_cast<float>(gain_ * double{stereo[2 * i + 1]});
        }
        const auto gain = static_cast<float>(gain_);
        for (; gain != 1.0F && i < frames; ++i) {
            stereo[2 * i] *= gain;
            stereo[2 * i + 1] *= gain;
        }
    }

private:
    const int rampFrames_;
    double gain_ = 1.0;
    double target_ = 1.0;
    double step_ = 0.0; ///< per frame
    int framesLeft_ = 0;
};

} // namespace engine::playback
