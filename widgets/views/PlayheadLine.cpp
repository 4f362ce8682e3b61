// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/views/PlayheadLine.h"

#include "widgets/theme/Theme.h"

#include <QPainter>

#include <cmath>

namespace widgets {

PlayheadLine::PlayheadLine(QWidget *plot) : QWidget(plot)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    hide();
}

void PlayheadLine::place(std::optional<double> x, const QRectF &plot)
{
    setVisible(x.has_value());
    if (!x)
        return;
    const int reach = Theme::shared().px("space.scale.x2");
    const qreal ratio = devicePixelRatioF();
    const double sharpX = std::round(*x * ratio) / ratio;
    const int left = static_cast<int>(std::floor(sharpX)) - reach;
    const double middle = sharpX - left;
    const QRect wanted(left, qRound(plot.top()), 2 * reach + 1, qRound(plot.height()));
    if (middle == middle_ && wanted == geometry())
        return;
    middle_ = middle;
    setGeometry(wanted);
    update();
}

void PlayheadLine::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::shared();
    QPainter painter(this);
    const double line = theme.number("stroke.plot_line");
    const double side = theme.number("plot.handle");
    const QColor ink = theme.colour("text.primary");
    // A dark rim keeps the line visible over bright sound.
    QColor rim = theme.colour("ground.plot");
    rim.setAlphaF(static_cast<float>(theme.number("plot.rim")));
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(QRectF(middle_ - line / 2 - 1, 0, line + 2, height()), rim);
    painter.fillRect(QRectF(middle_ - line / 2, 0, line, height()), ink);
    QPolygonF handle;
    handle << QPointF(middle_ - side, 0) << QPointF(middle_ + side, 0)
           << QPointF(middle_, side * 1.25);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink);
    painter.drawPolygon(handle);
}

} // namespace widgets
