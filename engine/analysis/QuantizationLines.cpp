// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/QuantizationLines.h"

#include <algorithm>
#include <cmath>

namespace engine::analysis {

namespace {

constexpr double cellsPerOctave = 120.0;
/// A valley between two peaks of a line's energy parts them when it lies below this share of the
/// lower peak.
constexpr double valleyShare = 0.5;
constexpr double leastPower = 1e-10; ///< −100 dB in the mean

} // namespace

void QuantizationLines::Cell::add(const Cell &other)
{
    power += other.power;
    octaves += other.octaves;
    toOctaves += other.toOctaves;
    noteOctaves += other.noteOctaves;
    lowHz += other.lowHz;
    highHz += other.highHz;
}

void QuantizationLines::add(const dsp::QuantizationTrace::Move &move)
{
    const double octaves = std::log2(static_cast<double>(move.fromHz));
    const double power = static_cast<double>(move.power);
    const bool stays = move.toHz == move.fromHz;
    Cell cell;
    cell.power = power;
    cell.octaves = power * octaves;
    cell.toOctaves = power * std::log2(static_cast<double>(move.toHz));
    cell.noteOctaves = power * std::log2(std::max(1.0, static_cast<double>(move.noteHz)));
    cell.lowHz = power * static_cast<double>(move.lowHz);
    cell.highHz = power * static_cast<double>(move.highHz);
    targets_[{stays ? 0.0F : move.toHz, move.noteHz}]
            [static_cast<int>(std::floor(octaves * cellsPerOctave))]
                .add(cell);
}

void QuantizationLines::split(const Cells &cells, double frames, bool stays,
                              std::vector<QuantizationLine> &lines)
{
    Cell sum;
    double peak = 0.0;   ///< of the line so far
    double valley = 0.0; ///< lowest since the peak
    int last = 0;
    Cell sinceValley; ///< what belongs to the next line if the valley parts them
    const auto finish = [&](const Cell &cell) {
        if (cell.power / frames < leastPower)
            return;
        QuantizationLine line;
        line.fromHz = std::exp2(cell.octaves / cell.power);
        line.toHz = stays ? line.fromHz : std::exp2(cell.toOctaves / cell.power);
        line.noteHz = std::exp2(cell.noteOctaves / cell.power);
        line.movedCents = stays ? 0.0 : 1200.0 * std::log2(line.toHz / line.fromHz);
        line.power = cell.power / frames;
        line.range = {cell.lowHz / cell.power, cell.highHz / cell.power};
        lines.push_back(line);
    };
    const auto begin = [&](const Cell &cell) {
        sum = cell;
        peak = cell.power;
        valley = cell.power;
        sinceValley = {};
    };
    for (const auto &[place, cell] : cells) {
        if (sum.power == 0.0) {
            begin(cell);
        } else if (place > last + 3) { // a gap is a valley
            sum.add(sinceValley);
            finish(sum);
            begin(cell);
        } else if (cell.power < valley) {
            sum.add(sinceValley);
            sum.add(cell);
            sinceValley = {};
            valley = cell.power;
        } else {
            sinceValley.add(cell);
            if (valley < valleyShare * std::min(peak, cell.power)) {
                finish(sum);
                begin(sinceValley);
                peak = valley = cell.power;
            } else if (cell.power > peak) {
                sum.add(sinceValley);
                sinceValley = {};
                peak = valley = cell.power;
            }
        }
        last = place;
    }
    sum.add(sinceValley);
    finish(sum);
}

std::vector<QuantizationLine> QuantizationLines::take(double frames)
{
    std::vector<QuantizationLine> lines;
    for (const auto &[target, cells] : targets_)
        split(cells, frames, target.first == 0.0F, lines);
    std::sort(lines.begin(), lines.end(),
              [](const auto &a, const auto &b) { return a.power > b.power; });
    targets_.clear();
    return lines;
}

} // namespace engine::analysis
