// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/CheckedFile.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <unistd.h>

namespace engine::io {

namespace {

/// Repeats `call(bytes so far)` until everything is through, the file ends or fails.
template <typename Call>
sf_count_t transfer(CheckedFile &file, sf_count_t count, Call call)
{
    sf_count_t done = 0;
    while (done < count && file.error == 0) {
        const ssize_t part = call(done, static_cast<std::size_t>(count - done));
        if (part == 0)
            break;
        if (part > 0)
            done += part;
        else if (errno != EINTR)
            file.error = errno;
    }
    file.position += done;
    return done;
}

sf_count_t fileLength(void *user)
{
    return static_cast<CheckedFile *>(user)->length;
}

sf_count_t seekFile(sf_count_t offset, int whence, void *user)
{
    auto &file = *static_cast<CheckedFile *>(user);
    if (whence == SEEK_CUR)
        offset += file.position;
    else if (whence == SEEK_END)
        offset += file.length;
    if (offset < 0)
        return -1;
    return file.position = offset;
}

sf_count_t tellFile(void *user)
{
    return static_cast<CheckedFile *>(user)->position;
}

sf_count_t readFile(void *into, sf_count_t count, void *user)
{
    auto &file = *static_cast<CheckedFile *>(user);
    return transfer(file, count, [&](sf_count_t done, std::size_t rest) {
        return ::pread(file.descriptor, static_cast<char *>(into) + done, rest,
                       file.position + done);
    });
}

sf_count_t writeFile(const void *from, sf_count_t count, void *user)
{
    auto &file = *static_cast<CheckedFile *>(user);
    const sf_count_t done = transfer(file, count, [&](sf_count_t before, std::size_t rest) {
        return ::pwrite(file.descriptor, static_cast<const char *>(from) + before, rest,
                        file.position + before);
    });
    if (done < count && file.error == 0)
        file.error = EIO;
    file.length = std::max(file.length, file.position);
    return done;
}

} // namespace

void shorten(CheckedFile &file)
{
    if (file.error == 0 && ::ftruncate(file.descriptor, file.position) != 0)
        file.error = errno;
    file.length = file.position;
}

SNDFILE *openSound(CheckedFile &file, int mode, SF_INFO &soundInfo)
{
    SF_VIRTUAL_IO access{fileLength, seekFile, readFile, writeFile, tellFile};
    return sf_open_virtual(&access, mode, &soundInfo, &file);
}

std::string soundError(SNDFILE *sound)
{
    const int code = sf_error(sound);
    return code > 0 ? sf_error_number(code) : "code " + std::to_string(code);
}

} // namespace engine::io
