// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/views/WavePainter.h"

#include "widgets/views/PictureSheet.h"

#include "widgets/theme/Theme.h"

#include <QImage>
#include <QPainter>

#include <cmath>

namespace widgets {

WaveColours stageWaveColours(const char *stageToken)
{
    const Theme &theme = Theme::shared();
    const QColor core = theme.colour(stageToken);
    QColor peak = core;
    peak.setAlphaF(static_cast<float>(theme.number("opacity.wave_peak")));
    return {peak, core};
}

WaveColours sourceWaveColours()
{
    const Theme &theme = Theme::shared();
    return {theme.colour("wave.source"), theme.colour("wave.source_rms")};
}

int columnCount(double widthPx, double devicePixelRatio)
{
    return std::max(1, static_cast<int>(std::floor(widthPx * devicePixelRatio + 1e-6)));
}

namespace {

/// As two shapes, for documents of curves: around the peaks, and around the core.
void drawWaveShapes(QPainter &painter, const QRectF &place,
                    std::span<const engine::analysis::PeakColumn> columns,
                    const WaveColours &colours, float fullScale)
{
    const double ratio = pixelRatioOf(painter);
    const double thinnest = 0.5 / ratio;
    const auto y = [&](float value) {
        const double away = static_cast<double>(value / fullScale) * place.height() / 2.0;
        return std::clamp(place.center().y() - away, place.top(), place.bottom());
    };
    const auto fill = [&](const QColor &colour, auto highest, auto lowest) {
        QPolygonF shape;
        for (std::size_t i = 0; i < columns.size(); ++i)
            shape << QPointF(place.left() + (static_cast<double>(i) + 0.5) / ratio,
                             y(highest(columns[i])) - thinnest);
        for (std::size_t i = columns.size(); i-- > 0;)
            shape << QPointF(place.left() + (static_cast<double>(i) + 0.5) / ratio,
                             y(lowest(columns[i])) + thinnest);
        painter.setBrush(colour);
        painter.drawPolygon(shape);
    };
    using Column = engine::analysis::PeakColumn;
    painter.save();
    painter.setPen(Qt::NoPen);
    fill(
        colours.peak, [](const Column &column) { return std::max(column.maximum, 0.0F); },
        [](const Column &column) { return std::min(column.minimum, 0.0F); });
    fill(
        colours.core, [](const Column &column) { return std::min(column.rms, column.maximum); },
        [](const Column &column) { return std::max(-column.rms, column.minimum); });
    painter.restore();
}

} // namespace

void paintWave(QPainter &painter, const QRectF &place,
               std::span<const engine::analysis::PeakColumn> columns, const WaveColours &colours,
               float fullScale)
{
    if (drawsCurves(painter)) {
        drawWaveShapes(painter, place, columns, colours, fullScale);
        return;
    }
    // Drawn pixel by pixel and put down at once: some thirty times as quick as a rectangle a
    // column.
    const qreal ratio = pixelRatioOf(painter);
    const qreal left = std::round(place.left() * ratio) / ratio;
    const auto top = static_cast<int>(std::round(place.top() * ratio));
    const auto bottom = static_cast<int>(std::round(place.bottom() * ratio));
    const int height = bottom - top;
    if (columns.empty() || height <= 0)
        return;
    QImage image(static_cast<int>(columns.size()), height, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    const qreal half = place.height() * ratio / 2.0;
    const auto middle = static_cast<int>(std::round(place.center().y() * ratio)) - top;
    const auto rowOf = [&](float value) {
        const qreal row = middle - static_cast<qreal>(value / fullScale) * half;
        return static_cast<int>(std::round(std::clamp(row, 0.0, static_cast<qreal>(height))));
    };
    const QRgb peak = qPremultiply(colours.peak.rgba());
    const QRgb core = qPremultiply(colours.core.rgba());
    const auto stride = image.bytesPerLine() / static_cast<qsizetype>(sizeof(QRgb));
    auto *pixels = reinterpret_cast<QRgb *>(image.bits());
    const auto fill = [&](std::size_t column, int from, int to, QRgb colour) {
        for (int row = std::max(0, from); row < std::min(to, height); ++row)
            pixels[row * stride + static_cast<qsizetype>(column)] = colour;
    };
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const int first = std::min(rowOf(columns[i].maximum), middle);
        const int last = std::max(rowOf(columns[i].minimum), first + 1);
        const int coreFirst = std::max(first, rowOf(columns[i].rms));
        const int coreLast = std::min(last, std::max(rowOf(-columns[i].rms), coreFirst + 1));
        fill(i, first, last, peak);
        fill(i, coreFirst, coreLast, core);
    }
    image.setDevicePixelRatio(ratio);
    painter.drawImage(QPointF(left, top / ratio), image);
}

} // namespace widgets
