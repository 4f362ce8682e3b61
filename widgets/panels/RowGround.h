// SPDX-License-Identifier: GPL-3.0-or-later
//
// Lists that lie on a panel without a frame of their own, and the ground of their rows: filled
// where the row is what counts now, lighter under the pointer, a ring for the keyboard.
// Units: logical pixels. Real-time: no; GUI thread only. Errors: none.
#pragma once

class QListView;
class QPainter;
class QStyleOptionViewItem;

namespace widgets {

void makeFlat(QListView &list);
void paintRowGround(QPainter &painter, const QStyleOptionViewItem &option, bool isNow);

} // namespace widgets
