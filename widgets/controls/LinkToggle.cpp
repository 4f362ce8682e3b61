// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/controls/LinkToggle.h"

#include "widgets/controls/FocusRing.h"
#include "widgets/controls/ParameterPresentation.h"
#include "widgets/theme/Icons.h"
#include "widgets/theme/Theme.h"

#include <QFocusEvent>
#include <QPainter>

namespace widgets {

LinkToggle::LinkToggle(const engine::pipeline::ParameterInfo &info, QWidget *parent)
    : SwitchControl(info, parent)
{
    describe();
    connect(this, &QAbstractButton::toggled, this, &LinkToggle::describe);
}

void LinkToggle::describe()
{
    //: State of Post-Quant: it follows Pre-Quant, or has settings of its own.
    setText(isChecked() ? tr("Linked to Pre-Quant") : tr("Own settings"));
    setAccessibleName(parameterLabel(info()));
    setToolTip(isChecked() ? tr("Linked: same key, scale, snap and smear. Unlink to set them apart")
                           : tr("Own settings. Link to use those of Pre-Quant again"));
    setAccessibleDescription(toolTip());
}

void LinkToggle::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::shared();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.colour(isChecked()    ? "action.selection"
                                  : underMouse() ? "ground.control_hover"
                                                 : "ground.control"));
    painter.drawRoundedRect(rect(), theme.number("radius.control"), theme.number("radius.control"));
    const double icon = theme.number("choice.icon");
    const double left = theme.number("link.icon_left");
    const double textLeft = theme.number("link.text_left");
    painter.setFont(theme.font("label"));
    const double words = QFontMetricsF(painter.font()).horizontalAdvance(text());
    const bool alone = textLeft + words > width();
    const double x = alone ? (width() - icon) / 2 : left;
    paintIcon(painter, QRectF(x, (height() - icon) / 2, icon, icon),
              isChecked() ? "link" : "unlink", theme.colour("text.primary"));
    if (alone)
        return;
    painter.setPen(theme.colour("text.primary"));
    painter.drawText(QRectF(textLeft, 0, width() - textLeft, height()),
                     Qt::AlignVCenter | Qt::AlignLeft, text());
}

void LinkToggle::focusInEvent(QFocusEvent *event)
{
    SwitchControl::focusInEvent(event);
    FocusRing::enter(this, parentWidget(), event,
                     FocusRing::around(rect(), Theme::shared().number("radius.control")));
}

} // namespace widgets
