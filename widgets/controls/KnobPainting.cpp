// SPDX-License-Identifier: GPL-3.0-or-later
//
// How a Knob looks; all from the theme's knob.* group.
#include "engine/pipeline/ParameterText.h"
#include "widgets/controls/FocusRing.h"
#include "widgets/controls/Knob.h"
#include "widgets/controls/ParameterPresentation.h"
#include "widgets/theme/Icons.h"
#include "widgets/theme/Theme.h"

#include <QFontMetricsF>
#include <QPainter>

#include <cmath>

namespace widgets {

namespace {

/// Angles in the theme go clockwise from +x, Qt's counter-clockwise.
QPainterPath arc(QPointF centre, double radius, double fromDeg, double toDeg)
{
    const QRectF box(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius);
    QPainterPath path;
    path.arcMoveTo(box, -fromDeg);
    path.arcTo(box, -fromDeg, fromDeg - toDeg);
    return path;
}

QPointF onCircle(QPointF centre, double radius, double deg)
{
    const double radians = deg * M_PI / 180.0;
    return centre + QPointF(std::cos(radians), std::sin(radians)) * radius;
}

QPen roundPen(const QColor &colour, double width)
{
    return {colour, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin};
}

} // namespace

QByteArray Knob::token(const char *name) const
{
    static constexpr const char *names[] = {"linked", "normal", "large", "hero"};
    return QByteArray("knob.sizes.") + names[static_cast<int>(size_)] + '.' + name;
}

int Knob::diameter() const
{
    return Theme::shared().px(token(compact_ ? "d_compact" : "d").constData());
}

double Knob::ringRadius() const
{
    return diameter() / 2.0 - Theme::shared().number("knob.ring_inset");
}

QSize Knob::sizeHint() const
{
    const Theme &theme = Theme::shared();
    const QFontMetricsF metrics(theme.font("caption"));
    const QString unit = parameterUnit(info());
    const QString label =
        unit.isEmpty() ? parameterLabel(info()) : parameterLabel(info()) + u' ' + unit;
    const int top = qCeil(theme.number("knob.margin"));
    const int text = qCeil(metrics.horizontalAdvance(label)) + 2;
    return {std::max(diameter() + 2 * top, text + text % 2),
            top + diameter() + theme.px("knob.label_drop") + qCeil(metrics.descent())};
}

QRect Knob::ringBox() const
{
    const int d = diameter();
    return {(width() - d) / 2, qCeil(Theme::shared().number("knob.margin")), d, d};
}

void Knob::placeRing(int centreX, int bottom)
{
    const QSize size = sizeHint();
    setGeometry(centreX - size.width() / 2,
                bottom - diameter() - qCeil(Theme::shared().number("knob.margin")), size.width(),
                size.height());
}

double Knob::angleAt(double value) const
{
    const Theme &theme = Theme::shared();
    return theme.number("knob.angle_start_deg") +
           theme.number("knob.angle_sweep_deg") * engine::pipeline::knobPosition(info(), value);
}

QPainterPath Knob::focusShape() const
{
    const Theme &theme = Theme::shared();
    const double start = theme.number("knob.angle_start_deg");
    const double radius = ringRadius() + theme.number(token("ring").constData()) / 2 +
                          theme.number("focus.offset") + theme.number("focus.width") / 2;
    return arc(QRectF(ringBox()).center(), radius, start,
               start + theme.number("knob.angle_sweep_deg"));
}

void Knob::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintRing(painter);
    paintWords(painter);
    if (locked_)
        paintLock(painter);
}

/// In the gap of the ring, over the label.
void Knob::paintLock(QPainter &painter) const
{
    const Theme &theme = Theme::shared();
    const double side = theme.number("knob.lock");
    const QPointF middle(QRectF(ringBox()).center().x(), ringBox().bottom() + 1 - side / 2);
    paintIcon(painter, QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side), "lock",
              theme.colour("text.primary"));
}

void Knob::paintRing(QPainter &painter) const
{
    const Theme &theme = Theme::shared();
    const QPointF centre = QRectF(ringBox()).center();
    const double radius = ringRadius();
    const double width = theme.number(token("ring").constData());
    const double start = theme.number("knob.angle_start_deg");
    const double end = start + theme.number("knob.angle_sweep_deg");
    const bool bipolar = info().curve == engine::pipeline::Curve::Bipolar;
    const double from = bipolar ? theme.number("knob.bipolar_origin_deg") : start;
    const double at = angleAt(parameterValue_);

    QColor fill = stageColour(stageToken(info().stage));
    QColor pointer = theme.colour("text.primary");
    if (dim_) {
        fill = theme.colour("line.strong");
        pointer = theme.colour("text.disabled");
    } else if (!isEnabled()) {
        fill = theme.colour("line.border");
        pointer = theme.colour("text.disabled");
    }
    const bool lit = (hovered_ || dragging_) && isEnabled();
    painter.strokePath(
        arc(centre, radius, start, end),
        roundPen(theme.colour(lit ? "ground.control_hover" : "ground.control"), width));
    if (at != from)
        painter.strokePath(arc(centre, radius, std::min(from, at), std::max(from, at)),
                           roundPen(fill, width));
    painter.setPen(roundPen(pointer, theme.number("knob.pointer_width")));
    painter.drawLine(onCircle(centre, radius - theme.number("knob.pointer_in"), at),
                     onCircle(centre, radius + theme.number("knob.pointer_out"), at));
    if (other_ && *other_ != parameterValue_ && !dim_) {
        const double dot = theme.number("knob.other_slot_tick.d") / 2;
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.colour("text.secondary"));
        painter.drawEllipse(onCircle(centre,
                                     radius + theme.number("knob.other_slot_tick.radius_offset"),
                                     angleAt(*other_)),
                            dot, dot);
    }
}

void Knob::paintWords(QPainter &painter) const
{
    const Theme &theme = Theme::shared();
    const QPointF centre = QRectF(ringBox()).center();
    const QString value = shownValue(info(), parameterValue_);
    QFont number = theme.font("value");
    number.setPixelSize(
        theme.px(token(compact_ ? "value_size_compact" : "value_size").constData()));
    const double room = 2 * (ringRadius() - theme.number(token("ring").constData()));
    while (QFontMetricsF(number).horizontalAdvance(value) > room &&
           number.pixelSize() > theme.px("type.min_size"))
        number.setPixelSize(number.pixelSize() - 1);
    const QFontMetricsF metrics(number);
    painter.setFont(number);
    painter.setPen(theme.colour(!isEnabled() ? "text.disabled"
                                : dim_       ? "text.tertiary"
                                             : "text.primary"));
    const double baseline = centre.y() - theme.number("knob.value_rise") + metrics.capHeight() / 2;
    painter.drawText(QPointF(centre.x() - metrics.horizontalAdvance(value) / 2, baseline), value);

    const QFont caption = theme.font("caption");
    const QFontMetricsF words(caption);
    const QString label = parameterLabel(info());
    const QString unit = parameterUnit(info());
    const QString gap = unit.isEmpty() ? QString() : QStringLiteral(" ");
    const double labelWidth = words.horizontalAdvance(label + gap);
    double x = centre.x() - (labelWidth + words.horizontalAdvance(unit)) / 2;
    const double y = ringBox().bottom() + 1 + theme.number("knob.label_drop");
    painter.setFont(caption);
    painter.setPen(theme.colour(isEnabled() ? "text.secondary" : "text.disabled"));
    painter.drawText(QPointF(x, y), label);
    painter.setPen(theme.colour(isEnabled() ? "text.tertiary" : "text.disabled"));
    painter.drawText(QPointF(x + labelWidth, y), unit);
}

} // namespace widgets
