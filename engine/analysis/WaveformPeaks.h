// SPDX-License-Identifier: GPL-3.0-or-later
//
// A sound as a picture of itself: lowest, highest and RMS sample of every stretch, at any zoom.
// Shape: a pyramid; a base cell covers baseFrames() frames of all channels together (the lowest
// and the highest of any channel, so that nothing cancels), a cell above covers eight below.
// Units: 1.0 is full scale; a cell keeps steps of 1/8192 up to ±4 (+12 dB), minimum and maximum
// rounded outwards. NaN counts as silence. Real-time: no.
// Memory: 6.9 bytes a base cell, so 0.09 % of a stereo sound with 1024 frames a cell and never
// more than some 2 MB with 256 (baseFramesFor chooses). A snapshot shares all finished chunks with
// the builder and copies at most one unfinished chunk a level, so it is cheap while reading goes
// on. Threads: the builder belongs to one thread; a snapshot never changes and may go anywhere.
#pragma once

#include "engine/base/AudioBuffer.h"

#include <cstddef>
#include <memory>

namespace engine::analysis {

struct PeakColumn {
    float minimum = 0.0F;
    float maximum = 0.0F;
    float rms = 0.0F;
    bool operator==(const PeakColumn &) const = default;
};

/// An immutable snapshot.
class WaveformPeaks {
public:
    struct Cell {
        std::int16_t minimum;
        std::int16_t maximum;
        std::int16_t rms;
    };
    static constexpr int radix = 8;
    static constexpr std::size_t chunkCells = 2048;
    using Chunk = std::vector<Cell>;
    using Level = std::vector<std::shared_ptr<const Chunk>>;

    WaveformPeaks(std::vector<Level> levels, int baseFrames, std::int64_t frames)
        : levels_(std::move(levels)), baseFrames_(baseFrames), frames_(frames)
    {}
    std::int64_t frames() const { return frames_; }
    int baseFrames() const { return baseFrames_; }
    /// `count` columns over [firstFrame, endFrame): every cell that a column touches counts in it,
    /// so no peak is lost; what lies outside the sound is silent.
    /// Requires: firstFrame < endFrame, count > 0.
    std::vector<PeakColumn> columns(double firstFrame, double endFrame, int count) const;
    std::size_t memoryBytes() const;

private:
    PeakColumn range(std::int64_t firstCell, std::int64_t endCell) const;
    std::int64_t cells(std::size_t level) const;

    std::vector<Level> levels_;
    int baseFrames_;
    std::int64_t frames_;
};

/// Collects blocks in order.
class WaveformPeaksBuilder {
public:
    /// 256 frames a cell; 1024 for sounds longer than ten minutes at 48 kHz.
    static int baseFramesFor(std::int64_t expectedFrames);

    explicit WaveformPeaksBuilder(int baseFrames = 256) : baseFrames_(baseFrames) {}
    void append(ConstAudioBlock block);
    std::int64_t frames() const { return frames_; }
    std::shared_ptr<const WaveformPeaks> snapshot() const;

private:
    using Cell = WaveformPeaks::Cell;
    struct OpenCell {
        float minimum = 0.0F;
        float maximum = 0.0F;
        double sumOfSquares = 0.0;
        int frames = 0;
        int samples = 0;
    };
    struct GrowingLevel {
        WaveformPeaks::Level finished;
        WaveformPeaks::Chunk growing;
    };
    static Cell closed(const OpenCell &cell);
    void push(std::size_t level, Cell cell);

    int baseFrames_;
    std::int64_t frames_ = 0;
    OpenCell open_;
    std::vector<GrowingLevel> levels_;
};

/// The same columns for one channel straight from the samples, exact to the sample.
/// Requires: 0 <= channel < sound.channels(), firstFrame < endFrame, count > 0.
std::vector<PeakColumn> peakColumns(const AudioBuffer &sound, int channel, double firstFrame,
                                    double endFrame, int count);

} // namespace engine::analysis
