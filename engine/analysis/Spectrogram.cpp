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

/// What is worked out: columns of a stretch of the sound that holds them and what they look at.
struct Work {
    std::int64_t firstFrame = 0; ///< of the stretch, in the sound
    std::int64_t frames = 0;
    SoundEdges edges; ///< of the stretch
    std::array<BandPlan, bandCount> plans;
    double firstColumnFrame = 0.0; ///< in the stretch
    double framesPerColumn = 1.0;
    int columns = 1;
};

std::vector<std::vector<float>> finiteSamples(const AudioBuffer &sound, const Work &work)
{
    std::vector<std::vector<float>> channels;
    for (int c = 0; c < sound.channels(); ++c) {
        const auto samples = sound.channel(c).subspan(static_cast<std::size_t>(work.firstFrame),
                                                      static_cast<std::size_t>(work.frames));
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
          const Work &work)
        : bands_(bands), rows_(axis.rows), firstFrame_(work.firstColumnFrame),
          framesPerColumn_(work.framesPerColumn)
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
        const double place = (firstFrame_ + (column + 0.5) * framesPerColumn_) / hop;
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
    double firstFrame_;
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
                                                        const LogAxis &axis, const Work &work,
                                                        const std::stop_token &stop,
                                                        WorkerPool *pool)
{
    const int rate = sound.format().sampleRateHz;
    std::vector<std::unique_ptr<BandAnalysis>> bands;
    auto channels = finiteSamples(sound, work);
    const double endFrame = work.firstColumnFrame + work.columns * work.framesPerColumn;
    int halvings = 0;
    for (const BandPlan &plan : work.plans) {
        for (; halvings < plan.halvings && !stop.stop_requested(); ++halvings)
            channels = halved(channels);
        auto &band = *bands.emplace_back(
            std::make_unique<BandAnalysis>(plan, axis, rate, work.frames, work.edges));
        // Two frames more at either end are what the interpolation looks at.
        const int first = std::max(static_cast<int>(work.firstColumnFrame / plan.hopFrames) - 2, 0);
        const int end = std::min(static_cast<int>(endFrame / plan.hopFrames) + 4, band.frames());
        std::vector<BandAnalysis::Scratch> scratch;
        for (int i = 0; i < (pool ? pool->workers() : 1); ++i)
            scratch.emplace_back(band);
        share(pool, stop, end - first, [&](int frame, int worker) {
            band.analyse(first + frame, channels, scratch[static_cast<std::size_t>(worker)]);
        });
    }
    return bands;
}

LogAxis wholeAxis()
{
    return LogAxis::over(Spectrogram::lowestHz, Spectrogram::highestHz, Spectrogram::rowsPerOctave);
}

std::shared_ptr<const Spectrogram> compute(const AudioBuffer &sound, const Work &work,
                                           double startS, const std::stop_token &stop,
                                           WorkerPool *pool)
{
    const FlushDenormals flush;
    const LogAxis axis = wholeAxis();
    const auto bands = analyseBands(sound, axis, work, stop, pool);
    std::vector<std::int16_t> levels(static_cast<std::size_t>(axis.rows) *
                                     static_cast<std::size_t>(work.columns));
    const Blend blend(bands, axis, work);
    share(pool, stop, (work.columns + tileColumns - 1) / tileColumns,
          [&](int tile, int) { writeTile(blend, tile, axis.rows, work.columns, levels.data()); });
    if (stop.stop_requested())
        return nullptr;
    const double seconds =
        work.framesPerColumn * work.columns / static_cast<double>(sound.format().sampleRateHz);
    return std::make_shared<const Spectrogram>(axis, work.columns, seconds, std::move(levels),
                                               startS);
}

} // namespace

Spectrogram::Spectrogram(const LogAxis &axis, int columns, double durationS,
                         std::vector<std::int16_t> levels, double startS)
    : axis_(axis), columns_(columns), durationS_(durationS), startS_(startS),
      levels_(std::move(levels))
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
    const int rate = sound.format().sampleRateHz;
    const double durationS = static_cast<double>(sound.frames()) / rate;
    Work work;
    work.frames = sound.frames();
    work.edges = edges;
    work.plans = planBands(wholeAxis(), rate);
    work.columns = std::clamp(static_cast<int>(std::ceil(durationS / shortestColumnS)), 1,
                              Spectrogram::mostColumns);
    work.framesPerColumn = static_cast<double>(sound.frames()) / work.columns;
    return compute(sound, work, 0.0, stop, pool);
}

std::shared_ptr<const Spectrogram>
computeSpectrogramPart(const AudioBuffer &sound, const SpectrogramPart &part, SoundEdges edges,
                       const std::stop_token &stop, WorkerPool *pool)
{
    if (sound.frames() == 0 || sound.channels() == 0 || part.columns < 1 ||
        part.endFrame <= part.firstFrame)
        return nullptr;
    const int rate = sound.format().sampleRateHz;
    Work work;
    work.plans = planBands(wholeAxis(), rate, part.sharper);
    // As far as the longest frame and the filters before it look, on the grid of all frames.
    const std::int64_t reach = work.plans.back().windowFrames;
    const std::int64_t grid = std::int64_t{shortestWindowFrames(rate)} << (bandCount - 1);
    const auto first = static_cast<std::int64_t>(std::floor(part.firstFrame)) - reach;
    const auto end = static_cast<std::int64_t>(std::ceil(part.endFrame)) + reach;
    work.firstFrame = std::clamp<std::int64_t>(first / grid * grid, 0, sound.frames() - 1);
    work.frames =
        std::clamp<std::int64_t>(end - work.firstFrame, 1, sound.frames() - work.firstFrame);
    work.edges.silentBefore = edges.silentBefore && work.firstFrame == 0;
    work.edges.silentAfter = edges.silentAfter && work.firstFrame + work.frames == sound.frames();
    work.columns = part.columns;
    work.framesPerColumn = (part.endFrame - part.firstFrame) / part.columns;
    work.firstColumnFrame = part.firstFrame - static_cast<double>(work.firstFrame);
    return compute(sound, work, part.soundStartS + part.firstFrame / rate, stop, pool);
}

std::shared_ptr<const Spectrogram> spectrogramDifference(const Spectrogram &before,
                                                         const Spectrogram &after, float floorDb)
{
    assert(before.axis() == after.axis() && before.columns() == after.columns());
    const auto cells =
        static_cast<std::size_t>(after.rows()) * static_cast<std::size_t>(after.columns());
    const auto floor = static_cast<std::int16_t>(floorDb * Spectrogram::stepsPerDb);
    const std::int16_t *a = before.row(0);
    const std::int16_t *b = after.row(0);
    std::vector<std::int16_t> difference(cells);
    for (std::size_t i = 0; i < cells; ++i) {
        const int change = std::max(b[i], floor) - std::max(a[i], floor);
        difference[i] = static_cast<std::int16_t>(std::clamp(change, -32768, 32767));
    }
    return std::make_shared<const Spectrogram>(after.axis(), after.columns(), after.durationS(),
                                               std::move(difference), after.startS());
}

} // namespace engine::analysis
