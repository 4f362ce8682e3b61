// SPDX-License-Identifier: GPL-3.0-or-later
//
// How far the limiter turned the sound down, over time: it hangs from the top, 12 dB deep (24 or 48
// where more was taken away), with the playhead over it. A view of its own, or a lane below a
// spectrogram: both begin and end at the same pixels, and shownXChanged and showX keep them
// together. A click asks for a seek; moving and zooming in time are PlotView's.
// Hover: time, reduction. Units: x seconds from the start of the window, y dB, 0 and below;
// seekRequested and setPlayhead count from the start of the file. Real-time: no; GUI thread only.
// Errors: none.
#pragma once

#include "engine/pipeline/Pipeline.h"
#include "widgets/views/TimePlotView.h"

namespace widgets {

class GainReductionView final : public TimePlotView {
    Q_OBJECT
public:
    using Trace = std::shared_ptr<const engine::pipeline::LimiterTrace>;
    static constexpr double leastDepthDb = 12.0;

    explicit GainReductionView(QWidget *parent = nullptr);

    /// Null: nothing to draw. The window that is shown is given in seconds of the file.
    void setTrace(Trace trace, int sampleRateHz, double windowStartSeconds, double windowSeconds);
    /// The limiter is off, which is said in words.
    void setLimiterOn(bool on);
    /// Without a time ruler, to lie below another view that has one.
    void setLane(bool lane);
    bool isLane() const { return lane_; }

    /// The most within a stretch of the window, 0 or more.
    double mostReductionDb(double fromS, double toS) const;
    double yOfReduction(double db) const { return yAt(-db); }
    QRectF plot() const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    QString valuesAsCsv() const override;

protected:
    PictureStrokes pictureStrokes(QSize pixels, qreal ratio) const override;
    void paintBehind(QPainter &painter) const override;
    void paintInside(QPainter &painter) const override;
    void paintAround(QPainter &painter) const override;
    Hover hoverAt(QPointF place) const override;
    double durationS() const override { return windowSeconds_; }
    bool hasPicture() const override { return trace_ != nullptr; }
    QString axisNames() const override;
    QString pictureTitle() const override;
    QString spokenText() const override;

private:
    bool hasTrace() const { return trace_ && !trace_->reduction.db.empty() && on_; }
    double firstS() const; ///< of the trace, in the window
    double hopS() const;
    double tickApart() const; ///< pixels between levels

    Trace trace_;
    int rateHz_ = 1;
    double windowSeconds_ = 0.0;
    bool on_ = true;
    bool lane_ = false;
};

} // namespace widgets
