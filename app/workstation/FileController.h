// SPDX-License-Identifier: GPL-3.0-or-later
//
// Opens sounds: on a thread of its own, with progress, cancellable, and without touching the open
// sound until the new one has opened. Keeps the list of recent files.
// Real-time: no; GUI thread only, never waits and never touches a disk on it. Errors: told by
// failed(); the open sound stays.
#pragma once

#include "app/workstation/Session.h"
#include "engine/render/JobThread.h"

#include <QStringList>

namespace app {

class Preferences;

class FileController final : public QObject {
    Q_OBJECT
public:
    FileController(Session &session, Preferences &preferences);
    ~FileController() override;

    void open(const std::filesystem::path &path);
    /// With this preview window.
    void openAt(const std::filesystem::path &path, FrameWindow window);
    /// The sound that was open before comes back.
    void cancel();
    /// Nothing more is read, and nothing told.
    void stop();
    /// Looks whether what is open is still what is on the disk; changedOnDisk() tells, once a
    /// change.
    void checkOnDisk();
    /// The sound that is open once more from the disk, the same part of it.
    void reload();
    bool isLoading() const { return loading_; }
    const std::filesystem::path &loadingPath() const { return path_; }
    /// 0…1; absent while the length is unknown.
    std::optional<double> progress() const;

signals:
    void loadingStarted();
    void loadingChanged();
    void failed(const std::filesystem::path &path, const engine::Error &error);
    /// Read to its end; some of it may have been damaged.
    void opened(const engine::render::SharedScan &sound);
    void recentFilesChanged();
    void changedOnDisk(const std::filesystem::path &path);

private:
    struct Before {
        engine::render::SharedScan sound;
        FrameWindow window;
    };
    void receive(std::uint64_t load, const engine::render::SharedScan &scan);
    void receiveError(std::uint64_t load, const engine::Error &error);

    Session &session_;
    Preferences &preferences_;
    std::filesystem::path path_;
    std::optional<FrameWindow> window_;
    bool loading_ = false;
    bool shown_ = false; ///< the loading sound is the session's
    Before before_;
    std::optional<engine::io::FileStamp> toldStamp_; ///< of a change that was told
    std::uint64_t load_ = 0; ///< number of the newest load; answers of others are dropped
    std::uint64_t job_ = 0;
    engine::render::JobThread jobs_; ///< last: it ends before what it delivers to
};

} // namespace app
