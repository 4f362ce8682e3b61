// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/views/WaveformView.h"

#include "widgets/theme/Focus.h"
#include "widgets/theme/Theme.h"
#include "widgets/views/TimeText.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>

#include <cmath>

namespace widgets {

namespace {

constexpr double fewestSamples = 32.0; ///< that a view shows
constexpr double wheelStep = 120.0;
constexpr double zoomPerNotch = 1.25;
constexpr double panPart = 0.1;
constexpr float loudestShown = 4.0F;

double decibels(double amplitude)
{
    return 20.0 * std::log10(std::abs(amplitude));
}

} // namespace

WaveformView::WaveformView(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("waveformView"));
    setFocusPolicy(Qt::TabFocus);
    setMouseTracking(true);
    setCursor(Qt::CrossCursor);
    trackKeyboardFocus(this);
    describe();
    connect(&Theme::shared(), &Theme::changed, this, &WaveformView::invalidate);
}

QSize WaveformView::minimumSizeHint() const
{
    const Theme &theme = Theme::shared();
    return {theme.px("size.inspector"), theme.px("size.overview")};
}

double WaveformView::length() const
{
    return sound_ ? static_cast<double>(sound_->frames()) / rate() : 0.0;
}

void WaveformView::setSound(Sound sound, double windowStart, const char *stageToken,
                            const QString &title)
{
    const double before = length();
    const double startBefore = windowStart_;
    sound_ = std::move(sound);
    windowStart_ = windowStart;
    stage_ = stageToken;
    title_ = title;
    // The same window again, after an edit or from another tap: the zoom stays.
    if (startBefore != windowStart || std::abs(before - length()) > 1e-9) {
        viewStart_ = 0.0;
        viewEnd_ = length();
    }
    measure();
    describe();
    invalidate();
}

void WaveformView::setInput(Sound input)
{
    if (input == input_)
        return;
    input_ = std::move(input);
    invalidate();
}

void WaveformView::setCeiling(std::optional<double> ceilingDb)
{
    if (ceilingDb == ceilingDb_)
        return;
    ceilingDb_ = ceilingDb;
    invalidate();
}

void WaveformView::setRuler(Ruler ruler)
{
    ruler_ = ruler;
    invalidate();
}

void WaveformView::setPlayhead(std::optional<double> seconds)
{
    if (playhead_ == seconds)
        return;
    update(playheadStrip());
    playhead_ = seconds;
    update(playheadStrip());
}

void WaveformView::measure()
{
    peak_ = 0.0F;
    for (int c = 0; sound_ && c < sound_->channels(); ++c)
        for (const float sample : sound_->channel(c))
            if (const float size = std::abs(sample); size > peak_)
                peak_ = size; // NaN compares false
    range_ = std::clamp(peak_, 1.0F, loudestShown);
}

void WaveformView::describe()
{
    QString words = tr("Waveform");
    if (sound_)
        words = tr("Waveform, %1, %2, peak %3 dB")
                    .arg(title_, lengthText(length()),
                         peak_ > 0.0F ? numberText(decibels(static_cast<double>(peak_)), 1)
                                      : QStringLiteral("−∞"));
    setAccessibleName(words);
    setAccessibleText(this, QAccessible::Graphic, words);
}

void WaveformView::invalidate()
{
    cache_ = {};
    update();
}

void WaveformView::resizeEvent(QResizeEvent *)
{
    invalidate();
}

double WaveformView::xOf(double seconds) const
{
    const QRectF place = plot();
    const double span = std::max(viewEnd_ - viewStart_, 1e-9);
    return place.left() + (seconds - viewStart_) / span * place.width();
}

double WaveformView::secondsAt(double x) const
{
    const QRectF place = plot();
    return viewStart_ + (x - place.left()) / place.width() * (viewEnd_ - viewStart_);
}

int WaveformView::laneAt(double y) const
{
    for (int c = 0; c < lanes(); ++c)
        if (y <= lane(c).bottom())
            return c;
    return lanes() - 1;
}

void WaveformView::showRange(double start, double end)
{
    if (!sound_)
        return;
    const double shortest = std::min(fewestSamples / rate(), length());
    const double span = std::clamp(end - start, shortest, length());
    const double first = std::clamp(start, 0.0, length() - span);
    if (first == viewStart_ && first + span == viewEnd_)
        return;
    viewStart_ = first;
    viewEnd_ = first + span;
    invalidate();
    emit rangeShown();
}

void WaveformView::zoomAt(double pivot, double factor)
{
    const double span = viewEnd_ - viewStart_;
    const double shortest = std::min(fewestSamples / rate(), length());
    const double zoomed = std::clamp(span * factor, shortest, length());
    const double start = pivot - (pivot - viewStart_) / span * zoomed;
    showRange(start, start + zoomed);
}

void WaveformView::mousePressEvent(QMouseEvent *event)
{
    if (!sound_ || event->button() != Qt::LeftButton)
        return;
    pressed_ = true;
    panned_ = false;
    pressedAt_ = event->position();
    pressedStart_ = viewStart_;
}

void WaveformView::mouseMoveEvent(QMouseEvent *event)
{
    if (!sound_)
        return;
    const QPointF moved = event->position() - pressedAt_;
    if (pressed_ && (panned_ || moved.manhattanLength() >= QApplication::startDragDistance())) {
        panned_ = true;
        hover_.reset();
        setCursor(Qt::ClosedHandCursor);
        const double span = viewEnd_ - viewStart_;
        const double start = pressedStart_ - moved.x() / plot().width() * span;
        showRange(start, start + span);
        return;
    }
    const bool inside = plot().contains(event->position());
    setCursor(inside ? Qt::CrossCursor : Qt::ArrowCursor);
    hover_ = inside ? std::optional(event->position()) : std::nullopt;
    update();
}

void WaveformView::mouseReleaseEvent(QMouseEvent *event)
{
    if (!pressed_ || event->button() != Qt::LeftButton)
        return;
    pressed_ = false;
    setCursor(Qt::CrossCursor);
    if (panned_)
        return;
    const QPointF place = event->position();
    if (plot().contains(place))
        emit seekRequested(windowStart_ + std::clamp(secondsAt(place.x()), 0.0, length()));
    else if (place.x() < plot().left())
        setRuler(ruler_ == Ruler::Decibels ? Ruler::Linear : Ruler::Decibels);
}

void WaveformView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (sound_ && event->button() == Qt::LeftButton && plot().contains(event->position()))
        showRange(0.0, length());
}

void WaveformView::wheelEvent(QWheelEvent *event)
{
    if (!sound_)
        return;
    const QPoint angle = event->angleDelta();
    if (angle.y() == 0) {
        const double moved = -angle.x() / wheelStep * panPart * (viewEnd_ - viewStart_);
        showRange(viewStart_ + moved, viewEnd_ + moved);
    } else {
        zoomAt(std::clamp(secondsAt(event->position().x()), viewStart_, viewEnd_),
               std::pow(zoomPerNotch, -angle.y() / wheelStep));
    }
    event->accept();
}

void WaveformView::keyPressEvent(QKeyEvent *event)
{
    const double span = viewEnd_ - viewStart_;
    const double middle = viewStart_ + span / 2.0;
    switch (sound_ ? event->key() : 0) {
    case Qt::Key_Plus:
        zoomAt(middle, 1.0 / zoomPerNotch);
        break;
    case Qt::Key_Minus:
        zoomAt(middle, zoomPerNotch);
        break;
    case Qt::Key_0:
        showRange(0.0, length());
        break;
    case Qt::Key_Left:
        showRange(viewStart_ - panPart * span, viewEnd_ - panPart * span);
        break;
    case Qt::Key_Right:
        showRange(viewStart_ + panPart * span, viewEnd_ + panPart * span);
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}

void WaveformView::leaveEvent(QEvent *)
{
    hover_.reset();
    update();
}

QStringList WaveformView::hoverText(QPointF place) const
{
    if (!sound_ || sound_->frames() == 0)
        return {};
    const double seconds = std::clamp(secondsAt(place.x()), 0.0, length());
    const double perPx = (viewEnd_ - viewStart_) / plot().width();
    const int channel = std::min(laneAt(place.y()), sound_->channels() - 1);
    const double first = std::floor(seconds * rate());
    const auto column = engine::analysis::peakColumns(
        *sound_, channel, first, std::max(first + perPx * rate(), first + 1.0), 1)[0];
    const auto value = static_cast<double>(
        std::abs(column.minimum) > std::abs(column.maximum) ? column.minimum : column.maximum);
    const QString level =
        std::abs(value) > 1e-6 ? tr("%1 dBFS").arg(numberText(decibels(value), 1)) : tr("−∞ dBFS");
    const int decimals = std::max(3, timeDecimals(timeStep(perPx, 1.0)));
    return {tr("%1 s").arg(numberText(seconds, decimals)), numberText(value, 3, true), level};
}

} // namespace widgets
