// SPDX-License-Identifier: GPL-3.0-or-later
//
// How loud an exported file is. Oracles: a BS.1770 meter of the tests' own and libebur128 used
// directly, both on the file as libsndfile gives it back; peaks between the samples at 16 points a
// sample by zero-padded transforms.

#include "engine/render/RenderFile.h"
#include "tests/support/Bs1770.h"
#include "tests/support/Cpu.h"
#include "tests/support/RenderFixture.h"
#include "tests/support/Spectrum.h"
#include "tests/support/TestProgram.h"

#include <cmath>
#include <numbers>

using namespace engine;
using render::RenderFileReport;
using render::RenderFileRequest;

namespace {

/// Bursts of a chord with room between them: dynamics that a gain and both gates have to do with.
AudioBuffer phrase(AudioFormat format, double seconds, double amplitude)
{
    tests::Random random(11);
    const int frames = static_cast<int>(seconds * format.sampleRateHz);
    AudioBuffer sound =
        tests::makeSignal(tests::SignalKind::DetunedChord, format, frames, amplitude, random);
    for (int c = 0; c < format.channels; ++c) {
        for (int n = 0; n < frames; ++n) {
            const double time = static_cast<double>(n) / format.sampleRateHz;
            const double swell = 0.05 + 0.95 * std::pow(std::sin(std::numbers::pi * time / 1.5), 2);
            sound.channel(c)[static_cast<std::size_t>(n)] *= static_cast<float>(swell);
        }
    }
    return sound;
}

/// A click in soft noise: nothing can make it loud under its peak.
AudioBuffer clicks(AudioFormat format, double seconds)
{
    tests::Random random(12);
    AudioBuffer sound(format, static_cast<std::int64_t>(seconds * format.sampleRateHz));
    for (int c = 0; c < format.channels; ++c) {
        for (std::int64_t n = 0; n < sound.frames(); ++n)
            sound.channel(c)[static_cast<std::size_t>(n)] =
                static_cast<float>(n % 9600 == 50 ? 0.9 : random.between(-0.002, 0.002));
    }
    return sound;
}

} // namespace

class TestExportLoudness : public tests::RenderFixture {
    Q_OBJECT

private slots:
    void theOracleAgreesWithLibebur128();
    void theFileIsAsLoudAsAskedFor_data();
    void theFileIsAsLoudAsAskedFor();
    void whatACoderAddsIsTakenBack_data();
    void whatACoderAddsIsTakenBack();
    void matchingFollowsTheInput_data();
    void matchingFollowsTheInput();
    void whatCannotBecomeLouderIsTold();
    void silenceStaysAsItIs();
    void aGainAloneChangesNothingElse();
    void asRenderedIsTheTapItself_data();
    void asRenderedIsTheTapItself();
    void oddGoalsAreRefused();
    void softSoundsAreNotCalledLoud();
    void cancellingLeavesNothing();

private:
    RenderFileRequest request(const char *output) const
    {
        RenderFileRequest wanted;
        wanted.input = in("in.wav");
        wanted.output = in(output);
        wanted.overwrite = io::OverwritePolicy::Replace;
        wanted.threads = 1;
        return wanted;
    }
};

void TestExportLoudness::theOracleAgreesWithLibebur128()
{
    for (const int rate : {44100, 48000, 96000}) {
        const AudioBuffer sound = phrase({rate, 2}, 8.0, 0.5);
        QVERIFY(std::abs(tests::bs1770Lufs(sound) - tests::loudnessLufs(sound)) < 0.03);
    }
    // The standard's own check: 997 Hz at full scale in one channel is −3.01 LKFS.
    AudioBuffer sine({48000, 1}, 0);
    sine = AudioBuffer({48000, 1}, 48000 * 5);
    const std::vector<float> wave = tests::sine(997.0, 48000, 48000 * 5, 1.0);
    std::ranges::copy(wave, sine.channel(0).begin());
    QVERIFY(std::abs(tests::bs1770Lufs(sine) + 3.01) < 0.02);
}

void TestExportLoudness::theFileIsAsLoudAsAskedFor_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<int>("depth");
    QTest::addColumn<int>("dither");
    QTest::addColumn<int>("rate");
    QTest::addColumn<double>("lufs");
    QTest::addColumn<double>("truePeakDb");
    const auto row = [](const char *name, io::SampleFormat depth, io::Dither dither, int rate,
                        double lufs, double peak) {
        QTest::newRow(qPrintable(QString("%1 %2 %3 Hz %4 LUFS %5 dBTP")
                                     .arg(name)
                                     .arg(int(depth))
                                     .arg(rate)
                                     .arg(lufs)
                                     .arg(peak)))
            << QByteArray(name) << int(depth) << int(dither) << rate << lufs << peak;
    };
    using enum io::SampleFormat;
    row("out.wav", Pcm24, io::Dither::None, 44100, -14.0, -1.0);
    row("out.wav", Pcm16, io::Dither::NoiseShaped, 44100, -11.0, -1.0);
    row("out.wav", Float32, io::Dither::None, 48000, -23.0, -1.0);
    row("out.wav", Pcm16, io::Dither::Tpdf, 96000, -16.0, -3.0);
    row("out.flac", Pcm24, io::Dither::None, 22050, -12.0, -2.0);
    row("out.aiff", Pcm24, io::Dither::Tpdf, 44100, -40.0, -1.0);
    row("out.ogg", Lossy, io::Dither::None, 44100, -14.0, -1.0);
    row("out.opus", Lossy, io::Dither::None, 48000, -14.0, -1.0);
    row("out.mp3", Lossy, io::Dither::None, 44100, -11.0, -1.0);
}

void TestExportLoudness::theFileIsAsLoudAsAskedFor()
{
    QFETCH(QByteArray, name);
    QFETCH(int, depth);
    QFETCH(int, dither);
    QFETCH(int, rate);
    QFETCH(double, lufs);
    QFETCH(double, truePeakDb);
    tests::writeSound(in("in.wav"), SF_FORMAT_WAV | SF_FORMAT_FLOAT, phrase({44100, 2}, 3.0, 0.6));
    RenderFileRequest wanted = request(name.constData());
    if (io::SampleFormat(depth) != io::SampleFormat::Lossy)
        wanted.sampleFormat = io::SampleFormat(depth);
    wanted.dither = io::Dither(dither);
    wanted.sampleRateHz = rate;
    wanted.loudness = io::TargetLoudness{lufs, truePeakDb};
    const Result<RenderFileReport> report = render::renderFile(wanted, {});
    QVERIFY2(report, report ? "" : report.error().oneLine().c_str());
    const AudioBuffer file = tests::readSound(in(name.constData()));
    QCOMPARE(file.format().sampleRateHz, rate);
    const double oracle = tests::bs1770Lufs(file);
    const double ebur = tests::loudnessLufs(file);
    const double peakDb = tests::decibels(tests::oversampledPeak(file));
    const double meterDb = tests::decibels(tests::ebur128Peak(file));
    qInfo("%.3f (libebur128 %.3f) LUFS, %.3f (libebur128 %.3f) dBTP, limiter %.2f dB", oracle, ebur,
          peakDb, meterDb, report->limiterReductionDb);
    QVERIFY(std::abs(oracle - lufs) <= 0.1);
    QVERIFY(std::abs(ebur - lufs) <= 0.1);
    QVERIFY(peakDb <= truePeakDb + 0.05);
    QVERIFY(meterDb <= truePeakDb + 0.05);
    QVERIFY(std::abs(*report->writtenLufs - oracle) < 0.05);
    QVERIFY(std::abs(*report->writtenTruePeakDb - peakDb) < 0.05);
    QVERIFY(report->warnings.empty());
}

void TestExportLoudness::whatACoderAddsIsTakenBack_data()
{
    QTest::addColumn<QByteArray>("name");
    for (const char *name : {"out.ogg", "out.opus", "out.mp3"})
        QTest::newRow(name) << QByteArray(name);
}

void TestExportLoudness::whatACoderAddsIsTakenBack()
{
    QFETCH(QByteArray, name);
    tests::Random random(13);
    AudioBuffer noise = tests::makeSignal(tests::SignalKind::Noise, {48000, 2}, 96000, 0.3, random);
    tests::writeSound(in("in.wav"), SF_FORMAT_WAV | SF_FORMAT_FLOAT, noise);
    RenderFileRequest wanted = request(name.constData());
    wanted.source = pipeline::TapId::Input;
    wanted.quality = 0.2;
    wanted.loudness = io::TargetLoudness{-7.0, -1.0};
    const auto report = render::renderFile(wanted, {});
    QVERIFY2(report, report ? "" : report.error().oneLine().c_str());
    const AudioBuffer file = tests::readSound(in(name.constData()));
    const double peakDb = tests::decibels(tests::oversampledPeak(file));
    qInfo("%.3f LUFS, %.3f (libebur128 %.3f) dBTP", tests::bs1770Lufs(file), peakDb,
          tests::decibels(tests::ebur128Peak(file)));
    QVERIFY(peakDb <= -1.0 + 0.05);
    QVERIFY(tests::decibels(tests::ebur128Peak(file)) <= -1.0 + 0.05);
}

void TestExportLoudness::matchingFollowsTheInput_data()
{
    QTest::addColumn<double>("amplitude");
    QTest::addColumn<bool>("mono");
    QTest::newRow("soft") << 0.05 << false;
    QTest::newRow("loud") << 0.5 << false;
    QTest::newRow("one channel") << 0.2 << true;
}

void TestExportLoudness::matchingFollowsTheInput()
{
    QFETCH(double, amplitude);
    QFETCH(bool, mono);
    const AudioBuffer input = phrase({44100, mono ? 1 : 2}, 6.0, amplitude);
    tests::writeSound(in("in.wav"), SF_FORMAT_WAV | SF_FORMAT_FLOAT, input);
    RenderFileRequest wanted = request("out.wav");
    wanted.settings.distortion.foldAmount = 4.0;
    wanted.loudness = io::MatchSource{-1.0};
    // The loudness of the part counts, not that of the whole.
    wanted.preview = render::PreviewWindow{1.2, 2.5};
    const auto report = render::renderFile(wanted, {});
    QVERIFY2(report, report ? "" : report.error().oneLine().c_str());
    const double source = tests::bs1770Lufs(tests::part(input, 52920, 110250));
    const double file = tests::bs1770Lufs(tests::readSound(in("out.wav")));
    QVERIFY2(std::abs(file - source) <= 0.1,
             qPrintable(QString("%1 and %2 LUFS").arg(file).arg(source)));
}

void TestExportLoudness::whatCannotBecomeLouderIsTold()
{
    tests::writeSound(in("in.wav"), SF_FORMAT_WAV | SF_FORMAT_FLOAT, clicks({44100, 2}, 5.0));
    RenderFileRequest wanted = request("out.wav");
    wanted.source = pipeline::TapId::Input;
    wanted.loudness = io::TargetLoudness{-9.0, -1.0};
    const auto report = render::renderFile(wanted, {});
    QVERIFY2(report, report ? "" : report.error().oneLine().c_str());
    QCOMPARE(report->warnings.size(), std::size_t{1});
    QVERIFY2(has(report->warnings.front(), "LUFS and not -9.0"), report->warnings.front().c_str());
    const AudioBuffer file = tests::readSound(in("out.wav"));
    QVERIFY(tests::bs1770Lufs(file) < -9.1);
    QVERIFY(tests::decibels(tests::oversampledPeak(file)) <= -1.0 + 0.05);
    QVERIFY(report->limiterReductionDb > 1.0);
}

void TestExportLoudness::silenceStaysAsItIs()
{
    tests::writeSound(in("in.wav"), SF_FORMAT_WAV | SF_FORMAT_FLOAT,
                      AudioBuffer({44100, 2}, 44100 * 2));
    for (const io::Loudness &goal :
         {io::Loudness(io::TargetLoudness{}), io::Loudness(io::MatchSource{})}) {
        RenderFileRequest wanted = request("out.wav");
        wanted.loudness = goal;
        const auto report = render::renderFile(wanted, {});
        QVERIFY2(report, report ? "" : report.error().oneLine().c_str());
        QCOMPARE(report->warnings.size(), std::size_t{1});
        QVERIFY2(has(report->warnings.front(), "silent"), report->warnings.front().c_str());
        QVERIFY(!report->writtenLufs);
        QVERIFY(!report->writtenTruePeakDb);
        QCOMPARE(tests::peakOf(tests::readSound(in("out.wav"))), 0.0);
    }
}

void TestExportLoudness::aGainAloneChangesNothingElse()
{
    tests::writeSound(in("in.wav"), SF_FORMAT_WAV | SF_FORMAT_FLOAT, phrase({44100, 2}, 4.0, 0.5));
    RenderFileRequest wanted = request("plain.wav");
    wanted.sampleFormat = io::SampleFormat::Float32;
    QVERIFY(render::renderFile(wanted, {}));
    wanted.output = in("soft.wav");
    wanted.loudness = io::TargetLoudness{-30.0, -1.0};
    const auto report = render::renderFile(wanted, {});
    QVERIFY(report);
    const AudioBuffer plain = tests::readSound(in("plain.wav"));
    const AudioBuffer soft = tests::readSound(in("soft.wav"));
    QCOMPARE(soft.frames(), plain.frames());
    const double gain = std::pow(10.0, report->appliedGainDb / 20.0);
    for (std::size_t n = 0; n < static_cast<std::size_t>(plain.frames()); ++n)
        QCOMPARE(soft.channel(1)[n], static_cast<float>(double{plain.channel(1)[n]} * gain));
    QCOMPARE(report->limiterReductionDb, 0.0);
}

void TestExportLoudness::asRenderedIsTheTapItself_data()
{
    QTest::addColumn<int>("tap");
    for (const pipeline::TapInfo &tap : pipeline::tapTable)
        QTest::newRow(tap.key.data()) << int(tap.id);
}

void TestExportLoudness::asRenderedIsTheTapItself()
{
    QFETCH(int, tap);
    tests::writeSound(in("in.wav"), SF_FORMAT_WAV | SF_FORMAT_FLOAT, phrase({44100, 2}, 1.0, 0.9));
    RenderFileRequest wanted = request("out.wav");
    wanted.settings.distortion.foldAmount = 5.0;
    wanted.settings.gain.gainDb = -3.0;
    wanted.sampleFormat = io::SampleFormat::Float32;
    wanted.source = pipeline::TapId(tap);
    wanted.tapsFolder = in("taps");
    const auto report = render::renderFile(wanted, {});
    QVERIFY2(report, report ? "" : report.error().oneLine().c_str());
    const AudioBuffer file = tests::readSound(in("out.wav"));
    for (const pipeline::TapInfo &info : pipeline::tapTable) {
        const AudioBuffer other =
            tests::readSound(in("taps") + "/" + std::string(info.key) + ".wav");
        QCOMPARE(tests::sameBits(file, other), info.id == pipeline::TapId(tap));
    }
}

void TestExportLoudness::oddGoalsAreRefused()
{
    tests::writeSound(in("in.wav"), SF_FORMAT_WAV | SF_FORMAT_FLOAT, phrase({44100, 1}, 0.5, 0.5));
    const double nan = std::nan("");
    for (const io::Loudness &goal :
         {io::Loudness(io::TargetLoudness{0.0, -1.0}), io::Loudness(io::TargetLoudness{nan, -1.0}),
          io::Loudness(io::TargetLoudness{-14.0, 1.0}), io::Loudness(io::MatchSource{-99.0})}) {
        RenderFileRequest wanted = request("out.wav");
        wanted.loudness = goal;
        const auto report = render::renderFile(wanted, {});
        QVERIFY(!report);
        QCOMPARE(int(report.error().code), int(ErrorCode::Usage));
    }
    // There is no loudness at so low a rate, neither of the input nor of the output.
    for (const int rate : {2000, 44100}) {
        makeInput("in.wav", 1, 4000, rate);
        RenderFileRequest wanted = request("out.wav");
        wanted.loudness = io::MatchSource{};
        wanted.sampleRateHz = rate == 2000 ? 44100 : 2000;
        const auto report = render::renderFile(wanted, {});
        QVERIFY(!report);
        QVERIFY(has(report.error().problem, "below a sample rate of 4000 Hz"));
    }
    QVERIFY((filesLeft() == std::vector<std::string>{"in.wav"}));
}

void TestExportLoudness::softSoundsAreNotCalledLoud()
{
    AudioBuffer soft = phrase({44100, 1}, 1.0, 0.5);
    for (float &sample : soft.channel(0))
        sample *= 1e-4F;
    tests::writeSound(in("in.wav"), SF_FORMAT_WAV | SF_FORMAT_FLOAT, soft);
    RenderFileRequest wanted = request("out.wav");
    wanted.source = pipeline::TapId::Input;
    wanted.sampleFormat = io::SampleFormat::Float32;
    wanted.loudness = io::TargetLoudness{-14.0, -1.0};
    const auto report = render::renderFile(wanted, {});
    QVERIFY2(report, report ? "" : report.error().oneLine().c_str());
    QVERIFY(has(report->warnings.front(), "softer than -70 LUFS"));
    QVERIFY(tests::sameBits(tests::readSound(in("out.wav")), soft));
}

void TestExportLoudness::cancellingLeavesNothing()
{
    tests::writeSound(in("in.wav"), SF_FORMAT_WAV | SF_FORMAT_FLOAT, phrase({44100, 2}, 8.0, 0.6));
    // Wherever it stops: while it renders, while it measures, while it writes.
    for (const double at : {0.0, 0.3, 0.79, 0.85, 0.91}) {
        RenderFileRequest wanted = request("out.wav");
        wanted.loudness = io::TargetLoudness{-9.0, -1.0};
        std::stop_source stop;
        double stoppedAt = 0.0;
        const auto result = render::renderFile(
            wanted, {stop.get_token(), [&](std::optional<double> fraction) {
                         if (fraction.value_or(0.0) >= at && !stop.stop_requested()) {
                             stop.request_stop();
                             stoppedAt = tests::threadCpuSeconds();
                         }
                     }});
        QVERIFY(!result);
        QCOMPARE(int(result.error().code), int(ErrorCode::Cancelled));
        QVERIFY(tests::threadCpuSeconds() - stoppedAt < 0.2);
        QVERIFY((filesLeft() == std::vector<std::string>{"in.wav"}));
    }
}

QD_TEST(TestExportLoudness, QCoreApplication)
#include "TestExportLoudness.moc"
