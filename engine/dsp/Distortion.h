// SPDX-License-Identifier: GPL-3.0-or-later
//
// Wavefold (the Classic fold), multifold (an endless triangle fold) and tube (normalised tanh).
// At 1× the plain shaper: the sound of the earlier prototype, with its aliases. From 2× on the
// shaper runs oversampled and anti-aliased by its antiderivative.
// Shape: any channels × frames, in place. Units: amounts and drive are linear gains.
// Real-time: process() yes. Errors: none. Latency: latencyFrames(), exact; 0 at 1×.
// Source: the Classic pipeline for the curves; Oversampler.h and AntiderivativeShaper.h for the
// rest.
#pragma once

#include "engine/dsp/AntiderivativeShaper.h"
#include "engine/dsp/DcBlocker.h"
#include "engine/dsp/DspBlock.h"
#include "engine/dsp/Oversampler.h"

namespace engine::dsp {

enum class DistortionMode : std::uint8_t { Wavefold, Multifold, Tube };

/// The value is the base-2 logarithm of the factor.
enum class Oversampling : std::uint8_t { X1, X2, X4, X8, X16 };
inline int oversamplingFactor(Oversampling oversampling)
{
    return 1 << static_cast<int>(oversampling);
}

struct Distortion {
    struct Parameters {
        DistortionMode mode = DistortionMode::Wavefold;
        double foldAmount = 1.0;
        double bias = 0.0;
        double drive = 1.0;
        double warmth = 0.5;
        Oversampling oversampling = Oversampling::X4;
        /// Takes away the constant that a biased or asymmetric fold adds; silence stays silence.
        bool dcBlock = true;
        bool operator==(const Parameters &) const = default;
    };

    void prepare(const StreamSpec &spec, const Parameters &parameters);
    void reset() noexcept;
    void process(AudioBlock io) noexcept;
    int latencyFrames() const noexcept { return latencyFrames_; }
    int memoryFrames() const noexcept { return memoryFrames_; }

    /// The curve itself: what the shaper gives for a value that stays. For drawing.
    static double curve(const Parameters &parameters, double x);

private:
    /// curve(x * gain + offset) * scale − rest
    struct Drive {
        ShaperCurve curve;
        double gain;
        double offset;
        double scale;
        double rest;
    };
    struct Channel {
        Oversampler oversampler;
        AntiderivativeShaper shaper;
        DcBlocker dcBlocker;
    };
    static Drive driveFor(const Parameters &parameters);
    void shapePlainly(std::span<float> samples) const noexcept;
    void shapeOversampled(Channel &channel, std::span<float> samples) noexcept;

    Drive drive_{};
    bool oversampled_ = false;
    bool blocksDc_ = false;
    int latencyFrames_ = 0;
    int memoryFrames_ = 0;
    std::vector<Channel> channels_;
};

} // namespace engine::dsp
