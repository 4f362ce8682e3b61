// SPDX-License-Identifier: GPL-3.0-or-later
//
// The playhead over a plot: a line with a handle, a child of its own, so that moving it repaints
// two narrow strips and nothing else. The mouse goes through it.
// Units: logical pixels of the parent. Real-time: no; GUI thread only. Errors: none.
#pragma once

#include <QWidget>

#include <optional>

namespace widgets {

class PlayheadLine final : public QWidget {
    Q_OBJECT
public:
    explicit PlayheadLine(QWidget *plot);
    /// Nothing: hidden.
    void place(std::optional<double> x, const QRectF &plot);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    double middle_ = 0.0; ///< in this widget
};

} // namespace widgets
