// SPDX-License-Identifier: GPL-3.0-or-later
//
// Panes side by side: each shows the sound of its own tap, all show one time, frequency and level
// scale, mouse and keyboard reach everything, nothing is clipped, and the next start looks the
// same.
#include "app/workstation/PlotPane.h"
#include "engine/analysis/Spectrum.h"
#include "engine/base/WorkerPool.h"
#include "engine/render/SoloSound.h"
#include "tests/app/StageFixture.h"
#include "tests/support/Program.h"
#include "widgets/chain/Rail.h"
#include "widgets/panels/QuantizationPanel.h"
#include "widgets/views/QuantizationView.h"
#include "widgets/views/ScopeView.h"
#include "widgets/views/SpectrogramView.h"
#include "widgets/views/SpectrumView.h"
#include "widgets/views/WaveformView.h"

#include <QMenu>
#include <QPointer>
#include <QToolButton>
#include <QWheelEvent>

using namespace tests;
using app::Axis;
using app::isNearly;
using app::StageArea;
using engine::pipeline::ParameterId;
using engine::pipeline::TapId;
using widgets::AxisRange;

namespace {

class LayoutRequests final : public QObject {
public:
    explicit LayoutRequests(int &count) : count_(count) {}

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        count_ += event->type() == QEvent::LayoutRequest;
        return false;
    }

private:
    int &count_;
};

} // namespace

class TestStage : public StageFixture {
    Q_OBJECT

private slots:
    void everyViewHasATabACommandAndAKey();
    void theKeyAndTheButtonCycleThePanes();
    void aClickOrTheFocusMakesAPaneActive();
    void theFirstPaneFollowsTheRailTheOthersKeepTheirTap();
    void everyPaneShowsTheSoundOfItsTap();
    void theSpectrumOfAPaneIsThatOfItsTap();
    void aPaneOutOfUseComputesNothing();
    void aStageThatIsOffIsNamedInItsPaneOnly();
    void compareWithInputOpensASecondPane();
    void timeAndFrequencyAreLinked();
    void levelsAreLinked();
    void anotherWindowShowsAllOfItsTime();
    void plusAndMinusZoomTheActivePane();
    void bordersMoveByKeyboardAndReturn();
    void panesComeBackAtTheNextStart();
    void aDamagedMemoryIsNoHarm();
    void nothingIsClippedAtTheSmallestSize_data();
    void nothingIsClippedAtTheSmallestSize();
    void manyTabsGiveUpWordsBeforeRoom_data();
    void manyTabsGiveUpWordsBeforeRoom();
    void whileLateOnlyTheTitlesWordsChange();
    void theWaveformsMenuChangesItsRuler();
    void quantizationBringsItsPanelAndItsSwitch();
    void aQuantizerThatIsOffIsTurnedOnFromItsView();
    void aLineIsHeardAlone();
    void closingTheSoundEmptiesEveryPane();

private:
    /// The menu that is open, as a person would find it.
    void choose(const QString &words) const
    {
        QPointer<QMenu> menu;
        QTRY_VERIFY((menu = qobject_cast<QMenu *>(QApplication::activePopupWidget())));
        for (QAction *action : menu->actions()) {
            if (action->text() == words) {
                action->trigger();
                if (menu)
                    menu->close();
                return;
            }
        }
        QFAIL(qPrintable(words));
    }
    void startWithSound()
    {
        makeNoise("in.wav", 2, 88200);
        startWindow();
        window_->session().edit(ParameterId::FoldAmount, 4.0, widgets::Edit::Set);
        openSound(in("in.wav"));
    }
    /// What the command line writes at each tap.
    engine::AudioBuffer tapFile(const char *tap)
    {
        const std::string folder = in("taps");
        if (!std::filesystem::exists(folder)) {
            const auto outcome =
                runRender({"--fold-amount", "4", "--taps", folder, in("in.wav"), in("line.wav")});
            if (outcome.exitCode != 0)
                qFatal("the render failed");
        }
        return readSound(folder + "/" + tap + ".wav");
    }
};

void TestStage::everyViewHasATabACommandAndAKey()
{
    startWithSound();
    QSet<QString> keys;
    for (const app::ViewRow &row : app::viewTable()) {
        auto &tab = child<QToolButton>(row.id);
        QTest::mouseClick(&tab, Qt::LeftButton);
        QWidget &shown = stage().pane(0).current().widget();
        QTRY_VERIFY2(shown.isVisible(), row.id);
        QVERIFY(tab.isChecked());
        QVERIFY(!tab.toolTip().isEmpty() && !tab.accessibleName().isEmpty());
        QAction &command = window_->actions()[row.id];
        QVERIFY(command.isChecked());
        for (const QKeySequence &key : command.shortcuts()) {
            QVERIFY2(!keys.contains(key.toString()), row.id);
            keys.insert(key.toString());
        }
    }
    QTest::keyClick(window_.get(), Qt::Key_2, Qt::ControlModifier);
    QCOMPARE(stage().view(), 1);
}

void TestStage::theKeyAndTheButtonCycleThePanes()
{
    startWithSound();
    const auto shown = [this] {
        int count = 0;
        for (const char *name : {"pane1", "pane2", "pane3"}) {
            const auto *pane = window_->findChild<QWidget *>(QLatin1String(name));
            count += pane && pane->isVisible();
        }
        return count;
    };
    for (const int panes : {2, 3, 1}) {
        QTest::keyClick(window_.get(), Qt::Key_S);
        QCOMPARE(shown(), panes);
    }
    for (const int panes : {2, 3, 1, 2}) {
        click("split");
        QCOMPARE(shown(), panes);
        QCOMPARE(child<QToolButton>("split").isChecked(), panes > 1);
        const QByteArray command = "view.panes" + QByteArray::number(panes);
        QVERIFY(window_->actions()[command.constData()].isChecked());
    }
    window_->actions()["view.panes3"].trigger();
    QCOMPARE(shown(), 3);
}

void TestStage::aClickOrTheFocusMakesAPaneActive()
{
    startWithSound();
    stage().setPaneCount(3);
    QWidget &third = stage().pane(2).current().widget();
    QTest::mouseClick(&third, Qt::LeftButton, {}, third.rect().center());
    QCOMPARE(stage().activePane(), 2);
    QTest::keyClick(window_.get(), Qt::Key_5, Qt::ControlModifier);
    QCOMPARE(stage().pane(2).view(), app::viewNumber("view.phase"));
    QCOMPARE(stage().pane(0).view(), app::viewNumber("view.spectrogram"));
    QVERIFY(child<QToolButton>("view.phase").isChecked());
    stage().pane(0).current().widget().setFocus(Qt::TabFocusReason);
    QCOMPARE(stage().activePane(), 0);
    QVERIFY(child<QToolButton>("view.spectrogram").isChecked());
    // The last pane leaves: another one is active.
    stage().setActivePane(2);
    stage().setPaneCount(2);
    QCOMPARE(stage().activePane(), 1);
}

void TestStage::theFirstPaneFollowsTheRailTheOthersKeepTheirTap()
{
    startWithSound();
    click("tap.pre_quant");
    click("split");
    QCOMPARE(stage().pane(1).tap(), TapId::PreQuant);
    click("tap.post_dist");
    QCOMPARE(stage().pane(0).tap(), TapId::PostDist);
    QCOMPARE(stage().pane(1).tap(), TapId::PreQuant);
    click("pane2.tap");
    choose(QStringLiteral("Input"));
    QCOMPARE(stage().pane(1).tap(), TapId::Input);
    QCOMPARE(window_->session().tap(), TapId::PostDist);
    auto &title = child<QAbstractButton>("pane1.tap");
    QTest::keyClick(&title, Qt::Key_Return);
    choose(QStringLiteral("After Post-Quant"));
    QCOMPARE(window_->session().tap(), TapId::PostQuant);
    QCOMPARE(stage().pane(0).tap(), TapId::PostQuant);
    QVERIFY(title.accessibleName().contains("After Post-Quant"));
    click("pane2.tap");
    choose(QStringLiteral("As selected on the rail"));
    QCOMPARE(stage().pane(1).tap(), TapId::PostQuant);
}

void TestStage::everyPaneShowsTheSoundOfItsTap()
{
    startWithSound();
    click("tap.post_dist");
    stage().setPaneCount(3);
    stage().pane(1).setOwnTap(TapId::Input);
    stage().pane(2).setOwnTap(TapId::PostQuant);
    const std::array files{"post_dist", "input", "post_quant"};
    for (int pane = 0; pane < 3; ++pane) {
        show(pane, "view.scope");
        auto &scope = viewOf<widgets::ScopeView>(pane);
        QTRY_VERIFY_WITH_TIMEOUT(!scope.valuesAsCsv().isEmpty() && scope.settled(), patienceMs);
        const engine::AudioBuffer expected = tapFile(files[static_cast<std::size_t>(pane)]);
        const QStringList rows = scope.valuesAsCsv().split(u'\n', Qt::SkipEmptyParts);
        const auto first = static_cast<std::size_t>(std::ceil(scope.originFrame()));
        QVERIFY2(rows.size() > 1000, qPrintable(QString::number(rows.size())));
        for (qsizetype i = 1; i < rows.size(); ++i) {
            const double shown = rows[i].split(u',')[1].toDouble();
            const auto sample =
                static_cast<double>(expected.channel(0)[first + static_cast<std::size_t>(i - 1)]);
            QVERIFY2(std::abs(shown - sample) < 1e-6,
                     qPrintable(QStringLiteral("pane %1, row %2: %3, not %4")
                                    .arg(pane + 1)
                                    .arg(i)
                                    .arg(shown)
                                    .arg(sample)));
        }
    }
}

void TestStage::theSpectrumOfAPaneIsThatOfItsTap()
{
    startWithSound();
    click("tap.input");
    stage().setPaneCount(2);
    stage().pane(1).setOwnTap(TapId::PostDist);
    const std::array files{"input", "post_dist"};
    for (int pane = 0; pane < 2; ++pane) {
        show(pane, "view.spectrum");
        auto &view = viewOf<widgets::SpectrumView>(pane);
        QTRY_VERIFY_WITH_TIMEOUT(!view.valuesAsCsv().isEmpty(), patienceMs);
        const auto expected =
            engine::analysis::averageSpectrum(tapFile(files[static_cast<std::size_t>(pane)]));
        const QStringList rows = view.valuesAsCsv().split(u'\n', Qt::SkipEmptyParts);
        QCOMPARE(rows.size(), qsizetype{expected->points() + 1});
        for (int point = 0; point < expected->points(); ++point) {
            const double level = rows[point + 1].split(u',')[1].toDouble();
            QVERIFY(std::abs(level - static_cast<double>(expected->levelDb(point))) < 0.0051);
        }
    }
}

void TestStage::aPaneOutOfUseComputesNothing()
{
    startWithSound();
    stage().setPaneCount(2);
    show(1, "view.spectrum");
    auto &view = viewOf<widgets::SpectrumView>(1);
    QTRY_VERIFY_WITH_TIMEOUT(!view.valuesAsCsv().isEmpty(), patienceMs);
    const QString before = view.valuesAsCsv();
    stage().setPaneCount(1);
    window_->session().edit(ParameterId::FoldAmount, 8.0, widgets::Edit::Set);
    waitForPreview();
    // The pane in use has its new picture; so would have had the other one.
    show(0, "view.spectrum");
    auto &used = viewOf<widgets::SpectrumView>(0);
    QTRY_VERIFY_WITH_TIMEOUT(!used.valuesAsCsv().isEmpty(), patienceMs);
    QCOMPARE(view.valuesAsCsv(), before);
    stage().setPaneCount(2);
    QTRY_VERIFY_WITH_TIMEOUT(view.valuesAsCsv() != before, patienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(view.valuesAsCsv(), used.valuesAsCsv(), patienceMs);
}

void TestStage::aStageThatIsOffIsNamedInItsPaneOnly()
{
    startWithSound();
    stage().setPaneCount(2);
    click("tap.post_dist");
    stage().pane(1).setOwnTap(TapId::PostQuant);
    click("post.on");
    waitForPreview();
    QTRY_VERIFY(
        child("pane2.tap").accessibleName().contains("After Post-Quant (Post-Quant is off)"));
    QVERIFY(!child("pane1.tap").accessibleName().contains("off"));
    QCOMPARE(stage().toolbar().title(), QStringLiteral("After Distortion"));
    stage().setActivePane(1);
    QCOMPARE(stage().toolbar().title(), QStringLiteral("After Post-Quant (Post-Quant is off)"));
}

void TestStage::compareWithInputOpensASecondPane()
{
    startWithSound();
    show(0, "view.scope");
    auto &rail = child<widgets::Rail>("rail");
    QTimer::singleShot(0, this, [this] { choose(QStringLiteral("Compare with Input")); });
    emit rail.tapContextMenu(TapId::PostDist, rail.mapToGlobal(QPoint()));
    QCOMPARE(stage().paneCount(), 2);
    QCOMPARE(stage().pane(0).tap(), TapId::PostDist);
    QCOMPARE(stage().pane(1).tap(), TapId::Input);
    QCOMPARE(stage().pane(1).view(), app::viewNumber("view.scope"));
}

void TestStage::timeAndFrequencyAreLinked()
{
    startWithSound();
    stage().setPaneCount(3);
    show(1, "view.spectrogram");
    show(2, "view.waveform");
    auto &first = viewOf<widgets::SpectrogramView>(0);
    auto &second = viewOf<widgets::SpectrogramView>(1);
    auto &wave = viewOf<widgets::WaveformView>(2);
    QTRY_VERIFY_WITH_TIMEOUT(!first.valuesAsCsv().isEmpty() && !second.valuesAsCsv().isEmpty() &&
                                 !wave.valuesAsCsv().isEmpty(),
                             patienceMs);
    const QPointF place = first.plot().center();
    QWheelEvent wheel(place, first.mapToGlobal(place), {}, {0, 240}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(&first, &wheel);
    QVERIFY(first.shownX().span() < 0.7 * first.wholeX().span());
    QCOMPARE(second.shownX(), first.shownX());
    QCOMPARE(second.shownY(), first.shownY());
    QVERIFY(std::abs(wave.shownX().low - first.shownX().low) < 1e-9);
    QVERIFY(std::abs(wave.shownX().high - first.shownX().high) < 1e-9);
    // Moving in the last one moves the others, in time only.
    const AxisRange octaves = first.shownY();
    QTest::keyClick(&wave, Qt::Key_Right);
    QVERIFY(std::abs(first.shownX().low - wave.shownX().low) < 1e-9);
    QCOMPARE(first.shownY(), octaves);
    QCOMPARE(second.shownX(), first.shownX());
    // A view that is opened later has the same scale, on whichever axis it stands.
    show(2, "view.spectrum");
    auto &spectrum = viewOf<widgets::SpectrumView>(2);
    QCOMPARE(spectrum.shownX(), octaves);
    // All of the one is all of each, whatever its limits are.
    QTest::mouseDClick(&first, Qt::LeftButton, {}, place.toPoint());
    QVERIFY(isNearly(spectrum.shownX(), spectrum.wholeX()));
    QVERIFY(isNearly(second.shownX(), second.wholeX()));
}

void TestStage::levelsAreLinked()
{
    startWithSound();
    stage().setPaneCount(2);
    auto &spectrogram = viewOf<widgets::SpectrogramView>(0);
    auto &spectrum = viewOf<widgets::SpectrumView>(1);
    const QPoint place = spectrogram.plot().center().toPoint();
    emit spectrogram.customContextMenuRequested(place);
    QPointer<QMenu> menu;
    QTRY_VERIFY((menu = qobject_cast<QMenu *>(QApplication::activePopupWidget())));
    for (const QMenu *sub : menu->findChildren<QMenu *>()) {
        for (QAction *action : sub->actions()) {
            if (action->text() == u"−120 to 0 dB")
                action->trigger();
        }
    }
    menu->close();
    const AxisRange wanted{-120.0, 0.0};
    QCOMPARE(spectrogram.dbRange(), wanted);
    QCOMPARE(spectrum.shownY(), wanted);
    stage().setRange(Axis::Level, std::nullopt);
    QCOMPARE(spectrogram.dbRange(), widgets::SpectrogramView::defaultDb);
    QCOMPARE(spectrum.shownY(), widgets::SpectrumView::defaultDb);
}

void TestStage::anotherWindowShowsAllOfItsTime()
{
    makeNoise("in.wav", 2, 44100 * 6);
    startWindow();
    openSound(in("in.wav"));
    stage().setPaneCount(2);
    show(1, "view.waveform");
    auto &spectrogram = viewOf<widgets::SpectrogramView>(0);
    auto &wave = viewOf<widgets::WaveformView>(1);
    QTRY_VERIFY_WITH_TIMEOUT(!spectrogram.valuesAsCsv().isEmpty() && wave.wholeX().span() > 5.0,
                             patienceMs);
    stage().setRange(Axis::Time, AxisRange{1.0, 2.0});
    QCOMPARE(spectrogram.shownX(), (AxisRange{1.0, 2.0}));
    window_->session().setWindow({44100, 2 * 44100});
    waitForPreview();
    QTRY_VERIFY_WITH_TIMEOUT(std::abs(wave.wholeX().span() - 2.0) < 1e-6, patienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(std::abs(spectrogram.wholeX().span() - 2.0) < 0.1, patienceMs);
    QCOMPARE(spectrogram.shownX(), spectrogram.wholeX());
    QVERIFY(std::abs(wave.shownX().span() - 2.0) < 1e-6);
    QVERIFY(!stage().range(Axis::Time));
}

void TestStage::plusAndMinusZoomTheActivePane()
{
    startWithSound();
    stage().setPaneCount(2);
    show(1, "view.scope");
    auto &spectrogram = viewOf<widgets::SpectrogramView>(0);
    auto &scope = viewOf<widgets::ScopeView>(1);
    QTRY_VERIFY_WITH_TIMEOUT(!spectrogram.valuesAsCsv().isEmpty(), patienceMs);
    window_->setFocus();
    const AxisRange before = scope.shownX();
    QTest::keyClick(window_.get(), Qt::Key_Plus);
    const double zoomed = spectrogram.shownX().span();
    QVERIFY(zoomed < spectrogram.wholeX().span());
    QCOMPARE(scope.shownX(), before);
    QTest::keyClick(window_.get(), Qt::Key_Minus);
    QVERIFY(spectrogram.shownX().span() > zoomed);
    stage().setActivePane(1);
    QTest::keyClick(window_.get(), Qt::Key_Plus);
    QVERIFY(scope.shownX().span() < before.span());
}

void TestStage::bordersMoveByKeyboardAndReturn()
{
    startWithSound();
    window_->resize(1440, 900);
    stage().setInspectorOpen(true);
    stage().setPaneCount(2);
    QCoreApplication::sendPostedEvents();
    auto &splitter = child<QSplitter>("paneSplitter");
    QSplitterHandle &handle = *splitter.handle(1);
    QVERIFY((handle.focusPolicy() & Qt::TabFocus) != 0);
    QVERIFY(!handle.accessibleName().isEmpty());
    handle.setFocus(Qt::TabFocusReason);
    const QList<int> usual = splitter.sizes();
    const double playhead = window_->playback().playheadSeconds();
    QTest::keyClick(&handle, Qt::Key_Left);
    QTest::keyClick(&handle, Qt::Key_Left);
    QTest::keyClick(&handle, Qt::Key_Left);
    QCOMPARE(splitter.sizes()[0], usual[0] - 24);
    QTest::keyClick(&handle, Qt::Key_Right);
    QCOMPARE(splitter.sizes()[0], usual[0] - 16);
    QCOMPARE(window_->playback().playheadSeconds(), playhead);
    // A border that was moved stays where it is put until its usual place is wanted.
    show(1, "view.phase");
    stage().setActivePane(1);
    stage().setView(app::viewNumber("view.spectrogram"));
    QCOMPARE(splitter.sizes()[0], usual[0] - 16);
    QTest::mouseDClick(&handle, Qt::LeftButton);
    QCOMPARE(splitter.sizes(), usual);
    auto &inspector = child<QSplitter>("inspectorSplitter");
    const int wide = child("inspector").width();
    inspector.handle(1)->setFocus(Qt::TabFocusReason);
    QTest::keyClick(inspector.handle(1), Qt::Key_Left);
    QCOMPARE(child("inspector").width(), wide + 8);
    QTest::keyClick(inspector.handle(1), Qt::Key_Return);
    QCOMPARE(child("inspector").width(), widgets::Theme::shared().px("size.inspector"));
}

void TestStage::panesComeBackAtTheNextStart()
{
    startWithSound();
    window_->resize(1440, 900);
    stage().setPaneCount(3);
    show(1, "view.scope");
    stage().pane(1).setOwnTap(TapId::Input);
    stage().pane(2).setOwnTap(TapId::PreQuant);
    show(2, "view.spectrum");
    stage().setActivePane(1);
    stage().setRange(Axis::Level, AxisRange{-90.0, 0.0});
    auto &splitter = child<QSplitter>("paneSplitter");
    QTest::keyClick(splitter.handle(1), Qt::Key_Right);
    const QList<int> sizes = splitter.sizes();
    window_->close();
    window_.reset();
    startWindow();
    QCOMPARE(stage().paneCount(), 3);
    QCOMPARE(stage().activePane(), 1);
    QCOMPARE(stage().pane(0).view(), app::viewNumber("view.spectrogram"));
    QCOMPARE(stage().pane(1).view(), app::viewNumber("view.scope"));
    QCOMPARE(stage().pane(1).ownTap(), std::optional(TapId::Input));
    QCOMPARE(stage().pane(2).view(), app::viewNumber("view.spectrum"));
    QCOMPARE(stage().pane(2).ownTap(), std::optional(TapId::PreQuant));
    QCOMPARE(stage().range(Axis::Level), std::optional(AxisRange{-90.0, 0.0}));
    QVERIFY(window_->actions()["view.panes3"].isChecked());
    QVERIFY(window_->actions()["view.scope"].isChecked());
    openSound(in("in.wav"));
    window_->resize(1440, 900);
    QTRY_COMPARE(child<QSplitter>("paneSplitter").sizes(), sizes);
    QCOMPARE(viewOf<widgets::SpectrumView>(2).shownY(), (AxisRange{-90.0, 0.0}));
}

void TestStage::aDamagedMemoryIsNoHarm()
{
    {
        app::Preferences preferences;
        preferences.setStage({{"panes", 77},
                              {"active", -3},
                              {"views", QStringList{"view.gone", "", "view.scope", "x", "y"}},
                              {"taps", QStringList{"?"}},
                              {"sizes", QVariantList{-1, "a"}},
                              {"octaves", QVariantList{9.0, 2.0}},
                              {"decibels", "loud"},
                              {"colourMap", 5}});
    }
    startWithSound();
    QCOMPARE(stage().paneCount(), 3);
    QCOMPARE(stage().activePane(), 0);
    QCOMPARE(stage().pane(2).view(), app::viewNumber("view.scope"));
    QVERIFY(!stage().range(Axis::Frequency));
    QVERIFY(!stage().range(Axis::Level));
}

void TestStage::nothingIsClippedAtTheSmallestSize_data()
{
    QTest::addColumn<int>("panes");
    for (int panes = 1; panes <= StageArea::mostPanes; ++panes)
        QTest::addRow("%d", panes) << panes;
}

void TestStage::nothingIsClippedAtTheSmallestSize()
{
    QFETCH(int, panes);
    startWithSound();
    window_->resize(1280, 720);
    stage().setInspectorOpen(true);
    stage().setPaneCount(panes);
    click("tap.post_quant");
    click("post.on"); // the longest title
    waitForPreview();
    QTRY_VERIFY(stage().toolbar().title().contains("is off"));
    QCoreApplication::processEvents();
    QVERIFY2(child("inspector").isVisible(), "there is room for it");
    QVERIFY(window_->width() == 1280 && window_->height() == 720);
    std::vector<QRect> buttons;
    for (const QToolButton *button : stage().toolbar().findChildren<QToolButton *>()) {
        if (!button->isVisible())
            continue;
        const QByteArray name = button->objectName().toUtf8();
        QVERIFY2(stage().toolbar().rect().contains(button->geometry()), name.constData());
        QVERIFY2(button->width() >= std::min(button->sizeHint().width(), button->maximumWidth()),
                 name.constData());
        QVERIFY2(button->width() >= 24 && button->height() >= 24, name.constData());
        QVERIFY2(!button->toolTip().isEmpty() && !button->accessibleName().isEmpty(),
                 name.constData());
        for (const QRect &other : buttons)
            QVERIFY2(!other.intersects(button->geometry()), name.constData());
        buttons.push_back(button->geometry());
    }
    QVERIFY(buttons.size() >= app::viewTable().size() + 4);
    int right = -1;
    for (int i = 0; i < panes; ++i) {
        QWidget &pane = stage().pane(i);
        QVERIFY(pane.parentWidget()->rect().contains(pane.geometry()));
        QVERIFY(pane.x() > right);
        right = pane.geometry().right();
        QVERIFY(pane.width() >= widgets::Theme::shared().px("size.pane_min"));
        const QWidget &view = stage().pane(i).current().widget();
        QVERIFY(pane.rect().contains(view.geometry()));
        QVERIFY2(view.height() >= 120, qPrintable(QString::number(view.height())));
    }
    const QRect inspector(child("inspector").mapTo(window_.get(), QPoint()),
                          child("inspector").size());
    QVERIFY(window_->rect().contains(inspector));
}

void TestStage::manyTabsGiveUpWordsBeforeRoom_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("wordy"); ///< tabs that show their words
    QTest::addRow("all words") << 1800 << 9;
    QTest::addRow("inspector open") << 968 << 1;
    QTest::addRow("icons") << 540 << 0;
}

void TestStage::manyTabsGiveUpWordsBeforeRoom()
{
    QFETCH(int, width);
    QFETCH(int, wordy);
    widgets::StageToolbar toolbar;
    std::vector<widgets::ViewTab> tabs;
    constexpr std::array ids{"a", "b", "c", "d", "e", "f", "g", "h", "i"};
    for (const char *id : ids)
        tabs.push_back({id, "spectrum", QStringLiteral("Long name of view %1").arg(id), {}});
    toolbar.setTabs(tabs);
    toolbar.setView(3);
    toolbar.setPaneCount(3);
    toolbar.resize(width, toolbar.height());
    toolbar.show();
    QVERIFY(QTest::qWaitForWindowExposed(&toolbar));
    QVERIFY2(toolbar.minimumSizeHint().width() <= width,
             qPrintable(QString::number(toolbar.minimumSizeHint().width())));
    QList<QToolButton *> buttons = toolbar.findChildren<QToolButton *>();
    std::sort(buttons.begin(), buttons.end(),
              [](const QWidget *a, const QWidget *b) { return a->x() < b->x(); });
    int words = 0;
    for (qsizetype i = 0; i < buttons.size(); ++i) {
        const QRect place = buttons[i]->geometry();
        QVERIFY(toolbar.rect().contains(place));
        QVERIFY(i == 0 || place.left() > buttons[i - 1]->geometry().right());
        QVERIFY(!buttons[i]->toolTip().isEmpty() && !buttons[i]->accessibleName().isEmpty());
        if (buttons[i]->property("tab").toBool() &&
            buttons[i]->toolButtonStyle() == Qt::ToolButtonTextBesideIcon) {
            ++words;
            QVERIFY(wordy > 1 || buttons[i]->isChecked());
        }
    }
    QCOMPARE(words, wordy);
    // It comes to rest: an arrangement does not ask for another one.
    QCoreApplication::processEvents();
    QCoreApplication::processEvents();
    int requests = 0;
    LayoutRequests counter(requests);
    toolbar.installEventFilter(&counter);
    QTest::qWait(50);
    QVERIFY2(requests <= 1, qPrintable(QString::number(requests)));
}

void TestStage::whileLateOnlyTheTitlesWordsChange()
{
    startWithSound();
    window_->resize(1440, 900);
    click("tap.post_dist");
    QWidget &tab = child("view.spectrum");
    const QRect before = tab.geometry();
    stage().setLate(true);
    QCOMPARE(stage().toolbar().title(), QStringLiteral("After Distortion (Updating…)"));
    QCOMPARE(tab.geometry(), before);
    stage().setLate(false);
    QCOMPARE(stage().toolbar().title(), QStringLiteral("After Distortion"));
    QCOMPARE(tab.geometry(), before);
}

void TestStage::theWaveformsMenuChangesItsRuler()
{
    startWithSound();
    show(0, "view.waveform");
    auto &wave = viewOf<widgets::WaveformView>(0);
    QCOMPARE(wave.ruler(), widgets::WaveformView::Ruler::Decibels);
    emit wave.customContextMenuRequested(wave.rect().center());
    choose(QStringLiteral("Ruler in parts of full scale"));
    QCOMPARE(wave.ruler(), widgets::WaveformView::Ruler::Linear);
}

void TestStage::quantizationBringsItsPanelAndItsSwitch()
{
    startWithSound();
    window_->resize(1440, 900);
    stage().setInspectorOpen(true);
    QVERIFY2(!window_->previews().current()->preQuantTrace, "nobody has asked");
    click("view.quantize");
    auto &view = viewOf<widgets::QuantizationView>(0);
    QTRY_VERIFY_WITH_TIMEOUT(view.valuesAsCsv().count(u'\n') > 3, patienceMs);
    auto &panel = *stage().findChild<widgets::QuantizationPanel *>();
    QVERIFY(panel.isVisible() && !stage().timing().isVisible());
    QVERIFY(child("quantization.moment").isVisible());
    QCOMPARE(stage().toolbar().title(), QStringLiteral("After Distortion → Post-Quant"));
    click("tap.pre_quant");
    QCOMPARE(stage().toolbar().title(), QStringLiteral("Input → Pre-Quant"));
    QTRY_COMPARE_WITH_TIMEOUT(view.quantizer(), engine::pipeline::StageId::PreQuant, patienceMs);
    // What it shows at first is no zoom that other panes would follow.
    QTRY_VERIFY_WITH_TIMEOUT(view.valuesAsCsv().count(u'\n') > 3, patienceMs);
    QVERIFY(!stage().range(Axis::Frequency));
    stage().setPaneCount(2);
    for (int i = 0; i < 6; ++i) // until it lies within the limits of both
        QTest::keyClick(&view, Qt::Key_Plus);
    QVERIFY(stage().range(Axis::Frequency));
    show(1, "view.spectrogram");
    QVERIFY(isNearly(viewOf<widgets::SpectrogramView>(1).shownY(), view.shownY()));
    stage().setActivePane(1);
    QVERIFY(!panel.isVisible() && stage().timing().isVisible());
    QVERIFY(!child("quantization.moment").isVisible());
}

void TestStage::aQuantizerThatIsOffIsTurnedOnFromItsView()
{
    startWithSound();
    click("tap.pre_quant");
    click("pre.on");
    waitForPreview();
    click("view.quantize");
    auto &turnOn = child<QAbstractButton>("quantization.turnOn");
    QTRY_VERIFY_WITH_TIMEOUT(turnOn.isVisible(), patienceMs);
    QCOMPARE(stage().toolbar().title(), QStringLiteral("Input → Pre-Quant (Pre-Quant is off)"));
    QTest::mouseClick(&turnOn, Qt::LeftButton);
    QVERIFY(window_->session().settings().preQuant.on);
    auto &view = viewOf<widgets::QuantizationView>(0);
    QTRY_VERIFY_WITH_TIMEOUT(view.valuesAsCsv().count(u'\n') > 3, patienceMs);
    QVERIFY(!turnOn.isVisible());
}

void TestStage::aLineIsHeardAlone()
{
#ifdef __SANITIZE_THREAD__
    QSKIP("What is played goes nowhere under ThreadSanitizer.");
#endif
    startWithSound();
    click("tap.pre_quant");
    click("view.quantize");
    auto &view = viewOf<widgets::QuantizationView>(0);
    QTRY_VERIFY_WITH_TIMEOUT(view.valuesAsCsv().count(u'\n') > 3, patienceMs);
    const engine::dsp::SoloRange range{300.0, 500.0};
    emit view.soloRequested(range, engine::pipeline::StageId::PreQuant);
    constexpr std::size_t enough = 30000;
    QTRY_VERIFY_WITH_TIMEOUT(heard().size() > 2 * enough, patienceMs);
    engine::WorkerPool workers;
    const auto solo = engine::render::soloSound(
        *window_->previews().current(), engine::pipeline::StageId::PreQuant, range, workers, {});
    QVERIFY(solo.has_value());
    const auto left = solo->channel(0);
    const auto right = solo->channel(1);
    const std::vector<float> all = heard();
    const std::span played = std::span(all).subspan(all.size() - enough); // after the fades
    const auto isHeardFrom = [&](std::size_t first) {
        for (std::size_t n = 0; n < enough / 2; ++n) {
            const std::size_t at = (first + n) % left.size();
            if (played[2 * n] != left[at] || played[2 * n + 1] != right[at])
                return false;
        }
        return true;
    };
    bool found = false;
    for (std::size_t first = 0; first < left.size() && !found; ++first)
        found = isHeardFrom(first);
    QVERIFY(found);
    // Asking for all again brings the tap back and stops what the question had started.
    emit view.soloRequested(std::nullopt, engine::pipeline::StageId::PreQuant);
    QTRY_VERIFY_WITH_TIMEOUT(!window_->playback().status().playWanted, patienceMs);
}

void TestStage::closingTheSoundEmptiesEveryPane()
{
    startWithSound();
    stage().setPaneCount(2);
    auto &spectrogram = viewOf<widgets::SpectrogramView>(0);
    auto &spectrum = viewOf<widgets::SpectrumView>(1);
    QTRY_VERIFY_WITH_TIMEOUT(
        !spectrogram.valuesAsCsv().isEmpty() && !spectrum.valuesAsCsv().isEmpty(), patienceMs);
    window_->session().closeSound();
    QVERIFY(spectrogram.valuesAsCsv().isEmpty());
    QVERIFY(spectrum.valuesAsCsv().isEmpty());
}

QTEST_MAIN(TestStage)
#include "TestStage.moc"
