// SPDX-License-Identifier: GPL-3.0-or-later
//
// What every control of a parameter that is on or off shares, however it is painted: to a screen
// reader a check box; Space and Enter switch, Delete resets; the whole of it can be clicked.
// Real-time: no; GUI thread only. Errors: none.
#pragma once

#include "widgets/controls/ParameterControl.h"

#include <QCheckBox>

namespace widgets {

class SwitchControl : public QCheckBox, public ParameterControl {
    Q_OBJECT
public:
    void showValue(double value) override { setChecked(value != 0.0); }
    double shownParameter() const override { return isChecked() ? 1.0 : 0.0; }

signals:
    void edited(engine::pipeline::ParameterId id, double value, widgets::Edit edit);

protected:
    SwitchControl(const engine::pipeline::ParameterInfo &info, QWidget *parent);
    bool hitButton(const QPoint &at) const override { return rect().contains(at); }
    void keyPressEvent(QKeyEvent *event) override;
};

} // namespace widgets
