// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/Interrupt.h"

#include "engine/base/Result.h"

#include <csignal>
#include <ctime>
#include <pthread.h>
#include <unistd.h>

namespace app {

namespace {

constexpr timespec pollInterval{0, 20'000'000};
constexpr int gracePolls = 7; // 140 ms

sigset_t stopSignals()
{
    sigset_t signals;
    sigemptyset(&signals);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP})
        sigaddset(&signals, signal);
    return signals;
}

} // namespace

Interrupt::Interrupt()
{
    const sigset_t signals = stopSignals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    watcher_ = std::jthread([this](const std::stop_token &over) { watch(over); });
}

void Interrupt::watch(const std::stop_token &over)
{
    const sigset_t signals = stopSignals();
    while (!over.stop_requested()) {
        if (sigtimedwait(&signals, nullptr, &pollInterval) < 0)
            continue;
        stop_.request_stop();
        for (int i = 0; i < gracePolls && !over.stop_requested(); ++i)
            nanosleep(&pollInterval, nullptr);
        if (!over.stop_requested())
            _exit(static_cast<int>(engine::ErrorCode::Cancelled));
    }
}

} // namespace app
