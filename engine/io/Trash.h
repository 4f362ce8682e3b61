// SPDX-License-Identifier: GPL-3.0-or-later
//
// Moves a file to the desktop's trash, from where the file manager can put it back. A file on the
// same file system as the home folder goes to the home trash; one on another volume to that
// volume's own. Where neither can be used it is an error and the file stays: nothing is ever
// deleted for good here.
// Shape: a path in, where it went out. Real-time: no (files). Errors: CannotCreate with the reason;
// CannotOpen where the file is gone. Source: freedesktop.org Trash specification 1.0.
#pragma once

#include "engine/base/Result.h"

#include <filesystem>

namespace engine::io {

struct TrashedFile {
    std::filesystem::path original; ///< absolute
    std::filesystem::path file;     ///< in …/files
    std::filesystem::path info;     ///< in …/info
};

Result<TrashedFile> moveToTrash(const std::filesystem::path &path);
/// Back to where it was, unless something else is there now.
Status restoreFromTrash(const TrashedFile &trashed);

} // namespace engine::io
