// SPDX-License-Identifier: GPL-3.0-or-later
//
// A Choice of few, all visible: a group of radio buttons side by side, of which the chosen one is
// raised. Arrow keys move the choice. Shape: segments share the width in proportion to their words.
// Real-time: no. Errors: none.
#pragma once

#include "widgets/controls/ParameterControl.h"

#include <QWidget>

#include <vector>

class QAbstractButton;

namespace widgets {

class SegmentedControl final : public QWidget, public ParameterControl {
    Q_OBJECT
public:
    explicit SegmentedControl(const engine::pipeline::ParameterInfo &info,
                              QWidget *parent = nullptr);

    void showValue(double value) override;
    double shownParameter() const override;
    QAbstractButton *segment(int index) const { return segments_[std::size_t(index)]; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

signals:
    void edited(engine::pipeline::ParameterId id, double value, widgets::Edit edit);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    std::vector<QAbstractButton *> segments_;
};

} // namespace widgets
