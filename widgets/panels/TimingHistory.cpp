// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/TimingHistory.h"

#include "widgets/panels/TimingPanel.h"
#include "widgets/theme/Focus.h"
#include "widgets/theme/Theme.h"
#include "widgets/views/TimeText.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace widgets {

namespace {

/// A response within this feels immediate.
constexpr double limitSeconds = 0.1;

QString limitName()
{
    return TimingHistory::tr("%1 ms").arg(numberText(limitSeconds * 1e3, 0));
}

} // namespace

TimingHistory::TimingHistory(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("timing.history"));
    setAccessibleName(tr("History"));
    setAccessibleText(this, QAccessible::Chart, {});
    setFocusPolicy(Qt::TabFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    trackKeyboardFocus(this);
    connect(&Theme::shared(), &Theme::changed, this, [this] { update(); });
}

QSize TimingHistory::sizeHint() const
{
    const Theme &theme = Theme::shared();
    return {theme.px("size.inspector_min"),
            theme.px("size.timing_row") + theme.px("size.timing_history")};
}

void TimingHistory::setBars(std::vector<Bar> bars, const QString &caption)
{
    bars_ = std::move(bars);
    caption_ = caption;
    pointed_ = -1;
    setAccessibleText(this, QAccessible::Chart,
                      bars_.empty() ? QString()
                                    : tr("median %1").arg(durationText(medianSeconds())));
    update();
}

double TimingHistory::medianSeconds() const
{
    if (bars_.empty())
        return 0.0;
    std::vector<double> times;
    for (const Bar &bar : bars_)
        times.push_back(bar.seconds);
    const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
    std::nth_element(times.begin(), middle, times.end());
    if (times.size() % 2 == 1)
        return *middle;
    return (*middle + *std::max_element(times.begin(), middle)) / 2.0;
}

QString TimingHistory::barText(std::size_t index) const
{
    const Bar &bar = bars_[index];
    const QString time = bar.seconds < 1.0 ? tr("%1 ms").arg(numberText(bar.seconds * 1e3, 0))
                                           : durationText(bar.seconds);
    //: what changed, and how long the run took: "Fold 4.8 → 5.0, 46 ms"
    return bar.whatChanged.isEmpty() ? time : tr("%1, %2").arg(bar.whatChanged, time);
}

QRectF TimingHistory::plot() const
{
    const double caption = Theme::shared().number("size.timing_row");
    return {0.0, caption, static_cast<double>(width()), height() - caption};
}

double TimingHistory::scaleSeconds() const
{
    double longest = limitSeconds;
    for (const Bar &bar : bars_)
        longest = std::max(longest, bar.seconds);
    return longest;
}

QRectF TimingHistory::barRect(std::size_t index) const
{
    const Theme &theme = Theme::shared();
    const QRectF place = plot();
    const double top = place.top() + theme.number("space.scale.x1");
    const double pitch = place.width() / static_cast<double>(TimingPanel::historyLength);
    const double thick = std::max(std::floor(pitch) - theme.number("stroke.wire"), 1.0);
    const double height =
        std::max((place.bottom() - top) * bars_[index].seconds / scaleSeconds(), 1.0);
    // The newest stands at the right end.
    const double x = place.right() - thick - pitch * static_cast<double>(bars_.size() - 1 - index);
    return {x, place.bottom() - height, thick, height};
}

double TimingHistory::limitY() const
{
    const QRectF place = plot();
    const double top = place.top() + Theme::shared().number("space.scale.x1");
    return std::floor(place.bottom() - (place.bottom() - top) * limitSeconds / scaleSeconds()) +
           0.5;
}

std::optional<QRectF> TimingHistory::limitNameRect() const
{
    const Theme &theme = Theme::shared();
    const QFontMetricsF metrics(theme.font("value_small"));
    const double wide = metrics.horizontalAdvance(limitName()) + theme.number("space.scale.x1");
    const double high = metrics.height();
    const QRectF all = plot();
    const double below = limitY() + 1.0;
    const double above = limitY() - 1.0 - high;
    for (const double top : {below, above})
        for (const double left : {all.right() - wide, all.left()}) {
            const QRectF name(left, top, wide, high);
            bool free = name.top() >= all.top() && name.bottom() <= all.bottom();
            for (std::size_t i = 0; i < bars_.size() && free; ++i)
                free = !barRect(i).intersects(name);
            if (free)
                return name;
        }
    return std::nullopt;
}

void TimingHistory::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::shared();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF head(0, 0, width(), theme.number("size.timing_row"));
    painter.setFont(theme.font("caption"));
    painter.setPen(theme.colour("text.tertiary"));
    painter.drawText(head, Qt::AlignLeft | Qt::AlignVCenter, caption_);
    if (!bars_.empty()) {
        painter.setFont(theme.font("value_small"));
        painter.setPen(theme.colour("text.secondary"));
        painter.drawText(head, Qt::AlignRight | Qt::AlignVCenter,
                         tr("median %1")
                             .arg(medianSeconds() < 1.0
                                      ? tr("%1 ms").arg(numberText(medianSeconds() * 1e3, 0))
                                      : durationText(medianSeconds())));
    }
    const double limit = limitY();
    for (std::size_t i = 0; i < bars_.size(); ++i) {
        const bool newest = i + 1 == bars_.size();
        const bool pointed = static_cast<int>(i) == pointed_;
        const QRectF bar = barRect(i);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.colour(newest || pointed ? "text.primary" : "line.strong"));
        painter.drawRoundedRect(bar, 1, 1);
    }
    painter.setPen(
        QPen(theme.colour("line.control_edge"), theme.number("stroke.hairline"), Qt::DotLine));
    painter.drawLine(QPointF(0, limit), QPointF(width(), limit));
    if (const auto name = limitNameRect()) {
        painter.setFont(theme.font("value_small"));
        painter.setPen(theme.colour("text.tertiary"));
        const bool right = name->right() > width() - 1.0;
        painter.drawText(*name, (right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter,
                         limitName());
    }
    if (hasKeyboardFocus(this))
        paintFocusRing(painter, rect(), theme.number("radius.control"));
}

void TimingHistory::point(int index, const QPoint &globalPosition)
{
    if (index == pointed_)
        return;
    pointed_ = index;
    if (index >= 0) {
        const QString text = barText(static_cast<std::size_t>(index));
        setAccessibleText(this, QAccessible::Chart, text);
        QToolTip::showText(globalPosition, text, this);
    } else {
        QToolTip::hideText();
    }
    update();
}

void TimingHistory::mouseMoveEvent(QMouseEvent *event)
{
    int nearest = -1;
    const QPointF place = event->position();
    const double reach = Theme::shared().number("stroke.wire") / 2.0;
    for (std::size_t i = 0; i < bars_.size() && plot().contains(place); ++i) {
        const QRectF bar = barRect(i);
        if (place.x() >= bar.left() - reach && place.x() < bar.right() + reach)
            nearest = static_cast<int>(i);
    }
    point(nearest, event->globalPosition().toPoint());
}

void TimingHistory::leaveEvent(QEvent *)
{
    point(-1, {});
}

void TimingHistory::keyPressEvent(QKeyEvent *event)
{
    const int last = static_cast<int>(bars_.size()) - 1;
    const int step = event->key() == Qt::Key_Left ? -1 : (event->key() == Qt::Key_Right ? 1 : 0);
    if (step == 0 || last < 0) {
        QWidget::keyPressEvent(event);
        return;
    }
    const int next = pointed_ < 0 ? last : std::clamp(pointed_ + step, 0, last);
    point(next, mapToGlobal(barRect(static_cast<std::size_t>(next)).topLeft().toPoint()));
}

} // namespace widgets
