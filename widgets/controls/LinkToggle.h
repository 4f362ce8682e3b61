// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whether Post-Quant follows Pre-Quant: a wide button "Linked to Pre-Quant" and, where it does not,
// "Own settings"; too narrow for words it shows the icon alone. To a screen reader a check box.
// Real-time: no. Errors: none.
#pragma once

#include "widgets/controls/SwitchControl.h"

namespace widgets {

class LinkToggle final : public SwitchControl {
    Q_OBJECT
public:
    explicit LinkToggle(const engine::pipeline::ParameterInfo &info, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;

private:
    void describe();
};

} // namespace widgets
