// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/views/PlotPaint.h"

#include "widgets/theme/Theme.h"
#include "widgets/views/TimeText.h"

#include <QPainterPath>

#include <algorithm>
#include <span>

namespace widgets {

QColor faint(const char *colour, const char *opacity)
{
    return faint(Theme::shared().colour(colour), opacity);
}

QColor faint(QColor colour, const char *opacity)
{
    colour.setAlphaF(static_cast<float>(Theme::shared().number(opacity)));
    return colour;
}

void fillFading(QPainter &painter, const QPolygonF &area, double height, const QColor &top,
                const QColor &bottom)
{
    QLinearGradient fill(0, 0, 0, height);
    fill.setColorAt(0, top);
    fill.setColorAt(1, bottom);
    painter.save();
    if (painter.paintEngine()->type() == QPaintEngine::Pdf) {
        constexpr int steps = 256; // as many as a channel has
        QImage strip(1, steps, QImage::Format_ARGB32);
        strip.fill(Qt::transparent);
        QPainter pixels(&strip);
        pixels.scale(1.0, steps / height);
        pixels.fillRect(QRectF(0, 0, 1, height), fill);
        pixels.end();
        QPainterPath shape;
        shape.addPolygon(area);
        painter.setClipPath(shape, Qt::IntersectClip);
        const QRectF all = area.boundingRect();
        painter.drawImage(QRectF(all.left(), 0, all.width(), height), strip);
    } else {
        painter.setPen(Qt::NoPen);
        painter.setBrush(fill);
        painter.drawPolygon(area);
    }
    painter.restore();
}

double sharp(const QPainter &painter, double place)
{
    const qreal ratio = painter.device()->devicePixelRatioF();
    return (std::floor(place * ratio) + 0.5) / ratio;
}

namespace {

/// Whole device pixels, which need no smoothing and cost a fraction of a pen's line.
void fillPixels(QPainter &painter, const QRectF &line, const QColor &colour)
{
    const bool smooth = painter.testRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.fillRect(line, colour);
    painter.setRenderHint(QPainter::Antialiasing, smooth);
}

/// From the line's place to its first edge, and its width.
std::pair<double, double> hairline(const QPainter &painter)
{
    const qreal ratio = painter.device()->devicePixelRatioF();
    const double width =
        std::max(std::round(Theme::shared().number("stroke.hairline") * ratio), 1.0);
    return {0.5 / ratio, width / ratio};
}

} // namespace

void paintHorizontal(QPainter &painter, const QRectF &plot, double y, const QColor &colour)
{
    const auto [half, width] = hairline(painter);
    fillPixels(painter, {plot.left(), sharp(painter, y) - half, plot.width(), width}, colour);
}

void paintVertical(QPainter &painter, const QRectF &plot, double x, const QColor &colour)
{
    const auto [half, width] = hairline(painter);
    fillPixels(painter, {sharp(painter, x) - half, plot.top(), width, plot.height()}, colour);
}

void paintDashed(QPainter &painter, const QRectF &plot, double y, const QColor &colour)
{
    const Theme &theme = Theme::shared();
    QPen pen(colour, theme.number("stroke.hairline"));
    const double dash = theme.number("plot.dash");
    pen.setDashPattern({dash, dash});
    pen.setCapStyle(Qt::FlatCap);
    painter.setPen(pen);
    const double place = sharp(painter, y);
    painter.drawLine(QPointF(plot.left(), place), QPointF(plot.right(), place));
}

void paintRulerBelow(QPainter &painter, const QRectF &plot, const std::vector<RulerMark> &marks)
{
    const Theme &theme = Theme::shared();
    painter.setFont(theme.font("value_small"));
    painter.setPen(theme.colour("text.tertiary"));
    const QFontMetricsF metrics(painter.font());
    const double gap = theme.number("space.scale.x2");
    const double top = plot.bottom() + theme.number("plot.label_gap");
    const double row = theme.number("space.scale.x4");
    std::vector<QRectF> places;
    for (const RulerMark &mark : marks) {
        const double width = metrics.horizontalAdvance(mark.text) + 1.0;
        const double left = std::clamp(mark.place - width / 2.0, plot.left(), plot.right() - width);
        places.emplace_back(left, top, width, row);
    }
    double free = plot.left() - gap;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const bool last = i + 1 == places.size();
        const bool touches = places[i].left() < free + gap ||
                             (!last && places[i].right() + gap > places.back().left());
        if (touches && !last)
            continue;
        painter.drawText(places[i], Qt::AlignLeft | Qt::AlignVCenter, marks[i].text);
        free = places[i].right();
    }
}

void paintRulerLeft(QPainter &painter, const QRectF &plot, const std::vector<RulerMark> &marks)
{
    const Theme &theme = Theme::shared();
    painter.setFont(theme.font("value_small"));
    const double row = theme.number("space.scale.x4");
    const double gap = theme.number("space.scale.x2");
    for (const RulerMark &mark : marks) {
        const double y = std::clamp(mark.place, plot.top() + row / 2, plot.bottom() - row / 2);
        painter.setPen(theme.colour("text.tertiary"));
        painter.drawText(QRectF(0, y - row / 2, plot.left() - gap, row),
                         Qt::AlignRight | Qt::AlignVCenter, mark.text);
    }
}

std::vector<RulerMark> timeMarks(const QRectF &plot, AxisRange range, const QString &withUnit)
{
    const double step =
        timeStep(range.span() / plot.width(), Theme::shared().number("plot.time_apart"));
    const auto ticks = timeTicks(range.low, range.high, step);
    std::vector<RulerMark> marks;
    for (const double tick : ticks) {
        const QString number = numberText(tick, timeDecimals(step));
        marks.push_back({toPixel(tick, range, plot.left(), plot.right()),
                         marks.size() + 1 == ticks.size() ? withUnit.arg(number) : number});
    }
    return marks;
}

void paintChip(QPainter &painter, const QRectF &bounds, QPointF place,
               const std::vector<ChipRow> &rows)
{
    const Theme &theme = Theme::shared();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(theme.font("value"));
    const QFontMetricsF metrics(painter.font());
    const double padding = theme.number("space.scale.x3");
    const double row = theme.number("plot.chip_row");
    double left = 0.0;
    double right = 0.0;
    for (const auto &[a, b] : rows) {
        left = std::max(left, metrics.horizontalAdvance(a.text));
        right = std::max(right, metrics.horizontalAdvance(b.text));
    }
    const double gap = right > 0.0 ? theme.number("plot.chip_gap") : 0.0;
    const double inner = std::max(left + gap + right, theme.number("plot.chip_least"));
    QRectF chip(place.x() + padding, place.y() - padding, inner + 2 * padding,
                row * static_cast<double>(rows.size()) + padding);
    chip.moveBottom(place.y() - padding);
    if (chip.top() < bounds.top())
        chip.moveTop(std::min(place.y() + padding, bounds.bottom() - chip.height()));
    if (chip.right() > bounds.right())
        chip.moveRight(place.x() - padding);
    const double radius = theme.number("radius.control");
    painter.setPen(QPen(theme.colour("line.strong"), theme.number("stroke.hairline")));
    painter.setBrush(faint("ground.overlay", "plot.chip_ground"));
    const qreal ratio = painter.device()->devicePixelRatioF();
    const double half = 0.5 / ratio;
    chip.moveTo(std::floor(chip.left()) + half, std::floor(chip.top()) + half);
    painter.drawRoundedRect(chip, radius, radius);
    double y = chip.top() + padding / 2;
    for (const auto &[a, b] : rows) {
        const QRectF line(chip.left() + padding, y, inner, row);
        painter.setPen(a.colour);
        painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, a.text);
        painter.setPen(b.colour);
        painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, b.text);
        y += row;
    }
}

void paintCrosshair(QPainter &painter, const QRectF &plot, QPointF place)
{
    const Theme &theme = Theme::shared();
    painter.save();
    painter.setClipRect(plot, Qt::IntersectClip);
    const double dash = theme.number("plot.dash");
    for (const char *colour : {"ground.plot", "text.primary"}) {
        QPen pen(faint(colour, "plot.crosshair"), theme.number("stroke.hairline"));
        pen.setDashPattern({dash, dash});
        pen.setCapStyle(Qt::FlatCap);
        pen.setDashOffset(colour[0] == 'g' ? dash : 0.0); // the gaps, so it shows on any ground
        painter.setPen(pen);
        const double x = sharp(painter, place.x());
        const double y = sharp(painter, place.y());
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
    }
    painter.setRenderHint(QPainter::Antialiasing);
    const double ring = theme.number("plot.ring");
    painter.setBrush(theme.colour("ground.plot"));
    painter.setPen(QPen(theme.colour("text.primary"), theme.number("stroke.plot_line")));
    painter.drawEllipse(place, ring, ring);
    painter.restore();
}

void paintWord(QPainter &painter, const QRectF &plot, const QString &text)
{
    const Theme &theme = Theme::shared();
    painter.setFont(theme.font("body"));
    painter.setPen(theme.colour("text.secondary"));
    painter.drawText(plot, Qt::AlignCenter, text);
}

void paintNote(QPainter &painter, const QRectF &plot, const QString &text)
{
    const Theme &theme = Theme::shared();
    painter.setFont(theme.font("caption"));
    const double gap = theme.number("space.scale.x2");
    const double padding = theme.number("space.scale.x1");
    const QFontMetricsF metrics(painter.font());
    const QString shown =
        metrics.elidedText(text, Qt::ElideRight, plot.width() - 2 * (gap + padding));
    const QRectF ground(plot.left() + padding, plot.top() + padding,
                        metrics.horizontalAdvance(shown) + 2 * gap,
                        theme.number("space.scale.x4") + padding);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(faint("ground.plot", "plot.chip_ground"));
    painter.drawRoundedRect(ground, theme.number("radius.segment"), theme.number("radius.segment"));
    painter.setPen(theme.colour("text.secondary"));
    painter.drawText(ground, Qt::AlignCenter, shown);
}

namespace {

double legendWidth(std::span<const ChipCell> entries)
{
    const Theme &theme = Theme::shared();
    const QFontMetricsF metrics(theme.font("caption"));
    const double gap = theme.number("space.scale.x3");
    double width = gap;
    for (const ChipCell &entry : entries)
        width += theme.number("space.scale.x3") + theme.number("space.scale.x1") +
                 metrics.horizontalAdvance(entry.text) + gap;
    return width;
}

double legendRoom(const QRectF &plot)
{
    return plot.width() - 2 * Theme::shared().number("space.scale.x1");
}

/// The last ones, as many as fit; at least one, elided.
std::vector<ChipCell> fitting(const QRectF &plot, std::vector<ChipCell> entries)
{
    while (entries.size() > 1 && legendWidth(entries) > legendRoom(plot))
        entries.erase(entries.begin());
    const double excess = legendWidth(entries) - legendRoom(plot);
    if (excess > 0.0 && !entries.empty()) {
        const QFontMetricsF metrics(Theme::shared().font("caption"));
        QString &text = entries.front().text;
        text = metrics.elidedText(text, Qt::ElideRight,
                                  std::max(metrics.horizontalAdvance(text) - excess, 0.0));
    }
    return entries;
}

QRectF legendGround(const QRectF &plot, std::span<const ChipCell> shown, bool below)
{
    const Theme &theme = Theme::shared();
    const double padding = theme.number("space.scale.x1");
    const double width = legendWidth(shown);
    const double height = theme.number("space.scale.x4") + padding;
    const double top = below ? plot.bottom() - padding - height : plot.top() + padding;
    return {plot.right() - width - padding, top, width, height};
}

void paintLegendIn(QPainter &painter, const QRectF &plot, const std::vector<ChipCell> &entries,
                   bool below)
{
    const Theme &theme = Theme::shared();
    painter.setFont(theme.font("caption"));
    const QFontMetricsF metrics(painter.font());
    const double gap = theme.number("space.scale.x3");
    const double swatch = theme.number("space.scale.x3");
    const double padding = theme.number("space.scale.x1");
    const std::vector<ChipCell> shown = fitting(plot, entries);
    const QRectF ground = legendGround(plot, shown, below);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(faint("ground.plot", "plot.chip_ground"));
    painter.drawRoundedRect(ground, theme.number("radius.segment"), theme.number("radius.segment"));
    double x = ground.left() + gap;
    const double y = ground.center().y();
    for (const ChipCell &entry : shown) {
        painter.setPen(QPen(entry.colour, theme.number("stroke.wire"), Qt::SolidLine, Qt::FlatCap));
        painter.drawLine(QPointF(x, y), QPointF(x + swatch, y));
        x += swatch + padding;
        painter.setPen(theme.colour("text.secondary"));
        const double wide = metrics.horizontalAdvance(entry.text);
        painter.drawText(QRectF(x, ground.top(), wide + 1, ground.height()),
                         Qt::AlignLeft | Qt::AlignVCenter, entry.text);
        x += wide + gap;
    }
}

} // namespace

void paintLegend(QPainter &painter, const QRectF &plot, const std::vector<ChipCell> &entries)
{
    paintLegendIn(painter, plot, entries, false);
}

void paintLegendBelow(QPainter &painter, const QRectF &plot, const std::vector<ChipCell> &entries)
{
    paintLegendIn(painter, plot, entries, true);
}

QRectF legendPlace(const QRectF &plot, const std::vector<ChipCell> &entries)
{
    return entries.empty() ? QRectF() : legendGround(plot, fitting(plot, entries), false);
}

bool legendFits(const QRectF &plot, const std::vector<ChipCell> &entries)
{
    return legendWidth(entries) <= legendRoom(plot);
}

} // namespace widgets
