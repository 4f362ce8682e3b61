// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the window shows of playing: CLIP belongs to what is heard, and nothing is painted while
// nothing plays.

#include "tests/app/WorkstationFixture.h"
#include "tests/support/TestProgram.h"
#include "widgets/panels/LevelMeter.h"

using namespace tests;

namespace {

/// The names of all widgets that are painted while it lives.
class PaintCounter : public QObject {
public:
    PaintCounter() { qApp->installEventFilter(this); }
    QStringList widgets;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Paint)
            widgets << QStringLiteral("%1 %2").arg(
                QLatin1String(watched->metaObject()->className()), watched->objectName());
        return false;
    }
};

} // namespace

class TestPlaybackShown : public WorkstationFixture {
    Q_OBJECT

private slots:
    void clipIsToldOfWhatIsHeard();
    void atRestNothingIsPainted();
};

void TestPlaybackShown::clipIsToldOfWhatIsHeard()
{
    Random random(3);
    writeSound(in("loud.wav"), SF_FORMAT_WAV | SF_FORMAT_FLOAT,
               makeSignal(SignalKind::Noise, {44100, 2}, 44100, 1.5, random));
    makeNoise("quiet.wav", 2, 44100);
    startWindow();
    openSound(in("loud.wav"));
    const auto &meter = *window_->findChild<widgets::LevelMeter *>();
    click("tap.input");
    click("previewButton");
    QTRY_VERIFY_WITH_TIMEOUT(meter.isClipped(), patienceMs);
    // The last stage keeps it below full scale.
    click("tap.output");
    QVERIFY(!meter.isClipped());
    QTest::qWait(600);
    QVERIFY(!meter.isClipped());
    click("tap.input");
    QTRY_VERIFY_WITH_TIMEOUT(meter.isClipped(), patienceMs);
    openSound(in("quiet.wav"));
    QVERIFY(!meter.isClipped());
    QTest::qWait(600);
    QVERIFY(!meter.isClipped());
}

void TestPlaybackShown::atRestNothingIsPainted()
{
    makeNoise("in.wav", 2, 44100);
    startWindow();
    openSound(in("in.wav"));
    window_->resize(1440, 900);
    PaintCounter painted;
    const auto atRest = [&] {
        return QTest::qWaitFor(
            [&] {
                painted.widgets.clear();
                QTest::qWait(500);
                return painted.widgets.isEmpty();
            },
            patienceMs);
    };
    QVERIFY2(atRest(), qPrintable(painted.widgets.join(u' ')));
    click("previewButton");
    QTRY_VERIFY_WITH_TIMEOUT(
        window_->playback().status().state == engine::playback::PlaybackState::Playing, patienceMs);
    QTest::qWait(200);
    QVERIFY(!painted.widgets.isEmpty());
    QTest::keyClick(window_.get(), Qt::Key_Space);
    QVERIFY2(atRest(), qPrintable(painted.widgets.join(u' ')));
}

QD_TEST(TestPlaybackShown, QApplication)
#include "TestPlaybackShown.moc"
