// SPDX-License-Identifier: GPL-3.0-or-later
//
// Keeps the MPEG decoder's remarks off standard error while it lives. The decoder prints them by
// itself and its quiet switch cannot be reached through the file library. Standard error belongs
// to the whole process, so one such guard is alive at a time (a lock), only around MPEG calls;
// what other threads write meanwhile is passed on when it ends. A crash inside loses its report.
// Shape: everything caught, at most the pipe's 64 KiB. Real-time: no (locks, system calls).
// Errors: none; without a free descriptor the remarks simply appear.
#pragma once

#include <mutex>
#include <string>

namespace engine::io {

class QuietStderr {
public:
    explicit QuietStderr(bool active);
    ~QuietStderr();
    QuietStderr(const QuietStderr &) = delete;
    QuietStderr &operator=(const QuietStderr &) = delete;

    /// Ends the silence and returns what the decoder said.
    std::string finish();

private:
    std::unique_lock<std::mutex> lock_;
    int saved_ = -1;
};

} // namespace engine::io
