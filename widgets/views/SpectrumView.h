// SPDX-License-Identifier: GPL-3.0-or-later
//
// Level over logarithmic frequency: the tap as a filled curve in its stage's colour, the input as a
// grey line, the key's notes as lines with the roots named, peak hold where it is given.
// Hover: frequency and note of the nearest peak, both levels and their difference. Moving, zooming
// (along frequency), saving and keys are PlotView's.
// Units: x octaves (log2 of Hz) from 20 Hz to 20 kHz, y dB. Real-time: no; GUI thread only.
// Errors: none.
#pragma once

#include "engine/analysis/Spectrum.h"
#include "widgets/views/PlotView.h"

namespace widgets {

class SpectrumView final : public PlotView {
    Q_OBJECT
public:
    using Snapshot = std::shared_ptr<const engine::analysis::Spectrum>;
    static constexpr AxisRange defaultDb{-90.0, 0.0};

    explicit SpectrumView(QWidget *parent = nullptr);

    /// Null: nothing to draw.
    void setSpectrum(Snapshot spectrum);
    void setInput(Snapshot input);
    void setPeakHold(Snapshot held);
    void setDbRange(AxisRange db);

    double xOfHz(double hz) const { return xAt(octavesOfHz(hz)); }
    double yOfDb(double db) const { return yAt(db); }
    QString valuesAsCsv() const override;

protected:
    PictureJob pictureJob(QSize pixels, qreal ratio) const override;
    void paintBehind(QPainter &painter) const override;
    void paintInside(QPainter &painter) const override;
    void paintAround(QPainter &painter) const override;
    Hover hoverAt(QPointF place) const override;
    QString axisNames() const override;
    QString spokenText() const override;

private:
    bool silent() const;

    Snapshot spectrum_;
    Snapshot input_;
    Snapshot held_;
};

} // namespace widgets
