// SPDX-License-Identifier: GPL-3.0-or-later
//
// The whole player through PortAudio and ALSA into a pipe: what arrives there is the tap, bit for
// bit, across loops and swaps; a device that stands still is lost and comes back.

#include "tests/playback/AlsaFixture.h"
#include "tests/playback/PlaybackFixture.h"
#include "tests/support/Sanitizers.h"
#include "tests/support/TestProgram.h"

#include <csignal>

using namespace tests;

namespace {

constexpr int rateHz = 44100;
constexpr int fadeFrames = 441;
constexpr double generousSeconds = 30.0;

std::shared_ptr<const AudioBuffer> tapOf(std::int64_t frames, std::uint64_t seed)
{
    return std::make_shared<const AudioBuffer>(noise(rateHz, 2, frames, seed));
}

} // namespace

class TestPlayer : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanup();
    void whatIsPlayedArrivesBitForBit();
    void aLoopArrivesWithoutASeam();
    void aSwapChangesOnlyItsFade();
    void aDeviceThatStandsStillIsLostAndComesBack();

private:
    /// Plays `tap` until `enough(captured frames)`.
    void start(Player &player, const std::shared_ptr<const AudioBuffer> &tap);
    std::vector<float> heardFrames(Player &player, std::size_t frames);

    AlsaWorld world_;
    std::unique_ptr<CapturedOutput> output_;
};

void TestPlayer::initTestCase()
{
    if constexpr (underThreadSanitizer)
        QSKIP(nothingIsCaptured);
    std::signal(SIGPIPE, SIG_IGN); // a stuck device may wake up when its pipe is gone
    const QString pipe = world_.path("out.raw");
    world_.use(QStringLiteral("pcm.!default { type file slave.pcm { type null } file \"%1\"\n"
                              "  format raw hint { show on description \"test\" } }\n")
                   .arg(pipe));
}

void TestPlayer::cleanup()
{
    output_.reset();
    QFile::remove(world_.path("out.raw"));
}

void TestPlayer::start(Player &player, const std::shared_ptr<const AudioBuffer> &tap)
{
    output_ = std::make_unique<CapturedOutput>(world_.path("out.raw"));
    player.setTap(tap, 0);
    player.open({}, rateHz);
    QVERIFY(pollUntilDevice<DeviceRunning>(player, generousSeconds));
    QCOMPARE(std::get<DeviceRunning>(player.poll().device).stream.rateHz, rateHz);
    QVERIFY(player.play());
}

std::vector<float> TestPlayer::heardFrames(Player &player, std::size_t frames)
{
    std::vector<float> heard;
    (void)pollUntil(player, generousSeconds, [&](const PlayerStatus &) {
        heard = output_->heard();
        return heard.size() >= 2 * frames;
    });
    return heard;
}

void TestPlayer::whatIsPlayedArrivesBitForBit()
{
    const auto tap = tapOf(3 * rateHz, 1);
    Player player;
    start(player, tap);
    QVERIFY(pollUntil(player, generousSeconds, [](const PlayerStatus &status) {
        return status.state == PlaybackState::Ended;
    }));
    const std::vector<float> heard = heardFrames(player, 3 * rateHz + 100);
    QVERIFY(sameBits(part(heard, 0, 3 * rateHz), part(soundOf(*tap), 0, 3 * rateHz)));
    QVERIFY(isSilent(part(heard, 3 * rateHz, 100)));
    const PlayerStatus status = player.poll();
    QCOMPARE(status.playheadFrame, std::int64_t{3 * rateHz});
    QVERIFY(!status.playWanted);
}

void TestPlayer::aLoopArrivesWithoutASeam()
{
    constexpr int length = 12345;
    const auto tap = tapOf(length, 2);
    Player player;
    player.setLoop(LoopWindow{});
    start(player, tap);
    const std::vector<float> heard = heardFrames(player, 6 * length);
    QVERIFY(heard.size() >= 2 * 6 * length);
    for (int turn = 0; turn < 6; ++turn)
        QVERIFY(sameBits(part(heard, turn * length, length), part(soundOf(*tap), 0, length)));
}

void TestPlayer::aSwapChangesOnlyItsFade()
{
    constexpr std::int64_t length = 30 * rateHz;
    const Sound a = soundOf(*tapOf(length, 3));
    const Sound b = soundOf(*tapOf(length, 4));
    Player player;
    start(player, tapOf(length, 3));
    (void)heardFrames(player, 2 * rateHz);
    player.setTap(tapOf(length, 4), 0);
    QVERIFY(pollUntil(player, generousSeconds, [](const PlayerStatus &status) {
        return status.state == PlaybackState::Ended;
    }));
    const std::vector<float> heard = heardFrames(player, length);
    QVERIFY(heard.size() >= 2 * length);
    std::int64_t swap = 1; // the first frame of a fade is still all of the old sound
    while (swap < length && std::ranges::equal(part(heard, swap, 1), part(a, swap, 1)))
        ++swap;
    --swap;
    QVERIFY2(swap > rateHz && swap < length - fadeFrames, qPrintable(QString::number(swap)));
    QVERIFY(sameBits(part(heard, 0, swap), part(a, 0, swap)));
    QVERIFY(sameBits(part(heard, swap, fadeFrames),
                     linearFade(part(a, swap, fadeFrames), part(b, swap, fadeFrames))));
    const std::int64_t after = swap + fadeFrames;
    QVERIFY(sameBits(part(heard, after, length - after), part(b, after, length - after)));
}

void TestPlayer::aDeviceThatStandsStillIsLostAndComesBack()
{
    Player player;
    player.setLoop(LoopWindow{});
    start(player, tapOf(60 * rateHz, 5));
    (void)heardFrames(player, rateHz);
    output_->rest(true);
    QVERIFY(pollUntilDevice<DeviceLost>(player, generousSeconds));
    QVERIFY(std::get<DeviceLost>(player.poll().device).atSeconds > 0.5);
    QVERIFY(player.poll().playWanted);
    output_->rest(false);
    QVERIFY(pollUntilDevice<DeviceRunning>(player, generousSeconds));
    QVERIFY(pollUntil(player, generousSeconds, [](const PlayerStatus &status) {
        return status.state == PlaybackState::Playing;
    }));
    output_->rest(true); // and now it hangs while the player ends
    QTest::qSleep(100);
}

QD_TEST(TestPlayer, QCoreApplication)
#include "TestPlayer.moc"
