// SPDX-License-Identifier: GPL-3.0-or-later
//
// Panes side by side: each shows the sound of its own tap, mouse and keyboard reach everything.
#include "engine/analysis/Spectrum.h"
#include "tests/app/StageFixture.h"
#include "tests/support/Program.h"
#include "tests/support/TestProgram.h"
#include "widgets/chain/Rail.h"
#include "widgets/views/ScopeView.h"
#include "widgets/views/SpectrogramView.h"
#include "widgets/views/SpectrumView.h"
#include "widgets/views/WaveformView.h"

#include <QToolButton>

using namespace tests;
using engine::pipeline::ParameterId;
using engine::pipeline::TapId;

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
    void aRightClickOnATapChangesNothing();
    void theWaveformsMenuChangesItsRuler();
    void closingTheSoundEmptiesEveryPane();

private:
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

void TestStage::aRightClickOnATapChangesNothing()
{
    startWithSound();
    const TapId before = window_->session().tap();
    auto &rail = child<widgets::Rail>("rail");
    QTimer::singleShot(0, this, [] { QApplication::activePopupWidget()->close(); });
    emit rail.tapContextMenu(TapId::PostDist, rail.mapToGlobal(QPoint()));
    QCOMPARE(window_->session().tap(), before);
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

QD_TEST(TestStage, QApplication)
#include "TestStage.moc"
