// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/FileStamp.h"

#include "engine/io/DisplayName.h"

#include <cerrno>
#include <sys/stat.h>

namespace engine::io {

namespace {

std::int64_t nanoseconds(const timespec &time)
{
    constexpr std::int64_t perSecond = 1'000'000'000;
    return std::int64_t{time.tv_sec} * perSecond + time.tv_nsec;
}

} // namespace

std::optional<FileStamp> stampOf(const std::filesystem::path &path)
{
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0)
        return std::nullopt;
    return FileStamp{status.st_ino, status.st_size, nanoseconds(status.st_mtim),
                     nanoseconds(status.st_ctim)};
}

bool haveSameContent(const FileStamp &a, const FileStamp &b)
{
    return a.bytes == b.bytes && a.modifiedNs == b.modifiedNs;
}

Status checkUnchanged(const std::filesystem::path &path, const std::optional<FileStamp> &before)
{
    if (!before)
        return {};
    const std::optional<FileStamp> now = stampOf(path);
    if (!now || haveSameContent(*now, *before))
        return {};
    Error error;
    error.code = ErrorCode::BadData;
    error.problem = quotedName(path) + " has been changed by another program since it was opened";
    error.consequence = "Nothing was read from it";
    error.advice = "Load it again";
    error.systemErrno = ESTALE;
    return tl::unexpected(error);
}

} // namespace engine::io
