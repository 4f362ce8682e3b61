// SPDX-License-Identifier: GPL-3.0-or-later
//
// How OverviewView looks.
#include "widgets/views/OverviewView.h"

#include "widgets/theme/Focus.h"
#include "widgets/theme/Theme.h"
#include "widgets/views/TimeText.h"
#include "widgets/views/WavePainter.h"

#include <QPaintEvent>
#include <QPainter>
#include <QPainterPath>

#include <cmath>

namespace widgets {

QRectF OverviewView::plot() const
{
    const Theme &theme = Theme::shared();
    const double margin = theme.number("space.scale.x3");
    const double ruler = theme.number("size.overview_ruler");
    return QRectF(margin, ruler, std::max(width() - 2 * margin, 1.0),
                  std::max(height() - ruler, 1.0));
}

QRectF OverviewView::windowRect() const
{
    const QRectF place = plot();
    const double left = std::round(xOf(start_));
    const double right = std::round(xOf(start_ + length_));
    return QRectF(left, place.top(), std::max(right - left, 1.0), place.height());
}

QColor OverviewView::windowTint() const
{
    const Theme &theme = Theme::shared();
    QColor tint = theme.colour("action.primary");
    tint.setAlphaF(static_cast<float>(theme.number("opacity.window_fill")));
    return tint;
}

QString OverviewView::label() const
{
    return tr("Preview %1").arg(lengthText(length_));
}

/// The window's bar with its label; beside a small handle where the window is too narrow for it.
QRectF OverviewView::labelRect() const
{
    const Theme &theme = Theme::shared();
    const QFontMetricsF metrics(theme.font("label_strong"));
    const double gap = theme.number("space.scale.x1");
    const double text = metrics.horizontalAdvance(label());
    const QRectF window = windowRect();
    const QRectF bar(window.left(), gap, window.width(), window.top() - gap);
    if (bar.width() >= text + 2 * gap)
        return bar;
    const double handle = std::max(bar.width(), 2 * gap);
    const double left = bar.center().x() - handle / 2.0;
    const bool fits = left + handle + gap + text <= plot().right();
    return fits ? QRectF(left, bar.top(), handle + gap + text, bar.height())
                : QRectF(left - gap - text, bar.top(), handle + gap + text, bar.height());
}

void OverviewView::paintEvent(QPaintEvent *event)
{
    const Theme &theme = Theme::shared();
    const qreal ratio = devicePixelRatioF();
    const QSize wanted = (QSizeF(size()) * ratio).toSize();
    if (cache_.size() != wanted || cache_.devicePixelRatio() != ratio) {
        cache_ = QPixmap(wanted);
        cache_.setDevicePixelRatio(ratio);
        cache_.fill(Qt::transparent);
        QPainter painter(&cache_);
        paintAll(painter);
    }
    QPainter painter(this);
    painter.setClipRegion(event->region());
    painter.drawPixmap(0, 0, cache_);
    if (hasFile() && playhead_) {
        const double line = theme.number("stroke.plot_line");
        const double x = std::round(xOf(*playhead_) * ratio) / ratio;
        const QRectF place = plot();
        if (x >= place.left() - 1 && x <= place.right() + 1)
            painter.fillRect(QRectF(x - line / 2, place.top(), line, place.height()),
                             theme.colour("text.primary"));
    }
    if (hasKeyboardFocus(this))
        paintFocusRing(painter, rect(), theme.number("radius.card"));
}

QRect OverviewView::playheadStrip() const
{
    if (!playhead_ || !hasFile())
        return {};
    const int reach = Theme::shared().px("space.scale.x1");
    return QRect(qRound(xOf(*playhead_)) - reach, 0, 2 * reach, height());
}

void OverviewView::paintAll(QPainter &painter) const
{
    const Theme &theme = Theme::shared();
    const double radius = theme.number("radius.card");
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath card;
    card.addRoundedRect(rect(), radius, radius);
    painter.fillPath(card, theme.colour("ground.panel"));
    if (!hasFile()) {
        paintEmpty(painter);
        return;
    }
    painter.setClipPath(card);
    painter.fillRect(windowRect(), windowTint());
    paintWaves(painter);
    paintRuler(painter, paintWindow(painter));
}

void OverviewView::paintEmpty(QPainter &painter) const
{
    const Theme &theme = Theme::shared();
    const double margin = theme.number("space.scale.x3");
    painter.setFont(theme.font("label_plain"));
    const QRectF text = painter.fontMetrics().boundingRect(rect(), Qt::AlignCenter, emptyText_);
    QPen dotted(theme.colour("line.border"), theme.number("stroke.hairline"), Qt::DotLine);
    painter.setPen(dotted);
    const double y = std::floor(height() / 2.0) + 0.5;
    painter.drawLine(QPointF(margin, y), QPointF(text.left() - margin, y));
    painter.drawLine(QPointF(text.right() + margin, y), QPointF(width() - margin, y));
    painter.setPen(theme.colour("text.secondary"));
    painter.drawText(rect(), Qt::AlignCenter, emptyText_);
}

void OverviewView::paintRuler(QPainter &painter, const QRectF &taken) const
{
    const Theme &theme = Theme::shared();
    const QFont font = theme.font("value_small");
    const QFontMetricsF metrics(font);
    const QRectF place = plot();
    const double gap = theme.number("space.scale.x1");
    const double perPx = (viewEnd_ - viewStart_) / place.width();
    const double step = timeStep(perPx, theme.number("size.ruler_label"));
    painter.setFont(font);
    for (const double seconds : timeTicks(viewStart_, viewEnd_, step)) {
        const double x = std::floor(xOf(seconds)) + 0.5;
        const QString text = clockText(seconds, timeDecimals(step));
        const QRectF label(x + gap, 0, metrics.horizontalAdvance(text), place.top());
        const bool hidden =
            taken.adjusted(-gap, 0, gap, 0).intersects(label.adjusted(-gap, 0, 0, 0));
        if (hidden)
            continue;
        painter.setPen(QPen(theme.colour("line.border"), theme.number("stroke.hairline")));
        painter.drawLine(QPointF(x, gap + 1), QPointF(x, place.top() - 1));
        if (label.right() > place.right())
            continue;
        painter.setPen(theme.colour("text.tertiary"));
        painter.drawText(label, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, text);
    }
}

void OverviewView::paintFile(QPainter &painter, double first, double end, bool rendered) const
{
    const QRectF place = plot();
    const qreal ratio = painter.device()->devicePixelRatioF();
    const double padding = Theme::shared().number("space.scale.x1");
    const double left = std::max(std::round(xOf(first) * ratio) / ratio, place.left());
    const double right = std::min(std::round(xOf(end) * ratio) / ratio, place.right());
    if (right - left < 0.5 / ratio)
        return;
    const int count = columnCount(right - left, ratio);
    const auto columns =
        peaks_->columns(secondsAt(left) * sampleRateHz_, secondsAt(right) * sampleRateHz_, count);
    paintWave(painter,
              QRectF(left, place.top() + padding, right - left, place.height() - 2 * padding),
              columns, rendered ? stageWaveColours("stage.output") : sourceWaveColours());
}

void OverviewView::paintTap(QPainter &painter) const
{
    const QRectF place = plot();
    const qreal ratio = painter.device()->devicePixelRatioF();
    const double padding = Theme::shared().number("space.scale.x1");
    const double seconds = static_cast<double>(tapPeaks_->frames()) / sampleRateHz_;
    const double first = std::max(tapStart_, start_);
    const double end = std::min(tapStart_ + seconds, start_ + length_);
    const double left = std::max(std::round(xOf(first) * ratio) / ratio, place.left());
    const double right = std::min(std::round(xOf(end) * ratio) / ratio, place.right());
    if (right - left < 0.5 / ratio)
        return;
    const QRectF ground(left, place.top(), right - left, place.height());
    painter.fillRect(ground, Theme::shared().colour("ground.panel"));
    painter.fillRect(ground, windowTint());
    const auto columns = tapPeaks_->columns((secondsAt(left) - tapStart_) * sampleRateHz_,
                                            (secondsAt(right) - tapStart_) * sampleRateHz_,
                                            columnCount(right - left, ratio));
    paintWave(painter,
              QRectF(left, place.top() + padding, right - left, place.height() - 2 * padding),
              columns, stageWaveColours(tapStage_.constData()));
}

void OverviewView::paintWaves(QPainter &painter) const
{
    const Theme &theme = Theme::shared();
    const QRectF place = plot();
    const double loaded =
        std::min(static_cast<double>(peaks_->frames()) / sampleRateHz_, totalSeconds_);
    const double rendered = rendered_ ? std::clamp(*rendered_, 0.0, 1.0) * totalSeconds_ : 0.0;
    if (rendered > 0.0)
        paintFile(painter, viewStart_, std::min(rendered, viewEnd_), true);
    paintFile(painter, std::max(rendered, viewStart_), std::min(loaded, viewEnd_), false);
    const double hairline = theme.number("stroke.hairline");
    if (loaded < viewEnd_) { // what is still being read
        painter.setPen(QPen(theme.colour("wave.outside"), hairline, Qt::DotLine));
        const double y = std::floor(place.center().y()) + 0.5;
        painter.drawLine(QPointF(std::max(xOf(loaded), place.left()), y),
                         QPointF(place.right(), y));
    }
    if (tapPeaks_ && !rendered_)
        paintTap(painter);
    if (rendered_) {
        const double line = theme.number("stroke.wire");
        const double x = std::round(xOf(rendered));
        if (x >= place.left() && x <= place.right())
            painter.fillRect(QRectF(x - line / 2, place.top(), line, place.height()),
                             theme.colour("stage.output"));
    }
}

/// Returns what the window's bar and label cover of the ruler.
QRectF OverviewView::paintWindow(QPainter &painter) const
{
    const Theme &theme = Theme::shared();
    const QRectF window = windowRect();
    const QColor ink = theme.colour("action.primary");
    const double line = theme.number("stroke.plot_line");
    painter.fillRect(QRectF(window.left(), window.top(), line, window.height()), ink);
    painter.fillRect(QRectF(window.right() - line, window.top(), line, window.height()), ink);

    const QRectF bar = labelRect();
    const double gap = theme.number("space.scale.x1");
    const double radius = theme.number("radius.meter");
    const bool wide = bar.width() <= window.width() + 0.01;
    painter.setFont(theme.font("label_strong"));
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink);
    if (wide) {
        painter.drawRoundedRect(bar, radius, radius);
        painter.setPen(theme.colour("text.on_action"));
        painter.drawText(bar, Qt::AlignCenter, label());
        return bar;
    }
    const double handle = std::max(window.width(), 2 * gap);
    const double left = window.center().x() - handle / 2.0;
    painter.drawRoundedRect(QRectF(left, bar.top(), handle, bar.height()), radius, radius);
    painter.setPen(theme.colour("text.primary"));
    const bool labelRight = bar.left() >= left - 0.01;
    painter.drawText(bar, (labelRight ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter,
                     label());
    return bar;
}

} // namespace widgets
