// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/controls/ToggleSwitch.h"

#include "widgets/controls/FocusRing.h"
#include "widgets/controls/ParameterPresentation.h"
#include "widgets/controls/SwitchPaint.h"
#include "widgets/theme/Theme.h"

#include <QFocusEvent>

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
    return switchSize(*this);
}

void ToggleSwitch::placeTrack(int left, int middle)
{
    const QSize size = sizeHint();
    setGeometry(left - Theme::shared().px("switch.margin"), middle - size.height() / 2,
                size.width(), size.height());
}

void ToggleSwitch::paintEvent(QPaintEvent *)
{
    paintSwitch(*this, stageColour(stageToken(info().stage)));
}

void ToggleSwitch::focusInEvent(QFocusEvent *event)
{
    SwitchControl::focusInEvent(event);
    FocusRing::enter(this, parentWidget(), event, FocusRing::around(switchTrack(*this), switchTrack(*this).height() / 2));
}

} // namespace widgets
