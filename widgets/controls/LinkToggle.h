// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whether Post-Quant follows Pre-Quant: a wide button "Linked to Pre-Quant" and, where it does not,
// "Own settings"; too narrow for words it shows the icon alone. To a screen reader a check box.
// Real-time: no. Errors: none.
#pragma once

#include "widgets/controls/ParameterControl.h"

#include <QCheckBox>

namespace widgets {

class LinkToggle final : public QCheckBox, public ParameterControl {
    Q_OBJECT
public:
    explicit LinkToggle(const engine::pipeline::ParameterInfo &info, QWidget *parent = nullptr);

    void showValue(double value) override;
    double shownParameter() const override { return isChecked() ? 1.0 : 0.0; }

signals:
    void edited(engine::pipeline::ParameterId id, double value, widgets::Edit edit);

protected:
    bool hitButton(const QPoint &at) const override { return rect().contains(at); }
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;

private:
    void describe();
};

} // namespace widgets
