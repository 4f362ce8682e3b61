// SPDX-License-Identifier: GPL-3.0-or-later
//
// Hands on mouse and keys do what the views promise, old pictures stay until new ones are ready,
// and nothing of it takes long.
#include "tests/support/Cpu.h"
#include "tests/support/TestProgram.h"
#include "tests/widgets/VisualizerFixture.h"
#include "widgets/views/SpectrogramPicture.h"
#include "widgets/views/SpectrogramView.h"

#include <QApplication>
#include <QPaintEvent>
#include <QSignalSpy>
#include <QWheelEvent>

#include <ctime>

using namespace widgets;
using namespace engine::analysis;
using namespace tests;
using engine::AudioBuffer;

namespace {

double threadMs()
{
    return 1e3 * tests::threadCpuSeconds();
}

} // namespace

class TestVisualizersInUse final : public QObject {
    Q_OBJECT

private:
    static void wheel(QWidget &view, QPointF place, int angle, Qt::KeyboardModifiers with = {})
    {
        QWheelEvent event(place, view.mapToGlobal(place), {}, {0, angle}, Qt::NoButton, with,
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(&view, &event);
    }

private slots:
    void initTestCase()
    {
        QLocale::setDefault(QLocale::c());
        Theme::shared().setMode(Theme::Mode::Dark);
    }

    // Hands

    void aClickSeeksInTheFile()
    {
        SpectrogramView view;
        open(view);
        view.setSpectrogram(cells(10, {{500, 5}}), 7.0);
        QSignalSpy seek(&view, &PlotView::seekRequested);
        const QPoint place(qRound(view.xOfSeconds(0.25)), 100);
        QTest::mouseClick(&view, Qt::LeftButton, {}, place);
        QCOMPARE(seek.size(), 1);
        QVERIFY(std::abs(seek[0][0].toDouble() - 7.25) < 0.01);
        QTest::mouseClick(&view, Qt::LeftButton, {}, {10, 100}); // on the piano
        QCOMPARE(seek.size(), 1);
    }
    void theWheelZoomsAtThePointer()
    {
        SpectrogramView view;
        open(view);
        view.setSpectrogram(cells(100, {{500, 50}}), 0.0);
        const QPointF place(view.xOfSeconds(0.3), view.yOfHz(500.0));
        const AxisRange allX = view.shownX();
        const AxisRange allY = view.shownY();
        wheel(view, place, 240);
        QVERIFY(view.shownX().span() < allX.span() && view.shownY().span() < allY.span());
        QVERIFY(std::abs(view.xOfSeconds(0.3) - place.x()) < 1e-6);
        QVERIFY(std::abs(view.yOfHz(500.0) - place.y()) < 1e-6);
        QTest::mouseDClick(&view, Qt::LeftButton, {}, place.toPoint());
        QCOMPARE(view.shownX(), allX);
        QCOMPARE(view.shownY(), allY);
        wheel(view, place, 240, Qt::ShiftModifier);
        QVERIFY(view.shownX().span() < allX.span());
        QCOMPARE(view.shownY(), allY);
        view.showAll();
        wheel(view, place, 240, Qt::ControlModifier);
        QCOMPARE(view.shownX(), allX);
        QVERIFY(view.shownY().span() < allY.span());
        for (int i = 0; i < 100; ++i)
            wheel(view, place, 240);
        QVERIFY(view.shownX().span() > 0.0 && view.shownY().span() >= 0.5 - 1e-9);
        for (int i = 0; i < 100; ++i)
            wheel(view, place, -240);
        QCOMPARE(view.shownX(), allX);
        QCOMPARE(view.shownY(), allY);
    }
    void draggingPansAndDoesNotSeek()
    {
        SpectrogramView view;
        open(view);
        view.setSpectrogram(cells(100, {{500, 50}}), 0.0);
        view.showRanges({0.25, 0.5}, view.shownY());
        QSignalSpy seek(&view, &PlotView::seekRequested);
        const QPoint from = view.plot().center().toPoint();
        QTest::mousePress(&view, Qt::LeftButton, {}, from);
        const QPointF to = from - QPoint(qRound(view.plot().width() / 4), 0);
        QMouseEvent move(QEvent::MouseMove, to, view.mapToGlobal(to), Qt::NoButton, Qt::LeftButton,
                         {});
        QApplication::sendEvent(&view, &move);
        QTest::mouseRelease(&view, Qt::LeftButton, {}, to.toPoint());
        QVERIFY(std::abs(view.shownX().low - 0.3125) < 0.001);
        QVERIFY(std::abs(view.shownX().span() - 0.25) < 1e-9);
        QCOMPARE(seek.size(), 0);
    }
    void keysZoomAndPan()
    {
        SpectrogramView view;
        open(view);
        view.setSpectrogram(cells(100, {{500, 50}}), 0.0);
        const AxisRange all = view.shownX();
        QTest::keyClick(&view, Qt::Key_Plus);
        QVERIFY(std::abs(view.shownX().span() - all.span() / 1.25) < 1e-9);
        const double low = view.shownX().low;
        QTest::keyClick(&view, Qt::Key_Right);
        QVERIFY(view.shownX().low > low);
        QTest::keyClick(&view, Qt::Key_Left);
        QVERIFY(std::abs(view.shownX().low - low) < 1e-9);
        const double bottom = view.shownY().low;
        QTest::keyClick(&view, Qt::Key_Up);
        QVERIFY(view.shownY().low > bottom);
        QTest::keyClick(&view, Qt::Key_0);
        QCOMPARE(view.shownX(), all);
    }
    void aNewTapKeepsTheZoomANewWindowDoesNot()
    {
        SpectrogramView view;
        open(view);
        view.setSpectrogram(cells(100, {{500, 50}}), 0.0);
        view.showRanges({0.2, 0.4}, view.shownY());
        view.setSpectrogram(cells(100, {{600, 50}}), 0.0);
        QCOMPARE(view.shownX().low, 0.2);
        view.setSpectrogram(cells(100, {{600, 50}}), 5.0);
        QCOMPARE(view.shownX().low, 0.0);
    }

    // Time

    void theOldPictureStaysUntilTheNewOneIsReady()
    {
        SpectrogramView view;
        open(view);
        view.setInKeyLines(false);
        view.setSpectrogram(computeSpectrogram(*tone(832.0, 0.5)), 0.0);
        QVERIFY(ready(view));
        const QPoint place(qRound(view.xOfSeconds(0.5)), qRound(view.yOfHz(832.0)));
        const QRgb lit = view.grab().toImage().pixel(place);
        view.setSpectrogram(computeSpectrogram(*tone(200.0, 0.5)), 0.0);
        QVERIFY(!view.settled());
        QCOMPARE(view.grab().toImage().pixel(place), lit);
        QVERIFY(ready(view));
        QVERIFY(!near(view.grab().toImage().pixel(place), lit, 40));
        Theme::shared().setReducedMotion(true);
        QSignalSpy shown(&view, &PlotView::pictureShown);
        view.setSpectrogram(computeSpectrogram(*tone(832.0, 0.5)), 0.0);
        QVERIFY(shown.wait(2000));
        QVERIFY(view.settled()); // no fade
        Theme::shared().setReducedMotion(false);
    }
    void theNewestWishWins()
    {
        PictureWorker worker;
        QSignalSpy ready(&worker, &PictureWorker::ready);
        quint64 last = 0;
        for (int i = 1; i <= 50; ++i)
            last = worker.request([i](const std::stop_token &) {
                QTest::qSleep(2);
                return Picture{{}, static_cast<double>(i), {}};
            });
        quint64 answered = 0;
        QVERIFY(QTest::qWaitFor(
            [&] {
                if (!ready.isEmpty())
                    answered = ready.last()[0].toULongLong();
                return answered == last;
            },
            2000));
        QVERIFY(ready.size() < 25);
        auto *dying = new PictureWorker;
        dying->request([](const std::stop_token &stop) {
            for (int i = 0; i < 500 && !stop.stop_requested(); ++i)
                QTest::qSleep(1);
            return Picture{};
        });
        QTest::qWait(5);
        delete dying;
    }
    void thePlayheadRepaintsTwoStrips()
    {
        class Watch : public QObject {
        public:
            int widest = 0;
            bool eventFilter(QObject *, QEvent *event) override
            {
                if (event->type() == QEvent::Paint)
                    widest = std::max(
                        widest, static_cast<QPaintEvent *>(event)->region().boundingRect().width());
                return false;
            }
        } watch;
        SpectrogramView view;
        open(view);
        view.setSpectrogram(cells(100, {{500, 50}}), 3.0);
        view.setPlayhead(3.2);
        QVERIFY(ready(view));
        QTest::qWait(50);
        view.installEventFilter(&watch);
        view.setPlayhead(3.21);
        QTest::qWait(50);
        QVERIFY2(watch.widest > 0 && watch.widest < 40, qPrintable(QString::number(watch.widest)));
        view.setPlayhead(9.0); // outside the window
        QTest::qWait(20);
    }

    // Speed

    void aHandMovesTheViewWithoutDelay()
    {
        SpectrogramView view;
        open(view, {1440, 900});
        auto sound = tone(100.0, 0.1, 10.0, 2);
        view.setSpectrogram(computeSpectrogram(*sound), 0.0);
        QVERIFY(ready(view));
        view.showRanges({2.0, 6.0}, view.shownY());
        QVERIFY(ready(view));
        const auto frame = [&](const std::function<void(int)> &change) {
            double worst = 0.0;
            double sum = 0.0;
            constexpr int frames = 20;
            for (int i = 0; i < frames; ++i) {
                const double before = threadMs();
                change(i);
                view.repaint();
                QApplication::processEvents();
                const double took = threadMs() - before;
                worst = std::max(worst, took);
                sum += took;
                QTest::qWait(20);
            }
            return std::pair(sum / frames, worst);
        };
        const auto pan = frame([&](int i) {
            view.showRanges({2.0 + 0.01 * i, 6.0 + 0.01 * i}, view.shownY());
        });
        const auto zoom = frame([&](int) { view.zoomAt(view.plot().center(), 0.97, 0.97); });
        view.showAll();
        QVERIFY(ready(view));
        const auto head = frame([&](int i) { view.setPlayhead(1.0 + 0.02 * i); });
        SpectrogramPictureRequest request{computeSpectrogram(*sound),
                                          {1320, 868},
                                          view.shownX(),
                                          view.shownY(),
                                          SpectrogramView::defaultDb,
                                          colourTable(ColourMap::Ember)};
        const double before = threadMs();
        QVERIFY(!drawSpectrogram(request).isNull());
        qInfo("1440 × 900, GUI thread, mean and worst: pan %.1f %.1f ms, zoom %.1f %.1f ms, "
              "playhead with repaint %.1f %.1f ms; worker's picture %.1f ms",
              pan.first, pan.second, zoom.first, zoom.second, head.first, head.second,
              threadMs() - before);
        // Several times what it takes.
        constexpr double mostMs = underSanitizer ? 600.0 : 60.0;
        QVERIFY(pan.first < mostMs && zoom.first < mostMs);
    }
};

QD_TEST(TestVisualizersInUse, QApplication)
#include "TestVisualizersInUse.moc"
