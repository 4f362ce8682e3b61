// SPDX-License-Identifier: GPL-3.0-or-later
//
// First in, first out for planar samples: holds what one bus is ahead of another.
// Shape: channels × frames. Real-time: grows by allocation until it has seen its largest length.
#pragma once

#include "engine/base/AudioBuffer.h"

#include <cstring>

namespace engine {

class AudioQueue {
public:
    void prepare(int channels)
    {
        samples_.assign(static_cast<std::size_t>(channels), {});
        first_ = frames_ = 0;
    }
    int frames() const { return frames_; }
    void push(ConstAudioBlock block)
    {
        assert(block.channels() == static_cast<int>(samples_.size()));
        if (first_ > 0) {
            for (auto &channel : samples_)
                std::memmove(channel.data(), channel.data() + first_, sizeof(float) * frames_);
            first_ = 0;
        }
        for (int c = 0; c < block.channels(); ++c) {
            auto &channel = samples_[static_cast<std::size_t>(c)];
            channel.resize(
                std::max(channel.size(), static_cast<std::size_t>(frames_ + block.frames())));
            std::copy_n(block.data(c), block.frames(), channel.data() + frames_);
        }
        frames_ += block.frames();
    }
    /// The oldest `count` frames, which leave the queue; the view ends with the next push.
    /// Requires: count <= frames().
    AudioBlock pop(int count)
    {
        assert(count <= frames_);
        std::array<float *, maxChannels> pointers{};
        for (std::size_t c = 0; c < samples_.size(); ++c)
            pointers[c] = samples_[c].data() + first_;
        first_ += count;
        frames_ -= count;
        return {std::span<float *const>(pointers.data(), samples_.size()), count};
    }

private:
    std::vector<std::vector<float>> samples_;
    int first_ = 0;
    int frames_ = 0;
};

} // namespace engine
