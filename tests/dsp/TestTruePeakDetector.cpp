// SPDX-License-Identifier: GPL-3.0-or-later
//
// The detector against zero-padded transforms: it reads what lies between the samples, its quick
// look at quiet places hides no peak however odd the sound, and no cut into blocks changes a peak.

#include "engine/base/FlushDenormals.h"
#include "engine/dsp/TruePeakDetector.h"
#include "tests/support/Spectrum.h"
#include "tests/support/TestProgram.h"

#include <QTest>
#include <cmath>
#include <functional>
#include <numbers>

using engine::dsp::TruePeakDetector;
using tests::decibels;
using tests::Random;

namespace {

using Samples = std::vector<float>;

/// peaks[n] belongs to sample n. What does not pass the threshold is 0.
Samples peaksOf(const Samples &samples, double threshold, int rateHz = 44100, int blockFrames = 240)
{
    const engine::FlushDenormals flush;
    TruePeakDetector detector;
    detector.prepare(std::make_shared<const TruePeakDetector::Tables>(rateHz), threshold);
    Samples padded = samples;
    padded.resize(samples.size() + TruePeakDetector::latencyFrames);
    Samples peaks(padded.size(), 0.0F);
    for (std::size_t first = 0; first < padded.size();) {
        const auto count = std::min(padded.size() - first, static_cast<std::size_t>(blockFrames));
        const bool passes =
            detector.process(padded.data() + first, static_cast<int>(count), &peaks[first]);
        float highest = 0.0F;
        for (std::size_t n = first; n < first + count; ++n) {
            highest = std::max(highest, peaks[n]);
            if (!(peaks[n] > static_cast<float>(threshold)))
                peaks[n] = 0.0F;
        }
        if (passes != (highest > static_cast<float>(threshold)))
            qFatal("process() tells something else than its peaks");
        first += count;
    }
    peaks.erase(peaks.begin(), peaks.begin() + TruePeakDetector::latencyFrames);
    return peaks;
}

double highestOf(const Samples &peaks)
{
    return double{*std::ranges::max_element(peaks)};
}

/// Reading minus truth, by a detector that looks closely from `share` of the truth on.
double readingDb(const Samples &samples, double share, int rateHz = 44100)
{
    const double truth = tests::oversampledPeak(samples);
    return decibels(highestOf(peaksOf(samples, share * truth, rateHz)) / truth);
}

struct OddSound {
    QString name;
    Samples samples;
};

/// Sounds whose highest point lies far above all their samples, or far from anything loud.
std::vector<OddSound> oddSounds()
{
    Random random(31);
    std::vector<OddSound> sounds;
    const auto add = [&](const QString &name, const std::function<double(int)> &at) {
        Samples samples(4096);
        for (std::size_t n = 1000; n < 3096; ++n)
            samples[n] = static_cast<float>(at(static_cast<int>(n) - 2048));
        sounds.push_back({name, std::move(samples)});
    };
    const auto sign = [](int n) { return n % 2 == 0 ? 1.0 : -1.0; };
    for (const int length : {1, 2, 5, 16, 40, 100, 300, 700}) {
        // Turned round in the middle: the sinc tails of all samples add up between two of them.
        add(QString("alternating, %1 and back").arg(length), [=](int n) {
            return n >= -length && n < length ? sign(n) * (n < 0 ? 1.0 : -1.0) : 0.0;
        });
        add(QString("alternating, %1 with a gap").arg(length), [=](int n) {
            const int away = n < 0 ? -n : n + 1;
            return away > 12 && away <= 12 + length ? sign(n) * (n < 0 ? 1.0 : -1.0) : 0.0;
        });
    }
    for (const double cycles : {0.45, 0.48, 0.49, 0.495, 0.499, 0.4997})
        add(QString("%1 of the rate").arg(cycles), [=](int n) {
            return std::sin(2.0 * std::numbers::pi * cycles * (n + 0.5)) * 0.5 *
                   (1.0 + std::cos(std::numbers::pi * n / 1048.0));
        });
    for (const double offset : {0.125, 0.3, 0.5})
        add(QString("sinc train, %1 off").arg(offset), [=](int n) {
            const double t = std::remainder(n - offset, 97.0) * std::numbers::pi;
            return std::sin(t) / t;
        });
    add("random signs", [&](int) { return random.chance(0.5) ? 1.0 : -1.0; });
    add("white", [&](int) { return random.between(-1.0, 1.0); });
    add("one sample", [](int n) { return n == 0 ? 1.0 : 0.0; });
    return sounds;
}

} // namespace

class TestTruePeakDetector : public QObject {
    Q_OBJECT

private slots:
    void whatEndsAt20KilohertzIsReadExactly();
    void theQuickLookHidesNoPeak();
    void quietSoundsHaveNoPeaks();
    void blockSizesDoNotMatter();
    void skippedSamplesAreRemembered();
};

void TestTruePeakDetector::whatEndsAt20KilohertzIsReadExactly()
{
    Random random(32);
    for (const int rateHz : {44100, 48000, 96000}) {
        double lowest = 0.0;
        double highest = -1.0;
        for (int trial = 0; trial < 40; ++trial) {
            const double hz = trial % 4 == 0 ? 20000.0 : random.between(100.0, 20000.0);
            Samples samples = trial % 2 == 0
                                  ? tests::sine(hz, rateHz, 8192, 0.7, random.between(0.0, 6.0))
                                  : tests::noiseUpTo(hz, rateHz, 8192, 0.7, random);
            tests::fade(samples, 1000);
            const double reading = readingDb(samples, 0.9, rateHz);
            lowest = std::min(lowest, reading);
            // The meters that it heeds read such sounds up to half a decibel too high.
            highest = std::max(highest, reading);
        }
        qInfo("%d Hz, sounds up to 20 kHz: %.4f … %.4f dB from the truth", rateHz, lowest, highest);
        QVERIFY(lowest >= -0.03);
        QVERIFY(highest <= 0.7);
    }
}

void TestTruePeakDetector::theQuickLookHidesNoPeak()
{
    double worst = 0.0;
    for (const OddSound &sound : oddSounds()) {
        // Closely from far below on, and only where the threshold is nearly reached.
        const double close = readingDb(sound.samples, 0.1);
        const double quick = readingDb(sound.samples, 0.97);
        worst = std::min(worst, quick);
        QVERIFY2(quick >= -0.2 && quick == close,
                 qPrintable(QString("%1: %2 dB, closely %3 dB from the truth")
                                .arg(sound.name)
                                .arg(quick)
                                .arg(close)));
    }
    qInfo("odd sounds: at most %.3f dB below the truth", -worst);
}

void TestTruePeakDetector::quietSoundsHaveNoPeaks()
{
    Random random(33);
    const Samples noise = tests::noiseUpTo(20000.0, 44100, 8192, 0.5, random);
    // The meters' interpolators, too, stay below.
    const double threshold = 1.07 * tests::oversampledPeak(noise);
    QVERIFY(highestOf(peaksOf(noise, threshold)) == 0.0);
    QVERIFY(highestOf(peaksOf(Samples(5000), 1e-6)) == 0.0);
}

void TestTruePeakDetector::blockSizesDoNotMatter()
{
    Random random(34);
    Samples sound = tests::noiseUpTo(22000.0, 44100, 9001, 1.0, random);
    for (const OddSound &odd : oddSounds()) {
        const Samples expected = peaksOf(odd.samples, 0.5, 44100, 240);
        for (const int blockFrames : {1, 61, 256})
            QVERIFY2(peaksOf(odd.samples, 0.5, 44100, blockFrames) == expected,
                     qPrintable(odd.name));
    }
    for (const double threshold : {0.3, 0.7, 0.95}) {
        const Samples expected = peaksOf(sound, threshold, 44100, 240);
        QVERIFY(highestOf(expected) > threshold);
        for (const int blockFrames : {1, 7, 60, 64, 256})
            QVERIFY(peaksOf(sound, threshold, 44100, blockFrames) == expected);
    }
}

void TestTruePeakDetector::skippedSamplesAreRemembered()
{
    Random random(35);
    Samples sound = tests::noiseUpTo(22000.0, 44100, 12000, 1.0, random);
    const auto tables = std::make_shared<const TruePeakDetector::Tables>(44100);
    constexpr int block = 200;
    // Peaks depend on historyFrames samples: skipping what lies farther back changes nothing.
    for (const int skippedBlocks : {1, 10, 30}) {
        TruePeakDetector one;
        TruePeakDetector other;
        one.prepare(tables, 0.6);
        other.prepare(tables, 0.6);
        for (int i = 0; i < 60; ++i) {
            Samples peaks(block, 0.0F);
            Samples expected(block, 0.0F);
            const float *in = sound.data() + i * block;
            one.process(in, block, expected.data());
            if (i < skippedBlocks) {
                other.skip(in, block);
                continue;
            }
            other.process(in, block, peaks.data());
            QVERIFY(peaks == expected);
        }
    }
}

QD_TEST(TestTruePeakDetector, QCoreApplication)
#include "TestTruePeakDetector.moc"
