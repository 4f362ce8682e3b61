// SPDX-License-Identifier: GPL-3.0-or-later
//
// Spectra on a logarithmic frequency axis: what lies between the bins where rows are finer than
// bins, and the loudest of what lies in a row where they are coarser, so that no line is lost.
// Shape: an axis of `rows` rows, row r at hz(r); a reader turns one spectrum's bins into a range of
// rows. Units: Hz; levels travel as roots, the fourth root of the amplitude, because around a peak
// of a Hann window that root is a parabola to within 0.02 dB, which makes the level and the
// frequency between two bins come out right.
// Source: Werner & Germain, "Sinusoidal parameter estimation using quadratic interpolation around
// power-scaled magnitude spectrum peaks" (Applied Sciences 6, 2016): exponent 0.23 for Hann; 1/4
// needs only square roots.
// Real-time: read() does not allocate. Errors: none.
#pragma once

#include <bit>
#include <cmath>
#include <complex>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace engine::analysis {

struct LogAxis {
    double lowestHz = 20.0;
    int rowsPerOctave = 144;
    int rows = 1;

    static LogAxis over(double lowestHz, double highestHz, int rowsPerOctave)
    {
        const double octaves = std::log2(highestHz / lowestHz);
        return {lowestHz, rowsPerOctave, static_cast<int>(std::ceil(octaves * rowsPerOctave)) + 1};
    }
    double hz(double row) const { return lowestHz * std::exp2(row / rowsPerOctave); }
    double row(double hz) const { return std::log2(hz / lowestHz) * rowsPerOctave; }
    double highestHz() const { return hz(rows - 1); }
    double centsPerRow() const { return 1200.0 / rowsPerOctave; }
    bool operator==(const LogAxis &) const = default;
};

/// Decibels of a root; at least `quietestDb`. Within 0.001 dB, and the compiler makes vectors of
/// it: the exponent's bits, and log2 of the rest as the series of its area tangent.
inline constexpr float quietestDb = -128.0F;
inline float decibelsOfRoot(float root)
{
    const auto bits = std::bit_cast<std::int32_t>(root > 1e-30F ? root : 1e-30F);
    const auto exponent = static_cast<float>((bits >> 23) - 127);
    const auto rest = std::bit_cast<float>((bits & 0x7FFFFF) | 0x3F800000);
    constexpr float middle = 1.41421356F;
    const float s = (rest - middle) / (rest + middle);
    const float s2 = s * s;
    constexpr float perNeper = 2.88539008F; // 2 / ln 2
    const float log2 =
        exponent + 0.5F + perNeper * s * (1.0F + s2 * (1.0F / 3.0F + s2 * (1.0F / 5.0F)));
    constexpr float dbPerOctave = 24.0823997F; // 80 log10 2
    const float db = dbPerOctave * log2;
    return db > quietestDb ? db : quietestDb;
}

struct LogPeak {
    double row = 0.0;
    double db = 0.0;
};
/// The loudest local maximum of `levelsDb` (one a row, from `firstRow` on) within ± `reachRows` of
/// `row`; nothing where the level only rises or falls. A row holds the highest of its whole height,
/// so its neighbours hold what the curve is at its edges, and a parabola through both gives the
/// place in between.
std::optional<LogPeak> peakAround(std::span<const float> levelsDb, double firstRow, double row,
                                  double reachRows);

/// Row r is the highest of the curve through the bins from hz(r − 1/2) to hz(r + 1/2).
class RowReader {
public:
    /// Room that `roots` has before its first and after its last bin.
    static constexpr int guard = 2;

    /// Rows [firstRow, endRow) of the axis from spectra with `bins` bins, `binHz` apart.
    RowReader(const LogAxis &axis, int firstRow, int endRow, double binHz, int bins);
    int rows() const { return rows_; }
    /// Fills the guard of `roots` (guard + bins + guard values) and writes rows() roots.
    void read(float *roots, float *rows) const;

private:
    /// Where two rows meet.
    struct Edge {
        int bin = 0;           ///< the second of the four that are interpolated
        float weights[4] = {}; ///< all zero above the highest bin
        int firstAbove = 0;    ///< bin
    };
    void raisePeaks(const float *bins, float *rows) const;

    LogAxis axis_;
    int firstRow_;
    int rows_;
    double binHz_;
    int bins_;
    int firstPeakBin_ = 1;
    int endPeakBin_ = 1;
    std::vector<Edge> edges_; ///< one more than rows
};

/// The weights of four neighbours for a point `t` (0…1) between the middle two (Catmull and Rom).
inline void fourPointWeights(double t, float (&weights)[4])
{
    const double t2 = t * t;
    const double t3 = t2 * t;
    weights[0] = static_cast<float>(-0.5 * t + t2 - 0.5 * t3);
    weights[1] = static_cast<float>(1.0 - 2.5 * t2 + 1.5 * t3);
    weights[2] = static_cast<float>(0.5 * t + 2.0 * t2 - 1.5 * t3);
    weights[3] = static_cast<float>(-0.5 * t2 + 0.5 * t3);
}

} // namespace engine::analysis
