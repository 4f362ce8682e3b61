// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/views/TimePlotView.h"

#include "widgets/theme/Theme.h"
#include "widgets/views/PlayheadLine.h"
#include "widgets/views/TimeText.h"

namespace widgets {

namespace {

constexpr double minute = 60.0; ///< from here on times are minutes and seconds
constexpr double rounding = 1e-9;
constexpr int leastDecimals = 3;

} // namespace

TimePlotView::TimePlotView(const char *name, QWidget *parent)
    : PlotView(name, parent), line_(new PlayheadLine(this))
{}

void TimePlotView::setPlayhead(std::optional<double> seconds)
{
    if (playhead_ == seconds)
        return;
    playhead_ = seconds;
    placePlayhead();
}

void TimePlotView::setWindowStart(double seconds)
{
    windowStart_ = seconds;
    placePlayhead();
}

void TimePlotView::placePlayhead()
{
    const double seconds = playhead_ ? *playhead_ - windowStart_ : -1.0;
    const bool shown = hasPicture() && playhead_ && seconds >= shownX().low - rounding &&
                       seconds <= shownX().high + rounding;
    line_->place(shown ? std::optional(xAt(seconds)) : std::nullopt, plot());
}

void TimePlotView::clicked(QPointF place)
{
    if (durationS() > 0.0)
        emit seekRequested(windowStart_ + std::clamp(valueAtX(place.x()), 0.0, durationS()));
}

QString TimePlotView::timeText(double secondsInWindow) const
{
    const double seconds = windowStart_ + secondsInWindow;
    const double perPixel = shownX().span() / plot().width();
    const int decimals = std::max(leastDecimals, timeDecimals(timeStep(perPixel, 1.0)));
    return seconds < minute ? tr("%1 s").arg(numberText(seconds, decimals))
                            : clockText(seconds, decimals);
}

std::vector<RulerMark> TimePlotView::timeRuler() const
{
    const AxisRange file{windowStart_ + shownX().low, windowStart_ + shownX().high};
    if (file.high < minute)
        return timeMarks(plot(), file, tr("%1 s"));
    std::vector<RulerMark> marks;
    const double step =
        timeStep(file.span() / plot().width(), Theme::shared().number("plot.time_apart"));
    for (const double tick : timeTicks(file.low, file.high, step))
        marks.push_back({toPixel(tick, file, plot().left(), plot().right()),
                         clockText(tick, timeDecimals(step))});
    return marks;
}

void TimePlotView::paintTimeLines(QPainter &painter) const
{
    const QRectF place = plot();
    for (const RulerMark &mark : timeRuler())
        if (mark.place > place.left() + 1 && mark.place < place.right() - 1)
            paintVertical(painter, place, mark.place, Theme::shared().colour("line.hairline"));
}

} // namespace widgets
