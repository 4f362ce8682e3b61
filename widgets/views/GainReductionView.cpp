// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/views/GainReductionView.h"

#include "widgets/theme/Theme.h"
#include "widgets/views/TimeText.h"

namespace widgets {

namespace {

constexpr double shortestShownS = 0.05;
constexpr double nothingDb = 0.05; ///< less is said to be none

/// What a worker needs to draw the trace.
struct TraceJob {
    GainReductionView::Trace trace;
    double firstS;
    double hopS;
    QSize pixels;
    qreal ratio;
    AxisRange seconds;
    AxisRange db;
    QColor line;
    QColor fillTop;
    QColor fillBottom;
    double lineWidth;
};

double mostIn(const std::vector<float> &values, double first, double end)
{
    const auto count = static_cast<double>(values.size());
    const auto from = static_cast<std::size_t>(std::clamp(std::floor(first), 0.0, count));
    const auto to = static_cast<std::size_t>(std::clamp(std::ceil(end), 0.0, count));
    float most = 0.0F;
    for (std::size_t i = from; i < to; ++i)
        most = std::max(most, values[i]);
    return static_cast<double>(most);
}

/// A straight line from the middle of one hop to the next.
double between(const std::vector<float> &values, double place)
{
    const double at = std::clamp(place - 0.5, 0.0, static_cast<double>(values.size() - 1));
    const auto below = static_cast<std::size_t>(at);
    const std::size_t above = std::min(below + 1, values.size() - 1);
    const double part = at - static_cast<double>(below);
    return (1.0 - part) * static_cast<double>(values[below]) +
           part * static_cast<double>(values[above]);
}

/// One point a device pixel: the most that lies under it, or what lies between two hops.
QPolygonF traceLine(const TraceJob &job)
{
    QPolygonF line;
    const std::vector<float> &values = job.trace->reduction.db;
    for (int x = 0; x <= job.pixels.width(); ++x) {
        const auto place = [&](double pixel) {
            const double seconds = fromPixel(pixel, job.seconds, 0, job.pixels.width());
            return (seconds - job.firstS) / job.hopS;
        };
        const bool fine = place(x + 0.5) - place(x - 0.5) < 1.0;
        const double most =
            fine ? between(values, place(x)) : mostIn(values, place(x - 0.5), place(x + 0.5));
        line << QPointF(x, toPixel(-most, job.db, job.pixels.height(), 0)) / job.ratio;
    }
    return line;
}

void drawTrace(QPainter &painter, const TraceJob &job)
{
    const QPolygonF line = traceLine(job);
    const double height = job.pixels.height() / job.ratio;
    QPolygonF area = line;
    area << QPointF(line.last().x(), -1) << QPointF(line.first().x(), -1);
    fillFading(painter, area, height, job.fillBottom, job.fillTop);
    painter.setPen(QPen(job.line, job.lineWidth, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(line);
}

} // namespace

GainReductionView::GainReductionView(QWidget *parent) : TimePlotView("gainReductionView", parent)
{
    setWheelZoomsY(false);
    setHome({0.0, 1.0}, {-leastDepthDb, 0.0}, shortestShownS, leastDepthDb);
    dataChanged();
}

/// As wide as a spectrogram's, so that the two share a time axis.
QRectF GainReductionView::plot() const
{
    const Theme &theme = Theme::shared();
    QRectF place = PlotView::plot();
    place.setRight(std::max(width() - theme.number("plot.bar_room"), place.left() + 1.0));
    if (lane_)
        place.setBottom(std::max<double>(height(), place.top() + 1.0));
    return place;
}

QSize GainReductionView::sizeHint() const
{
    return {minimumSizeHint().width(), Theme::shared().px("plot.lane")};
}

QSize GainReductionView::minimumSizeHint() const
{
    return {PlotView::minimumSizeHint().width(), Theme::shared().px("plot.lane_least")};
}

double GainReductionView::tickApart() const
{
    return Theme::shared().number(lane_ ? "plot.lane_db_apart" : "plot.db_apart");
}

double GainReductionView::hopS() const
{
    return static_cast<double>(engine::dsp::GainReduction::hopFrames) / rateHz_;
}

double GainReductionView::firstS() const
{
    return static_cast<double>(trace_->firstFrame) / rateHz_ - windowStart();
}

void GainReductionView::setTrace(Trace trace, int sampleRateHz, double windowStartSeconds,
                                 double windowSeconds)
{
    trace_ = std::move(trace);
    rateHz_ = std::max(sampleRateHz, 1);
    const bool moved = windowStart() != windowStartSeconds || windowSeconds_ != windowSeconds;
    windowSeconds_ = windowSeconds;
    setWindowStart(windowStartSeconds);
    if (windowSeconds_ > 0.0) {
        double depth = leastDepthDb;
        while (depth < mostReductionDb(0.0, windowSeconds_) && depth < 96.0)
            depth *= 2.0;
        const AxisRange x = shownX();
        setHome({0.0, windowSeconds_}, {-depth, 0.0}, std::min(shortestShownS, windowSeconds_),
                depth);
        if (moved)
            showAll();
        else
            showX(x);
    }
    placePlayhead();
    dataChanged();
}

void GainReductionView::setLimiterOn(bool on)
{
    if (on == on_)
        return;
    on_ = on;
    dataChanged();
}

void GainReductionView::setLane(bool lane)
{
    if (lane == lane_)
        return;
    lane_ = lane;
    updateGeometry();
    rangeChanged();
}

double GainReductionView::mostReductionDb(double fromS, double toS) const
{
    if (!trace_)
        return 0.0;
    return mostIn(trace_->reduction.db, (fromS - firstS()) / hopS(), (toS - firstS()) / hopS());
}

PictureStrokes GainReductionView::pictureStrokes(QSize pixels, qreal ratio) const
{
    if (!hasTrace() || pixels.isEmpty())
        return {};
    const Theme &theme = Theme::shared();
    const TraceJob job{trace_,
                       firstS(),
                       hopS(),
                       pixels,
                       ratio,
                       shownX(),
                       shownY(),
                       theme.colour("stage.limiter"),
                       faint("stage.limiter", "plot.fill_top"),
                       faint("stage.limiter", "plot.fill_bottom"),
                       theme.number("stroke.plot_line")};
    return [job](QPainter &painter, const std::stop_token &) {
        drawTrace(painter, job);
        return Picture{};
    };
}

void GainReductionView::paintBehind(QPainter &painter) const
{
    const Theme &theme = Theme::shared();
    const QRectF place = plot();
    for (const double tick : decibelTicks(shownY(), place.height(), tickApart()))
        if (tick > shownY().low && tick < shownY().high)
            paintHorizontal(painter, place, yAt(tick), theme.colour("line.hairline"));
    if (!lane_)
        paintTimeLines(painter);
}

void GainReductionView::paintInside(QPainter &painter) const
{
    if (!on_) {
        paintWord(painter, plot(), tr("The limiter is off, so nothing is turned down."));
        return;
    }
    if (!hasTrace())
        return;
    const double most = mostReductionDb(shownX().low, shownX().high);
    if (most < nothingDb) {
        paintWord(painter, plot(), tr("No gain reduction here."));
        return;
    }
    const QColor ink = Theme::shared().colour("stage.limiter");
    //: In the legend of a plot; %1 is a level such as −3.2 dB.
    const QString name = tr("Gain reduction, most %1").arg(tr("%1 dB").arg(numberText(-most, 1)));
    paintLegendBelow(painter, plot(), {{name, ink}});
}

void GainReductionView::paintAround(QPainter &painter) const
{
    const QRectF place = plot();
    std::vector<RulerMark> levels;
    for (const double tick : decibelTicks(shownY(), place.height(), tickApart()))
        levels.push_back({yAt(tick), tick == 0.0 ? tr("0 dB") : numberText(tick, 0)});
    paintRulerLeft(painter, place, levels);
    if (!lane_ && windowSeconds_ > 0.0)
        paintRulerBelow(painter, place, timeRuler());
}

PlotView::Hover GainReductionView::hoverAt(QPointF place) const
{
    if (!hasTrace())
        return {};
    const double seconds = std::clamp(valueAtX(place.x()), 0.0, windowSeconds_);
    const double half = shownX().span() / plot().width() / 2.0;
    const double most = mostReductionDb(seconds - half, seconds + half);
    const Theme &theme = Theme::shared();
    return {{place.x(), std::clamp(yOfReduction(most), plot().top(), plot().bottom())},
            {{{timeText(seconds), theme.colour("text.primary")},
              {tr("%1 dB").arg(numberText(-most, 1)), theme.colour("stage.limiter")}}}};
}

QString GainReductionView::pictureTitle() const
{
    return tr("Gain reduction of the limiter");
}

QString GainReductionView::axisNames() const
{
    return tr("Across: time in s. Up: gain in dB.");
}

QString GainReductionView::spokenText() const
{
    if (!on_)
        return tr("Gain reduction, limiter off");
    if (!hasTrace())
        return tr("Gain reduction");
    return tr("Gain reduction, most %1 dB")
        .arg(numberText(-mostReductionDb(0.0, windowSeconds_), 1));
}

QString GainReductionView::valuesAsCsv() const
{
    if (!hasTrace())
        return {};
    QString text = QStringLiteral("Time (s),Gain (dB)\n");
    const std::vector<float> &values = trace_->reduction.db;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double seconds = firstS() + static_cast<double>(i) * hopS();
        if (seconds > -hopS() && seconds < windowSeconds_)
            text += QString::number(windowStart() + seconds, 'f', 4) + u',' +
                    QString::number(-static_cast<double>(values[i]), 'f', 2) + u'\n';
    }
    return text;
}

} // namespace widgets
