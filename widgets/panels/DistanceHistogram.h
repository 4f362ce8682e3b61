// SPDX-License-Identifier: GPL-3.0-or-later
//
// How far the energy lies from the nearest allowed note, −100…+100 cents: before as an outline,
// after as filled bars, the band that counts as in key shaded.
// Shape: 40 bins of 5 cents each. Units: cents, shares of the energy. Real-time: no; GUI thread
// only. Errors: none.
#pragma once

#include "engine/analysis/Quantization.h"

#include <QWidget>

class QCustomPlot;
class QCPBars;
class QCPCurve;
class QCPItemRect;

namespace widgets {

class DistanceHistogram final : public QWidget {
    Q_OBJECT
public:
    using Histogram = engine::analysis::Quantization::Histogram;

    explicit DistanceHistogram(QWidget *parent = nullptr);
    ~DistanceHistogram() override;

    void setShares(const Histogram &before, const Histogram &after);
    void setAccent(const char *token);
    /// "+2.5 ¢: 12 % before, 31 % after": what the bin under x (in this widget) holds.
    QString binText(double x) const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool event(QEvent *event) override;

private:
    void tint();
    void paintCents(QPainter &painter) const;
    void paintLegend(QPainter &painter) const;
    void describe();

    Histogram before_{};
    Histogram after_{};
    QByteArray accent_ = "stage.pre_quant";
    QCustomPlot *plot_;
    QCPBars *bars_;
    QCPCurve *outline_;
    QCPItemRect *band_;
};

} // namespace widgets
