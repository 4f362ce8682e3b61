// SPDX-License-Identifier: GPL-3.0-or-later
//
// The last runs as bars, the newest white, with their median and a dashed line at 100 ms.
// Left and Right walk along the bars; the pointer or the walk names what changed.
// Units: seconds. Real-time: no; GUI thread only. Errors: none.
#pragma once

#include <QString>
#include <QWidget>

#include <optional>

#include <vector>

namespace widgets {

class TimingHistory final : public QWidget {
    Q_OBJECT
public:
    struct Bar {
        double seconds;
        QString whatChanged;
    };
    explicit TimingHistory(QWidget *parent = nullptr);

    void setBars(std::vector<Bar> bars, const QString &caption);
    double medianSeconds() const;
    /// "Fold 4.8 → 5.0, 46 ms".
    QString barText(std::size_t index) const;
    /// In this widget's coordinates.
    /// Where the limit's name stands clear of the bars; nowhere where they leave no room.
    std::optional<QRectF> limitNameRect() const;
    QRectF barRect(std::size_t index) const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void point(int index, const QPoint &globalPosition);
    double scaleSeconds() const;
    double limitY() const;
    QRectF plot() const;

    std::vector<Bar> bars_;
    QString caption_;
    int pointed_ = -1;
};

} // namespace widgets
