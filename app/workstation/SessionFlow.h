// SPDX-License-Identifier: GPL-3.0-or-later
//
// Opening and saving sessions: asks where, reads and writes on a thread, and says how it went.
// A session whose sound is missing opens all the same, and the sound can be located; what was open
// before can be had back. A file that cannot be read changes nothing.
// Real-time: no; GUI thread only, never waits. Errors: told in the strip; nothing is lost.
#pragma once

#include "app/workstation/FileController.h"
#include "app/workstation/SessionDocument.h"
#include "app/workstation/Strip.h"

#include <functional>

namespace app {

class SessionFlow final : public QObject {
    Q_OBJECT
public:
    SessionFlow(QWidget &window, Session &session, SessionDocument &document, FileController &files,
                Preferences &preferences, Strip &strip);
    ~SessionFlow() override;

    void openWithDialog();
    void open(const std::filesystem::path &path);
    /// `then`: when it is written.
    void save(std::function<void()> then = {});
    void saveWithDialog(std::function<void()> then = {});
    /// Where the awaited sound is now.
    void locateWithDialog();
    /// Goes on where a session was: its settings at once, its sound when it has been read. Where it
    /// had been saved under a name it has that name again, and what differs from the file is
    /// unsaved.
    void resume(const engine::io::SavedSession &saved);
    /// The same, asked for by a person: what was open before can be had back.
    void reopen(const engine::io::SavedSession &last);
    /// True where the failure was the awaited sound's: it has been told.
    bool tellMissing(const std::filesystem::path &sound, const engine::Error &error);
    /// "song.qdsession" without its ending, or nothing.
    QString name() const;

signals:
    void opened();
    void saved();
    /// What was open and is not saved anywhere; "Go back to it" was asked for.
    void leftUnsaved(const engine::io::SavedSession &session);
    void wentBack();

private:
    void show(const std::filesystem::path &path, const engine::io::SavedSession &session);
    /// `known`: what should stand there still; what stands there else is not written over unasked.
    void write(const std::filesystem::path &path, std::function<void()> then,
               std::optional<std::string> known = {});
    void tellChanged(const std::filesystem::path &path, const std::function<void()> &then);
    void take(const engine::io::SavedSession &saved);
    /// What is open is about to make room: how to have it back, if it is not saved anywhere.
    std::optional<engine::io::SavedSession> unsavedWork() const;
    void tellOpened(const QString &what,
                    const std::optional<engine::io::SavedSession> &unsavedBefore);
    QString folder() const;

    QWidget &window_;
    Session &session_;
    SessionDocument &document_;
    FileController &files_;
    Preferences &preferences_;
    Strip &strip_;
    std::optional<std::string> text_; ///< of the session's file, as it was read or written
    engine::render::JobThread jobs_;  ///< last: it ends before what it delivers to
};

} // namespace app
