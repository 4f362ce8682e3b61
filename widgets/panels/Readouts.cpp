// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/Readouts.h"

#include "widgets/panels/TransportBar.h"
#include "widgets/theme/Focus.h"
#include "widgets/theme/Theme.h"
#include "widgets/views/TimeText.h"

#include <QLocale>
#include <QPainter>

#include <cmath>

namespace widgets {

namespace {

const QString noReading = QStringLiteral("–");

void prepare(QAbstractButton *button)
{
    button->setFocusPolicy(Qt::TabFocus);
    button->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    trackKeyboardFocus(button);
    QObject::connect(&Theme::shared(), &Theme::changed, button, [button] { button->update(); });
}

} // namespace

TimeReadout::TimeReadout(QWidget *parent) : QAbstractButton(parent)
{
    setObjectName(QStringLiteral("time"));
    setToolTip(tr("Playhead. Click to change between seconds and samples"));
    prepare(this);
    connect(this, &QAbstractButton::clicked, this, [this] {
        samples_ = !samples_;
        compose();
    });
    compose();
}

QSize TimeReadout::sizeHint() const
{
    const Theme &theme = Theme::shared();
    const QFontMetrics metrics(theme.font("readout"));
    return {metrics.horizontalAdvance(QStringLiteral("0:00:00.000")), theme.px("size.play")};
}

void TimeReadout::setCompact(bool compact)
{
    compact_ = compact;
    update();
}

void TimeReadout::setState(const TransportState &state)
{
    enabled_ = state.enabled;
    looping_ = state.loop;
    seconds_ = state.seconds;
    loopStart_ = state.loopStart;
    loopEnd_ = state.loopEnd;
    sampleRateHz_ = state.sampleRateHz;
    compose();
}

namespace {
/// Both ends with tenths unless both are whole seconds.
QString rangeText(double start, double end)
{
    const auto isWhole = [](double seconds) {
        return std::abs(seconds - std::round(seconds)) < 0.05;
    };
    const int decimals = isWhole(start) && isWhole(end) ? 0 : 1;
    // A clock shows the moment that has passed; the ends of a range are rounded.
    const auto text = [decimals](double seconds) {
        return clockText(std::round(seconds * 10.0) / 10.0 + 1e-6, decimals);
    };
    //: the ends of the loop, as "0:02 – 0:12"
    return TimeReadout::tr("loop %1 – %2").arg(text(start), text(end));
}
} // namespace

void TimeReadout::compose()
{
    const QString time =
        !enabled_ ? QStringLiteral("–:––") + QLocale().decimalPoint() + QStringLiteral("–––")
        : samples_
            ? QLocale().toString(static_cast<qlonglong>(std::llround(seconds_ * sampleRateHz_)))
            : clockText(seconds_, 3);
    const QString loop = !enabled_  ? tr("No preview")
                         : looping_ ? rangeText(loopStart_, loopEnd_)
                                    : tr("no loop");
    if (time == time_ && loop == loop_)
        return;
    time_ = time;
    loop_ = loop;
    setAccessibleName(enabled_ ? tr("Playhead %1").arg(time_) : loop_);
    update();
}

void TimeReadout::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::shared();
    QPainter painter(this);
    const double lower = theme.number("space.scale.x4");
    const bool oneLine = compact_ && enabled_;
    painter.setFont(theme.font("readout"));
    painter.setPen(theme.colour(enabled_ ? "text.primary" : "text.disabled"));
    const QRectF line(0, 0, width(), oneLine ? height() : height() - lower);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, time_);
    if (!oneLine) {
        painter.setFont(theme.font("caption"));
        painter.setPen(theme.colour("text.tertiary"));
        painter.drawText(QRectF(0, height() - lower, width(), lower),
                         Qt::AlignLeft | Qt::AlignVCenter, loop_);
    }
    if (hasKeyboardFocus(this))
        paintFocusRing(painter, rect(), theme.number("radius.control"));
}

LoudnessReadout::LoudnessReadout(QWidget *parent) : QAbstractButton(parent)
{
    setObjectName(QStringLiteral("loudness"));
    setToolTip(tr("Short-term loudness and highest peak. Click to reset the peak"));
    prepare(this);
    setValues({}, {});
}

QSize LoudnessReadout::sizeHint() const
{
    const Theme &theme = Theme::shared();
    return {theme.px("size.loudness"), theme.px("size.play")};
}

void LoudnessReadout::setValues(std::optional<double> lufs, std::optional<double> peakDb)
{
    const auto words = [](const std::optional<double> &value) {
        return value && std::isfinite(*value) ? numberText(*value, 1) : noReading;
    };
    const QString loudness = words(lufs);
    const QString peak = words(peakDb);
    if (loudness == loudness_ && peak == peak_)
        return;
    loudness_ = loudness;
    peak_ = peak;
    setAccessibleName(tr("Loudness %1 LUFS, peak %2 dB").arg(loudness_, peak_));
    update();
}

void LoudnessReadout::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::shared();
    QPainter painter(this);
    const double gap = theme.number("space.scale.x2");
    const auto line = [&](const QRectF &place, const char *font, const char *role,
                          const QString &number, const QString &unit) {
        painter.setFont(theme.font("value_small"));
        painter.setPen(theme.colour("text.tertiary"));
        painter.drawText(place, Qt::AlignRight | Qt::AlignVCenter, unit);
        const double taken = QFontMetricsF(painter.font()).horizontalAdvance(unit) + gap;
        painter.setFont(theme.font(font));
        painter.setPen(theme.colour(number == noReading ? "text.tertiary" : role));
        painter.drawText(place.adjusted(0, 0, -taken, 0), Qt::AlignRight | Qt::AlignVCenter,
                         number);
    };
    const double half = height() / 2.0;
    const double inset = theme.number("stroke.wire");
    line(QRectF(0, inset, width(), half - inset), "value", "text.primary", loudness_, tr("LUFS"));
    line(QRectF(0, half, width(), half - inset), "value_small", "text.secondary", peak_,
         tr("dB peak"));
    if (hasKeyboardFocus(this))
        paintFocusRing(painter, rect(), theme.number("radius.control"));
}

} // namespace widgets
