// SPDX-License-Identifier: GPL-3.0-or-later
//
// Known partials through Classic, with the trace of what it did, and what it must have done by the
// oracle's map.
#pragma once

#include "engine/base/MemoryStream.h"
#include "engine/pipeline/Pipeline.h"
#include "tests/support/ClassicOracle.h"

#include <cmath>
#include <map>
#include <numbers>
#include <stdexcept>

namespace tests {

using namespace engine;
using namespace engine::pipeline;
using dsp::QuantizationTrace;

inline constexpr int rateHz = 48000;
inline constexpr int fftSize = 2048;
inline constexpr double binHz = static_cast<double>(rateHz) / fftSize;
inline constexpr int hop = fftSize / 4;

struct Tone {
    double hz;
    double amplitude;
};
/// Steady partials, far apart for a 2048-point frame.
inline const std::vector<Tone> chord{{61.3, 0.2},   {187.0, 0.15}, {311.7, 0.2},   {450.0, 0.1},
                                     {703.9, 0.12}, {1187.0, 0.1}, {2371.4, 0.05}, {4903.3, 0.05}};

inline AudioBuffer tones(const std::vector<Tone> &partials, int frames, int channels = 2)
{
    AudioBuffer sound({rateHz, channels}, frames);
    for (int c = 0; c < channels; ++c) {
        for (int n = 0; n < frames; ++n) {
            double sum = 0.0;
            for (const Tone &tone : partials)
                sum += tone.amplitude *
                       std::sin(2.0 * std::numbers::pi * tone.hz * n / rateHz + tone.hz + 0.3 * c);
            sound.channel(c)[static_cast<std::size_t>(n)] = static_cast<float>(sum);
        }
    }
    return sound;
}

/// Only Pre-Quant.
inline Settings preQuantOnly(double smear = 0.0, bool smoothing = false)
{
    Settings settings;
    settings.preQuant.classic.smear = smear;
    settings.preQuant.classic.binSmoothing = smoothing;
    settings.distortionOn = false;
    settings.postQuant.on = false;
    settings.limiter.on = false;
    return settings;
}

struct Traced {
    AudioBuffer preQuant;
    AudioBuffer output;
    QuantizationTrace pre;
    QuantizationTrace post;
};
inline Traced trace(const AudioBuffer &sound, const Settings &settings, int block = 8192,
                    int threads = 2, const Window &window = {},
                    std::optional<dsp::SoloRange> solo = {})
{
    Traced result;
    BufferSource source(sound);
    BufferSink preQuant(sound.format());
    BufferSink output(sound.format());
    TapSinks sinks{};
    sinkOf(sinks, TapId::PreQuant) = &preQuant;
    sinkOf(sinks, TapId::Output) = &output;
    WorkerPool workers(threads);
    RunOptions options;
    options.blockFrames = block;
    options.solo = solo;
    if (!solo) {
        options.preQuantTrace = &result.pre;
        options.postQuantTrace = &result.post;
    }
    const auto report = run(source, settings, window, sinks, workers, {}, options);
    if (!report)
        throw std::runtime_error("the run failed");
    result.preQuant = preQuant.buffer();
    result.output = output.buffer();
    return result;
}

inline double cents(double hz, double fromHz)
{
    return 1200.0 * std::log2(hz / fromHz);
}

/// What Classic does with one partial of amplitude 1: the share of its power that each target bin
/// gets, from the transform of the window and the oracle's map. Key: the bin, −1: it stays.
inline std::map<int, double> expectedTargets(double hz, const dsp::Scale &scale)
{
    const std::vector<int> map = oracle::targetBins(scale, rateHz, fftSize);
    const double place = hz / binHz;
    std::map<int, double> shares;
    const auto arrivals = [&](int target) {
        return std::count_if(map.begin() + std::max(0, static_cast<int>(place) - 3),
                             map.begin() + static_cast<int>(place) + 5,
                             [&](int other) { return other == target; });
    };
    for (int k = std::max(0, static_cast<int>(place) - 2); k <= static_cast<int>(place) + 3; ++k) {
        const double u = k - place;
        const double lobe = std::sin(std::numbers::pi * u) / (std::numbers::pi * u * (1.0 - u * u));
        const int target = map[static_cast<std::size_t>(k)];
        shares[target == k && arrivals(target) == 1 ? -1 : target] += lobe * lobe / 1.5;
    }
    return shares;
}

} // namespace tests
