// SPDX-License-Identifier: GPL-3.0-or-later
//
// One of the four resolutions of a spectrogram: the sound thinned to the rate its frequencies need,
// cut into Hann frames, transformed, and read into rows. A longer frame at a lower rate costs as
// much as a short one, so four resolutions cost little more than the finest.
// Shape: a matrix of frames × rows of roots (see LogRows.h). Units: Hz, frames of the sound.
// Real-time: no. Errors: none; samples that are not finite count as silence.
#pragma once

#include "engine/analysis/LogRows.h"
#include "engine/base/AudioBuffer.h"
#include "engine/dsp/Fft.h"

#include <array>

namespace engine::analysis {

/// What lies outside the sound that is analysed.
struct SoundEdges {
    bool silentBefore = true; ///< false: the sound went on before; frames stay inside
    bool silentAfter = true;
};

struct BandPlan {
    int windowFrames = 0; ///< at the sound's rate
    int halvings = 0;     ///< how often the rate is halved before
    int fftSize = 0;      ///< at the lower rate, with zeros after the window where that pays
    int hopFrames = 0;    ///< at the sound's rate
    int firstRow = 0;
    int endRow = 0;
};
inline constexpr int bandCount = 4;
inline constexpr int sharpestFrames = 5;
/// The shortest window before it is made sharper: 2048 frames at 48 kHz, as long in time elsewhere.
int shortestWindowFrames(int sampleRateHz);
/// From the shortest window (highest frequencies) to the longest, 8 times as long. `sharper`
/// (0…sharpestFrames) halves them so often, as far as each still holds three periods of its lowest
/// frequency: 64, 256, 1024 and 4096 frames at 48 kHz are the shortest of the four.
std::array<BandPlan, bandCount> planBands(const LogAxis &axis, int sampleRateHz, int sharper = 0);
/// How much of a row comes from band `band` and not from the one before (0…1).
double shareOfLongerBand(int band, double hz);

/// Every channel at half the rate, without what would alias into the lower quarter of the new
/// band.
std::vector<std::vector<float>> halved(const std::vector<std::vector<float>> &channels);

class BandAnalysis {
public:
    struct Scratch {
        explicit Scratch(const BandAnalysis &band);
        dsp::AlignedBuffer<double> time;
        dsp::AlignedBuffer<std::complex<double>> bins;
        std::vector<float> power;
    };

    using Channels = std::vector<std::vector<float>>;

    /// `frames`: of the sound, at its own rate.
    BandAnalysis(const BandPlan &plan, const LogAxis &axis, int sampleRateHz, std::int64_t frames,
                 SoundEdges edges);

    int frames() const { return frames_; }
    const BandPlan &plan() const { return plan_; }
    /// May run on several threads, each with other frames and its own scratch.
    /// Requires: `channels` is the sound at rate / 2^halvings.
    void analyse(int frame, const Channels &channels, Scratch &scratch);
    const float *frame(int index) const
    {
        return roots_.data() + static_cast<std::size_t>(index) * static_cast<std::size_t>(rows());
    }
    int rows() const { return reader_.rows(); }

private:
    double cut(std::int64_t start, const std::vector<float> &channel, double *time) const;

    BandPlan plan_;
    SoundEdges edges_;
    int frames_;
    std::vector<double> window_;
    RowReader reader_;
    dsp::ForwardFft fft_;
    std::vector<float> roots_;
};

} // namespace engine::analysis
