// SPDX-License-Identifier: GPL-3.0-or-later
//
// The partials of a sound, measured frame by frame as a quantizer's trace measures those it is
// given, so that the two can be compared: for taps that no quantizer has just left.
// Shape: frames in order, a quarter of fftSize apart, that lie wholly in the sound; one in its
// middle where it is shorter than a frame. Channels count together. Units: Hz; frames of the file;
// power 1 is a full-scale sine in every channel. Real-time: no. Errors: none; samples that are not
// finite count as silence. Threads: computed on any; the result never changes.
#pragma once

#include "engine/base/AudioBuffer.h"
#include "engine/dsp/QuantizationTrace.h"

#include <memory>
#include <stop_token>

namespace engine::analysis {

struct SoundPartials {
    struct Frame {
        std::int64_t centreFrame; ///< of the file
        std::uint32_t firstPartial;
        std::uint32_t partials;
    };
    int sampleRateHz = 0;
    std::vector<Frame> frames;
    std::vector<dsp::QuantizationTrace::Partial> partials;
};

/// `firstFrame`: where the sound begins in its file. Null when stopped.
/// Requires: fftSize is a multiple of 4 and at least 64.
std::shared_ptr<const SoundPartials> partialsOf(const AudioBuffer &sound, std::int64_t firstFrame,
                                                int fftSize, const std::stop_token &stop = {});

} // namespace engine::analysis
