// SPDX-License-Identifier: GPL-3.0-or-later
//
// How WaveformView looks.
#include "widgets/views/WaveformView.h"

#include "widgets/theme/Focus.h"
#include "widgets/theme/Theme.h"
#include "widgets/views/PictureSheet.h"
#include "widgets/views/TimeText.h"
#include "widgets/views/WavePainter.h"

#include <QPaintEvent>
#include <QPainter>
#include <QPainterPath>

#include <cmath>

namespace widgets {

QRectF WaveformView::plot() const
{
    const Theme &theme = Theme::shared();
    const double left = theme.number("size.piano_axis") + theme.number("space.scale.x2");
    const double right = theme.number("space.scale.x4");
    const double bottom = theme.number("space.scale.x8");
    return {left, 0.0, std::max(width() - left - right, 1.0), std::max(height() - bottom, 1.0)};
}

QRectF WaveformView::lane(int channel) const
{
    const QRectF place = plot();
    const double gap = Theme::shared().number("stroke.hairline");
    const double height = (place.height() - gap * (lanes() - 1)) / lanes();
    return {place.left(), place.top() + channel * (height + gap), place.width(), height};
}

double WaveformView::yOf(int channel, double value) const
{
    const QRectF place = lane(channel);
    const double half = place.height() / 2.0 - Theme::shared().number("space.scale.x1");
    return place.center().y() - value / static_cast<double>(range_) * half;
}

void WaveformView::paintEvent(QPaintEvent *event)
{
    const qreal ratio = devicePixelRatioF();
    const QSize wanted = (QSizeF(size()) * ratio).toSize();
    if (cache_.size() != wanted || cache_.devicePixelRatio() != ratio) {
        cache_ = QPixmap(wanted);
        cache_.setDevicePixelRatio(ratio);
        cache_.fill(Qt::transparent);
        QPainter painter(&cache_);
        paintSound(painter);
        paintRulers(painter);
    }
    QPainter painter(this);
    painter.setClipRegion(event->region());
    painter.drawPixmap(0, 0, cache_);
    if (playhead_ && sound_)
        paintPlayhead(painter);
    if (hover_ && sound_)
        paintHover(painter);
    if (hasKeyboardFocus(this))
        paintFocusRing(painter, rect(), Theme::shared().number("radius.plot"));
}

void WaveformView::paintSound(QPainter &painter) const
{
    const Theme &theme = Theme::shared();
    const double radius = theme.number("radius.plot");
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath ground;
    ground.addRoundedRect(plot(), radius, radius);
    painter.fillPath(ground, theme.colour("ground.plot"));
    if (!sound_)
        return;
    for (int c = 0; c < lanes(); ++c) {
        painter.save();
        painter.setClipPath(ground);
        paintLane(painter, c);
        painter.restore();
    }
}

void WaveformView::paintRulers(QPainter &painter) const
{
    if (!sound_)
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    for (int c = 0; c < lanes(); ++c)
        paintLevels(painter, c);
    paintTimes(painter);
    if (peak_ <= 0.0F)
        paintMessage(painter, tr("Silence here."));
}

void WaveformView::paintLane(QPainter &painter, int channel) const
{
    const Theme &theme = Theme::shared();
    const QRectF place = lane(channel);
    const double line = theme.number("stroke.hairline");
    painter.setClipRect(place, Qt::IntersectClip);
    if (channel > 0)
        painter.fillRect(QRectF(place.left(), place.top() - line, place.width(), line),
                         theme.colour("line.hairline"));
    painter.fillRect(QRectF(place.left(), std::floor(yOf(channel, 0.0)), place.width(), line),
                     theme.colour("line.hairline"));
    if (range_ > 1.0F) { // full scale lies inside
        painter.setPen(QPen(theme.colour("line.border"), line));
        for (const double full : {1.0, -1.0}) {
            const double y = std::floor(yOf(channel, full)) + 0.5;
            painter.drawLine(QPointF(place.left(), y), QPointF(place.right(), y));
        }
    }
    const qreal ratio = pixelRatioOf(painter);
    const double samplesPerPixel = (viewEnd_ - viewStart_) * rate() / (place.width() * ratio);
    const QColor stage = theme.colour(stage_.constData());
    if (samplesPerPixel < 1.0) {
        if (input_ && channel < input_->channels())
            paintSamples(painter, channel, *input_, theme.colour("wave.source"));
        paintSamples(painter, channel, *sound_, stage);
    } else {
        const auto columns =
            engine::analysis::peakColumns(*sound_, channel, viewStart_ * rate(), viewEnd_ * rate(),
                                          columnCount(place.width(), ratio));
        const double inset = theme.number("space.scale.x1");
        paintWave(painter, place.adjusted(0, inset, 0, -inset), columns,
                  stageWaveColours(stage_.constData()), range_);
        paintOutline(painter, channel);
    }
    paintCeiling(painter, channel);
}

/// The input's upper and lower edge as two grey lines: where it is louder and where it is quieter.
void WaveformView::paintOutline(QPainter &painter, int channel) const
{
    if (!input_ || channel >= input_->channels() || input_->frames() == 0)
        return;
    const Theme &theme = Theme::shared();
    const QRectF place = lane(channel);
    const int count = columnCount(place.width(), 1.0);
    const auto columns = engine::analysis::peakColumns(*input_, channel, viewStart_ * rate(),
                                                       viewEnd_ * rate(), count);
    QPolygonF upper;
    QPolygonF lower;
    for (int i = 0; i < count; ++i) {
        const auto &column = columns[static_cast<std::size_t>(i)];
        const double x = place.left() + i + 0.5;
        const auto y = [&](float value) {
            return std::clamp(yOf(channel, static_cast<double>(value)), place.top(),
                              place.bottom());
        };
        upper << QPointF(x, y(column.maximum));
        lower << QPointF(x, y(column.minimum));
    }
    QColor grey = theme.colour("text.primary");
    grey.setAlphaF(static_cast<float>(theme.number("opacity.wave_behind")));
    painter.setPen(QPen(grey, theme.number("stroke.hairline")));
    painter.drawPolyline(upper);
    painter.drawPolyline(lower);
}

void WaveformView::paintSamples(QPainter &painter, int channel, const engine::AudioBuffer &sound,
                                const QColor &colour) const
{
    const Theme &theme = Theme::shared();
    const auto samples = sound.channel(channel);
    const auto first =
        std::max<std::int64_t>(static_cast<std::int64_t>(std::floor(viewStart_ * rate())) - 1, 0);
    const auto end = std::min<std::int64_t>(
        static_cast<std::int64_t>(std::ceil(viewEnd_ * rate())) + 2, sound.frames());
    QPolygonF line;
    for (std::int64_t i = first; i < end; ++i) {
        const auto value = static_cast<double>(samples[static_cast<std::size_t>(i)]);
        line << QPointF(xOf(static_cast<double>(i) / rate()),
                        yOf(channel, std::isfinite(value) ? value : 0.0));
    }
    painter.setPen(QPen(colour, theme.number("stroke.plot_line")));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(line);
    const double dot = theme.number("stroke.wire");
    const double spacing = plot().width() / ((viewEnd_ - viewStart_) * rate());
    if (spacing < 4 * dot)
        return;
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    for (const QPointF &point : line)
        painter.drawEllipse(point, dot, dot);
}

void WaveformView::paintCeiling(QPainter &painter, int channel) const
{
    if (!ceilingDb_)
        return;
    const Theme &theme = Theme::shared();
    const QRectF place = lane(channel);
    const double level = std::pow(10.0, *ceilingDb_ / 20.0);
    painter.setPen(
        QPen(theme.colour("stage.limiter"), theme.number("stroke.hairline"), Qt::DashLine));
    for (const double value : {level, -level}) {
        const double y = std::floor(yOf(channel, value)) + 0.5;
        painter.drawLine(QPointF(place.left(), y), QPointF(place.right(), y));
    }
}

void WaveformView::paintLevels(QPainter &painter, int channel) const
{
    const Theme &theme = Theme::shared();
    const QRectF place = lane(channel);
    painter.setFont(theme.font("value_small"));
    const double row = theme.number("space.scale.x4");
    const double gap = theme.number("space.scale.x2");
    std::vector<double> used;
    const auto mark = [&](double value, const QString &text) {
        const double wanted = yOf(channel, value);
        const double y = std::clamp(wanted, place.top() + row / 2, place.bottom() - row / 2);
        for (const double other : used)
            if (std::abs(other - y) < row)
                return;
        used.push_back(y);
        painter.setPen(theme.colour("text.tertiary"));
        painter.drawText(QRectF(0, y - row / 2, place.left() - gap, row),
                         Qt::AlignRight | Qt::AlignVCenter, text);
        painter.setPen(QPen(theme.colour("line.border"), theme.number("stroke.hairline")));
        const double tick = std::floor(wanted) + 0.5;
        painter.drawLine(QPointF(place.left() - gap / 2, tick), QPointF(place.left(), tick));
    };
    if (ruler_ == Ruler::Linear) {
        for (const double value : {0.0, 1.0, -1.0, 0.5, -0.5, 0.25, -0.25, 0.75, -0.75})
            mark(value,
                 numberText(value, std::abs(value * 2) == std::round(std::abs(value * 2)) ? 1 : 2));
        return;
    }
    mark(0.0, QStringLiteral("−∞"));
    for (const double level : {12.0, 6.0, 0.0, -6.0, -12.0, -3.0, -18.0, -9.0, -24.0}) {
        const double value = std::pow(10.0, level / 20.0);
        if (value > static_cast<double>(range_) * 1.001)
            continue;
        mark(value, numberText(level, 0, true));
        mark(-value, numberText(level, 0, true));
    }
}

void WaveformView::paintTimes(QPainter &painter) const
{
    const Theme &theme = Theme::shared();
    const QRectF place = plot();
    const double perPx = (viewEnd_ - viewStart_) / place.width();
    const double step = timeStep(perPx, theme.number("size.ruler_label"));
    const QFont font = theme.font("value_small");
    const QFontMetricsF metrics(font);
    painter.setFont(font);
    painter.setPen(theme.colour("text.tertiary"));
    const double top = place.bottom() + theme.number("space.scale.x2");
    const double row = theme.number("space.scale.x4");
    const auto ticks = timeTicks(viewStart_, viewEnd_, step);
    for (std::size_t i = 0; i < ticks.size(); ++i) {
        const QString number = numberText(ticks[i], timeDecimals(step));
        const QString text = i + 1 == ticks.size() ? tr("%1 s").arg(number) : number;
        const double textWidth = metrics.horizontalAdvance(text);
        const double x =
            std::clamp(xOf(ticks[i]) - textWidth / 2, place.left(), place.right() - textWidth);
        painter.drawText(QRectF(x, top, textWidth + 1, row), Qt::AlignLeft | Qt::AlignVCenter,
                         text);
    }
}

void WaveformView::paintMessage(QPainter &painter, const QString &text) const
{
    const Theme &theme = Theme::shared();
    painter.setFont(theme.font("body"));
    painter.setPen(theme.colour("text.secondary"));
    painter.drawText(plot().adjusted(0, 0, 0, -plot().height() / 4), Qt::AlignCenter, text);
}

QRect WaveformView::playheadStrip() const
{
    if (!playhead_ || !sound_)
        return {};
    const int reach = Theme::shared().px("space.scale.x2");
    return QRect(qRound(xOf(*playhead_ - windowStart_)) - reach, 0, 2 * reach, height());
}

void WaveformView::paintPlayhead(QPainter &painter) const
{
    const Theme &theme = Theme::shared();
    const QRectF place = plot();
    const qreal ratio = devicePixelRatioF();
    const double x = std::round(xOf(*playhead_ - windowStart_) * ratio) / ratio;
    if (x < place.left() - 1 || x > place.right() + 1)
        return;
    const double line = theme.number("stroke.plot_line");
    const QColor ink = theme.colour("text.primary");
    painter.fillRect(QRectF(x - line / 2, place.top(), line, place.height()), ink);
    const double side = theme.number("space.scale.x1") + 1;
    QPolygonF handle;
    handle << QPointF(x - side, place.top()) << QPointF(x + side, place.top())
           << QPointF(x, place.top() + side + 1);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink);
    painter.drawPolygon(handle);
}

void WaveformView::paintHover(QPainter &painter) const
{
    const Theme &theme = Theme::shared();
    const QRectF place = plot();
    QPen dashed(theme.colour("text.tertiary"), theme.number("stroke.hairline"), Qt::DashLine);
    painter.setPen(dashed);
    const double x = std::floor(hover_->x()) + 0.5;
    painter.drawLine(QPointF(x, place.top()), QPointF(x, place.bottom()));
    const QStringList lines = hoverText(*hover_);
    if (lines.isEmpty())
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(theme.font("value"));
    const QFontMetricsF metrics(painter.font());
    const double padding = theme.number("space.scale.x3");
    const double row = theme.number("space.scale.x5");
    double wide = 0.0;
    for (const QString &line : lines)
        wide = std::max(wide, metrics.horizontalAdvance(line));
    QRectF chip(x + padding, hover_->y() - padding, wide + 2 * padding,
                row * static_cast<double>(lines.size()) + padding);
    if (chip.right() > place.right())
        chip.moveRight(x - padding);
    chip.moveTop(
        std::clamp(chip.top(), place.top(), std::max(place.bottom() - chip.height(), place.top())));
    painter.setPen(QPen(theme.colour("line.strong"), theme.number("stroke.hairline")));
    painter.setBrush(theme.colour("ground.overlay"));
    painter.drawRoundedRect(chip, theme.number("radius.control"), theme.number("radius.control"));
    double y = chip.top() + padding / 2;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        painter.setPen(i == 1 ? theme.colour(stage_.constData()) : theme.colour("text.primary"));
        painter.drawText(QRectF(chip.left() + padding, y, wide + 1, row),
                         Qt::AlignRight | Qt::AlignVCenter, lines[i]);
        y += row;
    }
}

} // namespace widgets
