// SPDX-License-Identifier: GPL-3.0-or-later
//
// Pictures copied and stretched into another, several times faster than a QPainter of any pixel
// ratio does it: what a moving hand waits for. Shape: nearest pixel. Units: device
// pixels. Real-time: no. Errors: none. Threads: any.
#pragma once

#include <QImage>
#include <QRectF>

#include <vector>

class QPainter;

namespace widgets {

/// One picture laid over `place` of another, as far as that lies in `clip`.
class PictureStretch {
public:
    /// Requires: `from` has 32 bits a pixel and outlives this.
    PictureStretch(const QImage &from, const QRectF &place, const QRect &clip);

    /// Replaces what is there. Requires: the format of `from`; `clip` inside `to`.
    void copyInto(QImage &to) const { copyRows(0, clip_.height(), to, clip_.topLeft()); }
    /// Lays a picture with clear parts over what is there, some rows at a time, so that the
    /// stretched pixels never leave the cache. The first `clearRows` rows of `from` are clear.
    /// Requires: a painter whose units are device pixels.
    void layOver(QPainter &painter, int clearRows) const;

private:
    void copyRows(int first, int count, QImage &to, QPoint corner) const;

    const QImage &from_;
    QRect clip_;
    std::vector<int> columns_; ///< the pixel of the picture under each of the clip's; −1: none
    std::vector<int> rows_;
    std::size_t firstX_ = 0; ///< where it begins and ends within the clip
    std::size_t endX_ = 0;
    bool plain_ = false; ///< its pixels lie side by side as in the picture
};

/// Rows at the top without anything. Requires: 32 bits a pixel, premultiplied.
int clearRowsOf(const QImage &image);

} // namespace widgets
