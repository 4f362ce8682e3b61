// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench-render: what 10 s of stereo cost, in CPU time, beside a bare FFTW loop of the same
// transforms in the same run. Ratios can be compared between machines and days; single times
// cannot.

#include "engine/base/FlushDenormals.h"
#include "engine/base/MemoryStream.h"
#include "engine/base/Text.h"
#include "engine/pipeline/ParameterText.h"
#include "engine/pipeline/Pipeline.h"
#include "tests/support/Cpu.h"
#include "tests/support/Signals.h"

#include <algorithm>
#include <cstdio>
#include <fftw3.h>
#include <functional>

namespace {

using namespace engine;

constexpr int rateHz = 48000;
constexpr int seconds = 10;
constexpr int fftSize = 2048;

double medianMs(const std::function<void()> &work)
{
    std::vector<double> times;
    work();
    for (int i = 0; i < 15; ++i) {
        const double start = tests::processCpuSeconds();
        work();
        times.push_back(1000.0 * (tests::processCpuSeconds() - start));
    }
    std::ranges::nth_element(times, times.begin() + 7);
    return times[7];
}

/// The four transforms of two quantizing stages, single precision, nothing else.
double bareTransformsMs(int channels)
{
    float *time = fftwf_alloc_real(fftSize);
    fftwf_complex *bins = fftwf_alloc_complex(fftSize / 2 + 1);
    fftwf_plan forward = fftwf_plan_dft_r2c_1d(fftSize, time, bins, FFTW_ESTIMATE);
    fftwf_plan inverse = fftwf_plan_dft_c2r_1d(fftSize, bins, time, FFTW_ESTIMATE);
    const int frames = 1 + rateHz * seconds / (fftSize / 4);
    tests::Random random(1);
    const double ms = medianMs([&] {
        for (int n = 0; n < fftSize; ++n)
            time[n] = static_cast<float>(random.between(-1.0, 1.0));
        for (int i = 0; i < 2 * channels * frames; ++i) {
            fftwf_execute(forward);
            // Unscaled round trips grow; this keeps the numbers in range.
            if (i % 8 == 7)
                std::fill_n(&bins[0][0], fftSize + 2, 1e-3F);
            fftwf_execute(inverse);
        }
    });
    fftwf_destroy_plan(forward);
    fftwf_destroy_plan(inverse);
    fftwf_free(time);
    fftwf_free(bins);
    return ms;
}

double renderMs(const AudioBuffer &input, const pipeline::Settings &settings, int threads)
{
    WorkerPool workers(threads);
    return medianMs([&] {
        BufferSource source(input);
        BufferSink sink(input.format(), input.frames());
        pipeline::TapSinks sinks{};
        pipeline::sinkOf(sinks, pipeline::TapId::Output) = &sink;
        if (!pipeline::run(source, settings, {}, sinks, workers, {}))
            std::abort();
    });
}

std::string nameOf(pipeline::ParameterId id, const pipeline::Settings &settings)
{
    const pipeline::ParameterInfo &info = pipeline::parameterInfo(id);
    return pipeline::parameterText(info, info.read(settings));
}

} // namespace

int main()
{
    const FlushDenormals flush;
    tests::Random random(2);
    const AudioBuffer input =
        makeSignal(tests::SignalKind::Mixed, {rateHz, 2}, rateHz * seconds, 0.5, random);
    const double bare = bareTransformsMs(2);
    const auto report = [bare](const char *name, double ms) {
        std::printf("%-34s %s ms CPU, %s × bare FFTW\n", name, fixedText(ms, 1).c_str(),
                    fixedText(ms / bare, 2).c_str());
    };
    report("bare FFTW, the same transforms", bare);
    const pipeline::Settings classic = pipeline::prototypeCompatible({});
    report("Classic stages only, 1 thread", renderMs(input, classic, 1));
    report("defaults, 1 thread", renderMs(input, {}, 1));
    report("defaults, 2 threads", renderMs(input, {}, 2));
    for (const auto mode : {dsp::DistortionMode::Wavefold, dsp::DistortionMode::Multifold,
                            dsp::DistortionMode::Tube}) {
        for (int level = 0; level <= 4; ++level) {
            pipeline::Settings settings = classic;
            settings.preQuant.on = settings.postQuant.on = settings.limiter.on = false;
            settings.distortion.mode = mode;
            settings.distortion.foldAmount = settings.distortion.drive = 4.0;
            settings.distortion.oversampling = static_cast<dsp::Oversampling>(level);
            report((nameOf(pipeline::ParameterId::DistortionMode, settings) + " alone, " +
                    nameOf(pipeline::ParameterId::Oversampling, settings) + "×")
                       .c_str(),
                   renderMs(input, settings, 1));
        }
    }
    pipeline::Settings limiter = classic;
    limiter.preQuant.on = limiter.postQuant.on = false;
    limiter.limiter.mode = pipeline::LimiterMode::TruePeak;
    limiter.gain.gainDb = 12.0;
    report("true-peak limiter alone, hot", renderMs(input, limiter, 1));
    return 0;
}
