// SPDX-License-Identifier: GPL-3.0-or-later
//
// Pictures copied and stretched into another, several times faster than a QPainter of any pixel
// ratio does it: what a moving hand waits for. Shape: nearest pixel. Units: device
// pixels. Real-time: no. Errors: none. Threads: any.
#pragma once

#include <QImage>
#include <QRectF>

namespace widgets {

/// Draws `from` over `place` of `to`, as far as that lies in `clip`.
/// Requires: both of 32 bits a pixel and the same format; `clip` inside `to`.
void copyStretched(const QImage &from, const QRectF &place, QImage &to, const QRect &clip);

} // namespace widgets
