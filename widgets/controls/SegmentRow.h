// SPDX-License-Identifier: GPL-3.0-or-later
//
// How segments that stand side by side look and share their room, of a parameter or not: the
// chosen one is raised, and each is as wide as its words ask for, with an equal share of the rest.
// Units: logical pixels. Real-time: no; GUI thread only. Errors: none.
#pragma once

#include <QAbstractButton>

#include <functional>
#include <span>

namespace widgets {

/// Usual: raised on the ground. Filled: in the colour of actions, for what is heard.
enum class SegmentLook { Usual, Filled };

void paintSegment(const QAbstractButton &segment, QPainter &painter,
                  SegmentLook look = SegmentLook::Usual);
/// The ground that all segments lie on.
void paintSegmentGround(QWidget &group);

using WantedWidth = std::function<double(const QAbstractButton &)>;
QSize segmentRowSize(std::span<QAbstractButton *const> segments, const WantedWidth &wanted);
void placeSegments(const QWidget &group, std::span<QAbstractButton *const> segments,
                   const WantedWidth &wanted);

} // namespace widgets
