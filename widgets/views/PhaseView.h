// SPDX-License-Identifier: GPL-3.0-or-later
//
// Left against right for the last 100 ms before the playhead: mid goes up, side across, so that
// mono is a vertical line and left and right lie on the diagonals; older sound is fainter. Below it
// the correlation of the same 100 ms, −1 to +1, as a bar and a number.
// Units: y (L + R) / 2 and x (R − L) / 2 in full scale; seconds of the playhead from the start of
// the file. Real-time: no; GUI thread only. Errors: none.
#pragma once

#include "engine/base/AudioBuffer.h"
#include "widgets/views/PlotView.h"

namespace widgets {

struct PhasePictureRequest;

class PhaseView final : public PlotView {
    Q_OBJECT
public:
    using Sound = std::shared_ptr<const engine::AudioBuffer>;
    static constexpr double shownMs = 100.0;

    explicit PhaseView(QWidget *parent = nullptr);

    /// Null: nothing to draw. Begins at windowStartSeconds of the file.
    void setSound(Sound sound, double windowStartSeconds);
    void setPlayhead(std::optional<double> seconds);

    /// Of what is shown; nothing where one side is silent.
    std::optional<double> shownCorrelation() const { return shownPicture().reading; }
    bool isMono() const { return mono_; }
    QRectF plot() const override;
    QString valuesAsCsv() const override;

protected:
    PictureJob pictureJob(QSize pixels, qreal ratio) const override;
    PictureStrokes documentStrokes(QSize pixels, qreal ratio) const override;
    QRectF ground() const override;
    void paintBehind(QPainter &painter) const override;
    void paintInside(QPainter &painter) const override;
    void paintAround(QPainter &painter) const override;
    QString axisNames() const override;
    QString pictureTitle() const override;
    QString spokenText() const override;

private:
    PhasePictureRequest request(QSize pixels, qreal ratio) const;
    void paintCorrelation(QPainter &painter) const;
    bool hasRoomBeside() const;
    QRectF wideGround() const;
    /// The frames that are shown.
    std::pair<std::int64_t, std::int64_t> range() const;

    Sound sound_;
    double windowStart_ = 0.0;
    std::optional<double> playhead_;
    bool mono_ = false;
    bool silent_ = false;
};

} // namespace widgets
