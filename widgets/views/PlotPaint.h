// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the plots have in common to draw: rulers, the hover chip, a word in the middle, sharp thin
// lines. Units: logical pixels. Real-time: no; GUI thread only. Errors: none.
#pragma once

#include "engine/dsp/Scale.h"
#include "widgets/views/AxisScale.h"

#include <QColor>
#include <QPainter>

#include <vector>

namespace widgets {

/// A token's colour with a token's share of opacity.
QColor faint(const char *colour, const char *opacity);
QColor faint(QColor colour, const char *opacity);
/// Fills a shape from one colour at 0 to another at `height`. In a PDF the shape is cut out of a
/// strip of pixels: Qt 6.4 writes clear gradients there so that every reader shows them opaque.
void fillFading(QPainter &painter, const QPolygonF &area, double height, const QColor &top,
                const QColor &bottom);
/// The place of a line one device pixel sharp, for painters of any pixel ratio.
double sharp(const QPainter &painter, double place);
void paintHorizontal(QPainter &painter, const QRectF &plot, double y, const QColor &colour);
void paintVertical(QPainter &painter, const QRectF &plot, double x, const QColor &colour);
/// Across the plot.
void paintDashed(QPainter &painter, const QRectF &plot, double y, const QColor &colour);

/// A label below a plot, moved inside its ends.
struct RulerMark {
    double place = 0.0; ///< x
    QString text;
};
/// Marks that would touch the one before are left out; the last always stays.
void paintRulerBelow(QPainter &painter, const QRectF &plot, const std::vector<RulerMark> &marks);
/// Right-aligned labels left of a plot, with little ticks.
void paintRulerLeft(QPainter &painter, const QRectF &plot, const std::vector<RulerMark> &marks);
/// Seconds or milliseconds; the last mark carries the unit ("%1 s").
std::vector<RulerMark> timeMarks(const QRectF &plot, AxisRange range, const QString &withUnit);

struct ChipCell {
    QString text;
    QColor colour;
};
/// Rows of a left and a right cell, beside a place and inside `bounds`.
using ChipRow = std::pair<ChipCell, ChipCell>;
void paintChip(QPainter &painter, const QRectF &bounds, QPointF place,
               const std::vector<ChipRow> &rows);
void paintCrosshair(QPainter &painter, const QRectF &plot, QPointF place);
void paintWord(QPainter &painter, const QRectF &plot, const QString &text);

/// A word in the plot's upper left corner, readable over any picture; elided where it is narrow.
void paintNote(QPainter &painter, const QRectF &plot, const QString &text);

/// A swatch and a name each, from the plot's upper right corner to the left. Where not all fit, the
/// first ones are left out; the last one is elided.
void paintLegend(QPainter &painter, const QRectF &plot, const std::vector<ChipCell> &entries);
/// The same in the lower right corner, where what hangs from the top would be covered above.
void paintLegendBelow(QPainter &painter, const QRectF &plot, const std::vector<ChipCell> &entries);
/// What paintLegend covers.
QRectF legendPlace(const QRectF &plot, const std::vector<ChipCell> &entries);
/// Whether none is left out or elided.
bool legendFits(const QRectF &plot, const std::vector<ChipCell> &entries);

} // namespace widgets
