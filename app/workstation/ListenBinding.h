// SPDX-License-Identifier: GPL-3.0-or-later
//
// Between what is heard and everything that shows or chooses it: the listen buttons, the Listen
// menu, the rail's headphones and the other slot's dots on the knobs.
// Real-time: no; GUI thread only. Errors: none.
#pragma once

#include "app/workstation/Actions.h"
#include "app/workstation/ChainBinding.h"
#include "app/workstation/ListenController.h"
#include "widgets/panels/ListenPanel.h"

namespace app {

class Preferences;

class ListenBinding final : public QObject {
    Q_OBJECT
public:
    ListenBinding(Session &session, PreviewController &previews, ListenController &listening,
                  Preferences &preferences, const ChainViews &views, widgets::ListenPanel &panel,
                  Actions &actions);

signals:
    void blindTestRequested();

private:
    void connectActions();
    void showSource();
    void showMatch();
    void showOtherSlot();
    void toggleSlots();
    void setMatch(bool on);
    void showHindrance();

    Session &session_;
    PreviewController &previews_;
    ListenController &listening_;
    Preferences &preferences_;
    ChainViews views_;
    widgets::ListenPanel &panel_;
    Actions &actions_;
};

} // namespace app
