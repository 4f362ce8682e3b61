// SPDX-License-Identifier: GPL-3.0-or-later
//
// The shapers of the Classic pipeline: wavefold (reflects once at +1, then at −1, then clips) and
// tube (normalised tanh). A memoryless time block.
// Shape: any channels × frames, in place. Units: amounts and drive are linear gains.
// Real-time: process() yes. Errors: none. Latency: none.
// Source: the Classic pipeline. The two tests of the fold come one after the other, which makes it
// asymmetric far out: a driven value u in 3 < u ≤ 5 gives u − 4; u > 5 and u < −3 both give 1.
#pragma once

#include "engine/dsp/DspBlock.h"

namespace engine::dsp {

enum class DistortionMode : std::uint8_t { Wavefold, Tube };

inline float foldSample(float x, float foldAmount, float bias)
{
    float y = (x + bias) * foldAmount;
    y = y > 1.0F ? 2.0F - y : y;
    y = y < -1.0F ? -2.0F - y : y;
    return std::min(std::max(y, -1.0F), 1.0F);
}

struct Distortion {
    struct Parameters {
        DistortionMode mode = DistortionMode::Wavefold;
        double foldAmount = 1.0;
        double bias = 0.0;
        double drive = 1.0;
        double warmth = 0.5;
        bool operator==(const Parameters &) const = default;
    };

    void prepare(const StreamSpec &spec, const Parameters &parameters);
    void reset() noexcept {}
    void process(AudioBlock io) noexcept;
    int latencyFrames() const noexcept { return 0; }
    int memoryFrames() const noexcept { return 0; }

private:
    Parameters parameters_;
};

} // namespace engine::dsp
