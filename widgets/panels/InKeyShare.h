// SPDX-License-Identifier: GPL-3.0-or-later
//
// How much of the energy lies in the key, before and after: two numbers, and a bar with a tick for
// before. Units: shares are 0…1. Real-time: no; GUI thread only. Errors: none; without shares
// dashes stand for them.
#pragma once

#include <QWidget>

#include <optional>
#include <utility>

namespace widgets {

class InKeyShare final : public QWidget {
    Q_OBJECT
public:
    explicit InKeyShare(QWidget *parent = nullptr);

    void setShares(const std::optional<std::pair<double, double>> &shares);
    /// The stage's colour: "stage.pre_quant".
    void setAccent(const char *token);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void describe();
    void paintBar(QPainter &painter, double top) const;

    std::optional<std::pair<double, double>> shares_;
    QByteArray accent_ = "stage.pre_quant";
};

} // namespace widgets
