// SPDX-License-Identifier: GPL-3.0-or-later
//
// A regular file opened for reading, and the byte source that the decoder pulls from.
// Shape: bytes; offsets count from the first byte after a leading ID3v2 tag, which no decoder then
// has to skip. Opening never blocks: pipes, sockets, folders and devices are refused.
// Real-time: no. Errors: open says what is in the way (CannotOpen); a failing disk is remembered
// in failure() because the decoder would take it for the end of the file.
#pragma once

#include "engine/base/Result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>

namespace engine::io {

class InputFile {
public:
    static Result<InputFile> open(const std::filesystem::path &path);
    InputFile(InputFile &&other) noexcept;
    InputFile &operator=(InputFile &&other) noexcept;
    ~InputFile();

    std::int64_t sizeBytes() const { return sizeBytes_; }
    /// Returns the bytes read: fewer than asked for at the end or on failure.
    std::size_t readAt(std::int64_t offset, std::span<unsigned char> into) const;

    /// The same file with a cursor. A pretended size is what seeking to the end then claims.
    std::size_t read(std::span<unsigned char> into);
    std::int64_t seek(std::int64_t offset, int whence);
    void pretendSize(std::int64_t sizeBytes) { pretendedBytes_ = sizeBytes; }

    /// For reading only; its bytes begin with the tag.
    int descriptor() const { return descriptor_; }
    /// errno of the first read that failed, or 0.
    int failure() const { return failure_; }

private:
    InputFile(int descriptor, std::int64_t sizeBytes);
    void skipLeadingTag();

    int descriptor_ = -1;
    std::int64_t firstByte_ = 0;
    std::int64_t sizeBytes_ = 0;
    std::int64_t pretendedBytes_ = 0;
    std::int64_t cursor_ = 0;
    mutable int failure_ = 0;
};

} // namespace engine::io
