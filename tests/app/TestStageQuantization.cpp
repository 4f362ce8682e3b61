// SPDX-License-Identifier: GPL-3.0-or-later
//
// The quantization view in the window: what it is of, its panel, turning on, and a line alone.
#include "app/workstation/PlotPane.h"
#include "engine/base/WorkerPool.h"
#include "engine/render/SoloSound.h"
#include "tests/app/StageFixture.h"
#include "tests/support/TestProgram.h"
#include "widgets/panels/QuantizationPanel.h"
#include "widgets/views/QuantizationView.h"
#include "widgets/views/SpectrogramView.h"

using namespace tests;
using app::Axis;
using app::isNearly;

class TestStageQuantization : public StageFixture {
    Q_OBJECT

private slots:
    void quantizationBringsItsPanelAndItsSwitch();
    void theTitleChoosesWhatQuantizationIsOf();
    void aQuantizerThatIsOffIsTurnedOnFromItsView();
    void aLineIsHeardAlone();
};

void TestStageQuantization::quantizationBringsItsPanelAndItsSwitch()
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

void TestStageQuantization::theTitleChoosesWhatQuantizationIsOf()
{
    startWithSound();
    click("view.quantize");
    auto &view = viewOf<widgets::QuantizationView>(0);
    QTRY_VERIFY_WITH_TIMEOUT(view.valuesAsCsv().count(u'\n') > 3, patienceMs);
    click("stageTitle");
    choose(QStringLiteral("Input → Output"));
    QCOMPARE(stage().toolbar().title(), QStringLiteral("Input → Output"));
    QTRY_VERIFY_WITH_TIMEOUT(view.showsChain() && view.valuesAsCsv().contains(u"Post-Quant"),
                             patienceMs);
    QVERIFY(view.valuesAsCsv().contains(u"Pre-Quant"));
    // It stays so whichever tap is heard, and at the next start.
    click("tap.pre_quant");
    QCOMPARE(stage().toolbar().title(), QStringLiteral("Input → Output"));
    const QVariantMap saved = stage().saveState();
    click("stageTitle");
    choose(QStringLiteral("As the tap"));
    QCOMPARE(stage().toolbar().title(), QStringLiteral("Input → Pre-Quant"));
    QTRY_VERIFY_WITH_TIMEOUT(!view.showsChain() && view.valuesAsCsv().count(u'\n') > 3, patienceMs);
    stage().restoreState(saved);
    QCOMPARE(stage().toolbar().title(), QStringLiteral("Input → Output"));
}

void TestStageQuantization::aQuantizerThatIsOffIsTurnedOnFromItsView()
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

void TestStageQuantization::aLineIsHeardAlone()
{
    if constexpr (underThreadSanitizer)
        QSKIP(nothingIsCaptured);
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

QD_TEST(TestStageQuantization, QApplication)
#include "TestStageQuantization.moc"
