// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/views/OverviewView.h"

#include "tests/support/TestProgram.h"
#include "tests/widgets/PanelTest.h"

#include <QAccessible>
#include <QSignalSpy>

using namespace panel_test;
using widgets::OverviewView;

class TestOverview : public QObject {
    Q_OBJECT

    std::unique_ptr<OverviewView> view_;
    std::unique_ptr<QSignalSpy> moved_;
    std::unique_ptr<QSignalSpy> sought_;

    double start() const { return moved_->last().at(0).toDouble(); }
    double seconds() const { return moved_->last().at(1).toDouble(); }
    bool finished() const { return moved_->last().at(2).toBool(); }
    QPoint at(double time, int y) const { return {qRound(view_->xOf(time)), y}; }
    static constexpr int bar = 10;  ///< on the ruler
    static constexpr int body = 60; ///< below it

private slots:
    void initTestCase() { Theme::shared().setMode(Theme::Mode::Dark); }
    void init()
    {
        view_ = std::make_unique<OverviewView>();
        view_->resize(1024, 92); // 1000 pixels of sound: 10 a second
        view_->setPeaks(peaksOf(*constant(100, 0.5F)), 100.0, 48000);
        view_->setWindow(20.0, 10.0);
        view_->show();
        QVERIFY(QTest::qWaitForWindowExposed(view_.get()));
        moved_ = std::make_unique<QSignalSpy>(view_.get(), &OverviewView::windowMoved);
        sought_ = std::make_unique<QSignalSpy>(view_.get(), &OverviewView::seekRequested);
    }
    void columnsAreAsHighAsTheSound_data()
    {
        QTest::addColumn<double>("ratio");
        QTest::newRow("100 %") << 1.0;
        QTest::newRow("150 %") << 1.5;
        QTest::newRow("200 %") << 2.0;
    }
    void columnsAreAsHighAsTheSound()
    {
        QFETCH(double, ratio);
        const QImage image = picture(*view_, ratio);
        const int x = qRound(view_->xOf(70.0) * ratio);
        // 74 pixels under the ruler less 4 above and below: half of full scale is 33 high. The
        // RMS of a square wave is its peak, so the core covers it.
        const double expected = 33.0 * ratio;
        const int drawn = countInColumn(image, x, Theme::shared().colour("wave.source_rms"));
        QVERIFY2(std::abs(drawn - expected) <= 2, qPrintable(QString::number(drawn)));
    }
    void theWindowShowsTheTapInItsColour()
    {
        const QColor colour = Theme::shared().colour("stage.distortion");
        QCOMPARE(countAll(picture(*view_), colour), 0);
        view_->setTapPeaks(peaksOf(*constant(10, 0.8F)), 20.0, "stage.distortion");
        const QImage image = picture(*view_);
        QVERIFY(countInColumn(image, at(25, 0).x(), colour) > 48);
        QCOMPARE(countInColumn(image, at(40, 0).x(), colour), 0);
    }
    void theBarMovesTheWindow()
    {
        drag(*view_, at(25, bar), at(45, bar));
        QCOMPARE(start(), 40.0);
        QCOMPARE(seconds(), 10.0);
        QVERIFY(finished());
        QVERIFY(!moved_->first().at(2).toBool());
        drag(*view_, at(45, bar), at(0, bar));
        QCOMPARE(start(), 0.0);
        drag(*view_, at(5, bar), QPoint(1023, bar));
        QCOMPARE(start(), 90.0);
    }
    void edgesResizeFromOneToThirtySeconds()
    {
        drag(*view_, at(30, body), at(35, body));
        QCOMPARE(start(), 20.0);
        QVERIFY(std::abs(seconds() - 15.0) < 0.11);
        drag(*view_, at(view_->windowStart() + view_->windowSeconds(), body), at(95, body));
        QCOMPARE(seconds(), 30.0);
        drag(*view_, at(20, body), at(49.9, body));
        QVERIFY(std::abs(seconds() - 1.0) < 1e-9);
        QVERIFY(std::abs(start() - 49.0) < 1e-9);
    }
    void doubleClickMovesTheWindowThere()
    {
        QTest::mouseDClick(view_.get(), Qt::LeftButton, {}, at(70, body));
        QVERIFY(std::abs(start() - 65.0) < 0.06);
        QVERIFY(finished());
    }
    void shiftDragDrawsANewWindow()
    {
        drag(*view_, at(60, body), at(64, body), Qt::ShiftModifier);
        QVERIFY(std::abs(start() - 60.0) < 0.06 && std::abs(seconds() - 4.0) < 0.11);
        drag(*view_, at(80, body), at(73, body), Qt::ShiftModifier);
        QVERIFY(std::abs(start() - 73.0) < 0.06 && std::abs(seconds() - 7.0) < 0.11);
    }
    void aClickInTheWindowSeeks()
    {
        QTest::mouseClick(view_.get(), Qt::LeftButton, {}, at(24, body));
        QCOMPARE(sought_->size(), 1);
        QVERIFY(std::abs(sought_->first().first().toDouble() - 24.0) < 0.06);
        QTest::mouseClick(view_.get(), Qt::LeftButton, {}, at(60, body));
        QCOMPARE(sought_->size(), 1);
        QCOMPARE(moved_->size(), 0);
    }
    void theWheelZoomsAtThePointerAndShiftPans()
    {
        const double x = view_->xOf(30.0);
        wheel(*view_, {x, body}, 5);
        QVERIFY(view_->viewEnd() - view_->viewStart() < 40.0);
        QVERIFY(std::abs(view_->secondsAt(x) - 30.0) < 1e-6);
        const double before = view_->viewStart();
        wheel(*view_, {x, body}, -1, Qt::ShiftModifier);
        QVERIFY(view_->viewStart() > before);
        wheel(*view_, {x, body}, 100);
        QVERIFY(std::abs(view_->viewEnd() - view_->viewStart() - 2.0) < 1e-9);
        QTest::mouseDClick(view_.get(), Qt::LeftButton, {}, QPoint(900, 8));
        QCOMPARE(view_->viewStart(), 0.0);
        QCOMPARE(view_->viewEnd(), 100.0);
    }
    void theKeyboardMovesTheWindow_data()
    {
        QTest::addColumn<int>("key");
        QTest::addColumn<int>("modifiers");
        QTest::addColumn<double>("expected");
        QTest::newRow("Right") << int(Qt::Key_Right) << int(Qt::NoModifier) << 21.0;
        QTest::newRow("Left") << int(Qt::Key_Left) << int(Qt::NoModifier) << 19.0;
        QTest::newRow("Shift+Right") << int(Qt::Key_Right) << int(Qt::ShiftModifier) << 20.1;
        QTest::newRow("Ctrl+Left") << int(Qt::Key_Left) << int(Qt::ControlModifier) << 10.0;
        QTest::newRow("Home") << int(Qt::Key_Home) << int(Qt::NoModifier) << 0.0;
        QTest::newRow("End") << int(Qt::Key_End) << int(Qt::NoModifier) << 90.0;
    }
    void theKeyboardMovesTheWindow()
    {
        QFETCH(int, key);
        QFETCH(int, modifiers);
        QFETCH(double, expected);
        QTest::keyClick(view_.get(), Qt::Key(key), Qt::KeyboardModifiers(modifiers));
        QCOMPARE(start(), expected);
        QVERIFY(finished());
    }
    void itSaysTheWindowAloud()
    {
        view_->setWindow(0.0, 10.0);
        QAccessibleInterface *spoken = QAccessible::queryAccessibleInterface(view_.get());
        QCOMPARE(spoken->text(QAccessible::Name), QStringLiteral("Preview window"));
        QCOMPARE(spoken->text(QAccessible::Value), QStringLiteral("Preview from 0:00 to 0:10"));
        QCOMPARE(spoken->role(), QAccessible::Slider);
    }
    void theBarHasItsLabel()
    {
        view_->setWindow(0.0, 10.0);
        const QImage wide = picture(*view_);
        QVERIFY(countInRow(wide, 5, Theme::shared().colour("action.primary")) > 60);
        view_->setWindow(0.0, 1.0); // narrower than its label, which moves to its side
        const QImage narrow = picture(*view_);
        QVERIFY(countInRow(narrow, 6, Theme::shared().colour("action.primary")) < 20);
    }
    void renderingIsAProgressBar()
    {
        view_->setRenderProgress(0.62);
        const QImage image = picture(*view_);
        const QColor green = Theme::shared().colour("stage.output");
        QVERIFY(countInColumn(image, at(50, 0).x(), green) > 30);
        QVERIFY(countInColumn(image, at(62, 0).x(), green) > 70);
        QCOMPARE(countInColumn(image, at(70, 0).x(), green), 0);
    }
    void loadingShowsWhatHasArrived()
    {
        view_->setPeaks(peaksOf(*constant(100, 0.5F), 50 * 48000), 100.0, 48000);
        const QImage image = picture(*view_);
        const QColor source = Theme::shared().colour("wave.source_rms");
        QVERIFY(countInColumn(image, at(45, 0).x(), source) > 20);
        QVERIFY(countInColumn(image, at(75, 0).x(), source) <= 1);
    }
    void thePlayheadRepaintsAStrip()
    {
        view_->setPlayhead(50.0);
        const QImage image = picture(*view_);
        QVERIFY(countInColumn(image, at(50, 0).x(), Theme::shared().colour("text.primary")) > 60);
        QBENCHMARK
        {
            picture(*view_);
        }
    }
    void withoutAFileItInvites()
    {
        OverviewView empty;
        QCOMPARE(OverviewView::invitation(),
                 QStringLiteral("The whole file appears here. Drag the preview window to choose "
                                "the 10 seconds you work on."));
        QCOMPARE(OverviewView::noFileText(), QStringLiteral("No file is open"));
        empty.resize(1024, 92);
        QSignalSpy spy(&empty, &OverviewView::windowMoved);
        QTest::mouseDClick(&empty, Qt::LeftButton, {}, QPoint(300, 60));
        QTest::keyClick(&empty, Qt::Key_Right);
        QCOMPARE(spy.size(), 0);
        QVERIFY(countAll(picture(empty), Theme::shared().colour("text.secondary")) > 50);
    }
    void aSoundShorterThanAWindow()
    {
        view_->setPeaks(peaksOf(*constant(0.5, 0.5F)), 0.5, 48000);
        view_->setWindow(0.0, 0.5);
        QTest::keyClick(view_.get(), Qt::Key_Right);
        QCOMPARE(start(), 0.0);
        QCOMPARE(seconds(), 0.5);
        wheel(*view_, {500, body}, 3);
        picture(*view_);
        drag(*view_, QPoint(1012, body), QPoint(600, body));
        QCOMPARE(seconds(), 0.5);
    }
    void lightAndDarkDiffer()
    {
        const QImage dark = picture(*view_);
        Theme::shared().setMode(Theme::Mode::Light);
        const QImage light = picture(*view_);
        QVERIFY(near(light.pixel(500, 30), Theme::shared().colour("ground.panel")));
        QVERIFY(dark.pixel(500, 30) != light.pixel(500, 30));
        Theme::shared().setMode(Theme::Mode::Dark);
    }
};

QD_TEST(TestOverview, QApplication)
#include "TestOverview.moc"
