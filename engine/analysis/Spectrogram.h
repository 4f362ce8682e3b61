// SPDX-License-Identifier: GPL-3.0-or-later
//
// A window of sound as level over time and logarithmic frequency. Four resolutions share the work,
// so that notes are told apart below and beats above: Hann frames of 16384, 8192, 4096 and 2048
// (at 48 kHz; as long in time at other rates), handing over around 200, 800 and 3200 Hz. For a
// close look a part of the window can be had with shorter frames and columns as fine as wished.
// Shape: rows × columns; row 0 is the lowest frequency, 12 rows a semitone from 32 Hz to 16 kHz;
// columns are evenly spaced, at most 2000 for the whole. Channels count by their loudest, so
// nothing cancels. Units: dB; a full-scale sine reads 0 dB at any frequency. Time counts from the
// window's start. A difference of two is such a picture too, in dB more or less.
// Memory: 2 bytes a cell, 5.2 MB for 2000 columns. Real-time: no; about 80 ms of one core for ten
// seconds of stereo. Errors: none; samples that are not finite count as silence.
// Threads: computed on any; the result never changes.
#pragma once

#include "engine/analysis/SpectrogramBands.h"

#include <memory>
#include <stop_token>

namespace engine {
class WorkerPool;
}

namespace engine::analysis {

class Spectrogram {
public:
    static constexpr int mostColumns = 2000;
    static constexpr int rowsPerOctave = 144;
    static constexpr double lowestHz = 32.0;
    static constexpr double highestHz = 16000.0;
    static constexpr float stepsPerDb = 256.0F; ///< of a stored level

    struct Peak {
        double hz = 0.0;
        double db = 0.0;
    };

    /// `levels`: rows × columns steps of 1/stepsPerDb dB; the first column begins at `startS`.
    Spectrogram(const LogAxis &axis, int columns, double durationS,
                std::vector<std::int16_t> levels, double startS = 0.0);

    const LogAxis &axis() const { return axis_; }
    int rows() const { return axis_.rows; }
    int columns() const { return columns_; }
    double durationS() const { return durationS_; }
    double startS() const { return startS_; }
    double endS() const { return startS_ + durationS_; }
    /// The middle of a column.
    double timeOfColumn(double column) const
    {
        return startS_ + (column + 0.5) / columns_ * durationS_;
    }
    double columnAt(double timeS) const { return (timeS - startS_) / durationS_ * columns_ - 0.5; }
    int nearestColumn(double timeS) const;
    double hzOfRow(double row) const { return axis_.hz(row); }
    double rowOfHz(double hz) const { return axis_.row(hz); }

    float levelDb(int row, int column) const
    {
        return static_cast<float>(this->row(row)[column]) / stepsPerDb;
    }
    /// The levels of a row in steps of 1/256 dB.
    const std::int16_t *row(int index) const
    {
        return levels_.data() +
               static_cast<std::size_t>(index) * static_cast<std::size_t>(columns_);
    }
    /// Of the whole picture; at least −128.
    float loudestDb() const { return loudestDb_; }
    int loudestRow() const { return loudestRow_; }
    /// The loudest peak within ± `cents` of a frequency, its frequency by parabolic interpolation;
    /// where there is none, the frequency itself and the level there.
    Peak peakNear(double timeS, double hz, double cents = 35.0) const;
    std::size_t memoryBytes() const { return levels_.size() * sizeof(std::int16_t); }

private:
    LogAxis axis_;
    int columns_;
    double durationS_;
    double startS_;
    float loudestDb_ = quietestDb;
    int loudestRow_ = 0;
    std::vector<std::int16_t> levels_;
};

/// Null when stopped, or when the sound is empty. `pool` shares the work where it is given.
std::shared_ptr<const Spectrogram> computeSpectrogram(const AudioBuffer &sound,
                                                      SoundEdges edges = {},
                                                      const std::stop_token &stop = {},
                                                      WorkerPool *pool = nullptr);

/// A part of a sound, as fine as wished.
struct SpectrogramPart {
    double firstFrame = 0.0; ///< of the sound that is handed over
    double endFrame = 0.0;
    int columns = 1;
    int sharper = 0;          ///< how often the frames are halved, 0…sharpestFrames
    double soundStartS = 0.0; ///< where the sound's first frame lies on the picture's time axis
};
/// Frames that reach over the part's ends see the sound there. The same columns as in the whole
/// picture have the same levels. Null when stopped, or when the part is empty.
std::shared_ptr<const Spectrogram>
computeSpectrogramPart(const AudioBuffer &sound, const SpectrogramPart &part, SoundEdges edges = {},
                       const std::stop_token &stop = {}, WorkerPool *pool = nullptr);

/// `after` − `before`, cell by cell, where both are at least `floorDb`: what is quieter counts as
/// that, so that noise against silence is no difference. Requires: the same cells.
std::shared_ptr<const Spectrogram> spectrogramDifference(const Spectrogram &before,
                                                         const Spectrogram &after, float floorDb);

} // namespace engine::analysis
