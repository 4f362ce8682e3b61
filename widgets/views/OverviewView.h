// SPDX-License-Identifier: GPL-3.0-or-later
//
// The whole file in one strip, and on it the preview window: what is worked on. Also the large
// progress bar of loading and rendering.
// Drag the window's bar to move it, its edges to resize it, double-click elsewhere to move it
// there, Shift-drag to draw a new one; a click in it sets the playhead. The wheel zooms at the
// pointer, Shift+wheel pans, a double-click on the ruler shows all. Keys: Left and Right 1 s
// (Shift 0.1 s, Ctrl one length), Home, End; plus and minus zoom, 0 shows all.
// Units: seconds from the start of the file. Real-time: no; GUI thread only. Errors: none.
// All but the playhead is kept as a picture; a moving playhead repaints two thin strips.
#pragma once

#include "engine/analysis/WaveformPeaks.h"

#include <QPixmap>
#include <QWidget>

#include <memory>
#include <optional>

namespace widgets {

class OverviewView final : public QWidget {
    Q_OBJECT
public:
    using Peaks = std::shared_ptr<const engine::analysis::WaveformPeaks>;
    static constexpr double minimumWindowSeconds = 1.0;
    static constexpr double maximumWindowSeconds = 30.0;

    explicit OverviewView(QWidget *parent = nullptr);

    /// Null: no file. While a file is read, `peaks` grows and covers less than `totalSeconds`.
    void setPeaks(Peaks peaks, double totalSeconds, int sampleRateHz);
    /// The selected tap over the preview window, in the colour "stage.output"; null: none yet.
    void setTapPeaks(Peaks peaks, double windowStart, const char *stageToken);
    void setWindow(double start, double seconds);
    void setPlayhead(std::optional<double> seconds);
    /// 0..1: how much of the file is rendered; nothing: no render runs.
    void setRenderProgress(std::optional<double> fraction);
    /// What stands here while there is no file.
    void setEmptyText(const QString &text);
    /// The words of design for a program without a file, and for one after a failed open.
    static QString invitation();
    static QString noFileText();

    double windowStart() const { return start_; }
    double windowSeconds() const { return length_; }
    double viewStart() const { return viewStart_; }
    double viewEnd() const { return viewEnd_; }
    double xOf(double seconds) const;
    double secondsAt(double x) const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void windowMoved(double start, double seconds, bool finished);
    void seekRequested(double seconds);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    enum class Part { None, Ruler, Bar, LeftEdge, RightEdge, Inside };
    bool hasFile() const { return peaks_ && totalSeconds_ > 0.0; }
    QRectF plot() const;
    QRectF windowRect() const;
    Part partAt(QPointF place) const;
    double clampedStart(double start, double length) const;
    void changeWindow(double start, double seconds, bool finished);
    void dragTo(QPointF place, bool finished);
    void showRange(double start, double end);
    void invalidate();
    void announceWindow();
    QRect playheadStrip() const;

    void paintAll(QPainter &painter) const;
    void paintEmpty(QPainter &painter) const;
    void paintRuler(QPainter &painter, const QRectF &taken) const;
    void paintWaves(QPainter &painter) const;
    void paintFile(QPainter &painter, double first, double end, bool rendered) const;
    void paintTap(QPainter &painter) const;
    QRectF paintWindow(QPainter &painter) const;
    QColor windowTint() const;
    QRectF labelRect() const;
    QString label() const;

    Peaks peaks_;
    Peaks tapPeaks_;
    double totalSeconds_ = 0.0;
    int sampleRateHz_ = 48000;
    double tapStart_ = 0.0;
    QByteArray tapStage_ = "stage.input";
    double start_ = 0.0;
    double length_ = 10.0;
    double viewStart_ = 0.0;
    double viewEnd_ = 0.0;
    std::optional<double> playhead_;
    std::optional<double> rendered_;
    QString emptyText_;

    Part dragged_ = Part::None;
    bool drawing_ = false;
    double grabSeconds_ = 0.0; ///< pointer's time where the drag began
    double grabStart_ = 0.0;
    double grabLength_ = 0.0;
    QPixmap cache_;
};

} // namespace widgets
