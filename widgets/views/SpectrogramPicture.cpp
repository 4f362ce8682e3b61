// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/views/SpectrogramPicture.h"

#include <algorithm>
#include <cmath>

namespace widgets {

namespace {

using engine::analysis::Spectrogram;

/// What one pixel takes from a line of cells: the loudest of [first, end), or a mixture of two.
struct Share {
    int first = 0;
    int end = 0;
    float second = 0.0F; ///< weight of cell first + 1; only where end is first
};

/// Cells i have their middle at i; the pixel covers [low, high) of them.
Share shareOf(double low, double high, int cells)
{
    const auto last = cells - 1;
    if (high - low >= 1.0) {
        const int first = std::clamp(static_cast<int>(std::ceil(low)), 0, last);
        return {first, std::clamp(static_cast<int>(std::ceil(high)), first + 1, cells), 0.0F};
    }
    const double middle = std::clamp((low + high) / 2.0, 0.0, static_cast<double>(last));
    const int below = std::max(std::min(static_cast<int>(middle), last - 1), 0);
    const double part = last > 0 ? middle - below : 0.0;
    return {below, below, static_cast<float>(part)};
}

/// One line of levels at a pixel row's height, for columns [first, end).
void readLine(const Spectrogram &from, const Share &share, int first, int end,
              std::vector<float> &line)
{
    if (share.end == share.first) {
        const std::int16_t *a = from.row(share.first);
        const std::int16_t *b = share.first + 1 < from.rows() ? from.row(share.first + 1) : a;
        for (int c = first; c < end; ++c)
            line[static_cast<std::size_t>(c)] = (1.0F - share.second) * static_cast<float>(a[c]) +
                                                share.second * static_cast<float>(b[c]);
        return;
    }
    std::vector<std::int16_t> loudest(from.row(share.first) + first, from.row(share.first) + end);
    for (int row = share.first + 1; row < share.end; ++row) {
        const std::int16_t *levels = from.row(row) + first;
        for (std::size_t c = 0; c < loudest.size(); ++c)
            loudest[c] = loudest[c] > levels[c] ? loudest[c] : levels[c];
    }
    std::copy(loudest.begin(), loudest.end(), line.begin() + first);
}

float valueOf(const std::vector<float> &line, const Share &share)
{
    const float *at = line.data() + share.first;
    if (share.end == share.first)
        return at[0] + share.second * (at[share.second > 0.0F ? 1 : 0] - at[0]);
    float loudest = at[0];
    for (int i = 1; i < share.end - share.first; ++i)
        loudest = std::max(loudest, at[i]);
    return loudest;
}

} // namespace

QImage drawSpectrogram(const SpectrogramPictureRequest &request, const std::stop_token &stop)
{
    const Spectrogram &from = *request.spectrogram;
    const int width = request.pixels.width();
    const int height = request.pixels.height();
    QImage image(request.pixels, QImage::Format_RGB32);
    std::vector<Share> shares;
    for (int x = 0; x < width; ++x) {
        const auto columnAt = [&](int edge) {
            return from.columnAt(fromPixel(edge, request.seconds, 0, width));
        };
        shares.push_back(shareOf(columnAt(x), columnAt(x + 1), from.columns()));
    }
    int firstColumn = from.columns();
    int endColumn = 0;
    for (const Share &share : shares) {
        firstColumn = std::min(firstColumn, share.first);
        endColumn = std::max(endColumn, std::max(share.end, share.first + 2));
    }
    endColumn = std::min(endColumn, from.columns());

    std::vector<float> line(static_cast<std::size_t>(from.columns()) + 1);
    const auto low = static_cast<float>(request.db.low) * Spectrogram::stepsPerDb;
    const auto perStep =
        static_cast<float>((colourSteps - 1) / request.db.span()) / Spectrogram::stepsPerDb;
    for (int y = 0; y < height; ++y) {
        if (stop.stop_requested())
            return {};
        const auto rowAt = [&](int edge) {
            return from.rowOfHz(hzOfOctaves(fromPixel(edge, request.octaves, height, 0)));
        };
        readLine(from, shareOf(rowAt(y + 1), rowAt(y), from.rows()), firstColumn, endColumn, line);
        auto *pixels = reinterpret_cast<QRgb *>(image.scanLine(y));
        for (int x = 0; x < width; ++x) {
            const float place =
                (valueOf(line, shares[static_cast<std::size_t>(x)]) - low) * perStep + 0.5F;
            const float last = colourSteps - 1;
            const float index = place < 0.0F ? 0.0F : place > last ? last : place;
            pixels[x] = request.colours[static_cast<std::size_t>(index)];
        }
    }
    return image;
}

} // namespace widgets
