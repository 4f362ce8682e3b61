// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/controls/PlainSwitch.h"

#include "widgets/controls/SwitchPaint.h"
#include "widgets/theme/Focus.h"
#include "widgets/theme/Theme.h"

#include <QPainter>

namespace widgets {

PlainSwitch::PlainSwitch(const QString &name, QWidget *parent)
    : QCheckBox(name, parent), name_(name)
{
    setAccessibleName(name);
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    trackKeyboardFocus(this);
    connect(&Theme::shared(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void PlainSwitch::setTextShown(bool shown)
{
    setText(shown ? name_ : QString());
    updateGeometry();
}

QSize PlainSwitch::sizeHint() const
{
    return switchSize(*this);
}

void PlainSwitch::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::shared();
    paintSwitch(*this, theme.colour("action.primary"));
    if (!hasKeyboardFocus(this))
        return;
    QPainter painter(this);
    paintFocusRing(painter, rect(), theme.number("radius.control"));
}

} // namespace widgets
