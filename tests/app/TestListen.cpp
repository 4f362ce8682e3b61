// SPDX-License-Identifier: GPL-3.0-or-later
//
// Comparing by ear: A, B, Dry and Δ are heard at the same place of the loop with one short fade
// between them and nothing else; what was compared before is there at once; matched sounds are
// equally loud; the headphones show what is heard.

#include "engine/analysis/Loudness.h"
#include "tests/app/HeardSound.h"
#include "tests/app/WorkstationFixture.h"
#include "tests/support/TestProgram.h"
#include "widgets/panels/ListenPanel.h"

#include <QMenu>

using namespace tests;
using app::ListenSource;
using app::Slot;
using engine::pipeline::ParameterId;
using engine::pipeline::TapId;

class TestListen : public WorkstationFixture {
    Q_OBJECT

private slots:
    void switchingIsAlignedAndFreeOfClicks();
    void deltaAndDryMakeTheTap();
    void theOtherSlotIsThereAtOnce();
    void keysAndButtonsChooseTheSource();
    void editingWhileDrySoundsChangesTheLastSlot();
    void matchedSourcesAreEquallyLoud();
    void silenceIsNotMatched();
    void outputCanBeHeardWhileAnotherTapIsLookedAt();
    void theOtherSlotsValuesAreDots();
    void theSlotMenuCopiesAndSwaps();

private:
    /// As large as on a usual screen, so that every button has its place.
    void openWindow(std::shared_ptr<engine::playback::OutputDriver> driver = nullptr)
    {
        startWindow(std::move(driver));
        window_->resize(1440, 900);
    }
    /// B folds harder than A, and both are rendered.
    void makeTwoSlots()
    {
        window_->session().setSlot(Slot::B);
        window_->session().edit(ParameterId::FoldAmount, 6.0, widgets::Edit::Set);
        waitForPreview();
        window_->session().setSlot(Slot::A);
        waitForPreview();
        QTRY_VERIFY_WITH_TIMEOUT(window_->previews().other(), patienceMs);
    }
};

void TestListen::switchingIsAlignedAndFreeOfClicks()
{
    if constexpr (underThreadSanitizer)
        QSKIP(nothingIsCaptured);
    makeInput("in.wav", 2, 100000);
    openWindow();
    openSound(in("in.wav"));
    makeTwoSlots();
    const std::vector<float> a = stereo(tap(TapId::Output));
    const std::vector<float> b = stereo(window_->previews().other()->sound(TapId::Output));
    QVERIFY(a != b);
    click("previewButton");
    QTRY_VERIFY_WITH_TIMEOUT(endsWith(heard(), a), patienceMs);
    const auto before = static_cast<std::int64_t>(heard().size() / 2);
    click("listen.b");
    QTRY_VERIFY_WITH_TIMEOUT(endsWith(heard(), b), patienceMs);
    const std::vector<float> all = heard();
    const std::int64_t swap =
        before +
        differs(std::span(all).subspan(2 * static_cast<std::size_t>(before)), a, before).first;
    constexpr std::int64_t fadeFrames = 441 + 1;
    const auto rest = std::span(all).subspan(2 * static_cast<std::size_t>(swap + fadeFrames));
    const Difference left = differs(rest, b, swap + fadeFrames);
    QVERIFY2(left.first < 0, qPrintable(QStringLiteral("%1 to %2 after %3")
                                            .arg(left.first)
                                            .arg(left.last)
                                            .arg(swap + fadeFrames)));
    // In the fade every sample lies between the two, so there is no step that they do not have.
    for (std::int64_t n = swap; n < swap + fadeFrames; ++n) {
        const auto at = static_cast<std::size_t>(2 * n);
        const auto loop =
            static_cast<std::size_t>(2 * (n % static_cast<std::int64_t>(a.size() / 2)));
        constexpr float rounding = 1e-6F;
        QVERIFY(all[at] >= std::min(a[loop], b[loop]) - rounding);
        QVERIFY(all[at] <= std::max(a[loop], b[loop]) + rounding);
    }
    click("listen.dry");
    QTRY_VERIFY_WITH_TIMEOUT(endsWith(heard(), stereo(tap(TapId::Input))), patienceMs);
    click("listen.a");
    QTRY_VERIFY_WITH_TIMEOUT(endsWith(heard(), a), patienceMs);
}

void TestListen::deltaAndDryMakeTheTap()
{
    makeInput("in.wav", 2, 60000);
    openWindow(std::make_shared<PacedDriver>());
    openSound(in("in.wav"));
    const auto delta = [&] { return window_->listening().soundOf(ListenSource::Delta).tap; };
    for (const TapId id : {TapId::Output, TapId::PostDist}) {
        window_->session().setTap(id);
        QTRY_VERIFY_WITH_TIMEOUT(delta(), patienceMs);
        double energy = 0.0;
        for (int c = 0; c < 2; ++c) {
            const auto wet = tap(id).channel(c);
            const auto dry = tap(TapId::Input).channel(c);
            const auto difference = delta()->channel(c);
            for (std::size_t i = 0; i < wet.size(); ++i) {
                energy += double{difference[i]} * double{difference[i]};
                const float largest =
                    std::max({std::abs(wet[i]), std::abs(dry[i]), std::abs(difference[i])});
                const double step = double{std::nextafter(largest, 10.0F)} - double{largest};
                QVERIFY(std::abs(double{difference[i]} + double{dry[i]} - double{wet[i]}) <= step);
            }
        }
        QVERIFY(energy > 1.0);
    }
}

void TestListen::theOtherSlotIsThereAtOnce()
{
    makeNoise("in.wav", 2, 200000);
    openWindow(std::make_shared<PacedDriver>());
    openSound(in("in.wav"));
    makeTwoSlots();
    const auto b = window_->previews().other();
    for (int i = 0; i < 20; ++i) {
        const auto wanted = window_->previews().other();
        click(i % 2 == 0 ? "listen.b" : "listen.a");
        // No event was handled since: nothing can have been rendered.
        QVERIFY(window_->previews().isUpToDate());
        QCOMPARE(window_->previews().current(), wanted);
        QCOMPARE(window_->previews().current()->request.settings, window_->session().settings());
        QVERIFY(window_->previews().other());
    }
    // Moving the preview window makes both anew.
    window_->session().setWindow({44100, 2 * 44100});
    waitForPreview();
    QTRY_VERIFY_WITH_TIMEOUT(window_->previews().other(), patienceMs);
    QVERIFY(window_->previews().other() != b);
    QCOMPARE(window_->previews().other()->request.firstFrame, std::int64_t{44100});
}

void TestListen::keysAndButtonsChooseTheSource()
{
    makeNoise("in.wav", 2, 60000);
    openWindow(std::make_shared<PacedDriver>());
    openSound(in("in.wav"));
    makeTwoSlots();
    window_->activateWindow();
    const auto source = [&] { return window_->listening().source(); };
    const auto press = [&](Qt::Key key) { QTest::keyClick(window_.get(), key); };
    press(Qt::Key_B);
    QCOMPARE(source(), ListenSource::B);
    QVERIFY(child<QAbstractButton>("listen.b").isChecked());
    press(Qt::Key_D);
    QCOMPARE(source(), ListenSource::Dry);
    QVERIFY(child<QAbstractButton>("listen.dry").isChecked());
    press(Qt::Key_QuoteLeft); // back to the slot of before
    QCOMPARE(source(), ListenSource::B);
    press(Qt::Key_QuoteLeft);
    QCOMPARE(source(), ListenSource::A);
    press(Qt::Key_X);
    QCOMPARE(source(), ListenSource::Delta);
    press(Qt::Key_A);
    QCOMPARE(source(), ListenSource::A);
    press(Qt::Key_M);
    QVERIFY(child<QAbstractButton>("matchLevel").isChecked());
    press(Qt::Key_M);
    QVERIFY(!window_->listening().matchesLevel());
    // Undo goes to the slot that it changes.
    QTest::keyClick(window_.get(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(source(), ListenSource::B);
    QVERIFY(child<QAbstractButton>("listen.b").isChecked());
}

void TestListen::editingWhileDrySoundsChangesTheLastSlot()
{
    makeNoise("in.wav", 2, 60000);
    openWindow(std::make_shared<PacedDriver>());
    openSound(in("in.wav"));
    click("listen.b");
    click("listen.dry");
    QTest::keyClick(&child<widgets::Knob>("dist.fold"), Qt::Key_PageUp);
    waitForPreview();
    QCOMPARE(window_->listening().source(), ListenSource::Dry);
    QVERIFY(window_->session().slotState(Slot::B).settings.distortion.foldAmount > 1.5);
    QCOMPARE(window_->session().slotState(Slot::A).settings.distortion.foldAmount, 1.0);
}

void TestListen::matchedSourcesAreEquallyLoud()
{
    makeInput("in.wav", 2, 200000);
    openWindow(std::make_shared<PacedDriver>());
    openSound(in("in.wav"));
    makeTwoSlots();
    window_->session().edit(ParameterId::OutputGainDb, -7.0, widgets::Edit::Set);
    waitForPreview();
    click("matchLevel");
    constexpr std::array matched{ListenSource::A, ListenSource::B, ListenSource::Dry};
    const auto &listening = window_->listening();
    QTRY_VERIFY_WITH_TIMEOUT(listening.appliedGainDb(), patienceMs);
    const auto loudness = [&](ListenSource source) {
        const auto sound = listening.soundOf(source);
        engine::AudioBuffer scaled = *sound.tap;
        const auto gain = static_cast<float>(std::pow(10.0, sound.gainDb / 20.0));
        for (int c = 0; c < scaled.channels(); ++c) {
            for (float &sample : scaled.channel(c))
                sample *= gain;
        }
        return engine::analysis::integratedLufs(scaled).value();
    };
    QTRY_VERIFY_WITH_TIMEOUT(std::abs(loudness(matched[0]) - loudness(matched[1])) < 0.1 &&
                                 std::abs(loudness(matched[0]) - loudness(matched[2])) < 0.1,
                             patienceMs);
    double highest = -1000.0;
    for (const ListenSource source : matched)
        highest = std::max(highest, listening.soundOf(source).gainDb);
    QCOMPARE(highest, 0.0); // the quietest is left alone, and nothing is boosted
    QCOMPARE(child<widgets::ListenPanel>("listenPanel").matchText(),
             QStringLiteral("%1 dB").arg(
                 QLocale().toString(*listening.appliedGainDb(), 'f', 1).replace(u'-', u'−')));
    QCOMPARE(listening.soundOf(ListenSource::Delta).gainDb, 0.0);
    // A render is as it was.
    QCOMPARE(window_->session().settings().gain.gainDb, -7.0);
}

void TestListen::silenceIsNotMatched()
{
    writeSound(in("silence.wav"), SF_FORMAT_WAV | SF_FORMAT_FLOAT,
               engine::AudioBuffer({44100, 1}, 60000));
    openWindow(std::make_shared<PacedDriver>());
    openSound(in("silence.wav"));
    click("matchLevel");
    QTest::qWait(200);
    QVERIFY(!window_->listening().appliedGainDb());
    QCOMPARE(child<widgets::ListenPanel>("listenPanel").matchText(), QStringLiteral("–"));
}

void TestListen::outputCanBeHeardWhileAnotherTapIsLookedAt()
{
    makeNoise("in.wav", 2, 60000);
    openWindow(std::make_shared<PacedDriver>());
    openSound(in("in.wav"));
    window_->actions()["listen.pin"].trigger();
    click("tap.pre_quant");
    QCOMPARE(window_->session().tap(), TapId::PreQuant);
    QCOMPARE(window_->listening().heard().tap,
             window_->previews().current()->sharedSound(TapId::Output));
    window_->actions()["listen.pin"].trigger();
    QCOMPARE(window_->listening().heard().tap,
             window_->previews().current()->sharedSound(TapId::PreQuant));
}

void TestListen::theOtherSlotsValuesAreDots()
{
    makeNoise("in.wav", 2, 60000);
    openWindow(std::make_shared<PacedDriver>());
    openSound(in("in.wav"));
    auto &fold = child<widgets::Knob>("dist.fold");
    const QImage plain = fold.grab().toImage();
    makeTwoSlots();
    QVERIFY(fold.grab().toImage() != plain);
    window_->session().copySlot(Slot::A);
    QCOMPARE(fold.grab().toImage(), plain);
}

void TestListen::theSlotMenuCopiesAndSwaps()
{
    openWindow(std::make_shared<PacedDriver>());
    window_->session().edit(ParameterId::FoldAmount, 4.0, widgets::Edit::Set);
    click("slotCopy");
    auto *const menu = window_->findChild<QMenu *>(QStringLiteral("slotMenu"));
    QVERIFY(menu && menu->isVisible());
    menu->actions().front()->trigger();
    menu->close();
    QVERIFY(window_->session().slotsAreEqual());
    QCOMPARE(window_->session().slotState(Slot::B).settings.distortion.foldAmount, 4.0);
    // Where both hold the same there is nothing to copy.
    const auto foldOf = [this](Slot slot) {
        return window_->session().slotState(slot).settings.distortion.foldAmount;
    };
    const std::array ids{"listen.copy_ab", "listen.copy_ba", "listen.swap"};
    QVERIFY(!child("slotCopy").isEnabled());
    for (const char *id : ids)
        QVERIFY(!window_->actions()[id].isEnabled());
    window_->session().edit(ParameterId::FoldAmount, 6.0, widgets::Edit::Set);
    QVERIFY(child("slotCopy").isEnabled());
    for (const char *id : ids)
        QVERIFY(window_->actions()[id].isEnabled());
    QTest::keyClick(window_.get(), Qt::Key_X, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(foldOf(Slot::A), 4.0);
    QCOMPARE(foldOf(Slot::B), 6.0);
    QTest::keyClick(window_.get(), Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(foldOf(Slot::A), 6.0);
    window_->session().edit(ParameterId::FoldAmount, 2.0, widgets::Edit::Set);
    QTest::keyClick(window_.get(), Qt::Key_B, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(foldOf(Slot::B), 2.0);
}

QD_TEST(TestListen, QApplication)
#include "TestListen.moc"
