// SPDX-License-Identifier: GPL-3.0-or-later
//
// The wave itself, 5 to 200 ms of it, held still: it begins where the wave last rises through zero
// at or before the playhead. The tap in its stage's colour, the input at the same moment as a grey
// line behind it, dashed lines at ± the ceiling. One channel at a time.
// Hover: time, value, level. The wheel changes the time shown, with Ctrl the height.
// Units: x ms from the trigger, y full scale (1.0); seconds of the playhead from the start of the
// file. Real-time: no; GUI thread only. Errors: none.
#pragma once

#include "engine/base/AudioBuffer.h"
#include "widgets/views/PlotView.h"

namespace widgets {

class ScopeView final : public PlotView {
    Q_OBJECT
public:
    using Sound = std::shared_ptr<const engine::AudioBuffer>;
    static constexpr double leastMs = 5.0;
    static constexpr double mostMs = 200.0;
    static constexpr double defaultMs = 30.0;

    explicit ScopeView(QWidget *parent = nullptr);

    /// Null: nothing to draw. Both begin at windowStartSeconds of the file.
    void setSound(Sound sound, double windowStartSeconds);
    void setInput(Sound input);
    void setPlayhead(std::optional<double> seconds);
    void setCeiling(std::optional<double> decibels);
    void setChannel(int channel);
    void setLengthMs(double ms);
    /// Where the shown wave begins, in the sound's frames.
    double originFrame() const { return shownPicture().origin; }
    void showAll() override;
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
    double valueAt(const engine::AudioBuffer &sound, double frame) const;
    double rate() const;

    Sound sound_;
    Sound input_;
    double windowStart_ = 0.0;
    std::optional<double> playhead_;
    std::optional<double> ceilingDb_;
    int channel_ = 0;
    double peak_ = 0.0;
};

} // namespace widgets
