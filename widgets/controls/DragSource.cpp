// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/controls/DragSource.h"

#include <QAbstractButton>
#include <QApplication>
#include <QMouseEvent>

namespace widgets {

DragSource::DragSource(QWidget *widget) : QObject(widget)
{
    widget->installEventFilter(this);
}

bool DragSource::eventFilter(QObject *watched, QEvent *event)
{
    const auto mouse = [event] { return static_cast<QMouseEvent *>(event); };
    if (event->type() == QEvent::MouseButtonPress && mouse()->button() == Qt::LeftButton) {
        pressed_ = mouse()->pos();
    } else if (event->type() == QEvent::MouseButtonRelease) {
        pressed_.reset();
    } else if (event->type() == QEvent::MouseMove && pressed_ &&
               (mouse()->pos() - *pressed_).manhattanLength() >= QApplication::startDragDistance()) {
        pressed_.reset();
        if (auto *button = qobject_cast<QAbstractButton *>(watched))
            button->setDown(false);
        emit started();
        return true;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace widgets
