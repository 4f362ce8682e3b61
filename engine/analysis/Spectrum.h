// SPDX-License-Identifier: GPL-3.0-or-later
//
// Level over logarithmic frequency: at one moment (a Hann frame of some 170 ms), as the average
// power of a whole window, or the highest of several.
// Shape: 240 points an octave from 20 Hz to 20 kHz (2393). Channels count by their loudest.
// Units: dB; a full-scale sine reads 0 dB. Real-time: no. Errors: none; samples that are not finite
// count as silence. Threads: computed on any; the result never changes.
#pragma once

#include "engine/analysis/LogRows.h"
#include "engine/base/AudioBuffer.h"

#include <memory>
#include <stop_token>

namespace engine::analysis {

class Spectrum {
public:
    static constexpr double lowestHz = 20.0;
    static constexpr double highestHz = 20000.0;
    static constexpr int pointsPerOctave = 240;
    static LogAxis axis() { return LogAxis::over(lowestHz, highestHz, pointsPerOctave); }

    struct Peak {
        double hz = 0.0;
        double db = 0.0;
    };

    /// Requires: one level for each of axis().rows points.
    explicit Spectrum(std::vector<float> levelsDb);
    int points() const { return static_cast<int>(levelsDb_.size()); }
    double hzOfPoint(double point) const { return axis().hz(point); }
    float levelDb(int point) const { return levelsDb_[static_cast<std::size_t>(point)]; }
    std::span<const float> levels() const { return levelsDb_; }
    /// Between the points by a straight line; outside the axis the level at its end.
    double levelAt(double hz) const;
    /// The loudest peak within ± `cents`; where there is none, `hz` and the level there.
    Peak peakNear(double hz, double cents = 35.0) const;
    float loudestDb() const;

private:
    std::vector<float> levelsDb_;
};

/// `timeS` counts from the start of `sound`. Null when the sound is empty.
std::shared_ptr<const Spectrum> spectrumAt(const AudioBuffer &sound, double timeS);
/// Null when stopped or when the sound is empty.
std::shared_ptr<const Spectrum> averageSpectrum(const AudioBuffer &sound,
                                                const std::stop_token &stop = {});
/// The highest that any frame of the sound reaches at every point. Null as above.
std::shared_ptr<const Spectrum> peakSpectrum(const AudioBuffer &sound,
                                             const std::stop_token &stop = {});
/// Peak hold: the higher of both at every point. `held` may be null.
std::shared_ptr<const Spectrum> highest(const std::shared_ptr<const Spectrum> &held,
                                        const Spectrum &now);

} // namespace engine::analysis
