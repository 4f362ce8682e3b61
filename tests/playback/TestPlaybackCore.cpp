// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the callback puts out, without a device: bit for bit what was made, fades of exactly 10 ms,
// loops without a seam, no click however fast the wishes change, meters that agree with theory.

#include "tests/playback/PlaybackFixture.h"
#include "tests/support/TestProgram.h"

#include <sys/mman.h>

using namespace tests;

namespace {

constexpr int rateHz = 48000;
constexpr int fadeFrames = 480;
constexpr int frames = 20000;

/// A core that plays `sound` and has played its first `playedFrames`.
std::unique_ptr<PlaybackCore> playing(const Sound &sound, int playedFrames, bool loop = false)
{
    auto core = std::make_unique<PlaybackCore>(sound->deviceRateHz);
    core->setSound(sound);
    if (loop && !core->setLoop(LoopWindow{}))
        qFatal("refused");
    if (!core->play())
        qFatal("refused");
    const std::vector<float> out = playedBy(*core, playedFrames, 250);
    if (!loop && !sameBits(out, part(sound, 0, playedFrames)))
        qFatal("the sound itself is wrong");
    return core;
}

/// The same sound in memory that nobody can read any more once the last owner has gone.
Sound guarded(const Sound &sound)
{
    static_assert(sizeof(PlaybackSound) <= 4096);
    void *const page =
        mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED)
        qFatal("no memory");
    return {new (page) PlaybackSound(*sound), [](const PlaybackSound *gone) {
                gone->~PlaybackSound();
                mprotect(const_cast<PlaybackSound *>(gone), 4096, PROT_NONE);
            }};
}

std::vector<float> silence(int count)
{
    return std::vector<float>(2 * static_cast<std::size_t>(count), 0.0F);
}

} // namespace

class TestPlaybackCore : public QObject {
    Q_OBJECT

private slots:
    void playsBitForBitToTheEnd_data();
    void playsBitForBitToTheEnd();
    void aSwapIsALinearFadeOf10Ms_data() { playsBitForBitToTheEnd_data(); }
    void aSwapIsALinearFadeOf10Ms();
    void aSwapToTheSameSoundChangesNoBit();
    void aSwapToAnotherWindowGoesOnAtTheSameMoment();
    void aSwapWhileStoppedIsImmediate();
    void aSoundThatWasFadedFromIsNotTouchedAgain_data();
    void aSoundThatWasFadedFromIsNotTouchedAgain();
    void swapsDuringAFadeWaitAndTheLastCounts();
    void aLoopHasNoSeam_data() { playsBitForBitToTheEnd_data(); }
    void aLoopHasNoSeam();
    void aLoopedRangeHasNoSeam();
    void aRangeOutsideTheWindowLoopsTheWindow();
    void pausingFadesOutAndKeepsThePlace();
    void aSeekIsAFade();
    void aSeekOutsideTheWindowWaitsForItsSound();
    void commandsOfOneBlockApplyInOrder();
    void aFullQueueIsTold();
    void theVolumeIsExactAndSmooth();
    void nothingClicksInAStormOfWishes();
    void nothingPlaysWithoutASound();
};

void TestPlaybackCore::playsBitForBitToTheEnd_data()
{
    QTest::addColumn<int>("blockFrames");
    for (const int size : {1, 7, 64, 512, 4096})
        QTest::newRow(qPrintable(QString::number(size))) << size;
}

void TestPlaybackCore::playsBitForBitToTheEnd()
{
    QFETCH(int, blockFrames);
    const Sound sound = soundOf(noise(rateHz, 2, frames, 1));
    PlaybackCore core(rateHz);
    core.setSound(sound);
    QVERIFY(isSilent(playedBy(core, 1000, blockFrames)));
    for (int round = 0; round < 2; ++round) {
        QVERIFY(core.play());
        const std::vector<float> out = playedBy(core, frames + 5000, blockFrames);
        QVERIFY(sameBits(part(out, 0, frames), part(sound, 0, frames)));
        QVERIFY(isSilent(part(out, frames, 5000)));
        const PlaybackCore::Status status = core.poll();
        QCOMPARE(status.snapshot.state, PlaybackState::Ended);
        QCOMPARE(status.snapshot.deviceFrame, std::int64_t{frames});
        QVERIFY(status.settled);
    }
}

void TestPlaybackCore::aSwapIsALinearFadeOf10Ms()
{
    QFETCH(int, blockFrames);
    const Sound a = soundOf(noise(rateHz, 2, frames, 1));
    const Sound b = soundOf(noise(rateHz, 2, frames, 2));
    const auto core = playing(a, 1000);
    core->setSound(b);
    const std::vector<float> out = playedBy(*core, 5000, blockFrames);
    QVERIFY(sameBits(part(out, 0, fadeFrames),
                     linearFade(part(a, 1000, fadeFrames), part(b, 1000, fadeFrames))));
    QVERIFY(sameBits(part(out, fadeFrames, 4000), part(b, 1000 + fadeFrames, 4000)));
}

void TestPlaybackCore::aSwapToTheSameSoundChangesNoBit()
{
    const Sound a = soundOf(noise(rateHz, 2, frames, 1));
    const auto core = playing(a, 1000);
    for (int at = 1000; at < 15000; at += 333) {
        core->setSound(soundOf(noise(rateHz, 2, frames, 1)));
        QVERIFY(sameBits(playedBy(*core, 333, 64), part(a, at, 333)));
    }
}

void TestPlaybackCore::aSwapToAnotherWindowGoesOnAtTheSameMoment()
{
    const Sound a = soundOf(noise(rateHz, 2, frames, 1), 5000);
    const Sound inside = soundOf(noise(rateHz, 2, frames, 2), 5300);
    const auto core = playing(a, 1000); // at frame 6000 of the file
    core->setSound(inside);
    QVERIFY(sameBits(part(playedBy(*core, 1000, 64), fadeFrames, 500),
                     part(inside, 700 + fadeFrames, 500)));
    const Sound outside = soundOf(noise(rateHz, 2, frames, 3), 90000);
    core->setSound(outside);
    QVERIFY(
        sameBits(part(playedBy(*core, 1000, 64), fadeFrames, 500), part(outside, fadeFrames, 500)));
    const PlaybackSnapshot snapshot = core->poll().snapshot;
    QCOMPARE(snapshot.deviceFrame, std::int64_t{1000});
    QCOMPARE(snapshot.windowSeconds, 1000.0 / rateHz);
    QCOMPARE(snapshot.fileSeconds, 91000.0 / rateHz);
}

void TestPlaybackCore::aSwapWhileStoppedIsImmediate()
{
    const Sound a = soundOf(noise(rateHz, 2, frames, 1));
    const Sound b = soundOf(noise(rateHz, 2, frames, 2));
    PlaybackCore core(rateHz);
    core.setSound(a);
    (void)playedBy(core, 10, 10);
    core.setSound(b);
    QVERIFY(core.play());
    QVERIFY(sameBits(playedBy(core, 1000, 64), part(b, 0, 1000)));
}

void TestPlaybackCore::aSoundThatWasFadedFromIsNotTouchedAgain_data()
{
    QTest::addColumn<bool>("playing");
    QTest::newRow("after a fade") << true;
    QTest::newRow("replaced while stopped") << false;
}

void TestPlaybackCore::aSoundThatWasFadedFromIsNotTouchedAgain()
{
    QFETCH(bool, playing);
    PlaybackCore core(rateHz);
    core.setSound(guarded(soundOf(noise(rateHz, 2, frames, 1))));
    QVERIFY(core.play());
    (void)playedBy(core, 1000, 250);
    if (!playing) {
        QVERIFY(core.seek(0.1) && core.pause());
        (void)playedBy(core, 3 * fadeFrames, 250);
    }
    core.setSound(soundOf(noise(rateHz, 2, frames, 2)));
    (void)playedBy(core, 3 * fadeFrames, 250);
    (void)core.poll(); // the first sound is freed
    QVERIFY(core.setLoop(LoopRange{0.05, 0.1}));
    const std::vector<float> out = playedBy(core, 1000, 250);
    QCOMPARE(out == silence(1000), !playing);
}

void TestPlaybackCore::swapsDuringAFadeWaitAndTheLastCounts()
{
    const Sound a = soundOf(noise(rateHz, 2, frames, 1));
    const Sound b = soundOf(noise(rateHz, 2, frames, 2));
    const Sound c = soundOf(noise(rateHz, 2, frames, 3));
    const Sound d = soundOf(noise(rateHz, 2, frames, 4));
    const auto core = playing(a, 1000);
    core->setSound(b);
    std::vector<float> out = playedBy(*core, 100, 100);
    core->setSound(c);
    std::ranges::copy(playedBy(*core, 100, 100), std::back_inserter(out));
    core->setSound(d);
    std::ranges::copy(playedBy(*core, 1800, 100), std::back_inserter(out));
    QVERIFY(sameBits(part(out, 0, fadeFrames),
                     linearFade(part(a, 1000, fadeFrames), part(b, 1000, fadeFrames))));
    QVERIFY(sameBits(part(out, fadeFrames, fadeFrames),
                     linearFade(part(b, 1000 + fadeFrames, fadeFrames),
                                part(d, 1000 + fadeFrames, fadeFrames))));
    QVERIFY(sameBits(part(out, 2 * fadeFrames, 1000), part(d, 1000 + 2 * fadeFrames, 1000)));
}

void TestPlaybackCore::aLoopHasNoSeam()
{
    QFETCH(int, blockFrames);
    constexpr int length = 3001;
    const Sound sound = soundOf(noise(rateHz, 2, length, 1));
    PlaybackCore core(rateHz);
    core.setSound(sound);
    QVERIFY(core.setLoop(LoopWindow{}));
    QVERIFY(core.play());
    const std::vector<float> out = playedBy(core, 5 * length, blockFrames);
    for (int turn = 0; turn < 5; ++turn)
        QVERIFY(sameBits(part(out, turn * length, length), part(sound, 0, length)));
    QVERIFY(core.setLoop(LoopOff{}));
    QVERIFY(sameBits(playedBy(core, length, blockFrames), part(sound, 0, length)));
    QVERIFY(isSilent(playedBy(core, 100, blockFrames)));
}

void TestPlaybackCore::aLoopedRangeHasNoSeam()
{
    constexpr int first = 4000;
    constexpr int length = 777;
    const Sound sound = soundOf(noise(rateHz, 2, frames, 1), 1000);
    PlaybackCore core(rateHz);
    core.setSound(sound);
    const auto seconds = [](int frame) { return static_cast<double>(1000 + frame) / rateHz; };
    QVERIFY(core.setLoop(LoopRange{seconds(first), seconds(first + length)}));
    QVERIFY(core.play());
    const std::vector<float> out = playedBy(core, first + 5 * length, 64);
    QVERIFY(sameBits(part(out, 0, first), part(sound, 0, first)));
    for (int turn = 0; turn < 5; ++turn)
        QVERIFY(sameBits(part(out, first + turn * length, length), part(sound, first, length)));
    // From beyond its end it reads on to the end of the window, and then goes on in the loop.
    QVERIFY(core.seek(seconds(frames - 1000)));
    const std::vector<float> rest = playedBy(core, 1000 + length, 64);
    QVERIFY(sameBits(part(rest, fadeFrames, 1000 - fadeFrames),
                     part(sound, frames - 1000 + fadeFrames, 1000 - fadeFrames)));
    QVERIFY(sameBits(part(rest, 1000, length), part(sound, first, length)));
}

void TestPlaybackCore::aRangeOutsideTheWindowLoopsTheWindow()
{
    const Sound sound = soundOf(noise(rateHz, 2, 1000, 1), 1000);
    PlaybackCore core(rateHz);
    core.setSound(sound);
    QVERIFY(core.setLoop(LoopRange{10.0, 11.0}));
    QVERIFY(core.play());
    const std::vector<float> out = playedBy(core, 2000, 64);
    QVERIFY(sameBits(part(out, 0, 1000), part(sound, 0, 1000)));
    QVERIFY(sameBits(part(out, 1000, 1000), part(sound, 0, 1000)));
}

void TestPlaybackCore::pausingFadesOutAndKeepsThePlace()
{
    const Sound sound = soundOf(sine(rateHz, 2, 2 * rateHz, 220.0, 0.9));
    const auto core = playing(sound, 1000);
    QVERIFY(core->pause());
    std::vector<float> out = playedBy(*core, 2000, 64);
    QVERIFY(sameBits(part(out, 0, fadeFrames),
                     linearFade(part(sound, 1000, fadeFrames), silence(fadeFrames))));
    QVERIFY(isSilent(part(out, fadeFrames, 2000 - fadeFrames)));
    QCOMPARE(core->poll().snapshot.state, PlaybackState::Stopped);
    QCOMPARE(core->poll().snapshot.deviceFrame, std::int64_t{1000});
    QVERIFY(core->play());
    std::ranges::copy(playedBy(*core, 2000, 64), std::back_inserter(out));
    QVERIFY(sameBits(part(out, 2000, fadeFrames),
                     linearFade(silence(fadeFrames), part(sound, 1000, fadeFrames))));
    QVERIFY(sameBits(part(out, 2000 + fadeFrames, 1000), part(sound, 1000 + fadeFrames, 1000)));
    const double allowed = largestStep(part(sound, 0, 4000)) + 0.9 / fadeFrames;
    QVERIFY(largestStep(out) <= allowed);
}

void TestPlaybackCore::aSeekIsAFade()
{
    const Sound sound = soundOf(noise(rateHz, 2, frames, 1));
    const auto core = playing(sound, 1000);
    QVERIFY(core->seek(12345.0 / rateHz));
    const std::vector<float> out = playedBy(*core, 2000, 64);
    QVERIFY(sameBits(part(out, 0, fadeFrames),
                     linearFade(part(sound, 1000, fadeFrames), part(sound, 12345, fadeFrames))));
    QVERIFY(sameBits(part(out, fadeFrames, 1000), part(sound, 12345 + fadeFrames, 1000)));
    QCOMPARE(core->poll().snapshot.deviceFrame, std::int64_t{12345 + 2000});
}

void TestPlaybackCore::aSeekOutsideTheWindowWaitsForItsSound()
{
    const Sound a = soundOf(noise(rateHz, 2, frames, 1));
    const Sound b = soundOf(noise(rateHz, 2, frames, 2), 100000);
    const auto core = playing(a, 1000);
    QVERIFY(core->seek(100500.0 / rateHz));
    QVERIFY(sameBits(playedBy(*core, 1000, 64), part(a, 1000, 1000)));
    QVERIFY(!core->poll().snapshot.positionKnown);
    core->setSound(b);
    QVERIFY(
        sameBits(part(playedBy(*core, 1000, 64), fadeFrames, 500), part(b, 500 + fadeFrames, 500)));
    QVERIFY(core->poll().snapshot.positionKnown);
}

void TestPlaybackCore::commandsOfOneBlockApplyInOrder()
{
    const Sound sound = soundOf(noise(rateHz, 2, frames, 1));
    PlaybackCore core(rateHz);
    core.setSound(sound);
    QVERIFY(core.play() && core.pause() && core.seek(0.1) && core.play() && core.seek(0.0));
    QVERIFY(sameBits(playedBy(core, 1000, 64), part(sound, 0, 1000)));
    QVERIFY(core.pause() && core.play()); // nothing happened, so nothing is heard
    QVERIFY(sameBits(playedBy(core, 1000, 64), part(sound, 1000, 1000)));
    QVERIFY(core.play() && core.pause());
    (void)playedBy(core, 1000, 64);
    QCOMPARE(core.poll().snapshot.state, PlaybackState::Stopped);
    QVERIFY(core.seek(0.0) && core.play());
    QVERIFY(sameBits(playedBy(core, 1000, 64), part(sound, 0, 1000)));
}

void TestPlaybackCore::aFullQueueIsTold()
{
    PlaybackCore core(rateHz);
    int accepted = 0;
    while (core.play() && accepted < 10000)
        ++accepted;
    QCOMPARE(accepted, 256);
    QVERIFY(!core.poll().settled);
    (void)playedBy(core, 1, 1);
    QVERIFY(core.poll().settled);
    QVERIFY(core.pause());
}

void TestPlaybackCore::theVolumeIsExactAndSmooth()
{
    const Sound sound = soundOf(sine(rateHz, 2, 10 * rateHz, 220.0, 0.5));
    const auto core = playing(sound, 1000);
    std::vector<float> out = playedBy(*core, 100, 64);
    QVERIFY(core->setVolumeDb(-20.0));
    std::ranges::copy(playedBy(*core, 900, 64), std::back_inserter(out));
    QVERIFY(largestStep(out) <= largestStep(part(sound, 0, 4000)) + 0.5 / fadeFrames);
    for (std::int64_t i = 100 + fadeFrames; i < 1000; ++i)
        QCOMPARE(out[static_cast<std::size_t>(2 * i)], part(sound, 1000 + i, 1)[0] * 0.1F);
    QVERIFY(core->setVolumeDb(0.0));
    out = playedBy(*core, 1000, 64);
    QVERIFY(sameBits(part(out, fadeFrames, 500), part(sound, 2000 + fadeFrames, 500)));
    QVERIFY(core->setVolumeDb(silenceDb));
    QVERIFY(isSilent(part(playedBy(*core, 1000, 64), fadeFrames, 500)));
    QVERIFY(core->setVolumeDb(40.0)); // +6 dB
    out = playedBy(*core, 1000, 64);
    const double loudest = double{*std::ranges::max_element(part(out, fadeFrames, 500))};
    QVERIFY(std::abs(loudest - 0.5 * std::pow(10.0, 0.3)) < 1e-3);
    const MeterReading meters = core->poll().meters; // they do not see the volume
    QVERIFY(std::abs(meters.peakDb[0] + 6.02) < 0.01);
}

void TestPlaybackCore::nothingClicksInAStormOfWishes()
{
    // Every sound, fade and gain change together stay under this step; a jump would be up to 1.0.
    constexpr double amplitude = 0.5;
    constexpr double allowed =
        2.0 * std::numbers::pi * 220.0 / rateHz * amplitude + 3.0 * amplitude / fadeFrames;
    std::vector<Sound> sounds;
    for (int i = 0; i < 8; ++i)
        sounds.push_back(soundOf(sine(rateHz, 2, rateHz, 220.0, amplitude, 0.8 * i), 100 * i));
    for (const int blockFrames : {1, 17, 64, 500, 1000}) {
        Random random(static_cast<std::uint64_t>(blockFrames));
        PlaybackCore core(rateHz);
        core.setSound(soundOf(sine(rateHz, 2, rateHz, 220.0, amplitude)));
        QVERIFY(core.play());
        std::vector<float> out;
        for (int block = 0; block * blockFrames < 3 * rateHz; ++block) {
            core.setSound(sounds[static_cast<std::size_t>(random.whole(0, 7))]);
            if (random.chance(0.1))
                QVERIFY(core.pause());
            if (random.chance(0.3))
                QVERIFY(core.play());
            if (random.chance(0.3)) // not so late that the end, which is no fade, is reached
                QVERIFY(core.seek(random.between(0.01, 0.4)));
            if (random.chance(0.2))
                QVERIFY(core.setVolumeDb(random.between(-40.0, 0.0)));
            std::ranges::copy(playedBy(core, blockFrames, blockFrames), std::back_inserter(out));
        }
        QVERIFY(!isSilent(out));
        QVERIFY2(largestStep(out) <= allowed,
                 qPrintable(QString("%1 > %2").arg(largestStep(out)).arg(allowed)));
    }
}

void TestPlaybackCore::nothingPlaysWithoutASound()
{
    const Sound sound = soundOf(noise(rateHz, 2, frames, 1));
    PlaybackCore core(rateHz);
    QVERIFY(core.play());
    QVERIFY(isSilent(playedBy(core, 1000, 64)));
    QCOMPARE(core.poll().snapshot.state, PlaybackState::Stopped);
    core.setSound(sound); // the wish still holds
    QVERIFY(sameBits(playedBy(core, 1000, 64), part(sound, 0, 1000)));
    core.setSound(nullptr);
    const std::vector<float> out = playedBy(core, 1000, 64);
    QVERIFY(sameBits(part(out, 0, fadeFrames),
                     linearFade(part(sound, 1000, fadeFrames), silence(fadeFrames))));
    QVERIFY(isSilent(part(out, fadeFrames, 500)));
    core.setSound(sound);
    QVERIFY(sameBits(part(playedBy(core, 1000, 64), fadeFrames, 500),
                     part(sound, 1000 + fadeFrames, 500)));
}

QD_TEST(TestPlaybackCore, QCoreApplication)
#include "TestPlaybackCore.moc"
