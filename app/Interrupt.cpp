// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/Interrupt.h"

#include "engine/base/Result.h"

#include <ctime>
#include <pthread.h>
#include <string_view>
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
        stop_.request_stop();
        for (int i = 0; i < gracePolls && !over.stop_requested(); ++i)
            nanosleep(&gracePoll, nullptr);
        if (over.stop_requested())
            return;
        constexpr std::string_view text = "\nquantum-distortion-render: Cancelled\n";
        (void)!write(STDERR_FILENO, text.data(), text.size());
        _exit(static_cast<int>(engine::ErrorCode::Cancelled));
    }
}

} // namespace app
