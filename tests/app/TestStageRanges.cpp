// SPDX-License-Identifier: GPL-3.0-or-later
//
// All panes show one time, frequency and level scale: what is moved in one moves in the others.
#include "app/workstation/PlotPane.h"
#include "tests/app/StageFixture.h"
#include "tests/support/TestProgram.h"
#include "widgets/views/ScopeView.h"
#include "widgets/views/SpectrogramView.h"
#include "widgets/views/SpectrumView.h"
#include "widgets/views/WaveformView.h"

#include <QMenu>
#include <QPointer>
#include <QWheelEvent>

using namespace tests;
using app::Axis;
using app::isNearly;
using widgets::AxisRange;

class TestStageRanges : public StageFixture {
    Q_OBJECT

private slots:
    void timeAndFrequencyAreLinked();
    void levelsAreLinked();
    void anotherWindowShowsAllOfItsTime();
    void plusAndMinusZoomTheActivePane();
};

void TestStageRanges::timeAndFrequencyAreLinked()
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

void TestStageRanges::levelsAreLinked()
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

void TestStageRanges::anotherWindowShowsAllOfItsTime()
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

void TestStageRanges::plusAndMinusZoomTheActivePane()
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

QD_TEST(TestStageRanges, QApplication)
#include "TestStageRanges.moc"
