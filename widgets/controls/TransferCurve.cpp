// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/controls/TransferCurve.h"

#include "engine/pipeline/ParameterText.h"
#include "widgets/controls/FocusRing.h"
#include "widgets/controls/ParameterPresentation.h"
#include "widgets/theme/Theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <cmath>

namespace widgets {

using engine::dsp::Distortion;
using engine::dsp::DistortionMode;
using engine::pipeline::ParameterId;
using engine::pipeline::parameterInfo;

TransferCurve::TransferCurve(QWidget *parent) : QWidget(parent)
{
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::SizeAllCursor);
    describe();
    connect(&Theme::shared(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void TransferCurve::setShape(const Distortion::Parameters &shape)
{
    if (shape == shape_)
        return;
    shape_ = shape;
    describe();
    update();
}

void TransferCurve::setInputLevel(double linear)
{
    linear = std::clamp(std::abs(linear), 0.0, 1.0);
    if (linear == level_)
        return;
    level_ = linear;
    update();
}

ParameterId TransferCurve::verticalParameter() const
{
    return shape_.mode == DistortionMode::Tube ? ParameterId::Drive : ParameterId::FoldAmount;
}

ParameterId TransferCurve::horizontalParameter() const
{
    return shape_.mode == DistortionMode::Tube ? ParameterId::Warmth : ParameterId::Bias;
}

void TransferCurve::describe()
{
    const auto &vertical = parameterInfo(verticalParameter());
    const auto &horizontal = parameterInfo(horizontalParameter());
    //: Name of a curve for screen readers: which it is, and the stage it belongs to.
    setAccessibleName(tr("Transfer curve, %1").arg(stageName(vertical.stage)));
    //: Tooltip of the curve. %1 and %2: labels of the two knobs that the directions turn.
    setToolTip(tr("What goes in, left to right, and what comes out.\nDrag up and down for %1, left "
                  "and right for %2.")
                   .arg(parameterLabel(vertical), parameterLabel(horizontal)));
    setAccessibleDescription(
        tr("%1 %2, %3 %4")
            .arg(parameterLabel(vertical), spokenValue(vertical, valueOf(vertical.id)),
                 parameterLabel(horizontal), spokenValue(horizontal, valueOf(horizontal.id))));
}

double TransferCurve::valueOf(ParameterId id) const
{
    engine::pipeline::Settings settings;
    settings.distortion = shape_;
    return parameterInfo(id).read(settings);
}

void TransferCurve::choose(ParameterId id, double value, Edit edit)
{
    engine::pipeline::Settings settings;
    settings.distortion = shape_;
    parameterInfo(id).write(settings, value);
    setShape(settings.distortion);
    emit edited(id, value, edit);
}

// Drawn without the shift that the DC block takes away, so that the curve stays inside its frame.

double TransferCurve::curve(double input) const
{
    Distortion::Parameters shape = shape_;
    shape.dcBlock = false;
    return Distortion::curve(shape, input);
}

double TransferCurve::outputRange() const
{
    return std::max({1.0, std::abs(curve(1.0)), std::abs(curve(-1.0))});
}

QRectF TransferCurve::plot() const
{
    const double margin = Theme::shared().number("space.scale.x2");
    return QRectF(rect()).adjusted(margin, margin, -margin, -margin);
}

QPointF TransferCurve::pointAt(double input) const
{
    const QRectF area = plot();
    const double rise = Theme::shared().number("curve.full_scale");
    return {area.center().x() + input * area.width() / 2,
            area.center().y() - curve(input) / outputRange() * rise * area.height() / 2};
}

void TransferCurve::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::shared();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double radius = theme.number("radius.control");
    QPainterPath frame;
    frame.addRoundedRect(rect(), radius, radius);
    painter.fillPath(frame, theme.colour("ground.plot"));
    const QRectF area = plot();

    QPen hairline(theme.colour("line.border"), theme.number("stroke.hairline"));
    painter.setPen(hairline);
    const double x = std::floor(area.center().x()) + 0.5;
    const double y = std::floor(area.center().y()) + 0.5;
    painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
    painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
    const double dash = theme.number("curve.dash");
    hairline.setDashPattern({dash, dash});
    painter.setPen(hairline);
    const double rise = theme.number("curve.full_scale") / outputRange() * area.height() / 2;
    painter.drawLine(QPointF(area.left(), area.center().y() + rise),
                     QPointF(area.right(), area.center().y() - rise));

    QPainterPath line;
    const int steps = qCeil(area.width() * theme.number("curve.points_per_px"));
    for (int i = 0; i <= steps; ++i) {
        const QPointF at = pointAt(2.0 * i / steps - 1.0);
        i == 0 ? line.moveTo(at) : line.lineTo(at);
    }
    painter.strokePath(line, QPen(stageColour("distortion"), theme.number("stroke.plot_line"),
                                  Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.colour("text.primary"));
    const double dot = theme.number("curve.dot") / 2;
    painter.drawEllipse(pointAt(level_), dot, dot);
}

void TransferCurve::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton) {
        event->ignore();
        return;
    }
    dragging_ = true;
    last_ = event->globalPosition().toPoint();
    const auto position = [this](ParameterId id) {
        return engine::pipeline::knobPosition(parameterInfo(id), valueOf(id));
    };
    vertical_ = {position(verticalParameter()), 0.0, false};
    horizontal_ = {position(horizontalParameter()), 0.0, false};
}

void TransferCurve::pull(Axis &axis, ParameterId id, double pixels, bool fine)
{
    const Theme &theme = Theme::shared();
    axis.pulled += pixels;
    if (!axis.moved) {
        // A drag along one direction does not turn the other knob.
        if (std::abs(axis.pulled) < theme.number("knob.drag.detent_px"))
            return;
        axis.moved = true;
        pixels = axis.pulled;
    }
    const auto &info = parameterInfo(id);
    axis.start = std::clamp(axis.start + pixels / theme.number(fine ? "knob.drag.px_full_range_fine"
                                                                    : "knob.drag.px_full_range"),
                            0.0, 1.0);
    const double value = roundedValue(info, engine::pipeline::valueAtKnob(info, axis.start), fine);
    if (value != valueOf(id))
        choose(id, value, Edit::Moving);
}

void TransferCurve::mouseMoveEvent(QMouseEvent *event)
{
    if (!dragging_)
        return;
    const QPoint at = event->globalPosition().toPoint();
    const bool fine = event->modifiers().testAnyFlags(Qt::ControlModifier | Qt::ShiftModifier);
    pull(vertical_, verticalParameter(), last_.y() - at.y(), fine);
    pull(horizontal_, horizontalParameter(), at.x() - last_.x(), fine);
    last_ = at;
}

void TransferCurve::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !dragging_)
        return;
    dragging_ = false;
    const bool still = !vertical_.moved && !horizontal_.moved;
    if (vertical_.moved || still)
        emit edited(verticalParameter(), valueOf(verticalParameter()), Edit::Ended);
    if (horizontal_.moved)
        emit edited(horizontalParameter(), valueOf(horizontalParameter()), Edit::Ended);
}

void TransferCurve::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    for (const ParameterId id : {verticalParameter(), horizontalParameter()})
        choose(id, parameterInfo(id).defaultValue(), Edit::Set);
}

bool TransferCurve::actOn(const QKeyEvent *event, bool really)
{
    const bool fine = event->modifiers().testFlag(Qt::ShiftModifier);
    const auto nudge = [&](ParameterId id, NudgeRun &run, double sign) {
        if (really) {
            const auto &info = parameterInfo(id);
            const double step =
                Theme::shared().number(fine ? "knob.drag.wheel_step_fine" : "knob.drag.key_step");
            const double position = engine::pipeline::knobPosition(info, valueOf(id));
            choose(id,
                   roundedValue(info, engine::pipeline::valueAtKnob(info, position + sign * step),
                                fine),
                   run.next(*event));
        }
        return true;
    };
    switch (event->key()) {
    case Qt::Key_Up:
        return nudge(verticalParameter(), verticalRun_, 1);
    case Qt::Key_Down:
        return nudge(verticalParameter(), verticalRun_, -1);
    case Qt::Key_Right:
        return nudge(horizontalParameter(), horizontalRun_, 1);
    case Qt::Key_Left:
        return nudge(horizontalParameter(), horizontalRun_, -1);
    default:
        return false;
    }
}

void TransferCurve::keyPressEvent(QKeyEvent *event)
{
    if (!actOn(event, true))
        event->ignore();
}

bool TransferCurve::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride &&
        actOn(static_cast<QKeyEvent *>(event), false)) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

void TransferCurve::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    FocusRing::enter(this, parentWidget() ? parentWidget() : this, event,
                     FocusRing::around(rect(), Theme::shared().number("radius.control")));
}

} // namespace widgets
