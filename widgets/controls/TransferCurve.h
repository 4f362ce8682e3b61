// SPDX-License-Identifier: GPL-3.0-or-later
//
// The distortion's curve as it is set now: x in, y out, with the straight line for comparison and a
// dot at the present input level. Dragging sets two parameters at once: up and down the gain (Fold
// or Drive), left and right the shape (Bias or Warmth); arrow keys do the same.
// Shape: input −1…1 over the width. Units: linear; full scale is 1. Real-time: no. Errors: none.
#pragma once

#include "engine/dsp/Distortion.h"
#include "widgets/controls/NudgeRun.h"

#include <QWidget>

namespace widgets {

class TransferCurve final : public QWidget {
    Q_OBJECT
public:
    explicit TransferCurve(QWidget *parent = nullptr);

    void setShape(const engine::dsp::Distortion::Parameters &shape);
    void setInputLevel(double linear);

    engine::pipeline::ParameterId verticalParameter() const;
    engine::pipeline::ParameterId horizontalParameter() const;
    /// Where the curve gives `input`, in the widget.
    QPointF pointAt(double input) const;

signals:
    void edited(engine::pipeline::ParameterId id, double value, widgets::Edit edit);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;

private:
    /// One of the two parameters while it is dragged.
    struct Axis {
        double start = 0.0;  ///< knob position at the press
        double pulled = 0.0; ///< pixels since the press
        bool moved = false;
    };
    double valueOf(engine::pipeline::ParameterId id) const;
    void choose(engine::pipeline::ParameterId id, double value, Edit edit);
    void pull(Axis &axis, engine::pipeline::ParameterId id, double pixels, bool fine);
    bool actOn(const QKeyEvent *event, bool really);
    void describe();
    double outputRange() const;
    QRectF plot() const;
    double curve(double input) const;

    engine::dsp::Distortion::Parameters shape_;
    double level_ = 0.0;
    bool dragging_ = false;
    QPoint last_;
    Axis vertical_;
    Axis horizontal_;
    NudgeRun verticalRun_;
    NudgeRun horizontalRun_;
};

} // namespace widgets
