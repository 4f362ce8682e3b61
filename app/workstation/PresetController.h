// SPDX-License-Identifier: GPL-3.0-or-later
//
// The list of presets and the way through it: previous, next, by place. Choosing one is one step of
// undo and never asks.
// Real-time: no; the folders are read on a thread, and again when the list is asked for anew.
// Errors: damaged files are in the list apart, with what is wrong with them.
#pragma once

#include "app/workstation/Session.h"
#include "engine/io/PresetLibrary.h"
#include "engine/render/JobThread.h"

namespace app {

class PresetController final : public QObject {
    Q_OBJECT
public:
    PresetController(Session &session, engine::io::PresetFolders folders);
    ~PresetController() override;

    const engine::io::PresetList &list() const { return list_; }
    void refresh();
    void choose(const engine::io::PresetEntry &entry);
    void chooseInit();
    /// +1 next, −1 previous; Init stands before the first.
    void step(int direction);
    /// A preset file that was dropped on the window or named on the command line.
    void openFile(const std::filesystem::path &path);

signals:
    void listChanged();
    void failed(const engine::Error &error);

private:
    int place() const;

    Session &session_;
    engine::io::PresetFolders folders_;
    engine::io::PresetList list_;
    engine::render::JobThread jobs_; ///< last: it ends before what it delivers to
};

PresetReference presetReference(const engine::io::PresetEntry &entry);

} // namespace app
