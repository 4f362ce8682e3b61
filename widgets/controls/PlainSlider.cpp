// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/controls/PlainSlider.h"

#include "widgets/theme/Focus.h"
#include "widgets/theme/Theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

#include <cmath>

namespace widgets {

namespace {
constexpr int steps = 1000;
constexpr int keySteps = 10;
constexpr int pageSteps = 100;
} // namespace

double sliderX(const QSlider &slider, int value)
{
    const double knob = Theme::shared().number("size.volume_knob");
    const double part =
        static_cast<double>(value - slider.minimum()) / (slider.maximum() - slider.minimum());
    return knob / 2.0 + part * (slider.width() - knob);
}

int sliderValueAt(const QSlider &slider, double x)
{
    const double knob = Theme::shared().number("size.volume_knob");
    const double part = std::clamp((x - knob / 2.0) / (slider.width() - knob), 0.0, 1.0);
    return slider.minimum() +
           static_cast<int>(std::lround(part * (slider.maximum() - slider.minimum())));
}

void paintSlider(const QSlider &slider, QPainter &painter)
{
    const Theme &theme = Theme::shared();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const bool on = slider.isEnabled();
    const double knob = theme.number("size.volume_knob");
    const double thick = theme.number("space.scale.x1");
    const QRectF groove(knob / 2.0, (slider.height() - thick) / 2.0, slider.width() - knob, thick);
    painter.setBrush(theme.colour(on ? "line.strong" : "line.border"));
    painter.drawRoundedRect(groove, thick / 2, thick / 2);
    QRectF filled = groove;
    filled.setRight(sliderX(slider, slider.value()));
    painter.setBrush(theme.colour(on ? "text.secondary" : "line.border"));
    painter.drawRoundedRect(filled, thick / 2, thick / 2);
    painter.setBrush(theme.colour(!on                   ? "line.strong"
                                  : slider.underMouse() ? "action.primary_hover"
                                                        : "action.primary"));
    painter.drawEllipse(QPointF(sliderX(slider, slider.value()), slider.height() / 2.0), knob / 2.0,
                        knob / 2.0);
    if (hasKeyboardFocus(&slider))
        paintFocusRing(painter, slider.rect(), theme.number("radius.control"));
}

PlainSlider::PlainSlider(const QString &name, QWidget *parent) : QSlider(Qt::Horizontal, parent)
{
    setAccessibleName(name);
    setRange(0, steps);
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    trackKeyboardFocus(this);
    connect(&Theme::shared(), &Theme::changed, this, [this] { update(); });
}

void PlainSlider::setShare(double share)
{
    if (!isSliderDown())
        setValue(static_cast<int>(std::lround(share * steps)));
}

double PlainSlider::share() const
{
    return value() == steps ? 1.0 : static_cast<double>(value()) / steps;
}

QSize PlainSlider::sizeHint() const
{
    return {Theme::shared().px("size.volume"), Theme::shared().px("size.control")};
}

QSize PlainSlider::minimumSizeHint() const
{
    return {Theme::shared().px("size.volume_compact"), Theme::shared().px("size.control")};
}

void PlainSlider::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    setSliderDown(true);
    setValue(sliderValueAt(*this, event->position().x()));
    emit moved(share(), Edit::Moving);
}

void PlainSlider::mouseMoveEvent(QMouseEvent *event)
{
    if (!isSliderDown())
        return;
    setValue(sliderValueAt(*this, event->position().x()));
    emit moved(share(), Edit::Moving);
}

void PlainSlider::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !isSliderDown())
        return;
    setSliderDown(false);
    emit moved(share(), Edit::Ended);
}

void PlainSlider::nudge(int by, const QInputEvent &event)
{
    const Edit edit = run_.next(event);
    const int before = value();
    setValue(before + by);
    if (value() != before)
        emit moved(share(), edit);
}

void PlainSlider::wheelEvent(QWheelEvent *event)
{
    wheelRest_ += event->angleDelta().y() / double(QWheelEvent::DefaultDeltasPerStep);
    const double notches = std::trunc(wheelRest_);
    wheelRest_ -= notches;
    if (notches != 0.0)
        nudge(static_cast<int>(notches) * keySteps, *event);
    event->accept();
}

bool PlainSlider::actOn(const QKeyEvent &event, bool really)
{
    const int one = event.modifiers().testFlag(Qt::ShiftModifier) ? 1 : keySteps;
    if (event.modifiers().testAnyFlags(Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier))
        return false;
    const auto by = [&](int count) {
        if (really)
            nudge(count, event);
        return true;
    };
    switch (event.key()) {
    case Qt::Key_Right:
    case Qt::Key_Up:
        return by(one);
    case Qt::Key_Left:
    case Qt::Key_Down:
        return by(-one);
    case Qt::Key_PageUp:
        return by(pageSteps);
    case Qt::Key_PageDown:
        return by(-pageSteps);
    case Qt::Key_Home:
        return by(-steps);
    case Qt::Key_End:
        return by(steps);
    default:
        return false;
    }
}

void PlainSlider::keyPressEvent(QKeyEvent *event)
{
    if (!actOn(*event, true))
        event->ignore();
}

bool PlainSlider::event(QEvent *event)
{
    // While it has the focus its keys are its own, not the window's shortcuts.
    if (event->type() == QEvent::ShortcutOverride &&
        actOn(*static_cast<QKeyEvent *>(event), false)) {
        event->accept();
        return true;
    }
    return QSlider::event(event);
}

void PlainSlider::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintSlider(*this, painter);
}

} // namespace widgets
