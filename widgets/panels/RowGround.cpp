// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/RowGround.h"

#include "widgets/theme/Focus.h"
#include "widgets/theme/Theme.h"

#include <QListView>
#include <QPainter>

namespace widgets {

void makeFlat(QListView &list)
{
    list.setProperty("flat", true);
    list.setFrameShape(QFrame::NoFrame);
    list.setUniformItemSizes(true);
    list.setSelectionMode(QAbstractItemView::SingleSelection);
    list.setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list.setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    list.setMouseTracking(true);
    list.viewport()->setAttribute(Qt::WA_Hover);
    list.setMinimumHeight(Theme::shared().px("size.snapshot_row"));
    trackKeyboardFocus(&list);
}

void paintRowGround(QPainter &painter, const QStyleOptionViewItem &option, bool isNow)
{
    const Theme &theme = Theme::shared();
    const double radius = theme.number("radius.control");
    const bool hovered = option.state.testFlag(QStyle::State_MouseOver);
    if (isNow || hovered) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.colour(isNow ? "action.selection" : "ground.raised"));
        painter.drawRoundedRect(QRectF(option.rect).adjusted(0, 0, 0, -1), radius, radius);
    }
    if (option.state.testFlag(QStyle::State_HasFocus) && option.widget &&
        hasKeyboardFocus(option.widget))
        paintFocusRing(painter, QRectF(option.rect).adjusted(0, 0, 0, -1), radius);
}

} // namespace widgets
