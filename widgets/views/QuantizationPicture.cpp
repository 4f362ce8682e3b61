// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/views/QuantizationPicture.h"

#include "widgets/theme/Theme.h"

#include <QPainter>

#include <algorithm>

namespace widgets {

using engine::analysis::Quantization;
using engine::analysis::QuantizationLine;

namespace {

constexpr double wholeCents = 100.0; ///< from here on a colour is full

QColor mixed(const QColor &a, const QColor &b, double share)
{
    const auto part = [&](float x, float y) {
        return static_cast<float>(static_cast<double>(x) * (1.0 - share) +
                                  static_cast<double>(y) * share);
    };
    return QColor::fromRgbF(part(a.redF(), b.redF()), part(a.greenF(), b.greenF()),
                            part(a.blueF(), b.blueF()));
}

/// Energy at every device row, the highest that lies under it, 0…1 of `loudest`.
std::vector<double> outline(const std::vector<float> &curve, const MovesJob &job, double loudest)
{
    const auto &axis = job.moves->axis;
    const int rows = job.pixels.height();
    std::vector<double> levels(static_cast<std::size_t>(rows + 1), 0.0);
    const auto at = [&](double place) {
        const double low = std::floor(place);
        const auto value = [&](double row) {
            return row < 0.0 || row >= axis.rows
                       ? 0.0
                       : static_cast<double>(curve[static_cast<std::size_t>(row)]);
        };
        return value(low) + (place - low) * (value(low + 1.0) - value(low));
    };
    for (int y = 0; y <= rows; ++y) {
        const auto rowAt = [&](double pixel) {
            return axis.row(hzOfOctaves(fromPixel(pixel, job.octaves, rows, 0)));
        };
        double power = at(rowAt(y));
        for (double row = std::ceil(rowAt(y + 0.5)); row <= rowAt(y - 0.5); row += 1.0)
            power = std::max(power, at(row));
        levels[static_cast<std::size_t>(y)] = std::pow(power / loudest, job.look.curvePower);
    }
    return levels;
}

void drawCurve(QPainter &painter, const MovesJob &job, const std::vector<float> &curve,
               double loudest, bool after)
{
    const double width = job.pixels.width() / job.ratio;
    const double spine = width * (after ? job.geometry.after : job.geometry.before);
    const double reach = width * (after ? job.look.reachAfter : -job.look.reachBefore);
    const QColor ink = after ? job.look.after : job.look.before;
    QPolygonF line;
    const std::vector<double> levels = outline(curve, job, loudest);
    for (std::size_t y = 0; y < levels.size(); ++y)
        line << QPointF(spine + reach * levels[y], static_cast<double>(y) / job.ratio);
    QPolygonF area = line;
    area << QPointF(spine, line.last().y()) << QPointF(spine, 0.0);
    QColor fill = ink;
    fill.setAlphaF(static_cast<float>(job.look.fill));
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    painter.drawPolygon(area);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(ink, job.look.stroke, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(line);
    painter.drawLine(QLineF(spine, 0.0, spine, line.last().y()));
}

void drawLine(QPainter &painter, const MovesJob &job, const QuantizationLine &line, double loudest)
{
    const double width = job.pixels.width() / job.ratio;
    const double height = job.pixels.height() / job.ratio;
    const auto y = [&](double hz) { return toPixel(octavesOfHz(hz), job.octaves, height, 0); };
    const double weight = job.look.weight(line.power, loudest);
    QColor ink = job.look.ofCents(line.movedCents);
    ink.setAlphaF(
        static_cast<float>(job.look.faintest + weight * (job.look.strongest - job.look.faintest)));
    painter.setPen(QPen(ink, job.look.thinnest + weight * (job.look.widest - job.look.thinnest),
                        Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
    const auto [begins, ends] = job.geometry.ends(line.leg, job.moves->legs);
    const double left = width * begins;
    const double right = width * ends;
    const double from = y(line.fromHz);
    const double to = y(line.toHz);
    if (std::abs(to - from) < 0.25) {
        painter.drawLine(QLineF(left, from, right, to));
        return;
    }
    constexpr int steps = 32;
    QPolygonF path;
    for (int i = 0; i <= steps; ++i) {
        const double way = static_cast<double>(i) / steps;
        path << QPointF(left + way * (right - left), from + (to - from) * job.geometry.bend(way));
    }
    painter.drawPolyline(path);
}

} // namespace

MoveGeometry MoveGeometry::ofTheme()
{
    const Theme &theme = Theme::shared();
    return {theme.number("moves.spine_before"), theme.number("moves.spine_after"),
            theme.number("moves.bend_from"),    theme.number("moves.bend_to"),
            theme.number("moves.gap_from"),     theme.number("moves.gap_to")};
}

double MoveGeometry::bend(double way) const
{
    const double t = std::clamp((way - bendFrom) / (bendTo - bendFrom), 0.0, 1.0);
    return t * t * (3.0 - 2.0 * t);
}

MovesLook MovesLook::ofTheme(const char *beforeToken, const char *afterToken)
{
    const Theme &theme = Theme::shared();
    return {theme.colour(beforeToken),
            theme.colour(afterToken),
            {theme.colour("cents.down"), theme.colour("cents.zero"), theme.colour("cents.up")},
            theme.number("moves.reach_before"),
            theme.number("moves.reach_after"),
            theme.number("moves.curve_power"),
            theme.number("moves.line_power"),
            theme.number("moves.line_thinnest"),
            theme.number("moves.line_widest"),
            theme.number("moves.line_faintest"),
            theme.number("moves.line_strongest"),
            theme.number("moves.fill"),
            theme.number("stroke.hairline"),
            static_cast<std::size_t>(theme.px("moves.most_lines"))};
}

QColor MovesLook::ofCents(double moved) const
{
    return mixed(cents[1], moved < 0.0 ? cents[0] : cents[2],
                 std::min(1.0, std::abs(moved) / wholeCents));
}

double MovesLook::weight(double power, double loudest) const
{
    return loudest > 0.0 ? std::pow(power / loudest, linePower) : 0.0;
}

std::vector<std::size_t> linesWithin(const Quantization &moves, AxisRange octaves, std::size_t most)
{
    const auto inside = [&](double hz) {
        return octavesOfHz(hz) >= octaves.low && octavesOfHz(hz) <= octaves.high;
    };
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < moves.lines.size() && found.size() < most; ++i) {
        if (inside(moves.lines[i].fromHz) || inside(moves.lines[i].toHz))
            found.push_back(i);
    }
    return found;
}

void drawMoves(QPainter &painter, const MovesJob &job, const std::stop_token &stop)
{
    const Quantization &moves = *job.moves;
    const auto highest = [](const std::vector<float> &curve) {
        return static_cast<double>(*std::max_element(curve.begin(), curve.end()));
    };
    const double loudest = std::max({highest(moves.curveBefore), highest(moves.curveAfter), 1e-12});
    const std::vector<std::size_t> lines = linesWithin(moves, job.octaves, job.look.mostLines);
    for (auto line = lines.rbegin(); line != lines.rend(); ++line) { // the loudest on top
        if (stop.stop_requested())
            return;
        drawLine(painter, job, moves.lines[*line], moves.lines.front().power);
    }
    drawCurve(painter, job, moves.curveBefore, loudest, false);
    drawCurve(painter, job, moves.curveAfter, loudest, true);
}

} // namespace widgets
