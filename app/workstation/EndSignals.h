// SPDX-License-Identifier: GPL-3.0-or-later
//
// SIGTERM, SIGHUP and SIGINT (a session that ends, a terminal that closes, Ctrl+C) as a call on the
// GUI thread, so that the program ends in order: work that is not saved is kept, and nobody is told
// of a crash at the next start. A second signal ends it at once. Signals that are ignored stay so.
// Real-time: no; GUI thread only, one at a time. Errors: without a pipe signals end the program.
#pragma once

#include <QSocketNotifier>

#include <functional>
#include <memory>

namespace app {

class EndSignals final {
public:
    explicit EndSignals(std::function<void()> end);
    ~EndSignals();
    EndSignals(const EndSignals &) = delete;
    EndSignals &operator=(const EndSignals &) = delete;

private:
    std::unique_ptr<QSocketNotifier> notifier_;
};

} // namespace app
