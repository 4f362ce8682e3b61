// SPDX-License-Identifier: GPL-3.0-or-later
//
// The selected tap over the preview window, one lane a channel, with the input as a grey outline
// behind it and dashed lines at the ceiling. Zoomed in past one sample a pixel it draws the
// samples. Moving, zooming, saving and keys are PlotView's, in time only; a click on the ruler
// changes it between decibels and plain amplitude.
// Hover: time, value, level. Units: x as TimePlotView's; y full scale (1.0) in each lane. A sound
// above full scale makes the lanes' range larger, so nothing is hidden. Real-time: no; GUI thread
// only. Errors: none.
#pragma once

#include "engine/base/AudioBuffer.h"
#include "widgets/views/TimePlotView.h"

namespace widgets {

class WaveformView final : public TimePlotView {
    Q_OBJECT
public:
    using Sound = std::shared_ptr<const engine::AudioBuffer>;
    enum class Ruler { Decibels, Linear };

    explicit WaveformView(QWidget *parent = nullptr);

    /// Null: nothing to draw. The zoom stays while the window stays the same.
    void setSound(Sound sound, double windowStart);
    void setInput(Sound input);
    void setCeiling(std::optional<double> decibels);
    void setRuler(Ruler ruler);
    Ruler ruler() const { return ruler_; }

    /// The lane of a channel, and where a value lies in it.
    QRectF lane(int channel) const;
    double yOf(int channel, double value) const;
    /// The samples, or where they are denser than pixels the least and the most under each.
    QString valuesAsCsv() const override;

protected:
    PictureStrokes pictureStrokes(QSize pixels, qreal ratio) const override;
    void paintBehind(QPainter &painter) const override;
    void paintInside(QPainter &painter) const override;
    void paintAround(QPainter &painter) const override;
    Hover hoverAt(QPointF place) const override;
    void mousePressEvent(QMouseEvent *event) override;
    double durationS() const override;
    bool hasPicture() const override { return sound_ != nullptr; }
    QString axisNames() const override;
    QString pictureTitle() const override;
    QString spokenText() const override;

private:
    int rate() const { return sound_->format().sampleRateHz; }
    int lanes() const { return sound_ ? sound_->channels() : 1; }
    int laneAt(double y) const;
    QString laneName(int channel) const;
    void paintLevels(QPainter &painter, int channel) const;

    Sound sound_;
    Sound input_;
    std::optional<double> ceilingDb_;
    Ruler ruler_ = Ruler::Decibels;
    double peak_ = 0.0;
    double range_ = 1.0; ///< value at a lane's edge
};

} // namespace widgets
