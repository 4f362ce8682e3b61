// SPDX-License-Identifier: GPL-3.0-or-later
//
// Keeps the preview right: a change of settings, window or sound becomes a request to the preview
// thread 8 ms after the last event, and the newest answer becomes the current preview.
// Real-time: no; GUI thread only, never waits. Errors: told by failed(); the last good preview
// stays.
#pragma once

#include "app/workstation/Session.h"
#include "engine/render/PreviewThread.h"

#include <QTimer>

namespace app {

class PreviewController final : public QObject {
    Q_OBJECT
public:
    explicit PreviewController(Session &session);
    ~PreviewController() override;

    /// Null before the first, and when no sound is open.
    const engine::render::SharedPreview &current() const { return current_; }
    /// The current preview is that of the session as it is now.
    bool isUpToDate() const { return current_ && !pending_; }
    /// Asks again, for instance after a failure.
    void refresh();
    void cancel();
    void setThreads(int threads) { thread_.setThreads(threads); }

signals:
    /// A new preview; `what` says which change it brings.
    void previewReady(const QString &what);
    void failed(const engine::Error &error);
    /// Late by 100 ms, by a second, and no longer.
    void lateness(int milliseconds);

private:
    void request();
    void receive(engine::render::PreviewOutcome outcome);

    Session &session_;
    engine::render::SharedPreview current_;
    bool pending_ = false;
    std::uint64_t newest_ = 0;
    QString what_;
    QTimer settle_;
    QTimer late_;
    QTimer veryLate_;
    engine::render::PreviewThread thread_; ///< last: it ends before what it delivers to
};

} // namespace app
