// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/LevelMeter.h"

#include "widgets/theme/Focus.h"
#include "widgets/theme/Theme.h"
#include "widgets/views/TimeText.h"

#include <QMouseEvent>
#include <QPaintEvent>
#include <QPainter>
#include <QTimerEvent>

#include <cmath>

namespace widgets {

namespace {

constexpr double floorDb = -60.0;
constexpr double midDb = -12.0;
constexpr double highDb = -3.0;
constexpr double scalePower = 0.72; ///< of the distance from 0 dB: more room for what is loud
constexpr int frameMs = 16;

double audible(double db)
{
    return db >= floorDb ? std::min(db, 0.0) : floorDb; // NaN compares false
}

} // namespace

LevelMeter::LevelMeter(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("meters"));
    setAccessibleName(tr("Level"));
    setAccessibleText(this, QAccessible::Indicator, {});
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    target_.fill(floorDb);
    shown_.fill(floorDb);
    held_.fill(floorDb);
    connect(&Theme::shared(), &Theme::changed, this, [this] { update(); });
}

QSize LevelMeter::sizeHint() const
{
    const Theme &theme = Theme::shared();
    return {theme.px("size.meter_width"), theme.px("space.scale.x8")};
}

double LevelMeter::xOf(double db) const
{
    return width() * (1.0 - std::pow(audible(db) / floorDb, scalePower));
}

QRectF LevelMeter::barRect(int channel) const
{
    const Theme &theme = Theme::shared();
    const double thick = theme.number("size.meter_bar");
    const double pitch = thick + theme.number("stroke.wire");
    return {0.0, channel * pitch, static_cast<double>(width()), thick};
}

QRect LevelMeter::barsRect() const
{
    return barRect(0).united(barRect(1)).toAlignedRect();
}

void LevelMeter::setPeaks(std::array<double, 2> peakDb)
{
    bool moving = false;
    for (std::size_t c = 0; c < 2; ++c) {
        target_[c] = audible(peakDb[c]);
        if (target_[c] >= held_[c]) {
            held_[c] = target_[c];
            heldSeconds_[c] = 0.0;
        }
        moving |= target_[c] != shown_[c] || held_[c] > floorDb;
        if (target_[c] > shown_[c]) {
            shown_[c] = target_[c];
            update(barsRect());
        }
    }
    if (moving && !timer_.isActive()) {
        clock_.start();
        timer_.start(frameMs, Qt::PreciseTimer, this);
    }
}

void LevelMeter::setClipped(bool clipped)
{
    if (clipped_ == clipped)
        return;
    clipped_ = clipped;
    setAccessibleText(this, QAccessible::Indicator, clipped ? tr("Clipped") : QString());
    update();
}

void LevelMeter::advance(double seconds)
{
    const Theme &theme = Theme::shared();
    const double fall = theme.number("motion.meter_fall_db_per_s") * seconds;
    const double holdSeconds = theme.number("motion.peak_hold_ms") * 1e-3;
    bool moving = false;
    for (std::size_t c = 0; c < 2; ++c) {
        shown_[c] = std::max(target_[c], shown_[c] - fall);
        heldSeconds_[c] += seconds;
        if (heldSeconds_[c] > holdSeconds)
            held_[c] = shown_[c];
        moving |= shown_[c] > target_[c] || held_[c] > floorDb;
    }
    if (!moving)
        timer_.stop();
    update(barsRect());
}

void LevelMeter::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == timer_.timerId())
        advance(static_cast<double>(clock_.restart()) * 1e-3);
}

QRectF LevelMeter::clipRect() const
{
    const Theme &theme = Theme::shared();
    const QFontMetricsF metrics(theme.font("label_strong"));
    const double gap = theme.number("space.scale.x1");
    const double textWidth = metrics.horizontalAdvance(tr("CLIP")) + 2 * gap;
    const double top = barsRect().bottom() + gap;
    return {width() - textWidth, top, textWidth, height() - top};
}

void LevelMeter::mousePressEvent(QMouseEvent *event)
{
    if (!clipped_ || event->button() != Qt::LeftButton) {
        event->ignore();
        return;
    }
    setClipped(false);
    emit clipCleared();
}

void LevelMeter::paintEvent(QPaintEvent *event)
{
    QPainter painter(this);
    for (int c = 0; c < 2; ++c)
        paintBar(painter, c);
    if (event->rect().bottom() > barsRect().bottom())
        paintScale(painter);
}

void LevelMeter::paintBar(QPainter &painter, int channel) const
{
    const Theme &theme = Theme::shared();
    const QRectF bar = barRect(channel);
    const auto index = static_cast<std::size_t>(channel);
    const double radius = theme.number("radius.meter");
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.colour("meter.track"));
    painter.drawRoundedRect(bar, radius, radius);
    painter.setRenderHint(QPainter::Antialiasing, false);
    const auto zone = [&](double from, double to, const char *role) {
        const double left = xOf(from);
        const double right = xOf(std::min(to, shown_[index]));
        if (right > left)
            painter.fillRect(QRectF(left, bar.top(), right - left, bar.height()),
                             theme.colour(role));
    };
    zone(floorDb, midDb, "meter.low");
    zone(midDb, highDb, "meter.mid");
    zone(highDb, 0.0, "meter.high");
    if (held_[index] <= floorDb)
        return;
    const double line = theme.number("stroke.wire");
    const double x = std::min(xOf(held_[index]), width() - line);
    painter.fillRect(QRectF(x, bar.top(), line, bar.height()),
                     theme.colour(held_[index] > highDb ? "meter.high" : "text.primary"));
}

void LevelMeter::paintScale(QPainter &painter) const
{
    const Theme &theme = Theme::shared();
    painter.setFont(theme.font("value_small"));
    painter.setPen(theme.colour("text.tertiary"));
    const QFontMetricsF metrics(painter.font());
    const double top = barsRect().bottom() + 1;
    for (const int db : {-48, -24, -12, -6, 0}) {
        if (db == 0 && clipped_)
            continue;
        const QString text = numberText(db, 0);
        const double textWidth = metrics.horizontalAdvance(text);
        const double x = std::min(xOf(db) - textWidth / 2.0, width() - textWidth);
        if (clipped_ && x + textWidth > clipRect().left())
            continue;
        painter.drawText(QRectF(x, top, textWidth + 1, height() - top),
                         Qt::AlignLeft | Qt::AlignVCenter, text);
    }
    if (!clipped_)
        return;
    const QRectF word = clipRect();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.colour("meter.high"));
    painter.drawRoundedRect(word, theme.number("radius.meter"), theme.number("radius.meter"));
    painter.setPen(theme.colour("text.on_action"));
    painter.setFont(theme.font("label_strong"));
    painter.drawText(word, Qt::AlignCenter, tr("CLIP"));
}

} // namespace widgets
