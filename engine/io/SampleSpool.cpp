// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/SampleSpool.h"

#include <cerrno>
#include <unistd.h>

namespace engine::io {

Result<std::unique_ptr<SampleSpool>> SampleSpool::create(const std::filesystem::path &beside,
                                                         AudioFormat audio, OverwritePolicy policy)
{
    Result<AtomicFile> file = AtomicFile::create(beside, policy);
    if (!file)
        return tl::unexpected(file.error());
    return std::unique_ptr<SampleSpool>(new SampleSpool(std::move(*file), audio));
}

Status SampleSpool::write(ConstAudioBlock block)
{
    assert(block.channels() == audio_.channels);
    const auto stride = static_cast<std::size_t>(audio_.channels);
    interleaved_.resize(stride * static_cast<std::size_t>(block.frames()));
    for (std::size_t c = 0; c < stride; ++c) {
        std::size_t at = c;
        for (const float sample : block.channel(static_cast<int>(c))) {
            interleaved_[at] = sample;
            at += stride;
        }
    }
    frames_ += block.frames();
    return file_.write(
        {reinterpret_cast<const char *>(interleaved_.data()), interleaved_.size() * sizeof(float)});
}

Status SampleSpool::read(std::int64_t first, AudioBlock into)
{
    assert(into.channels() == audio_.channels && first >= 0 && first + into.frames() <= frames_);
    const auto stride = static_cast<std::size_t>(audio_.channels);
    interleaved_.resize(stride * static_cast<std::size_t>(into.frames()));
    auto *bytes = reinterpret_cast<char *>(interleaved_.data());
    const std::size_t size = interleaved_.size() * sizeof(float);
    auto offset = static_cast<off_t>(static_cast<std::size_t>(first) * stride * sizeof(float));
    for (std::size_t done = 0; done < size;) {
        const ssize_t got = ::pread(file_.descriptor(), bytes + done, size - done, offset);
        if (got > 0) {
            done += static_cast<std::size_t>(got);
            offset += got;
        } else if (got == 0 || errno != EINTR) {
            return tl::unexpected(file_.writeError(got == 0 ? EIO : errno));
        }
    }
    for (std::size_t c = 0; c < stride; ++c) {
        std::size_t at = c;
        for (float &sample : into.channel(static_cast<int>(c))) {
            sample = interleaved_[at];
            at += stride;
        }
    }
    return {};
}

} // namespace engine::io
