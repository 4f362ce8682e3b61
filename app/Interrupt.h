// SPDX-License-Identifier: GPL-3.0-or-later
//
// Turns Ctrl-C (and SIGTERM, SIGHUP) into a stop request. Work that polls its stop token ends by
// itself; where it waits for the disk and cannot, the process ends after a short grace: an
// unfinished output has no name yet or loses it, so nothing of it remains. What was written is
// freed by a child, so that nobody waits for that. A signal that whoever started the program has
// set to be ignored (nohup, a shell's background jobs) stays ignored.
// Shape: made before any other thread, because it blocks the signals for all of them. Real-time:
// no.
#pragma once

#include <csignal>
#include <stop_token>
#include <thread>

namespace app {

class Interrupt {
public:
    Interrupt();
    ~Interrupt();
    Interrupt(const Interrupt &) = delete;
    Interrupt &operator=(const Interrupt &) = delete;
    std::stop_token token() const { return stop_.get_token(); }

private:
    void watch(const std::stop_token &over);

    sigset_t signals_;
    std::stop_source stop_;
    std::jthread watcher_;
};

/// For an interrupted program that has said everything: closes the standard streams and leaves its
/// unnamed files to a child. The last to close such a file waits until the system has freed it,
/// and that shall be a process which nobody waits for. Without a child all works, with a wait.
void leaveFilesToChild();

} // namespace app
