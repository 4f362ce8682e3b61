// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/SpectrogramTiles.h"

#include <algorithm>
#include <bit>

namespace engine::analysis {

namespace {

constexpr double shortestFrameS = 2048.0 / 48000.0;
constexpr double framePixels = 24.0;        ///< at least so wide before it is halved
constexpr double wholeOctaves = 9.0;
constexpr int columnsPerFrame = 8;
constexpr std::int64_t chunkFrames = 1 << 18; ///< read at once: 5.5 s at 48 kHz
constexpr double leastRoughS = 0.6;           ///< of a column

/// Levels of a tile while its columns come in.
class TileCells {
public:
    explicit TileCells(int columns)
        : axis_(LogAxis::over(Spectrogram::lowestHz, Spectrogram::highestHz,
                              Spectrogram::rowsPerOctave)),
          columns_(columns),
          levels_(static_cast<std::size_t>(axis_.rows * columns),
                  static_cast<std::int16_t>(quietestDb * Spectrogram::stepsPerDb))
    {}
    /// Keeps the louder of what was there and what comes.
    void add(const Spectrogram &part, int firstColumn)
    {
        for (int row = 0; row < axis_.rows; ++row) {
            const std::int16_t *from = part.row(row);
            std::int16_t *to = levels_.data() + static_cast<std::ptrdiff_t>(row) * columns_;
            for (int c = 0; c < part.columns(); ++c)
                to[firstColumn + c] = std::max(to[firstColumn + c], from[c]);
        }
    }
    std::shared_ptr<const Spectrogram> picture(double startS, double durationS)
    {
        return std::make_shared<const Spectrogram>(axis_, columns_, durationS, std::move(levels_),
                                                   startS);
    }

private:
    LogAxis axis_;
    int columns_;
    std::vector<std::int16_t> levels_;
};

/// Frames [first, end) of the source, as many as there are.
Result<AudioBuffer> readFrames(AudioSource &source, std::int64_t first, std::int64_t end,
                               const std::stop_token &stop)
{
    AudioBuffer sound(source.format(), end - first);
    if (auto there = source.seek(first); !there)
        return tl::unexpected(std::move(there.error()));
    constexpr std::int64_t block = 1 << 14;
    std::int64_t done = 0;
    while (done < sound.frames()) {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled, "stopped");
        const auto wanted = static_cast<int>(std::min(block, sound.frames() - done));
        const auto count = source.read(sound.block(done, wanted));
        if (!count)
            return tl::unexpected(std::move(count.error()));
        done += *count;
        if (*count < wanted)
            break;
    }
    sound.resize(done);
    return sound;
}

/// One tile, chunk by chunk.
class TileWork {
public:
    TileWork(AudioSource &source, const TileGrid &grid, TileKey key, const std::stop_token &stop)
        : source_(source), grid_(grid), stop_(stop), width_(grid.framesPerColumn(key.level)),
          sharper_(std::clamp(-key.level, 0, sharpestFrames)), first_(grid.firstFrame(key))
    {
        const std::int64_t whole = (grid.frames() + width_ - 1) / width_; // columns of the sound
        const std::int64_t column = key.index * TileGrid::columns;
        count_ = static_cast<int>(std::clamp<std::int64_t>(whole - column, 1, TileGrid::columns));
        before_ = column > 0 ? 1 : 0;
        const int after = column + count_ < whole ? 1 : 0;
        columns_ = before_ + count_ + after;
    }

    Result<SpectrogramTile> run(TileKey key, bool rough)
    {
        TileCells cells(columns_);
        const Status status = rough ? addRough(cells) : addWhole(cells);
        if (!status)
            return tl::unexpected(status.error());
        const double rate = grid_.sampleRateHz();
        const auto seconds = [&](std::int64_t frame) { return static_cast<double>(frame) / rate; };
        const std::int64_t start = first_ - before_ * width_;
        return SpectrogramTile{key, rough, seconds(first_),
                               std::min(seconds(first_ + count_ * width_), grid_.durationS()),
                               cells.picture(seconds(start), seconds(columns_ * width_))};
    }

private:
    /// Columns, or pieces of one column, that are read at once.
    Status addWhole(TileCells &cells)
    {
        const auto together = std::clamp<std::int64_t>(chunkFrames / width_, 1, columns_);
        const std::int64_t pieces = std::max<std::int64_t>(width_ / chunkFrames, 1);
        for (std::int64_t c = 0; c < columns_; c += together) {
            const std::int64_t count = std::min(together, columns_ - c);
            const std::int64_t from = first_ + (c - before_) * width_;
            for (std::int64_t piece = 0; piece < pieces; ++piece) {
                const std::int64_t length = count * width_ / pieces;
                if (auto done = add(cells, static_cast<int>(c), static_cast<int>(count),
                                    from + piece * length, length, reach());
                    !done)
                    return done;
            }
        }
        return {};
    }
    Status addRough(TileCells &cells)
    {
        const std::int64_t length = shortestWindowFrames(grid_.sampleRateHz());
        for (int c = 0; c < columns_; ++c) {
            const std::int64_t middle = first_ + (c - before_) * width_ + width_ / 2;
            if (auto done = add(cells, c, 1, middle - length / 2, length, reach() / 2); !done)
                return done;
        }
        return {};
    }
    Status add(TileCells &cells, int column, int count, std::int64_t from, std::int64_t length,
               std::int64_t around)
    {
        if (stop_.stop_requested())
            return fail(ErrorCode::Cancelled, "stopped");
        const std::int64_t last = grid_.frames();
        if (from >= last)
            return {};
        const std::int64_t grid = reach(); // so that frames lie where they lie in the whole
        const std::int64_t begin = std::max<std::int64_t>((from - around) / grid * grid, 0);
        const auto sound =
            readFrames(source_, begin, std::min(from + length + around, last), stop_);
        if (!sound)
            return tl::unexpected(sound.error());
        const double rate = grid_.sampleRateHz();
        SpectrogramPart part;
        part.firstFrame = static_cast<double>(from - begin);
        part.endFrame = part.firstFrame + static_cast<double>(length);
        part.columns = count;
        part.sharper = sharper_;
        part.soundStartS = static_cast<double>(begin) / rate;
        const bool reachesEnd = begin + sound->frames() >= last;
        const auto picture = computeSpectrogramPart(*sound, part, {begin == 0, reachesEnd}, stop_);
        if (stop_.stop_requested())
            return fail(ErrorCode::Cancelled, "stopped");
        if (picture)
            cells.add(*picture, column);
        return {};
    }
    /// As far as the longest frame looks.
    std::int64_t reach() const
    {
        return std::int64_t{shortestWindowFrames(grid_.sampleRateHz())} << (bandCount - 1);
    }

    AudioSource &source_;
    const TileGrid &grid_;
    const std::stop_token &stop_;
    std::int64_t width_; ///< frames a column
    int sharper_;
    std::int64_t first_; ///< frame
    int count_ = 1;      ///< columns that the tile stands for
    int before_ = 0;     ///< columns before them
    int columns_ = 1;
};

} // namespace

int sharpnessFor(const SpectrogramScale &scale)
{
    const double wide = std::log2(shortestFrameS / scale.secondsPerPixel / framePixels);
    const double high = std::log2(std::max(wholeOctaves / scale.octavesShown, 1.0));
    return std::clamp(static_cast<int>(std::floor(wide - high / 2.0)), 0, sharpestFrames);
}

int TileGrid::lowestLevel() const
{
    const auto basic = static_cast<unsigned>(shortestWindowFrames(rateHz_) / columnsPerFrame);
    return -std::min(static_cast<int>(std::bit_width(basic)) - 1, sharpestFrames);
}

std::int64_t TileGrid::framesPerColumn(int level) const
{
    const std::int64_t basic = shortestWindowFrames(rateHz_) / columnsPerFrame;
    return level >= 0 ? basic << level : basic >> -level;
}

double TileGrid::secondsPerColumn(int level) const
{
    return static_cast<double>(framesPerColumn(level)) / rateHz_;
}

int TileGrid::levelFor(const SpectrogramScale &scale) const
{
    if (const int sharper = sharpnessFor(scale); sharper > 0)
        return std::max(-sharper, lowestLevel());
    const double pixel = scale.secondsPerPixel / scale.devicePixelRatio;
    const double level = std::floor(std::log2(pixel / secondsPerColumn(0)));
    return static_cast<int>(std::clamp(level, 0.0, static_cast<double>(highestLevel)));
}

std::vector<TileKey> TileGrid::keysIn(int level, double fromS, double toS) const
{
    const double tileS = secondsPerColumn(level) * columns;
    const double last = std::max(std::ceil(durationS() / tileS - 1e-9) - 1.0, 0.0);
    const auto index = [&](double seconds) {
        return static_cast<std::int64_t>(std::clamp(std::floor(seconds / tileS), 0.0, last));
    };
    std::vector<TileKey> keys;
    for (std::int64_t i = index(fromS); frames_ > 0 && i <= index(toS); ++i)
        keys.push_back({level, i});
    return keys;
}

bool roughPays(const TileGrid &grid, int level)
{
    return grid.secondsPerColumn(level) >= leastRoughS;
}

Result<SpectrogramTile> computeTile(AudioSource &source, const TileGrid &grid, TileKey key,
                                    bool rough, const std::stop_token &stop)
{
    return TileWork(source, grid, key, stop).run(key, rough);
}

} // namespace engine::analysis
