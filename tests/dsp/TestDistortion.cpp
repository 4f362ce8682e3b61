// SPDX-License-Identifier: GPL-3.0-or-later
//
// The distortion against what it promises: its curves, its aliases, its delay and flatness, no
// constant, and nothing that any sound could make it lose its head over.

#include "engine/analysis/AliasMeter.h"
#include "engine/base/FlushDenormals.h"
#include "engine/dsp/Distortion.h"
#include "tests/support/Measure.h"
#include "tests/support/Spectrum.h"
#include "tests/support/TestProgram.h"

#include <QTest>
#include <cmath>
#include <numbers>

using namespace engine;
using dsp::Distortion;
using dsp::DistortionMode;
using dsp::Oversampling;
using tests::Random;

namespace {

constexpr std::array modes{DistortionMode::Wavefold, DistortionMode::Multifold,
                           DistortionMode::Tube};
constexpr std::array factors{Oversampling::X1, Oversampling::X2, Oversampling::X4, Oversampling::X8,
                             Oversampling::X16};
constexpr std::array rates{44100, 48000, 96000};

const char *nameOf(DistortionMode mode)
{
    constexpr std::array names{"wavefold", "multifold", "tube"};
    return names[static_cast<std::size_t>(mode)];
}

using Samples = std::vector<float>;

Samples processed(const Distortion::Parameters &parameters, int rateHz, Samples samples,
                  int blockFrames = 4096)
{
    const FlushDenormals flush;
    Distortion distortion;
    distortion.prepare({rateHz, 1, blockFrames}, parameters);
    for (std::size_t first = 0; first < samples.size();) {
        const auto count = std::min(static_cast<std::size_t>(blockFrames), samples.size() - first);
        float *channel = samples.data() + first;
        distortion.process({std::span<float *const>(&channel, 1), static_cast<int>(count)});
        first += count;
    }
    return samples;
}

int latencyOf(const Distortion::Parameters &parameters, int rateHz)
{
    Distortion distortion;
    distortion.prepare({rateHz, 1, 512}, parameters);
    return distortion.latencyFrames();
}

/// As the sound comes out of a pipeline: as long as it was and not late.
Samples aligned(const Distortion::Parameters &parameters, int rateHz, Samples samples)
{
    const auto latency = static_cast<std::size_t>(latencyOf(parameters, rateHz));
    samples.resize(samples.size() + latency);
    samples = processed(parameters, rateHz, std::move(samples));
    samples.erase(samples.begin(), samples.begin() + static_cast<std::ptrdiff_t>(latency));
    return samples;
}

/// The curves as they are written down, in other words than the engine's.
double curveOracle(const Distortion::Parameters &p, double x)
{
    const double u = (x + p.bias) * p.foldAmount;
    if (p.mode == DistortionMode::Tube) {
        const double a = 1.0 + 4.0 * p.warmth;
        return std::tanh(a * x * p.drive) / std::tanh(a);
    }
    if (p.mode == DistortionMode::Multifold)
        return 2.0 / std::numbers::pi * std::asin(std::sin(std::numbers::pi / 2.0 * u));
    if (u < -3.0 || u > 5.0)
        return 1.0;
    if (u > 3.0)
        return u - 4.0;
    return std::abs(u) <= 1.0 ? u : (u > 0.0 ? 2.0 - u : -2.0 - u);
}

/// A sound of 0.9 reaches 4.5 before the curve.
Distortion::Parameters drivenTo45(DistortionMode mode)
{
    Distortion::Parameters parameters;
    parameters.mode = mode;
    parameters.foldAmount = 5.0;
    parameters.drive = 5.0;
    parameters.warmth = 0.0;
    return parameters;
}

struct Probe {
    const char *name;
    double baseHz; ///< every harmonic and difference tone lies at a multiple
    int firstPartial;
    int secondPartial; ///< 0 for none
    std::array<double, 3> bars;
};

// The bars are given at 1.2, 5 and 10 kHz; what lies between meets that of the higher one.
constexpr std::array probes{
    Probe{"1.2k", 1203.7, 1, 0, {-65.0, -65.0, -90.0}},
    Probe{"3.3k", 3307.3, 1, 0, {-52.0, -52.0, -60.0}},
    Probe{"5k", 5003.9, 1, 0, {-52.0, -52.0, -60.0}},
    Probe{"7.7k", 7701.1, 1, 0, {-45.0, -45.0, -55.0}},
    Probe{"10k", 10007.3, 1, 0, {-45.0, -25.0, -55.0}},
    Probe{"5k+6k", 1006.7, 5, 6, {-45.0, -45.0, -55.0}},
};

tests::Lines measuredLines(const Distortion::Parameters &parameters, int rateHz, const Probe &probe)
{
    constexpr int measured = 1 << 16;
    const int settling = 40000;
    const double amplitude = probe.secondPartial == 0 ? 0.9 : 0.45;
    Samples samples =
        tests::sine(probe.baseHz * probe.firstPartial, rateHz, settling + measured, amplitude);
    if (probe.secondPartial != 0) {
        const Samples second = tests::sine(probe.baseHz * probe.secondPartial, rateHz,
                                           settling + measured, amplitude, 1.0);
        for (std::size_t n = 0; n < samples.size(); ++n)
            samples[n] += second[n];
    }
    samples = processed(parameters, rateHz, std::move(samples));
    return tests::linesOf(std::span(samples).last(measured), rateHz, probe.baseHz);
}

} // namespace

class TestDistortion : public QObject {
    Q_OBJECT

private slots:
    void theCurvesAreAsWrittenDown();
    void aliasesStayUnderTheirBars_data();
    void aliasesStayUnderTheirBars();
    void theMeterAgreesWithAnIndependentMeasure();
    void moreOversamplingNeverAddsAliases();
    void aLinearSoundComesBackFlatAndExactlyLate();
    void dryIsTheInputAtEveryFactor();
    void halfWetDoesNotComb();
    void biasLeavesNoConstantBehind();
    void withoutDcBlockTheConstantStays();
    void silenceStaysExactSilence();
    void blockSizesDoNotMatter();
    void extremeSoundsStayFiniteAndBounded();
    void slowRampsFollowTheCurve();
};

void TestDistortion::theCurvesAreAsWrittenDown()
{
    Distortion::Parameters p;
    p.oversampling = Oversampling::X1;
    p.dcBlock = false;
    for (const DistortionMode mode : modes) {
        p.mode = mode;
        double worst = 0.0;
        for (const double fold : {0.5, 1.0, 4.0, 10.0}) {
            for (const double bias : {0.0, 0.25, -1.0}) {
                p.foldAmount = p.drive = fold;
                p.bias = bias;
                p.warmth = std::abs(bias);
                Samples x;
                for (int i = -4096; i <= 4096; ++i)
                    x.push_back(static_cast<float>(i) / 1024.0F);
                const Samples y = processed(p, 48000, x);
                for (std::size_t n = 0; n < x.size(); ++n) {
                    const double expected = curveOracle(p, double{x[n]});
                    worst = std::max({worst, std::abs(double{y[n]} - expected),
                                      std::abs(Distortion::curve(p, double{x[n]}) - expected)});
                }
            }
        }
        qInfo("%-9s at 1x: largest difference %.1e", nameOf(mode), worst);
        // All these inputs and corners are exact in single precision; tanh is not.
        QVERIFY(worst <= (mode == DistortionMode::Wavefold ? 0.0 : 3e-7));
    }
}

void TestDistortion::aliasesStayUnderTheirBars_data()
{
    QTest::addColumn<DistortionMode>("mode");
    for (const DistortionMode mode : modes)
        QTest::newRow(nameOf(mode)) << mode;
}

void TestDistortion::aliasesStayUnderTheirBars()
{
    QFETCH(DistortionMode, mode);
    int missed = 0;
    for (const int rateHz : rates) {
        QString line;
        for (const Probe &probe : probes) {
            const double bar = probe.bars[static_cast<std::size_t>(mode)];
            const double ratio = measuredLines(drivenTo45(mode), rateHz, probe).ratioDb();
            line += QString::asprintf("  %s %.1f (%.0f)%s", probe.name, ratio, bar,
                                      ratio <= bar ? "" : " MISSED");
            missed += ratio <= bar ? 0 : 1;
        }
        qInfo("%-9s 4x %d Hz, dB (bar):%s", nameOf(mode), rateHz, qPrintable(line));
    }
    QCOMPARE(missed, 0);
}

void TestDistortion::theMeterAgreesWithAnIndependentMeasure()
{
    double worst = 0.0;
    for (const DistortionMode mode : modes) {
        for (const int rateHz : rates) {
            for (const Probe &probe : probes) {
                if (probe.secondPartial != 0)
                    continue;
                for (const Oversampling factor : factors) {
                    Distortion::Parameters parameters = drivenTo45(mode);
                    parameters.oversampling = factor;
                    // Where the meter moves it: aliases at the edge of what counts must agree.
                    Probe moved = probe;
                    moved.baseHz = std::floor(probe.baseHz / rateHz * 16384) * 2.0 + 1.0;
                    moved.baseHz *= rateHz / 32768.0;
                    const double ours = measuredLines(parameters, rateHz, moved).ratioDb();
                    const double theirs =
                        analysis::aliasToSignalDb(parameters, rateHz, moved.baseHz, 0.9);
                    if (ours < -105.0 && theirs < -105.0)
                        continue;
                    const double apart = std::abs(ours - theirs);
                    if (apart > 1.0)
                        qInfo("%s %d Hz %s %dx: meter %.2f, measured %.2f", nameOf(mode), rateHz,
                              probe.name, oversamplingFactor(factor), theirs, ours);
                    worst = std::max(worst, apart);
                }
            }
        }
    }
    qInfo("alias meter: at most %.2f dB from the independent measure", worst);
    QVERIFY(worst <= 1.0);
}

void TestDistortion::moreOversamplingNeverAddsAliases()
{
    // What the filters' stop band leaves; relative to full scale, because a folded tone may itself
    // be far below the harmonics above it.
    constexpr double floorDb = -100.0;
    int worse = 0;
    for (const DistortionMode mode : modes) {
        for (const Probe &probe : probes) {
            QString line;
            double before = 100.0;
            for (const Oversampling factor : factors) {
                Distortion::Parameters parameters = drivenTo45(mode);
                parameters.oversampling = factor;
                const tests::Lines lines = measuredLines(parameters, 48000, probe);
                const double now = lines.aliasesDb;
                const bool grew = now > std::max(before + 0.1, floorDb);
                line += QString::asprintf("  %.1f (%.1f)%s", lines.ratioDb(), now, grew ? "!" : "");
                worse += grew ? 1 : 0;
                before = now;
            }
            qInfo("%-9s %-6s 1x..16x, dB (of full scale):%s", nameOf(mode), probe.name,
                  qPrintable(line));
        }
    }
    QCOMPARE(worse, 0);
}

void TestDistortion::aLinearSoundComesBackFlatAndExactlyLate()
{
    Random random(3);
    for (const int rateHz : rates) {
        for (const DistortionMode mode : modes) {
            QString line;
            for (const Oversampling factor : factors) {
                Distortion::Parameters p;
                p.mode = mode;
                p.oversampling = factor;
                p.warmth = 0.0;
                const bool tube = mode == DistortionMode::Tube;
                const double amplitude = tube ? 1e-4 : 0.5;
                const float gain = tube ? static_cast<float>(1.0 / std::tanh(1.0)) : 1.0F;
                const int latency = latencyOf(p, rateHz);
                QVERIFY(factor != Oversampling::X1 || latency == 0);

                Samples impulse(4096);
                impulse[1000] = static_cast<float>(amplitude);
                Samples response = processed(p, rateHz, impulse);
                for (float &x : response)
                    x /= gain * static_cast<float>(amplitude);
                double gainError = 0.0;
                double phaseError = 0.0;
                for (double hz = 20.0; hz <= 20000.0; hz += 180.0) {
                    const auto at = tests::responseAt(response, rateHz, hz, 1000 + latency);
                    gainError = std::max(gainError, std::abs(at.gainDb));
                    phaseError = std::max(phaseError, std::abs(at.phaseDegrees));
                }
                Samples noise = tests::noiseUpTo(20000.0, rateHz, 16384, amplitude, random);
                const Samples back = aligned(p, rateHz, noise);
                for (float &x : noise)
                    x *= gain;
                const double null = tests::nullDb(tests::toDouble(back), tests::toDouble(noise));
                line += QString::asprintf("  %d: %.4f dB %.3f° %.0f", latency, gainError,
                                          phaseError, null);
                QVERIFY(gainError <= 0.01);
                QVERIFY(phaseError <= 0.05);
                QVERIFY(null <= -80.0);
            }
            qInfo("%-9s %5d Hz, 1x..16x, latency: gain, phase, null dB:%s", nameOf(mode), rateHz,
                  qPrintable(line));
        }
    }
}

void TestDistortion::dryIsTheInputAtEveryFactor()
{
    Random random(4);
    const AudioBuffer input =
        tests::makeSignal(tests::SignalKind::Mixed, {44100, 2}, 30000, 0.9, random);
    for (const bool quantizers : {false, true}) {
        for (const Oversampling factor : factors) {
            pipeline::Settings settings;
            settings.distortion = drivenTo45(DistortionMode::Wavefold);
            settings.distortion.oversampling = factor;
            settings.preQuant.on = settings.postQuant.on = quantizers;
            settings.mix.dryWet = 0.0;
            settings.limiter.on = quantizers;
            settings.limiter.levels.ceilingDb = -0.1;
            const AudioBuffer output = tests::renderTaps(input, settings, 1024, 1).back();
            for (int c = 0; c < 2; ++c)
                QVERIFY(tests::nullDb(tests::toDouble(output.channel(c)),
                                      tests::toDouble(input.channel(c))) <= -140.0);
        }
    }
}

void TestDistortion::halfWetDoesNotComb()
{
    for (const int rateHz : rates) {
        double worst = 0.0;
        for (const DistortionMode mode : {DistortionMode::Wavefold, DistortionMode::Multifold}) {
            for (const Oversampling factor : factors) {
                AudioBuffer input({rateHz, 1}, 4096);
                input.channel(0)[2000] = 0.5F;
                pipeline::Settings settings;
                settings.distortion.mode = mode;
                settings.distortion.oversampling = factor;
                settings.preQuant.on = settings.postQuant.on = settings.limiter.on = false;
                settings.mix.dryWet = 0.5;
                const AudioBuffer output = tests::renderTaps(input, settings, 1024, 1).back();
                for (double hz = 20.0; hz <= 20000.0; hz += 180.0) {
                    const auto at = tests::responseAt(output.channel(0), rateHz, hz, 2000.0);
                    worst = std::max(worst, std::abs(at.gainDb - tests::decibels(0.5)));
                }
            }
        }
        qInfo("half wet, %d Hz: flat within %.4f dB to 20 kHz", rateHz, worst);
        QVERIFY(worst <= 0.02);
    }
}

void TestDistortion::biasLeavesNoConstantBehind()
{
    double worst = -300.0;
    for (const DistortionMode mode : modes) {
        for (const Oversampling factor : factors) {
            for (const double bias : {-1.0, -0.3, 0.1, 0.5}) {
                Distortion::Parameters p = drivenTo45(mode);
                p.oversampling = factor;
                p.bias = bias;
                // 441 Hz: whole periods in the last half of three seconds.
                const Samples y = processed(p, 44100, tests::sine(441.0, 44100, 132300, 0.6));
                const std::vector<double> last = tests::toDouble(std::span(y).last(44100));
                double mean = 0.0;
                for (const double x : last)
                    mean += x / static_cast<double>(last.size());
                worst = std::max(worst, tests::decibels(std::abs(mean) / tests::rms(last)));
            }
        }
    }
    qInfo("constant left of a biased sine: at most %.1f dB of its RMS", worst);
    QVERIFY(worst <= -80.0);
}

void TestDistortion::withoutDcBlockTheConstantStays()
{
    for (const DistortionMode mode : {DistortionMode::Wavefold, DistortionMode::Multifold}) {
        for (const Oversampling factor : factors) {
            Distortion::Parameters p = drivenTo45(mode);
            p.oversampling = factor;
            p.bias = 0.15;
            p.dcBlock = false;
            const Samples x = tests::sine(441.0, 44100, 44100, 0.6);
            const Samples y = processed(p, 44100, x);
            double mean = 0.0;
            double expected = 0.0;
            for (std::size_t n = 22050; n < 44100; ++n) {
                mean += double{y[n]} / 22050.0;
                expected += curveOracle(p, double{x[n]}) / 22050.0;
            }
            QVERIFY(std::abs(expected) > 0.01);
            QVERIFY2(std::abs(mean - expected) < 0.002, qPrintable(QString::number(mean)));
        }
    }
}

void TestDistortion::silenceStaysExactSilence()
{
    int broken = 0;
    for (const DistortionMode mode : modes) {
        for (const Oversampling factor : factors) {
            for (const double bias : {-1.0, -0.37, 0.0, 0.2, 0.61, 1.0}) {
                for (const double amount : {0.0, 0.3, 1.0, 3.7, 10.0}) {
                    Distortion::Parameters p;
                    p.mode = mode;
                    p.oversampling = factor;
                    p.bias = bias;
                    p.foldAmount = p.drive = amount;
                    const Samples y = processed(p, 44100, Samples(1500));
                    const double peak = tests::peak(tests::toDouble(y));
                    if (peak != 0.0)
                        qInfo("%s %dx bias %g amount %g: silence becomes %g", nameOf(mode),
                              oversamplingFactor(factor), bias, amount, peak);
                    broken += peak != 0.0 ? 1 : 0;
                }
            }
        }
    }
    QCOMPARE(broken, 0);
}

void TestDistortion::blockSizesDoNotMatter()
{
    Random random(5);
    const Samples noise = tests::noiseUpTo(20000.0, 48000, 9001, 0.9, random);
    for (const DistortionMode mode : modes) {
        for (const Oversampling factor : factors) {
            Distortion::Parameters p = drivenTo45(mode);
            p.oversampling = factor;
            p.bias = 0.2;
            const Samples expected = processed(p, 48000, noise, 9001);
            for (const int blockFrames : {1, 7, 512, 4096})
                QVERIFY(processed(p, 48000, noise, blockFrames) == expected);
        }
    }
}

void TestDistortion::extremeSoundsStayFiniteAndBounded()
{
    Random random(6);
    std::vector<Samples> sounds;
    for (const double amplitude : {1e-30, 1e-9, 1.0, 5.0, 1e3, 1e6, 1e12, 1e30}) {
        sounds.push_back(tests::noiseUpTo(24000.0, 48000, 3000, amplitude, random));
        sounds.push_back(Samples(3000, static_cast<float>(amplitude)));
        Samples square(3000);
        for (std::size_t n = 0; n < square.size(); ++n)
            square[n] = static_cast<float>(n / 37 % 2 == 0 ? amplitude : -amplitude);
        sounds.push_back(square);
        Samples impulses(3000);
        for (std::size_t n = 5; n < impulses.size(); n += 1 + n / 3)
            impulses[n] = static_cast<float>(n % 2 == 0 ? amplitude : -amplitude);
        sounds.push_back(impulses);
        sounds.push_back(tests::sine(24000.0, 48000, 3000, amplitude, 0.5));
    }
    double highest = 0.0;
    int bad = 0;
    for (const DistortionMode mode : modes) {
        for (const Oversampling factor : factors) {
            for (const double amount : {0.0, 1.0, 10.0}) {
                Distortion::Parameters p;
                p.mode = mode;
                p.oversampling = factor;
                p.foldAmount = p.drive = amount;
                p.bias = 0.3;
                for (const bool dcBlock : {false, true}) {
                    p.dcBlock = dcBlock;
                    for (const Samples &sound : sounds) {
                        const double peak =
                            tests::peak(tests::toDouble(processed(p, 48000, sound)));
                        // Band-limited squares overshoot; what a DC block takes away comes on top.
                        const bool sane = peak <= (dcBlock ? 5.0 : 3.0);
                        if (!sane)
                            qInfo("%s %dx amount %g dc %d input %g: peak %g", nameOf(mode),
                                  oversamplingFactor(factor), amount, dcBlock,
                                  tests::peak(tests::toDouble(sound)), peak);
                        bad += sane ? 0 : 1;
                        if (!dcBlock)
                            highest = std::max(highest, peak);
                    }
                }
            }
        }
    }
    qInfo("extreme sounds: highest output %.3f", highest);
    QCOMPARE(bad, 0);
}

void TestDistortion::slowRampsFollowTheCurve()
{
    for (const DistortionMode mode : modes) {
        QString line;
        for (const double speed : {1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2}) {
            double worst = 0.0;
            for (const Oversampling factor : factors) {
                Distortion::Parameters p;
                p.mode = mode;
                p.oversampling = factor;
                p.dcBlock = false;
                p.drive = 5.0;
                for (const double corner : {-5.0, -3.0, -1.0, 0.0, 1.0, 3.0, 5.0, 9.0}) {
                    Samples x(1200);
                    for (std::size_t n = 0; n < x.size(); ++n) {
                        const double moved = static_cast<double>(n) - 800.0;
                        x[n] = static_cast<float>(corner + std::max(moved, -300.0) * speed);
                    }
                    const Samples y = aligned(p, 48000, x);
                    for (std::size_t n = 450; n < 950; ++n)
                        worst =
                            std::max(worst, std::abs(double{y[n]} - curveOracle(p, double{x[n]})));
                }
            }
            line += QString::asprintf("  %.0e: %.1e", speed, worst);
            // A corner taken at this speed is rounded off by the band limit.
            QVERIFY2(worst <= 1e-4 + speed, qPrintable(line));
        }
        qInfo("%-9s ramps, speed: largest difference:%s", nameOf(mode), qPrintable(line));
    }
}

QD_TEST(TestDistortion, QCoreApplication)
#include "TestDistortion.moc"
