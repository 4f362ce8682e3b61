// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is heard is the tap: untouched in stereo at the device's rate, folded down as in BS.775,
// resampled without delay; and the meters agree with theory.

#include "tests/playback/PlaybackFixture.h"
#include "tests/support/TestProgram.h"

#include <limits>

using namespace tests;

namespace {

AudioBuffer constants(int channels)
{
    AudioBuffer tap({48000, channels}, 3);
    for (int c = 0; c < channels; ++c)
        std::ranges::fill(tap.channel(c), static_cast<float>(1 << c) / 256.0F);
    return tap;
}

/// Residual of `side` against the ideal sine, in its middle, relative to the sine.
double sineErrorDb(const Sound &sound, std::size_t side, double hz, double amplitude)
{
    double error = 0.0;
    double power = 0.0;
    const std::int64_t frames = sound->frames();
    for (std::int64_t i = frames / 4; i < 3 * frames / 4; ++i) {
        const double ideal = amplitude * std::sin(2.0 * std::numbers::pi * hz *
                                                  static_cast<double>(i) / sound->deviceRateHz);
        const double x = double{sound->samples[static_cast<std::size_t>(2 * i) + side]};
        error += (x - ideal) * (x - ideal);
        power += ideal * ideal;
    }
    return 10.0 * std::log10(error / power);
}

} // namespace

class TestPlaybackSound : public QObject {
    Q_OBJECT

private slots:
    void stereoIsUntouched();
    void monoGoesToBothSides();
    void moreChannelsAreFoldedDown_data();
    void moreChannelsAreFoldedDown();
    void resamplingNeitherDelaysNorColours_data();
    void resamplingNeitherDelaysNorColours();
    void whatIsNotFiniteIsSilent();
    void makingCanBeStopped();
    void positionsAreSecondsOfTheFile();
    void metersAgreeWithTheory_data();
    void metersAgreeWithTheory();
    void thePeakIsHeldFor2Seconds();
    void clippingIsRemembered();
    void aGapRestartsTheMeters();
};

void TestPlaybackSound::stereoIsUntouched()
{
    AudioBuffer tap = noise(44100, 2, 10001, 5);
    tap.channel(0)[17] = -0.0F;
    const Sound sound = soundOf(tap);
    QCOMPARE(sound->frames(), tap.frames());
    for (std::size_t c = 0; c < 2; ++c)
        for (std::size_t i = 0; i < 10001; ++i)
            QCOMPARE(std::bit_cast<std::uint32_t>(sound->samples[2 * i + c]),
                     std::bit_cast<std::uint32_t>(tap.channel(static_cast<int>(c))[i]));
}

void TestPlaybackSound::monoGoesToBothSides()
{
    const AudioBuffer tap = noise(44100, 1, 5000, 5);
    const Sound sound = soundOf(tap);
    for (std::size_t i = 0; i < 5000; ++i) {
        QCOMPARE(sound->samples[2 * i], tap.channel(0)[i]);
        QCOMPARE(sound->samples[2 * i + 1], tap.channel(0)[i]);
    }
}

void TestPlaybackSound::moreChannelsAreFoldedDown_data()
{
    // Channel c holds 2^c / 256, so the sums say which channels went where.
    QTest::addColumn<int>("channels");
    QTest::addColumn<double>("left");
    QTest::addColumn<double>("right");
    const double d = std::sqrt(0.5);
    QTest::newRow("L R C") << 3 << 1 + 4 * d << 2 + 4 * d;
    QTest::newRow("L R Ls Rs") << 4 << 1 + 4 * d << 2 + 8 * d;
    QTest::newRow("L R C Ls Rs") << 5 << 1 + 4 * d + 8 * d << 2 + 4 * d + 16 * d;
    QTest::newRow("5.1") << 6 << 1 + 4 * d + 16 * d << 2 + 4 * d + 32 * d;
    QTest::newRow("6.1") << 7 << 1 + 4 * d + 8.0 + 32 * d << 2 + 4 * d + 8.0 + 64 * d;
    QTest::newRow("7.1") << 8 << 1 + 4 * d + 16 * d + 64 * d << 2 + 4 * d + 32 * d + 128 * d;
}

void TestPlaybackSound::moreChannelsAreFoldedDown()
{
    QFETCH(int, channels);
    QFETCH(double, left);
    QFETCH(double, right);
    const Sound sound = soundOf(constants(channels));
    for (std::size_t i = 0; i < 3; ++i) {
        QVERIFY(std::abs(256.0 * double{sound->samples[2 * i]} - left) < 1e-4);
        QVERIFY(std::abs(256.0 * double{sound->samples[2 * i + 1]} - right) < 1e-4);
    }
}

void TestPlaybackSound::resamplingNeitherDelaysNorColours_data()
{
    QTest::addColumn<int>("fileRateHz");
    QTest::addColumn<int>("deviceRateHz");
    QTest::newRow("44.1 to 48") << 44100 << 48000;
    QTest::newRow("48 to 44.1") << 48000 << 44100;
    QTest::newRow("96 to 48") << 96000 << 48000;
    QTest::newRow("22.05 to 48") << 22050 << 48000;
}

void TestPlaybackSound::resamplingNeitherDelaysNorColours()
{
    QFETCH(int, fileRateHz);
    QFETCH(int, deviceRateHz);
    for (const int channels : {1, 2}) {
        const AudioBuffer tap = sine(fileRateHz, channels, 40001, 1000.0, 0.5);
        const Sound sound = soundOf(tap, 0, deviceRateHz);
        QCOMPARE(sound->frames(), std::llround(40001.0 * deviceRateHz / fileRateHz));
        for (const std::size_t side : {0U, 1U}) {
            const double errorDb = sineErrorDb(sound, side, 1000.0, 0.5);
            QVERIFY2(errorDb < -120.0, qPrintable(QString("%1 dB").arg(errorDb)));
        }
    }
}

void TestPlaybackSound::whatIsNotFiniteIsSilent()
{
    AudioBuffer tap = noise(44100, 2, 1000, 5);
    tap.channel(0)[10] = std::numeric_limits<float>::quiet_NaN();
    tap.channel(1)[20] = std::numeric_limits<float>::infinity();
    for (const int deviceRateHz : {44100, 48000}) {
        const auto sound = soundOf(tap, 0, deviceRateHz); // it lives as long as what is read of it
        for (const float x : sound->samples)
            QVERIFY(std::isfinite(x));
    }
    QCOMPARE(soundOf(tap)->samples[20], 0.0F);
}

void TestPlaybackSound::makingCanBeStopped()
{
    std::stop_source stop;
    stop.request_stop();
    const auto sound =
        makePlaybackSound({std::make_shared<const AudioBuffer>(noise(44100, 2, 1000, 5)), 0}, 48000,
                          stop.get_token());
    QVERIFY(!sound);
    QCOMPARE(sound.error().code, engine::ErrorCode::Cancelled);
}

void TestPlaybackSound::positionsAreSecondsOfTheFile()
{
    const Sound sound = soundOf(noise(44100, 1, 44100, 5), 441000, 48000);
    QCOMPARE(sound->firstSeconds(), 10.0);
    QCOMPARE(sound->lastSeconds(), 11.0);
    for (const std::int64_t frame : {0, 1, 47999, 48000})
        QCOMPARE(sound->frameAt(sound->secondsAt(frame)), frame);
    // A day into a file no frame is missed.
    const Sound late = soundOf(noise(44100, 1, 100, 5), std::int64_t{86400} * 44100 + 7);
    for (std::int64_t frame = 0; frame <= 100; ++frame)
        QCOMPARE(late->frameAt(static_cast<double>(late->windowFirstFrame + frame) / 44100), frame);
}

void TestPlaybackSound::metersAgreeWithTheory_data()
{
    QTest::addColumn<int>("blockFrames");
    for (const int size : {1, 64, 4096})
        QTest::newRow(qPrintable(QString::number(size))) << size;
}

void TestPlaybackSound::metersAgreeWithTheory()
{
    QFETCH(int, blockFrames);
    PlaybackCore core(48000);
    const double amplitude = std::pow(10.0, -23.0 / 20.0);
    core.setSound(soundOf(sine(48000, 2, 4 * 48000, 1000.0, amplitude)));
    QVERIFY(core.play());
    (void)playedBy(core, 2 * 48000, blockFrames);
    QVERIFY(!core.poll().meters.shortTermLufs); // 3 s were not played yet
    (void)playedBy(core, 2 * 48000, blockFrames);
    const MeterReading loud = core.poll().meters;
    for (const std::size_t side : {0U, 1U}) {
        QVERIFY(std::abs(loud.peakDb[side] + 23.0) < 0.01);
        QVERIFY(std::abs(loud.peakHoldDb[side] + 23.0) < 0.01);
        QVERIFY(std::abs(loud.rmsDb[side] + 26.01) < 0.01);
    }
    QVERIFY(loud.shortTermLufs);
    QVERIFY(std::abs(*loud.shortTermLufs + 23.0) < 0.1); // EBU Tech 3341, case 1
    (void)playedBy(core, 14400, blockFrames);            // 300 ms of the silence behind the end
    const MeterReading after = core.poll().meters;
    QCOMPARE(after.peakDb[0], silenceDb);
    QCOMPARE(after.rmsDb[0], silenceDb);
    QVERIFY(std::abs(after.peakHoldDb[0] + 23.0) < 0.01);
}

void TestPlaybackSound::thePeakIsHeldFor2Seconds()
{
    OutputMeter meter(48000);
    meter.add(std::array<float, 2>{0.5F, -0.25F});
    const std::vector<float> second(2 * 48000, 0.0F);
    meter.add(second);
    meter.add(part(std::span<const float>(second), 0, 47999));
    const MeterReading held = meter.read();
    QVERIFY(std::abs(held.peakHoldDb[0] + 6.02) < 0.01);
    QVERIFY(std::abs(held.peakHoldDb[1] + 12.04) < 0.01);
    meter.add(part(std::span<const float>(second), 0, 10));
    QCOMPARE(meter.read().peakHoldDb[0], silenceDb);
}

void TestPlaybackSound::clippingIsRemembered()
{
    AudioBuffer tap = noise(48000, 2, 10000, 1);
    tap.channel(1)[500] = -1.001F;
    PlaybackCore core(48000);
    core.setSound(soundOf(tap));
    QVERIFY(core.play());
    (void)playedBy(core, 500, 100);
    QVERIFY(!core.poll().meters.clipped);
    (void)playedBy(core, 5000, 100);
    QVERIFY(core.poll().meters.clipped);
    core.resetClip();
    QVERIFY(!core.poll().meters.clipped);
}

void TestPlaybackSound::aGapRestartsTheMeters()
{
    PlaybackCore core(48000);
    core.setSound(soundOf(sine(48000, 2, 60 * 48000, 1000.0)));
    QVERIFY(core.play());
    for (int second = 0; second < 4; ++second) {
        (void)playedBy(core, 48000, 480);
        QCOMPARE(core.poll().metersRestarted, std::uint64_t{0});
    }
    QVERIFY(core.poll().meters.shortTermLufs);
    (void)playedBy(core, 10 * 48000, 480); // nobody polls
    const PlaybackCore::Status status = core.poll();
    QCOMPARE(status.metersRestarted, std::uint64_t{1});
    QVERIFY(!status.meters.shortTermLufs);
    (void)playedBy(core, 48000, 480);
    QCOMPARE(core.poll().metersRestarted, std::uint64_t{1});
}

QD_TEST(TestPlaybackSound, QCoreApplication)
#include "TestPlaybackSound.moc"
