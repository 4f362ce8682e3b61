// SPDX-License-Identifier: GPL-3.0-or-later
//
// The cloud of points of a phase view, drawn as density: where the wave dwells it glows.
// Units: device pixels, full scale. Real-time: no. Errors: none. Threads: any.
#pragma once

#include "engine/base/AudioBuffer.h"
#include "widgets/views/AxisScale.h"
#include "widgets/views/PictureWorker.h"

#include <QColor>

namespace widgets {

struct PhasePictureRequest {
    std::shared_ptr<const engine::AudioBuffer> sound; ///< not null
    std::int64_t firstFrame = 0;
    std::int64_t endFrame = 0;
    QSize pixels;
    qreal ratio = 1.0;
    AxisRange x;
    AxisRange y;
    QColor accent;
    QColor core; ///< where it is densest
    double lineWidth = 1.0;
};
/// The reading is the correlation.
Picture drawPhase(const PhasePictureRequest &request);
/// The same way as a line that grows stronger towards the newest sound, for documents of curves.
void drawPhaseCurve(QPainter &painter, const PhasePictureRequest &request);

} // namespace widgets
