// SPDX-License-Identifier: GPL-3.0-or-later
//
// Snapshots, variations, history and the contact sheet as a person uses them: keys, clicks and
// menus do what they say in one step, a cell is the same sound as a render of its settings, and the
// GUI thread has nothing to compute.

#include "app/workstation/ContactSheet.h"
#include "engine/analysis/Loudness.h"
#include "engine/analysis/Quantization.h"
#include "tests/app/WorkstationFixture.h"
#include "tests/support/TestProgram.h"
#include "widgets/controls/PlainSlider.h"
#include "widgets/panels/ExplorePanel.h"
#include "widgets/panels/JobStrip.h"

#include <QComboBox>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>
#include <ctime>

using namespace tests;
using app::ContactSheet;
using app::Slot;
using engine::pipeline::ParameterId;
using engine::pipeline::Settings;
using engine::pipeline::TapId;

namespace {

double secondsOfThread(clockid_t clock)
{
    timespec now{};
    clock_gettime(clock, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

} // namespace

class TestExplore : public WorkstationFixture {
    Q_OBJECT

private slots:
    void keysTakeSnapshotsAndClicksGoThere();
    void theSeventeenthSnapshotSaysWhoHadToGo();
    void snapshotsGetPicturesInTheBackground();
    void knobsAreLockedByTheirMenu();
    void allLocksAreOneSet();
    void aSheetLeavesAloneWhatIsLocked();
    void aSnapshotThatIsNotSeenIsTold();
    void theMorphIsHeardWhileItMoves();
    void aTypedSeedRollsAgain();
    void theHistoryGoesWhereItIsClicked();
    void theKeysShowAndHideTheParts();
    void cellsAreWhatARenderIs();
    void aClickedCellBecomesA();
    void cellsAreHeardAtThePlayhead();
    void oneParameterFillsTheWholeSheet();
    void theGuiThreadHasNothingToCompute();

private:
    void open(int frames = 60000)
    {
        makeInput("in.wav", 2, frames);
        startWindow(std::make_shared<PacedDriver>());
        window_->resize(1440, 900);
        openSound(in("in.wav"));
    }
    widgets::ExplorePanel &panel() { return child<widgets::ExplorePanel>("explore"); }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QTest::keyClick(window_.get(), key, modifiers);
    }
    ContactSheet &openSheet()
    {
        window_->actions()["chain.contact_sheet"].trigger();
        return child<ContactSheet>("contactSheet");
    }
    static bool isReady(const ContactSheet &sheet)
    {
        for (int i = 0; i < sheet.count(); ++i) {
            if (!sheet.variation(i))
                return false;
        }
        return sheet.count() > 0;
    }
    engine::render::SharedPreview freshRender(const Settings &settings)
    {
        engine::render::PreviewRenderer renderer;
        const app::FrameWindow window = window_->session().window();
        const auto preview = renderer.render(
            {0, in("in.wav"), 1, settings, window.firstFrame, window.frames, true}, {});
        return preview ? *preview : nullptr;
    }
    static bool sameBits(const engine::AudioBuffer &a, const engine::AudioBuffer &b)
    {
        if (a.format() != b.format() || a.frames() != b.frames())
            return false;
        for (int c = 0; c < a.format().channels; ++c) {
            if (std::memcmp(a.channel(c).data(), b.channel(c).data(),
                            a.channel(c).size() * sizeof(float)) != 0)
                return false;
        }
        return true;
    }
};

void TestExplore::keysTakeSnapshotsAndClicksGoThere()
{
    open();
    key(Qt::Key_T, Qt::ShiftModifier);
    QVERIFY(panel().isVisible());
    QVERIFY(!panel().snapshots().isVisible());
    window_->session().edit(ParameterId::FoldAmount, 3.0, widgets::Edit::Set);
    key(Qt::Key_T);
    window_->session().edit(ParameterId::FoldAmount, 7.0, widgets::Edit::Set);
    click("explore.take_snapshot");
    widgets::SnapshotList &list = panel().snapshots();
    QCOMPARE(list.count(), 2);
    QTest::mouseClick(list.viewport(), Qt::LeftButton, {},
                      list.visualItemRect(list.item(0)).center());
    QCOMPARE(window_->session().settings().distortion.foldAmount, 3.0);
    QCOMPARE(window_->session().undoStack().count(), 3);
    key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(window_->session().settings().distortion.foldAmount, 7.0);
    // Rename and delete, from the keyboard.
    list.setFocus();
    list.setCurrentRow(1);
    QTest::keyClick(&list, Qt::Key_F2);
    auto *const editor = list.findChild<QLineEdit *>();
    QVERIFY(editor);
    QTest::keyClicks(editor, "wide one");
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_COMPARE(window_->document().snapshots()[1].name, std::string("wide one"));
    QTRY_COMPARE(list.item(1)->text(), QStringLiteral("wide one"));
    list.setCurrentRow(0);
    QTest::keyClick(&list, Qt::Key_Delete);
    QCOMPARE(list.count(), 1);
    QVERIFY(wordsIn(child("jobStrip")).contains(QStringLiteral("was deleted")));
    // The Chain menu knows them as well.
    QMenu &menu = window_->actions().submenu("chain.snapshots");
    emit menu.aboutToShow();
    QCOMPARE(menu.actions().size(), 1);
    window_->session().edit(ParameterId::FoldAmount, 1.5, widgets::Edit::Set);
    menu.actions().front()->trigger();
    QCOMPARE(window_->session().settings().distortion.foldAmount, 7.0);
}

void TestExplore::theSeventeenthSnapshotSaysWhoHadToGo()
{
    open();
    for (int i = 0; i < 17; ++i) {
        window_->session().edit(ParameterId::FoldAmount, 1.0 + 0.25 * i, widgets::Edit::Set);
        key(Qt::Key_T);
    }
    QCOMPARE(window_->document().snapshots().size(), std::size_t{16});
    QVERIFY(wordsIn(child("jobStrip")).contains(QStringLiteral("had to go")));
    QCOMPARE(window_->document().snapshots().front().settings.distortion.foldAmount, 1.25);
    // The old one comes back in place of the one that it had to go for, not of the last.
    const std::int64_t seventeenth = window_->document().snapshots().back().timeMs;
    window_->document().removeSnapshot(3);
    window_->document().takeSnapshot(seventeenth + 5000);
    const auto keepOld = [this] {
        emit child<widgets::JobStrip>("jobStrip").actionTriggered(QStringLiteral("put_back"));
    };
    keepOld();
    QCOMPARE(window_->document().snapshots().size(), std::size_t{16});
    QVERIFY(!window_->document().findSnapshot(seventeenth));
    QVERIFY(window_->document().findSnapshot(seventeenth + 5000));
    QCOMPARE(window_->document().snapshots().front().settings.distortion.foldAmount, 1.0);
}

void TestExplore::snapshotsGetPicturesInTheBackground()
{
    open();
    window_->actions()["view.snapshots"].trigger();
    key(Qt::Key_T);
    QTRY_VERIFY_WITH_TIMEOUT(
        !panel().snapshots().item(0)->data(Qt::UserRole + 1).value<QImage>().isNull(), patienceMs);
}

void TestExplore::knobsAreLockedByTheirMenu()
{
    open();
    auto &fold = child<widgets::Knob>("dist.fold");
    const auto menuOf = [](widgets::Knob &knob) {
        QContextMenuEvent event(QContextMenuEvent::Mouse, QPoint(5, 5), knob.mapToGlobal(QPoint()));
        QCoreApplication::sendEvent(&knob, &event);
        return knob.findChild<QMenu *>();
    };
    QMenu *menu = menuOf(fold);
    auto *const lock = menu->findChild<QAction *>(QStringLiteral("lock"));
    QVERIFY(lock);
    const QImage before = fold.grab().toImage();
    lock->trigger();
    delete menu;
    QVERIFY(window_->locks().contains(ParameterId::FoldAmount));
    QVERIFY(fold.grab().toImage() != before);
    QVERIFY(fold.toolTip().contains(QStringLiteral("Locked")));
    const double value = window_->session().settings().distortion.foldAmount;
    window_->exploration().setAmount(1.0);
    for (int i = 0; i < 20; ++i)
        key(Qt::Key_R);
    QCOMPARE(window_->session().settings().distortion.foldAmount, value);
    QVERIFY(window_->session().undoStack().count() > 10);
    menu = menuOf(fold);
    QCOMPARE(menu->findChild<QAction *>(QStringLiteral("lock"))->text(), QStringLiteral("Unlock"));
    menu->findChild<QAction *>(QStringLiteral("lock"))->trigger();
    delete menu;
    QVERIFY(window_->locks().set().empty());
    // Chance never touches these, but presets and morphs do.
    for (const char *name : {"out.gain", "lim.ceiling"}) {
        menu = menuOf(child<widgets::Knob>(name));
        menu->findChild<QAction *>(QStringLiteral("lock"))->trigger();
        delete menu;
    }
    QCOMPARE(window_->locks().set().size(), std::size_t{2});
    QVERIFY(child<widgets::Knob>("out.gain").toolTip().contains(QStringLiteral("Locked")));
}

void TestExplore::allLocksAreOneSet()
{
    using engine::pipeline::LockGroup;
    open();
    const auto isOn = [this](const char *name) { return child<QAbstractButton>(name).isChecked(); };
    window_->actions()["view.vary"].trigger();
    const auto locked = [this](const char *name) {
        return child<QWidget>(name).toolTip().contains(QStringLiteral("Locked"));
    };
    click("explore.lock_output");
    QVERIFY(locked("out.mix") && locked("out.gain") && locked("lim.ceiling"));
    QVERIFY(!locked("dist.fold") && !locked("pre.key"));
    window_->presetBinding().open();
    QVERIFY(isOn("presets.lock_output") && !isOn("presets.lock_key"));
    click("presets.lock_key");
    QVERIFY(locked("pre.key") && !locked("pre.scale"));
    QVERIFY(isOn("explore.lock_key"));
    click("presets.lock_output");
    QVERIFY(!isOn("explore.lock_output") && !locked("out.gain"));
    // A preset leaves alone what a knob's menu has locked.
    window_->session().edit(ParameterId::FoldAmount, 9.25, widgets::Edit::Set);
    emit child<widgets::Knob>("dist.fold").lockRequested(ParameterId::FoldAmount, true);
    for (int i = 0; i < 12; ++i) {
        click("presetNext");
        QCOMPARE(window_->session().settings().distortion.foldAmount, 9.25);
    }
    window_->presetBinding().keep();
    click("explore.unlock");
    QVERIFY(window_->locks().set().empty());
    QVERIFY(!child<QAbstractButton>("explore.unlock").isVisible());
    // Where A and B differ in nothing else, there is no way between them, and that is said.
    window_->session().copySlot(Slot::A);
    window_->session().edit(ParameterId::FoldAmount, 2.0, widgets::Edit::Set);
    QVERIFY(child<QWidget>("explore.morph").isEnabled());
    window_->locks().lock(ParameterId::FoldAmount, true);
    QVERIFY(!child<QWidget>("explore.morph").isEnabled());
    QVERIFY(child<QLabel>("explore.morph_note").text().contains(QStringLiteral("locked")));
}

void TestExplore::aSheetLeavesAloneWhatIsLocked()
{
    open(20000);
    window_->locks().lock(ParameterId::FoldAmount, true);
    ContactSheet &sheet = openSheet();
    auto &across = child<QComboBox>("contact.across");
    const int fold = across.findData(static_cast<int>(ParameterId::FoldAmount));
    QVERIFY(!across.model()->flags(across.model()->index(fold, 0)).testFlag(Qt::ItemIsEnabled));
    QVERIFY(across.itemText(fold).contains(QStringLiteral("locked")));
    QVERIFY(across.currentIndex() != fold); // which it would be else
    for (int i = 0; i < sheet.count(); ++i)
        QCOMPARE(sheet.settings(i).distortion.foldAmount,
                 window_->session().settings().distortion.foldAmount);
    QVERIFY(!(sheet.settings(0) == sheet.settings(3)));
    sheet.reject();
    QTRY_VERIFY(!window_->findChild<ContactSheet *>(QStringLiteral("contactSheet")));
    for (const engine::pipeline::ParameterInfo &info : engine::pipeline::parameterTable())
        window_->locks().lock(info.id, true);
    window_->actions()["chain.contact_sheet"].trigger();
    QVERIFY(!window_->findChild<ContactSheet *>(QStringLiteral("contactSheet")));
    QVERIFY(wordsIn(child("jobStrip")).contains(QStringLiteral("All controls are locked")));
    emit child<widgets::JobStrip>("jobStrip").actionTriggered(QStringLiteral("unlock_all"));
    QVERIFY(window_->locks().set().empty());
}

void TestExplore::aSnapshotThatIsNotSeenIsTold()
{
    open();
    if (child("inspector").isVisible())
        key(Qt::Key_I);
    const auto answer = [this](const char *action) {
        emit child<widgets::JobStrip>("jobStrip").actionTriggered(QLatin1String(action));
    };
    const auto isTold = [this] {
        return child<widgets::JobStrip>("jobStrip").isOpen() &&
               wordsIn(child("jobStrip")).contains(QStringLiteral("was taken"));
    };
    key(Qt::Key_T);
    QVERIFY(isTold());
    answer("undo_snapshot");
    QCOMPARE(window_->document().snapshots().size(), std::size_t{0});
    key(Qt::Key_T);
    key(Qt::Key_T);
    QVERIFY(!panel().isVisible());
    answer("show_snapshots");
    QVERIFY(panel().snapshots().isVisible());
    QCOMPARE(panel().snapshots().count(), 2);
    key(Qt::Key_T); // seen
    QVERIFY(!isTold());
    // Undo is about the one that was told, whatever came after.
    key(Qt::Key_T, Qt::ShiftModifier);
    QVERIFY(!panel().isVisible());
    key(Qt::Key_T);
    const std::int64_t told = window_->document().snapshots().back().timeMs;
    window_->document().takeSnapshot(told + 5000);
    answer("undo_snapshot");
    QVERIFY(!window_->document().findSnapshot(told));
    QVERIFY(window_->document().findSnapshot(told + 5000));
}

void TestExplore::theMorphIsHeardWhileItMoves()
{
    open();
    window_->session().edit(ParameterId::FoldAmount, 6.0, widgets::Edit::Set);
    window_->actions()["view.vary"].trigger();
    auto &slider = child<widgets::PlainSlider>("explore.morph");
    QVERIFY(slider.isEnabled());
    waitForPreview();
    const auto before = window_->previews().current();
    const int steps = window_->session().undoStack().count();
    const int y = slider.height() / 2;
    QTest::mousePress(&slider, Qt::LeftButton, {}, {slider.width() / 4, y});
    waitForPreview();
    QVERIFY(window_->previews().current() != before); // the button is still down
    QVERIFY(window_->previews().current()->request.settings == window_->session().settings());
    for (const int x : {slider.width() / 3, slider.width() / 2, slider.width() - 1}) {
        QMouseEvent move(QEvent::MouseMove, QPointF(x, y), slider.mapToGlobal(QPointF(x, y)),
                         Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&slider, &move);
    }
    QTest::mouseRelease(&slider, Qt::LeftButton, {}, {slider.width() - 1, y});
    QCOMPARE(window_->session().undoStack().count(), steps + 1);
    QVERIFY(window_->session().settings() == window_->session().slotState(Slot::B).settings);
    QVERIFY(slider.isEnabled()); // the ends are still apart
    QTest::keyClick(&slider, Qt::Key_Home);
    QCOMPARE(window_->session().settings().distortion.foldAmount, 6.0);
}

void TestExplore::aTypedSeedRollsAgain()
{
    open();
    window_->actions()["view.vary"].trigger();
    auto &seed = child<QLineEdit>("explore.seed");
    click("explore.roll");
    const Settings rolled = window_->session().settings();
    const QString number = seed.text();
    QCOMPARE(number.toULongLong(), *window_->exploration().seed());
    key(Qt::Key_R);
    QVERIFY(seed.text() != number);
    seed.clear();
    QTest::keyClicks(&seed, number);
    QTest::keyClick(&seed, Qt::Key_Return);
    QVERIFY(window_->session().settings() == rolled);
    QCOMPARE(window_->session().undoStack().count(), 3);
    seed.setText(QStringLiteral("not a number"));
    QTest::keyClick(&seed, Qt::Key_Return);
    QVERIFY(window_->session().settings() == rolled);
    click("explore.lock_key");
    QVERIFY(window_->locks().contains(engine::pipeline::LockGroup::Key));
}

void TestExplore::theHistoryGoesWhereItIsClicked()
{
    open();
    window_->actions()["view.history"].trigger();
    for (int i = 1; i <= 5; ++i)
        window_->session().edit(ParameterId::FoldAmount, 1.0 + i, widgets::Edit::Set);
    widgets::HistoryList &list = panel().history();
    QCOMPARE(list.model()->rowCount(), 6);
    const auto spoken = [&](int row) {
        return list.model()->index(row, 0).data(Qt::AccessibleTextRole).toString();
    };
    QVERIFY(spoken(3).endsWith(QStringLiteral(", in A")));
    QCOMPARE(spoken(0), QStringLiteral("Start"));
    const auto go = [&](int row) {
        QTest::mouseClick(list.viewport(), Qt::LeftButton, {},
                          list.visualRect(list.model()->index(row, 0)).center());
    };
    go(2);
    QCOMPARE(window_->session().settings().distortion.foldAmount, 3.0);
    QCOMPARE(window_->session().undoStack().index(), 2);
    go(5);
    QCOMPARE(window_->session().settings().distortion.foldAmount, 6.0);
    go(0);
    QVERIFY(window_->session().settings() == Settings{});
    // Which slot a step changes is seen and said.
    const auto picture = [&](int row) {
        return list.viewport()->grab(list.visualRect(list.model()->index(row, 0))).toImage();
    };
    window_->session().undoStack().setIndex(5);
    window_->session().setSlot(Slot::B);
    QVERIFY(child<QWidget>("undo").toolTip().endsWith(QStringLiteral(" in A")));
    for (int i = 1; i <= 5; ++i)
        window_->session().edit(ParameterId::FoldAmount, 1.0 + i, widgets::Edit::Set);
    QVERIFY(!child<QWidget>("undo").toolTip().endsWith(QStringLiteral(" in B")));
    QCOMPARE(list.model()->index(3, 0).data().toString(),
             list.model()->index(8, 0).data().toString());
    QVERIFY(spoken(8).endsWith(QStringLiteral(", in B")));
    QVERIFY(picture(3) != picture(8));
    window_->session().edit(ParameterId::Bias, 0.5, widgets::Edit::Set);
    window_->session().swapSlots();
    QVERIFY(spoken(12).endsWith(QStringLiteral(", in A and B")));
    go(0);
    QVERIFY(window_->session().settings() == Settings{});
    key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(list.currentIndex().row(), 1);
    for (int i = 0; i < 600; ++i)
        window_->session().edit(ParameterId::Smear, i / 600.0, widgets::Edit::Set);
    QCOMPARE(list.model()->rowCount(), 501);
}

void TestExplore::theKeysShowAndHideTheParts()
{
    open();
    auto &timing = child<QWidget>("timing");
    if (!timing.isVisible())
        key(Qt::Key_I);
    QVERIFY(timing.isVisible());
    key(Qt::Key_V);
    QVERIFY(panel().isVisible() && panel().part() == widgets::ExplorePart::Vary);
    QVERIFY(child<QToolButton>("exploreToggle").isChecked());
    QVERIFY(!child<QToolButton>("inspectorToggle").isChecked());
    key(Qt::Key_H);
    QVERIFY(panel().isVisible() && panel().part() == widgets::ExplorePart::History);
    window_->actions()["view.quantize"].trigger(); // its own inspector waits
    QVERIFY(panel().isVisible());
    click("inspectorToggle");
    QVERIFY(!panel().isVisible());
    QVERIFY(child<QToolButton>("inspectorToggle").isChecked());
    click("exploreToggle");
    QVERIFY(panel().isVisible());
    key(Qt::Key_H);
    QVERIFY(!panel().isVisible());
    QVERIFY(!child<QWidget>("inspector").isVisible());
    // From behind the presets they come forth.
    for (int i = 0; i < 2; ++i) {
        window_->presetBinding().open();
        window_->actions()["view.history"].trigger();
        QVERIFY(!window_->presetBinding().isOpen());
        QVERIFY(panel().isVisible() && panel().part() == widgets::ExplorePart::History);
    }
}

void TestExplore::cellsAreWhatARenderIs()
{
    open(40000);
    window_->session().edit(ParameterId::Bias, 0.1, widgets::Edit::Set);
    waitForPreview();
    ContactSheet &sheet = openSheet();
    QTRY_VERIFY_WITH_TIMEOUT(isReady(sheet), patienceMs);
    QCOMPARE(sheet.count(), 16);
    for (int i = 0; i < sheet.count(); ++i) {
        const Settings &settings = sheet.settings(i);
        // Fold goes across its range, Snap down; all else is as it was.
        QVERIFY(std::abs(settings.distortion.foldAmount - (1.0 + 3.0 * (i % 4))) < 1e-9);
        QVERIFY(std::abs(settings.preQuant.classic.snapStrength - (i / 4) / 3.0) < 0.006);
        QCOMPARE(settings.distortion.bias, 0.1);
        if (i % 5 == 0) { // the diagonal
            const auto fresh = freshRender(settings);
            QVERIFY(fresh);
            QVERIFY(sameBits(*sheet.variation(i)->output, fresh->sound(TapId::Output)));
            const auto lufs = engine::analysis::integratedLufs(fresh->sound(TapId::Output));
            QCOMPARE(sheet.variation(i)->lufs.has_value(), lufs.has_value());
            QCOMPARE(sheet.variation(i)->lufs.value_or(0.0), lufs.value_or(0.0));
            // Where nothing snaps it is what the first quantizer would find.
            if (fresh->postQuantTrace) {
                const auto moves = engine::analysis::quantizationOf(*fresh->postQuantTrace);
                QCOMPARE(sheet.variation(i)->inKey, moves->inKeyAfter);
            }
            QCOMPARE(fresh->postQuantTrace != nullptr, i > 0);
        }
        QVERIFY(sheet.variation(i)->inKey);
        QVERIFY(*sheet.variation(i)->inKey >= 0.0 && *sheet.variation(i)->inKey <= 1.0);
        QVERIFY(!sheet.variation(i)->picture.isNull());
    }
    QVERIFY(!sameBits(*sheet.variation(0)->output, *sheet.variation(15)->output));
}

void TestExplore::aClickedCellBecomesA()
{
    open(40000);
    window_->session().setSlot(Slot::B);
    window_->session().edit(ParameterId::Smear, 0.6, widgets::Edit::Set);
    const Settings b = window_->session().settings();
    const Settings a = window_->session().slotState(Slot::A).settings;
    const int steps = window_->session().undoStack().count();
    ContactSheet &sheet = openSheet();
    auto &grid = child<widgets::ContactGrid>("contact.grid");
    const Settings chosen = sheet.settings(6);
    QVERIFY(!(chosen == a) && !(chosen == b));
    QTest::mouseClick(&grid, Qt::LeftButton, {}, grid.cellRect(6).center().toPoint());
    QVERIFY(window_->session().slotState(Slot::A).settings == chosen);
    QVERIFY(window_->session().slotState(Slot::B).settings == b);
    QCOMPARE(window_->session().slot(), Slot::A);
    QCOMPARE(window_->session().undoStack().count(), steps + 1);
    QTRY_VERIFY(!window_->findChild<ContactSheet *>(QStringLiteral("contactSheet")));
    waitForPreview();
    QVERIFY(window_->previews().current()->request.settings == chosen);
    window_->session().undoStack().undo();
    QVERIFY(window_->session().slotState(Slot::A).settings == a);
    QVERIFY(window_->session().slotState(Slot::B).settings == b);
    // By keyboard, too; and what was chosen before is chosen again.
    ContactSheet &second = openSheet();
    auto &again = child<widgets::ContactGrid>("contact.grid");
    again.setFocus();
    for (const Qt::Key arrow : {Qt::Key_Right, Qt::Key_Right, Qt::Key_Down})
        QTest::keyClick(&again, arrow);
    QCOMPARE(again.marked(), 5);
    const Settings fifth = second.settings(5);
    QTest::keyClick(&again, Qt::Key_Return);
    QVERIFY(window_->session().slotState(Slot::A).settings == fifth);
}

void TestExplore::cellsAreHeardAtThePlayhead()
{
    open(40000);
    ContactSheet &sheet = openSheet();
    QTRY_VERIFY_WITH_TIMEOUT(isReady(sheet), patienceMs);
    auto &grid = child<widgets::ContactGrid>("contact.grid");
    grid.setFocus();
    QTest::keyClick(&grid, Qt::Key_Space);
    QTRY_VERIFY_WITH_TIMEOUT(window_->playback().status().playWanted, patienceMs);
    QCOMPARE(window_->playback().heard().tap, sheet.variation(0)->output);
    QTest::keyClick(&grid, Qt::Key_Right);
    QCOMPARE(window_->playback().heard().tap, sheet.variation(1)->output);
    QCOMPARE(window_->playback().heard().gainDb, 0.0);
    sheet.reject();
    QTRY_VERIFY(!window_->findChild<ContactSheet *>(QStringLiteral("contactSheet")));
    QCOMPARE(window_->playback().heard().tap,
             window_->previews().current()->sharedSound(TapId::Output));
    QTRY_VERIFY_WITH_TIMEOUT(!window_->playback().status().playWanted, patienceMs);
}

void TestExplore::oneParameterFillsTheWholeSheet()
{
    open(20000);
    ContactSheet &sheet = openSheet();
    auto &down = child<QComboBox>("contact.down");
    down.setCurrentIndex(0);
    emit down.activated(0);
    auto &to = child<QLineEdit>("contact.across.to");
    to.setText(QStringLiteral("4"));
    emit to.editingFinished();
    QTRY_COMPARE_WITH_TIMEOUT(sheet.count() > 0 ? sheet.settings(15).distortion.foldAmount : 0.0,
                              4.0, patienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(isReady(sheet), patienceMs);
    for (int i = 1; i < 16; ++i)
        QVERIFY(sheet.settings(i).distortion.foldAmount >
                sheet.settings(i - 1).distortion.foldAmount);
    // What is asked for next takes the place of what was not ready.
    down.setCurrentIndex(2);
    emit down.activated(2);
    QTRY_VERIFY_WITH_TIMEOUT(!isReady(sheet), patienceMs);
    sheet.reject();
    QTRY_VERIFY(!window_->findChild<ContactSheet *>(QStringLiteral("contactSheet")));
}

void TestExplore::theGuiThreadHasNothingToCompute()
{
    open(44100 * 5);
    window_->actions()["view.snapshots"].trigger();
    const double gui = secondsOfThread(CLOCK_THREAD_CPUTIME_ID);
    const double all = secondsOfThread(CLOCK_PROCESS_CPUTIME_ID);
    ContactSheet &sheet = openSheet();
    const double opening = secondsOfThread(CLOCK_THREAD_CPUTIME_ID) - gui;
    QTRY_VERIFY_WITH_TIMEOUT(isReady(sheet), patienceMs);
    const double guiShare = (secondsOfThread(CLOCK_THREAD_CPUTIME_ID) - gui) /
                            (secondsOfThread(CLOCK_PROCESS_CPUTIME_ID) - all);
    qInfo("opening took %.0f ms of the GUI thread, which did %.0f %% of the work", 1e3 * opening,
          100.0 * guiShare);
    QVERIFY(guiShare < 0.5);
}

QD_TEST(TestExplore, QApplication)
#include "TestExplore.moc"
