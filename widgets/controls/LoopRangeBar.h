// SPDX-License-Identifier: GPL-3.0-or-later
//
// A stretch of time with the part that repeats and the moment that is heard. The two ends are
// dragged; a press elsewhere goes there. By keyboard: Left and Right move the part, with Shift its
// end.
// Units: seconds. Shape: the part is at least leastSeconds long. Real-time: no; GUI thread only.
#pragma once

#include <QWidget>

namespace widgets {

class LoopRangeBar final : public QWidget {
    Q_OBJECT
public:
    static constexpr double leastSeconds = 0.2;

    explicit LoopRangeBar(QWidget *parent = nullptr);

    /// The whole stretch; the part becomes all of it.
    void setLength(double seconds);
    void setRange(double first, double end);
    void setMoment(double seconds);
    double first() const { return first_; }
    double end() const { return end_; }
    QSize sizeHint() const override;

signals:
    void rangeChanged(double first, double end);
    void seekRequested(double seconds);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    enum class Held { Nothing, First, End };
    double x(double seconds) const;
    double secondsAt(double x) const;
    void move(double first, double end);

    double length_ = 1.0;
    double first_ = 0.0;
    double end_ = 1.0;
    double moment_ = 0.0;
    Held held_ = Held::Nothing;
};

} // namespace widgets
