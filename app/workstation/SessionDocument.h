// SPDX-License-Identifier: GPL-3.0-or-later
//
// The session as a document that is saved: what the Session holds, the snapshots, and what the
// window wants to remember of itself, to and from engine::io::SavedSession. It knows under which
// name it was saved, whether it differs from that, and which sound it waits for.
// What the file held beyond what this version knows stays with it and is written back: parameters
// with their slot or snapshot, fields of the views with their part.
// Snapshots are no steps of undo: going back in time must not take away what was kept to come back
// to. Going to one is a step.
// Units: frames of the file. Real-time: no; GUI thread only, touches no file. Errors: none.
#pragma once

#include "app/workstation/Session.h"

#include <QVariantMap>

namespace app {

using Snapshot = engine::io::SavedSnapshot;

struct TakenSnapshot {
    std::int64_t timeMs;             ///< by which it is found again
    std::optional<Snapshot> dropped; ///< the oldest, where there were too many
};

class SessionDocument final : public QObject {
    Q_OBJECT
public:
    explicit SessionDocument(Session &session);

    /// `ended`: by a program that closes as it should.
    engine::io::SavedSession saved(bool ended = false) const;
    /// The same with its file: to go back to, not to be saved there.
    engine::io::SavedSession kept(bool ended = false) const;
    /// All but the sound, which is awaitedSound() from here on; the history begins anew.
    void take(const engine::io::SavedSession &saved);

    /// What the session names and is not open, or not yet.
    struct Sound {
        std::filesystem::path path;
        FrameWindow window;
    };
    const std::optional<Sound> &awaitedSound() const { return awaited_; }
    /// Nobody waits any more: the person has opened or closed something else.
    void forgetSound();

    /// Where it was opened or saved; empty: it has no name yet.
    const std::filesystem::path &file() const { return file_; }
    /// As it was when it was written there, or read.
    void setFile(const std::filesystem::path &file, const engine::io::SavedSession &content);
    /// What is worth saving differs from the file: sound, window, slots, snapshots.
    bool isModified() const;

    const std::vector<Snapshot> &snapshots() const { return snapshots_; }
    /// Of the settings as they are. No two have one time: what is taken in the same millisecond
    /// is taken one later.
    TakenSnapshot takeSnapshot(std::int64_t timeMs);
    std::optional<std::size_t> findSnapshot(std::int64_t timeMs) const;
    /// One step.
    void goToSnapshot(std::size_t index);
    void renameSnapshot(std::size_t index, const QString &name);
    Snapshot removeSnapshot(std::size_t index);
    /// Back to its place in time. Where there are too many, nothing happens.
    void putBackSnapshot(const Snapshot &snapshot);

    /// What a part of the window remembers. Fields that `state` does not have stay.
    void setViews(const QString &part, const QVariantMap &state);
    QVariantMap views(const QString &part) const;

signals:
    /// Anything that saved() holds.
    void changed();
    void snapshotsChanged();
    /// Its name, or whether it is modified.
    void fileChanged();
    /// take() brought these views: show them.
    void viewsTaken();

private:
    void noticeModified();

    Session &session_;
    engine::io::SavedSession origin_; ///< what was taken last: for all that is not ours
    std::vector<Snapshot> snapshots_;
    QVariantMap views_;
    std::optional<Sound> awaited_;
    std::filesystem::path file_;
    engine::io::SavedSession content_; ///< of the file
    bool modified_ = false;
    bool taking_ = false;
};

/// Something that somebody has set; a sound that was only opened is none.
bool holdsWork(const engine::io::SavedSession &session);
/// What a program that nobody has touched would save.
engine::io::SavedSession freshSession();
/// "14:03:27", with the date where that was not today.
QString snapshotTime(const Snapshot &snapshot);
/// Its name; where it has none, its time.
QString snapshotName(const Snapshot &snapshot);

} // namespace app
