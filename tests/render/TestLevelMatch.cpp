// SPDX-License-Identifier: GPL-3.0-or-later
//
// Level matching: the wet sound comes out as loud as the input, measured with libebur128 directly;
// several sounds come out as loud as the quietest, measured by BS.1770 written out for the tests.

#include "engine/base/MemoryStream.h"
#include "engine/render/LevelMatch.h"
#include "engine/render/RenderFile.h"
#include "engine/render/TimingReport.h"
#include "tests/support/Bs1770.h"
#include "tests/support/Measure.h"
#include "tests/support/SoundFile.h"
#include "tests/support/Spectrum.h"
#include "tests/support/TestProgram.h"

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cmath>

using namespace engine;
using tests::Random;
using tests::SignalKind;

namespace {

constexpr int rateHz = 48000;

struct Sound {
    const char *name;
    AudioBuffer buffer;
    /// Gated loudness takes whole 400 ms; what is shorter is measured amid silence.
    std::int64_t silentFrames = 0;
};

std::vector<Sound> makeSounds()
{
    Random random(41);
    std::vector<Sound> list;
    list.push_back(
        {"chord", tests::makeSignal(SignalKind::DetunedChord, {rateHz, 2}, 150000, 0.8, random)});
    list.push_back(
        {"noise", tests::makeSignal(SignalKind::Noise, {rateHz, 1}, 150000, 0.3, random)});
    list.push_back(
        {"clicks", tests::makeSignal(SignalKind::DecayingClicks, {44100, 2}, 70000, 0.9, random)});
    list.push_back(
        {"sweep", tests::makeSignal(SignalKind::Sweep, {96000, 2}, 200000, 0.05, random)});
    list.push_back(
        {"5 channels", tests::makeSignal(SignalKind::Mixed, {rateHz, 5}, 60000, 0.7, random)});
    // Loud, then far below the gate.
    Sound gated{"gated", tests::makeSignal(SignalKind::Mixed, {rateHz, 2}, 120000, 0.9, random)};
    for (int c = 0; c < 2; ++c) {
        for (float &x : gated.buffer.channel(c).subspan(50000))
            x *= 0.02F;
    }
    list.push_back(std::move(gated));
    list.push_back(
        {"150 ms", tests::makeSignal(SignalKind::Mixed, {rateHz, 2}, 7200, 0.8, random), rateHz});
    return list;
}

const std::vector<Sound> &sounds()
{
    static const std::vector<Sound> list = makeSounds();
    return list;
}

pipeline::Settings matched()
{
    pipeline::Settings settings;
    settings.distortion.foldAmount = 3.0;
    settings.distortion.bias = 0.1;
    settings.autoGain.on = true;
    settings.limiter.on = false;
    return settings;
}

Result<double> matchOf(const AudioBuffer &input, const pipeline::Settings &settings)
{
    BufferSource source(input);
    WorkerPool workers(1);
    return render::measureLevelMatchDb(source, settings, {}, workers, {});
}

} // namespace

class TestLevelMatch : public QObject {
    Q_OBJECT

private slots:
    void theWetSoundIsAsLoudAsTheInput();
    void blendGainAndLimiterDoNotCount();
    void silenceAsksForNothing();
    void theGainIsCalledByItsNumber();
    void withoutLevelMatchNothingIsMeasured();
    void theTestsOwnMeasureIsRight();
    void twentyPairsComeOutEquallyLoud();
    void threeSoundsMeetTheQuietest();
    void silenceIsLeftOut();
    void nothingIsLoweredBeyondTheLimit();
};

void TestLevelMatch::theWetSoundIsAsLoudAsTheInput()
{
    for (const auto mode : {dsp::DistortionMode::Wavefold, dsp::DistortionMode::Tube}) {
        for (const Sound &sound : sounds()) {
            pipeline::Settings settings = matched();
            settings.distortion.mode = mode;
            settings.distortion.drive = 4.0;
            const Result<double> gainDb = matchOf(sound.buffer, settings);
            QVERIFY(gainDb);
            settings.autoGain.measured.gainDb = *gainDb;
            const AudioBuffer output = tests::renderTaps(sound.buffer, settings, 4096, 1).back();
            const double before = tests::loudnessLufs(sound.buffer, sound.silentFrames);
            const double after = tests::loudnessLufs(output, sound.silentFrames);
            qInfo("mode %d %-10s %7.2f LUFS, gain %+6.2f dB, then %+.3f LU off",
                  static_cast<int>(mode), sound.name, before, *gainDb, after - before);
            QVERIFY(std::isfinite(before));
            QVERIFY(std::abs(after - before) <= 0.1);
        }
    }
}

void TestLevelMatch::blendGainAndLimiterDoNotCount()
{
    const Sound &sound = sounds().front();
    const double expected = *matchOf(sound.buffer, matched());
    QVERIFY(std::abs(expected) > 0.5);
    pipeline::Settings settings = matched();
    settings.mix.dryWet = 0.3;
    settings.gain.gainDb = 7.0;
    settings.limiter.on = true;
    settings.limiter.levels.ceilingDb = -12.0;
    settings.autoGain.measured.gainDb = 9.0;
    QCOMPARE(*matchOf(sound.buffer, settings), expected);
}

void TestLevelMatch::silenceAsksForNothing()
{
    QCOMPARE(*matchOf(AudioBuffer({rateHz, 2}, 50000), matched()), 0.0);
    QCOMPARE(*matchOf(AudioBuffer({rateHz, 1}, 1), matched()), 0.0);
    // A sound of which nothing is left.
    pipeline::Settings settings = matched();
    settings.distortion.foldAmount = 0.0;
    QCOMPARE(*matchOf(sounds().front().buffer, settings), 0.0);
}

void TestLevelMatch::theGainIsCalledByItsNumber()
{
    const QTemporaryDir folder;
    const std::filesystem::path path = folder.path().toStdString();
    const AudioBuffer &input = sounds().front().buffer;
    tests::writeSound(path / "in.wav", SF_FORMAT_WAV | SF_FORMAT_FLOAT, input);
    render::RenderFileRequest request;
    request.input = path / "in.wav";
    request.output = path / "out.wav";
    request.sampleFormat = io::SampleFormat::Float32;
    request.settings = matched();
    const auto report = render::renderFile(request, {});
    QVERIFY(report);
    QVERIFY(report->timing.levelMatchDb.has_value());
    const double gainDb = *report->timing.levelMatchDb;
    QCOMPARE(gainDb, *matchOf(input, request.settings));
    const QString number = QString::number(gainDb, 'f', 2);
    QVERIFY(QString::fromStdString(pipeline::timingLine(report->timing))
                .contains(" auto_gain=" + number + "dB"));
    QVERIFY(engine::render::timingJson(report->timing).find("\"auto_gain_db\"") != std::string::npos);
    const double off =
        tests::loudnessLufs(tests::readSound(request.output)) - tests::loudnessLufs(input);
    qInfo("rendered file: gain %.2f dB, %+.3f LU off", gainDb, off);
    QVERIFY(std::abs(off) <= 0.1);
}

void TestLevelMatch::withoutLevelMatchNothingIsMeasured()
{
    const QTemporaryDir folder;
    const std::filesystem::path path = folder.path().toStdString();
    tests::writeSound(path / "in.wav", SF_FORMAT_WAV | SF_FORMAT_FLOAT, sounds().back().buffer);
    render::RenderFileRequest request;
    request.input = path / "in.wav";
    request.output = path / "out.wav";
    const auto report = render::renderFile(request, {});
    QVERIFY(report);
    QVERIFY(!report->timing.levelMatchDb.has_value());
    QVERIFY(pipeline::timingLine(report->timing).find("auto_gain") == std::string::npos);
}

/// Tones of known loudness, and what libebur128 says of everything else.
void TestLevelMatch::theTestsOwnMeasureIsRight()
{
    // EBU Tech 3341, case 1: a stereo sine of 1 kHz at −23 dBFS is −23 LUFS.
    AudioBuffer tone({rateHz, 2}, 20 * rateHz);
    for (int c = 0; c < 2; ++c) {
        const auto wave = tests::sine(1000.0, rateHz, 20 * rateHz, std::pow(10.0, -23.0 / 20.0));
        std::ranges::copy(wave, tone.channel(c).begin());
    }
    QVERIFY(std::abs(tests::bs1770Lufs(tone) + 23.0) < 0.05);
    for (const Sound &sound : sounds()) {
        if (sound.silentFrames > 0 || sound.buffer.channels() > 2)
            continue;
        QVERIFY2(std::abs(tests::bs1770Lufs(sound.buffer) - tests::loudnessLufs(sound.buffer)) <
                     0.02,
                 sound.name);
    }
    QVERIFY(std::isinf(tests::bs1770Lufs(AudioBuffer({rateHz, 1}, rateHz))));
}

void TestLevelMatch::twentyPairsComeOutEquallyLoud()
{
    Random random(77);
    double most = 0.0;
    constexpr int kinds[] = {0, 1, 2, 3, 4, 7}; // all but the impulse and silence
    for (int pair = 0; pair < 20; ++pair) {
        std::array<AudioBuffer, 2> both;
        for (AudioBuffer &sound : both) {
            const auto kind = static_cast<SignalKind>(kinds[random.whole(0, 5)]);
            const AudioFormat format{pair % 3 == 0   ? 44100
                                     : pair % 3 == 1 ? 48000
                                                     : 96000,
                                     random.whole(1, 2)};
            sound = tests::makeSignal(kind, format, random.whole(2, 4) * format.sampleRateHz,
                                      std::pow(10.0, random.between(-1.2, 0.0)), random);
        }
        const AudioBuffer *const sounds[] = {&both[0], &both[1]};
        const auto matched = render::matchToQuietest(sounds);
        double lufs[2];
        for (std::size_t i = 0; i < 2; ++i) {
            QVERIFY(matched[i].gainDb && *matched[i].gainDb <= 0.0); // never a boost
            const auto gain = static_cast<float>(std::pow(10.0, *matched[i].gainDb / 20.0));
            for (int c = 0; c < both[i].channels(); ++c) {
                for (float &x : both[i].channel(c))
                    x *= gain;
            }
            lufs[i] = tests::bs1770Lufs(both[i]);
        }
        QVERIFY(*matched[0].gainDb == 0.0 || *matched[1].gainDb == 0.0);
        const double apart = std::abs(lufs[0] - lufs[1]);
        most = std::max(most, apart);
        QVERIFY2(apart <= 0.1, QByteArray::number(apart));
    }
    qInfo("20 pairs: at most %.4f LU apart", most);
}

void TestLevelMatch::threeSoundsMeetTheQuietest()
{
    const std::optional<double> lufs[] = {-14.0, -20.5, -17.25};
    const auto matched = render::matchToQuietest(lufs);
    QCOMPARE(*matched[0].gainDb, -6.5);
    QCOMPARE(*matched[1].gainDb, 0.0);
    QCOMPARE(*matched[2].gainDb, -3.25);
    QCOMPARE(*matched[2].lufs, -17.25);
}

void TestLevelMatch::silenceIsLeftOut()
{
    const AudioBuffer silent({rateHz, 2}, 3 * rateHz);
    const AudioBuffer empty({rateHz, 2}, 0);
    const AudioBuffer &loud = sounds()[0].buffer;
    AudioBuffer quiet = loud;
    for (int c = 0; c < quiet.channels(); ++c) {
        for (float &x : quiet.channel(c))
            x *= 0.5F;
    }
    const AudioBuffer *const all[] = {&loud, &silent, &quiet, nullptr, &empty};
    const auto matched = render::matchToQuietest(all);
    QVERIFY(std::abs(*matched[0].gainDb + 6.0206) < 0.01);
    QVERIFY(!matched[1].gainDb && !matched[1].lufs);
    QCOMPARE(*matched[2].gainDb, 0.0);
    QVERIFY(!matched[3].gainDb && !matched[4].gainDb);
    // One sound that is heard has nothing to match.
    const AudioBuffer *const one[] = {&loud, &silent};
    for (const auto &sound : render::matchToQuietest(one))
        QVERIFY(!sound.gainDb);
    QVERIFY(render::matchToQuietest(std::span<const AudioBuffer *const>()).empty());
}

void TestLevelMatch::nothingIsLoweredBeyondTheLimit()
{
    const std::optional<double> lufs[] = {-10.0, -65.0};
    const auto matched = render::matchToQuietest(lufs);
    QCOMPARE(*matched[0].gainDb, -render::mostLevelMatchDb);
    QCOMPARE(*matched[1].gainDb, 0.0);
}

QD_TEST(TestLevelMatch, QCoreApplication)
#include "TestLevelMatch.moc"
