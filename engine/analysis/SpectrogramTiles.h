// SPDX-License-Identifier: GPL-3.0-or-later
//
// A spectrogram of a sound of any length in pieces: columns of 2^level times a basic width, so many
// to a tile. Tiles of negative levels come from frames that are as much shorter; those of high
// levels show the loudest frame of each column, so that a click in an hour is still seen.
// Shape: a tile is `columns` columns of Spectrogram's rows, with one more at either end to go over
// into. Units: seconds and frames from the start of the sound; a basic column is an eighth of the
// shortest frame, 256 frames at 48 kHz.
// Memory: a few MB while a tile is worked out, whatever its length; 330 kB a tile kept.
// Real-time: no. Errors: those of the source, ErrorCode::Cancelled.
// Threads: values; computed on any, one at a time for one source.
#pragma once

#include "engine/analysis/Spectrogram.h"
#include "engine/base/AudioStream.h"

#include <compare>

namespace engine::analysis {

/// How fine a part of a sound is shown.
struct SpectrogramScale {
    double secondsPerPixel = 0.01; ///< logical pixels
    double octavesShown = 9.0;
    double devicePixelRatio = 1.0;
};
/// How often frames are halved for a close look, 0…sharpestFrames: a frame of the highest
/// frequencies is 24 to 48 pixels wide; half of that is given back where frequency is enlarged too.
int sharpnessFor(const SpectrogramScale &scale);

struct TileKey {
    int level = 0;
    std::int64_t index = 0;
    auto operator<=>(const TileKey &) const = default;
};

class TileGrid {
public:
    static constexpr int columns = 128; ///< of a tile
    static constexpr int highestLevel = 24;

    TileGrid(int sampleRateHz, std::int64_t frames) : rateHz_(sampleRateHz), frames_(frames) {}
    int sampleRateHz() const { return rateHz_; }
    std::int64_t frames() const { return frames_; }
    double durationS() const { return static_cast<double>(frames_) / rateHz_; }
    int lowestLevel() const;
    std::int64_t framesPerColumn(int level) const;
    double secondsPerColumn(int level) const;
    /// At least a column a device pixel, or what the frames can tell.
    int levelFor(const SpectrogramScale &scale) const;
    std::int64_t firstFrame(TileKey key) const
    {
        return key.index * columns * framesPerColumn(key.level);
    }
    /// Ascending; within the sound.
    std::vector<TileKey> keysIn(int level, double fromS, double toS) const;

private:
    int rateHz_;
    std::int64_t frames_;
};

struct SpectrogramTile {
    TileKey key;
    bool rough = false; ///< one frame a column, until the whole column has been read
    double fromS = 0.0; ///< what it stands for; its picture reaches a little further
    double toS = 0.0;
    std::shared_ptr<const Spectrogram> levels;
};

/// What is known of a sound where someone looks. Immutable.
struct TileSet {
    double durationS = 0.0;
    std::vector<SpectrogramTile> tiles; ///< in the order of drawing: later ones cover earlier ones
    double done = 0.0;                  ///< of what was wished for, 0…1
    std::optional<Error> error;         ///< what could not be read
};
using SharedTileSet = std::shared_ptr<const TileSet>;

/// A wish: what is looked at, in seconds from the start of the sound.
struct TileWish {
    double fromS = 0.0;
    double toS = 0.0;
    SpectrogramScale scale;
};

/// Whether a rough tile of this level is had much sooner than the whole one.
bool roughPays(const TileGrid &grid, int level);
/// Reads what it needs from `source`. Requires: the grid's rate is the source's.
Result<SpectrogramTile> computeTile(AudioSource &source, const TileGrid &grid, TileKey key,
                                    bool rough, const std::stop_token &stop = {});

} // namespace engine::analysis
