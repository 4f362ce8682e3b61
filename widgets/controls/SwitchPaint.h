// SPDX-License-Identifier: GPL-3.0-or-later
//
// How every switch looks, of a parameter or not: a track with a thumb and a label at its right.
// Units: logical pixels. Real-time: no; GUI thread only. Errors: none.
#pragma once

#include <QAbstractButton>

class QColor;

namespace widgets {

QSize switchSize(const QAbstractButton &button);
QRectF switchTrack(const QAbstractButton &button);
/// `on`: the track's colour while it is on.
void paintSwitch(const QAbstractButton &button, const QColor &on);

} // namespace widgets
