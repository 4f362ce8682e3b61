// SPDX-License-Identifier: GPL-3.0-or-later
//
// The application, which tells the log of every event that kept the window from answering for
// longer than a person notices. Time inside an event loop of its own (menus, drags) does not count.
// Units: milliseconds. Real-time: no; GUI thread only. Errors: none.
#pragma once

#include <QApplication>

namespace app {

class WatchedApplication final : public QApplication {
    Q_OBJECT
public:
    static constexpr qint64 slowMs = 50;

    using QApplication::QApplication;
    bool notify(QObject *receiver, QEvent *event) override;

private:
    int deepestLoop_ = 0; ///< of event loops, since the outermost event that is still running
};

} // namespace app
