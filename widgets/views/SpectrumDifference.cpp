// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/views/SpectrumDifference.h"

#include <algorithm>

namespace widgets {

using engine::analysis::Spectrum;

double spectrumDifferenceDb(const Spectrum &spectrum, const Spectrum &reference, int point,
                            double floorDb)
{
    const auto level = [&](const Spectrum &of) {
        return std::max(static_cast<double>(of.levelDb(point)), floorDb);
    };
    return level(spectrum) - level(reference);
}

namespace {

QPolygonF curve(const SpectrumDifferenceJob &job)
{
    const engine::analysis::LogAxis axis = Spectrum::axis();
    const auto at = [&](int point) {
        return spectrumDifferenceDb(*job.spectrum, *job.reference,
                                    std::clamp(point, 0, axis.rows - 1), job.floorDb);
    };
    QPolygonF line;
    for (int x = 0; x <= job.pixels.width(); ++x) {
        const auto pointAt = [&](double pixel) {
            return axis.row(hzOfOctaves(fromPixel(pixel, job.octaves, 0, job.pixels.width())));
        };
        const double middle = pointAt(x);
        const int below = static_cast<int>(std::floor(middle));
        double most = at(below) + (middle - below) * (at(below + 1) - at(below));
        const int last = static_cast<int>(std::floor(pointAt(x + 0.5)));
        for (int point = static_cast<int>(std::ceil(pointAt(x - 0.5))); point <= last; ++point)
            if (const double here = at(point); std::abs(here) > std::abs(most))
                most = here;
        line << QPointF(x, toPixel(most, job.db, job.pixels.height(), 0)) / job.ratio;
    }
    return line;
}

} // namespace

void drawSpectrumDifference(QPainter &painter, const SpectrumDifferenceJob &job)
{
    const QPolygonF line = curve(job);
    const double zero = toPixel(0.0, job.db, job.pixels.height(), 0) / job.ratio;
    const auto fill = [&](const QColor &colour, auto towards) {
        QPolygonF area;
        for (const QPointF &point : line)
            area << QPointF(point.x(), towards(point.y(), zero));
        area << QPointF(line.last().x(), zero) << QPointF(line.first().x(), zero);
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        painter.drawPolygon(area);
    };
    fill(job.more, [](double y, double middle) { return std::min(y, middle); });
    fill(job.less, [](double y, double middle) { return std::max(y, middle); });
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(job.line, job.lineWidth, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(line);
}

} // namespace widgets
