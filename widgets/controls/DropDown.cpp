// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/controls/DropDown.h"

#include "widgets/theme/Icons.h"
#include "widgets/theme/Theme.h"

#include <QPainter>

namespace widgets {

DropDown::DropDown(const QString &name, QWidget *parent) : QComboBox(parent)
{
    setAccessibleName(name);
    setFocusPolicy(Qt::TabFocus);
    connect(&Theme::shared(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void DropDown::paintEvent(QPaintEvent *event)
{
    QComboBox::paintEvent(event);
    const Theme &theme = Theme::shared();
    const double side = theme.number("choice.icon");
    QPainter painter(this);
    const double right = width() - theme.number("choice.icon_right");
    paintIcon(painter, {right - side / 2, (height() - side) / 2, side, side}, "chevron-down",
              theme.colour(isEnabled() ? "text.tertiary" : "text.disabled"));
}

} // namespace widgets
