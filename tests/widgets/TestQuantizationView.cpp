// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a quantizer moved, as a person sees it: lines begin and end where their frequencies lie,
// have the colour of their direction, can be read, heard alone and walked; the inspector shows the
// numbers of the same snapshot; what is off, silent or not yet there is said in words.
#include "tests/support/TestProgram.h"
#include "tests/widgets/VisualizerFixture.h"
#include "widgets/controls/WordSwitch.h"
#include "widgets/panels/DistanceHistogram.h"
#include "widgets/panels/InKeyShare.h"
#include "widgets/panels/LargestMoves.h"
#include "widgets/panels/QuantizationPanel.h"
#include "widgets/panels/ScrollColumn.h"
#include "widgets/views/QuantizationView.h"
#include "widgets/views/QuantizationWorker.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>

using namespace widgets;
using namespace engine::analysis;
using namespace tests;
using engine::dsp::QuantizationTrace;
using engine::dsp::SoloRange;
using engine::pipeline::StageId;
using Solo = std::optional<SoloRange>;

namespace {

constexpr double flatFromHz = 220.0;
constexpr double flatToHz = 207.7;
constexpr double sharpFromHz = 400.0;
constexpr double sharpToHz = 415.3;

/// Two moves in the frames before 0.5 s, only the first after it. Power 0.01 and 0.0025.
std::shared_ptr<const QuantizationTrace> trace(int frames = 100)
{
    auto told = std::make_shared<QuantizationTrace>();
    told->sampleRateHz = rate;
    told->hopFrames = 480;
    told->scale = fMinor();
    told->snapStrength = 0.92;
    const auto f = [](double value) { return static_cast<float>(value); };
    for (int i = 0; i < frames; ++i) {
        const bool both = i < 50;
        const auto place = [](std::size_t size) { return static_cast<std::uint32_t>(size); };
        told->frames.push_back({std::int64_t{480} * i, place(told->moves.size()), both ? 2U : 1U,
                                place(told->partialsAfter.size()), both ? 2U : 1U});
        told->moves.push_back(
            {f(flatFromHz), f(flatToHz), f(flatToHz), 200.0F, 240.0F, 0.01F, 0.0085F});
        told->partialsAfter.push_back({f(flatToHz), 0.01F});
        if (!both)
            continue;
        told->moves.push_back(
            {f(sharpFromHz), f(sharpToHz), f(sharpToHz), 380.0F, 420.0F, 0.0025F, 0.002F});
        told->partialsAfter.push_back({f(sharpFromHz), 0.0025F});
    }
    return told;
}

std::shared_ptr<const Quantization> snapshot()
{
    static const auto shared = quantizationOf(*trace());
    return shared;
}

void show(QuantizationView &view)
{
    view.resize(1120, 579);
    view.show();
    view.setQuantization(snapshot());
    QVERIFY(ready(view));
}

QPoint middleOf(const QuantizationView &view, double hz)
{
    // Past the bend: where the line runs to.
    return {qRound(view.spineAfter()) - 20, qRound(view.yOfHz(hz))};
}

QString spoken(QWidget &widget)
{
    return QAccessible::queryAccessibleInterface(&widget)->text(QAccessible::Value);
}

} // namespace

class TestQuantizationView final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QLocale::setDefault(QLocale::c());
        Theme::shared().setMode(Theme::Mode::Dark);
        Theme::shared().setReducedMotion(true);
    }
    void cleanup() { Theme::shared().setMode(Theme::Mode::Dark); }

    void linesRunFromSourceToTarget()
    {
        for (const auto mode : {Theme::Mode::Dark, Theme::Mode::Light}) {
            Theme::shared().setMode(mode);
            QuantizationView view;
            show(view);
            const QImage picture = view.picture(1.0);
            const auto strongest = [&](double x, double y) {
                // Of a thick antialiased line the middle counts.
                return picture.pixel(inPicture({x, y}, 1.0));
            };
            const QRgb ground = Theme::shared().colour("ground.plot").rgb();
            const double left = view.spineBefore() + 12;
            const double right = view.spineAfter() - 12;
            const QRgb from = strongest(left, view.yOfHz(flatFromHz));
            const QRgb to = strongest(right, view.yOfHz(flatToHz));
            QVERIFY(!near(from, ground, 30));
            QVERIFY(!near(to, ground, 30));
            QVERIFY(near(strongest(left, view.yOfHz(flatToHz) + 6), ground, 30));
            // Down is bluer than up, which is redder.
            const QRgb up = strongest(right, view.yOfHz(sharpToHz));
            QVERIFY(qBlue(to) - qRed(to) > qBlue(up) - qRed(up) + 30);
        }
    }
    void theEnergyStandsAtItsFrequency()
    {
        QuantizationView view;
        show(view);
        view.setInKeyLines(false);
        const QImage picture = view.picture(1.0);
        const QRgb ground = Theme::shared().colour("ground.plot").rgb();
        // The loudest reaches as far as the theme allows, in 1062 pixels of plot.
        const double reach = view.plot().width() * Theme::shared().number("moves.reach_before");
        const auto at = [&](double x, double hz) {
            return picture.pixel(inPicture({x, view.yOfHz(hz)}, 1.0));
        };
        QVERIFY(!near(at(view.spineBefore() - reach * 0.8, flatFromHz), ground, 20));
        QVERIFY(near(at(view.spineBefore() - reach * 1.1, flatFromHz), ground, 20));
        QVERIFY(near(at(view.spineBefore() - reach * 0.8, flatToHz), ground, 20));
        QVERIFY(!near(at(view.spineAfter() + reach * 0.8, flatToHz), ground, 20));
        // What leaves the quantizer, not where it aimed.
        QVERIFY(!near(at(view.spineAfter() + reach * 0.5, sharpFromHz), ground, 20));
        QVERIFY(near(at(view.spineAfter() + reach * 0.5, sharpToHz), ground, 20));
    }
    void theMockupsPlaces()
    {
        QuantizationView view;
        view.resize(1120, 579); // as in a window of 1440 × 900, at 24, 196
        QVERIFY(std::abs(view.plot().left() + 24 - 74) <= 2);
        QVERIFY(std::abs(view.plot().right() + 24 - 1136) <= 2);
        QVERIFY(std::abs(view.plot().top() + 196 - 224) <= 2);
        QVERIFY(std::abs(view.plot().bottom() + 196 - 747) <= 2);
        QVERIFY(std::abs(view.spineBefore() + 24 - 284) <= 2);
        QVERIFY(std::abs(view.spineAfter() + 24 - 876) <= 2);
    }
    void hoverTellsFromToMovedAndLevel()
    {
        QuantizationView view;
        show(view);
        const QStringList text = view.hoverText(middleOf(view, flatToHz));
        QCOMPARE(text, (QStringList{"220.0 Hz  A3 0 ¢", "from", "207.7 Hz  A♭3 0 ¢", "to",
                                    "moved −100 ¢", "−20.0 dB"}));
        QVERIFY(view.hoverText({view.spineAfter() - 20, view.yOfHz(300.0)}).isEmpty());
    }
    void aClickHearsALineAloneAndAgainEverything()
    {
        QuantizationView view;
        show(view);
        QSignalSpy solo(&view, &QuantizationView::soloRequested);
        const QPoint place = middleOf(view, sharpToHz);
        QTest::mouseClick(&view, Qt::LeftButton, {}, place);
        QCOMPARE(solo.size(), 1);
        const auto wish = solo[0][0].value<Solo>();
        QVERIFY(wish && std::abs(wish->lowHz - 380.0) < 0.1 &&
                std::abs(wish->highHz - 420.0) < 0.1);
        view.setSolo(wish, StageId::PreQuant);
        QTest::mouseClick(&view, Qt::LeftButton, {}, place);
        QCOMPARE(solo.size(), 2);
        QVERIFY(!solo[1][0].value<Solo>());
        // Beside every line too.
        QTest::mouseClick(&view, Qt::LeftButton, {},
                          {qRound(view.spineAfter()) - 20, qRound(view.yOfHz(300.0))});
        QCOMPARE(solo.size(), 3);
        QVERIFY(!solo[2][0].value<Solo>());
        view.setSolo({}, StageId::PreQuant);
        QTest::mouseClick(&view, Qt::LeftButton, {},
                          {qRound(view.spineAfter()) - 20, qRound(view.yOfHz(300.0))});
        QCOMPARE(solo.size(), 3);
    }
    void theKeyboardWalksTheLines()
    {
        QuantizationView view;
        show(view);
        QSignalSpy solo(&view, &QuantizationView::soloRequested);
        QTest::keyClick(&view, Qt::Key_Return); // stands on none
        QCOMPARE(solo.size(), 0);
        QTest::keyClick(&view, Qt::Key_PageUp); // the loudest
        QVERIFY2(spoken(view).contains("220.0 Hz"), qPrintable(spoken(view)));
        QTest::keyClick(&view, Qt::Key_PageUp);
        QVERIFY(spoken(view).contains("400.0 Hz"));
        QTest::keyClick(&view, Qt::Key_Return);
        QCOMPARE(solo.size(), 1);
        view.setSolo(solo[0][0].value<Solo>(), StageId::PreQuant);
        QVERIFY(view.hoverText(middleOf(view, sharpToHz)).size() == 6);
        QTest::keyClick(&view, Qt::Key_Escape);
        QCOMPARE(solo.size(), 2);
        QVERIFY(!solo[1][0].value<Solo>());
    }
    /// Two quantizers, each on its leg; between them nothing is drawn, hovered or heard.
    void aChainHasALegForEachQuantizer()
    {
        ChainTrace chain{fMinor(), nullptr, nullptr, trace(), trace()};
        auto partials = std::make_shared<SoundPartials>();
        partials->sampleRateHz = rate;
        partials->frames.push_back({0, 0, 1});
        partials->partials.push_back({static_cast<float>(flatToHz), 0.01F});
        chain.input = chain.output = partials;
        QuantizationView view;
        view.resize(1120, 579);
        view.show();
        view.setChain({});
        view.setQuantization(quantizationOf(chain));
        QVERIFY(ready(view));
        QCOMPARE(view.title(), QStringLiteral("Input → Output"));
        const QRectF plot = view.plot();
        const auto at = [&](double part, double hz) {
            return QPoint(qRound(plot.left() + part * plot.width()), qRound(view.yOfHz(hz)));
        };
        QVERIFY(view.hoverText(at(0.41, flatToHz)).contains(QStringLiteral("Pre-Quant")));
        QVERIFY(view.hoverText(at(0.74, flatToHz)).contains(QStringLiteral("Post-Quant")));
        QVERIFY(view.hoverText(at(0.476, flatToHz)).isEmpty());
        QSignalSpy solo(&view, &QuantizationView::soloRequested);
        QTest::mouseClick(&view, Qt::LeftButton, {}, at(0.74, sharpToHz));
        QCOMPARE(solo.size(), 1);
        QCOMPARE(solo[0][1].value<StageId>(), StageId::PostQuant);
        // What is heard alone is bright on its own leg only.
        const QImage before = view.picture(1.0);
        view.setSolo(solo[0][0].value<Solo>(), StageId::PostQuant);
        const QImage after = view.picture(1.0);
        const int gap = inPicture({plot.left() + 0.476 * plot.width(), 0.0}, 1.0).x();
        QCOMPARE(after.copy(0, 0, gap, after.height()), before.copy(0, 0, gap, before.height()));
        QVERIFY(after != before);
        QVERIFY(view.valuesAsCsv().startsWith(QStringLiteral("Quantizer,From (Hz)")));
        QVERIFY(view.valuesAsCsv().contains(QStringLiteral("\nPost-Quant,220.00,")));
        // Off is said on its leg; there are no lines, but the sounds are still there.
        chain.preQuant = chain.postQuant = nullptr;
        view.setChain({false, true, false});
        view.setQuantization(quantizationOf(chain));
        QVERIFY(ready(view));
        const QString svg = QString::fromUtf8(view.pictureFile(PictureFormat::Svg));
        QVERIFY(svg.contains(QStringLiteral("Pre-Quant is off")) &&
                svg.contains(QStringLiteral("Post-Quant is off")));
        QVERIFY(view.hoverText(at(0.41, flatToHz)).isEmpty());
    }
    void threeOctavesAroundTheEnergy()
    {
        QuantizationView view;
        show(view);
        const AxisRange home = view.shownY();
        QVERIFY(std::abs(home.span() - 3.0) < 1e-6);
        const double centroid =
            std::exp2((0.01 * 100 * std::log2(flatFromHz) + 0.0025 * 50 * std::log2(sharpFromHz)) /
                      (0.01 * 100 + 0.0025 * 50));
        QVERIFY(std::abs((home.low + home.high) / 2 - std::log2(centroid)) < 1e-4);
        view.zoomTo(snapshot()->lines[1]);
        QVERIFY(std::abs(view.shownY().span() - 1.0) < 1e-6);
        QVERIFY(view.shownY().low < std::log2(400.0) && view.shownY().high > std::log2(415.3));
        view.setQuantization(quantizationOf(*trace(60))); // the view stays where it is
        QVERIFY(std::abs(view.shownY().span() - 1.0) < 1e-6);
        QTest::keyClick(&view, Qt::Key_0);
        QVERIFY(std::abs(view.shownY().span() - 3.0) < 1e-6);
    }
    void offIsSaidAndCanBeTurnedOn()
    {
        QuantizationView view;
        show(view);
        view.setQuantizer(StageId::PostQuant);
        view.setOff(true);
        QCOMPARE(view.accessibleName(), QString("Post-Quant is off, so nothing moved."));
        QSignalSpy on(&view, &QuantizationView::turnOnRequested);
        auto *button = view.findChild<QPushButton *>("quantization.turnOn");
        QVERIFY(button && button->isVisible());
        QVERIFY(view.plot().contains(QRectF(button->geometry())));
        button->click();
        QCOMPARE(on.size(), 1);
        QCOMPARE(on[0][0].value<StageId>(), StageId::PostQuant);
        QVERIFY(view.hoverText(middleOf(view, flatToHz)).isEmpty());
        view.setOff(false);
        QVERIFY(!button->isVisible());
    }
    void silenceIsSaidAndNoDataKeepsThePicture()
    {
        QuantizationView view;
        show(view);
        view.setQuantization(nullptr);
        QCOMPARE(view.hoverText(middleOf(view, flatToHz)).size(), 6);
        auto quiet = std::make_shared<QuantizationTrace>();
        quiet->sampleRateHz = rate;
        quiet->frames.push_back({});
        view.setQuantization(quantizationOf(*quiet));
        QVERIFY(view.accessibleName().contains("silence"));
        QVERIFY(view.hoverText(middleOf(view, flatToHz)).isEmpty());
        view.startOver();
        QCOMPARE(view.accessibleName(), QString("Quantization"));
    }
    void valuesCanBeTaken()
    {
        QuantizationView view;
        show(view);
        const QStringList rows = view.valuesAsCsv().split('\n', Qt::SkipEmptyParts);
        QCOMPARE(rows.size(), 3);
        QCOMPARE(rows[0].split(',').size(), 7);
        const QString moved = QString::number(1200.0 * std::log2(flatToHz / flatFromHz), 'f', 2);
        QCOMPARE(rows[1], "220.00,207.70,207.70," + moved + ",-20.00,200.00,240.00");
    }

    // The inspector

    void thePanelShowsTheSnapshot()
    {
        QuantizationPanel panel;
        panel.resize(264, 627);
        panel.show();
        panel.setQuantization(snapshot());
        // By hand: A is not in F minor but 100 cents from A♭ and B♭; 415.3 is A♭, 400 lies 35 from
        // G.
        const double before = *snapshot()->inKeyBefore;
        const double after = *snapshot()->inKeyAfter;
        QVERIFY(std::abs(before - 0.0) < 1e-6);
        QVERIFY(std::abs(after - 1.0 / 1.125) < 1e-4);
        auto *share = panel.findChild<InKeyShare *>();
        QCOMPARE(spoken(*share), QString("0% before, 89% after, of the energy within ±15 cents"));
        auto *histogram = panel.findChild<DistanceHistogram *>();
        const double middle = histogram->width() / 2.0;
        QCOMPARE(histogram->binText(middle + 2), QString("0 … +5 ¢: 0.0 % before, 88.9 % after"));
        auto *largest = panel.findChild<LargestMoves *>();
        QCOMPARE(largest->rowText(0),
                 QString("From 220.0 Hz to 207.7 Hz, −100 cents, aimed at A♭3, −20.0 dB"));
        QSignalSpy zoom(&panel, &QuantizationPanel::zoomRequested);
        QTest::mouseClick(largest, Qt::LeftButton, {}, largest->rowRect(1).center().toPoint());
        QCOMPARE(zoom.size(), 1);
        QCOMPARE(zoom[0][0].value<QuantizationLine>().fromHz, snapshot()->lines[1].fromHz);
        QTest::keyClick(largest, Qt::Key_Down);
        QTest::keyClick(largest, Qt::Key_Return);
        QCOMPARE(zoom.size(), 2);
        panel.startOver();
        QCOMPARE(spoken(*share), QString("nothing to measure"));
    }
    void aLowPanelScrolls()
    {
        QuantizationPanel panel;
        panel.setQuantization(snapshot());
        panel.resize(264, 627);
        panel.show();
        auto *scroll = panel.findChild<ScrollColumn *>();
        auto *largest = panel.findChild<LargestMoves *>();
        QCoreApplication::processEvents();
        QVERIFY(!scroll->verticalScrollBar()->isVisible());
        panel.resize(264, 200);
        QCoreApplication::processEvents();
        QVERIFY(scroll->verticalScrollBar()->isVisible());
        QVERIFY(largest->height() >= largest->sizeHint().height());
        // The keyboard brings it into sight.
        largest->setFocus(Qt::TabFocusReason);
        scroll->ensureWidgetVisible(largest);
        QVERIFY(largest->mapTo(scroll->viewport(), QPoint()).y() < scroll->viewport()->height());
    }

    // Where the numbers come from

    void theWorkerAnswersForTheModeItIsIn()
    {
        QuantizationWorker worker;
        QuantizationWorker::Snapshot last;
        QThread *thread = nullptr;
        connect(&worker, &QuantizationWorker::ready, &worker, [&](const auto &snapshot) {
            last = snapshot;
            thread = QThread::currentThread();
        });
        QSignalSpy inKey(&worker, &QuantizationWorker::inKeyChanged);
        worker.setTrace(trace());
        QVERIFY(!last); // not within the call
        QVERIFY(QTest::qWaitFor([&] { return last != nullptr; }, 5000));
        QCOMPARE(last->lines.size(), std::size_t{2});
        QCOMPARE(thread, QThread::currentThread());
        QCOMPARE(inKey.size(), 1);
        worker.setAtPlayhead(true);
        worker.setPlayhead(0.8);
        QVERIFY(QTest::qWaitFor([&] { return worker.settled(); }, 5000));
        QCOMPARE(last->lines.size(), std::size_t{1}); // only one sounds there
        QCOMPARE(inKey.size(), 1);                    // the card tells of the whole
        worker.setTrace(nullptr);
        QCOMPARE(inKey.size(), 2);
        worker.setTrace(trace());
        // Dies while it may be busy.
    }
    void theSwitchChooses()
    {
        WordSwitch words("Shown", {"Whole preview", "At playhead"});
        words.resize(words.sizeHint());
        words.show();
        QCOMPARE(words.index(), 0);
        QSignalSpy chosen(&words, &WordSwitch::chosen);
        words.setIndex(1);
        QCOMPARE(chosen.size(), 0);
        QTest::mouseClick(words.segment(0), Qt::LeftButton);
        QCOMPARE(chosen.size(), 1);
        QTest::keyClick(words.segment(0), Qt::Key_Right);
        QCOMPARE(words.index(), 1);
        QCOMPARE(chosen.size(), 2);
        QTest::keyClick(words.segment(1), Qt::Key_Right);
        QCOMPARE(words.index(), 1);
    }
};

QD_TEST(TestQuantizationView, QApplication)
#include "TestQuantizationView.moc"
