// SPDX-License-Identifier: GPL-3.0-or-later
//
// Level over time and logarithmic frequency, with a piano axis of the key's notes at the left, the
// colours' levels at the right and the playhead over it. A click asks for a seek; moving, zooming,
// saving and keys are PlotView's (Ctrl and wheel: frequency only, Shift and wheel: time only).
// Hover: time, frequency of the nearest peak within 35 cents, its note and level.
// Units: x seconds from the start of the window, y octaves (log2 of Hz), levels dB; seekRequested
// and setPlayhead count from the start of the file. Real-time: no; GUI thread only. Errors: none.
#pragma once

#include "engine/analysis/Spectrogram.h"
#include "widgets/views/ColourMap.h"
#include "widgets/views/PlotView.h"

namespace widgets {

class PlayheadLine;

class SpectrogramView final : public PlotView {
    Q_OBJECT
public:
    using Snapshot = std::shared_ptr<const engine::analysis::Spectrogram>;
    static constexpr AxisRange defaultDb{-66.0, 0.0};

    explicit SpectrogramView(QWidget *parent = nullptr);

    /// Null: nothing to draw. The zoom stays while the window stays the same.
    void setSpectrogram(Snapshot spectrogram, double windowStartSeconds);
    void setPlayhead(std::optional<double> seconds);
    void setDbRange(AxisRange db);
    AxisRange dbRange() const { return db_; }
    /// None: the theme's own.
    void setColourMap(std::optional<ColourMap> map);
    ColourMap colourMap() const { return map_ ? *map_ : themeColourMap(); }

    QRectF plot() const override;
    double xOfSeconds(double secondsInWindow) const { return xAt(secondsInWindow); }
    double yOfHz(double hz) const { return yAt(octavesOfHz(hz)); }
    /// One row a column of the picture, one column a semitone: its loudest level.
    QString valuesAsCsv() const override;

protected:
    PictureJob pictureJob(QSize pixels, qreal ratio) const override;
    QRectF ground() const override;
    void paintInside(QPainter &painter) const override;
    void paintAround(QPainter &painter) const override;
    Hover hoverAt(QPointF place) const override;
    void clicked(QPointF place) override;
    void shownChanged() override;
    QString axisNames() const override;
    QString spokenText() const override;

private:
    bool silent() const;
    void paintPiano(QPainter &painter) const;
    void paintColourBar(QPainter &painter) const;
    void placePlayhead();

    Snapshot spectrogram_;
    double windowStart_ = 0.0;
    std::optional<double> playhead_;
    PlayheadLine *line_;
    AxisRange db_ = defaultDb;
    std::optional<ColourMap> map_;
};

} // namespace widgets
