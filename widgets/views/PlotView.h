// SPDX-License-Identifier: GPL-3.0-or-later
//
// What spectrogram, spectrum, scope and phase view share: a picture that a worker draws and that
// stays until the next one is ready, moving and zooming, the pointer's read-out, and saving.
// While a newer picture is drawn the old one is shown where its values now belong. New data fades
// in; a change of range does not. Everything but pointer and playhead lies in one kept image. A
// view that is not visible draws nothing until it is.
// The wheel zooms at the pointer (Shift: along x only, Ctrl: along y only), dragging pans, a
// double-click shows all; keys: plus, minus, 0 and the arrows.
// Right-click: the context menu belongs to whoever owns the view (customContextMenuRequested).
// Units: axis values in the view's own units; seconds of a playhead from the start of the file.
// Real-time: no; GUI thread only. Errors: those of PictureSource.
#pragma once

#include "engine/dsp/Scale.h"
#include "widgets/views/AxisScale.h"
#include "widgets/views/PictureSource.h"
#include "widgets/views/PictureWorker.h"
#include "widgets/views/PlotPaint.h"

#include <QImage>
#include <QVariantAnimation>
#include <QWidget>

namespace widgets {

class HoverLayer;

class PlotView : public QWidget, public PictureSource {
    Q_OBJECT
public:
    /// "After Distortion" and the colour of its trace, "stage.distortion".
    void setTitle(const QString &title, const char *stageToken);
    const QString &title() const { return title_; }
    void setScale(const engine::dsp::Scale &scale);
    void setInKeyLines(bool shown);
    bool inKeyLines() const { return inKeyLines_; }

    virtual QRectF plot() const;
    AxisRange shownX() const { return x_; }
    AxisRange shownY() const { return y_; }
    AxisRange wholeX() const { return homeX_; }
    AxisRange wholeY() const { return homeY_; }
    /// Moves the view; what lies outside the data is not shown.
    void showRanges(AxisRange x, AxisRange y);
    virtual void showAll();
    void showX(AxisRange x) { showRanges(x, shownY()); }
    void zoomAt(QPointF place, double factorX, double factorY);
    double xAt(double value) const { return toPixel(value, x_, plot().left(), plot().right()); }
    double yAt(double value) const { return toPixel(value, y_, plot().bottom(), plot().top()); }
    double valueAtX(double x) const { return fromPixel(x, x_, plot().left(), plot().right()); }
    double valueAtY(double y) const { return fromPixel(y, y_, plot().bottom(), plot().top()); }

    /// The picture on the screen is the newest and as fine as it gets, and nothing fades.
    bool settled() const;
    /// The cells of the hover chip at a place, row by row: left, right.
    QStringList hoverText(QPointF place) const;
    QSize minimumSizeHint() const override;

signals:
    /// Seconds from the start of the file.
    void seekRequested(double seconds);
    void pictureShown();
    /// Other ranges are shown than before.
    void rangesShown();
    /// The part of the x axis that is shown; others with the same axis can follow it by showX.
    void shownXChanged(widgets::AxisRange x);

protected:
    PlotView(const char *name, QWidget *parent);

    /// Draws the inside of plot(), a point a device pixel; carries all it needs. None: nothing to
    /// draw, or the picture is made of pixels and pictureJob() draws it.
    virtual PictureStrokes pictureStrokes(QSize, qreal) const { return {}; }
    virtual PictureJob pictureJob(QSize pixels, qreal ratio) const;
    /// The same for documents of curves. None: the picture is put there as it is.
    virtual PictureStrokes documentStrokes(QSize pixels, qreal ratio) const
    {
        return pictureStrokes(pixels, ratio);
    }
    /// What the plot stands on, with round corners; on a panel.
    virtual QRectF ground() const { return plot(); }
    virtual void paintBehind(QPainter &) const {}
    virtual void paintInside(QPainter &) const {} ///< over the picture, clipped to the plot
    virtual void paintAround(QPainter &) const = 0;
    virtual void paintHints(QPainter &) const {} ///< what only serves on the screen
    struct Hover {
        QPointF place; ///< of the cross
        std::vector<ChipRow> rows;
    };
    virtual Hover hoverAt(QPointF) const { return {}; }
    virtual void paintHover(QPainter &painter, const Hover &hover) const;
    virtual void clicked(QPointF) {}
    virtual void shownChanged() {}                ///< range, size or theme
    virtual bool isBusy() const { return false; } ///< something finer is being worked out
    virtual QString axisNames() const = 0;        ///< "Time in s, frequency in Hz, level in dB"
    virtual QString pictureTitle() const = 0;     ///< in a document: "Spectrum: Output"
    virtual QString spokenText() const = 0;
    PictureSheet sheet(bool vector, double ratio) const override;

    /// The whole of both axes and the least that can be shown.
    void setHome(AxisRange x, AxisRange y, double leastX, double leastY);
    /// Whether the wheel alone changes both axes, or x only.
    void setWheelZoomsY(bool zooms) { wheelZoomsY_ = zooms; }
    void dataChanged();    ///< a new picture that fades in
    void rangeChanged();   ///< a new picture that does not
    void pictureChanged(); ///< the same for what is shown: shownChanged() is not called
    void describe();       ///< what is spoken has changed
    void frontChanged();   ///< the picture stays
    const engine::dsp::Scale &scale() const { return scale_; }
    QColor accent() const;
    const char *stageToken() const { return stage_.constData(); }
    const Picture &shownPicture() const { return shown_.picture; }
    double pixelsPerSemitone(bool alongX) const;

    bool event(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
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
    friend class HoverLayer;
    struct Drawn {
        Picture picture;
        AxisRange x;
        AxisRange y;
    };
    void request();
    void take(quint64 number, const Picture &picture);
    void paintDrawn(QPainter &painter, const Drawn &drawn, double opacity) const;
    void keepPicture(qreal ratio);
    QRectF placeOf(const Drawn &drawn) const;
    void keepQuickly(qreal ratio);
    void paintGround(QPainter &painter, const Drawn &drawn) const;
    void paintOver(QPainter &painter) const;
    void paintFront(QPainter &painter) const;
    void hoverMoved(std::optional<QPointF> place);
    bool actOnKey(const QKeyEvent *event, bool really);

    QString title_;
    QByteArray stage_ = "stage.output";
    engine::dsp::Scale scale_;
    bool inKeyLines_ = true;
    bool wheelZoomsY_ = true;

    AxisRange homeX_;
    AxisRange homeY_;
    double leastX_ = 1.0;
    double leastY_ = 1.0;
    AxisRange x_;
    AxisRange y_;

    PictureWorker worker_;
    quint64 awaited_ = 0;  ///< number of the newest wish
    quint64 fadeFrom_ = 0; ///< number of the first wish with new data, 0: none waits
    bool stale_ = false;   ///< a wish that waits until the view can be seen
    qreal requestedRatio_ = 0.0;
    struct Wish {
        quint64 number;
        AxisRange x;
        AxisRange y;
    };
    std::vector<Wish> wishes_;
    Drawn shown_;
    Drawn before_;
    QVariantAnimation fade_;
    QImage kept_; ///< opaque, of one device pixel a pixel
    qreal keptRatio_ = 0.0;
    bool keptIsNew_ = false;

    HoverLayer *hoverLayer_;
    std::optional<QPointF> hover_;
    bool pressed_ = false;
    bool panned_ = false;
    QPointF pressedAt_;
    AxisRange pressedX_;
    AxisRange pressedY_;
};

} // namespace widgets
