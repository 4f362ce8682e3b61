// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/browser/PresetRowPaint.h"

#include "widgets/browser/PresetRows.h"
#include "widgets/theme/Focus.h"
#include "widgets/theme/Icons.h"
#include "widgets/theme/Theme.h"

#include <QPainter>
#include <QWidget>

namespace widgets {

namespace {

const PresetRow &rowAt(const QModelIndex &index)
{
    return static_cast<const PresetRows *>(index.model())->at(index);
}

/// One piece of text in a column, cut off at its end where the column is too narrow.
double drawText(QPainter &painter, const QRectF &place, const QString &text, const char *font,
                const char *ink, Qt::Alignment alignment = Qt::AlignLeft)
{
    const Theme &theme = Theme::shared();
    painter.setFont(theme.font(font));
    painter.setPen(theme.colour(ink));
    const QFontMetricsF metrics(painter.font());
    const QString shown = metrics.elidedText(text, Qt::ElideRight, place.width());
    painter.drawText(place, static_cast<int>(alignment | Qt::AlignVCenter) | Qt::TextSingleLine,
                     shown);
    return std::min(metrics.horizontalAdvance(shown), place.width());
}

QRectF iconIn(const QRect &place)
{
    const double side = Theme::shared().number("icons.grid");
    const QPointF middle = QRectF(place).center();
    return {middle.x() - side / 2, middle.y() - side / 2, side, side};
}

void paintSkipped(QPainter &painter, const QRect &place, const PresetRow &row)
{
    const Theme &theme = Theme::shared();
    paintIcon(painter, iconIn(PresetRowPaint::starPlace(place)), "warning",
              theme.colour("status.warn"));
    const QRect folder = PresetRowPaint::folderPlace(place);
    const double gap = theme.number("space.scale.x2");
    const double left = place.left() + theme.number("browser.name_left");
    const double room = folder.left() - gap - left;
    QRectF text(left, place.top(), room / 2, place.height());
    const double used = drawText(painter, text, row.name, "body_medium", "text.secondary");
    text.setLeft(left + used + gap);
    text.setRight(folder.left() - gap);
    drawText(painter, text, row.fault, "label_plain", "text.tertiary");
    drawText(painter, folder, PresetRows::tr("Show in folder"), "label", "action.focus",
             Qt::AlignRight);
}

} // namespace

QRect PresetRowPaint::starPlace(const QRect &row)
{
    const Theme &theme = Theme::shared();
    return {row.left(), row.top(), theme.px("browser.name_left") - 1, row.height()};
}

QRect PresetRowPaint::folderPlace(const QRect &row)
{
    const Theme &theme = Theme::shared();
    const int width = theme.px("browser.folder_button");
    return {row.right() + 1 - theme.px("space.scale.x3") - width, row.top(), width, row.height()};
}

QSize PresetRowPaint::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    const Theme &theme = Theme::shared();
    return {theme.px("browser.name_least"),
            theme.px(compact_ ? "browser.row_compact" : "browser.row")};
}

void PresetRowPaint::paint(QPainter *painter, const QStyleOptionViewItem &option,
                           const QModelIndex &index) const
{
    const Theme &theme = Theme::shared();
    const PresetRow &row = rowAt(index);
    const QRect place = option.rect;
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool pointed = option.state.testFlag(QStyle::State_MouseOver);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const double radius = theme.number("radius.control");
    if (selected || pointed) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(theme.colour(selected ? "action.selection" : "ground.raised"));
        painter->drawRoundedRect(place, radius, radius);
    }
    if (selected && option.widget && hasKeyboardFocus(option.widget))
        paintFocusRing(*painter, place, radius);
    if (!row.fault.isEmpty()) {
        paintSkipped(*painter, place, row);
        painter->restore();
        return;
    }
    if (row.canBeStarred)
        paintIcon(*painter, iconIn(starPlace(place)), row.starred ? "star-filled" : "star",
                  theme.colour(row.starred ? "text.primary" : "text.tertiary"));
    const double gap = theme.number("space.scale.x2");
    double right = place.right() + 1 - theme.number("space.scale.x3");
    const double left = place.left() + theme.number("browser.name_left");
    const auto column = [&](const char *width, const QString &text, Qt::Alignment alignment,
                            bool dim = false) {
        const double wanted = theme.number(width);
        // The name is what must be read.
        if (right - wanted - left < theme.number("browser.name_least"))
            return;
        drawText(*painter, QRectF(right - wanted, place.top(), wanted - gap, place.height()), text,
                 "label_plain",
                 dim        ? "text.disabled"
                 : selected ? "text.primary"
                            : "text.secondary",
                 alignment);
        right -= wanted;
    };
    right += gap; // the last column ends at the edge
    column("browser.bank", row.bank, Qt::AlignRight);
    column("browser.key", row.key, Qt::AlignLeft, !row.keyActs);
    column("browser.category", row.category, Qt::AlignLeft);
    right -= gap;
    double room = right - left;
    const QString mark = presetMark(row);
    if (!mark.isEmpty())
        room -= QFontMetricsF(theme.font("label_plain")).horizontalAdvance(mark) + gap;
    const double used = drawText(*painter, QRectF(left, place.top(), room, place.height()),
                                 row.name, "body_medium", "text.primary");
    if (!mark.isEmpty())
        drawText(*painter, QRectF(left + used + gap, place.top(), right - left, place.height()),
                 mark, "label_plain", "text.tertiary");
    painter->restore();
}

} // namespace widgets
