// SPDX-License-Identifier: GPL-3.0-or-later
//
// The waves of a scope as curves. Units: device pixels, ms from the trigger, full scale, frames
// of the sound. Real-time: no. Errors: none. Threads: any.
#pragma once

#include "widgets/views/ScopeView.h"

namespace widgets {

struct ScopePictureRequest {
    ScopeView::Sound sound; ///< not null
    ScopeView::Sound input; ///< may be null
    double atFrame;         ///< of the playhead, in the sound
    engine::analysis::ChannelPick pick;
    bool both;
    ScopeTrigger trigger;
    QSize pixels;
    qreal ratio;
    AxisRange ms;
    AxisRange height;
    QColor accent;
    QColor inputLine;
    QColor rightLine;
    double lineWidth;
    double thinWidth;
};
/// The picture's origin is where the wave begins, in frames of the sound.
Picture drawScope(QPainter &painter, const ScopePictureRequest &request);

} // namespace widgets
