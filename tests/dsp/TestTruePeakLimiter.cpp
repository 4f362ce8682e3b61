// SPDX-License-Identifier: GPL-3.0-or-later
//
// The limiter against what it promises: no peak passes, between the samples either; its gain moves
// smoothly, is one for all channels and comes back to exactly 1; what it records is what it did.

#include "engine/base/FlushDenormals.h"
#include "engine/base/MemoryStream.h"
#include "engine/base/Units.h"
#include "engine/pipeline/Pipeline.h"
#include "tests/support/SoundFile.h"
#include "tests/support/Spectrum.h"
#include "tests/support/TestProgram.h"

#include <QTest>
#include <cmath>
#include <numbers>

using namespace engine;
using dsp::TruePeakLimiter;
using tests::decibels;
using tests::Random;

namespace {

constexpr std::array rates{44100, 48000, 96000};

AudioBuffer bufferOf(int rateHz, const std::vector<std::vector<float>> &channels)
{
    AudioBuffer sound({rateHz, static_cast<int>(channels.size())},
                      static_cast<std::int64_t>(channels.front().size()));
    for (std::size_t c = 0; c < channels.size(); ++c)
        std::ranges::copy(channels[c], sound.channel(static_cast<int>(c)).begin());
    return sound;
}

/// Late by the block's latency, as it comes out of it.
template <typename Limiter>
AudioBuffer processed(Limiter &limiter, const typename Limiter::Parameters &parameters,
                      AudioBuffer sound, int blockFrames = 4096)
{
    const FlushDenormals flush;
    limiter.prepare({sound.format().sampleRateHz, sound.channels(), blockFrames}, parameters);
    for (std::int64_t first = 0; first < sound.frames(); first += blockFrames) {
        const auto count = std::min<std::int64_t>(blockFrames, sound.frames() - first);
        limiter.process(sound.block(first, static_cast<int>(count)));
    }
    return sound;
}

AudioBuffer limited(const TruePeakLimiter::Parameters &parameters, const AudioBuffer &sound,
                    int blockFrames = 4096)
{
    TruePeakLimiter limiter;
    return processed(limiter, parameters, sound, blockFrames);
}

std::vector<float> scaled(std::vector<float> samples, float factor)
{
    for (float &x : samples)
        x *= factor;
    return samples;
}

/// Loud bursts in a soft sound; the second channel is a constant far below every ceiling, which
/// shows the gain.
constexpr float probeLevel = 0x1p-10F;
AudioBuffer burstsAndProbe(int rateHz, float loudest)
{
    const int frames = rateHz;
    std::vector<float> loud = tests::sine(997.0, rateHz, frames, 0.25);
    for (int burst = 0; burst < 6; ++burst) {
        for (int n = 0; n < 100 << burst; ++n)
            loud[static_cast<std::size_t>((burst + 1) * frames / 8 + n)] *=
                loudest * 4.0F / static_cast<float>(burst + 1);
    }
    return bufferOf(rateHz,
                    {loud, std::vector<float>(static_cast<std::size_t>(frames), probeLevel)});
}

std::vector<double> gainsOf(const AudioBuffer &output, int latency)
{
    const auto probe = output.channel(1).subspan(static_cast<std::size_t>(latency));
    std::vector<double> gains;
    for (const float x : probe)
        gains.push_back(double{x} / double{probeLevel});
    return gains;
}

/// All in dB over the ceiling. libebur128 reads with 12 taps a point: a sine of 14 kHz at 44.1 kHz
/// up to 0.1 dB too high, noise up to 20 kHz 0.5 dB. It is told everywhere, and a bar where it is
/// good.
struct Peaks {
    double sample = -99.0;
    double ideal = -99.0;
    double converter = -99.0;
    double ebur128 = -99.0;

    static Peaks over(const AudioBuffer &sound, double ceilingDb)
    {
        using tests::Reconstruction;
        return {decibels(tests::samplePeak(sound)) - ceilingDb,
                decibels(tests::oversampledPeak(sound, Reconstruction::Ideal)) - ceilingDb,
                decibels(tests::oversampledPeak(sound, Reconstruction::Converter)) - ceilingDb,
                decibels(tests::ebur128Peak(sound)) - ceilingDb};
    }
    void take(const Peaks &other)
    {
        sample = std::max(sample, other.sample);
        ideal = std::max(ideal, other.ideal);
        converter = std::max(converter, other.converter);
        ebur128 = std::max(ebur128, other.ebur128);
    }
    void tell(const char *what, int rateHz) const
    {
        qInfo("%-15s %5d Hz, dB over the ceiling: sample %.4f, 16x ideal %.3f, 16x converter %.3f, "
              "libebur128 %.3f",
              what, rateHz, sample, ideal, converter, ebur128);
    }
};

TruePeakLimiter::Parameters anyParameters(Random &random)
{
    return {random.between(-12.0, -0.1), 0.5 * std::pow(40.0, random.between(0.0, 1.0)),
            std::pow(1000.0, random.between(0.0, 1.0))};
}

/// Bursts of white noise up to half the sample rate.
std::vector<float> whiteBursts(int frames, double amplitude, Random &random)
{
    std::vector<float> samples(static_cast<std::size_t>(frames));
    for (int start = random.whole(0, 300); start < frames;) {
        const int end = std::min(frames, start + random.whole(1, 3000));
        const bool square = random.chance(0.3);
        for (int n = start; n < end; ++n) {
            const double x = random.between(-amplitude, amplitude);
            samples[static_cast<std::size_t>(n)] =
                static_cast<float>(square ? std::copysign(amplitude, x) : x);
        }
        start = end + random.whole(1, 3000);
    }
    return samples;
}

struct Render {
    AudioBuffer output;
    pipeline::LimiterTrace trace;
};
Render render(const AudioBuffer &input, const pipeline::Settings &settings)
{
    BufferSource source(input);
    BufferSink sink(input.format());
    pipeline::TapSinks sinks{};
    pipeline::sinkOf(sinks, pipeline::TapId::Output) = &sink;
    WorkerPool workers(1);
    Render render;
    const auto report =
        pipeline::run(source, settings, {}, sinks, workers, {}, {.trace = &render.trace});
    if (!report)
        qFatal("the run failed: %s", report.error().oneLine().c_str());
    render.output = sink.buffer();
    return render;
}

pipeline::Settings anySettings(Random &random)
{
    pipeline::Settings s;
    s.preQuant.on = random.chance(0.6);
    s.postQuant.on = random.chance(0.6);
    s.preQuant.classic.scale.rootPitchClass = random.whole(0, 11);
    s.preQuant.classic.scale.kind = static_cast<dsp::ScaleKind>(random.whole(0, 7));
    s.preQuant.classic.snapStrength = random.between(0.0, 1.0);
    s.preQuant.classic.smear = random.between(0.0, 1.0);
    s.distortion.mode = static_cast<dsp::DistortionMode>(random.whole(0, 2));
    s.distortion.oversampling = static_cast<dsp::Oversampling>(random.whole(1, 3));
    s.distortion.foldAmount = random.between(0.5, 10.0);
    s.distortion.drive = random.between(0.5, 10.0);
    s.distortion.warmth = random.between(0.0, 1.0);
    s.distortion.bias = random.between(-1.0, 1.0);
    s.mix.dryWet = random.chance(0.5) ? 1.0 : random.between(0.0, 1.0);
    s.gain.gainDb = random.between(-3.0, 12.0);
    s.limiter.levels.ceilingDb = random.between(-12.0, -0.1);
    s.limiter.levels.lookaheadMs = 0.5 * std::pow(40.0, random.between(0.0, 1.0));
    s.limiter.levels.releaseMs = std::pow(1000.0, random.between(0.0, 1.0));
    return s;
}

} // namespace

class TestTruePeakLimiter : public QObject {
    Q_OBJECT

private slots:
    void noPeakOfABandLimitedSoundPasses();
    void whiteBurstsStayNearTheCeiling();
    void aSineBetweenTheSamplesIsSeen();
    void randomRendersKeepTheirCeiling();
    void theGainMovesInSmallSteps();
    void aLowSineStaysClean();
    void soundBelowTheCeilingPassesBitForBit();
    void allChannelsShareOneGain();
    void blockSizesDoNotMatter();
    void theGainReturnsToExactlyOne();
    void theTraceIsTheGainThatWasApplied();
    void theClassicLimiterSharesOneGain();
};

void TestTruePeakLimiter::noPeakOfABandLimitedSoundPasses()
{
    Random random(21);
    for (const int rateHz : rates) {
        for (const double highestHz : {10000.0, 20000.0}) {
            Peaks worst;
            for (int sound = 0; sound < 24; ++sound) {
                const TruePeakLimiter::Parameters p = anyParameters(random);
                const double amplitude = std::exp2(random.between(0.0, 4.0));
                const double hz = sound % 2 == 0 ? highestHz : random.between(50.0, highestHz);
                std::vector<float> samples =
                    sound % 3 == 2 ? tests::sine(hz, rateHz, 16384, amplitude, sound)
                                   : tests::noiseUpTo(hz, rateHz, 16384, amplitude, random);
                tests::fade(samples, 1000);
                samples.resize(24000); // what is still in the limiter comes out
                worst.take(Peaks::over(limited(p, bufferOf(rateHz, {samples})), p.ceilingDb));
            }
            worst.tell(highestHz > 10000.0 ? "up to 20 kHz" : "up to 10 kHz", rateHz);
            QVERIFY(worst.sample <= 0.001);
            QVERIFY(std::max(worst.ideal, worst.converter) <= 0.05);
            QVERIFY(worst.ebur128 <= (highestHz > 10000.0 && rateHz < 96000 ? 0.6 : 0.05));
        }
    }
}

void TestTruePeakLimiter::whiteBurstsStayNearTheCeiling()
{
    Random random(22);
    for (const int rateHz : rates) {
        Peaks worst;
        for (int sound = 0; sound < 24; ++sound) {
            const TruePeakLimiter::Parameters p =
                sound % 2 == 1 ? anyParameters(random)
                               : TruePeakLimiter::Parameters{random.between(-12.0, -0.1)};
            std::vector<float> samples =
                whiteBursts(16384, std::exp2(random.between(-0.5, 4.0)), random);
            samples.resize(24000); // what is still in the limiter comes out
            worst.take(Peaks::over(limited(p, bufferOf(rateHz, {samples})), p.ceilingDb));
        }
        worst.tell("white bursts", rateHz);
        QVERIFY(worst.sample <= 0.001);
        QVERIFY(std::max(worst.ideal, worst.converter) <= 0.2);
    }
}

void TestTruePeakLimiter::aSineBetweenTheSamplesIsSeen()
{
    for (const int rateHz : rates) {
        // Samples at 0.707 of the peak.
        std::vector<float> samples =
            tests::sine(rateHz / 4.0, rateHz, 30000, 1.4, std::numbers::pi / 4.0);
        tests::fade(samples, 2000);
        samples.resize(36000); // what is still in the limiter comes out
        const Peaks peaks = Peaks::over(limited({}, bufferOf(rateHz, {samples})), -1.0);
        peaks.tell("fs/4 at 45°", rateHz);
        QVERIFY(peaks.sample <= -3.0);
        QVERIFY(std::max(peaks.ideal, peaks.ebur128) <= 0.05);
        QVERIFY(peaks.ideal >= -0.1); // and no more than that is taken away
    }
}

void TestTruePeakLimiter::randomRendersKeepTheirCeiling()
{
    Random random(23);
    std::array<Peaks, rates.size()> worst;
    int missed = 0;
    int atTheCeiling = 0;
    for (int i = 0; i < 200; ++i) {
        const auto rate = static_cast<std::size_t>(random.whole(0, 2));
        const int channels = random.whole(1, 3);
        const auto kind = static_cast<tests::SignalKind>(random.whole(0, 5));
        AudioBuffer input = tests::makeSignal(kind, {rates[rate], channels}, 14000,
                                              random.between(0.5, 4.0), random);
        for (int c = 0; c < channels; ++c) {
            if (kind == tests::SignalKind::Noise || kind == tests::SignalKind::Impulse)
                std::ranges::copy(tests::noiseUpTo(20000.0, rates[rate], 14000, 2.0, random),
                                  input.channel(c).begin());
            tests::fade(input.channel(c), 1500);
        }
        const pipeline::Settings settings = anySettings(random);
        const auto &levels = settings.limiter.levels;
        const Peaks peaks = Peaks::over(render(input, settings).output, levels.ceilingDb);
        atTheCeiling += peaks.ideal > -0.1 ? 1 : 0;
        worst[rate].take(peaks);
        if (peaks.sample <= 0.001 && std::max(peaks.ideal, peaks.converter) <= 0.05)
            continue;
        ++missed;
        qInfo("render %d: %s mode %d %dx ceiling %.2f look-ahead %.2f release %.1f:", i,
              tests::signalName(kind).data(), static_cast<int>(settings.distortion.mode),
              dsp::oversamplingFactor(settings.distortion.oversampling), levels.ceilingDb,
              levels.lookaheadMs, levels.releaseMs);
        peaks.tell("missed", rates[rate]);
    }
    for (std::size_t rate = 0; rate < rates.size(); ++rate)
        worst[rate].tell("random renders", rates[rate]);
    QVERIFY(atTheCeiling >= 100);
    QCOMPARE(missed, 0);
}

void TestTruePeakLimiter::theGainMovesInSmallSteps()
{
    for (const int rateHz : rates) {
        QString line;
        for (const float loudest : {1.5F, 4.0F, 16.0F}) {
            TruePeakLimiter limiter;
            const AudioBuffer output = processed(limiter, {}, burstsAndProbe(rateHz, loudest));
            const std::vector<double> gains = gainsOf(output, limiter.latencyFrames());
            double largest = 0.0;
            for (std::size_t n = 1; n < gains.size(); ++n)
                largest = std::max(largest, std::abs(gains[n] - gains[n - 1]));
            line += QString::asprintf("  %.1f dB: %.5f (down to %.3f)", decibels(double{loudest}),
                                      largest, *std::ranges::min_element(gains));
            QVERIFY(largest > 0.0 && largest <= 0.01);
        }
        qInfo("largest gain step, %d Hz:%s", rateHz, qPrintable(line));
    }
}

void TestTruePeakLimiter::aLowSineStaysClean()
{
    for (const int rateHz : rates) {
        const double amplitude = gainFromDb(-1.0 + 6.0);
        const AudioBuffer output =
            limited({}, bufferOf(rateHz, {tests::sine(60.0, rateHz, 3 * rateHz, amplitude)}));
        const double thdn = tests::distortionAndNoiseDb(
            output.channel(0).last(static_cast<std::size_t>(2 * rateHz)), rateHz, 60.0);
        qInfo("60 Hz, 6 dB over, %d Hz: THD+N %.2f dB", rateHz, thdn);
        QVERIFY(thdn <= -40.0);
    }
}

void TestTruePeakLimiter::soundBelowTheCeilingPassesBitForBit()
{
    Random random(24);
    for (const int rateHz : rates) {
        for (const double lookaheadMs : {0.5, 5.0, 20.0}) {
            const TruePeakLimiter::Parameters p{-1.0, lookaheadMs, 30.0};
            std::vector<float> noise = tests::noiseUpTo(20000.0, rateHz, 20000, 1.0, random);
            // 1 dB below it: the limiter also heeds the meters, which read full-band sounds higher.
            noise =
                scaled(noise, static_cast<float>(gainFromDb(-2.0) / tests::oversampledPeak(noise)));
            TruePeakLimiter limiter;
            const AudioBuffer output = processed(limiter, p, bufferOf(rateHz, {noise}));
            const auto latency = static_cast<std::size_t>(limiter.latencyFrames());
            std::vector<float> late(latency, 0.0F);
            late.insert(late.end(), noise.begin(), noise.end() - limiter.latencyFrames());
            QVERIFY(std::ranges::equal(output.channel(0), late));
        }
    }
}

void TestTruePeakLimiter::allChannelsShareOneGain()
{
    Random random(25);
    const std::vector<float> loud = tests::noiseUpTo(20000.0, 48000, 20000, 4.0, random);
    const AudioBuffer output = limited(
        {}, bufferOf(48000, {scaled(loud, 0.25F), loud, scaled(loud, -0.5F), scaled(loud, 0.0F)}));
    for (std::size_t n = 0; n < loud.size(); ++n) {
        const float reference = output.channel(1)[n];
        QVERIFY(output.channel(0)[n] == 0.25F * reference);
        QVERIFY(output.channel(2)[n] == -0.5F * reference);
        QVERIFY(output.channel(3)[n] == 0.0F);
    }
}

void TestTruePeakLimiter::blockSizesDoNotMatter()
{
    Random random(26);
    const AudioBuffer sound = bufferOf(48000, {tests::noiseUpTo(20000.0, 48000, 9001, 4.0, random),
                                               whiteBursts(9001, 1.5, random)});
    const AudioBuffer expected = limited({}, sound, 9001);
    for (const int blockFrames : {1, 7, 512, 4096})
        QVERIFY(tests::sameBits(limited({}, sound, blockFrames), expected));
}

void TestTruePeakLimiter::theGainReturnsToExactlyOne()
{
    for (const double releaseMs : {1.0, 30.0, 60.0}) {
        const TruePeakLimiter::Parameters p{-1.0, 5.0, releaseMs};
        TruePeakLimiter limiter;
        AudioBuffer sound({48000, 2}, 120000);
        std::ranges::fill(sound.channel(1), probeLevel);
        for (std::size_t n = 1000; n < 3000; ++n)
            sound.channel(0)[n] = n % 2 == 0 ? 8.0F : -8.0F;
        const AudioBuffer output = processed(limiter, p, sound);
        const std::vector<double> gains = gainsOf(output, limiter.latencyFrames());
        QVERIFY(gains[0] == 1.0);
        QVERIFY(gains[2000] < 0.2);
        const auto settled = static_cast<std::size_t>(3000 + limiter.memoryFrames());
        QVERIFY(settled < gains.size());
        for (std::size_t n = settled; n < gains.size(); ++n)
            QVERIFY(gains[n] == 1.0);
    }
}

void TestTruePeakLimiter::theTraceIsTheGainThatWasApplied()
{
    for (const double lookaheadMs : {0.5, 5.0, 20.0}) {
        pipeline::Settings settings;
        settings.preQuant.on = settings.postQuant.on = false;
        settings.distortion.oversampling = dsp::Oversampling::X1;
        settings.limiter.levels.lookaheadMs = lookaheadMs;
        settings.mix.dryWet = 0.0;
        const AudioBuffer input = burstsAndProbe(48000, 8.0F);
        const Render result = render(input, settings);
        const std::vector<double> gains = gainsOf(result.output, 0);
        constexpr std::size_t hop = dsp::GainReduction::hopFrames;
        QCOMPARE(result.trace.firstFrame, std::int64_t{0});
        double worst = 0.0;
        for (std::size_t i = 0; i < (gains.size() + hop - 1) / hop; ++i) {
            double lowest = 1.0;
            for (std::size_t n = i * hop; n < std::min(gains.size(), (i + 1) * hop); ++n)
                lowest = std::min(lowest, gains[n]);
            const std::vector<float> &db = result.trace.reduction.db;
            worst = std::max(worst,
                             i < db.size() ? std::abs(double{db[i]} + decibels(lowest)) : HUGE_VAL);
        }
        qInfo("trace of a render, look-ahead %.1f ms: at most %.4f dB off, %zu values for %zu "
              "frames",
              lookaheadMs, worst, result.trace.reduction.db.size(), gains.size());
        QVERIFY(worst <= 0.1);
    }
}

void TestTruePeakLimiter::theClassicLimiterSharesOneGain()
{
    Random random(27);
    const std::vector<float> loud = tests::noiseUpTo(20000.0, 48000, 20000, 4.0, random);
    dsp::ClassicLimiter limiter;
    const AudioBuffer both =
        processed(limiter, {}, bufferOf(48000, {scaled(loud, 0.25F), loud, scaled(loud, -0.5F)}));
    const AudioBuffer alone = processed(limiter, {}, bufferOf(48000, {loud}));
    for (std::size_t n = 0; n < loud.size(); ++n) {
        QVERIFY(both.channel(1)[n] == alone.channel(0)[n]);
        QVERIFY(both.channel(0)[n] == 0.25F * both.channel(1)[n]);
        QVERIFY(both.channel(2)[n] == -0.5F * both.channel(1)[n]);
    }
}

QD_TEST(TestTruePeakLimiter, QCoreApplication)
#include "TestTruePeakLimiter.moc"
