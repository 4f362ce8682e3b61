// SPDX-License-Identifier: GPL-3.0-or-later
//
// From the wish to keep a sound to the file, and what can be done with presets afterwards: save,
// save as, rename, delete with a way back, import, show in the folder. Asks where it must, tells
// how it went in the strip. Real-time: no; GUI thread only, never waits. Errors: told in the strip.
#pragma once

#include "app/workstation/PresetController.h"
#include "app/workstation/Strip.h"

class QMenu;

namespace app {

class Preferences;

class PresetFlow final : public QObject {
    Q_OBJECT
public:
    PresetFlow(QWidget &window, Session &session, PresetController &presets,
               Preferences &preferences, Strip &strip);

    /// Over the user's own; else as a new one.
    void save();
    void saveAs();
    void importWithDialog();
    void revert();
    void showOwnFolder();
    /// Everything that can be done with the present preset; with a damaged file where one is given.
    void showMenu(QPoint place, const std::filesystem::path &damaged = {});

private:
    const engine::io::LibraryPreset *present() const;
    void rename();
    void tellRemoved(const QString &name, const engine::io::TrashedFile &file);
    void tellRefused(const std::filesystem::path &path, const engine::Error &error);

    QWidget &window_;
    Session &session_;
    PresetController &presets_;
    Preferences &preferences_;
    Strip &strip_;
};

} // namespace app
