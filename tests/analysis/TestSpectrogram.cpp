// SPDX-License-Identifier: GPL-3.0-or-later
//
// Claims about spectrogram, spectrum and stereo image: levels, frequencies and times are those of
// the sound, no line is lost, a wish to stop is obeyed.
#include "engine/analysis/Spectrogram.h"
#include "engine/analysis/Spectrum.h"
#include "engine/analysis/StereoImage.h"
#include "engine/base/Units.h"
#include "engine/base/WorkerPool.h"
#include "tests/support/Cpu.h"
#include "tests/support/Signals.h"
#include "tests/support/TestProgram.h"

#include <QTest>

#include <ctime>
#include <numbers>
#include <thread>

using namespace engine::analysis;
using engine::AudioBuffer;

namespace {

constexpr int rate = 48000;

void addTone(AudioBuffer &sound, int channel, double hz, double amplitude, double fromS = 0.0,
             double toS = 1e9, double phase = 0.3)
{
    auto samples = sound.channel(channel);
    const int rateHz = sound.format().sampleRateHz;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const double t = static_cast<double>(i) / rateHz;
        if (t >= fromS && t < toS)
            samples[i] +=
                static_cast<float>(amplitude * std::sin(2.0 * std::numbers::pi * hz * t + phase));
    }
}

AudioBuffer tone(double hz, double amplitude = 1.0, double seconds = 1.0, int rateHz = rate)
{
    AudioBuffer sound({rateHz, 1}, static_cast<std::int64_t>(seconds * rateHz));
    addTone(sound, 0, hz, amplitude);
    return sound;
}

double centsOff(double hz, double wanted)
{
    return 1200.0 * std::log2(hz / wanted);
}

int loudestRow(const Spectrogram &picture, int column)
{
    int best = 0;
    for (int row = 1; row < picture.rows(); ++row)
        if (picture.levelDb(row, column) > picture.levelDb(best, column))
            best = row;
    return best;
}

double cpuMs()
{
    return 1e3 * tests::processCpuSeconds();
}

} // namespace

class TestSpectrogram final : public QObject {
    Q_OBJECT

private slots:
    void aFullScaleSineReadsZeroAnywhere_data()
    {
        QTest::addColumn<double>("hz");
        QTest::addColumn<int>("rateHz");
        // Some on a bin, some between two, some where two resolutions meet.
        for (const double hz : {40.0, 41.3, 100.0, 200.0, 283.0, 440.0, 566.0, 800.0, 1130.0,
                                3200.0, 4525.0, 5000.0, 5003.9, 9011.0, 14000.0, 15111.1})
            for (const int rateHz : {44100, 48000, 96000})
                QTest::addRow("%g Hz at %d", hz, rateHz) << hz << rateHz;
        QTest::newRow("192 kHz") << 440.0 << 192000;
        QTest::newRow("8 kHz") << 440.0 << 8000;
        QTest::newRow("1 kHz") << 100.0 << 1000;
    }
    void aFullScaleSineReadsZeroAnywhere()
    {
        QFETCH(double, hz);
        QFETCH(int, rateHz);
        const auto picture = computeSpectrogram(tone(hz, 1.0, 1.0, rateHz));
        const int middle = picture->columns() / 2;
        const int row = loudestRow(*picture, middle);
        const double level = static_cast<double>(picture->levelDb(row, middle));
        QVERIFY2(std::abs(level) < 0.2, qPrintable(QString::number(level)));
        QVERIFY2(std::abs(centsOff(picture->hzOfRow(row), hz)) < 9.0,
                 qPrintable(QString::number(picture->hzOfRow(row))));
        // The pointer a quarter tone away still finds it.
        const auto peak = picture->peakNear(0.5, hz * std::exp2(30.0 / 1200.0));
        QVERIFY2(std::abs(centsOff(peak.hz, hz)) < 2.0,
                 qPrintable(QString::number(centsOff(peak.hz, hz))));
        QVERIFY2(std::abs(peak.db) < 0.2, qPrintable(QString::number(peak.db)));
    }
    void aQuieterSineReadsItsLevel()
    {
        const auto picture = computeSpectrogram(tone(832.0, engine::gainFromDb(-21.4)));
        QVERIFY(std::abs(picture->peakNear(0.5, 830.0).db + 21.4) < 0.1);
    }
    void aToneSoundsWhenItSounds()
    {
        AudioBuffer sound({rate, 1}, 2 * rate);
        addTone(sound, 0, 6000.0, 0.5, 0.5, 1.0);
        addTone(sound, 0, 100.0, 0.5, 1.0, 1.5);
        const auto picture = computeSpectrogram(sound);
        const auto level = [&](double hz, double seconds) {
            return picture->levelDb(static_cast<int>(std::lround(picture->rowOfHz(hz))),
                                    picture->nearestColumn(seconds));
        };
        QVERIFY(level(6000, 0.75) > -6.5F);
        QVERIFY(level(6000, 0.46) < -90.0F); // 2048 samples are 43 ms
        QVERIFY(level(6000, 1.04) < -90.0F);
        QVERIFY(std::abs(level(6000, 0.5) + 12.0F) < 1.5F); // half of the frame hears it
        QVERIFY(level(100, 1.25) > -6.5F);
        QVERIFY(level(100, 0.75) < -60.0F);
        QVERIFY(level(100, 1.75) < -60.0F);
    }
    void aClickAtTheFirstSampleIsSeenAtTheStart()
    {
        AudioBuffer sound({rate, 1}, rate);
        sound.channel(0)[0] = 1.0F;
        const auto picture = computeSpectrogram(sound);
        const int row = static_cast<int>(picture->rowOfHz(8000));
        QVERIFY(picture->levelDb(row, 0) > picture->levelDb(row, 5) + 0.5F);
        // 20 log10(2 / 1024): what one sample gives to a full-scale reading of 2048.
        QVERIFY(std::abs(picture->levelDb(row, 0) + 54.2F) < 0.5F);
    }
    void edgesThatWentOnKeepTheLevel()
    {
        const AudioBuffer sound = tone(60.0);
        const auto cut = computeSpectrogram(sound);
        const auto part = computeSpectrogram(sound, {false, false});
        const int row = static_cast<int>(std::lround(cut->rowOfHz(60.0)));
        QVERIFY(cut->levelDb(row, 0) < -5.0F);
        QVERIFY(std::abs(part->levelDb(row, 0)) < 0.2F);
        QVERIFY(std::abs(part->levelDb(row, part->columns() - 1)) < 0.2F);
    }
    void channelsDoNotCancel()
    {
        AudioBuffer sound({rate, 2}, rate);
        addTone(sound, 0, 440.0, 1.0);
        addTone(sound, 1, 440.0, -1.0);
        QVERIFY(std::abs(computeSpectrogram(sound)->peakNear(0.5, 440.0).db) < 0.2);
    }
    void twoCloseNotesBelowAreToldApart()
    {
        AudioBuffer sound({rate, 1}, rate);
        addTone(sound, 0, 87.31, 0.4); // F2
        addTone(sound, 0, 98.0, 0.4);  // G2
        const auto picture = computeSpectrogram(sound);
        QVERIFY(std::abs(centsOff(picture->peakNear(0.5, 87.5).hz, 87.31)) < 12.0);
        QVERIFY(std::abs(centsOff(picture->peakNear(0.5, 97.5).hz, 98.0)) < 12.0);
    }
    void noLineIsLostInCoarseRows()
    {
        // Every tone between 4 and 16 kHz lights its row, wherever it lies in row and bin.
        for (double hz = 4000.0; hz < 15900.0; hz += 331.7) {
            const auto picture = computeSpectrogram(tone(hz, 0.1, 0.1));
            const auto peak = picture->peakNear(0.05, hz);
            QVERIFY2(std::abs(peak.db + 20.0) < 0.25, qPrintable(QString::number(peak.db)));
            QVERIFY2(std::abs(centsOff(peak.hz, hz)) < 2.0,
                     qPrintable(QStringLiteral("%1: %2").arg(hz).arg(centsOff(peak.hz, hz))));
        }
    }
    void silenceOneSampleAndNothing()
    {
        AudioBuffer silent({rate, 2}, rate / 10);
        QCOMPARE(computeSpectrogram(silent)->loudestDb(), quietestDb);
        AudioBuffer one({rate, 1}, 1);
        one.channel(0)[0] = 1.0F;
        const auto picture = computeSpectrogram(one);
        QCOMPARE(picture->columns(), 1);
        QVERIFY(picture->loudestDb() < -50.0F);
        QVERIFY(!computeSpectrogram(AudioBuffer({rate, 1}, 0)));
        AudioBuffer broken({rate, 1}, rate / 10);
        broken.channel(0)[100] = std::numeric_limits<float>::quiet_NaN();
        broken.channel(0)[200] = std::numeric_limits<float>::infinity();
        QCOMPARE(computeSpectrogram(broken)->loudestDb(), quietestDb);
    }
    void theSameWithAnyNumberOfThreads()
    {
        tests::Random random(7);
        const AudioBuffer sound =
            tests::makeSignal(tests::SignalKind::Mixed, {rate, 2}, 2 * rate, 0.5, random);
        engine::WorkerPool pool(3);
        const auto alone = computeSpectrogram(sound);
        const auto shared = computeSpectrogram(sound, {}, {}, &pool);
        for (int row = 0; row < alone->rows(); ++row)
            QVERIFY(
                std::equal(alone->row(row), alone->row(row) + alone->columns(), shared->row(row)));
    }
    void aWishToStopIsObeyed()
    {
        const AudioBuffer sound({rate, 2}, 60 * rate);
        double before = cpuMs();
        computeSpectrogram(sound);
        const double whole = cpuMs() - before;
        std::stop_source stop;
        before = cpuMs();
        std::jthread later([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
            stop.request_stop();
        });
        QVERIFY(!computeSpectrogram(sound, {}, stop.get_token()));
        const double stopped = cpuMs() - before;
        QVERIFY2(stopped < whole / 3.0,
                 qPrintable(QStringLiteral("%1 of %2 ms").arg(stopped).arg(whole)));
        QVERIFY(!averageSpectrum(sound, stop.get_token()));
    }
    void aSpectrumReadsLevelAndFrequency_data()
    {
        QTest::addColumn<double>("hz");
        for (const double hz : {25.0, 40.0, 55.3, 440.0, 1234.5, 5000.0, 14000.0, 19000.0})
            QTest::addRow("%g", hz) << hz;
    }
    void aSpectrumReadsLevelAndFrequency()
    {
        QFETCH(double, hz);
        const AudioBuffer sound = tone(hz, 0.5);
        for (const auto &spectrum : {spectrumAt(sound, 0.5), averageSpectrum(sound)}) {
            const auto peak = spectrum->peakNear(hz * 1.01);
            QVERIFY2(std::abs(peak.db + 6.02) < 0.1, qPrintable(QString::number(peak.db)));
            QVERIFY2(std::abs(centsOff(peak.hz, hz)) < 2.0,
                     qPrintable(QString::number(centsOff(peak.hz, hz))));
        }
    }
    void peakHoldKeepsTheHigher()
    {
        const auto low = spectrumAt(tone(200.0, 0.5), 0.5);
        const auto high = spectrumAt(tone(2000.0, 0.25), 0.5);
        const auto held = highest(highest(nullptr, *low), *high);
        QVERIFY(std::abs(held->peakNear(200).db + 6.02) < 0.1);
        QVERIFY(std::abs(held->peakNear(2000).db + 12.04) < 0.1);
    }
    void correlationOfKnownSounds()
    {
        AudioBuffer sound({rate, 2}, rate);
        addTone(sound, 0, 440.0, 0.5);
        addTone(sound, 1, 440.0, 0.2);
        const auto now = [&] { return correlation(sound.channel(0), sound.channel(1)); };
        QVERIFY(std::abs(*now() - 1.0) < 1e-6);
        QVERIFY(!isMono(sound));
        for (float &sample : sound.channel(1))
            sample = -sample;
        QVERIFY(std::abs(*now() + 1.0) < 1e-6);
        std::ranges::fill(sound.channel(1), 0.0F);
        QVERIFY(!now());
        addTone(sound, 1, 440.0, 0.5, 0.0, 1e9, 0.3 + std::numbers::pi / 2);
        QVERIFY(std::abs(*now()) < 1e-3);
        std::ranges::copy(sound.channel(0), sound.channel(1).begin());
        QVERIFY(isMono(sound));
    }
    void aWaveBeginsWhereItRisesThroughZero()
    {
        const AudioBuffer sound = tone(100.0, 0.7);
        const double period = rate / 100.0;
        const auto at = risingCrossing(sound.channel(0), 24000, 4800);
        QVERIFY(at && *at <= 24000.0 && *at > 24000.0 - period - 1.0);
        const double phase = 2.0 * std::numbers::pi * 100.0 * *at / rate + 0.3;
        QVERIFY(std::abs(std::remainder(phase, 2.0 * std::numbers::pi)) < 1e-3);
        const AudioBuffer silent({rate, 1}, rate);
        QVERIFY(!risingCrossing(silent.channel(0), 24000, 4800));
    }
    void tenSecondsOfStereoFillAPicture()
    {
        tests::Random random(3);
        const AudioBuffer sound =
            tests::makeSignal(tests::SignalKind::Mixed, {rate, 2}, 10 * rate, 0.5, random);
        QCOMPARE(computeSpectrogram(sound)->columns(), Spectrogram::mostColumns);
    }
};

QD_TEST(TestSpectrogram, tests::NoApplication)
#include "TestSpectrogram.moc"
