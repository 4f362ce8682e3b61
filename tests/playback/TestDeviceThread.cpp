// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the player does when devices fail, with a driver that fails on demand: it tells within a
// second, goes on by itself at the same moment, and never makes its caller wait.

#include "tests/playback/PlaybackFixture.h"
#include "tests/support/TestProgram.h"

#include <condition_variable>
#include <mutex>
#include <thread>

using namespace tests;

namespace {

/// How the fake world is; the driver and its streams look at it all the time.
struct World {
    std::atomic<int> devices{1};
    std::atomic<int> deviceRateHz{48000};
    std::atomic<bool> busy{false};
    std::atomic<bool> dead{false};         ///< callbacks stop
    std::atomic<bool> closingHangs{false}; ///< until the world lets go
    std::atomic<bool> rescanHangs{false};
    std::atomic<bool> openingHangs{false};
    std::atomic<int> rescans{0};
    std::atomic<int> openStreams{0};

    void hangWhile(const std::atomic<bool> &condition)
    {
        std::unique_lock lock(mutex);
        wake.wait(lock, [&] { return !condition || released; });
    }
    /// Lets go of every thread that hangs, so that none outlives the test.
    void release()
    {
        const std::lock_guard lock(mutex);
        released = true;
        wake.notify_all();
    }
    std::mutex mutex;
    std::condition_variable wake;
    bool released = false;
};

constexpr int blockFrames = 480;

class FakeStream final : public OutputStream {
public:
    FakeStream(std::shared_ptr<World> world, int rateHz)
        : world_(std::move(world)), info_{"fake", rateHz, 20.0, 2 * blockFrames},
          core_(std::make_shared<PlaybackCore>(rateHz))
    {
        ++world_->openStreams;
        callback_ = std::jthread([this](const std::stop_token &stop) { run(stop); });
    }
    ~FakeStream() override
    {
        callback_.request_stop();
        callback_.join();
        if (world_->closingHangs)
            world_->hangWhile(world_->closingHangs);
        --world_->openStreams;
    }
    FakeStream(const FakeStream &) = delete;
    FakeStream &operator=(const FakeStream &) = delete;
    const StreamInfo &info() const override { return info_; }
    std::shared_ptr<PlaybackCore> core() const override { return core_; }

private:
    void run(const std::stop_token &stop)
    {
        std::array<float, 2 * blockFrames> out{};
        while (!stop.stop_requested()) {
            if (!world_->dead)
                core_->process(out.data(), blockFrames);
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
    }
    std::shared_ptr<World> world_;
    StreamInfo info_;
    std::shared_ptr<PlaybackCore> core_;
    std::jthread callback_;
};

class FakeDriver final : public OutputDriver {
public:
    explicit FakeDriver(std::shared_ptr<World> world) : world_(std::move(world)) {}
    engine::Result<std::vector<DeviceInfo>> rescan() override
    {
        ++world_->rescans;
        if (world_->rescanHangs)
            world_->hangWhile(world_->rescanHangs);
        std::vector<DeviceInfo> devices;
        for (int i = 0; i < world_->devices; ++i)
            devices.push_back({"fake " + std::to_string(i), "test", 48000, 2, i == 0, 20.0, 50.0});
        return devices;
    }
    engine::Result<std::unique_ptr<OutputStream>> open(const DeviceChoice &choice,
                                                       int preferredRateHz) override
    {
        if (world_->openingHangs)
            world_->hangWhile(world_->openingHangs);
        if (world_->busy)
            return engine::fail(engine::ErrorCode::Device, "busy");
        const int fixedRateHz = world_->deviceRateHz;
        return std::make_unique<FakeStream>(
            world_, fixedRateHz > 0 ? fixedRateHz : choice.sampleRateHz.value_or(preferredRateHz));
    }

private:
    std::shared_ptr<World> world_;
};

struct Fixture {
    explicit Fixture(double noAnswerSeconds = 60.0)
    {
        PlayerOptions options;
        options.driver = std::make_shared<FakeDriver>(world);
        options.times.rescanSeconds = 0.2;
        options.times.noAnswerSeconds = noAnswerSeconds;
        player = std::make_unique<Player>(options);
    }
    ~Fixture()
    {
        world->release();
        player.reset();
        // What was left behind ends now, and nothing of it may touch what is gone.
        for (int i = 0; i < 500 && world->openStreams > 0; ++i)
            QTest::qSleep(10);
    }
    Fixture(const Fixture &) = delete;
    Fixture &operator=(const Fixture &) = delete;

    void open(int preferredRateHz = 48000) { player->open({}, preferredRateHz); }
    void startPlaying()
    {
        player->setTap(std::make_shared<const AudioBuffer>(noise(48000, 2, 10 * 48000, 1)), 0);
        open();
        QVERIFY(player->play());
        QVERIFY(pollUntil(*player, 20.0,
                          [](const PlayerStatus &status) { return status.playheadSeconds > 0.1; }));
    }
    std::shared_ptr<World> world = std::make_shared<World>();
    std::unique_ptr<Player> player;
};

constexpr double generousSeconds = 20.0;

} // namespace

class TestDeviceThread : public QObject {
    Q_OBJECT

private slots:
    void opensAtTheFilesRateOrTheDevices();
    void withoutADeviceItSaysSoAndWaitsForOne();
    void aBusyDeviceIsTriedAgain();
    void aDeadStreamIsLostAndPlayingGoesOnLater_data();
    void aDeadStreamIsLostAndPlayingGoesOnLater();
    void aRateChangeRemakesTheSound();
    void theLatestTapIsHeard();
    void aTapMayFollowBeforeItsDevice();
    void closingStops();
    void rescanningShowsNewDevices();
    void theEndIsToldAndPlayStartsAnew();
    void nothingWaitsForAHangingServer_data();
    void nothingWaitsForAHangingServer();
};

void TestDeviceThread::opensAtTheFilesRateOrTheDevices()
{
    for (const int fixedRateHz : {0, 48000}) {
        Fixture fixture;
        fixture.world->deviceRateHz = fixedRateHz;
        fixture.open(44100);
        QVERIFY(std::holds_alternative<DeviceOpening>(fixture.player->poll().device) ||
                std::holds_alternative<DeviceRunning>(fixture.player->poll().device));
        QVERIFY(pollUntilDevice<DeviceRunning>(*fixture.player, generousSeconds));
        const PlayerStatus status = fixture.player->poll();
        QCOMPARE(std::get<DeviceRunning>(status.device).stream.rateHz,
                 fixedRateHz == 0 ? 44100 : fixedRateHz);
        QCOMPARE(status.deviceListGeneration, std::uint64_t{1});
        QCOMPARE(fixture.player->devices()->size(), std::size_t{1});
    }
}

void TestDeviceThread::withoutADeviceItSaysSoAndWaitsForOne()
{
    Fixture fixture;
    fixture.world->devices = 0;
    QVERIFY(!fixture.player->play()); // closed
    fixture.open();
    QVERIFY(pollUntilDevice<NoDevice>(*fixture.player, generousSeconds));
    QVERIFY(!fixture.player->play());
    QVERIFY(!fixture.player->togglePlay());
    QVERIFY(!fixture.player->poll().playWanted);
    fixture.world->devices = 1;
    QVERIFY(pollUntilDevice<DeviceRunning>(*fixture.player, generousSeconds));
    QVERIFY(fixture.player->play());
}

void TestDeviceThread::aBusyDeviceIsTriedAgain()
{
    Fixture fixture;
    fixture.world->busy = true;
    fixture.open();
    QVERIFY(pollUntilDevice<DeviceFailed>(*fixture.player, generousSeconds));
    QCOMPARE(std::get<DeviceFailed>(fixture.player->poll().device).error.problem,
             std::string("busy"));
    fixture.world->busy = false;
    QVERIFY(pollUntilDevice<DeviceRunning>(*fixture.player, generousSeconds));
}

void TestDeviceThread::aDeadStreamIsLostAndPlayingGoesOnLater_data()
{
    QTest::addColumn<bool>("closingHangs");
    QTest::newRow("the dead stream can be closed") << false;
    QTest::newRow("closing it hangs for ever") << true;
}

void TestDeviceThread::aDeadStreamIsLostAndPlayingGoesOnLater()
{
    QFETCH(bool, closingHangs);
    Fixture fixture;
    fixture.startPlaying();
    fixture.world->closingHangs = closingHangs;
    fixture.world->devices = 0;
    fixture.world->dead = true;
    QVERIFY(pollUntilDevice<DeviceLost>(*fixture.player, generousSeconds));
    const PlayerStatus lost = fixture.player->poll();
    const DeviceLost device = std::get<DeviceLost>(lost.device);
    QCOMPARE(device.name, std::string("fake"));
    QVERIFY(device.atSeconds > 0.1);
    QCOMPARE(device.atSeconds, lost.playheadSeconds);
    QVERIFY(lost.playWanted);
    QVERIFY(!fixture.player->play());
    QTest::qSleep(600); // attempts that fail leave it lost, at the same place
    QCOMPARE(std::get<DeviceLost>(fixture.player->poll().device).atSeconds, device.atSeconds);
    fixture.world->dead = false;
    fixture.world->devices = 1;
    QVERIFY(pollUntilDevice<DeviceRunning>(*fixture.player, generousSeconds));
    double first = -1.0; // where it goes on
    QVERIFY(pollUntil(*fixture.player, generousSeconds, [&](const PlayerStatus &status) {
        if (first < 0.0 && status.state == PlaybackState::Playing)
            first = status.playheadSeconds;
        return status.playheadSeconds > device.atSeconds + 0.5;
    }));
    QVERIFY(first >= device.atSeconds);
}

void TestDeviceThread::aRateChangeRemakesTheSound()
{
    Fixture fixture;
    fixture.startPlaying();
    const double before = fixture.player->poll().playheadSeconds;
    fixture.world->deviceRateHz = 44100;
    fixture.open(44100);
    QVERIFY(pollUntil(*fixture.player, generousSeconds, [&](const PlayerStatus &status) {
        const auto *running = std::get_if<DeviceRunning>(&status.device);
        return running != nullptr && running->stream.rateHz == 44100 &&
               status.state == PlaybackState::Playing && status.playheadSeconds > before + 0.2;
    }));
    QCOMPARE(fixture.world->openStreams.load(), 1);
}

void TestDeviceThread::theLatestTapIsHeard()
{
    Fixture fixture;
    fixture.world->deviceRateHz = 44100; // each has to be resampled
    fixture.startPlaying();
    for (int i = 0; i < 20; ++i)
        fixture.player->setTap(
            std::make_shared<const AudioBuffer>(
                noise(48000, 2, 48000 * (i == 19 ? 1 : 20), static_cast<std::uint64_t>(i))),
            0);
    // Only the last one is so short that it ends.
    QVERIFY(pollUntil(*fixture.player, generousSeconds, [](const PlayerStatus &status) {
        return status.state == PlaybackState::Ended;
    }));
    QCOMPARE(fixture.player->poll().playheadFrame, std::int64_t{48000});
}

void TestDeviceThread::aTapMayFollowBeforeItsDevice()
{
    Fixture fixture;
    fixture.player->setVolumeDb(-6.0);
    fixture.player->setLoop(FrameRange{24000, 36000});
    fixture.player->setTap(std::make_shared<const AudioBuffer>(noise(48000, 1, 48000, 1)), 96000);
    fixture.player->seekFrame(24000);
    QCOMPARE(fixture.player->poll().playheadFrame, std::int64_t{24000});
    fixture.player->seekSeconds(100.0);
    QCOMPARE(fixture.player->poll().playheadFrame, std::int64_t{48000});
    fixture.player->seekSeconds(0.5);
    fixture.open();
    QVERIFY(fixture.player->play());
    int played = 0;
    QVERIFY(pollUntil(*fixture.player, generousSeconds, [&](const PlayerStatus &status) {
        const bool plays = status.state == PlaybackState::Playing;
        played += plays ? 1 : 0;
        return played == 50 ||
               (plays && (status.playheadFrame < 24000 || status.playheadFrame > 36000));
    }));
    QCOMPARE(played, 50);
    QVERIFY(fixture.player->poll().meters.rmsDb[0] > -12.0);
}

void TestDeviceThread::closingStops()
{
    Fixture fixture;
    fixture.startPlaying();
    fixture.player->close();
    const PlayerStatus status = fixture.player->poll();
    QVERIFY(std::holds_alternative<DeviceClosed>(status.device));
    QVERIFY(!status.playWanted);
    QTRY_COMPARE(fixture.world->openStreams.load(), 0);
    fixture.open();
    QVERIFY(pollUntilDevice<DeviceRunning>(*fixture.player, generousSeconds));
    QVERIFY(fixture.player->poll().playheadSeconds > 0.1);
    QCOMPARE(fixture.player->poll().state, PlaybackState::Stopped);
}

void TestDeviceThread::rescanningShowsNewDevices()
{
    Fixture fixture;
    fixture.startPlaying();
    fixture.world->devices = 3;
    fixture.player->rescanDevices();
    QVERIFY(pollUntil(*fixture.player, generousSeconds,
                      [](const PlayerStatus &status) { return status.deviceListGeneration == 2; }));
    QCOMPARE(fixture.player->devices()->size(), std::size_t{3});
    QVERIFY(pollUntil(*fixture.player, generousSeconds, [](const PlayerStatus &status) {
        return status.state == PlaybackState::Playing && status.playheadSeconds > 0.3;
    }));
}

void TestDeviceThread::theEndIsToldAndPlayStartsAnew()
{
    Fixture fixture;
    fixture.player->setTap(std::make_shared<const AudioBuffer>(noise(48000, 2, 24000, 1)), 0);
    fixture.open();
    for (int round = 0; round < 2; ++round) {
        QVERIFY(fixture.player->togglePlay());
        QVERIFY(pollUntil(*fixture.player, generousSeconds, [](const PlayerStatus &status) {
            return status.state == PlaybackState::Ended && !status.playWanted;
        }));
    }
}

void TestDeviceThread::nothingWaitsForAHangingServer_data()
{
    QTest::addColumn<QString>("what");
    for (const char *what : {"rescanning", "opening", "closing"})
        QTest::newRow(what) << what;
}

void TestDeviceThread::nothingWaitsForAHangingServer()
{
    QFETCH(QString, what);
    Fixture fixture(0.5);
    fixture.world->rescanHangs = what == "rescanning";
    fixture.world->openingHangs = what == "opening";
    fixture.world->closingHangs = what == "closing";
    fixture.open();
    if (what == "closing")
        QVERIFY(pollUntilDevice<DeviceRunning>(*fixture.player, generousSeconds));
    double slowest = 0.0;
    for (int i = 0; i < 50; ++i) {
        const double before = engine::secondsNow();
        (void)fixture.player->play();
        (void)fixture.player->poll();
        fixture.player->rescanDevices();
        fixture.player->open({}, i);
        slowest = std::max(slowest, engine::secondsNow() - before);
        QTest::qSleep(2);
    }
    QVERIFY2(slowest < 0.2, qPrintable(QString::number(slowest)));
    if (what != "closing")
        QVERIFY(pollUntilDevice<DeviceFailed>(*fixture.player, generousSeconds));
    const double before = engine::secondsNow();
    fixture.player.reset();
    const double seconds = engine::secondsNow() - before;
    QVERIFY2(seconds < 1.0, qPrintable(QString::number(seconds)));
}

QD_TEST(TestDeviceThread, QCoreApplication)
#include "TestDeviceThread.moc"
