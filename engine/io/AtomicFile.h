// SPDX-License-Identifier: GPL-3.0-or-later
//
// A file that appears complete under its name or not at all. Where the file system has unnamed
// files (O_TMPFILE) not even a killed process leaves anything behind; elsewhere, and for the
// instant of replacing an old file, the data has the name ".qd-XXXXXXXX.part" in the same folder;
// if a killed process leaves that, the next save to the same target removes it.
// A symbolic link stays a link: the file it points at is written. A target that exists must be a
// regular file the user may write. Replacing keeps permission bits (and, where allowed, owner).
// Shape: create, write to descriptor() at will, commit. Real-time: no (waits for the disk).
// Errors: CannotCreate before the first byte and for a refused overwrite; WriteFailed after it.
// Callers ignore SIGXFSZ so that a file size limit is an error rather than the end.
#pragma once

#include "engine/base/Result.h"

#include <filesystem>
#include <memory>
#include <string_view>

namespace engine::io {

enum class OverwritePolicy { Refuse, Replace };

class AtomicFile {
public:
    static Result<AtomicFile> create(std::filesystem::path target, OverwritePolicy policy);
    AtomicFile(AtomicFile &&) noexcept;
    AtomicFile &operator=(AtomicFile &&) noexcept;
    ~AtomicFile(); ///< without commit(): nothing happened

    /// Open for reading and writing; −1 after commit() or discard().
    int descriptor() const;
    /// Appends all of the bytes.
    Status write(std::string_view bytes);
    /// Puts everything on the disk, then under the target's name. Requires: descriptor() >= 0.
    Status commit();
    void discard();
    /// The error for a system call on descriptor() that failed with this errno value.
    Error writeError(int errnoValue) const;
    /// The same for a fault in words, such as "the disk is full".
    Error writeError(std::string_view what, std::string_view advice,
                     std::string_view details = {}) const;

private:
    struct State;
    explicit AtomicFile(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// The whole content at once: presets, reports.
Status writeWholeFile(const std::filesystem::path &target, std::string_view bytes,
                      OverwritePolicy policy);

} // namespace engine::io
