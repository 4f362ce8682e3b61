// SPDX-License-Identifier: GPL-3.0-or-later
//
// A computer without a working sound server: the player says so within a second, refuses to play,
// prints nothing and ends at once.

#include "tests/playback/AlsaFixture.h"
#include "tests/playback/PlaybackFixture.h"
#include "tests/support/TestProgram.h"

#include "engine/playback/AudioDevices.h"

using namespace tests;

class TestPlayerNoDevice : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void itIsToldAndNothingHangsOrIsPrinted();
    void theListIsEmpty();

private:
    AlsaWorld world_;
};

void TestPlayerNoDevice::initTestCase()
{
    if (!AlsaWorld::hasPulsePlugin())
        QSKIP("ALSA's PulseAudio plugin (libasound2-plugins) is not installed.");
    // A configuration without any device would end the process inside Pa_Initialize.
    world_.use(AlsaWorld::pulse(world_.path("no-server-here")));
}

void TestPlayerNoDevice::itIsToldAndNothingHangsOrIsPrinted()
{
    CapturedStderr printed(world_.path("stderr"));
    auto player = std::make_unique<Player>();
    player->setTap(std::make_shared<const AudioBuffer>(noise(48000, 2, 48000, 1)), 0);
    const double openedAt = engine::secondsNow();
    player->open({}, 48000);
    const bool told = pollUntilDevice<NoDevice>(*player, 20.0);
    const double toldAt = engine::secondsNow();
    const bool plays = player->play();
    (void)pollUntil(*player, 3.0, [](const PlayerStatus &) { return false; }); // it looks again
    const bool still = std::holds_alternative<NoDevice>(player->poll().device);
    const double endingAt = engine::secondsNow();
    player.reset();
    const double endedAt = engine::secondsNow();
    const QByteArray text = printed.text();
    QVERIFY(told);
    QVERIFY2(toldAt - openedAt < 1.0, qPrintable(QString::number(toldAt - openedAt)));
    QVERIFY(!plays);
    QVERIFY(still);
    QVERIFY2(endedAt - endingAt < 1.0, qPrintable(QString::number(endedAt - endingAt)));
    QCOMPARE(text, QByteArray());
}

void TestPlayerNoDevice::theListIsEmpty()
{
    const auto devices = listOutputDevices();
    QVERIFY(devices);
    QVERIFY(devices->empty());
}

QD_TEST(TestPlayerNoDevice, QCoreApplication)
#include "TestPlayerNoDevice.moc"
