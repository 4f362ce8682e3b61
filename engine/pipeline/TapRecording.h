// SPDX-License-Identifier: GPL-3.0-or-later
//
// One tap of one run, kept: the window that was asked for, and what lies before and after it, so
// that a later run with other settings further down can begin here instead of at the file.
// Shape: channels × frames in three parts that follow each other. Units: frames of the sound, from
// its start. Real-time: no. Errors: none.
#pragma once

#include "engine/base/AudioStream.h"

namespace engine::pipeline {

struct TapRecording {
    std::int64_t firstFrame = 0; ///< of the lead
    AudioBuffer lead;            ///< before the window: what later stages look back at
    AudioBuffer window;
    AudioBuffer tail;              ///< after the window: what later stages look ahead at
    bool reachesEnd = false;       ///< the sound ends where the tail ends
    std::int64_t memoryFrames = 0; ///< how far back the stages before the tap look

    std::int64_t endFrame() const
    {
        return firstFrame + lead.frames() + window.frames() + tail.frames();
    }
};

/// Reads a recording as if it were the sound: frames count from the sound's start.
class RecordingSource final : public AudioSource {
public:
    /// Requires: the recording outlives the source.
    explicit RecordingSource(const TapRecording &recording)
        : recording_(recording), position_(recording.firstFrame)
    {}

    AudioFormat format() const override { return recording_.window.format(); }
    std::optional<std::int64_t> declaredFrames() const override { return recording_.endFrame(); }
    Result<int> read(AudioBlock into) override
    {
        int done = 0;
        std::int64_t partFirst = recording_.firstFrame;
        for (const AudioBuffer *part : {&recording_.lead, &recording_.window, &recording_.tail}) {
            const std::int64_t from = std::max<std::int64_t>(0, position_ - partFirst);
            const auto count = static_cast<int>(
                std::clamp<std::int64_t>(part->frames() - from, 0, into.frames() - done));
            if (count > 0) {
                copy(part->block(from, count), into.slice(done, count));
                done += count;
                position_ += count;
            }
            partFirst += part->frames();
        }
        return done;
    }
    /// Requires: `frame` lies in the recording or at its end.
    Status seek(std::int64_t frame) override
    {
        position_ = frame;
        return {};
    }

private:
    const TapRecording &recording_;
    std::int64_t position_;
};

} // namespace engine::pipeline
