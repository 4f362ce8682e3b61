// SPDX-License-Identifier: GPL-3.0-or-later
//
// A flat button of exactly the size it is given: an icon, or an icon and a word on a ground.
// Real-time: no. Errors: none.
#pragma once

#include <QAbstractButton>

namespace widgets {

class IconButton final : public QAbstractButton {
    Q_OBJECT
public:
    /// `icon` is a name of resources/icons. Without a word the ground shows under the pointer only.
    IconButton(const char *icon, const QString &word, QWidget *parent = nullptr);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;

private:
    const char *icon_;
};

} // namespace widgets
