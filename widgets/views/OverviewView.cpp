// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/views/OverviewView.h"

#include "widgets/theme/Focus.h"
#include "widgets/theme/Theme.h"
#include "widgets/views/TimeText.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <cmath>

namespace widgets {

namespace {

constexpr double shortestViewSeconds = 2.0;
constexpr double overviewZoomPerNotch = 1.25;
constexpr double panPerNotch = 0.1; ///< of the visible length

} // namespace

OverviewView::OverviewView(QWidget *parent) : QWidget(parent), emptyText_(invitation())
{
    setObjectName(QStringLiteral("overview"));
    setFocusPolicy(Qt::TabFocus);
    setMouseTracking(true);
    setAccessibleName(tr("Preview window"));
    setAccessibleDescription(tr("Left and Right move the window, Home and End go to the ends"));
    trackKeyboardFocus(this);
    announceWindow();
    connect(&Theme::shared(), &Theme::changed, this, &OverviewView::invalidate);
}

QString OverviewView::invitation()
{
    return tr("The whole file appears here. Drag the preview window to choose the 10 seconds you "
              "work on.");
}

QString OverviewView::noFileText()
{
    return tr("No file is open");
}

QSize OverviewView::sizeHint() const
{
    const Theme &theme = Theme::shared();
    return {theme.px("size.preset_name"), theme.px("size.overview")};
}

QSize OverviewView::minimumSizeHint() const
{
    const Theme &theme = Theme::shared();
    return {theme.px("size.preset_name"), theme.px("size.overview_min")};
}

void OverviewView::setPeaks(Peaks peaks, double totalSeconds, int sampleRateHz)
{
    const bool sameSound =
        hasFile() && peaks && totalSeconds == totalSeconds_ && sampleRateHz == sampleRateHz_;
    peaks_ = std::move(peaks);
    totalSeconds_ = totalSeconds;
    sampleRateHz_ = sampleRateHz;
    if (!sameSound) {
        viewStart_ = 0.0;
        viewEnd_ = totalSeconds;
        dragged_ = Part::None;
    }
    setCursor(Qt::ArrowCursor);
    announceWindow();
    invalidate();
}

void OverviewView::setTapPeaks(Peaks peaks, double windowStart, const char *stageToken)
{
    tapPeaks_ = std::move(peaks);
    tapStart_ = windowStart;
    tapStage_ = stageToken;
    invalidate();
}

void OverviewView::setWindow(double start, double seconds)
{
    if (dragged_ != Part::None && dragged_ != Part::Inside)
        return; // the hand is ahead of the answer
    start_ = start;
    length_ = seconds;
    announceWindow();
    invalidate();
}

void OverviewView::setPlayhead(std::optional<double> seconds)
{
    if (playhead_ == seconds)
        return;
    update(playheadStrip());
    playhead_ = seconds;
    update(playheadStrip());
}

void OverviewView::setRenderProgress(std::optional<double> fraction)
{
    if (rendered_ == fraction)
        return;
    rendered_ = fraction;
    invalidate();
}

void OverviewView::setEmptyText(const QString &text)
{
    emptyText_ = text;
    invalidate();
}

void OverviewView::invalidate()
{
    cache_ = {};
    update();
}

void OverviewView::announceWindow()
{
    const QString value =
        hasFile() ? tr("Preview from %1 to %2").arg(clockText(start_), clockText(start_ + length_))
                  : emptyText_;
    setAccessibleText(this, QAccessible::Slider, value);
}

double OverviewView::xOf(double seconds) const
{
    const QRectF place = plot();
    const double span = std::max(viewEnd_ - viewStart_, 1e-9);
    return place.left() + (seconds - viewStart_) / span * place.width();
}

double OverviewView::secondsAt(double x) const
{
    const QRectF place = plot();
    return viewStart_ + (x - place.left()) / place.width() * (viewEnd_ - viewStart_);
}

double OverviewView::clampedStart(double start, double length) const
{
    return std::clamp(start, 0.0, std::max(totalSeconds_ - length, 0.0));
}

void OverviewView::changeWindow(double start, double seconds, bool finished)
{
    length_ = std::min(std::clamp(seconds, minimumWindowSeconds, maximumWindowSeconds),
                       std::max(totalSeconds_, 1e-3));
    start_ = clampedStart(start, length_);
    announceWindow();
    invalidate();
    emit windowMoved(start_, length_, finished);
}

OverviewView::Part OverviewView::partAt(QPointF place) const
{
    const Theme &theme = Theme::shared();
    const QRectF window = windowRect();
    const double grab = theme.number("size.splitter_grab") / 2.0;
    const bool onRuler = place.y() < plot().top();
    if (onRuler && labelRect()
                       .united(QRectF(window.left(), 0, window.width(), window.top()))
                       .adjusted(-grab, 0, grab, 0)
                       .contains(QPointF(place.x(), window.top() / 2)))
        return Part::Bar;
    if (onRuler)
        return Part::Ruler;
    // A narrow window keeps a middle that can be clicked.
    const double reach = std::min(grab, std::max(window.width() / 4.0, 1.0));
    if (std::abs(place.x() - window.left()) <= (place.x() < window.left() ? grab : reach))
        return Part::LeftEdge;
    if (std::abs(place.x() - window.right()) <= (place.x() > window.right() ? grab : reach))
        return Part::RightEdge;
    return window.contains(place) ? Part::Inside : Part::None;
}

void OverviewView::mousePressEvent(QMouseEvent *event)
{
    if (!hasFile() || event->button() != Qt::LeftButton)
        return;
    const QPointF place = event->position();
    grabSeconds_ = std::clamp(secondsAt(place.x()), 0.0, totalSeconds_);
    grabStart_ = start_;
    grabLength_ = length_;
    drawing_ = event->modifiers().testFlag(Qt::ShiftModifier);
    dragged_ = drawing_ ? Part::RightEdge : partAt(place);
    if (dragged_ == Part::Inside)
        emit seekRequested(grabSeconds_);
    if (dragged_ == Part::Bar)
        setCursor(Qt::ClosedHandCursor);
}

void OverviewView::dragTo(QPointF place, bool finished)
{
    const double seconds = std::clamp(secondsAt(place.x()), 0.0, totalSeconds_);
    const double end = grabStart_ + grabLength_;
    const double longest = maximumWindowSeconds;
    if (drawing_) {
        const double from = std::min(seconds, grabSeconds_);
        const double to = std::max(seconds, grabSeconds_);
        const double length = std::clamp(to - from, minimumWindowSeconds, longest);
        changeWindow(seconds < grabSeconds_ ? grabSeconds_ - length : from, length, finished);
    } else if (dragged_ == Part::Bar) {
        const double moved = secondsAt(place.x()) - grabSeconds_;
        changeWindow(grabStart_ + moved, grabLength_, finished);
    } else if (dragged_ == Part::LeftEdge) {
        const double first =
            std::clamp(seconds, std::max(end - longest, 0.0),
                       std::max(end - minimumWindowSeconds, std::max(end - longest, 0.0)));
        changeWindow(first, end - first, finished);
    } else if (dragged_ == Part::RightEdge) {
        changeWindow(grabStart_, seconds - grabStart_, finished);
    } else if (dragged_ == Part::Inside && !finished) {
        emit seekRequested(std::clamp(seconds, start_, start_ + length_));
    }
}

void OverviewView::mouseMoveEvent(QMouseEvent *event)
{
    if (!hasFile())
        return;
    if (event->buttons().testFlag(Qt::LeftButton) && dragged_ != Part::None) {
        dragTo(event->position(), false);
        return;
    }
    const Part part = partAt(event->position());
    const bool edge = part == Part::LeftEdge || part == Part::RightEdge;
    setCursor(edge ? Qt::SizeHorCursor
                   : (part == Part::Bar ? Qt::OpenHandCursor : Qt::ArrowCursor));
}

void OverviewView::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || dragged_ == Part::None)
        return;
    const bool moved = start_ != grabStart_ || length_ != grabLength_;
    if (drawing_ ? moved : dragged_ != Part::Inside)
        dragTo(event->position(), true);
    if (dragged_ == Part::Bar)
        setCursor(Qt::OpenHandCursor);
    dragged_ = Part::None;
    drawing_ = false;
}

void OverviewView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (!hasFile() || event->button() != Qt::LeftButton)
        return;
    const Part part = partAt(event->position());
    if (part == Part::Ruler)
        showRange(0.0, totalSeconds_);
    else if (part == Part::None)
        changeWindow(secondsAt(event->position().x()) - length_ / 2.0, length_, true);
    else
        mousePressEvent(event);
}

void OverviewView::showRange(double start, double end)
{
    const double span =
        std::clamp(end - start, std::min(shortestViewSeconds, totalSeconds_), totalSeconds_);
    viewStart_ = std::clamp(start, 0.0, totalSeconds_ - span);
    viewEnd_ = viewStart_ + span;
    invalidate();
}

void OverviewView::wheelEvent(QWheelEvent *event)
{
    if (!hasFile())
        return;
    // Some systems turn Shift+wheel into sideways steps by themselves.
    const QPoint angle = event->angleDelta();
    const double notches = (angle.y() != 0 ? angle.y() : angle.x()) / double{QWheelEvent::DefaultDeltasPerStep};
    const double span = viewEnd_ - viewStart_;
    if (event->modifiers().testFlag(Qt::ShiftModifier) || angle.y() == 0) {
        const double moved = -notches * span * panPerNotch;
        showRange(viewStart_ + moved, viewEnd_ + moved);
    } else {
        const double pivot = std::clamp(secondsAt(event->position().x()), 0.0, totalSeconds_);
        const double zoomed =
            std::clamp(span / std::pow(overviewZoomPerNotch, notches),
                       std::min(shortestViewSeconds, totalSeconds_), totalSeconds_);
        const double start = pivot - (pivot - viewStart_) / span * zoomed;
        showRange(start, start + zoomed);
    }
    event->accept();
}

void OverviewView::keyPressEvent(QKeyEvent *event)
{
    const bool shift = event->modifiers().testFlag(Qt::ShiftModifier);
    const bool control = event->modifiers().testFlag(Qt::ControlModifier);
    const double step = control ? length_ : (shift ? 0.1 : 1.0);
    const double middle = start_ + length_ / 2.0;
    const auto zoom = [&](double factor) {
        const double span = (viewEnd_ - viewStart_) * factor;
        showRange(middle - span / 2.0, middle + span / 2.0);
    };
    const int key = hasFile() ? event->key() : 0;
    switch (key) {
    case Qt::Key_Left:
        changeWindow(start_ - step, length_, true);
        break;
    case Qt::Key_Right:
        changeWindow(start_ + step, length_, true);
        break;
    case Qt::Key_Home:
        changeWindow(0.0, length_, true);
        break;
    case Qt::Key_End:
        changeWindow(totalSeconds_, length_, true);
        break;
    case Qt::Key_Plus:
        zoom(1.0 / overviewZoomPerNotch);
        break;
    case Qt::Key_Minus:
        zoom(overviewZoomPerNotch);
        break;
    case Qt::Key_0:
        showRange(0.0, totalSeconds_);
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}

} // namespace widgets
