// SPDX-License-Identifier: GPL-3.0-or-later
//
// Snaps a spectrum to a scale by moving whole bins: magnitudes add as scalars, phases as a vector
// sum weighted with them. A spectral block: one instance serves many frames at the same time.
// Shape: SpectrumFrame, every channel by itself. Units: bins; strengths are 0…1.
// Real-time: process() yes, prepare() no. Errors: none. Silence stays exact silence.
// Source: the Classic pipeline (an earlier float64 prototype); the two null to the float32 floor.
#pragma once

#include "engine/dsp/DspBlock.h"
#include "engine/dsp/Scale.h"

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
        std::vector<float> magnitudes;
        std::vector<float> moved;
        std::vector<float> arrived; ///< magnitude that came, one a touched bin
        std::vector<double> phasorsRe;
        std::vector<double> phasorsIm;
        std::vector<float> factorsRe; ///< its phase factors
        std::vector<float> factorsIm;
    };

    void prepare(const SpectrumSpec &spec, const Parameters &parameters);
    Scratch makeScratch() const;
    void process(const SpectrumFrame &frame, Scratch &scratch) const noexcept;

private:
    /// Neighbouring bins that share a target.
    struct Run {
        int first;
        int end;
        int slot;
    };
    /// One target and how what arrives there spreads: weights[i] falls on bin firstBin + i.
    struct Slot {
        int bin;
        int firstBin;
        int binCount;
        int firstTouched; ///< of firstBin in touchedBins_
        int firstWeight;
    };

    void processChannel(std::complex<float> *bins, Scratch &scratch) const noexcept;

    Parameters parameters_;
    int binCount_ = 0;
    std::vector<Run> runs_;
    std::vector<Slot> slots_;
    std::vector<float> weights_;
    std::vector<int> touchedBins_; ///< where a target or its smear may fall, ascending
};

} // namespace engine::dsp
