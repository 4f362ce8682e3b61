// SPDX-License-Identifier: GPL-3.0-or-later
//
// A horizontal slider of the interface that belongs to no parameter: a groove that fills to a round
// thumb, 0…1. It is dragged, wheeled and moved by arrow keys; only what the person does is told.
// Units: a share 0…1, logical pixels. Real-time: no; GUI thread only. Errors: none.
#pragma once

#include "widgets/controls/NudgeRun.h"

#include <QSlider>

namespace widgets {

class PlainSlider final : public QSlider {
    Q_OBJECT
public:
    /// `name` is what it is called aloud.
    explicit PlainSlider(const QString &name, QWidget *parent = nullptr);

    /// Never signals moved().
    void setShare(double share);
    /// Exactly 0 and 1 at the ends.
    double share() const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void moved(double share, widgets::Edit edit);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;

private:
    /// By steps of a thousandth.
    void nudge(int steps, const QInputEvent &event);
    bool actOn(const QKeyEvent &event, bool really);

    double wheelRest_ = 0.0;
    NudgeRun run_;
};

/// Groove, filled part and thumb of a slider, and its ring for keyboard focus.
void paintSlider(const QSlider &slider, QPainter &painter);
/// Where the thumb's middle is, and which value stands at a place.
double sliderX(const QSlider &slider, int value);
int sliderValueAt(const QSlider &slider, double x);

} // namespace widgets
