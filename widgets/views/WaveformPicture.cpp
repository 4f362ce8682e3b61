// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/views/WaveformPicture.h"

#include "widgets/views/PictureSheet.h"

#include <QPainter>

#include <cmath>

namespace widgets {

namespace {

constexpr double dotsApart = 4.0; ///< radii between samples that are told apart

/// One channel of the job.
struct Lane {
    const WavesJob &job;
    int channel;

    QRectF place() const { return job.lanes[static_cast<std::size_t>(channel)]; }
    double y(double value) const
    {
        const double half = place().height() / 2.0 - job.inset;
        return place().center().y() - value / job.range * half;
    }
};

std::vector<engine::analysis::PeakColumn> columnsOf(const engine::AudioBuffer &sound,
                                                    const Lane &lane, int count)
{
    const double rate = sound.format().sampleRateHz;
    return engine::analysis::peakColumns(sound, lane.channel, lane.job.seconds.low * rate,
                                         lane.job.seconds.high * rate, count);
}

/// The input's upper and lower edge as two lines: where it is louder and where it is quieter.
void drawOutline(QPainter &painter, const Lane &lane)
{
    const QRectF place = lane.place();
    const int count = columnCount(place.width(), 1.0);
    const auto columns = columnsOf(*lane.job.input, lane, count);
    QPolygonF upper;
    QPolygonF lower;
    for (int i = 0; i < count; ++i) {
        const auto &column = columns[static_cast<std::size_t>(i)];
        const auto y = [&](float value) {
            return std::clamp(lane.y(static_cast<double>(value)), place.top(), place.bottom());
        };
        upper << QPointF(place.left() + i + 0.5, y(column.maximum));
        lower << QPointF(place.left() + i + 0.5, y(column.minimum));
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(lane.job.inputOutline, lane.job.thinWidth));
    painter.drawPolyline(upper);
    painter.drawPolyline(lower);
}

void drawSamples(QPainter &painter, const Lane &lane, const engine::AudioBuffer &sound,
                 const QColor &colour)
{
    const WavesJob &job = lane.job;
    const QRectF place = lane.place();
    const double rate = sound.format().sampleRateHz;
    const auto samples = sound.channel(lane.channel);
    const auto first = std::max<std::int64_t>(
        static_cast<std::int64_t>(std::floor(job.seconds.low * rate)) - 1, 0);
    const auto end = std::min<std::int64_t>(
        static_cast<std::int64_t>(std::ceil(job.seconds.high * rate)) + 2, sound.frames());
    QPolygonF line;
    for (std::int64_t i = first; i < end; ++i) {
        const auto value = static_cast<double>(samples[static_cast<std::size_t>(i)]);
        line << QPointF(
            toPixel(static_cast<double>(i) / rate, job.seconds, place.left(), place.right()),
            lane.y(std::isfinite(value) ? value : 0.0));
    }
    painter.setPen(QPen(colour, job.lineWidth, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(line);
    if (place.width() / (job.seconds.span() * rate) < dotsApart * job.dot)
        return;
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    for (const QPointF &point : line)
        painter.drawEllipse(point, job.dot, job.dot);
}

void drawLane(QPainter &painter, const Lane &lane)
{
    const WavesJob &job = lane.job;
    const QRectF place = lane.place();
    const bool hasInput =
        job.input && lane.channel < job.input->channels() && job.input->frames() > 0;
    const qreal ratio = pixelRatioOf(painter);
    const double rate = job.sound->format().sampleRateHz;
    if (job.seconds.span() * rate < place.width() * ratio) {
        if (hasInput)
            drawSamples(painter, lane, *job.input, job.inputSamples);
        drawSamples(painter, lane, *job.sound, job.samples);
        return;
    }
    paintWave(painter, place.adjusted(0, job.inset, 0, -job.inset),
              columnsOf(*job.sound, lane, columnCount(place.width(), ratio)), job.wave,
              static_cast<float>(job.range));
    if (hasInput)
        drawOutline(painter, lane);
}

} // namespace

void drawWaves(QPainter &painter, const WavesJob &job, const std::stop_token &stop)
{
    for (int c = 0; c < static_cast<int>(job.lanes.size()) && !stop.stop_requested(); ++c) {
        const Lane lane{job, c};
        painter.save();
        painter.setClipRect(lane.place(), Qt::IntersectClip);
        drawLane(painter, lane);
        painter.restore();
    }
}

} // namespace widgets
