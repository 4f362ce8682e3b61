// SPDX-License-Identifier: GPL-3.0-or-later
//
// The application, which tells the log of every event that kept the window from answering for
// longer than a person notices; of several within ten seconds only those that are worse than the
// one told. Time inside an event loop of its own (menus, drags) does not count. Units:
// milliseconds. Real-time: no; GUI thread only. Errors: none.
#pragma once

#include <QApplication>
#include <QElapsedTimer>
#include <QEvent>

namespace app {

class WatchedApplication final : public QApplication {
    Q_OBJECT
public:
    static constexpr qint64 slowMs = 50;
    static constexpr qint64 quietMs = 10000;

    using QApplication::QApplication;
    bool notify(QObject *receiver, QEvent *event) override;

private:
    void tell(qint64 tookMs, QEvent::Type type, const char *receiver);

    QElapsedTimer told_;
    qint64 toldMs_ = 0;
    int deepestLoop_ = 0; ///< of event loops, since the outermost event that is still running
};

} // namespace app
