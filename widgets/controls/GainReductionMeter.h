// SPDX-License-Identifier: GPL-3.0-or-later
//
// How far the limiter turns the sound down: a bar that grows from the top, a line at the most of
// late, a scale of 0, 3, 6 and 12 dB. Shape: the widget is bar and scale; the scale's ends are the
// bar's. Units: dB of reduction, 0 or more. Real-time: no. Errors: none.
#pragma once

#include <QWidget>

#include <optional>

namespace widgets {

class GainReductionMeter final : public QWidget {
    Q_OBJECT
public:
    explicit GainReductionMeter(QWidget *parent = nullptr);

    /// Nothing: there is no sound to measure.
    void setReduction(std::optional<double> db, std::optional<double> peakDb);
    /// Places the bar; the scale stands to its right.
    void placeBar(const QRect &bar);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    double yAt(double db) const;

    std::optional<double> db_;
    std::optional<double> peakDb_;
    QRect bar_;
};

} // namespace widgets
