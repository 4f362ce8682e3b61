// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/EndSignals.h"

#include "app/workstation/Log.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace app {

namespace {

constexpr std::array endSignals{SIGTERM, SIGHUP, SIGINT};
std::array<int, 2> ends{-1, -1}; ///< of a pipe: read, write

void tell(int signal)
{
    const int before = errno;
    const auto byte = static_cast<unsigned char>(signal);
    (void)!write(ends[1], &byte, 1);
    errno = before;
}

} // namespace

EndSignals::EndSignals(std::function<void()> end)
{
    if (pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0)
        return;
    notifier_ = std::make_unique<QSocketNotifier>(ends[0], QSocketNotifier::Read);
    QObject::connect(notifier_.get(), &QSocketNotifier::activated, notifier_.get(),
                     [this, end = std::move(end)] {
                         unsigned char signal = 0;
                         if (read(ends[0], &signal, 1) != 1)
                             return;
                         notifier_->setEnabled(false);
                         qCInfo(happened) << "Ended by signal" << int{signal};
                         end();
                     });
    struct sigaction action = {};
    action.sa_handler = tell;
    action.sa_flags = static_cast<int>(SA_RESTART | SA_RESETHAND);
    sigemptyset(&action.sa_mask);
    for (const int signal : endSignals) {
        struct sigaction before = {};
        if (sigaction(signal, nullptr, &before) == 0 && before.sa_handler != SIG_IGN)
            sigaction(signal, &action, nullptr);
    }
}

EndSignals::~EndSignals()
{
    for (const int signal : endSignals) {
        struct sigaction now = {};
        if (sigaction(signal, nullptr, &now) == 0 && now.sa_handler == tell)
            std::signal(signal, SIG_DFL);
    }
    notifier_.reset();
    for (int &end : ends) {
        if (end >= 0)
            close(std::exchange(end, -1));
    }
}

} // namespace app
