// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/views/PlotView.h"

#include "widgets/theme/Focus.h"
#include "widgets/theme/Theme.h"
#include "widgets/views/HoverLayer.h"

namespace widgets {

PlotView::PlotView(const char *name, QWidget *parent)
    : QWidget(parent), hoverLayer_(new HoverLayer(this))
{
    setObjectName(QString::fromLatin1(name));
    setFocusPolicy(Qt::TabFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setLayoutDirection(Qt::LeftToRight); // time and signal run left to right everywhere
    setContextMenuPolicy(Qt::CustomContextMenu);
    trackKeyboardFocus(this);
    connect(&Theme::shared(), &Theme::changed, this, &PlotView::rangeChanged);
    connect(&worker_, &PictureWorker::ready, this, &PlotView::take);
    fade_.setStartValue(0.0);
    fade_.setEndValue(1.0);
    connect(&fade_, &QVariantAnimation::valueChanged, this, &PlotView::frontChanged);
    connect(&fade_, &QVariantAnimation::finished, this, [this] {
        before_ = {};
        frontChanged();
    });
}

QSize PlotView::minimumSizeHint() const
{
    const Theme &theme = Theme::shared();
    return {theme.px("size.inspector"), theme.px("size.overview")};
}

QRectF PlotView::plot() const
{
    const Theme &theme = Theme::shared();
    const double left = theme.number("size.piano_axis") + theme.number("space.scale.x2");
    const double right = theme.number("space.scale.x4");
    const double bottom = theme.number("space.scale.x8");
    return {left, 0.0, std::max(width() - left - right, 1.0), std::max(height() - bottom, 1.0)};
}

QColor PlotView::accent() const
{
    return Theme::shared().colour(stage_.constData());
}

void PlotView::setTitle(const QString &title, const char *stageToken)
{
    if (title == title_ && stage_ == stageToken)
        return;
    title_ = title;
    stage_ = stageToken;
    dataChanged();
}

void PlotView::setScale(const engine::dsp::Scale &scale)
{
    if (scale == scale_)
        return;
    scale_ = scale;
    describe();
    frontChanged();
}

void PlotView::setInKeyLines(bool shown)
{
    inKeyLines_ = shown;
    frontChanged();
}

double PlotView::pixelsPerSemitone(bool alongX) const
{
    const double octaves = alongX ? x_.span() : y_.span();
    return (alongX ? plot().width() : plot().height()) / octaves / 12.0;
}

void PlotView::setHome(AxisRange x, AxisRange y, double leastX, double leastY)
{
    const bool same = x == homeX_ && y == homeY_;
    homeX_ = x;
    homeY_ = y;
    leastX_ = leastX;
    leastY_ = leastY;
    if (same)
        return;
    x_ = x;
    y_ = y;
    emit shownXChanged(x_);
}

void PlotView::showRanges(AxisRange x, AxisRange y)
{
    const AxisRange newX = within(x, homeX_, leastX_);
    const AxisRange newY = within(y, homeY_, leastY_);
    if (newX == x_ && newY == y_)
        return;
    const bool xChanged = newX != x_;
    x_ = newX;
    y_ = newY;
    rangeChanged();
    emit rangesShown();
    if (xChanged)
        emit shownXChanged(x_);
}

void PlotView::showAll()
{
    showRanges(homeX_, homeY_);
}

void PlotView::zoomAt(QPointF place, double factorX, double factorY)
{
    showRanges(zoomed(x_, valueAtX(place.x()), factorX, homeX_, leastX_),
               zoomed(y_, valueAtY(place.y()), factorY, homeY_, leastY_));
}

void PlotView::dataChanged()
{
    fadeFrom_ = awaited_ + 1;
    describe();
    request();
    frontChanged();
}

void PlotView::rangeChanged()
{
    shownChanged();
    pictureChanged();
}

void PlotView::pictureChanged()
{
    request();
    frontChanged();
}

void PlotView::frontChanged()
{
    keptIsNew_ = false;
    update();
    if (hover_)
        hoverLayer_->update();
}

void PlotView::showEvent(QShowEvent *)
{
    if (!stale_)
        return;
    if (fadeFrom_ != 0) // what was seen last is of another sound
        shown_ = {};
    request();
}

void PlotView::request()
{
    stale_ = !isVisible();
    if (stale_)
        return;
    const qreal ratio = devicePixelRatioF();
    requestedRatio_ = ratio;
    const QSize pixels = (plot().size() * ratio).toSize();
    PictureJob job = pictureJob(pixels, ratio);
    if (!job) {
        fade_.stop();
        shown_ = {};
        before_ = {};
        wishes_.clear();
        awaited_ = worker_.request([](const std::stop_token &) { return Picture{}; });
        return;
    }
    awaited_ = worker_.request(std::move(job));
    wishes_.push_back({awaited_, x_, y_});
}

void PlotView::take(quint64 number, const Picture &picture)
{
    while (!wishes_.empty() && wishes_.front().number < number)
        wishes_.erase(wishes_.begin());
    if (wishes_.empty() || wishes_.front().number != number || picture.image.isNull())
        return;
    const Wish wish = wishes_.front();
    const bool fades = fadeFrom_ != 0 && number >= fadeFrom_ && !shown_.picture.image.isNull();
    if (fadeFrom_ != 0 && number >= fadeFrom_)
        fadeFrom_ = 0;
    const int duration = Theme::shared().motionMs("motion.fast_ms");
    if (fades && duration > 0 && isVisible()) {
        before_ = shown_;
        fade_.stop();
        fade_.setDuration(duration);
        fade_.start();
    } else if (fade_.state() != QAbstractAnimation::Running) {
        before_ = {};
    }
    shown_ = {picture, wish.x, wish.y};
    frontChanged();
    emit pictureShown();
}

bool PlotView::settled() const
{
    return !stale_ && !isBusy() && (wishes_.empty() || wishes_.front().number == awaited_) &&
           (wishes_.empty() || !shown_.picture.image.isNull()) &&
           fade_.state() != QAbstractAnimation::Running;
}

void PlotView::paintHover(QPainter &painter, const Hover &hover) const
{
    paintCrosshair(painter, plot(), hover.place);
    paintChip(painter, plot(), hover.place, hover.rows);
}

QStringList PlotView::hoverText(QPointF place) const
{
    QStringList texts;
    for (const auto &[left, right] : hoverAt(place).rows)
        texts << left.text << right.text;
    return texts;
}

void PlotView::describe()
{
    const QString words = spokenText();
    setAccessibleName(words);
    setAccessibleText(this, QAccessible::Graphic, words);
}

PictureJob PlotView::pictureJob(QSize pixels, qreal ratio) const
{
    return onPixels(pictureStrokes(pixels, ratio), pixels, ratio);
}

PictureSheet PlotView::sheet(bool vector, double ratio) const
{
    const QSize pixels = (plot().size() * ratio).toSize();
    PictureStrokes strokes = vector ? documentStrokes(pixels, ratio) : PictureStrokes{};
    Drawn drawn{{}, x_, y_};
    if (!strokes) {
        if (const PictureJob job = pictureJob(pixels, ratio))
            drawn.picture = job({});
    }
    const auto inside = [this, strokes = std::move(strokes), drawn](QPainter &painter) {
        paintGround(painter, drawn);
        if (strokes) {
            painter.save();
            painter.setClipRect(plot());
            painter.translate(plot().topLeft());
            strokes(painter, {});
            painter.restore();
        }
        paintOver(painter);
    };
    return {
        pictureTitle(), accent(), axisNames(), plot().left(),
        QSizeF(size()), ground(), inside,      [this](QPainter &painter) { paintFront(painter); }};
}

} // namespace widgets
