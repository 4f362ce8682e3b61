// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/views/PictureCopy.h"

#include <cstring>
#include <vector>

namespace widgets {

namespace {

/// The pixel of the picture that lies under every pixel of the target; −1: none.
std::vector<int> sources(int first, int count, double place, double length, int pixels)
{
    std::vector<int> result;
    result.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        const double at = (first + i + 0.5 - place) / length * pixels;
        result.push_back(at >= 0.0 && at < pixels ? static_cast<int>(at) : -1);
    }
    return result;
}

} // namespace

void copyStretched(const QImage &from, const QRectF &place, QImage &to, const QRect &clip)
{
    if (from.isNull() || place.isEmpty() || clip.isEmpty())
        return;
    const auto columns =
        sources(clip.left(), clip.width(), place.left(), place.width(), from.width());
    const auto rows =
        sources(clip.top(), clip.height(), place.top(), place.height(), from.height());
    std::size_t firstX = 0;
    std::size_t endX = columns.size();
    while (firstX < endX && columns[firstX] < 0)
        ++firstX;
    while (endX > firstX && columns[endX - 1] < 0)
        --endX;
    if (firstX == endX)
        return;
    const bool plain = columns[endX - 1] - columns[firstX] == static_cast<int>(endX - firstX) - 1;
    const std::size_t bytes = (endX - firstX) * sizeof(QRgb);
    const QRgb *before = nullptr;
    int rowBefore = -1;
    for (int y = 0; y < clip.height(); ++y) {
        const int row = rows[static_cast<std::size_t>(y)];
        if (row < 0)
            continue;
        auto *target = reinterpret_cast<QRgb *>(to.scanLine(clip.top() + y)) + clip.left();
        const auto *source = reinterpret_cast<const QRgb *>(from.constScanLine(row));
        if (row == rowBefore)
            std::memcpy(target + firstX, before, bytes);
        else if (plain)
            std::memcpy(target + firstX, source + columns[firstX], bytes);
        else
            for (std::size_t x = firstX; x < endX; ++x)
                target[x] = source[columns[x]];
        before = target + firstX;
        rowBefore = row;
    }
}

} // namespace widgets
