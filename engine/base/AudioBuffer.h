// SPDX-License-Identifier: GPL-3.0-or-later
//
// Planar float samples and views of them.
// Shape: channels × frames; a frame is one sample of every channel. At most maxChannels channels.
// Units: 1.0 is full scale. Real-time: views never allocate; AudioBuffer allocates in its
// constructor and in resize only. Errors: none; a wrong index is a broken precondition.
#pragma once

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdint>
#include <span>
#include <vector>

namespace engine {

inline constexpr int maxChannels = 8;
inline constexpr int minSampleRateHz = 1000;
inline constexpr int maxSampleRateHz = 768000;

struct AudioFormat {
    int sampleRateHz = 0;
    int channels = 0;
    bool operator==(const AudioFormat &) const = default;
};

/// A view of planar samples: up to maxChannels pointers and one length.
template <typename Sample>
class BasicAudioBlock {
public:
    BasicAudioBlock() = default;
    BasicAudioBlock(std::span<Sample *const> channels, int frames)
        : channelCount_(static_cast<int>(channels.size())), frames_(frames)
    {
        assert(channels.size() <= maxChannels && frames >= 0);
        std::copy(channels.begin(), channels.end(), channels_.begin());
    }
    /// A writable view converts to a read-only one.
    template <typename Other>
    requires(std::is_same_v<const Other, Sample> && !std::is_same_v<Other, Sample>)
        BasicAudioBlock(const BasicAudioBlock<Other> &other)
        : channelCount_(other.channels()), frames_(other.frames())
    {
        for (int c = 0; c < channelCount_; ++c)
            channels_[c] = other.data(c);
    }

    int channels() const { return channelCount_; }
    int frames() const { return frames_; }
    bool empty() const { return frames_ == 0; }
    Sample *data(int channel) const { return channels_[channel]; }
    std::span<Sample> channel(int channel) const
    {
        return {channels_[channel], static_cast<std::size_t>(frames_)};
    }
    /// Requires: 0 <= first, first + count <= frames().
    BasicAudioBlock slice(int first, int count) const
    {
        assert(first >= 0 && count >= 0 && first + count <= frames_);
        BasicAudioBlock part = *this;
        for (int c = 0; c < channelCount_; ++c)
            part.channels_[c] += first;
        part.frames_ = count;
        return part;
    }

private:
    std::array<Sample *, maxChannels> channels_{};
    int channelCount_ = 0;
    int frames_ = 0;
};

using AudioBlock = BasicAudioBlock<float>;
using ConstAudioBlock = BasicAudioBlock<const float>;

inline void clear(AudioBlock block)
{
    for (int c = 0; c < block.channels(); ++c)
        std::fill_n(block.data(c), block.frames(), 0.0F);
}

/// Requires: same shape.
inline void copy(ConstAudioBlock from, AudioBlock to)
{
    assert(from.channels() == to.channels() && from.frames() == to.frames());
    for (int c = 0; c < from.channels(); ++c)
        std::copy_n(from.data(c), from.frames(), to.data(c));
}

/// Owns planar samples.
class AudioBuffer {
public:
    AudioBuffer() = default;
    AudioBuffer(AudioFormat format, std::int64_t frames) : format_(format) { resize(frames); }

    const AudioFormat &format() const { return format_; }
    int channels() const { return format_.channels; }
    std::int64_t frames() const { return frames_; }
    void resize(std::int64_t frames)
    {
        frames_ = frames;
        samples_.resize(static_cast<std::size_t>(format_.channels));
        for (auto &channel : samples_)
            channel.resize(static_cast<std::size_t>(frames));
    }
    void reserve(std::int64_t frames)
    {
        samples_.resize(static_cast<std::size_t>(format_.channels));
        for (auto &channel : samples_)
            channel.reserve(static_cast<std::size_t>(frames));
    }
    void append(ConstAudioBlock block)
    {
        assert(block.channels() == channels());
        frames_ += block.frames();
        for (int c = 0; c < channels(); ++c)
            samples_[c].insert(samples_[c].end(), block.data(c), block.data(c) + block.frames());
    }
    std::span<float> channel(int c) { return samples_[static_cast<std::size_t>(c)]; }
    std::span<const float> channel(int c) const { return samples_[static_cast<std::size_t>(c)]; }
    AudioBlock block(std::int64_t first, int count) { return view<float>(*this, first, count); }
    ConstAudioBlock block(std::int64_t first, int count) const
    {
        return view<const float>(*this, first, count);
    }

private:
    template <typename Sample, typename Self>
    static BasicAudioBlock<Sample> view(Self &self, std::int64_t first, int count)
    {
        assert(first >= 0 && first + count <= self.frames_);
        std::array<Sample *, maxChannels> pointers{};
        for (int c = 0; c < self.format_.channels; ++c)
            pointers[c] = self.samples_[c].data() + first;
        return {std::span<Sample *const>(pointers.data(), self.format_.channels), count};
    }

    AudioFormat format_;
    std::int64_t frames_ = 0;
    std::vector<std::vector<float>> samples_;
};

} // namespace engine
