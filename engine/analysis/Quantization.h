// SPDX-License-Identifier: GPL-3.0-or-later
//
// What views show of a quantizer's trace: lines from where energy was to where it went, how much of
// it lies in the key before and after, and both spectra, over the whole trace or around one moment.
// Before and after are what the sound holds: a line tells where the quantizer sent energy, the
// partials after it where it is heard.
// The same from the chain's input to its output. There before and after are measured in these two
// sounds, and lines are told where they are known and no further: what each quantizer moved, on a
// leg of its own. Distortion between them makes partials that no line leads to; mixing with the
// input, gain and limiter change levels after the last line.
// Shape: lines strongest first; histograms of 40 bins of 5 cents from −100 to +100, what lies
// further out in the outermost; curves over a log axis of 10 cents a row. Units: Hz, cents, shares
// of 1; mean power, 1 is a full-scale sine. Real-time: no. Errors: none; where nothing sounds there
// are no lines and no shares. Threads: computed on any; the result never changes.
#pragma once

#include "engine/analysis/LogRows.h"
#include "engine/analysis/SoundPartials.h"

#include <array>
#include <memory>
#include <optional>
#include <stop_token>

namespace engine::analysis {

struct QuantizationLine {
    double fromHz = 0.0;
    double toHz = 0.0;
    double noteHz = 0.0;
    double movedCents = 0.0;
    double power = 0.0; ///< mean over the frames
    dsp::SoloRange range;
    int leg = 0; ///< 1: what the second of two quantizers moved
    bool moves() const { return toHz != fromHz; }
    double powerDb() const;
};

struct Quantization {
    static constexpr double inKeyCents = 15.0;
    static constexpr int histogramBins = 40;
    static constexpr double centsPerBin = 5.0;
    static constexpr std::size_t mostLargest = 6;
    using Histogram = std::array<double, histogramBins>;

    dsp::Scale scale;
    double snapStrength = 0.0; ///< of one quantizer
    int legs = 1;              ///< 2: from the chain's input to its output
    std::vector<QuantizationLine> lines;
    /// Share of the energy within ±15 cents of an allowed note; none where nothing sounds.
    std::optional<double> inKeyBefore;
    std::optional<double> inKeyAfter;
    Histogram before{}; ///< shares of the energy
    Histogram after{};
    /// The lines that moved most: energy times cents. Indices into `lines`.
    std::vector<std::size_t> largest;
    LogAxis axis;
    std::vector<float> curveBefore; ///< mean power a row
    std::vector<float> curveAfter;
    double centroidHz = 0.0; ///< of the energy before, on the log axis; 0 where nothing sounds

    bool silent() const { return !inKeyBefore; }
};

/// A moment of the file, in seconds from its start; everything within 50 ms of it counts.
inline constexpr double momentSeconds = 0.05;

/// Null when stopped. Without `momentS` the whole trace.
std::shared_ptr<const Quantization> quantizationOf(const dsp::QuantizationTrace &trace,
                                                   std::optional<double> momentS = {},
                                                   const std::stop_token &stop = {});

/// What is known of the way from the chain's input to its output.
struct ChainTrace {
    dsp::Scale scale; ///< what counts as in key, before and after
    std::shared_ptr<const SoundPartials> input;
    std::shared_ptr<const SoundPartials> output;
    std::shared_ptr<const dsp::QuantizationTrace> preQuant; ///< null: it is off
    std::shared_ptr<const dsp::QuantizationTrace> postQuant;
};
/// As above. Requires: input and output.
std::shared_ptr<const Quantization> quantizationOf(const ChainTrace &trace,
                                                   std::optional<double> momentS = {},
                                                   const std::stop_token &stop = {});

/// Cents from the nearest allowed note, sharp is positive.
double centsFromAllowedNote(double hz, dsp::PitchClassMask allowed);

} // namespace engine::analysis
