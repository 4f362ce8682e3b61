// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/controls/FocusRing.h"

#include "widgets/theme/Focus.h"
#include "widgets/theme/Theme.h"

#include <QEvent>
#include <QFocusEvent>
#include <QPainter>

namespace widgets {

FocusRing::FocusRing(QWidget *host) : QWidget(host)
{
    setObjectName(QStringLiteral("focusRing"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
}

void FocusRing::enter(QWidget *control, QWidget *host, const QFocusEvent *event,
                      const QPainterPath &shape)
{
    if (!isFromKeyboard(event->reason()))
        return;
    auto *ring = new FocusRing(host);
    ring->control_ = control;
    ring->shape_ = shape;
    control->installEventFilter(ring);
    ring->follow();
    ring->show();
    ring->raise();
}

void FocusRing::reshape(QWidget *control, const QPainterPath &shape)
{
    for (FocusRing *ring : control->window()->findChildren<FocusRing *>()) {
        if (ring->control_ == control) {
            ring->shape_ = shape;
            ring->follow();
        }
    }
}

QPainterPath FocusRing::around(const QRectF &rectangle, double radius)
{
    const Theme &theme = Theme::shared();
    const double out = theme.number("focus.offset") + theme.number("focus.width") / 2;
    const double corner = radius + theme.number("focus.radius_add");
    QPainterPath path;
    path.addRoundedRect(rectangle.adjusted(-out, -out, out, out), corner, corner);
    return path;
}

void FocusRing::follow()
{
    const double half = Theme::shared().number("focus.width");
    const QRectF box = shape_.boundingRect().adjusted(-half, -half, half, half);
    const QPoint origin = control_->mapTo(parentWidget(), QPoint());
    setGeometry(box.translated(origin).toAlignedRect());
    update();
}

void FocusRing::paintEvent(QPaintEvent *)
{
    if (!control_)
        return;
    const Theme &theme = Theme::shared();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(control_->mapTo(parentWidget(), QPoint()) - pos());
    painter.strokePath(shape_, QPen(theme.colour("action.focus"), theme.number("focus.width"),
                                    Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
}

bool FocusRing::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::FocusOut:
    case QEvent::Hide:
        watched->removeEventFilter(this);
        hide();
        deleteLater();
        break;
    case QEvent::Move:
    case QEvent::Resize:
        follow();
        break;
    default:
        break;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace widgets
