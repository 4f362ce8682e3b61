// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/PresetButton.h"

#include "widgets/theme/Focus.h"
#include "widgets/theme/Icons.h"
#include "widgets/theme/Theme.h"

#include <QMouseEvent>
#include <QPainter>

namespace widgets {

PresetButton::PresetButton(QWidget *parent) : QAbstractButton(parent)
{
    setObjectName(QStringLiteral("presetName"));
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    trackKeyboardFocus(this);
    setCompact(false);
    connect(&Theme::shared(), &Theme::changed, this, [this] { update(); });
}

QSize PresetButton::sizeHint() const
{
    const Theme &theme = Theme::shared();
    return {theme.px(compact_ ? "size.preset_name_compact" : "size.preset_name"),
            theme.px("space.scale.x8")};
}

void PresetButton::setCompact(bool compact)
{
    compact_ = compact;
    setFixedSize(sizeHint());
}

void PresetButton::setPreset(const QString &name, bool edited, std::optional<bool> starred)
{
    name_ = name;
    edited_ = edited;
    starred_ = starred;
    setToolTip(edited ? tr("%1, edited").arg(name) : name);
    setAccessibleName(tr("Preset %1").arg(toolTip()));
    setAccessibleDescription(starred.value_or(false) ? tr("Favourite") : QString());
    update();
}

QRectF PresetButton::starPlace() const
{
    const Theme &theme = Theme::shared();
    const double side = theme.number("icons.grid");
    return {theme.number("space.scale.x3") - theme.number("stroke.wire"), (height() - side) / 2.0,
            side, side};
}

void PresetButton::mousePressEvent(QMouseEvent *event)
{
    const double around = Theme::shared().number("space.scale.x1");
    const QRectF target = starPlace().adjusted(-around, -height(), around, height());
    if (event->button() == Qt::LeftButton && starred_ && target.contains(event->position()))
        emit starClicked();
    else
        QAbstractButton::mousePressEvent(event);
}

void PresetButton::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::shared();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double line = theme.number("stroke.hairline");
    const double radius = theme.number("radius.plot");
    painter.setPen(QPen(theme.colour(underMouse() ? "line.strong" : "line.border"), line));
    painter.setBrush(theme.colour(underMouse() || isDown() ? "ground.raised" : "ground.panel"));
    painter.drawRoundedRect(QRectF(rect()).adjusted(line / 2, line / 2, -line / 2, -line / 2),
                            radius, radius);
    const double gap = theme.number("space.scale.x2");
    const double chevron = theme.number("icons.grid");
    const double edge = theme.number("space.scale.x3");
    const double left = starred_ ? starPlace().right() + gap : edge;
    if (starred_)
        paintIcon(painter, starPlace(), *starred_ ? "star-filled" : "star",
                  theme.colour(*starred_ ? "text.primary" : "text.tertiary"));
    const QRectF arrow(width() - edge - chevron + line, (height() - chevron) / 2.0, chevron,
                       chevron);
    paintIcon(painter, arrow, "chevron-down", theme.colour("text.secondary"));

    const QString mark = edited_ ? tr("edited") : QString();
    const double markWidth =
        edited_ ? QFontMetricsF(theme.font("caption")).horizontalAdvance(mark) + gap : 0.0;
    painter.setFont(theme.font("heading_small"));
    const QFontMetricsF metrics(painter.font());
    const double room = arrow.left() - gap - left - markWidth;
    const QString shown = metrics.elidedText(name_, Qt::ElideRight, room);
    painter.setPen(theme.colour("text.primary"));
    painter.drawText(QRectF(left, 0, room, height()), Qt::AlignLeft | Qt::AlignVCenter, shown);
    if (edited_) {
        const double x = left + std::min(metrics.horizontalAdvance(shown), room) + gap;
        painter.setFont(theme.font("caption"));
        painter.setPen(theme.colour("text.tertiary"));
        painter.drawText(QRectF(x, 0, markWidth, height()), Qt::AlignLeft | Qt::AlignVCenter, mark);
    }
    if (hasKeyboardFocus(this))
        paintFocusRing(painter, rect(), radius);
}

} // namespace widgets
