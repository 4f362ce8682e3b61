// SPDX-License-Identifier: GPL-3.0-or-later
//
// The selected tap over the preview window, one lane a channel, with the input as a grey outline
// behind it and dashed lines at the ceiling. Zoomed in past one sample a pixel it draws the
// samples. The wheel zooms at the pointer, dragging pans, a double-click shows all, a click asks
// for a seek; a click on the ruler changes it between decibels and plain amplitude. Keys: plus,
// minus, 0, and Left and Right pan. Units: seconds from the start of the file outside, from the
// start of the window on the ruler; 1.0 is full scale. A sound above full scale makes the lanes'
// range larger, so nothing is hidden. Real-time: no; GUI thread only. Errors: none. Playhead and
// pointer lie over a kept picture.
#pragma once

#include "engine/analysis/WaveformPeaks.h"
#include "widgets/views/PictureSource.h"

#include <QPixmap>
#include <QWidget>

#include <memory>
#include <optional>

namespace widgets {

class WaveformView final : public QWidget, public PictureSource {
    Q_OBJECT
public:
    using Sound = std::shared_ptr<const engine::AudioBuffer>;
    enum class Ruler { Decibels, Linear };

    explicit WaveformView(QWidget *parent = nullptr);

    /// `title` names it for those who hear it: "After Distortion". Null: nothing to draw.
    void setSound(Sound sound, double windowStart, const char *stageToken, const QString &title);
    void setInput(Sound input);
    void setCeiling(std::optional<double> decibels);
    void setPlayhead(std::optional<double> seconds);
    void setRuler(Ruler ruler);

    Ruler ruler() const { return ruler_; }
    /// Seconds from the start of the window.
    double viewStart() const { return viewStart_; }
    double viewEnd() const { return viewEnd_; }
    /// Of the window.
    double length() const;
    /// What lies outside the window is not shown.
    void showRange(double start, double end);
    /// The lane of a channel, and where a value lies in it.
    QRectF lane(int channel) const;
    double yOf(int channel, double value) const;
    double xOf(double secondsInWindow) const;
    double secondsAt(double x) const;
    /// The lines of the hover chip at a place: "6.550 s", "0.412", "−7.7 dBFS".
    QStringList hoverText(QPointF place) const;
    /// The samples, or where they are denser than pixels the least and the most under each.
    QString valuesAsCsv() const override;
    QSize minimumSizeHint() const override;

signals:
    /// Seconds from the start of the file.
    void seekRequested(double seconds);
    /// Other times are shown than before.
    void rangeShown();

protected:
    PictureSheet sheet(bool vector, double ratio) const override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    QRectF plot() const;
    int rate() const { return sound_ ? sound_->format().sampleRateHz : 48000; }
    int lanes() const { return sound_ ? std::max(sound_->channels(), 1) : 1; }
    int laneAt(double y) const;
    void zoomAt(double pivot, double factor);
    void measure();
    void describe();
    void invalidate();

    void paintSound(QPainter &painter) const;
    void paintRulers(QPainter &painter) const;
    QString laneName(int channel) const;
    void paintLane(QPainter &painter, int channel) const;
    void paintLevels(QPainter &painter, int channel) const;
    void paintTimes(QPainter &painter) const;
    void paintCeiling(QPainter &painter, int channel) const;
    void paintOutline(QPainter &painter, int channel) const;
    void paintSamples(QPainter &painter, int channel, const engine::AudioBuffer &sound,
                      const QColor &colour) const;
    void paintMessage(QPainter &painter, const QString &text) const;
    void paintPlayhead(QPainter &painter) const;
    void paintHover(QPainter &painter) const;
    QRect playheadStrip() const;

    Sound sound_;
    Sound input_;
    double windowStart_ = 0.0;
    QByteArray stage_ = "stage.output";
    QString title_;
    std::optional<double> ceilingDb_;
    std::optional<double> playhead_;
    Ruler ruler_ = Ruler::Decibels;
    double viewStart_ = 0.0;
    double viewEnd_ = 0.0;
    float peak_ = 0.0F;
    float range_ = 1.0F; ///< value at a lane's edge

    std::optional<QPointF> hover_;
    bool pressed_ = false;
    bool panned_ = false;
    QPointF pressedAt_;
    double pressedStart_ = 0.0;
    QPixmap cache_;
};

} // namespace widgets
