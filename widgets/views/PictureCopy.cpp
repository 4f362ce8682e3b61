// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/views/PictureCopy.h"

#include <QPainter>

#include <algorithm>
#include <cstring>

namespace widgets {

namespace {

constexpr int stripRows = 32; ///< of some thousand pixels each: they stay in the second cache

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

PictureStretch::PictureStretch(const QImage &from, const QRectF &place, const QRect &clip)
    : from_(from), clip_(clip)
{
    if (from.isNull() || place.isEmpty() || clip.isEmpty())
        return;
    columns_ = sources(clip.left(), clip.width(), place.left(), place.width(), from.width());
    rows_ = sources(clip.top(), clip.height(), place.top(), place.height(), from.height());
    const auto found = [](int column) { return column >= 0; };
    firstX_ = static_cast<std::size_t>(std::ranges::find_if(columns_, found) - columns_.begin());
    endX_ = columns_.size();
    while (endX_ > firstX_ && columns_[endX_ - 1] < 0)
        --endX_;
    if (firstX_ == endX_)
        rows_.clear();
    else
        plain_ = columns_[endX_ - 1] - columns_[firstX_] == static_cast<int>(endX_ - firstX_) - 1;
}

/// The clip's rows from `first` on, `corner` being where its left edge and the first row go.
void PictureStretch::copyRows(int first, int count, QImage &to, QPoint corner) const
{
    const std::size_t bytes = (endX_ - firstX_) * sizeof(QRgb);
    const QRgb *before = nullptr;
    int rowBefore = -1;
    const int end = std::min(first + count, static_cast<int>(rows_.size()));
    for (int y = first; y < end; ++y) {
        const int row = rows_[static_cast<std::size_t>(y)];
        if (row < 0)
            continue;
        auto *target = reinterpret_cast<QRgb *>(to.scanLine(corner.y() + y - first)) + corner.x();
        const auto *source = reinterpret_cast<const QRgb *>(from_.constScanLine(row));
        if (row == rowBefore)
            std::memcpy(target + firstX_, before, bytes);
        else if (plain_)
            std::memcpy(target + firstX_, source + columns_[firstX_], bytes);
        else
            for (std::size_t x = firstX_; x < endX_; ++x)
                target[x] = source[columns_[x]];
        before = target + firstX_;
        rowBefore = row;
    }
}

void PictureStretch::layOver(QPainter &painter, int clearRows) const
{
    const auto seen = [clearRows](int row) { return row >= clearRows; };
    const auto first = std::ranges::find_if(rows_, seen);
    const auto last = std::find_if(rows_.rbegin(), rows_.rend(), [](int row) { return row >= 0; });
    const auto end = static_cast<int>(rows_.rend() - last);
    const auto width = static_cast<int>(endX_ - firstX_);
    QImage strip(clip_.width(), stripRows, QImage::Format_ARGB32_Premultiplied);
    for (auto y = static_cast<int>(first - rows_.begin()); y < end; y += stripRows) {
        const int rows = std::min(stripRows, end - y);
        copyRows(y, rows, strip, {});
        const auto left = static_cast<int>(firstX_);
        painter.drawImage(clip_.topLeft() + QPoint(left, y), strip, {left, 0, width, rows});
    }
}

int clearRowsOf(const QImage &image)
{
    const auto clear = [](QRgb pixel) { return pixel == 0; };
    int rows = 0;
    while (rows < image.height()) {
        const auto *row = reinterpret_cast<const QRgb *>(image.constScanLine(rows));
        if (!std::all_of(row, row + image.width(), clear))
            break;
        ++rows;
    }
    return rows;
}

} // namespace widgets
