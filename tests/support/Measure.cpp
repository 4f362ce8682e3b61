// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Measure.h"

#include "engine/base/MemoryStream.h"
#include "engine/pipeline/Pipeline.h"

#include <cmath>
#include <stdexcept>

namespace tests {

std::vector<double> toDouble(std::span<const float> samples)
{
    return {samples.begin(), samples.end()};
}

double nullDb(std::span<const double> y, std::span<const double> ref)
{
    if (y.size() != ref.size())
        return -silentDb;
    double error = 0.0;
    double power = 0.0;
    for (std::size_t n = 0; n < ref.size(); ++n) {
        error += (y[n] - ref[n]) * (y[n] - ref[n]);
        power += ref[n] * ref[n];
    }
    if (error == 0.0)
        return silentDb;
    if (!std::isfinite(error) || power == 0.0)
        return -silentDb;
    return std::max(10.0 * std::log10(error / power), silentDb);
}

double rms(std::span<const double> samples)
{
    double power = 0.0;
    for (const double x : samples)
        power += x * x;
    return samples.empty() ? 0.0 : std::sqrt(power / static_cast<double>(samples.size()));
}

double peak(std::span<const double> samples)
{
    double largest = 0.0;
    for (const double x : samples)
        largest = std::max(largest, std::abs(x));
    return largest;
}

double largestDifference(std::span<const double> y, std::span<const double> ref)
{
    if (y.size() != ref.size())
        return HUGE_VAL;
    double largest = 0.0;
    for (std::size_t n = 0; n < ref.size(); ++n) {
        const double difference = std::abs(y[n] - ref[n]);
        if (!(difference <= largest)) // a NaN counts as the largest of all
            largest = std::isnan(difference) ? HUGE_VAL : difference;
    }
    return largest;
}

TapBuffers renderTaps(const engine::AudioBuffer &input, const engine::pipeline::Settings &settings,
                      int blockFrames, int threads)
{
    engine::BufferSource source(input);
    std::vector<engine::BufferSink> outputs(engine::pipeline::tapCount,
                                            engine::BufferSink(input.format()));
    engine::pipeline::TapSinks sinks{};
    for (std::size_t tap = 0; tap < outputs.size(); ++tap)
        sinks[tap] = &outputs[tap];
    engine::WorkerPool workers(threads);
    const auto report =
        engine::pipeline::run(source, settings, {}, sinks, workers, {}, {blockFrames});
    if (!report)
        throw std::runtime_error(report.error().oneLine());
    TapBuffers taps;
    for (std::size_t tap = 0; tap < outputs.size(); ++tap)
        taps[tap] = outputs[tap].buffer();
    return taps;
}

} // namespace tests
