// SPDX-License-Identifier: GPL-3.0-or-later
//
// A switch of one parameter in its stage's colour; to a screen reader a check box. With a label it
// is as wide as both. Shape: 28 × 16 track in a box of at least 24 high. Real-time: no.
#pragma once

#include "widgets/controls/ParameterControl.h"

#include <QCheckBox>

namespace widgets {

class ToggleSwitch final : public QCheckBox, public ParameterControl {
    Q_OBJECT
public:
    explicit ToggleSwitch(const engine::pipeline::ParameterInfo &info, QWidget *parent = nullptr);

    void showValue(double value) override;
    double shownParameter() const override { return isChecked() ? 1.0 : 0.0; }
    /// Places the track's left edge and middle.
    void placeTrack(int left, int middle);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

signals:
    void edited(engine::pipeline::ParameterId id, double value, widgets::Edit edit);

protected:
    bool hitButton(const QPoint &at) const override { return rect().contains(at); }
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;

private:
    QRectF track() const;
};

} // namespace widgets
