// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/controls/SwitchPaint.h"

#include "widgets/theme/Theme.h"

#include <QPainter>

namespace widgets {

QSize switchSize(const QAbstractButton &button)
{
    const Theme &theme = Theme::shared();
    const int side = 2 * theme.px("switch.margin");
    int width = theme.px("switch.width") + side;
    if (!button.text().isEmpty())
        width += theme.px("space.scale.x2") +
                 qCeil(QFontMetricsF(theme.font("label")).horizontalAdvance(button.text()));
    return {width, std::max(theme.px("switch.height") + side, theme.px("size.target_min"))};
}

QRectF switchTrack(const QAbstractButton &button)
{
    const Theme &theme = Theme::shared();
    const double height = theme.number("switch.height");
    return {theme.number("switch.margin"), (button.height() - height) / 2,
            theme.number("switch.width"), height};
}

void paintSwitch(const QAbstractButton &button, const QColor &on)
{
    const Theme &theme = Theme::shared();
    QPainter painter(const_cast<QAbstractButton *>(&button));
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box = switchTrack(button);
    const double radius = box.height() / 2;
    painter.setPen(Qt::NoPen);
    if (button.isChecked()) {
        painter.setBrush(button.isEnabled() ? on : theme.colour("line.border"));
        painter.drawRoundedRect(box, radius, radius);
    } else {
        const double line = theme.number("stroke.hairline");
        painter.setBrush(
            theme.colour(button.underMouse() ? "ground.control_hover" : "ground.control"));
        painter.setPen(QPen(theme.colour("line.control_edge"), line));
        painter.drawRoundedRect(box.adjusted(line / 2, line / 2, -line / 2, -line / 2), radius,
                                radius);
    }
    const double thumb = theme.number("switch.thumb") / 2;
    const double in = box.height() / 2;
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.colour(button.isChecked() ? "ground.window" : "text.tertiary"));
    painter.drawEllipse(
        QPointF(button.isChecked() ? box.right() - in : box.left() + in, box.center().y()), thumb,
        thumb);
    if (button.text().isEmpty())
        return;
    painter.setFont(theme.font("label"));
    painter.setPen(theme.colour(button.isEnabled() ? "text.secondary" : "text.disabled"));
    const double left = box.right() + theme.number("space.scale.x2");
    painter.drawText(QRectF(left, 0, button.width() - left, button.height()),
                     Qt::AlignVCenter | Qt::AlignLeft, button.text());
}

} // namespace widgets
