// SPDX-License-Identifier: GPL-3.0-or-later
//
// How WaveformView looks around and over its picture.
#include "widgets/views/WaveformView.h"

#include "engine/base/Units.h"
#include "widgets/theme/Theme.h"
#include "widgets/views/TimeText.h"

namespace widgets {

void WaveformView::paintBehind(QPainter &painter) const
{
    const Theme &theme = Theme::shared();
    for (int c = 0; sound_ && c < lanes(); ++c) {
        const QRectF place = lane(c);
        if (c > 0)
            paintHorizontal(painter, place, place.top() - theme.number("stroke.hairline") / 2.0,
                            theme.colour("line.hairline"));
        paintHorizontal(painter, place, yOf(c, 0.0), theme.colour("line.hairline"));
        if (range_ > 1.0) // full scale lies inside
            for (const double full : {1.0, -1.0})
                paintHorizontal(painter, place, yOf(c, full), theme.colour("line.border"));
    }
}

void WaveformView::paintInside(QPainter &painter) const
{
    if (!sound_)
        return;
    const QRectF place = plot();
    if (peak_ <= 0.0)
        paintWord(painter, place.adjusted(0, 0, 0, -place.height() / 4), tr("Silence here."));
    if (!ceilingDb_)
        return;
    const double level = engine::gainFromDb(*ceilingDb_);
    for (int c = 0; c < lanes(); ++c)
        for (const double value : {level, -level})
            paintDashed(painter, lane(c), yOf(c, value), Theme::shared().colour("stage.limiter"));
}

void WaveformView::paintAround(QPainter &painter) const
{
    if (!sound_)
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    for (int c = 0; c < lanes(); ++c)
        paintLevels(painter, c);
    paintRulerBelow(painter, plot(), timeRuler());
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
        paintHorizontal(painter, {place.left() - gap / 2, 0, gap / 2, 0}, wanted,
                        theme.colour("line.border"));
    };
    if (ruler_ == Ruler::Linear) {
        for (const double value : {0.0, 1.0, -1.0, 0.5, -0.5, 0.25, -0.25, 0.75, -0.75})
            mark(value,
                 numberText(value, std::abs(value * 2) == std::round(std::abs(value * 2)) ? 1 : 2));
        return;
    }
    mark(0.0, QStringLiteral("−∞"));
    for (const double level : {12.0, 6.0, 0.0, -6.0, -12.0, -3.0, -18.0, -9.0, -24.0}) {
        const double value = engine::gainFromDb(level);
        if (value > range_ * 1.001)
            continue;
        mark(value, numberText(level, 0, true));
        mark(-value, numberText(level, 0, true));
    }
}

} // namespace widgets
