// SPDX-License-Identifier: GPL-3.0-or-later
//
// The two ends of a stream: what is pulled from and what is pushed to. A render of any length
// runs in constant memory between them.
// Shape: blocks of channels × frames, in order. Units: frames. Real-time: no (files block).
// Errors: Result; a source that ends early or was repaired says so through its warnings.
#pragma once

#include "engine/base/AudioBuffer.h"
#include "engine/base/Result.h"

#include <optional>

namespace engine {

class AudioSource {
public:
    virtual ~AudioSource() = default;
    virtual AudioFormat format() const = 0;
    /// Length as far as it is known before everything has been read; never trusted for memory.
    virtual std::optional<std::int64_t> declaredFrames() const = 0;
    /// Fills `into` from its start; returns the frames read. Fewer than asked for: the end.
    virtual Result<int> read(AudioBlock into) = 0;
    /// The next read begins at `frame` (from the start of the sound). Beyond the end: reads 0.
    virtual Status seek(std::int64_t frame) = 0;
};

class AudioSink {
public:
    virtual ~AudioSink() = default;
    virtual Status write(ConstAudioBlock block) = 0;
};

} // namespace engine
