// SPDX-License-Identifier: GPL-3.0-or-later
//
// The field in which presets are searched. Keys that walk through the list do so from here as well,
// and keys that mean nothing to the field are left to the window: Space while it is empty, undo
// while nothing was typed, previous and next preset.
// Real-time: no; GUI thread only. Errors: none.
#pragma once

#include <QLineEdit>

class QAction;

namespace widgets {

class PresetSearch final : public QLineEdit {
    Q_OBJECT
public:
    explicit PresetSearch(QWidget *parent = nullptr);

    /// Leaves the caret where it is as long as the text is the same.
    void showText(const QString &text);

signals:
    void walked(QKeyEvent *event);

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void retint();

    QAction *glass_;
    QAction *clear_;
};

} // namespace widgets
