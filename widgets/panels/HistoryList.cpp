// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/HistoryList.h"

#include "widgets/panels/RowGround.h"
#include "widgets/theme/Theme.h"

#include <QPainter>
#include <QStyledItemDelegate>
#include <QUndoStack>

namespace widgets {

namespace {

class StepDelegate final : public QStyledItemDelegate {
public:
    explicit StepDelegate(HistoryList *list) : QStyledItemDelegate(list), list_(*list) {}

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {0, Theme::shared().px("size.control")};
    }
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        const Theme &theme = Theme::shared();
        // Row 0 is where everything began.
        const int now = list_.stack() ? list_.stack()->index() : 0;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        paintRowGround(*painter, option, index.row() == now);
        const double dot = theme.number("space.scale.x1") + 2;
        const QRectF row = option.rect;
        const QPointF middle(row.left() + theme.number("space.scale.x3"), row.center().y());
        const QColor ink = theme.colour(index.row() > now    ? "text.disabled"
                                        : index.row() == now ? "text.primary"
                                                             : "text.secondary");
        painter->setPen(QPen(ink, theme.number("stroke.plot_line")));
        painter->setBrush(index.row() == now ? ink : QColor(Qt::transparent));
        painter->drawEllipse(middle, dot / 2, dot / 2);
        painter->setFont(theme.font("label_plain"));
        painter->setPen(ink);
        const QRectF words =
            row.adjusted(theme.number("space.scale.x6"), 0, -theme.number("space.scale.x1"), 0);
        painter->drawText(words, Qt::AlignLeft | Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(index.data().toString(),
                                                            Qt::ElideRight, qFloor(words.width())));
        painter->restore();
    }

private:
    const HistoryList &list_;
};

} // namespace

HistoryList::HistoryList(QWidget *parent) : QUndoView(parent)
{
    setObjectName(QStringLiteral("history"));
    setAccessibleName(tr("History"));
    makeFlat(*this);
    setItemDelegate(new StepDelegate(this));
    //: the first row of the history: as everything was
    setEmptyLabel(tr("Start"));
}

void HistoryList::setHistory(QUndoStack *stack)
{
    setStack(stack);
    if (stack)
        connect(stack, &QUndoStack::indexChanged, viewport(), qOverload<>(&QWidget::update));
}

} // namespace widgets
