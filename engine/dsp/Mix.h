// SPDX-License-Identifier: GPL-3.0-or-later
//
// Dry/wet blend and output gain: stateless arithmetic on time-aligned blocks.
// Shape: any channels × frames, in place. Units: wet share 0…1, gain in dB. Real-time: yes.
// A share of exactly 0 or 1 gives exactly the dry or the wet sound; 0 dB changes nothing.
// Errors: none. Source: the Classic pipeline (linear blend).
#pragma once

#include "engine/dsp/DspBlock.h"

namespace engine::dsp {

struct Mix {
    struct Parameters {
        double dryWet = 1.0;
        bool operator==(const Parameters &) const = default;
    };
    /// Requires: same shape.
    static void process(AudioBlock wet, ConstAudioBlock dry, const Parameters &parameters) noexcept;
};

struct Gain {
    struct Parameters {
        double gainDb = 0.0;
        bool operator==(const Parameters &) const = default;
    };
    void prepare(const StreamSpec &spec, const Parameters &parameters);
    void reset() noexcept {}
    void process(AudioBlock io) noexcept;
    int latencyFrames() const noexcept { return 0; }
    int memoryFrames() const noexcept { return 0; }

private:
    float factor_ = 1.0F;
};

} // namespace engine::dsp
