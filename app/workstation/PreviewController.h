// SPDX-License-Identifier: GPL-3.0-or-later
//
// Keeps the preview right: a change of settings, window or sound becomes a request to the preview
// thread at once. While a render runs, later changes wait for its end and become one request
// together, so that a knob in motion is heard all the time, however long a render takes. Every
// answer becomes the current preview.
// The other slot's preview is made when nothing else is wanted and kept, so that going there takes
// no time.
// What the quantizers moved costs more to record than the preview itself, so it follows when the
// preview is heard already: at once where a view waits for it, else when changes have rested.
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
    /// While changes are on their way it may be of settings in between.
    const engine::render::SharedPreview &current() const { return current_; }
    /// That of the other slot; null while it is not rendered.
    engine::render::SharedPreview other() const;
    /// It cannot be, as things are.
    bool otherFailed() const { return otherFailed_; }
    /// The current preview is that of the session as it is now.
    bool isUpToDate() const { return current_ && !pending_; }
    /// Asks again, for instance after a failure.
    void refresh();
    void cancel();
    void setResources(const engine::render::PreviewThread::Resources &resources)
    {
        thread_.setResources(resources);
    }
    /// While wanted, every preview is followed by the quantizers' traces at once.
    void setWantsQuantization(bool wanted);

signals:
    /// The current preview carries the quantizers' traces now; its sounds are the same.
    void tracesReady();
    /// A new preview; `what` says which change it brings.
    void previewReady(const QString &what);
    /// other() is that of the session as it is now.
    void otherReady();
    void failed(const engine::Error &error);
    /// Late by 100 ms, by a second, and no longer.
    void lateness(int milliseconds);

private:
    /// What the running request is for.
    enum class Work { Nothing, Current, Traces, Other };

    void startWaiting();
    void request(Work work);
    void rest();
    bool isOf(const engine::render::SharedPreview &preview, Slot slot) const;
    bool takeOther();
    bool lacksTraces() const;
    void receive(engine::render::PreviewOutcome outcome);
    void receiveCurrent(engine::render::PreviewOutcome outcome);

    Session &session_;
    engine::render::SharedPreview current_;
    engine::render::SharedPreview other_; ///< as it was rendered last
    bool otherFailed_ = false;            ///< not tried again before something changes
    bool pending_ = false; ///< the session differs from the current preview
    bool changed_ = false; ///< since the running request was made
    bool wantsQuantization_ = false;
    std::uint64_t running_ = 0; ///< the request that is being answered; 0: none
    Work work_ = Work::Nothing;
    QString what_;
    QString runningWhat_;
    QTimer rest_;
    QTimer late_;
    QTimer veryLate_;
    engine::render::PreviewThread thread_; ///< last: it ends before what it delivers to
};

} // namespace app
