// SPDX-License-Identifier: GPL-3.0-or-later
//
// Draws columns of a waveform: peaks with their RMS core, sharp at any pixel ratio.
// Units: logical pixels; full scale fills half of the place's height. Real-time: no; GUI thread.
#pragma once

#include "engine/analysis/WaveformPeaks.h"

#include <QColor>
#include <QRectF>

#include <span>

class QPainter;

namespace widgets {

struct WaveColours {
    QColor peak;
    QColor core;
};

/// The colours of a sound in its stage's colour: "stage.output".
WaveColours stageWaveColours(const char *stageToken);
/// The colours of the file itself.
WaveColours sourceWaveColours();

/// How many columns are as many as device pixels.
int columnCount(double widthPx, double devicePixelRatio);

/// One column a device pixel, from the place's left. `fullScale` is the value that fills half of
/// the height; what is louder is cut off at the place's edge. Silence is a line one pixel thick.
void paintWave(QPainter &painter, const QRectF &place,
               std::span<const engine::analysis::PeakColumn> columns, const WaveColours &colours,
               float fullScale = 1.0F);

} // namespace widgets
