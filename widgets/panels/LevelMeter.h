// SPDX-License-Identifier: GPL-3.0-or-later
//
// Two level bars from −60 to 0 dB with a held peak line, a scale and the word CLIP, which stays
// until it is clicked. Levels rise at once and fall 24 dB a second; a peak line stays 1500 ms.
// Units: dBFS; −∞ and NaN are silence. Real-time: no; GUI thread only. Errors: none.
// Only what changed is painted again; a repaint takes well under a millisecond.
#pragma once

#include <QBasicTimer>
#include <QElapsedTimer>
#include <QWidget>

#include <array>

namespace widgets {

class LevelMeter final : public QWidget {
    Q_OBJECT
public:
    explicit LevelMeter(QWidget *parent = nullptr);

    void setPeaks(std::array<double, 2> peakDb);
    void setClipped(bool clipped);
    bool isClipped() const { return clipped_; }
    /// Lets time pass; a timer does this while anything moves.
    void advance(double seconds);
    double shownDb(int channel) const { return shown_[static_cast<std::size_t>(channel)]; }
    double heldDb(int channel) const { return held_[static_cast<std::size_t>(channel)]; }
    /// Where a level lies between the bars' ends, in pixels from the left.
    double xOf(double db) const;
    QRectF barRect(int channel) const;
    QSize sizeHint() const override;

signals:
    void clipCleared();

protected:
    void paintEvent(QPaintEvent *event) override;
    void timerEvent(QTimerEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    QRect barsRect() const;
    QRectF clipRect() const;
    void paintBar(QPainter &painter, int channel) const;
    void paintScale(QPainter &painter) const;

    std::array<double, 2> target_;
    std::array<double, 2> shown_;
    std::array<double, 2> held_;
    std::array<double, 2> heldSeconds_{};
    bool clipped_ = false;
    QBasicTimer timer_;
    QElapsedTimer clock_;
};

} // namespace widgets
