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

/// The picture that a pixel column shows.
struct Run {
    const Spectrogram *from = nullptr; ///< null: none
    int firstX = 0;
    int endX = 0;
};

/// Reads the levels of one picture for a run of pixel columns.
class RunReader {
public:
    RunReader(const Run &run, const SpectrogramPictureRequest &request)
        : run_(run), from_(*run.from), farthest_(request.pick == Pick::FarthestFromZero),
          firstColumn_(from_.columns()), line_(static_cast<std::size_t>(from_.columns()) + 1)
    {
        const int width = request.pixels.width();
        const auto columnAt = [&](int edge) {
            return from_.columnAt(fromPixel(edge, request.seconds, 0, width));
        };
        for (int x = run.firstX; x < run.endX; ++x) {
            const Share share = shareOf(columnAt(x), columnAt(x + 1), from_.columns());
            firstColumn_ = std::min(firstColumn_, share.first);
            endColumn_ = std::max(endColumn_, std::max(share.end, share.first + 2));
            shares_.push_back(share);
        }
        endColumn_ = std::min(endColumn_, from_.columns());
    }
    const Run &run() const { return run_; }

    /// One line of levels at a pixel row's height.
    void readLine(double lowHz, double highHz)
    {
        const Share share = shareOf(from_.rowOfHz(lowHz), from_.rowOfHz(highHz), from_.rows());
        if (share.end == share.first) {
            const std::int16_t *a = from_.row(share.first);
            const std::int16_t *b = share.first + 1 < from_.rows() ? from_.row(share.first + 1) : a;
            for (int c = firstColumn_; c < endColumn_; ++c)
                line_[static_cast<std::size_t>(c)] =
                    (1.0F - share.second) * static_cast<float>(a[c]) +
                    share.second * static_cast<float>(b[c]);
            return;
        }
        picked_.assign(from_.row(share.first) + firstColumn_, from_.row(share.first) + endColumn_);
        for (int row = share.first + 1; row < share.end; ++row) {
            const std::int16_t *levels = from_.row(row) + firstColumn_;
            if (farthest_)
                for (std::size_t c = 0; c < picked_.size(); ++c)
                    picked_[c] =
                        std::abs(picked_[c]) > std::abs(levels[c]) ? picked_[c] : levels[c];
            else
                for (std::size_t c = 0; c < picked_.size(); ++c)
                    picked_[c] = picked_[c] > levels[c] ? picked_[c] : levels[c];
        }
        std::copy(picked_.begin(), picked_.end(), line_.begin() + firstColumn_);
    }
    /// Of pixel column firstX + i.
    float value(std::size_t i) const
    {
        const Share &share = shares_[i];
        const float *at = line_.data() + share.first;
        if (share.end == share.first)
            return at[0] + share.second * (at[share.second > 0.0F ? 1 : 0] - at[0]);
        float picked = at[0];
        for (int c = 1; c < share.end - share.first; ++c)
            if (farthest_ ? std::abs(at[c]) > std::abs(picked) : at[c] > picked)
                picked = at[c];
        return picked;
    }

private:
    Run run_;
    const Spectrogram &from_;
    bool farthest_;
    int firstColumn_;
    int endColumn_ = 0;
    std::vector<Share> shares_;
    std::vector<float> line_;
    std::vector<std::int16_t> picked_;
};

/// The topmost picture under every pixel column's middle.
std::vector<Run> runsOf(const SpectrogramPictureRequest &request)
{
    const int width = request.pixels.width();
    std::vector<const Spectrogram *> under(static_cast<std::size_t>(width),
                                           request.spectrogram.get());
    for (const SpectrogramLayer &layer : request.layers) {
        const auto pixel = [&](double seconds) {
            const double edge = std::ceil(toPixel(seconds, request.seconds, 0, width) - 0.5);
            return static_cast<std::ptrdiff_t>(std::clamp(edge, 0.0, double(width)));
        };
        const std::ptrdiff_t first = pixel(layer.seconds.low);
        std::fill(under.begin() + first, under.begin() + std::max(first, pixel(layer.seconds.high)),
                  layer.spectrogram.get());
    }
    std::vector<Run> runs;
    for (int x = 0; x < width; ++x) {
        const Spectrogram *here = under[static_cast<std::size_t>(x)];
        if (runs.empty() || runs.back().from != here)
            runs.push_back({here, x, x});
        runs.back().endX = x + 1;
    }
    return runs;
}

} // namespace

QImage drawSpectrogram(const SpectrogramPictureRequest &request, const std::stop_token &stop)
{
    const int height = request.pixels.height();
    QImage image(request.pixels, QImage::Format_RGB32);
    std::vector<RunReader> readers;
    bool gaps = false;
    for (const Run &run : runsOf(request)) {
        gaps = gaps || !run.from;
        if (run.from)
            readers.emplace_back(run, request);
    }
    if (gaps)
        image.fill(request.nothing);
    const auto low = static_cast<float>(request.db.low) * Spectrogram::stepsPerDb;
    const auto perStep =
        static_cast<float>((colourSteps - 1) / request.db.span()) / Spectrogram::stepsPerDb;
    constexpr float last = colourSteps - 1;
    for (int y = 0; y < height; ++y) {
        if (stop.stop_requested())
            return {};
        const auto hzAt = [&](int edge) {
            return hzOfOctaves(fromPixel(edge, request.octaves, height, 0));
        };
        auto *pixels = reinterpret_cast<QRgb *>(image.scanLine(y));
        for (RunReader &reader : readers) {
            reader.readLine(hzAt(y + 1), hzAt(y));
            const auto count = static_cast<std::size_t>(reader.run().endX - reader.run().firstX);
            QRgb *at = pixels + reader.run().firstX;
            for (std::size_t i = 0; i < count; ++i) {
                const float place = (reader.value(i) - low) * perStep + 0.5F;
                at[i] = request.colours[static_cast<std::size_t>(place < 0.0F   ? 0.0F
                                                                 : place > last ? last
                                                                                : place)];
            }
        }
    }
    return image;
}

} // namespace widgets
