// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/controls/LoopRangeBar.h"

#include "widgets/theme/Focus.h"
#include "widgets/theme/Theme.h"
#include "widgets/views/TimeText.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace widgets {

namespace {
constexpr double keyStepSeconds = 0.1;
constexpr double grabPx = 8.0;
} // namespace

LoopRangeBar::LoopRangeBar(QWidget *parent) : QWidget(parent)
{
    setAccessibleName(tr("Part that repeats"));
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setCursor(Qt::PointingHandCursor);
    trackKeyboardFocus(this);
    connect(&Theme::shared(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

QSize LoopRangeBar::sizeHint() const
{
    return {Theme::shared().px("size.sheet_first"), Theme::shared().px("size.control")};
}

void LoopRangeBar::setLength(double seconds)
{
    length_ = std::max(seconds, leastSeconds);
    setRange(0.0, length_);
}

void LoopRangeBar::setRange(double first, double end)
{
    first_ = std::clamp(first, 0.0, length_ - leastSeconds);
    end_ = std::clamp(end, first_ + leastSeconds, length_);
    setAccessibleDescription(
        tr("%1 to %2 seconds").arg(numberText(first_, 1), numberText(end_, 1)));
    update();
}

void LoopRangeBar::setMoment(double seconds)
{
    if (std::abs(x(seconds) - x(moment_)) < 0.5)
        return;
    moment_ = seconds;
    update();
}

double LoopRangeBar::x(double seconds) const
{
    const double side = Theme::shared().number("space.scale.x2");
    return side + (width() - 2 * side) * std::clamp(seconds / length_, 0.0, 1.0);
}

double LoopRangeBar::secondsAt(double at) const
{
    const double side = Theme::shared().number("space.scale.x2");
    return length_ * std::clamp((at - side) / std::max(width() - 2 * side, 1.0), 0.0, 1.0);
}

void LoopRangeBar::move(double first, double end)
{
    setRange(first, end);
    emit rangeChanged(first_, end_);
}

void LoopRangeBar::mousePressEvent(QMouseEvent *event)
{
    const double at = event->position().x();
    const double toFirst = std::abs(at - x(first_));
    const double toEnd = std::abs(at - x(end_));
    if (std::min(toFirst, toEnd) <= grabPx)
        held_ = toFirst < toEnd ? Held::First : Held::End;
    else
        emit seekRequested(secondsAt(at));
}

void LoopRangeBar::mouseMoveEvent(QMouseEvent *event)
{
    const double seconds = secondsAt(event->position().x());
    if (held_ == Held::First)
        move(std::min(seconds, end_ - leastSeconds), end_);
    else if (held_ == Held::End)
        move(first_, std::max(seconds, first_ + leastSeconds));
}

void LoopRangeBar::mouseReleaseEvent(QMouseEvent *)
{
    held_ = Held::Nothing;
}

void LoopRangeBar::keyPressEvent(QKeyEvent *event)
{
    const bool back = event->key() == Qt::Key_Left;
    if (!back && event->key() != Qt::Key_Right) {
        QWidget::keyPressEvent(event);
        return;
    }
    const double step = back ? -keyStepSeconds : keyStepSeconds;
    if (event->modifiers() & Qt::ShiftModifier) {
        move(first_, end_ + step);
        return;
    }
    const double shift = std::clamp(step, -first_, length_ - end_);
    move(first_ + shift, end_ + shift);
}

void LoopRangeBar::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::shared();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const double middle = height() / 2.0;
    const double track = theme.number("space.scale.x1");
    const auto bar = [&](double from, double to, const char *role) {
        painter.setBrush(theme.colour(role));
        painter.drawRoundedRect(QRectF(from, middle - track / 2, to - from, track), track / 2,
                                track / 2);
    };
    bar(x(0.0), x(length_), "ground.control");
    bar(x(first_), x(end_), "line.control_edge");
    painter.setBrush(theme.colour("text.primary"));
    const double edge = theme.number("stroke.wire");
    const double tall = theme.number("space.scale.x3");
    for (const double end : {first_, end_})
        painter.drawRect(QRectF(x(end) - edge / 2, middle - tall / 2, edge, tall));
    const double dot = theme.number("space.scale.x3");
    painter.drawEllipse(QPointF(x(moment_), middle), dot / 2, dot / 2);
    if (hasKeyboardFocus(this))
        paintFocusRing(painter, rect(), theme.number("radius.control"));
}

} // namespace widgets
