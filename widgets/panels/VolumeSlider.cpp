// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/VolumeSlider.h"

#include "widgets/controls/PlainSlider.h"
#include "widgets/theme/Focus.h"
#include "widgets/theme/Theme.h"
#include "widgets/views/TimeText.h"

#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

namespace widgets {

namespace {

constexpr int pageDb = 6;
constexpr int detentTenths = 5; ///< a drag this close to 0 dB stops at it

} // namespace

VolumeSlider::VolumeSlider(QWidget *parent) : QSlider(Qt::Horizontal, parent)
{
    setObjectName(QStringLiteral("volume"));
    setAccessibleName(tr("Monitor volume"));
    setFocusPolicy(Qt::TabFocus);
    setRange(lowestDb * tenths, highestDb * tenths);
    setSingleStep(tenths);
    setPageStep(pageDb * tenths);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAttribute(Qt::WA_Hover);
    trackKeyboardFocus(this);
    const auto describe = [this] {
        setToolTip(
            tr("Monitor volume %1. It never changes a render. Double-click: 0 dB").arg(words()));
        setAccessibleDescription(words());
    };
    connect(this, &QSlider::valueChanged, this, describe);
    connect(&Theme::shared(), &Theme::changed, this, [this] { update(); });
    describe();
}

QString VolumeSlider::words() const
{
    return value() <= minimum() ? tr("Silent") : tr("%1 dB").arg(numberText(decibels(), 1, true));
}

QSize VolumeSlider::sizeHint() const
{
    const Theme &theme = Theme::shared();
    return {theme.px(compact_ ? "size.volume_compact" : "size.volume"), theme.px("size.control")};
}

void VolumeSlider::setCompact(bool compact)
{
    compact_ = compact;
    updateGeometry();
}

void VolumeSlider::moveTo(double x)
{
    const int wanted = sliderValueAt(*this, x);
    setValue(std::abs(wanted) <= detentTenths ? 0 : wanted);
    QToolTip::showText(mapToGlobal(QPoint(qRound(x), -height())), words(), this);
}

void VolumeSlider::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    setSliderDown(true);
    moveTo(event->position().x());
}

void VolumeSlider::mouseMoveEvent(QMouseEvent *event)
{
    if (isSliderDown())
        moveTo(event->position().x());
}

void VolumeSlider::mouseReleaseEvent(QMouseEvent *)
{
    setSliderDown(false);
    QToolTip::hideText();
}

void VolumeSlider::mouseDoubleClickEvent(QMouseEvent *)
{
    setValue(0);
}

void VolumeSlider::wheelEvent(QWheelEvent *event)
{
    const int notches = qRound(event->angleDelta().y() / double{QWheelEvent::DefaultDeltasPerStep} * tenths);
    setValue(value() + notches);
    event->accept();
}

void VolumeSlider::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintSlider(*this, painter);
}

} // namespace widgets
