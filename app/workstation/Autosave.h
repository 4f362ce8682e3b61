// SPDX-License-Identifier: GPL-3.0-or-later
//
// Keeps the session on the disk while the person works, 500 ms after the last change, so that a
// crash costs nothing, and what was closed without being saved can be gone back to. Every running
// program has a file of its own, held by a lock; a file that nobody holds and that was not ended
// belongs to a program that crashed. A program that starts takes over a file that nobody holds: of
// a crash if there was one, else the newest. What it finds there it sets aside under another name,
// where it stays until there is something newer that is worth going back to.
// Real-time: no; files are written on a thread, only the start reads one. Errors: where nothing can
// be written nothing is kept, without a word: the person's work is not hindered by its safety net.
// Source: XDG Base Directory Specification, $XDG_STATE_HOME.
#pragma once

#include "app/workstation/SessionDocument.h"
#include "engine/render/JobThread.h"

#include <QLockFile>
#include <QTimer>

#include <memory>

namespace app {

class Autosave final : public QObject {
    Q_OBJECT
public:
    /// Takes a free file in `folder`, which is created.
    Autosave(SessionDocument &document, const QString &folder);
    /// Says that the program ended as it should.
    ~Autosave() override;

    /// What was worked on last in a program that has ended, well or not.
    const std::optional<engine::io::SavedSession> &last() const { return last_; }
    /// It did not end as it should.
    bool lastCrashed() const { return last_ && !last_->ended; }
    /// Somebody goes back to it.
    engine::io::SavedSession takeLast() { return *std::exchange(last_, std::nullopt); }
    void putBackLast(engine::io::SavedSession session) { last_ = std::move(session); }
    static QString standardFolder();

private:
    engine::io::SavedSession state(bool ended) const;
    void save();

    SessionDocument &document_;
    std::unique_ptr<QLockFile> lock_;
    std::filesystem::path file_; ///< empty: nothing can be kept
    std::optional<engine::io::SavedSession> last_;
    QTimer idle_;
    std::unique_ptr<engine::render::JobThread> jobs_;
};

} // namespace app
