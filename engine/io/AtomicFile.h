// SPDX-License-Identifier: GPL-3.0-or-later
//
// A file that appears complete under its name or not at all. Where the file system has unnamed
// files (O_TMPFILE) not even a killed process leaves anything behind; elsewhere, and for the
// instant of replacing an old file, the data has the name ".qd-XXXXXXXX.part" in the same folder;
// if a killed process leaves that, the next save to the same target removes it.
// A symbolic link stays a link: the file it points at is written. A target that exists must be a
// regular file the user may write. Replacing keeps permission bits (and, where allowed, owner).
// Shape: create, write to descriptor() at will, commit. Real-time: no (waits for the disk, unless
// abandon() says that nobody needs the room at once).
// Errors: CannotCreate before the first byte and for a refused overwrite; WriteFailed after it.
// Callers ignore SIGXFSZ so that a file size limit is an error rather than the end.
#pragma once

#include "engine/base/Result.h"

#include <filesystem>
#include <memory>
#include <stop_token>
#include <string_view>

namespace engine::io {

enum class OverwritePolicy { Refuse, Replace };

class AtomicFile {
public:
    static Result<AtomicFile> create(std::filesystem::path target, OverwritePolicy policy);
    AtomicFile(AtomicFile &&) noexcept;
    AtomicFile &operator=(AtomicFile &&) noexcept;
    ~AtomicFile(); ///< without commit(): discard()

    /// Open for reading and writing; −1 after commit() or discard().
    int descriptor() const;
    /// Appends all of the bytes.
    Status write(std::string_view bytes);
    /// Puts what was written on the disk bit by bit and looks at the token in between, so that
    /// commit() has little left to wait for. Requires: descriptor() >= 0.
    Status sync(const std::stop_token &stop);
    /// Puts everything on the disk, then under the target's name. Requires: descriptor() >= 0.
    Status commit();
    /// Its room on the disk is free when this returns.
    void discard();
    /// The same, except that the system may free the room a little later: freeing gigabytes takes
    /// it a good part of a second.
    void abandon();
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

/// Takes away the names that unfinished files of this process have where there are no unnamed
/// files. For a process that ends now, whatever its other threads are waiting for: none of them
/// finishes a file afterwards.
void removeUnfinishedNames();

/// The whole content at once: presets, reports.
Status writeWholeFile(const std::filesystem::path &target, std::string_view bytes,
                      OverwritePolicy policy);

} // namespace engine::io
