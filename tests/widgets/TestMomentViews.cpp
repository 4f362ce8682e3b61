// SPDX-License-Identifier: GPL-3.0-or-later
//
// Claims about the views of one moment: the spectrum is that of the playhead or the average of all,
// what it holds is the highest since the reset, and it keeps its pace; the scope shows the channel
// that was chosen and begins where the trigger says.
#include "engine/base/Units.h"
#include "tests/support/TestProgram.h"
#include "tests/widgets/VisualizerFixture.h"
#include "widgets/views/ScopeView.h"
#include "widgets/views/SpectrumView.h"

#include <QSignalSpy>

using namespace widgets;
using namespace engine::analysis;
using namespace tests;

namespace {

/// 440 Hz in the first second, 2000 Hz in the second.
Sound twoTones()
{
    auto sound = tone(440.0, 0.5, 2.0, 1, 0.0, 1.0);
    const Sound late = tone(2000.0, 0.25, 2.0, 1, 1.0, 2.0);
    std::ranges::transform(sound->channel(0), late->channel(0), sound->channel(0).begin(),
                           std::plus<>());
    return sound;
}

double levelOf(const SpectrumView::Snapshot &spectrum, double hz)
{
    return spectrum->peakNear(hz).db;
}

/// Left and right with their own tone and level.
Sound stereo(double leftHz, double left, double rightHz, double right)
{
    auto sound = tone(leftHz, left, 1.0, 2);
    std::ranges::copy(tone(rightHz, right)->channel(0), sound->channel(1).begin());
    return sound;
}

} // namespace

class TestMomentViews final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QLocale::setDefault(QLocale::c());
        Theme::shared().setMode(Theme::Mode::Dark);
    }

    void theSpectrumIsOfThePlayheadOrOfAll()
    {
        SpectrumView view;
        open(view);
        view.setSounds(twoTones(), tone(440.0, 0.125, 2.0), 10.0);
        QVERIFY(ready(view));
        // Half of the window each: 3 dB less in power.
        QVERIFY(std::abs(levelOf(view.spectrum(), 440.0) + 6.02 + 3.01) < 0.5);
        QVERIFY(std::abs(levelOf(view.spectrum(), 2000.0) + 12.04 + 3.01) < 0.5);
        QSignalSpy changed(&view, &SpectrumView::momentChanged);
        view.setMoment(SpectrumMoment::Playhead);
        QCOMPARE(changed.size(), 1);
        view.setPlayhead(10.5);
        QVERIFY(ready(view));
        QVERIFY(std::abs(levelOf(view.spectrum(), 440.0) + 6.02) < 0.1);
        QVERIFY(levelOf(view.spectrum(), 2000.0) < -80.0);
        const QStringList words = view.hoverText({view.xOfHz(440.0), 50.0});
        QVERIFY(words.contains(QStringLiteral("−6.0 dB")));
        QVERIFY(words.contains(QStringLiteral("+12.0 dB"))); // against the input
        view.setPlayhead(11.5);
        QVERIFY(ready(view));
        QVERIFY(std::abs(levelOf(view.spectrum(), 2000.0) + 12.04) < 0.1);
        QVERIFY(levelOf(view.spectrum(), 440.0) < -80.0);
        view.setPlayhead(99.0); // beyond the window: its end
        QVERIFY(ready(view));
        view.setSounds(nullptr, nullptr, 0.0);
        QVERIFY(!view.spectrum());
        QVERIFY(ready(view));
    }
    void whatIsHeldIsTheHighestSinceTheReset()
    {
        SpectrumView view;
        open(view);
        view.setMoment(SpectrumMoment::Playhead);
        view.setSounds(twoTones(), nullptr, 0.0);
        QSignalSpy changed(&view, &SpectrumView::peakHoldShownChanged);
        view.setPeakHoldShown(true);
        QCOMPARE(changed.size(), 1);
        const auto look = [&](double seconds) {
            view.setPlayhead(seconds);
            return ready(view);
        };
        QVERIFY(look(0.5) && look(1.5));
        QVERIFY(std::abs(levelOf(view.held(), 440.0) + 6.02) < 0.1);
        QVERIFY(std::abs(levelOf(view.held(), 2000.0) + 12.04) < 0.1);
        view.resetPeakHold();
        QVERIFY(!view.held());
        QVERIFY(look(1.6));
        QVERIFY(levelOf(view.held(), 440.0) < -80.0);
        QVERIFY(std::abs(levelOf(view.held(), 2000.0) + 12.04) < 0.1);
        view.setMoment(SpectrumMoment::Average); // of all the window
        QVERIFY(ready(view));
        QVERIFY(std::abs(levelOf(view.held(), 440.0) + 6.02) < 0.1);
        QVERIFY(std::abs(levelOf(view.held(), 2000.0) + 12.04) < 0.1);
        view.setPeakHoldShown(false);
        QVERIFY(!view.held());
        QVERIFY(ready(view));
        QVERIFY(!view.held());
    }
    void aFastPlayheadIsFollowedAtItsPaceAndToItsEnd()
    {
        SpectrumView view;
        open(view);
        view.setMoment(SpectrumMoment::Playhead);
        view.setSounds(twoTones(), nullptr, 0.0);
        QVERIFY(ready(view));
        QSignalSpy shown(&view, &PlotView::pictureShown);
        for (int i = 1; i <= 300; ++i) // within one turn of the event loop
            view.setPlayhead(0.005 * i);
        QVERIFY(ready(view));
        QVERIFY2(shown.size() <= 4, qPrintable(QString::number(shown.size())));
        QVERIFY(std::abs(levelOf(view.spectrum(), 2000.0) + 12.04) < 0.1); // 1.5 s
        view.hide();
        view.setPlayhead(0.5);
        QTest::qWait(2 * SpectrumView::followMs);
        QVERIFY(levelOf(view.spectrum(), 440.0) < -80.0); // nothing is worked out unseen
        view.show();
        QVERIFY(ready(view));
        QVERIFY(std::abs(levelOf(view.spectrum(), 440.0) + 6.02) < 0.1);
    }
    void rangesCanBeChosen()
    {
        SpectrumView view;
        QSignalSpy changed(&view, &SpectrumView::dbRangeChanged);
        for (const AxisRange range : SpectrumView::dbRangeChoices())
            view.setDbRange(range);
        QCOMPARE(view.shownY(), (AxisRange{-120.0, 0.0}));
        QCOMPARE(changed.size(), 4); // from −90 away and back
    }

    void theScopeShowsTheChannel_data()
    {
        QTest::addColumn<int>("channel");
        QTest::addColumn<double>("crest");
        QTest::newRow("left") << static_cast<int>(ScopeChannel::Left) << 0.8;
        QTest::newRow("right") << static_cast<int>(ScopeChannel::Right) << 0.4;
        QTest::newRow("mid") << static_cast<int>(ScopeChannel::Mid) << 0.6;
        QTest::newRow("side") << static_cast<int>(ScopeChannel::Side) << 0.2;
    }
    void theScopeShowsTheChannel()
    {
        QFETCH(int, channel);
        QFETCH(double, crest);
        ScopeView view;
        open(view);
        QSignalSpy changed(&view, &ScopeView::channelChanged);
        view.setChannel(static_cast<ScopeChannel>(channel));
        QCOMPARE(changed.size(), channel == 0 ? 0 : 1);
        view.setSound(stereo(100.0, 0.8, 100.0, 0.4), 0.0);
        view.setPlayhead(0.5034);
        QVERIFY(ready(view));
        const QStringList words = view.hoverText({view.xAt(2.5), 10.0}); // a quarter of 10 ms
        QVERIFY2(std::abs(words[2].toDouble() - crest) < 0.002, qPrintable(words[2]));
        const QImage image = view.picture(1.0);
        const QRgb accent = Theme::shared().colour("stage.distortion").rgb();
        QVERIFY(near(image.pixel(inPicture({view.xAt(2.5), view.yAt(crest)}, 1.0)), accent, 60));
    }
    void leftAndRightLieOverEachOther()
    {
        ScopeView view;
        open(view);
        view.setChannel(ScopeChannel::Both);
        view.setSound(stereo(100.0, 0.8, 100.0, -0.4), 0.0);
        view.setInput(tone(100.0, 0.6));
        view.setPlayhead(0.5034);
        QVERIFY(ready(view));
        const QStringList words = view.hoverText({view.xAt(2.5), 10.0});
        QCOMPARE(words.size(), 6); // time; left; right: the input is left out
        QVERIFY(std::abs(words[2].toDouble() - 0.8) < 0.002);
        QCOMPARE(words[4], QStringLiteral("−0.400"));
        const QImage image = view.picture(1.0);
        const QRgb ground = Theme::shared().colour("ground.plot").rgb();
        const auto drawn = [&](double value) {
            return !near(image.pixel(inPicture({view.xAt(2.5), view.yAt(value)}, 1.0)), ground, 60);
        };
        QVERIFY(drawn(0.8) && drawn(-0.4) && !drawn(0.6) && !drawn(-0.8));
        QVERIFY(view.valuesAsCsv().startsWith(
            QStringLiteral("Time (ms),Left (full scale),Right (full scale)\n")));
        view.setSound(tone(100.0, 0.5), 0.0); // one channel is its own both
        QVERIFY(ready(view));
        QCOMPARE(view.hoverText({view.xAt(2.5), 10.0}).size(), 4);
    }
    void theTriggerChoosesTheBegin()
    {
        ScopeView view;
        open(view);
        view.setSound(tone(100.0, 0.7), 0.0);
        view.setPlayhead(0.5034);
        const double period = rate / 100.0;
        const auto phase = [&](ScopeTrigger trigger) {
            view.setTrigger(trigger);
            return ready(view) ? std::fmod(view.originFrame(), period) / period : -1.0;
        };
        QVERIFY(std::abs(phase(ScopeTrigger::Falling) - 0.5) < 0.001);
        const double rising = phase(ScopeTrigger::Rising);
        QVERIFY(rising < 0.001 || rising > 0.999);
        QVERIFY(std::abs(phase(ScopeTrigger::Off) - std::fmod(0.5034 * 100.0, 1.0)) < 1e-6);
        QCOMPARE(view.originFrame(), 0.5034 * rate);
    }
    void theLengthIsToldHoweverItChanges()
    {
        ScopeView view;
        open(view);
        view.setSound(tone(100.0, 0.7), 0.0);
        QSignalSpy changed(&view, &ScopeView::lengthMsChanged);
        for (const double ms : ScopeView::lengthChoicesMs()) {
            view.setLengthMs(ms);
            QCOMPARE(view.lengthMs(), ms);
        }
        QCOMPARE(changed.last()[0].toDouble(), 200.0);
        view.zoomAt(view.plot().center(), 0.5, 1.0);
        QCOMPARE(changed.last()[0].toDouble(), 100.0);
        view.setLengthMs(1.0);
        QCOMPARE(view.lengthMs(), ScopeView::leastMs);
        view.setLengthMs(1000.0);
        QCOMPARE(view.lengthMs(), ScopeView::mostMs);
    }
};

QD_TEST(TestMomentViews, QApplication)
#include "TestMomentViews.moc"
