// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/browser/PresetList.h"

#include "widgets/browser/PresetRowPaint.h"
#include "widgets/theme/Focus.h"
#include "widgets/theme/Theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>

namespace widgets {

namespace {

bool isTyped(const QKeyEvent &event)
{
    const auto others = event.modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier);
    return others == Qt::NoModifier && !event.text().isEmpty() && event.text().at(0).isPrint() &&
           event.key() != Qt::Key_Space;
}

} // namespace

PresetList::PresetList(QWidget *parent)
    : QListView(parent), rows_(new PresetRows(this)), paint_(new PresetRowPaint(this))
{
    setObjectName(QStringLiteral("presets.list"));
    setAccessibleName(tr("Presets"));
    setModel(rows_);
    setItemDelegate(paint_);
    setUniformItemSizes(true);
    setMouseTracking(true);
    setFrameShape(QFrame::NoFrame);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setAutoFillBackground(false);
    trackKeyboardFocus(this);
    connect(&Theme::shared(), &Theme::changed, viewport(), qOverload<>(&QWidget::update));
}

void PresetList::setRows(std::vector<PresetRow> rows, int current)
{
    filling_ = true;
    const int before = currentRow();
    const int scroll = verticalScrollBar()->value();
    rows_->setRows(std::move(rows));
    verticalScrollBar()->setValue(scroll);
    const QModelIndex place = current >= 0 ? rows_->index(current) : QModelIndex();
    // Told that there is none, the list does not choose one by itself when it gets the focus.
    if (!place.isValid() || place != currentIndex()) {
        setCurrentIndex(place);
        if (!place.isValid())
            clearSelection();
    }
    // A row that stays where it is does not jump under the pointer.
    if (place.isValid() && current != before)
        scrollTo(place);
    filling_ = false;
}

void PresetList::setCompact(bool compact)
{
    paint_->setCompact(compact);
    scheduleDelayedItemsLayout();
}

void PresetList::walk(QKeyEvent *event)
{
    QListView::keyPressEvent(event);
}

bool PresetList::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        const auto *const key = static_cast<QKeyEvent *>(event);
        if (isTyped(*key) || key->key() == Qt::Key_Home || key->key() == Qt::Key_End) {
            event->accept();
            return true;
        }
    }
    return QListView::event(event);
}

void PresetList::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QListView::currentChanged(current, previous);
    if (!filling_ && current.isValid())
        emit tried(current.row());
}

void PresetList::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Escape:
    case Qt::Key_Space:
    case Qt::Key_Left:
    case Qt::Key_Right:
        event->ignore(); // for whoever is around the list
        return;
    default:
        break;
    }
    if (!isTyped(*event)) {
        QListView::keyPressEvent(event);
    } else if (event->key() != Qt::Key_F || event->modifiers() != Qt::NoModifier) {
        emit typed(event->text());
    } else if (currentIndex().isValid() && rows_->at(currentIndex()).canBeStarred) {
        emit starClicked(currentRow());
    }
}

void PresetList::mousePressEvent(QMouseEvent *event)
{
    const QModelIndex index = indexAt(event->pos());
    if (event->button() == Qt::LeftButton && index.isValid()) {
        const QRect row = visualRect(index);
        const PresetRow &content = rows_->at(index);
        if (!content.fault.isEmpty() && PresetRowPaint::folderPlace(row).contains(event->pos())) {
            emit folderRequested(index.row());
            return;
        }
        if (content.canBeStarred && content.fault.isEmpty() &&
            PresetRowPaint::starPlace(row).contains(event->pos())) {
            emit starClicked(index.row());
            return;
        }
    }
    QListView::mousePressEvent(event);
}

void PresetList::mouseDoubleClickEvent(QMouseEvent *event)
{
    const QModelIndex index = indexAt(event->pos());
    const bool onName =
        index.isValid() && !PresetRowPaint::starPlace(visualRect(index)).contains(event->pos());
    if (!onName || event->button() != Qt::LeftButton)
        mousePressEvent(event); // two clicks on a star are two clicks
    else if (rows_->at(index).fault.isEmpty())
        emit kept();
}

} // namespace widgets
