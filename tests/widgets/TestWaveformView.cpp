// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/views/WaveformView.h"

#include "tests/support/TestProgram.h"
#include "tests/widgets/PanelTest.h"
#include "widgets/views/StageToolbar.h"
#include "widgets/views/TimeText.h"

#include <QSignalSpy>
#include <QToolButton>

using namespace panel_test;
using widgets::StageToolbar;
using widgets::WaveformView;

class TestWaveformView : public QObject {
    Q_OBJECT

    std::unique_ptr<WaveformView> view_;

    /// What is on the screen once it is the newest.
    QImage shown() const
    {
        if (!QTest::qWaitFor([this] { return view_->settled(); }, 5000))
            qFatal("no picture");
        return picture(*view_);
    }
    /// Of the view within its sheet, drawn for a pixel ratio.
    QImage drawn(double ratio) const
    {
        const Theme &theme = Theme::shared();
        const QPointF corner(theme.number("space.scale.x3"),
                             theme.number("size.visualizer_toolbar"));
        return view_->picture(ratio).copy(QRect((corner * ratio).toPoint(), view_->size() * ratio));
    }

private slots:
    void initTestCase()
    {
        Theme::shared().setMode(Theme::Mode::Dark);
        Theme::shared().setReducedMotion(true);
    }
    void init()
    {
        view_ = std::make_unique<WaveformView>();
        view_->resize(1000, 360);
        view_->setTitle(QStringLiteral("After Distortion"), "stage.distortion");
        view_->setSound(constant(10, 0.5F, 2), 60.0);
        view_->show();
        QVERIFY(QTest::qWaitForWindowExposed(view_.get()));
    }
    void columnsAreAsHighAsTheSound_data()
    {
        QTest::addColumn<double>("ratio");
        QTest::newRow("100 %") << 1.0;
        QTest::newRow("200 %") << 2.0;
    }
    void columnsAreAsHighAsTheSound()
    {
        QFETCH(double, ratio);
        const QImage image = drawn(ratio);
        const int x = qRound(view_->xOfSeconds(5.0) * ratio);
        const double expected = 2 * (view_->yOf(0, -0.5) - view_->yOf(0, 0.5)) * ratio;
        const int drawn = countInColumn(image, x, Theme::shared().colour("stage.distortion"));
        QVERIFY2(std::abs(drawn - expected) <= 4, qPrintable(QString::number(drawn)));
    }
    void aSoundAboveFullScaleIsNotHidden()
    {
        view_->setSound(constant(10, 2.0F), 60.0);
        QVERIFY(view_->yOf(0, 2.0) >= view_->lane(0).top());
        const int high = countInColumn(shown(), qRound(view_->xOfSeconds(5.0)),
                                       Theme::shared().colour("stage.distortion"));
        QVERIFY(high < view_->lane(0).height());
        QVERIFY(high > 0.9 * view_->lane(0).height());
    }
    void aClickSeeksAndADragPans()
    {
        QSignalSpy spy(view_.get(), &WaveformView::seekRequested);
        const QPoint middle(qRound(view_->xOfSeconds(5.0)), 100);
        QTest::mouseClick(view_.get(), Qt::LeftButton, {}, middle);
        QCOMPARE(spy.size(), 1);
        QVERIFY(std::abs(spy.first().first().toDouble() - 65.0) < 0.02);
        wheel(*view_, middle, 6);
        QVERIFY(view_->shownX().span() < 3.0);
        QVERIFY(std::abs(view_->valueAtX(middle.x()) - 5.0) < 0.02);
        const double before = view_->shownX().low;
        drag(*view_, middle, middle - QPoint(200, 0));
        QVERIFY(view_->shownX().low > before);
        QCOMPARE(spy.size(), 1);
        QTest::mouseDClick(view_.get(), Qt::LeftButton, {}, middle);
        QCOMPARE(view_->shownX().low, 0.0);
        QCOMPARE(view_->shownX().high, 10.0);
    }
    void keysZoomAndPan()
    {
        QTest::keyClick(view_.get(), Qt::Key_Plus);
        QVERIFY(view_->shownX().span() < 10.0);
        const double before = view_->shownX().low;
        QTest::keyClick(view_.get(), Qt::Key_Right);
        QVERIFY(view_->shownX().low > before);
        QTest::keyClick(view_.get(), Qt::Key_0);
        QCOMPARE(view_->shownX().high, 10.0);
    }
    void closeUpItDrawsTheSamples()
    {
        wheel(*view_, {500, 100}, 200);
        QVERIFY(std::abs(view_->shownX().span() * 48000 - 32) < 1e-6);
        const QImage image = shown();
        const double y = view_->yOf(0, 0.5);
        const auto first = static_cast<std::int64_t>(std::ceil(view_->shownX().low * 48000 + 2));
        const std::int64_t even = first + first % 2;
        const double x = view_->xOfSeconds(static_cast<double>(even) / 48000);
        QVERIFY(near(image.pixel(qRound(x), qRound(y)), Theme::shared().colour("stage.distortion"),
                     40));
    }
    void theChipNamesTimeValueAndLevel()
    {
        const QStringList lines = view_->hoverText({view_->xOfSeconds(6.55), 100});
        QCOMPARE(lines.size(), 4);
        QVERIFY2(lines[0].startsWith(QStringLiteral("1:06.5")), qPrintable(lines[0]));
        QVERIFY(lines[2] == u"+0.500" || lines[2] == u"−0.500");
        QCOMPARE(lines[3], QStringLiteral("−6.0 dBFS"));
        const QImage before = shown();
        moveTo(*view_, {500, 100});
        QVERIFY(picture(*view_) != before);
    }
    void theCeilingIsDashed()
    {
        const QColor colour = Theme::shared().colour("stage.limiter");
        QCOMPARE(countAll(shown(), colour), 0);
        view_->setCeiling(-1.0);
        const int row = static_cast<int>(std::floor(view_->yOf(0, std::pow(10.0, -0.05))));
        const int dashes = countInRow(shown(), row, colour);
        QVERIFY(dashes > 300 && dashes < 900);
        view_->setCeiling({});
        QCOMPARE(countAll(shown(), colour), 0);
    }
    void theRulerChangesOnAClick()
    {
        QTest::mouseClick(view_.get(), Qt::LeftButton, {}, QPoint(20, 100));
        QCOMPARE(view_->ruler(), WaveformView::Ruler::Linear);
        QTest::mouseClick(view_.get(), Qt::LeftButton, {}, QPoint(20, 100));
        QCOMPARE(view_->ruler(), WaveformView::Ruler::Decibels);
    }
    void thePlayheadAndTheInputShow()
    {
        const QImage before = shown();
        view_->setPlayhead(64.0);
        const QImage after = shown();
        const int x = qRound(view_->xOfSeconds(4.0));
        const auto plot = view_->plot().toRect();
        for (int y = plot.top() + 1; y < plot.bottom() - 1; ++y) // a light line with a dark rim
            QVERIFY(after.copy(x - 2, y, 5, 1) != before.copy(x - 2, y, 5, 1));
        QCOMPARE(after.copy(0, 0, x - 12, after.height()),
                 before.copy(0, 0, x - 12, after.height()));
        view_->setPlayhead({});
        view_->setInput(constant(10, 0.9F, 2));
        QVERIFY(shown() != before);
    }
    void silenceSaysSo()
    {
        view_->setSound(constant(10, 0.0F), 60.0);
        QVERIFY(view_->accessibleName().contains(QStringLiteral("−∞")));
        // Strokes of letters: how many pixels they fill is up to Qt's rasteriser.
        QVERIFY(countAll(shown(), Theme::shared().colour("text.secondary")) > 5);
        const QString svg = QString::fromUtf8(view_->pictureFile(widgets::PictureFormat::Svg));
        QVERIFY(svg.contains(QStringLiteral("Silence here.")));
        view_->setSound(nullptr, 0.0);
        shown();
    }
    /// At times that the transport shows too: the window begins a minute into the file.
    void theRulerCountsFromTheStartOfTheFile()
    {
        QTest::mouseClick(view_.get(), Qt::LeftButton, {}, {qRound(view_->xOfSeconds(2.0)), 100});
        const QString svg = QString::fromUtf8(view_->pictureFile(widgets::PictureFormat::Svg));
        for (const char *time : {">1:00<", ">1:05<", ">1:10<"})
            QVERIFY2(svg.contains(QLatin1String(time)), time);
        view_->setSound(constant(10, 0.5F, 2), 20.0);
        const QString early = QString::fromUtf8(view_->pictureFile(widgets::PictureFormat::Svg));
        for (const char *time : {">20<", ">25<", ">30 s<"})
            QVERIFY2(early.contains(QLatin1String(time)), time);
    }
    void itIsNamedForThoseWhoHearIt()
    {
        QCOMPARE(view_->accessibleName(),
                 QStringLiteral("Waveform, After Distortion, 10 s, peak −6.0 dB"));
    }
    void timesAreWrittenAsPeopleReadThem()
    {
        using namespace widgets;
        QCOMPARE(clockText(4.231, 3), QStringLiteral("0:04.231"));
        QCOMPARE(clockText(2313.0), QStringLiteral("38:33"));
        QCOMPARE(clockText(3730.0), QStringLiteral("1:02:10"));
        QCOMPARE(numberText(-0.04, 1), QStringLiteral("0.0"));
        QCOMPARE(numberText(-1.7, 1), QStringLiteral("−1.7"));
        QCOMPARE(durationText(0.0449), QStringLiteral("44.9 ms"));
        QCOMPARE(durationText(0.187), QStringLiteral("187 ms"));
        QCOMPARE(durationText(11.4), QStringLiteral("11.4 s"));
        QCOMPARE(durationText(125.0), QStringLiteral("2:05"));
        QCOMPARE(lengthText(10.0), QStringLiteral("10 s"));
        QCOMPARE(lengthText(1.5), QStringLiteral("1.5 s"));
    }
    void theToolbarNamesTheTap()
    {
        StageToolbar toolbar;
        toolbar.resize(600, 40);
        toolbar.setTap(engine::pipeline::TapId::PostDist);
        QCOMPARE(toolbar.title(), QStringLiteral("After Distortion"));
        QVERIFY(countAll(picture(toolbar), Theme::shared().colour("stage.distortion")) > 30);
        toolbar.setTap(engine::pipeline::TapId::PostDist, QStringLiteral("Post-Quant is off"));
        QCOMPARE(toolbar.title(), QStringLiteral("After Distortion (Post-Quant is off)"));
        QSignalSpy maximize(&toolbar, &StageToolbar::maximizeRequested);
        QSignalSpy inspector(&toolbar, &StageToolbar::inspectorRequested);
        QTest::mouseClick(toolbar.findChild<QToolButton *>(QStringLiteral("maximize")),
                          Qt::LeftButton);
        QTest::keyClick(toolbar.findChild<QToolButton *>(QStringLiteral("inspectorToggle")),
                        Qt::Key_Space);
        QCOMPARE(maximize.size(), 1);
        QCOMPARE(inspector.size(), 1);
    }
};

QD_TEST(TestWaveformView, QApplication)
#include "TestWaveformView.moc"
