// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a file was when it was read, to tell later whether it still is: a sound that somebody looks
// at and hears must not be rendered from what another program has put in its place meanwhile.
// Units: bytes, nanoseconds. Real-time: no. Errors: a file that is not that one any more: BadData
// with systemErrno ESTALE.
#pragma once

#include "engine/base/Result.h"

#include <cstdint>
#include <filesystem>
#include <optional>

namespace engine::io {

/// If this is the same, so is the file.
struct FileStamp {
    std::uint64_t inode = 0;
    std::int64_t bytes = 0;
    std::int64_t modifiedNs = 0; ///< since 1970
    std::int64_t changedNs = 0;  ///< of the inode: a rename, a restored time
    bool operator==(const FileStamp &) const = default;
};

/// Nothing: there is no such file, or it cannot be told.
std::optional<FileStamp> stampOf(const std::filesystem::path &path);

/// Another place, name or owner changes no sound: length and time of the last writing count.
bool haveSameContent(const FileStamp &a, const FileStamp &b);

/// Passes where one of both is not known: opening the file tells more then.
Status checkUnchanged(const std::filesystem::path &path, const std::optional<FileStamp> &before);

} // namespace engine::io
