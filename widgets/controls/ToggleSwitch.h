// SPDX-License-Identifier: GPL-3.0-or-later
//
// A switch of one parameter in its stage's colour; to a screen reader a check box. With a label it
// is as wide as both. Shape: 28 × 16 track in a box of at least 24 high. Real-time: no.
#pragma once

#include "widgets/controls/SwitchControl.h"

namespace widgets {

class ToggleSwitch final : public SwitchControl {
    Q_OBJECT
public:
    explicit ToggleSwitch(const engine::pipeline::ParameterInfo &info, QWidget *parent = nullptr);

    /// Places the track's left edge and middle.
    void placeTrack(int left, int middle);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
};

} // namespace widgets
