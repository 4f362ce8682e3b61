// SPDX-License-Identifier: GPL-3.0-or-later
//
// Keeps the session on the disk while the person works, 500 ms after the last change, so that a
// crash costs nothing, and what was closed without being saved can be gone back to. Every running
// program has a file of its own, held by a lock; a file that nobody holds and that was not ended
// belongs to a program that crashed. What a program finds at its start it sets aside under another
// name: the newest eight of those stay until somebody goes back to them.
// Real-time: no; files are written on a thread, only the start reads some. Errors: where nothing
// can be written failed() says so once, and the person goes on working; a file that cannot be read
// is put aside and told. Source: XDG Base Directory Specification, $XDG_STATE_HOME.
#pragma once

#include "app/workstation/SessionDocument.h"
#include "engine/render/JobThread.h"

#include <QLockFile>
#include <QTimer>

#include <memory>
#include <vector>

namespace app {

class Autosave final : public QObject {
    Q_OBJECT
public:
    /// Takes a free file in `folder`, which is created.
    Autosave(SessionDocument &document, const QString &folder);
    /// Says that the program ended as it should.
    ~Autosave() override;

    struct Kept {
        engine::io::SavedSession session;
        std::filesystem::path file;
    };
    struct Unreadable {
        std::filesystem::path file;
        engine::Error error;
    };
    /// What can be gone back to, newest first.
    const std::vector<Kept> &kept() const { return kept_; }
    /// The first of them was not closed but crashed.
    bool lastCrashed() const { return !kept_.empty() && kept_.front().file == crash_; }
    /// Somebody goes back to it; its file goes when what became of it has been written.
    engine::io::SavedSession take(std::size_t index);
    /// For somebody to go back to, now or after the next start.
    void setAside(const engine::io::SavedSession &session);
    /// What was set aside last is open again.
    void takeBack();
    /// What stood there at the start and is of another version or damaged.
    const std::optional<Unreadable> &unreadable() const { return unreadable_; }
    /// Nothing can be written.
    bool isFailing() const { return failing_; }
    static QString standardFolder();

signals:
    void keptChanged();
    void failed(const engine::Error &error);

private:
    void takeFile();
    std::optional<std::filesystem::path> clear(const std::filesystem::path &file, int number);
    void findKept();
    void save();
    void tellFailure(const engine::Error &error);

    SessionDocument &document_;
    QString folder_;
    std::unique_ptr<QLockFile> lock_;
    std::filesystem::path file_; ///< empty: nothing can be kept
    std::vector<Kept> kept_;
    std::vector<std::filesystem::path> taken_; ///< to be removed
    std::optional<Unreadable> unreadable_;
    std::optional<std::filesystem::path> crash_; ///< the file of it, set aside
    bool failing_ = false;
    QTimer idle_;
    std::unique_ptr<engine::render::JobThread> jobs_;
};

} // namespace app
