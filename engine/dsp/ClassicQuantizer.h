// SPDX-License-Identifier: GPL-3.0-or-later
//
// Snaps a spectrum to a scale by moving whole bins: magnitudes add as scalars, phases as a vector
// sum weighted with them. A spectral block: one instance serves many frames at the same time.
// Shape: SpectrumFrame, all channels. Units: bins; strengths are 0…1.
// Channels are linked: magnitudes move within each channel, so that panning stays, and the phase is
// decided once, from the sum of the channels, each of which keeps its own offset to that sum.
// Channels against each other's phase are turned round before they are summed; where they cancel
// all the same, each decides for itself. One channel alone, or equal ones, come out as they would
// without linking. Real-time: process() yes, prepare() no. Errors: none. Silence stays exact
// silence. Source: the Classic pipeline (an earlier float64 prototype); the two null to the float32
// floor.
#pragma once

#include "engine/dsp/QuantizationTrace.h"
#include "engine/dsp/SpectrumKernels.h"
#include "engine/dsp/TargetMap.h"

namespace engine::dsp {

struct ClassicQuantizer {
    struct Parameters {
        Scale scale;
        double snapStrength = 1.0; ///< share of each bin's magnitude that moves
        double smear = 0.1;        ///< share of what moves that spreads around its target
        bool binSmoothing = true;  ///< ¼ ½ ¼ over neighbouring magnitudes
        int smearRadiusBins = 2;
        bool operator==(const Parameters &) const = default;
    };
    struct Scratch {
        /// One value a bin (moved: and one at either end), or some a touched bin.
        struct Channel {
            std::vector<float> re;
            std::vector<float> im;
            std::vector<float> magnitudes;
            std::vector<float> moved;
            std::vector<kernels::RunSum> runSums;
            std::vector<double> phasors; ///< four each, as kernels::spreadRuns leaves them
            std::vector<double> amounts; ///< two each
            std::vector<float> factorsRe;
            std::vector<float> factorsIm;
        };
        std::vector<Channel> channels;
    };

    void prepare(const SpectrumSpec &spec, const Parameters &parameters);
    Scratch makeScratch() const;
    void process(const SpectrumFrame &frame, Scratch &scratch) const noexcept;
    /// What the bins in the range alone contribute to the result of process(). The new phases are
    /// decided from the whole frame, as there, and the rest is sums: so the parts of a partition
    /// add up to the whole. (Phases decided from a part would be others, and add up to nothing.)
    void processSolo(const SpectrumFrame &frame, Scratch &scratch,
                     const SoloRange &range) const noexcept;

    /// Where bins go, for a QuantizationRecorder.
    std::vector<BinTarget> targets() const { return binTargets(parameters_.scale, spec_); }
    const Parameters &parameters() const { return parameters_; }

private:
    void decide(const SpectrumFrame &frame, Scratch &scratch) const noexcept;
    void keepOnly(int firstBin, int endBin, Scratch::Channel &channel) const noexcept;
    /// Returns how the channel correlates with the first.
    double moveMagnitudes(const std::complex<float> *bins, Scratch::Channel &channel,
                          const Scratch::Channel *first) const noexcept;
    void writeChannel(std::complex<float> *bins, Scratch::Channel &channel) const noexcept;
    int touchedCount() const { return static_cast<int>(touchedBins_.size()); }

    Parameters parameters_;
    SpectrumSpec spec_;
    int binCount_ = 0;
    int channels_ = 1;
    std::vector<kernels::Run> runs_;
    std::vector<float> weights_;   ///< how what arrives at a target spreads around it
    std::vector<int> touchedBins_; ///< where a target or its smear may fall, ascending
};

} // namespace engine::dsp
