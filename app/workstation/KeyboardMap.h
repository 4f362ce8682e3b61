// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every command and its key, read from the action table, in a window that can stay open. A key can
// be given to another command; one that is taken is told in words and moves only when asked to.
// Real-time: no; GUI thread only. Errors: none; what is changed applies at once and is kept.
#pragma once

#include "app/workstation/Actions.h"
#include "app/workstation/Preferences.h"

#include <QDialog>

class QGridLayout;
class QKeySequenceEdit;
class QLabel;
class QLineEdit;
class QPushButton;

namespace app {

class KeyboardMap final : public QDialog {
    Q_OBJECT
public:
    KeyboardMap(Actions &actions, Preferences &preferences, QWidget *parent);

    /// Gives every command the key that the person has chosen for it earlier.
    static void restore(Actions &actions, const Preferences &preferences);

private:
    struct Row {
        const ActionRow *action;
        QLabel *name;
        QKeySequenceEdit *key;
    };
    void addRow(QGridLayout &grid, const ActionRow &action);
    void addFoot(QGridLayout &column);
    void wish(const ActionRow &action, const QKeySequence &key);
    void give(const ActionRow &action, const QKeySequence &key);
    void takeOver();
    void resetAll();
    void filter(const QString &text);
    void say(const QString &text);
    Row &rowOf(const ActionRow &action);

    Actions &actions_;
    Preferences &preferences_;
    std::vector<Row> rows_;
    QLabel *words_ = nullptr;
    QPushButton *takeOver_ = nullptr;
    const ActionRow *wished_ = nullptr; ///< the command for which a taken key was typed
    QKeySequence wishedKey_;
};

} // namespace app
