// SPDX-License-Identifier: GPL-3.0-or-later
//
// Levels of what was played: sample peak, held peak, RMS over 300 ms, short-term loudness.
// Shape: interleaved stereo in, any block sizes; the reading does not depend on them, except that a
// peak is that of everything since the last reading.
// Units: dB of full scale (a full-scale sine has −3.01 dB RMS), LUFS; silence is −∞ dB.
// Real-time: no; the control thread measures what the callback played. Errors: none.
// Source: ITU-R BS.1770-4; EBU Tech 3341 (short-term: 3 s, read at least ten times a second).
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace engine::playback {

inline constexpr double silenceDb = -std::numeric_limits<double>::infinity();

struct MeterReading {
    std::array<double, 2> peakDb{silenceDb, silenceDb};     ///< since the last reading
    std::array<double, 2> peakHoldDb{silenceDb, silenceDb}; ///< the largest is kept for 2 s
    std::array<double, 2> rmsDb{silenceDb, silenceDb};
    /// Absent until 3 s were played since the last restart.
    std::optional<double> shortTermLufs;
    bool clipped = false; ///< a sample was beyond ±1 since the last resetClip()
};

class OutputMeter {
public:
    explicit OutputMeter(int rateHz);
    ~OutputMeter();

    void add(std::span<const float> interleaved);
    /// As if nothing had been played: after a gap nothing measured across it would be true.
    void restart();
    /// Everything but `clipped`.
    MeterReading read();

private:
    struct Loudness;
    void closeSlice();

    static constexpr int slicesPerWindow = 30; // of 10 ms

    int rateHz_;
    int sliceFrames_;
    std::array<float, 2> peak_{};
    std::array<float, 2> heldPeak_{};
    std::array<std::int64_t, 2> heldForFrames_{};
    std::array<double, 2> sliceEnergy_{};
    int framesInSlice_ = 0;
    std::array<std::array<double, 2>, slicesPerWindow> energies_{}; ///< oldest at nextSlice_
    int nextSlice_ = 0;
    std::unique_ptr<Loudness> loudness_;
};

} // namespace engine::playback
