// SPDX-License-Identifier: GPL-3.0-or-later
//
// The monitor's volume, −60 (silent) to +6 dB; never part of a render. Drag or press on the line,
// wheel 1 dB, double-click 0 dB; arrow keys 1 dB, PageUp and PageDown 6 dB.
// Units: the slider's integers are tenths of a decibel. Real-time: no; GUI thread only.
#pragma once

#include <QSlider>

namespace widgets {

class VolumeSlider final : public QSlider {
    Q_OBJECT
public:
    static constexpr int tenths = 10;
    static constexpr int lowestDb = -60;
    static constexpr int highestDb = 6;

    explicit VolumeSlider(QWidget *parent = nullptr);
    double decibels() const { return static_cast<double>(value()) / tenths; }
    /// "−6.0 dB", "Silent".
    QString words() const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }
    void setCompact(bool compact);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    void moveTo(double x);

    bool compact_ = false;
};

} // namespace widgets
