// SPDX-License-Identifier: GPL-3.0-or-later
//
// How a PlotView puts its picture, the ground behind it and what lies over it together.
#include "widgets/theme/Focus.h"
#include "widgets/theme/Theme.h"
#include "widgets/views/PictureCopy.h"
#include "widgets/views/PlotView.h"

#include <QPaintEvent>
#include <QPainterPath>

namespace widgets {

namespace {

/// What a rectangle has and a rounded one has not.
QPainterPath corners(const QRectF &place)
{
    const double radius = Theme::shared().number("radius.segment");
    QPainterPath path;
    path.addRect(place);
    path.addRoundedRect(place, radius, radius);
    return path;
}

} // namespace

QRectF PlotView::placeOf(const Drawn &drawn) const
{
    return {QPointF(xAt(drawn.x.low), yAt(drawn.y.high)),
            QPointF(xAt(drawn.x.high), yAt(drawn.y.low))};
}

void PlotView::paintDrawn(QPainter &painter, const Drawn &drawn, double opacity) const
{
    if (drawn.picture.image.isNull())
        return;
    painter.save();
    painter.setOpacity(opacity);
    painter.setRenderHint(QPainter::Antialiasing, false); // whole pixels are copied faster
    const QRectF target = placeOf(drawn);
    const qreal ratio = drawn.picture.image.devicePixelRatio();
    if ((plot().size() * ratio).toSize() == drawn.picture.image.size() &&
        std::abs(target.width() - plot().width()) < 0.5 / ratio &&
        std::abs(target.height() - plot().height()) < 0.5 / ratio)
        painter.drawImage(QPointF(std::round(target.left() * ratio) / ratio,
                                  std::round(target.top() * ratio) / ratio),
                          drawn.picture.image);
    else
        painter.drawImage(target, drawn.picture.image);
    painter.restore();
}

void PlotView::paintGround(QPainter &painter, const Drawn &drawn) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(ground(), Theme::shared().colour("ground.plot"));
    paintBehind(painter);
    painter.save();
    painter.setClipRect(plot());
    const bool fading = !before_.picture.image.isNull() && &drawn == &shown_;
    const double part = fading ? fade_.currentValue().toDouble() : 1.0;
    // An opaque picture covers the one before; lines on a clear ground cross over.
    if (fading)
        paintDrawn(painter, before_, drawn.picture.image.hasAlphaChannel() ? 1.0 - part : 1.0);
    paintDrawn(painter, drawn, part);
    painter.restore();
}

void PlotView::paintOver(QPainter &painter) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.save();
    painter.setClipRect(plot());
    paintInside(painter);
    painter.restore();
}

void PlotView::paintFront(QPainter &painter) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    // Filled afterwards: clipping a picture to round corners costs more than the picture.
    painter.fillPath(corners(ground()), Theme::shared().colour("ground.panel"));
    paintAround(painter);
}

/// A picture is copied without a painter's help, over as little ground as it leaves open.
void PlotView::keepQuickly(qreal ratio)
{
    const auto inPixels = [ratio](const QRectF &place) {
        return QRectF(place.topLeft() * ratio, place.size() * ratio);
    };
    const QImage &image = shown_.picture.image;
    const bool clear = image.isNull() || image.hasAlphaChannel(); // then the ground is seen
    QRectF picture = inPixels(placeOf(shown_));
    if (std::abs(picture.width() - image.width()) < 1.0 &&
        std::abs(picture.height() - image.height()) < 1.0)
        picture = QRectF(std::round(picture.left()), std::round(picture.top()), image.width(),
                         image.height());
    const QRect clip = inPixels(plot()).toRect().intersected(kept_.rect());
    const QRect covered =
        clear ? QRect() : clip.intersected(picture.toAlignedRect().adjusted(1, 1, -1, -1));
    const QRectF stand = inPixels(ground());
    kept_.setDevicePixelRatio(ratio);
    QPainter painter(&kept_);
    painter.save();
    painter.scale(1.0 / ratio, 1.0 / ratio); // what need not be scaled is copied much faster
    const QRegion around =
        QRegion(kept_.rect()).subtracted(stand.toAlignedRect().adjusted(1, 1, -1, -1));
    for (const QRect &part : around)
        painter.fillRect(part, Theme::shared().colour("ground.panel"));
    painter.setClipRegion(QRegion(kept_.rect()).subtracted(covered));
    painter.fillRect(stand, Theme::shared().colour("ground.plot"));
    painter.restore();
    painter.setRenderHint(QPainter::Antialiasing);
    paintBehind(painter);
    const PictureStretch stretch(image, picture, clip);
    if (!clear) {
        painter.end();
        stretch.copyInto(kept_);
        return;
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.scale(1.0 / ratio, 1.0 / ratio);
    stretch.layOver(painter, shown_.picture.clearRows);
}

void PlotView::keepPicture(qreal ratio)
{
    const QSize wanted = (QSizeF(size()) * ratio).toSize();
    if (keptIsNew_ && keptRatio_ == ratio && kept_.size() == wanted)
        return;
    if (kept_.size() != wanted)
        kept_ = QImage(wanted, QImage::Format_RGB32);
    keptRatio_ = ratio;
    keptIsNew_ = true;
    const bool fading = !before_.picture.image.isNull();
    if (fading)
        kept_.fill(Theme::shared().colour("ground.panel"));
    else
        keepQuickly(ratio);
    kept_.setDevicePixelRatio(ratio);
    {
        QPainter painter(&kept_);
        if (fading)
            paintGround(painter, shown_);
        paintOver(painter);
        paintFront(painter);
        paintHints(painter);
    }
    kept_.setDevicePixelRatio(1.0);
}

void PlotView::paintEvent(QPaintEvent *event)
{
    const qreal ratio = devicePixelRatioF();
    keepPicture(ratio);
    if (requestedRatio_ != ratio && !stale_) // moved to another screen
        QMetaObject::invokeMethod(this, &PlotView::rangeChanged, Qt::QueuedConnection);
    QPainter painter(this);
    painter.setClipRegion(event->region());
    painter.save();
    painter.scale(1.0 / ratio, 1.0 / ratio); // what need not be scaled is copied much faster
    painter.drawImage(0, 0, kept_);
    painter.restore();
    if (hasKeyboardFocus(this))
        paintFocusRing(painter, rect(), Theme::shared().number("radius.plot"));
}

} // namespace widgets
