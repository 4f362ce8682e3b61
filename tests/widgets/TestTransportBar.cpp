// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/TransportBar.h"

#include "tests/support/TestProgram.h"
#include "tests/widgets/PanelTest.h"
#include "widgets/panels/LevelMeter.h"
#include "widgets/panels/Readouts.h"
#include "widgets/panels/VolumeSlider.h"

#include <QElapsedTimer>
#include <QPushButton>
#include <QSignalSpy>

#include <limits>

using namespace panel_test;
using namespace widgets;

class TestTransportBar : public QObject {
    Q_OBJECT

    std::unique_ptr<TransportBar> bar_;
    QAbstractButton *button(const char *name) const
    {
        return bar_->findChild<QAbstractButton *>(QLatin1String(name));
    }
    TimeReadout *time() const { return bar_->findChild<TimeReadout *>(); }
    LoudnessReadout *loudness() const { return bar_->findChild<LoudnessReadout *>(); }
    VolumeSlider *volume() const { return bar_->findChild<VolumeSlider *>(); }
    static TransportState playing() { return {true, true, 4.231, true, 0.0, 10.0, 48000}; }

private slots:
    void initTestCase() { Theme::shared().setMode(Theme::Mode::Dark); }
    void init()
    {
        bar_ = std::make_unique<TransportBar>();
        bar_->resize(1440, 64);
        bar_->show();
        QVERIFY(QTest::qWaitForWindowExposed(bar_.get()));
    }
    void withoutAPreviewThereIsNothingToPlay()
    {
        QVERIFY(!button("play")->isEnabled() && !button("toStart")->isEnabled());
        QCOMPARE(time()->loopText(), QStringLiteral("No preview"));
    }
    void playPauseToStartAndLoop()
    {
        bar_->setTransport(playing());
        QSignalSpy play(bar_.get(), &TransportBar::playRequested);
        QSignalSpy start(bar_.get(), &TransportBar::toStartRequested);
        QSignalSpy loop(bar_.get(), &TransportBar::loopToggled);
        QCOMPARE(button("play")->accessibleName(), QStringLiteral("Pause"));
        QTest::mouseClick(button("play"), Qt::LeftButton);
        QCOMPARE(play.last().first().toBool(), false);
        TransportState paused = playing();
        paused.playing = false;
        bar_->setTransport(paused);
        QCOMPARE(button("play")->accessibleName(), QStringLiteral("Play"));
        QTest::keyClick(button("play"), Qt::Key_Space);
        QCOMPARE(play.last().first().toBool(), true);
        QTest::mouseClick(button("toStart"), Qt::LeftButton);
        QCOMPARE(start.size(), 1);
        QTest::mouseClick(button("loop"), Qt::LeftButton);
        QCOMPARE(loop.last().first().toBool(), false);
    }
    void theTimeHasTwoFormats()
    {
        bar_->setTransport(playing());
        QCOMPARE(time()->timeText(), QStringLiteral("0:04.231"));
        QCOMPARE(time()->loopText(), QStringLiteral("loop 0:00 – 0:10"));
        QTest::mouseClick(time(), Qt::LeftButton);
        QCOMPARE(QString(time()->timeText()).remove(QLocale().groupSeparator()),
                 QStringLiteral("203088"));
        QTest::keyClick(time(), Qt::Key_Space);
        QCOMPARE(time()->timeText(), QStringLiteral("0:04.231"));
    }
    void metersRiseAtOnceFall24DbASecondAndHold1500Ms()
    {
        LevelMeter meter;
        meter.setPeaks({-6.0, -20.0});
        QCOMPARE(meter.shownDb(0), -6.0);
        meter.setPeaks({-60.0, -60.0});
        meter.advance(0.5);
        QCOMPARE(meter.shownDb(0), -18.0);
        QCOMPARE(meter.shownDb(1), -32.0);
        QCOMPARE(meter.heldDb(0), -6.0);
        meter.advance(0.9);
        QCOMPARE(meter.heldDb(0), -6.0);
        meter.advance(0.2);
        QVERIFY(meter.heldDb(0) < -40.0);
        meter.setPeaks(
            {std::numeric_limits<double>::quiet_NaN(), -std::numeric_limits<double>::infinity()});
        meter.advance(10.0);
        QCOMPARE(meter.shownDb(0), -60.0);
    }
    void meterZonesAreColouredAndScaled()
    {
        LevelMeter meter;
        meter.resize(260, 32);
        QVERIFY(std::abs(meter.xOf(-12.0) / 260.0 - (1.0 - std::pow(0.2, 0.72))) < 1e-9);
        QCOMPARE(meter.xOf(0.0), 260.0);
        meter.setPeaks({-1.0, -20.0});
        const QImage image = picture(meter);
        const auto at = [&](double db, int channel) {
            return image.pixel(qRound(meter.xOf(db)), qRound(meter.barRect(channel).center().y()));
        };
        const Theme &theme = Theme::shared();
        QVERIFY(near(at(-30, 0), theme.colour("meter.low")));
        QVERIFY(near(at(-8, 0), theme.colour("meter.mid")));
        QVERIFY(near(at(-2, 0), theme.colour("meter.high")));
        QVERIFY(near(at(-10, 1), theme.colour("meter.track")));
        QCOMPARE(meter.barRect(0).height(), 6.0);
    }
    void clipStaysUntilClicked()
    {
        MeterState loud{{0.5, -3.0}, {0.5, -3.0}, -8.0, -7.5, true};
        bar_->setMeters(loud);
        loud.clipped = false;
        bar_->setMeters(loud);
        QVERIFY(bar_->meter()->isClipped());
        QVERIFY(countAll(picture(*bar_->meter()), Theme::shared().colour("meter.high")) > 200);
        QSignalSpy spy(bar_.get(), &TransportBar::peakHoldResetRequested);
        QTest::mouseClick(bar_->meter(), Qt::LeftButton);
        QVERIFY(!bar_->meter()->isClipped());
        QCOMPARE(spy.size(), 1);
        loud.clipped = true;
        bar_->setMeters(loud);
        QVERIFY(bar_->meter()->isClipped());
        bar_->clearClip();
        QVERIFY(!bar_->meter()->isClipped());
    }
    void aMeterFrameTakesUnderAMillisecond()
    {
        LevelMeter meter;
        meter.resize(260, 32);
        meter.setPeaks({-1.0, -2.0});
        QImage image(meter.size(), QImage::Format_ARGB32_Premultiplied);
        const QRegion bars(QRect(0, 0, 260, 14));
        meter.render(&image);
        QElapsedTimer clock;
        clock.start();
        constexpr int times = 200;
        for (int i = 0; i < times; ++i)
            meter.render(&image, {}, bars);
        const double ms = static_cast<double>(clock.nsecsElapsed()) * 1e-6 / times;
        qInfo("%.3f ms a frame", ms);
        QVERIFY(ms < 1.0);
    }
    void loudnessIsANumber()
    {
        QCOMPARE(loudness()->loudnessText(), QStringLiteral("–"));
        bar_->setMeters({{-3.0, -4.0}, {-1.7, -2.0}, -14.0, -12.2, false});
        QCOMPARE(loudness()->loudnessText(), QStringLiteral("−12.2"));
        QCOMPARE(loudness()->peakText(), QStringLiteral("−1.7"));
        QSignalSpy spy(bar_.get(), &TransportBar::peakHoldResetRequested);
        QTest::mouseClick(loudness(), Qt::LeftButton);
        QTest::keyClick(loudness(), Qt::Key_Space);
        QCOMPARE(spy.size(), 2);
        bar_->clearMeters();
        QCOMPARE(loudness()->peakText(), QStringLiteral("–"));
    }
    void theVolume()
    {
        QSignalSpy spy(bar_.get(), &TransportBar::volumeChanged);
        wheel(*volume(), {20, 14}, -6);
        QCOMPARE(spy.last().first().toDouble(), -6.0);
        QTest::mouseDClick(volume(), Qt::LeftButton);
        QCOMPARE(spy.last().first().toDouble(), 0.0);
        QTest::keyClick(volume(), Qt::Key_Down);
        QCOMPARE(spy.last().first().toDouble(), -1.0);
        QTest::keyClick(volume(), Qt::Key_Home);
        QVERIFY(std::isinf(spy.last().first().toDouble()));
        QCOMPARE(volume()->words(), QStringLiteral("Silent"));
        QTest::mousePress(volume(), Qt::LeftButton, {}, QPoint(volume()->width() - 1, 14));
        QTest::mouseRelease(volume(), Qt::LeftButton, {}, QPoint(volume()->width() - 1, 14));
        QCOMPARE(spy.last().first().toDouble(), 6.0);
        QCOMPARE(volume()->words(), QStringLiteral("+6.0 dB"));
        QTest::mouseClick(button("mute"), Qt::LeftButton);
        QVERIFY(std::isinf(spy.last().first().toDouble()));
        QTest::mouseClick(button("mute"), Qt::LeftButton);
        QCOMPARE(spy.last().first().toDouble(), 6.0);
        bar_->setVolume(-3.0);
        QCOMPARE(volume()->decibels(), -3.0);
    }
    void aLostDeviceTakesTheVolumesPlace()
    {
        QVERIFY(!button("deviceChip")->isVisible());
        bar_->setDeviceNotice(DeviceNotice{
            QStringLiteral("No audio device"),
            QStringLiteral("No audio device"),
            QStringLiteral("“Scarlett 2i2” was unplugged, so playback stopped at 0:04.2. You can "
                           "still edit, look and render."),
            {{QStringLiteral("builtin"), QStringLiteral("Use Built-in Audio"), true},
             {QStringLiteral("choose"), QStringLiteral("Choose a device…"), false}}});
        QVERIFY(button("deviceChip")->isVisible() && !volume()->isVisible());
        QCOMPARE(button("deviceChip")->text(), QStringLiteral("No audio device"));
        QTest::mouseClick(button("deviceChip"), Qt::LeftButton);
        auto *popover = bar_->findChild<DevicePopover *>();
        QVERIFY(popover->isVisible());
        QSignalSpy spy(bar_.get(), &TransportBar::deviceActionTriggered);
        for (QPushButton *action : popover->findChildren<QPushButton *>())
            if (action->text() == u"Choose a device…")
                QTest::mouseClick(action, Qt::LeftButton);
        QCOMPARE(spy.size(), 1);
        QCOMPARE(spy.first().first().toString(), QStringLiteral("choose"));
        QVERIFY(!popover->isVisible());
        bar_->setDeviceNotice({});
        QVERIFY(volume()->isVisible());
    }
    void nothingClipsAtTheSmallestWindow()
    {
        bar_->setCompact(true);
        bar_->resize(1280, 56);
        bar_->setTransport(playing());
        QTest::qWait(20);
        QCOMPARE(bar_->height(), 56);
        QCOMPARE(firstClipped(*bar_), QString());
        QCOMPARE(button("play")->size(), QSize(40, 40));
    }
};

QD_TEST(TestTransportBar, QApplication)
#include "TestTransportBar.moc"
