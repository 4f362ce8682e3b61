// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/SnapshotList.h"

#include "widgets/panels/RowGround.h"
#include "widgets/theme/Icons.h"
#include "widgets/theme/Theme.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QPainterPath>
#include <QStyledItemDelegate>

namespace widgets {

namespace {

enum SnapshotRole { DetailRole = Qt::UserRole, PictureRole, NowRole };

class SnapshotDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {0, Theme::shared().px("size.snapshot_row")};
    }
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        const Theme &theme = Theme::shared();
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        paintRowGround(*painter, option, index.data(NowRole).toBool());
        paintPicture(*painter, pictureRect(option.rect), index.data(PictureRole).value<QImage>());
        const QRect text = textRect(option.rect);
        const QRect upper(text.left(), text.top(), text.width(), text.height() / 2);
        painter->setFont(theme.font("label"));
        painter->setPen(theme.colour("text.primary"));
        painter->drawText(upper, Qt::AlignLeft | Qt::AlignBottom,
                          painter->fontMetrics().elidedText(index.data().toString(),
                                                            Qt::ElideRight, text.width()));
        painter->setFont(theme.font("caption"));
        painter->setPen(theme.colour("text.tertiary"));
        painter->drawText(upper.translated(0, upper.height()), Qt::AlignLeft | Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(index.data(DetailRole).toString(),
                                                            Qt::ElideRight, text.width()));
        painter->restore();
    }
    void updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                              const QModelIndex &) const override
    {
        const QRect text = textRect(option.rect);
        const int height = Theme::shared().px("size.control");
        editor->setGeometry(text.left(), option.rect.center().y() - height / 2, text.width(),
                            height);
    }

private:
    static QRectF pictureRect(const QRect &row)
    {
        const Theme &theme = Theme::shared();
        const double gap = theme.number("space.scale.x1");
        return {row.left() + gap, row.top() + gap + 1, theme.number("size.snapshot_picture"),
                row.height() - 2 * (gap + 1)};
    }
    static QRect textRect(const QRect &row)
    {
        const int left = qRound(pictureRect(row).right()) + Theme::shared().px("space.scale.x2");
        const int edge = Theme::shared().px("space.scale.x1");
        return {left, row.top() + edge, row.right() - left - edge, row.height() - 2 * edge};
    }
    static void paintPicture(QPainter &painter, const QRectF &place, const QImage &picture)
    {
        const Theme &theme = Theme::shared();
        QPainterPath frame;
        frame.addRoundedRect(place, theme.number("radius.segment"),
                             theme.number("radius.segment"));
        painter.fillPath(frame, theme.colour("ground.plot"));
        if (picture.isNull())
            return;
        painter.save();
        painter.setClipPath(frame);
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawImage(place, picture);
        painter.restore();
    }
};

} // namespace

SnapshotList::SnapshotList(QWidget *parent) : QListWidget(parent)
{
    setObjectName(QStringLiteral("snapshots"));
    setAccessibleName(tr("Snapshots"));
    makeFlat(*this);
    setItemDelegate(new SnapshotDelegate(this));
    setEditTriggers(QAbstractItemView::EditKeyPressed);
    connect(this, &QListWidget::itemClicked, this,
            [this](QListWidgetItem *item) { emit chosen(row(item)); });
    connect(this, &QListWidget::itemChanged, this,
            [this](QListWidgetItem *item) { emit renamed(row(item), item->text()); });
}

void SnapshotList::setRows(const std::vector<SnapshotRow> &rows)
{
    if (rows == rows_ || state() == QAbstractItemView::EditingState)
        return;
    rows_ = rows;
    const QSignalBlocker quiet(this);
    const int before = currentRow();
    clear();
    for (const SnapshotRow &row : rows_) {
        auto *const item = new QListWidgetItem(row.name, this);
        item->setFlags(item->flags() | Qt::ItemIsEditable);
        item->setData(DetailRole, row.detail);
        item->setData(PictureRole, row.picture);
        item->setData(NowRole, row.isNow);
        item->setData(Qt::AccessibleTextRole, tr("%1, %2").arg(row.name, row.detail));
        item->setToolTip(tr("Click: go there. F2: rename. Delete: delete"));
    }
    setCurrentRow(std::min(before, count() - 1));
}

void SnapshotList::keyPressEvent(QKeyEvent *event)
{
    const int at = currentRow();
    if (at >= 0 && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter))
        emit chosen(at);
    else if (at >= 0 && (event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace))
        emit removeRequested(at);
    else
        QListWidget::keyPressEvent(event);
}

void SnapshotList::contextMenuEvent(QContextMenuEvent *event)
{
    QListWidgetItem *const item = itemAt(event->pos());
    if (!item)
        return;
    const int at = row(item);
    auto *const menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("snapshotMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Go to this snapshot"), this, [this, at] { emit chosen(at); });
    menu->addSeparator();
    menu->addAction(tr("Rename…"), this, [this, at] {
        setCurrentRow(at);
        editItem(this->item(at));
    });
    menu->addAction(tr("Delete"), this, [this, at] { emit removeRequested(at); });
    menu->popup(event->globalPos());
}

} // namespace widgets
