// SPDX-License-Identifier: GPL-3.0-or-later
//
// A window of sound as level over time and logarithmic frequency. Four resolutions share the work,
// so that notes are told apart below and beats above: Hann frames of 16384, 8192, 4096 and 2048
// (at 48 kHz; as long in time at other rates), handing over around 200, 800 and 3200 Hz.
// Shape: rows × columns; row 0 is the lowest frequency, 12 rows a semitone from 32 Hz to 16 kHz;
// columns are evenly spaced, at most 2000. Channels count by their loudest, so nothing cancels.
// Units: dB; a full-scale sine reads 0 dB at any frequency. Time counts from the window's start.
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

    /// `levels`: rows × columns steps of 1/stepsPerDb dB.
    Spectrogram(const LogAxis &axis, int columns, double durationS,
                std::vector<std::int16_t> levels);

    const LogAxis &axis() const { return axis_; }
    int rows() const { return axis_.rows; }
    int columns() const { return columns_; }
    double durationS() const { return durationS_; }
    /// The middle of a column.
    double timeOfColumn(double column) const { return (column + 0.5) / columns_ * durationS_; }
    double columnAt(double timeS) const { return timeS / durationS_ * columns_ - 0.5; }
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
    float loudestDb_ = quietestDb;
    int loudestRow_ = 0;
    std::vector<std::int16_t> levels_;
};

/// Null when stopped, or when the sound is empty. `pool` shares the work where it is given.
std::shared_ptr<const Spectrogram> computeSpectrogram(const AudioBuffer &sound,
                                                      SoundEdges edges = {},
                                                      const std::stop_token &stop = {},
                                                      WorkerPool *pool = nullptr);

} // namespace engine::analysis
