// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/controls/SwitchControl.h"

#include "widgets/theme/Theme.h"

#include <QKeyEvent>

namespace widgets {

SwitchControl::SwitchControl(const engine::pipeline::ParameterInfo &info, QWidget *parent)
    : QCheckBox(parent), ParameterControl(info.id)
{
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setChecked(info.defaultValue() != 0.0);
    connect(this, &QAbstractButton::clicked, this,
            [this](bool on) { emit edited(parameter(), on ? 1.0 : 0.0, Edit::Set); });
    connect(&Theme::shared(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void SwitchControl::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else if (event->key() == Qt::Key_Delete) {
        if (isChecked() != (info().defaultValue() != 0.0))
            click();
    } else
        QCheckBox::keyPressEvent(event);
}

} // namespace widgets
