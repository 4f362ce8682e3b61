// SPDX-License-Identifier: GPL-3.0-or-later
//
// The Help menu: keys, a tour of the window, the folder of the log, about.
// Real-time: no; GUI thread only. Errors: none.
#pragma once

#include "app/workstation/Actions.h"
#include "app/workstation/Preferences.h"
#include "widgets/panels/QuickTour.h"

namespace app {

class HelpCommands final : public QObject {
    Q_OBJECT
public:
    /// Gives commands the keys that were chosen for them. Owned by the window, whose parts with the
    /// tour's object names it shows.
    HelpCommands(QWidget &window, Actions &actions, Preferences &preferences);

signals:
    /// What would hide a part of the window should go.
    void tourBegins();
    void tourEnded();
    /// No program of the system shows it, or it cannot be made (`exists`).
    void logsNotShown(const QString &folder, bool exists);

private:
    void showKeys();
    void showTour();
    void openLogs();
    void showAbout();
    std::vector<widgets::TourStop> stops() const;
    QString keys(std::initializer_list<const char *> actions) const;

    QWidget &window_;
    Actions &actions_;
    Preferences &preferences_;
};

} // namespace app
