// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is heard: one tap over the preview window, ready for the callback to copy.
// Shape: interleaved stereo, frames() × 2, at the device's rate. Frame 0 is the first frame of the
// window; the length is round(frames · device rate / file rate), not delayed (soxr VHQ).
// Mono goes to both sides, stereo is untouched bit for bit, more channels are folded down and not
// normalised; samples that are not finite become 0, because nobody must hear them.
// Units: linear, 1.0 is full scale; frames; gains in dB; seconds count from the start of the file.
// Real-time: no (allocates); reading is. Errors: Device for rates that cannot be converted,
// Cancelled.
// Source: ITU-R BS.775-3, Annex 4, table 2: centre and surrounds at −3 dB, a single rear channel at
// −6 dB on both sides, LFE left out. Channel orders are those of WAVE_FORMAT_EXTENSIBLE.
#pragma once

#include "engine/base/AudioBuffer.h"
#include "engine/base/Result.h"

#include <cstdint>
#include <memory>
#include <stop_token>
#include <vector>

namespace engine::playback {

struct PlaybackSound {
    std::vector<float> samples; ///< left, right, left, right, …
    int deviceRateHz = 0;
    int fileRateHz = 0;
    std::int64_t windowFirstFrame = 0; ///< at the file's rate

    std::int64_t frames() const { return static_cast<std::int64_t>(samples.size() / 2); }
    double firstSeconds() const { return static_cast<double>(windowFirstFrame) / fileRateHz; }
    double lastSeconds() const { return secondsAt(frames()); }
    double secondsAt(std::int64_t frame) const
    {
        return firstSeconds() + static_cast<double>(frame) / deviceRateHz;
    }
    /// Nearest frame; outside 0…frames() for a time outside the window.
    std::int64_t frameAt(double fileSeconds) const;
};

/// What a playback sound is made from. Two with the same tap are the same as long as either lives.
struct PlaybackSource {
    std::shared_ptr<const AudioBuffer> tap;
    std::int64_t windowFirstFrame = 0;
    double gainDb = 0.0; ///< 0: every bit stays
    bool operator==(const PlaybackSource &) const = default;
};

/// Requires: 1 to 8 channels, a sample rate, windowFirstFrame >= 0, deviceRateHz > 0.
Result<std::shared_ptr<const PlaybackSound>> makePlaybackSound(const PlaybackSource &source,
                                                               int deviceRateHz,
                                                               const std::stop_token &stop = {});

} // namespace engine::playback
