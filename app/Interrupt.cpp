// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/Interrupt.h"

#include "engine/base/Clock.h"
#include "engine/io/AtomicFile.h"
#include "engine/io/BackgroundClose.h"

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
/// By the clock: on a busy machine every poll takes longer than it asks for.
constexpr double graceSeconds = 0.12;

bool isIgnored(int signal)
{
    struct sigaction action = {};
    return sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
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
        const double asked = engine::secondsNow();
        engine::io::keepAbandonedOpen();
        stop_.request_stop();
        while (engine::secondsNow() - asked < graceSeconds && !over.stop_requested())
            nanosleep(&gracePoll, nullptr);
        if (over.stop_requested())
            return;
        engine::io::removeUnfinishedNames();
        constexpr std::string_view text = "\nquantum-distortion-render: Cancelled\n";
        (void)!write(STDERR_FILENO, text.data(), text.size());
        leaveFilesToChild();
        _exit(static_cast<int>(engine::ErrorCode::Cancelled));
    }
}

void leaveFilesToChild()
{
    constexpr timespec poll{0, 1'000'000};
    const pid_t parent = getpid();
    const long limit = sysconf(_SC_OPEN_MAX);
    constexpr long most = 65536;
    const auto files = static_cast<int>(limit < 0 ? most : std::min(limit, most));
    // Before there is a child: whoever reads what the program prints does not wait for it.
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
        close(stream);
    if (fork() != 0)
        return;
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

} // namespace app
