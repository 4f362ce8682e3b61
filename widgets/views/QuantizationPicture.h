// SPDX-License-Identifier: GPL-3.0-or-later
//
// Draws what a quantizer did: the energy before at the left, sideways, that after at the right, and
// a line from where each part was to where it went; of two quantizers each on its leg of the way.
// Shape: a picture of the plot's size, clear where nothing is; a line is flat at both ends and
// bends between. Units: octaves (log2 of Hz), logical pixels. Real-time: no; any thread; carries
// all it needs. Errors: none.
#pragma once

#include "engine/analysis/Quantization.h"
#include "widgets/views/AxisScale.h"
#include "widgets/views/PictureWorker.h"

#include <QColor>
#include <QLineF>
#include <QSize>

#include <array>

namespace widgets {

/// Where the two spectra stand and how a line runs between them, in shares of the plot's width.
struct MoveGeometry {
    double before = 0.0; ///< of the spine that the energy before stands on
    double after = 1.0;
    double bendFrom = 0.0; ///< shares of the way between the spines
    double bendTo = 1.0;
    double gapFrom = 0.5; ///< between two legs
    double gapTo = 0.5;

    static MoveGeometry ofTheme();
    /// Where the lines of a leg begin and end, in shares of the width.
    std::pair<double, double> ends(int leg, int legs) const
    {
        return {leg == 0 ? before : gapTo, leg + 1 == legs ? after : gapFrom};
    }
    /// 0 at the start, 1 at the end of a line, at a share of the way.
    double bend(double way) const;
};

struct MovesLook {
    QColor before;
    QColor after;
    std::array<QColor, 3> cents; ///< down, zero, up
    double reachBefore = 0.0;
    double reachAfter = 0.0;
    double curvePower = 1.0;
    double linePower = 1.0;
    double thinnest = 1.0;
    double widest = 1.0;
    double faintest = 1.0;
    double strongest = 1.0;
    double fill = 1.0;
    double stroke = 1.0;
    std::size_t mostLines = 0;

    static MovesLook ofTheme(const char *beforeToken, const char *afterToken);
    QColor ofCents(double cents) const;
    /// 0…1, from a power and the loudest line's.
    double weight(double power, double loudest) const;
};

struct MovesJob {
    std::shared_ptr<const engine::analysis::Quantization> moves;
    QSize pixels;
    qreal ratio = 1.0;
    AxisRange octaves;
    MoveGeometry geometry;
    MovesLook look;
};
void drawMoves(QPainter &painter, const MovesJob &job, const std::stop_token &stop);

/// The loudest lines that begin or end within the range, loudest first: those that are drawn.
std::vector<std::size_t> linesWithin(const engine::analysis::Quantization &moves, AxisRange octaves,
                                     std::size_t most);

} // namespace widgets
