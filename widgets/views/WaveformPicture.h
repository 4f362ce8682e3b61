// SPDX-License-Identifier: GPL-3.0-or-later
//
// Draws the waves of a sound, one lane a channel, away from the GUI thread: columns of peaks, or
// the samples where there are more pixels than samples, and the input behind them as an outline.
// Units: logical pixels from the plot's corner; seconds from the start of the sound; 1.0 is full
// scale. Real-time: no; any thread; carries all it needs. Errors: none; what is not finite is
// drawn as 0.
#pragma once

#include "engine/base/AudioBuffer.h"
#include "widgets/views/AxisScale.h"
#include "widgets/views/PictureWorker.h"
#include "widgets/views/WavePainter.h"

namespace widgets {

struct WavesJob {
    std::shared_ptr<const engine::AudioBuffer> sound;
    std::shared_ptr<const engine::AudioBuffer> input; ///< may be null
    std::vector<QRectF> lanes;                        ///< of the channels
    double inset = 0.0;                               ///< between a lane's edge and `range`
    double range = 1.0;                               ///< value there
    AxisRange seconds;
    WaveColours wave;
    QColor samples;
    QColor inputSamples;
    QColor inputOutline;
    double lineWidth = 1.0;
    double thinWidth = 1.0;
    double dot = 1.0; ///< radius of a sample
};
void drawWaves(QPainter &painter, const WavesJob &job, const std::stop_token &stop);

} // namespace widgets
