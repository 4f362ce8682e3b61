// SPDX-License-Identifier: GPL-3.0-or-later
//
// A buffer as a source, and a sink that fills a buffer: windows that are kept in memory, and taps.
// Shape: channels × frames. Real-time: no. Errors: none.
#pragma once

#include "engine/base/AudioStream.h"

namespace engine {

class BufferSource final : public AudioSource {
public:
    /// Requires: the buffer outlives the source.
    explicit BufferSource(const AudioBuffer &buffer) : buffer_(buffer) {}

    AudioFormat format() const override { return buffer_.format(); }
    std::optional<std::int64_t> declaredFrames() const override { return buffer_.frames(); }
    Result<int> read(AudioBlock into) override
    {
        const auto count =
            static_cast<int>(std::min<std::int64_t>(into.frames(), buffer_.frames() - position_));
        copy(buffer_.block(position_, count), into.slice(0, count));
        position_ += count;
        return count;
    }
    Status seek(std::int64_t frame) override
    {
        position_ = std::min(frame, buffer_.frames());
        return {};
    }

private:
    const AudioBuffer &buffer_;
    std::int64_t position_ = 0;
};

class BufferSink final : public AudioSink {
public:
    /// `expectedFrames` are set aside at once.
    explicit BufferSink(AudioFormat format, std::int64_t expectedFrames = 0) : buffer_(format, 0)
    {
        buffer_.reserve(expectedFrames);
    }

    Status write(ConstAudioBlock block) override
    {
        buffer_.append(block);
        return {};
    }
    const AudioBuffer &buffer() const { return buffer_; }

private:
    AudioBuffer buffer_;
};

} // namespace engine
