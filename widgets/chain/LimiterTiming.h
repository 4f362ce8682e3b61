// SPDX-License-Identifier: GPL-3.0-or-later
//
// The limiter's seldom used controls in a small window over the card: look-ahead and release. Esc
// or a click elsewhere closes it. Units: the parameter table's. Real-time: no. Errors: none.
#pragma once

#include <QWidget>

namespace widgets {

class Knob;

class LimiterTiming final : public QWidget {
    Q_OBJECT
public:
    explicit LimiterTiming(QWidget *card);

    Knob *lookahead() const { return lookahead_; }
    Knob *release() const { return release_; }
    /// Right edges aligned, its first knob focused.
    void openAbove(const QWidget &card);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Knob *lookahead_;
    Knob *release_;
};

} // namespace widgets
