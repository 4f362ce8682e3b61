// SPDX-License-Identifier: GPL-3.0-or-later
//
// The program's icons: line drawings of resources/icons, tinted with any colour and drawn sharp at
// any size and pixel ratio. Pictures are kept per name, size, colour and ratio.
// Units: logical pixels. Real-time: no; GUI thread only. Errors: an unknown name is a programming
// error and ends the program with its name.
#pragma once

#include <QColor>
#include <QIcon>
#include <QPixmap>

namespace widgets {

QPixmap iconPixmap(const char *name, int sizePx, const QColor &colour, qreal devicePixelRatio);
/// For buttons: normal colour, and `disabled` where the button is off.
QIcon icon(const char *name, const QColor &normal, const QColor &disabled);
/// The same in the theme's text colours.
QIcon icon(const char *name);
void paintIcon(QPainter &painter, const QRectF &place, const char *name, const QColor &colour);

} // namespace widgets
