// SPDX-License-Identifier: GPL-3.0-or-later
//
// Mouse and keys of a PlotView.
#include "widgets/views/HoverLayer.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>

namespace widgets {

namespace {

constexpr double zoomPerNotch = 1.25;
constexpr double panPart = 0.1;

} // namespace

bool PlotView::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride &&
        actOnKey(static_cast<QKeyEvent *>(event), false)) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

void PlotView::resizeEvent(QResizeEvent *)
{
    rangeChanged();
}

void PlotView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !plot().contains(event->position()))
        return;
    pressed_ = true;
    panned_ = false;
    pressedAt_ = event->position();
    pressedX_ = x_;
    pressedY_ = y_;
}

void PlotView::mouseMoveEvent(QMouseEvent *event)
{
    const QPointF moved = event->position() - pressedAt_;
    if (pressed_ && (panned_ || moved.manhattanLength() >= QApplication::startDragDistance())) {
        panned_ = true;
        setCursor(Qt::ClosedHandCursor);
        hoverMoved({});
        const double dx = -moved.x() / plot().width() * pressedX_.span();
        const double dy = moved.y() / plot().height() * pressedY_.span();
        showRanges({pressedX_.low + dx, pressedX_.high + dx},
                   {pressedY_.low + dy, pressedY_.high + dy});
        return;
    }
    const bool inside = plot().contains(event->position());
    setCursor(inside ? Qt::CrossCursor : Qt::ArrowCursor);
    hoverMoved(inside ? std::optional(event->position()) : std::nullopt);
}

void PlotView::hoverMoved(std::optional<QPointF> place)
{
    if (!hover_ && !place)
        return;
    hover_ = place;
    hoverLayer_->follow(place.has_value());
}

void PlotView::mouseReleaseEvent(QMouseEvent *event)
{
    if (!pressed_ || event->button() != Qt::LeftButton)
        return;
    pressed_ = false;
    setCursor(Qt::CrossCursor);
    if (!panned_)
        clicked(event->position());
}

void PlotView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        showAll();
}

void PlotView::wheelEvent(QWheelEvent *event)
{
    const QPoint angle = event->angleDelta();
    event->accept();
    if (angle.y() == 0) { // a wheel or a finger moved sideways
        const double moved = -angle.x() / double{QWheelEvent::DefaultDeltasPerStep} * panPart * x_.span();
        showRanges({x_.low + moved, x_.high + moved}, y_);
        return;
    }
    const double factor = std::pow(zoomPerNotch, -angle.y() / double{QWheelEvent::DefaultDeltasPerStep});
    const bool onlyX = event->modifiers().testFlag(Qt::ShiftModifier);
    const bool onlyY = event->modifiers().testFlag(Qt::ControlModifier);
    zoomAt(event->position(), onlyY ? 1.0 : factor,
           onlyX || !(wheelZoomsY_ || onlyY) ? 1.0 : factor);
}

bool PlotView::actOnKey(const QKeyEvent *event, bool really)
{
    const auto zoom = [&](double factor) {
        if (really)
            zoomAt(plot().center(), factor, wheelZoomsY_ ? factor : 1.0);
        return true;
    };
    const auto pan = [&](double partX, double partY) {
        const double dx = partX * panPart * x_.span();
        const double dy = partY * panPart * y_.span();
        if (really)
            showRanges({x_.low + dx, x_.high + dx}, {y_.low + dy, y_.high + dy});
        return true;
    };
    if (event->modifiers().testAnyFlags(Qt::ControlModifier | Qt::AltModifier))
        return false;
    switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return zoom(1.0 / zoomPerNotch);
    case Qt::Key_Minus:
        return zoom(zoomPerNotch);
    case Qt::Key_0:
        if (really)
            showAll();
        return true;
    case Qt::Key_Left:
        return pan(-1, 0);
    case Qt::Key_Right:
        return pan(1, 0);
    case Qt::Key_Up:
        return pan(0, 1);
    case Qt::Key_Down:
        return pan(0, -1);
    default:
        return false;
    }
}

void PlotView::keyPressEvent(QKeyEvent *event)
{
    if (!actOnKey(event, true))
        QWidget::keyPressEvent(event);
}

void PlotView::leaveEvent(QEvent *)
{
    hoverMoved({});
}

} // namespace widgets
