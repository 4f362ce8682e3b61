// SPDX-License-Identifier: GPL-3.0-or-later
//
// The player in real time with a sound server of the test's own: what is recorded is the tap, bit
// for bit; when the server is killed that is told within a second; when it is back, playing goes
// on.

#include "tests/playback/AlsaFixture.h"
#include "tests/playback/PlaybackFixture.h"
#include "tests/support/Sanitizers.h"
#include "tests/support/TestProgram.h"

#include <QDir>
#include <QProcess>
#include <QStandardPaths>

using namespace tests;

namespace {

constexpr int rateHz = 48000;
constexpr double generousSeconds = 30.0;

/// A PulseAudio whose only sink goes nowhere, at 48 kHz in float.
class SoundServer {
public:
    explicit SoundServer(QString folder) : folder_(std::move(folder))
    {
        QDir().mkpath(folder_ + QStringLiteral("/run"));
        QFile::setPermissions(folder_ + QStringLiteral("/run"),
                              QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }
    ~SoundServer() { kill(); }
    SoundServer(const SoundServer &) = delete;
    SoundServer &operator=(const SoundServer &) = delete;

    QString socket() const { return folder_ + QStringLiteral("/run/native"); }
    QProcessEnvironment environment() const
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("HOME"), folder_);
        environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), folder_ + QStringLiteral("/run"));
        environment.insert(QStringLiteral("PULSE_SERVER"), QStringLiteral("unix:") + socket());
        return environment;
    }
    bool start()
    {
        QFile::remove(socket());
        process_.setProcessEnvironment(environment());
        process_.setStandardErrorFile(QProcess::nullDevice());
        process_.start(
            QStringLiteral("pulseaudio"),
            {QStringLiteral("-n"), QStringLiteral("--daemonize=no"),
             QStringLiteral("--exit-idle-time=-1"), QStringLiteral("--use-pid-file=no"),
             QStringLiteral("--disable-shm=yes"), QStringLiteral("--realtime=no"),
             QStringLiteral("--high-priority=no"), QStringLiteral("-L"),
             QStringLiteral("module-native-protocol-unix auth-anonymous=1 socket=") + socket(),
             QStringLiteral("-L"),
             QStringLiteral("module-null-sink sink_name=test rate=48000 channels=2 "
                            "format=float32le norewinds=1")});
        return process_.waitForStarted() &&
               QTest::qWaitFor([this] { return QFile::exists(socket()); }, 10000);
    }
    /// Without a chance to say goodbye.
    void kill()
    {
        process_.kill();
        process_.waitForFinished();
    }

private:
    QString folder_;
    QProcess process_;
};

std::vector<float> samplesOf(const QByteArray &bytes)
{
    std::vector<float> samples(static_cast<std::size_t>(bytes.size()) / sizeof(float));
    std::memcpy(samples.data(), bytes.constData(), samples.size() * sizeof(float));
    const auto first = std::ranges::find_if(samples, [](float x) { return x != 0.0F; });
    return {first, samples.end()};
}

} // namespace

class TestPlayerRealTime : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init() { QVERIFY(server_->start()); }
    void cleanup() { server_->kill(); }
    void whatIsRecordedIsTheTapBitForBit();
    void aKilledServerIsLostAndPlayingGoesOnWhenItIsBack();
    void aPlayerEndsAtOnceWhenItsServerWasKilled();

private:
    void startPlaying(Player &player, int seconds);

    AlsaWorld world_;
    std::unique_ptr<SoundServer> server_;
};

void TestPlayerRealTime::initTestCase()
{
    if constexpr (underThreadSanitizer)
        QSKIP(nothingIsCaptured);
    for (const char *program : {"pulseaudio", "parec"}) {
        if (QStandardPaths::findExecutable(QString::fromLatin1(program)).isEmpty())
            QSKIP(qPrintable(QString("%1 is not installed.").arg(program)));
    }
    if (!AlsaWorld::hasPulsePlugin())
        QSKIP("ALSA's PulseAudio plugin (libasound2-plugins) is not installed.");
    server_ = std::make_unique<SoundServer>(world_.path("pulse"));
    world_.use(AlsaWorld::pulse(server_->socket()));
}

void TestPlayerRealTime::startPlaying(Player &player, int seconds)
{
    player.setTap(
        std::make_shared<const AudioBuffer>(noise(rateHz, 2, std::int64_t{seconds} * rateHz, 9)),
        0);
    DeviceChoice choice;
    choice.bufferMs = 200.0; // a test machine may be very busy
    player.open(choice, rateHz);
    QVERIFY(pollUntilDevice<DeviceRunning>(player, generousSeconds));
    QVERIFY(player.play());
    QVERIFY(pollUntil(player, generousSeconds,
                      [](const PlayerStatus &status) { return status.playheadSeconds > 0.5; }));
}

void TestPlayerRealTime::whatIsRecordedIsTheTapBitForBit()
{
    constexpr int seconds = 3;
    QProcess recorder;
    recorder.setProcessEnvironment(server_->environment());
    recorder.start(QStringLiteral("parec"),
                   {QStringLiteral("--device=test.monitor"), QStringLiteral("--format=float32le"),
                    QStringLiteral("--rate=48000"), QStringLiteral("--channels=2"),
                    QStringLiteral("--latency-msec=20"), QStringLiteral("--raw")});
    QVERIFY(recorder.waitForReadyRead()); // it records silence by now
    QByteArray recorded;
    Player player;
    startPlaying(player, seconds);
    QVERIFY(pollUntil(player, generousSeconds, [&](const PlayerStatus &status) {
        recorder.waitForReadyRead(1);
        return status.state == PlaybackState::Ended;
    }));
    for (int i = 0; i < 100; ++i) // what is still on its way
        recorder.waitForReadyRead(10);
    recorded = recorder.readAllStandardOutput();
    recorder.kill();
    recorder.waitForFinished();
    const std::vector<float> heard = samplesOf(recorded);
    QVERIFY(heard.size() >= 2U * seconds * rateHz);
    QVERIFY(sameBits(part(heard, 0, seconds * rateHz),
                     part(soundOf(noise(rateHz, 2, seconds * rateHz, 9)), 0, seconds * rateHz)));
    QCOMPARE(player.poll().dropouts, std::uint64_t{0});
}

void TestPlayerRealTime::aKilledServerIsLostAndPlayingGoesOnWhenItIsBack()
{
    Player player;
    startPlaying(player, 60);
    server_->kill();
    const double killedAt = engine::secondsNow();
    QVERIFY(pollUntilDevice<DeviceLost>(player, generousSeconds));
    const double lostAfter = engine::secondsNow() - killedAt;
    const double atSeconds = std::get<DeviceLost>(player.poll().device).atSeconds;
    QVERIFY(atSeconds > 0.4);
    QTest::qSleep(3000); // at least one attempt fails
    QVERIFY(std::holds_alternative<DeviceLost>(player.poll().device));
    QVERIFY(server_->start());
    QVERIFY(pollUntilDevice<DeviceRunning>(player, generousSeconds));
    QVERIFY(pollUntil(player, generousSeconds, [&](const PlayerStatus &status) {
        return status.state == PlaybackState::Playing && status.playheadSeconds > atSeconds + 1.0;
    }));
    QVERIFY2(lostAfter < 1.0, qPrintable(QString::number(lostAfter)));
}

void TestPlayerRealTime::aPlayerEndsAtOnceWhenItsServerWasKilled()
{
    auto player = std::make_unique<Player>();
    startPlaying(*player, 60);
    server_->kill();
    const double killedAt = engine::secondsNow();
    player.reset();
    const double seconds = engine::secondsNow() - killedAt;
    QVERIFY2(seconds < 1.0, qPrintable(QString::number(seconds)));
}

QD_TEST(TestPlayerRealTime, QCoreApplication)
#include "TestPlayerRealTime.moc"
