// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/Spectrogram.h"

#include "engine/base/FlushDenormals.h"
#include "engine/base/WorkerPool.h"

#include <algorithm>
#include <array>

namespace engine::analysis {

namespace {

constexpr int tileColumns = 16; ///< columns that are worked out together, to be written as rows
constexpr double shortestColumnS = 128.0 / 48000.0;

/// Runs function(index, worker) for every index, unless stopped.
void share(WorkerPool *pool, const std::stop_token &stop, int count,
           const std::function<void(int, int)> &function)
{
    const auto guarded = [&](int index, int worker) {
        if (!stop.stop_requested())
            function(index, worker);
    };
    if (pool) {
        pool->forEach(count, guarded);
        return;
    }
    for (int i = 0; i < count && !stop.stop_requested(); ++i)
        function(i, 0);
}

std::vector<std::vector<float>> finiteSamples(const AudioBuffer &sound)
{
    std::vector<std::vector<float>> channels;
    for (int c = 0; c < sound.channels(); ++c) {
        const auto samples = sound.channel(c);
        auto &channel = channels.emplace_back(samples.begin(), samples.end());
        for (float &sample : channel)
            sample = std::isfinite(sample) ? sample : 0.0F;
    }
    return channels;
}

/// The bands' matrices laid over each other, at the columns' times.
class Blend {
public:
    Blend(const std::vector<std::unique_ptr<BandAnalysis>> &bands, const LogAxis &axis,
          std::int64_t frames, int columns)
        : bands_(bands), rows_(axis.rows), framesPerColumn_(static_cast<double>(frames) / columns)
    {
        for (int band = 0; band < bandCount; ++band) {
            auto &shares = shares_.emplace_back();
            for (int row = plan(band).firstRow; row < plan(band).endRow; ++row) {
                const double hz = axis.hz(row);
                const double longer = band + 1 < bandCount ? shareOfLongerBand(band + 1, hz) : 0.0;
                shares.push_back(static_cast<float>(shareOfLongerBand(band, hz) * (1.0 - longer)));
            }
        }
    }

    /// Levels in dB of one column; `scratch` and `levels` hold a value a row.
    void column(int column, float *scratch, float *levels) const
    {
        std::fill_n(levels, rows_, 0.0F);
        for (int band = 0; band < bandCount; ++band) {
            interpolate(band, column, scratch);
            const auto &shares = shares_[static_cast<std::size_t>(band)];
            float *target = levels + plan(band).firstRow;
            // Decibels are mixed, not powers, so that a gap that one of both shows stays a gap.
            for (std::size_t r = 0; r < shares.size(); ++r)
                target[r] += shares[r] * decibelsOfRoot(scratch[r]);
        }
    }

private:
    const BandPlan &plan(int band) const { return bands_[static_cast<std::size_t>(band)]->plan(); }

    void interpolate(int band, int column, float *roots) const
    {
        const BandAnalysis &from = *bands_[static_cast<std::size_t>(band)];
        const double hop = from.plan().hopFrames;
        const double place = (column + 0.5) * framesPerColumn_ / hop;
        const auto below = static_cast<int>(place);
        float weights[4];
        fourPointWeights(place - below, weights);
        const auto frame = [&](int index) {
            return from.frame(std::clamp(index, 0, from.frames() - 1));
        };
        const float *a = frame(below - 1);
        const float *b = frame(below);
        const float *c = frame(below + 1);
        const float *d = frame(below + 2);
        const int count = from.rows();
        for (int r = 0; r < count; ++r) {
            const float root =
                weights[0] * a[r] + weights[1] * b[r] + weights[2] * c[r] + weights[3] * d[r];
            roots[r] = root > 0.0F ? root : 0.0F;
        }
        // Frames closer together than columns: the loudest in a column counts.
        const double half = 0.5 * framesPerColumn_ / hop;
        for (int i = static_cast<int>(std::ceil(place - half)); i < place + half; ++i) {
            const float *inside = frame(i);
            for (int r = 0; r < count; ++r)
                roots[r] = inside[r] > roots[r] ? inside[r] : roots[r];
        }
    }

    const std::vector<std::unique_ptr<BandAnalysis>> &bands_;
    int rows_;
    double framesPerColumn_;
    std::vector<std::vector<float>> shares_;
};

void writeTile(const Blend &blend, int tile, int rows, int columns, std::int16_t *levels)
{
    const int first = tile * tileColumns;
    const int count = std::min(tileColumns, columns - first);
    const auto height = static_cast<std::size_t>(rows);
    std::vector<float> scratch(height);
    std::vector<float> tileLevels(height * tileColumns);
    for (int i = 0; i < count; ++i)
        blend.column(first + i, scratch.data(),
                     tileLevels.data() + static_cast<std::size_t>(i) * height);
    for (std::size_t row = 0; row < height; ++row)
        for (int i = 0; i < count; ++i) {
            const float db = tileLevels[static_cast<std::size_t>(i) * height + row];
            const float steps = std::min(db, 127.0F) * Spectrogram::stepsPerDb;
            levels[row * static_cast<std::size_t>(columns) + static_cast<std::size_t>(first + i)] =
                static_cast<std::int16_t>(std::lrintf(steps));
        }
}

std::vector<std::unique_ptr<BandAnalysis>> analyseBands(const AudioBuffer &sound,
                                                        const LogAxis &axis, SoundEdges edges,
                                                        const std::stop_token &stop,
                                                        WorkerPool *pool)
{
    const int rate = sound.format().sampleRateHz;
    const auto plans = planBands(axis, rate);
    std::vector<std::unique_ptr<BandAnalysis>> bands;
    auto channels = finiteSamples(sound);
    int halvings = 0;
    for (const BandPlan &plan : plans) {
        for (; halvings < plan.halvings && !stop.stop_requested(); ++halvings)
            channels = halved(channels);
        auto &band = *bands.emplace_back(
            std::make_unique<BandAnalysis>(plan, axis, rate, sound.frames(), edges));
        std::vector<BandAnalysis::Scratch> scratch;
        for (int i = 0; i < (pool ? pool->workers() : 1); ++i)
            scratch.emplace_back(band);
        share(pool, stop, band.frames(), [&](int frame, int worker) {
            band.analyse(frame, channels, scratch[static_cast<std::size_t>(worker)]);
        });
    }
    return bands;
}

} // namespace

Spectrogram::Spectrogram(const LogAxis &axis, int columns, double durationS,
                         std::vector<std::int16_t> levels)
    : axis_(axis), columns_(columns), durationS_(durationS), levels_(std::move(levels))
{
    const auto loudest = std::max_element(levels_.begin(), levels_.end());
    if (loudest == levels_.end())
        return;
    loudestDb_ = static_cast<float>(*loudest) / stepsPerDb;
    loudestRow_ = static_cast<int>((loudest - levels_.begin()) / columns_);
}

int Spectrogram::nearestColumn(double timeS) const
{
    const double column = std::round(columnAt(timeS));
    return static_cast<int>(std::clamp(column, 0.0, static_cast<double>(columns_ - 1)));
}

Spectrogram::Peak Spectrogram::peakNear(double timeS, double hz, double cents) const
{
    const int column = nearestColumn(timeS);
    const double row = rowOfHz(hz);
    const double reach = cents / axis_.centsPerRow();
    const int first = std::clamp(static_cast<int>(row - reach) - 2, 0, rows() - 1);
    const int end = std::clamp(static_cast<int>(row + reach) + 4, first + 1, rows());
    std::vector<float> levels;
    for (int r = first; r < end; ++r)
        levels.push_back(levelDb(r, column));
    if (const auto peak = peakAround(levels, first, row, reach))
        return {hzOfRow(peak->row), peak->db};
    const int nearest = static_cast<int>(std::clamp(std::round(row), 0.0, rows() - 1.0));
    return {hz, static_cast<double>(levelDb(nearest, column))};
}

std::shared_ptr<const Spectrogram> computeSpectrogram(const AudioBuffer &sound, SoundEdges edges,
                                                      const std::stop_token &stop, WorkerPool *pool)
{
    if (sound.frames() == 0 || sound.channels() == 0)
        return nullptr;
    const FlushDenormals flush;
    const int rate = sound.format().sampleRateHz;
    const double durationS = static_cast<double>(sound.frames()) / rate;
    const LogAxis axis =
        LogAxis::over(Spectrogram::lowestHz, Spectrogram::highestHz, Spectrogram::rowsPerOctave);
    const int columns = std::clamp(static_cast<int>(std::ceil(durationS / shortestColumnS)), 1,
                                   Spectrogram::mostColumns);
    const auto bands = analyseBands(sound, axis, edges, stop, pool);
    std::vector<std::int16_t> levels(static_cast<std::size_t>(axis.rows) *
                                     static_cast<std::size_t>(columns));
    const Blend blend(bands, axis, sound.frames(), columns);
    share(pool, stop, (columns + tileColumns - 1) / tileColumns,
          [&](int tile, int) { writeTile(blend, tile, axis.rows, columns, levels.data()); });
    if (stop.stop_requested())
        return nullptr;
    return std::make_shared<const Spectrogram>(axis, columns, durationS, std::move(levels));
}

} // namespace engine::analysis
