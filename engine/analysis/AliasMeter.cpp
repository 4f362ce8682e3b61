// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/AliasMeter.h"

#include "engine/base/FlushDenormals.h"
#include "engine/base/Units.h"
#include "engine/dsp/Fft.h"

#include <numbers>

namespace engine::analysis {

namespace {

constexpr int periodFrames = 1 << 15;
constexpr double highestMeasuredHz = 20000.0;
constexpr double lowestAliasDb = -200.0;

/// One period of the measurement after the blocks have settled: exactly periodic, so that every
/// component falls into a bin of its own and no window is needed.
std::vector<float> settledPeriod(const dsp::Distortion::Parameters &parameters, int sampleRateHz,
                                 int cycles, double amplitude)
{
    dsp::Distortion distortion;
    distortion.prepare({sampleRateHz, 1, periodFrames}, parameters);
    std::vector<float> samples(periodFrames);
    const int periods = 2 + distortion.memoryFrames() / periodFrames;
    for (int period = 0; period < periods; ++period) {
        for (int n = 0; n < periodFrames; ++n) {
            const auto turn = static_cast<double>(std::int64_t{n} * cycles % periodFrames) / periodFrames;
            samples[static_cast<std::size_t>(n)] =
                static_cast<float>(amplitude * std::sin(2.0 * std::numbers::pi * turn));
        }
        float *channel = samples.data();
        distortion.process({std::span<float *const>(&channel, 1), periodFrames});
    }
    return samples;
}

} // namespace

double aliasToSignalDb(const dsp::Distortion::Parameters &parameters, int sampleRateHz,
                       double probeHz, double amplitude)
{
    const FlushDenormals flush;
    // An odd number of cycles shares no factor with the size: aliases never land on harmonics
    // before the harmonic's number reaches it.
    const double binHz = static_cast<double>(sampleRateHz) / periodFrames;
    const int cycles = static_cast<int>(probeHz / binHz / 2.0) * 2 + 1;
    const std::vector<float> samples = settledPeriod(parameters, sampleRateHz, cycles, amplitude);

    dsp::AlignedBuffer<double> time(periodFrames);
    dsp::AlignedBuffer<std::complex<double>> bins(periodFrames / 2 + 1);
    std::copy(samples.begin(), samples.end(), time.data());
    const dsp::ForwardFft forward(periodFrames);
    forward(time.data(), bins.data());

    double harmonics = 0.0;
    double aliases = 0.0;
    const int last = std::min(periodFrames / 2, static_cast<int>(highestMeasuredHz / binHz));
    // Bin 0 is the constant that bias adds: neither harmonic nor alias.
    for (int bin = 1; bin <= last; ++bin)
        (bin % cycles == 0 ? harmonics : aliases) += std::norm(bins.data()[bin]);
    if (harmonics <= 0.0)
        return lowestAliasDb;
    return std::max(lowestAliasDb, dbFromPower(aliases / harmonics));
}

} // namespace engine::analysis
