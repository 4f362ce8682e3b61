// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/views/WavePainter.h"

#include "widgets/theme/Theme.h"

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

void paintWave(QPainter &painter, const QRectF &place,
               std::span<const engine::analysis::PeakColumn> columns, const WaveColours &colours,
               float fullScale)
{
    const qreal pixel = 1.0 / painter.device()->devicePixelRatioF();
    const auto snap = [pixel](qreal y) { return std::round(y / pixel) * pixel; };
    const qreal half = place.height() / 2.0;
    const qreal middle = snap(place.center().y());
    const auto yOf = [&](float value) {
        const qreal y = middle - static_cast<qreal>(value / fullScale) * half;
        return snap(std::clamp(y, place.top(), place.bottom()));
    };
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);
    qreal x = snap(place.left());
    for (const engine::analysis::PeakColumn &column : columns) {
        const qreal top = std::min(yOf(column.maximum), middle);
        const qreal bottom = std::max(yOf(column.minimum), top + pixel);
        painter.fillRect(QRectF(x, top, pixel, bottom - top), colours.peak);
        const qreal coreTop = std::max(top, yOf(column.rms));
        const qreal coreBottom = std::min(bottom, std::max(yOf(-column.rms), coreTop + pixel));
        painter.fillRect(QRectF(x, coreTop, pixel, coreBottom - coreTop), colours.core);
        x += pixel;
    }
    painter.restore();
}

} // namespace widgets
