// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/controls/GainReductionMeter.h"

#include "widgets/controls/ParameterPresentation.h"
#include "widgets/theme/Theme.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace widgets {

GainReductionMeter::GainReductionMeter(QWidget *parent) : QWidget(parent)
{
    setAccessibleName(tr("Gain reduction"));
    setToolTip(tr("How far the limiter turns the sound down, and the most of late"));
    connect(&Theme::shared(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void GainReductionMeter::setReduction(std::optional<double> db, std::optional<double> peakDb)
{
    if (db == db_ && peakDb == peakDb_)
        return;
    db_ = db;
    peakDb_ = peakDb;
    //: Value of a meter for screen readers. %1: a number of decibels.
    setAccessibleDescription(db ? tr("%1 decibels").arg(shownNumber(*db, 1)) : QString());
    update();
}

void GainReductionMeter::placeBar(const QRect &bar)
{
    const Theme &theme = Theme::shared();
    const int margin = theme.px("space.scale.x2");
    const int scale =
        theme.px("reduction.scale_left") +
        qCeil(QFontMetricsF(theme.font("value_small")).horizontalAdvance(QStringLiteral("12")));
    setGeometry(bar.left(), bar.top() - margin, bar.width() + scale, bar.height() + 2 * margin);
    bar_ = QRect(0, margin, bar.width(), bar.height());
}

double GainReductionMeter::yAt(double db) const
{
    const double share = std::clamp(db / Theme::shared().number("reduction.range_db"), 0.0, 1.0);
    return bar_.top() + share * bar_.height();
}

void GainReductionMeter::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::shared();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double radius = theme.number("radius.meter");
    QPainterPath track;
    track.addRoundedRect(bar_, radius, radius);
    painter.fillPath(track, theme.colour("meter.track"));
    if (db_ && *db_ > 0.0) {
        QPainterPath fill;
        fill.addRect(QRectF(bar_.left(), bar_.top(), bar_.width(), yAt(*db_) - bar_.top()));
        painter.fillPath(fill & track, stageColour("limiter"));
    }
    if (peakDb_ && *peakDb_ > 0.0) {
        const double line = theme.number("reduction.peak_line");
        painter.fillRect(QRectF(bar_.left(), yAt(*peakDb_) - line / 2, bar_.width(), line),
                         theme.colour("text.primary"));
    }
    painter.setFont(theme.font("value_small"));
    painter.setPen(theme.colour("text.tertiary"));
    const QFontMetricsF metrics(painter.font());
    for (const double db : theme.numbers("reduction.ticks_db")) {
        painter.drawText(
            QPointF(bar_.right() + 1 + theme.number("reduction.scale_left"),
                    yAt(db) - theme.number("reduction.scale_rise") + metrics.capHeight() / 2),
            shownNumber(db, 0));
    }
}

} // namespace widgets
