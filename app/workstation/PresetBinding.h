// SPDX-License-Identifier: GPL-3.0-or-later
//
// Between the presets and everything that shows and chooses them: the header's name, star, previous
// and next, the Chain menu, and the browser that stands in the stage's place. While it is open the
// presets that are walked through sound at once and are one step of undo together: closing it keeps
// that step, giving up takes it back.
// Real-time: no; GUI thread only. Errors: none of its own.
#pragma once

#include "app/workstation/Actions.h"
#include "app/workstation/PlaybackController.h"
#include "app/workstation/PresetFlow.h"
#include "app/workstation/StageArea.h"
#include "widgets/browser/PresetBrowser.h"
#include "widgets/panels/HeaderBar.h"

namespace app {

struct PresetViews {
    widgets::HeaderBar &header;
    StageArea &stage;
    Actions &actions;
    Strip &strip;
};

class PresetBinding final : public QObject {
    Q_OBJECT
public:
    PresetBinding(QWidget &window, Session &session, PresetController &presets, Locks &locks,
                  Preferences &preferences, ListenController &listening,
                  PlaybackController &playback, const PresetViews &views);

    bool isOpen() const { return views_.stage.showsBrowser(); }
    void open();
    /// What was tried last stays.
    void keep();
    /// What was there before comes back.
    void giveUp();
    void setCompact(bool compact) { browser_->setCompact(compact); }

private:
    void connectBrowser();
    void connectCommands();
    void close();
    void tryRow(int row);
    void makeHeard();
    void step(int direction);
    void showHeader();
    void showBrowser();
    void showRows();
    void showDetails();
    const engine::io::DamagedPreset *currentDamaged() const;

    Session &session_;
    PresetController &presets_;
    Locks &locks_;
    ListenController &listening_;
    PlaybackController &playback_;
    PresetViews views_;
    PresetFlow flow_;
    widgets::PresetBrowser *browser_;
    bool heard_ = false;   ///< something was tried since the browser is open
    bool started_ = false; ///< and playing began for it
};

} // namespace app
