// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/HistoryList.h"

#include "widgets/panels/RowGround.h"
#include "widgets/theme/Theme.h"

#include <QAbstractListModel>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QUndoStack>

namespace widgets {

namespace {

enum HistoryRole { SlotsRole = Qt::UserRole }; ///< "A", "B", "AB"

/// Letters in boxes, right-aligned; tells where they begin.
double paintSlots(QPainter &painter, const QRectF &row, const QString &letters, const QColor &ink)
{
    const Theme &theme = Theme::shared();
    const double side = theme.number("size.history_slot");
    const double gap = theme.number("space.scale.x1");
    double right = row.right() - gap;
    painter.setFont(theme.font("caption"));
    for (auto letter = letters.crbegin(); letter != letters.crend(); ++letter) {
        const QRectF box(right - side, row.center().y() - side / 2, side, side);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.colour("ground.control"));
        painter.drawRoundedRect(box, theme.number("radius.segment"),
                                theme.number("radius.segment"));
        painter.setPen(ink);
        painter.drawText(box, Qt::AlignCenter, *letter);
        right = box.left() - gap;
    }
    return right;
}

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
        const int now = list_.nowRow();
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
        const double right = paintSlots(*painter, row, index.data(SlotsRole).toString(), ink);
        painter->setFont(theme.font("label_plain"));
        painter->setPen(ink);
        QRectF words = row.adjusted(theme.number("space.scale.x6"), 0, 0, 0);
        words.setRight(right);
        painter->drawText(words, Qt::AlignLeft | Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight,
                                                            qFloor(words.width())));
        painter->restore();
    }

private:
    const HistoryList &list_;
};

} // namespace

/// The steps of a stack, which tells only that something changed.
class HistoryList::Rows final : public QAbstractListModel {
public:
    using QAbstractListModel::QAbstractListModel;

    void setHistory(QUndoStack &stack, const StepSlots &stepSlots)
    {
        stack_ = &stack;
        slots_ = stepSlots;
        update();
    }
    void update()
    {
        const int count = stack_ ? stack_->count() + 1 : 0;
        if (count > count_) {
            beginInsertRows({}, count_, count - 1);
            count_ = count;
            endInsertRows();
        } else if (count < count_) {
            beginRemoveRows({}, count, count_ - 1);
            count_ = count;
            endRemoveRows();
        }
        // Steps are merged and, at the limit, move up.
        if (count_ > 0)
            emit dataChanged(index(0), index(count_ - 1));
    }
    int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : count_;
    }
    QVariant data(const QModelIndex &index, int role) const override
    {
        if (!index.isValid() || !stack_ || index.row() > stack_->count())
            return {};
        //: the first row of the history: as everything was
        const QString text =
            index.row() == 0 ? HistoryList::tr("Start") : stack_->text(index.row() - 1);
        const QString letters = index.row() == 0 ? QString() : lettersOf(index.row() - 1);
        switch (role) {
        case Qt::DisplayRole:
            return text;
        case SlotsRole:
            return letters;
        case Qt::ToolTipRole:
        case Qt::AccessibleTextRole:
            if (letters.isEmpty())
                return text;
            if (letters.size() == 2)
                //: a step of the history and which settings it changes
                return HistoryList::tr("%1, in A and B").arg(text);
            return HistoryList::tr("%1, in %2").arg(text, letters);
        default:
            return {};
        }
    }

private:
    QString lettersOf(int step) const
    {
        const auto [a, b] = slots_(step);
        return (a ? HistoryList::tr("A") : QString()) + (b ? HistoryList::tr("B") : QString());
    }

    QPointer<QUndoStack> stack_;
    StepSlots slots_;
    int count_ = 0;
};

HistoryList::HistoryList(QWidget *parent) : QListView(parent), rows_(new Rows(this))
{
    setObjectName(QStringLiteral("history"));
    setAccessibleName(tr("History"));
    makeFlat(*this);
    setItemDelegate(new StepDelegate(this));
    setModel(rows_);
    connect(selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &row) {
                if (stack_ && row.isValid())
                    stack_->setIndex(row.row());
            });
}

void HistoryList::setHistory(QUndoStack &stack, const StepSlots &stepSlots)
{
    stack_ = &stack;
    rows_->setHistory(stack, stepSlots);
    connect(&stack, &QUndoStack::indexChanged, this, &HistoryList::follow);
    follow();
}

int HistoryList::nowRow() const
{
    return stack_ ? stack_->index() : 0;
}

void HistoryList::follow()
{
    const QSignalBlocker quiet(selectionModel());
    rows_->update();
    setCurrentIndex(rows_->index(nowRow()));
    scrollTo(currentIndex());
    viewport()->update();
}

} // namespace widgets
