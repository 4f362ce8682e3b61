// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/LogRows.h"

#include <algorithm>

namespace engine::analysis {

RowReader::RowReader(const LogAxis &axis, int firstRow, int endRow, double binHz, int bins)
    : axis_(axis), firstRow_(firstRow), rows_(std::max(endRow - firstRow, 0)), binHz_(binHz),
      bins_(bins), edges_(static_cast<std::size_t>(rows_) + 1)
{
    for (int i = 0; i <= rows_; ++i) {
        Edge &edge = edges_[static_cast<std::size_t>(i)];
        const double bin = axis.hz(firstRow + i - 0.5) / binHz;
        edge.firstAbove = static_cast<int>(std::min(std::ceil(bin), static_cast<double>(bins)));
        if (bin > bins - 1) // above the highest frequency that the sound can have
            continue;
        const double below = std::floor(bin);
        edge.bin = static_cast<int>(below);
        fourPointWeights(bin - below, edge.weights);
    }
    firstPeakBin_ = std::max(edges_.front().firstAbove - 1, 1);
    endPeakBin_ = std::min(edges_.back().firstAbove + 1, bins - 1);
}

void RowReader::read(float *roots, float *rows) const
{
    float *bins = roots + guard;
    for (int i = 1; i <= guard; ++i) { // a real sound's spectrum is even around both ends
        bins[-i] = bins[std::min(i, bins_ - 1)];
        bins[bins_ - 1 + i] = bins[std::max(bins_ - 1 - i, 0)];
    }
    const auto between = [bins](const Edge &edge) {
        const float *at = bins + edge.bin;
        return edge.weights[0] * at[-1] + edge.weights[1] * at[0] + edge.weights[2] * at[1] +
               edge.weights[3] * at[2];
    };
    float lower = between(edges_[0]);
    for (std::size_t r = 0; r < static_cast<std::size_t>(rows_); ++r) {
        const float upper = between(edges_[r + 1]);
        float highest = std::max({lower, upper, 0.0F});
        for (int bin = edges_[r].firstAbove; bin < edges_[r + 1].firstAbove; ++bin)
            highest = std::max(highest, bins[bin]);
        rows[r] = highest;
        lower = upper;
    }
    raisePeaks(bins, rows);
}

/// The top of a peak lies between two bins.
void RowReader::raisePeaks(const float *bins, float *rows) const
{
    for (int bin = firstPeakBin_; bin < endPeakBin_; ++bin) {
        const float before = bins[bin - 1];
        const float here = bins[bin];
        const float after = bins[bin + 1];
        if (!(here > before && here >= after))
            continue;
        const float bend = before - 2.0F * here + after;
        const float tilt = after - before;
        const double place = bin - 0.5 * static_cast<double>(tilt / bend);
        const auto row = static_cast<int>(std::lround(axis_.row(place * binHz_))) - firstRow_;
        if (row >= 0 && row < rows_)
            rows[row] = std::max(rows[row], here - tilt * tilt / (8.0F * bend));
    }
}

std::optional<LogPeak> peakAround(std::span<const float> levelsDb, double firstRow, double row,
                                  double reachRows)
{
    const auto count = static_cast<int>(levelsDb.size());
    const auto first = std::max(static_cast<int>(std::ceil(row - reachRows - firstRow)), 1);
    const auto last = std::min(static_cast<int>(std::floor(row + reachRows - firstRow)), count - 2);
    const auto level = [&](int i) {
        return static_cast<double>(levelsDb[static_cast<std::size_t>(i)]);
    };
    int best = -1;
    for (int i = first; i <= last; ++i)
        if (level(i) >= level(i - 1) && level(i) > level(i + 1) &&
            (best < 0 || level(i) > level(best)))
            best = i;
    if (best < 0)
        return std::nullopt;
    const double below = std::sqrt(level(best) - level(best - 1));
    const double above = std::sqrt(level(best) - level(best + 1)); // > 0
    return LogPeak{firstRow + best - 0.5 + below / (below + above), level(best)};
}

} // namespace engine::analysis
