// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/WaveformPeaks.h"

#include <cmath>

namespace engine::analysis {

namespace {

constexpr float stepsPerUnit = 8192.0F;
constexpr float largest = 32767.0F;
constexpr std::int64_t longSoundFrames = std::int64_t{10} * 60 * 48000;

std::int16_t steps(float value)
{
    return static_cast<std::int16_t>(std::clamp(value, -largest, largest));
}

float units(std::int16_t stepCount)
{
    return static_cast<float>(stepCount) / stepsPerUnit;
}

float finite(float sample)
{
    constexpr float limit = largest / stepsPerUnit;
    return sample >= -limit ? std::min(sample, limit) : (sample < -limit ? -limit : 0.0F);
}

/// Collects cells of different lengths.
struct Gathered {
    int minimum = largest;
    int maximum = -static_cast<int>(largest);
    double squares = 0.0;
    double weight = 0.0;

    void add(WaveformPeaks::Cell cell, double cellWeight)
    {
        minimum = std::min<int>(minimum, cell.minimum);
        maximum = std::max<int>(maximum, cell.maximum);
        squares += cellWeight * static_cast<double>(cell.rms) * cell.rms;
        weight += cellWeight;
    }
    float rms() const
    {
        return weight > 0.0 ? static_cast<float>(std::sqrt(squares / weight)) : 0.0F;
    }
};

} // namespace

int WaveformPeaksBuilder::baseFramesFor(std::int64_t expectedFrames)
{
    return expectedFrames > longSoundFrames ? 1024 : 256;
}

WaveformPeaksBuilder::Cell WaveformPeaksBuilder::closed(const OpenCell &cell)
{
    const double mean = cell.samples > 0 ? cell.sumOfSquares / cell.samples : 0.0;
    return {steps(std::floor(cell.minimum * stepsPerUnit)),
            steps(std::ceil(cell.maximum * stepsPerUnit)),
            steps(std::round(static_cast<float>(std::sqrt(mean)) * stepsPerUnit))};
}

void WaveformPeaksBuilder::push(std::size_t level, Cell cell)
{
    if (level == levels_.size())
        levels_.emplace_back();
    auto &growing = levels_[level].growing;
    growing.push_back(cell);
    if (growing.size() % WaveformPeaks::radix == 0) {
        Gathered parent;
        for (auto child = growing.end() - WaveformPeaks::radix; child != growing.end(); ++child)
            parent.add(*child, 1.0);
        push(level + 1,
             {static_cast<std::int16_t>(parent.minimum), static_cast<std::int16_t>(parent.maximum),
              steps(std::round(parent.rms()))});
    }
    // The level above may have moved the levels: look this one up again.
    GrowingLevel &self = levels_[level];
    if (self.growing.size() == WaveformPeaks::chunkCells) {
        self.finished.push_back(
            std::make_shared<const WaveformPeaks::Chunk>(std::move(self.growing)));
        self.growing = {};
        self.growing.reserve(WaveformPeaks::chunkCells);
    }
}

void WaveformPeaksBuilder::append(ConstAudioBlock block)
{
    int done = 0;
    while (done < block.frames()) {
        const int count = std::min(block.frames() - done, baseFrames_ - open_.frames);
        if (open_.frames == 0) {
            const float first = block.channels() > 0 ? finite(block.data(0)[done]) : 0.0F;
            open_.minimum = open_.maximum = first;
        }
        for (int c = 0; c < block.channels(); ++c) {
            for (const float sample : block.channel(c).subspan(static_cast<std::size_t>(done),
                                                               static_cast<std::size_t>(count))) {
                const float value = finite(sample);
                open_.minimum = std::min(open_.minimum, value);
                open_.maximum = std::max(open_.maximum, value);
                open_.sumOfSquares += static_cast<double>(value) * static_cast<double>(value);
            }
        }
        open_.frames += count;
        open_.samples += count * block.channels();
        done += count;
        if (open_.frames == baseFrames_) {
            push(0, closed(open_));
            open_ = {};
        }
    }
    frames_ += block.frames();
}

std::shared_ptr<const WaveformPeaks> WaveformPeaksBuilder::snapshot() const
{
    std::vector<WaveformPeaks::Level> levels;
    levels.reserve(levels_.size() + 1);
    for (const GrowingLevel &level : levels_) {
        levels.push_back(level.finished);
        if (!level.growing.empty())
            levels.back().push_back(std::make_shared<const WaveformPeaks::Chunk>(level.growing));
    }
    if (open_.frames > 0) {
        if (levels.empty())
            levels.emplace_back();
        WaveformPeaks::Chunk last;
        if (!levels[0].empty() && levels[0].back()->size() < WaveformPeaks::chunkCells) {
            last = *levels[0].back();
            levels[0].pop_back();
        }
        last.push_back(closed(open_));
        levels[0].push_back(std::make_shared<const WaveformPeaks::Chunk>(std::move(last)));
    }
    return std::make_shared<const WaveformPeaks>(std::move(levels), baseFrames_, frames_);
}

std::int64_t WaveformPeaks::cells(std::size_t level) const
{
    const Level &chunks = levels_[level];
    if (chunks.empty())
        return 0;
    return static_cast<std::int64_t>((chunks.size() - 1) * chunkCells + chunks.back()->size());
}

PeakColumn WaveformPeaks::range(std::int64_t firstCell, std::int64_t endCell) const
{
    Gathered sum;
    std::int64_t cell = firstCell;
    while (cell < endCell) {
        // The largest cell that begins here, ends within the range and is complete.
        std::size_t level = 0;
        std::int64_t width = 1;
        while (level + 1 < levels_.size() && cell % (width * radix) == 0 &&
               cell + width * radix <= endCell && cell / (width * radix) < cells(level + 1)) {
            ++level;
            width *= radix;
        }
        const auto index = static_cast<std::size_t>(cell / width);
        const std::int64_t begin = cell * baseFrames_;
        const std::int64_t covered = std::min(width * baseFrames_, frames_ - begin);
        sum.add((*levels_[level][index / chunkCells])[index % chunkCells],
                static_cast<double>(covered));
        cell += width;
    }
    return {units(static_cast<std::int16_t>(sum.minimum)),
            units(static_cast<std::int16_t>(sum.maximum)), sum.rms() / stepsPerUnit};
}

std::vector<PeakColumn> WaveformPeaks::columns(double firstFrame, double endFrame, int count) const
{
    assert(firstFrame < endFrame && count > 0);
    std::vector<PeakColumn> result(static_cast<std::size_t>(count));
    const std::int64_t available = levels_.empty() ? 0 : cells(0);
    const double width = (endFrame - firstFrame) / count / baseFrames_;
    const double first = firstFrame / baseFrames_;
    for (int i = 0; i < count; ++i) {
        const auto begin = static_cast<std::int64_t>(std::floor(first + width * i));
        const auto end = static_cast<std::int64_t>(std::ceil(first + width * (i + 1)));
        const std::int64_t from = std::max<std::int64_t>(begin, 0);
        const std::int64_t to = std::min(std::max(end, begin + 1), available);
        if (from < to)
            result[static_cast<std::size_t>(i)] = range(from, to);
    }
    return result;
}

std::size_t WaveformPeaks::memoryBytes() const
{
    std::size_t bytes = sizeof(*this);
    for (const Level &level : levels_)
        for (const auto &chunk : level)
            bytes += sizeof(level[0]) + sizeof(Chunk) + chunk->size() * sizeof(Cell);
    return bytes;
}

std::vector<PeakColumn> peakColumns(const AudioBuffer &sound, int channel, double firstFrame,
                                    double endFrame, int count)
{
    assert(firstFrame < endFrame && count > 0);
    std::vector<PeakColumn> result(static_cast<std::size_t>(count));
    const std::span<const float> samples = sound.channel(channel);
    const double width = (endFrame - firstFrame) / count;
    for (int i = 0; i < count; ++i) {
        const auto begin = static_cast<std::int64_t>(std::floor(firstFrame + width * i));
        const auto end = static_cast<std::int64_t>(std::ceil(firstFrame + width * (i + 1)));
        const std::int64_t from = std::max<std::int64_t>(begin, 0);
        const std::int64_t to = std::min(std::max(end, begin + 1), sound.frames());
        if (from >= to)
            continue;
        PeakColumn &column = result[static_cast<std::size_t>(i)];
        column.minimum = column.maximum = finite(samples[static_cast<std::size_t>(from)]);
        double squares = 0.0;
        for (std::int64_t frame = from; frame < to; ++frame) {
            const float value = finite(samples[static_cast<std::size_t>(frame)]);
            column.minimum = std::min(column.minimum, value);
            column.maximum = std::max(column.maximum, value);
            squares += static_cast<double>(value) * static_cast<double>(value);
        }
        column.rms = static_cast<float>(std::sqrt(squares / static_cast<double>(to - from)));
    }
    return result;
}

} // namespace engine::analysis
