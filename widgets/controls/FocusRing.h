// SPDX-License-Identifier: GPL-3.0-or-later
//
// The ring around a control that has the keyboard's focus, and only then: a sibling drawn over its
// neighbours, so that no control needs a margin for it. It follows the control and leaves with it.
// Units: logical pixels; widths and distance are the theme's focus.*. Real-time: no. Errors: none.
#pragma once

#include <QPainterPath>
#include <QPointer>
#include <QWidget>

class QFocusEvent;

namespace widgets {

class FocusRing final : public QWidget {
    Q_OBJECT
public:
    /// Call from focusInEvent: shows the ring along `shape` (in the control's coordinates) where
    /// the focus came from the keyboard. `host` is an ancestor with room around the control.
    static void enter(QWidget *control, QWidget *host, const QFocusEvent *event,
                      const QPainterPath &shape);
    /// Follows a change of shape while the focus stays.
    static void reshape(QWidget *control, const QPainterPath &shape);
    /// The line around a rounded rectangle, at the theme's distance.
    static QPainterPath around(const QRectF &rectangle, double radius);

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    explicit FocusRing(QWidget *host);
    void follow();

    QPointer<QWidget> control_;
    QPainterPath shape_;
};

} // namespace widgets
