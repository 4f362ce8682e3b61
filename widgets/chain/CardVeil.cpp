// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chain/CardVeil.h"

#include "widgets/theme/Theme.h"

#include <QApplication>
#include <QPainter>
#include <QPainterPath>

namespace widgets {

CardVeil::CardVeil(QWidget *card) : QWidget(card)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    connect(qApp, &QApplication::focusChanged, this, qOverload<>(&QWidget::update));
    connect(&Theme::shared(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void CardVeil::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::shared();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor ground = theme.colour("ground.panel");
    ground.setAlphaF(static_cast<float>(1.0 - theme.number("card.off_opacity")));
    QPainterPath cover;
    const double radius = theme.number("radius.card");
    cover.addRoundedRect(QRectF(rect()).adjusted(0, -radius, 0, 0), radius, radius);
    const QWidget *focused = QApplication::focusWidget();
    if (focused && parentWidget()->isAncestorOf(focused)) {
        QPainterPath hole;
        hole.addRect(QRectF(focused->mapTo(parentWidget(), QPoint()) - pos(), focused->size()));
        cover -= hole;
    }
    painter.fillPath(cover, ground);
}

} // namespace widgets
