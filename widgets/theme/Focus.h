// SPDX-License-Identifier: GPL-3.0-or-later
//
// The focus ring, which appears only where the keyboard brought the focus, and the words that
// assistive programs read from a widget that paints itself.
// Units: logical pixels. Real-time: no; GUI thread only. Errors: none.
#pragma once

#include <QAccessible>
#include <QRectF>

class QPainter;
class QWidget;

namespace widgets {

/// Keeps the dynamic property "keyboardFocus" of a widget: true while it has the focus and got it
/// from the keyboard. The style sheet's rings and paintFocusRing() follow it.
void trackKeyboardFocus(QWidget *widget);
bool hasKeyboardFocus(const QWidget *widget);
/// Whether the reason is one of the keyboard's.
bool isFromKeyboard(Qt::FocusReason reason);
/// A ring along the inside of `place`.
void paintFocusRing(QPainter &painter, const QRectF &place, double radius);

/// Gives a widget a role and a value in words ("Preview from 0:00 to 0:10"); to be called in its
/// constructor and again whenever the value changes.
void setAccessibleText(QWidget *widget, QAccessible::Role role, const QString &value);

} // namespace widgets
