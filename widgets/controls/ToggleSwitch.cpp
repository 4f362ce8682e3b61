// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/controls/ToggleSwitch.h"

#include "widgets/controls/FocusRing.h"
#include "widgets/controls/ParameterPresentation.h"
#include "widgets/theme/Theme.h"

#include <QFocusEvent>
#include <QPainter>

namespace widgets {

ToggleSwitch::ToggleSwitch(const engine::pipeline::ParameterInfo &info, QWidget *parent)
    : SwitchControl(info, parent)
{
    //: Name of a switch for screen readers: what it switches, and the stage it belongs to.
    setAccessibleName(parameterLabel(info) == stageName(info.stage)
                          ? parameterLabel(info)
                          : tr("%1, %2").arg(parameterLabel(info), stageName(info.stage)));
    setToolTip(parameterHelp(info));
    setAccessibleDescription(toolTip());
}

QSize ToggleSwitch::sizeHint() const
{
    const Theme &theme = Theme::shared();
    const int side = 2 * theme.px("switch.margin");
    int width = theme.px("switch.width") + side;
    if (!text().isEmpty())
        width += theme.px("space.scale.x2") +
                 qCeil(QFontMetricsF(theme.font("label")).horizontalAdvance(text()));
    return {width, std::max(theme.px("switch.height") + side, theme.px("size.target_min"))};
}

QRectF ToggleSwitch::track() const
{
    const Theme &theme = Theme::shared();
    const double height = theme.number("switch.height");
    return {theme.number("switch.margin"), (this->height() - height) / 2,
            theme.number("switch.width"), height};
}

void ToggleSwitch::placeTrack(int left, int middle)
{
    const QSize size = sizeHint();
    setGeometry(left - Theme::shared().px("switch.margin"), middle - size.height() / 2,
                size.width(), size.height());
}

void ToggleSwitch::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::shared();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box = track();
    const double radius = box.height() / 2;
    painter.setPen(Qt::NoPen);
    if (isChecked()) {
        painter.setBrush(isEnabled() ? stageColour(stageToken(info().stage))
                                     : theme.colour("line.border"));
        painter.drawRoundedRect(box, radius, radius);
    } else {
        const double line = theme.number("stroke.hairline");
        painter.setBrush(theme.colour(underMouse() ? "ground.control_hover" : "ground.control"));
        painter.setPen(QPen(theme.colour("line.control_edge"), line));
        painter.drawRoundedRect(box.adjusted(line / 2, line / 2, -line / 2, -line / 2), radius,
                                radius);
    }
    const double thumb = theme.number("switch.thumb") / 2;
    const double in = box.height() / 2;
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.colour(isChecked() ? "ground.window" : "text.tertiary"));
    painter.drawEllipse(QPointF(isChecked() ? box.right() - in : box.left() + in, box.center().y()),
                        thumb, thumb);
    if (text().isEmpty())
        return;
    painter.setFont(theme.font("label"));
    painter.setPen(theme.colour(isEnabled() ? "text.secondary" : "text.disabled"));
    const double left = box.right() + theme.number("space.scale.x2");
    painter.drawText(QRectF(left, 0, width() - left, height()), Qt::AlignVCenter | Qt::AlignLeft,
                     text());
}

void ToggleSwitch::focusInEvent(QFocusEvent *event)
{
    SwitchControl::focusInEvent(event);
    FocusRing::enter(this, parentWidget(), event, FocusRing::around(track(), track().height() / 2));
}

} // namespace widgets
