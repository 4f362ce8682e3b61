// SPDX-License-Identifier: GPL-3.0-or-later
//
// How Rail looks.
#include "widgets/chain/Rail.h"

#include "widgets/theme/Theme.h"

#include <QPainter>
#include <QPainterPath>
#include <QVariantAnimation>

#include <cmath>

namespace widgets {

namespace {

constexpr std::array<const char *, cardCount> stageTokens{"stage.input",      "stage.pre_quant",
                                                          "stage.distortion", "stage.post_quant",
                                                          "stage.output",     "stage.limiter"};

} // namespace

void Rail::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    for (std::size_t i = 0; i < cardCount; ++i)
        paintStretch(painter, i);
    if (isOverdue_)
        paintOverdue(painter);
}

/// Draws the parts of a cost; returns where the bar ends.
double Rail::paintBar(QPainter &painter, std::size_t card, double left) const
{
    const double length = barLength(card);
    if (length <= 0.0)
        return left;
    const Theme &theme = Theme::shared();
    const auto &spent = std::get<CostSpent>(costs_.cards[card]);
    const double thick = theme.number("stroke.cost_bar");
    const double line = theme.number("stroke.hairline");
    const double radius = std::min(theme.number("radius.meter"), length / 2.0);
    const QRectF bar(left, std::round((height() - thick) / 2.0), length, thick);
    QPainterPath shape;
    shape.addRoundedRect(bar, radius, radius);
    painter.save();
    painter.setClipPath(shape);
    const std::array<double, 3> parts{spent.stftMs, spent.processMs, spent.inverseStftMs};
    const std::array<const char *, 3> opacities{"opacity.stft", "opacity.process",
                                                "opacity.inverse_stft"};
    double x = bar.left();
    bool first = true;
    for (std::size_t p = 0; p < parts.size(); ++p) {
        if (parts[p] <= 0.0)
            continue;
        const double width = length * parts[p] / spent.totalMs();
        QColor colour = theme.colour(stageTokens[card]);
        colour.setAlphaF(static_cast<float>(theme.number(opacities[p])));
        const double gap = first || width <= 2 * line ? 0.0 : line;
        painter.fillRect(QRectF(x + gap, bar.top(), width - gap, thick), colour);
        x += width;
        first = false;
    }
    painter.restore();
    return bar.right();
}

void Rail::paintStretch(QPainter &painter, std::size_t card) const
{
    const Theme &theme = Theme::shared();
    const Stretch &stretch = stretches_[card];
    const RailCost &cost = costs_.cards[card];
    const double gap = air(card);
    const double y = std::round(height() / 2.0);
    const bool late = costs_.file && std::holds_alternative<CostLate>(cost);
    const bool dashed = !costs_.file || std::holds_alternative<CostOff>(cost);
    QPen wire(theme.colour(costs_.file ? "line.strong" : "line.border"),
              theme.number("stroke.wire"), Qt::SolidLine, Qt::FlatCap);
    if (late) {
        const double phase = pulse_->state() == QAbstractAnimation::Running
                                 ? pulse_->currentValue().toDouble()
                                 : 0.0;
        QColor glow = theme.colour(stageTokens[card]);
        const double depth = theme.number("opacity.pulse");
        glow.setAlphaF(static_cast<float>(1.0 - depth * (0.5 - 0.5 * std::cos(2 * M_PI * phase))));
        wire.setColor(glow);
    }
    if (dashed) {
        const double dash = theme.number("stroke.wire_dash") / wire.widthF();
        wire.setDashPattern({dash, dash});
    }
    const auto line = [&](double from, double to) {
        if (to - from > 1.0) {
            painter.setPen(wire);
            painter.drawLine(QPointF(from, y), QPointF(to, y));
        }
    };
    const QString text = costs_.file ? costText(card) : QString();
    if (text.isEmpty()) {
        line(stretch.left, stretch.right);
        return;
    }
    double x = stretch.left;
    if (card > 0) {
        line(x, x + gap);
        const double end = paintBar(painter, card, x + gap);
        x = end + gap;
    }
    const QFontMetricsF metrics(theme.font("value_small"));
    const double width = metrics.horizontalAdvance(text);
    painter.setFont(theme.font("value_small"));
    painter.setPen(theme.colour(dashed ? "text.tertiary" : "text.secondary"));
    painter.drawText(QRectF(x, 0, width + gap, height()), Qt::AlignLeft | Qt::AlignVCenter, text);
    line(x + width + gap, stretch.right);
}

/// A thin bar under the late stretches: work goes on, Esc cancels.
void Rail::paintOverdue(QPainter &painter) const
{
    const Theme &theme = Theme::shared();
    const double thick = theme.number("stroke.wire");
    for (std::size_t i = 0; i < cardCount; ++i) {
        if (!std::holds_alternative<CostLate>(costs_.cards[i]))
            continue;
        const Stretch &stretch = stretches_[i];
        const QRectF track(stretch.left, height() - thick, stretch.right - stretch.left, thick);
        painter.fillRect(track, theme.colour("ground.control"));
        const bool moving = pulse_->state() == QAbstractAnimation::Running;
        const double phase = moving ? pulse_->currentValue().toDouble() : 0.0;
        const double length = moving ? track.width() / 3.0 : track.width();
        const double x = track.left() + (moving ? phase * (track.width() - length) : 0.0);
        painter.fillRect(QRectF(x, track.top(), length, thick), theme.colour(stageTokens[i]));
    }
}

} // namespace widgets
