// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/InputFile.h"

#include "engine/io/DisplayName.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <string_view>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace engine::io {
namespace {

constexpr std::int64_t id3v1Bytes = 128;

tl::unexpected<Error> refuse(const std::filesystem::path &path, std::string_view what,
                             std::string advice, int errorNumber = 0)
{
    return tl::unexpected(
        Error{ErrorCode::CannotOpen, quotedName(path) + " " + std::string(what) + ".",
              "Nothing was loaded.", std::move(advice),
              errorNumber == 0 ? std::string() : std::generic_category().message(errorNumber),
              errorNumber});
}

tl::unexpected<Error> refuseByErrno(const std::filesystem::path &path, int errorNumber)
{
    struct stat link = {};
    switch (errorNumber) {
    case ENOENT:
        if (::lstat(path.c_str(), &link) == 0 && S_ISLNK(link.st_mode))
            return refuse(path, "is a link to a file that no longer exists",
                          "Choose the file itself.", errorNumber);
        return refuse(path, "does not exist", "Check the name and the folder.", errorNumber);
    case ENOTDIR:
        return refuse(path, "was not found: a part of its path is a file and not a folder",
                      "Check the path.", errorNumber);
    case ELOOP:
        return refuse(path, "is a link that leads round in a circle", "Choose the file itself.",
                      errorNumber);
    case EACCES:
    case EPERM:
        return refuse(path, "may not be read by you", "Change its permissions or copy it.",
                      errorNumber);
    case ENAMETOOLONG:
        return refuse(path, "cannot be opened: its name or path is too long",
                      "Rename it or move it to another folder.", errorNumber);
    case ENXIO:
    case ENODEV:
        return refuse(path, "is a socket or a device and not a file", "Choose a sound file.",
                      errorNumber);
    case EMFILE:
    case ENFILE:
        return refuse(path, "cannot be opened: too many files are open",
                      "Close some files and try again.", errorNumber);
    default:
        return refuse(path, "cannot be opened", "Check the disk and try again.", errorNumber);
    }
}

std::string_view nameOfNonFile(mode_t mode)
{
    if (S_ISDIR(mode))
        return "is a folder and not a file";
    if (S_ISFIFO(mode))
        return "is a pipe and not a file";
    if (S_ISSOCK(mode))
        return "is a socket and not a file";
    return "is a device and not a file";
}

} // namespace

Result<InputFile> InputFile::open(const std::filesystem::path &path)
{
    if (path.empty())
        return fail(ErrorCode::CannotOpen, "No file was named.", "Nothing was loaded.",
                    "Choose a sound file.");
    if (path.native().find('\0') != std::string::npos)
        return refuse(path, "cannot be a file: its name holds a zero byte", "Check the name.");
    int descriptor = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0)
        return refuseByErrno(path, errno);

    // A program started without standard streams would get one of their numbers, and whatever
    // else writes to standard error would then meet this file.
    if (descriptor <= STDERR_FILENO) {
        const int moved = ::fcntl(descriptor, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
        const int errorNumber = errno;
        ::close(descriptor);
        if (moved < 0)
            return refuseByErrno(path, errorNumber);
        descriptor = moved;
    }
    struct stat status = {};
    if (::fstat(descriptor, &status) != 0) {
        const int errorNumber = errno;
        ::close(descriptor);
        return refuseByErrno(path, errorNumber);
    }
    if (!S_ISREG(status.st_mode)) {
        ::close(descriptor);
        return refuse(path, nameOfNonFile(status.st_mode), "Choose a sound file.");
    }
    InputFile file(descriptor, status.st_size);
    file.skipLeadingTag();
    return file;
}

InputFile::InputFile(int descriptor, std::int64_t sizeBytes)
    : descriptor_(descriptor), sizeBytes_(sizeBytes), pretendedBytes_(sizeBytes)
{}

InputFile::InputFile(InputFile &&other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), firstByte_(other.firstByte_),
      sizeBytes_(other.sizeBytes_), pretendedBytes_(other.pretendedBytes_), cursor_(other.cursor_),
      failure_(other.failure_)
{}

InputFile &InputFile::operator=(InputFile &&other) noexcept
{
    std::swap(descriptor_, other.descriptor_);
    firstByte_ = other.firstByte_;
    sizeBytes_ = other.sizeBytes_;
    pretendedBytes_ = other.pretendedBytes_;
    cursor_ = other.cursor_;
    failure_ = other.failure_;
    return *this;
}

InputFile::~InputFile()
{
    if (descriptor_ >= 0)
        ::close(descriptor_);
}

void InputFile::skipLeadingTag()
{
    std::array<unsigned char, 10> head{};
    while (readAt(0, head) == head.size() && head[0] == 'I' && head[1] == 'D' && head[2] == '3') {
        // Four bytes of seven bits (ID3v2.4.0 section 6.2); flag 0x10 announces a footer.
        std::int64_t tagBytes = 10 + ((head[5] & 0x10) != 0 ? 10 : 0);
        for (std::size_t i = 6; i < 10; ++i)
            tagBytes += static_cast<std::int64_t>(head[i] & 0x7F) << (7 * (9 - i));
        if (tagBytes >= sizeBytes_)
            return;
        firstByte_ += tagBytes;
        sizeBytes_ -= tagBytes;
        pretendedBytes_ = sizeBytes_;
    }
}

std::size_t InputFile::readAt(std::int64_t offset, std::span<unsigned char> into) const
{
    std::size_t done = 0;
    while (done < into.size() && offset >= 0 && offset < sizeBytes_) {
        const ssize_t count =
            ::pread(descriptor_, into.data() + done, into.size() - done, firstByte_ + offset);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0 && failure_ == 0)
            failure_ = errno;
        if (count <= 0)
            break;
        done += static_cast<std::size_t>(count);
        offset += count;
    }
    return done;
}

std::size_t InputFile::read(std::span<unsigned char> into)
{
    std::size_t count = readAt(cursor_, into);
    // The MPEG decoder believes in a length only if it can read a closing tag in front of it.
    if (pretendedBytes_ > sizeBytes_ && cursor_ >= pretendedBytes_ - id3v1Bytes) {
        std::fill(into.begin(), into.end(), static_cast<unsigned char>(0));
        count = into.size();
    }
    cursor_ += static_cast<std::int64_t>(count);
    return count;
}

std::int64_t InputFile::seek(std::int64_t offset, int whence)
{
    const std::int64_t from = whence == SEEK_SET   ? 0
                              : whence == SEEK_CUR ? cursor_
                                                   : pretendedBytes_;
    std::int64_t target = 0;
    if (__builtin_add_overflow(from, offset, &target) || target < 0)
        return -1;
    cursor_ = target;
    return cursor_;
}

} // namespace engine::io
