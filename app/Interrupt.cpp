// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/Interrupt.h"

#include "engine/io/AtomicFile.h"

#include <algorithm>
#include <ctime>
#include <fcntl.h>
#include <pthread.h>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>

namespace app {

namespace {

/// Wakes the watcher when there is nothing left to watch.
constexpr int wakeSignal = SIGUSR1;
constexpr timespec gracePoll{0, 10'000'000};
constexpr int gracePolls = 14; // 140 ms

bool isIgnored(int signal)
{
    struct sigaction action = {};
    return sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

/// The last to close an unnamed file waits until the system has freed it. That shall be a process
/// which nobody waits for: a child that does nothing but keep the files open until this process is
/// gone. Without one everything works as well, with a longer wait.
void keepFilesOpen()
{
    constexpr timespec poll{0, 1'000'000};
    const pid_t parent = getpid();
    const long limit = sysconf(_SC_OPEN_MAX);
    constexpr long most = 65536;
    const auto files = static_cast<int>(limit < 0 ? most : std::min(limit, most));
    if (fork() != 0)
        return;
    // Whoever reads what the program prints is not to wait for the child.
    for (int file = 0; file < files; ++file) {
        const int flags = fcntl(file, F_GETFL);
        struct stat info {};
        if (flags >= 0 &&
            ((flags & O_ACCMODE) != O_RDWR || fstat(file, &info) != 0 || !S_ISREG(info.st_mode)))
            close(file);
    }
    while (getppid() == parent)
        nanosleep(&poll, nullptr);
    _exit(0);
}

} // namespace

Interrupt::Interrupt()
{
    sigemptyset(&signals_);
    sigaddset(&signals_, wakeSignal);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        if (!isIgnored(signal))
            sigaddset(&signals_, signal);
    }
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
    watcher_ = std::jthread([this](const std::stop_token &over) { watch(over); });
}

Interrupt::~Interrupt()
{
    watcher_.request_stop();
    pthread_kill(watcher_.native_handle(), wakeSignal);
}

void Interrupt::watch(const std::stop_token &over)
{
    while (!over.stop_requested()) {
        int signal = 0;
        if (sigwait(&signals_, &signal) != 0 || signal == wakeSignal)
            continue;
        keepFilesOpen();
        stop_.request_stop();
        for (int i = 0; i < gracePolls && !over.stop_requested(); ++i)
            nanosleep(&gracePoll, nullptr);
        if (over.stop_requested())
            return;
        engine::io::removeUnfinishedNames();
        constexpr std::string_view text = "\nquantum-distortion-render: Cancelled\n";
        (void)!write(STDERR_FILENO, text.data(), text.size());
        _exit(static_cast<int>(engine::ErrorCode::Cancelled));
    }
}

} // namespace app
