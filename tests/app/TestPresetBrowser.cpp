// SPDX-License-Identifier: GPL-3.0-or-later
//
// The preset browser as a person meets it, by mouse and by keyboard: presets are found, heard while
// one walks through them, kept or given up as one step.

#include "tests/app/PresetFixture.h"
#include "tests/support/TestProgram.h"

#include <QScopeGuard>

#include <ctime>

using namespace tests;
using app::Slot;
using engine::pipeline::ParameterId;
using engine::pipeline::Settings;
using engine::pipeline::TapId;
namespace fs = std::filesystem;

class TestPresetBrowser : public PresetFixture {
    Q_OBJECT

private slots:
    void itTakesTheStagesPlaceAndGivesItBack();
    void searchFindsNameTagKeyAndAuthor_data();
    void searchFindsNameTagKeyAndAuthor();
    void tagsAreSearchedByAClickAndByTwo();
    void filtersShowBanksAndCategories();
    void presetsAreOrderedAsAsked();
    void nothingFoundIsSaidInWords();
    void arrowKeysSoundAtOnceAndEscapeBringsBackWhatWas();
    void enterKeepsWhatWasHeardAsOneStep();
    void clicksTryAndDoubleClicksKeep();
    void anEditOnTheWayKeepsWhatWasTried();
    void anArrowStartsPlayingOnceAndEscapeStopsIt();
    void keysAreSharedWithTheWindow();
    void focusAloneTriesNothing();
    void previousAndNextStayAmongThoseShown();
    void locksKeepKeyScaleAndOutput_data();
    void locksKeepKeyScaleAndOutput();
    void whatALockHeldIsNoEdit();
    void whatWasChangedIsSaidInTheLocalesNumbers();
    void thousandsAreSearchedWithoutDelay();
};

void TestPresetBrowser::itTakesTheStagesPlaceAndGivesItBack()
{
    start();
    QVERIFY(child("startPanel").isVisible());
    QTest::keyClick(window_.get(), Qt::Key_P);
    QVERIFY(child("presetBrowser").isVisible());
    QVERIFY(!child("startPanel").isVisible());
    QVERIFY(child("chain").isVisible() && child("transport").isVisible());
    QVERIFY(search().hasFocus());
    press(Qt::Key_Escape);
    QVERIFY(child("startPanel").isVisible());
    QTest::keyClick(window_.get(), Qt::Key_P); // the keys are the window's again
    QVERIFY(isOpen());
    // A sound that is opened meanwhile is there afterwards.
    makeNoise("in.wav", 1, 44100);
    openSound(in("in.wav"));
    QVERIFY(isOpen());
    click("presetName");
    QVERIFY(!isOpen());
    QVERIFY(!child("startPanel").isVisible() && child("stageToolbar").isVisible());
    open();
    window_->actions()["view.spectrum"].trigger(); // which is a wish to see it
    QVERIFY(!isOpen());
    // What went wrong is never hidden behind it.
    window_->session().closeSound();
    open();
    writeText(in("no sound.wav"), "no sound at all");
    window_->openPath(in("no sound.wav"));
    QTRY_VERIFY_WITH_TIMEOUT(child("errorPanel").isVisible(), patienceMs);
}

void TestPresetBrowser::searchFindsNameTagKeyAndAuthor_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QStringList>("found");
    QTest::newRow("name") << "zebra" << QStringList{"Zebra Growl"};
    QTest::newRow("two words, any case") << "GROWL zeb" << QStringList{"Zebra Growl"};
    QTest::newRow("tag") << "#stripy" << QStringList{"Zebra Growl"};
    QTest::newRow("tags and") << "#stripy #odd" << QStringList{};
    QTest::newRow("author") << "by:müller" << QStringList{"Yak Hum", "Zebra Growl"};
    QTest::newRow("author, plain") << "by:muller yak" << QStringList{"Yak Hum"};
    QTest::newRow("key") << "by:müller d minor" << QStringList{"Yak Hum", "Zebra Growl"};
    QTest::newRow("category") << "menagerie" << QStringList{"Yak Hum", "Zebra Growl"};
    QTest::newRow("init") << "init" << QStringList{"Init"};
}

void TestPresetBrowser::searchFindsNameTagKeyAndAuthor()
{
    QFETCH(QString, typed);
    QFETCH(QStringList, found);
    makeOwn("Zebra Growl", 3.0, "Menagerie", {"stripy"});
    makeOwn("Yak Hum", 3.0, "Menagerie", {"odd"});
    startOpen();
    QVERIFY(shownNames().size() > 70);
    type(typed);
    QCOMPARE(shownNames(), found);
    search().clear();
    emit search().textEdited({});
    QVERIFY(shownNames().size() > 70);
}

void TestPresetBrowser::tagsAreSearchedByAClickAndByTwo()
{
    makeOwn("One", 3.0, "", {"bass", "two words"});
    makeOwn("Two", 3.0, "", {"bassline"});
    startOpen();
    clickFilter("Mine");
    QCOMPARE(shownNames(), (QStringList{"One", "Two"}));
    clickRow(0);
    QTest::mouseClick(&chip("presets.detail_tags", "two words"), Qt::LeftButton);
    QCOMPARE(search().text(), QStringLiteral("#\"two words\""));
    QCOMPARE(shownNames(), QStringList{"One"});
    QVERIFY(chip("presets.tags", "two words").accessibleName().contains("searched for"));
    QCOMPARE(app::presetTags(presets()), (QStringList{"bass", "two words"})); // those that find
    QTest::mouseClick(&chip("presets.tags", "two words"), Qt::LeftButton);
    QCOMPARE(search().text(), QString());
    // Another tag is another one, even where it begins alike.
    QCOMPARE(app::withTagToggled("warm #bassline", "bass"), QStringLiteral("warm #bassline #bass"));
    QCOMPARE(app::withTagToggled("#Bass warm", "bass"), QStringLiteral("warm"));
    QCOMPARE(app::withTagToggled("\"so #bass\"", "bass"), QStringLiteral("\"so #bass\" #bass"));
}

void TestPresetBrowser::filtersShowBanksAndCategories()
{
    makeOwn("Own One");
    startOpen();
    const auto factory = static_cast<int>(std::distance(
        fs::directory_iterator(presets().folders().factory), fs::directory_iterator{}));
    const auto count = [this](int filter) {
        return app::presetFilters(presets())[static_cast<std::size_t>(filter)].count;
    };
    QCOMPARE(count(0), factory + 2); // with Init and the user's own
    QCOMPARE(shownNames().size(), factory + 2);
    clickFilter("Mine");
    QCOMPARE(shownNames(), QStringList{"Own One"});
    clickFilter("Factory");
    QCOMPARE(shownNames().size(), factory + 1);
    QVERIFY(rowOf("Own One") < 0);
    clickFilter("Vocal");
    QVERIFY(shownNames().size() > 5);
    for (int row = 0; row < shownNames().size(); ++row)
        QVERIFY(spoken(row).contains(", Vocal, "));
    // Among the filters arrow keys go on.
    auto &all = child<QAbstractButton>("presets.filter.0");
    QTest::mouseClick(&all, Qt::LeftButton);
    all.setFocus(Qt::TabFocusReason);
    QTest::keyClick(&all, Qt::Key_Down);
    QCOMPARE(shownNames(), QStringList{}); // no favourites
    QVERIFY(child("presets.filter.1").hasFocus());
}

void TestPresetBrowser::presetsAreOrderedAsAsked()
{
    makeOwn("Zzz Old", 3.0, "Vocal");
    const fs::path file = makeOwn("Mmm New", 3.0, "Bass & Growl");
    fs::last_write_time(file, fs::file_time_type::clock::now() + std::chrono::hours(1));
    startOpen();
    clickFilter("Mine");
    QCOMPARE(shownNames(), (QStringList{"Mmm New", "Zzz Old"}));
    auto &order = child<QComboBox>("presets.order");
    const auto choose = [&](int index) {
        order.setCurrentIndex(index);
        emit order.activated(index);
    };
    fs::last_write_time(file, fs::file_time_type::clock::now() - std::chrono::hours(1000));
    presets().refresh();
    choose(3);
    QTRY_COMPARE(shownNames(), (QStringList{"Zzz Old", "Mmm New"}));
    choose(1);
    QCOMPARE(shownNames(), (QStringList{"Mmm New", "Zzz Old"}));
}

void TestPresetBrowser::nothingFoundIsSaidInWords()
{
    startOpen();
    type("xyzzy");
    QVERIFY(wordsIn(child("presets.empty")).contains("No preset matches “xyzzy”"));
    click("presets.show_all");
    QVERIFY(shownNames().size() > 70);
    QVERIFY(search().hasFocus());
    clickFilter("Favourites");
    QVERIFY(wordsIn(child("presets.empty")).contains("No favourites yet"));
    clickFilter("Mine");
    QVERIFY(wordsIn(child("presets.empty")).contains("No presets of your own yet"));
}

void TestPresetBrowser::arrowKeysSoundAtOnceAndEscapeBringsBackWhatWas()
{
    makeNoise("in.wav", 2, 60000);
    start();
    openSound(in("in.wav"));
    session().edit(ParameterId::FoldAmount, 2.0, widgets::Edit::Set);
    waitForPreview();
    const Settings before = session().settings();
    const auto steps = session().undoStack().count();
    const auto sound = window_->previews().current()->sharedSound(TapId::Output);
    open();
    type("dubstep");
    QCOMPARE(shownNames(), QStringList{"Controlled Dubstep Growl"});
    QVERIFY(session().settings() == before); // found is not chosen
    press(Qt::Key_Down);
    QCOMPARE(session().preset().name, QStringLiteral("Controlled Dubstep Growl"));
    const auto growl = engine::io::loadPresetFile(fs::path(QD_SHARE_DIR) /
                                                  "presets/Controlled Dubstep Growl.qdpreset");
    QVERIFY(growl && session().settings() == growl->settings);
    waitForPreview();
    QVERIFY(window_->previews().current()->request.settings == growl->settings);
    QVERIFY(window_->previews().current()->sharedSound(TapId::Output) != sound);
    QVERIFY(search().hasFocus()); // one can go on typing
    type("");
    press(Qt::Key_Down);
    press(Qt::Key_Down);
    press(Qt::Key_PageDown);
    QCOMPARE(session().undoStack().count(), steps); // no step before it is kept
    QVERIFY(child("undo").isEnabled());
    press(Qt::Key_Escape);
    QVERIFY(!isOpen());
    QVERIFY(session().settings() == before);
    QCOMPARE(session().preset().name, QStringLiteral("Init"));
    QCOMPARE(session().undoStack().count(), steps);
    QVERIFY(!session().undoStack().canRedo());
    // Nor does it take away what can be done again.
    QTest::keyClick(window_.get(), Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(child("redo").isEnabled());
    open();
    press(Qt::Key_Down);
    press(Qt::Key_Down);
    press(Qt::Key_Escape);
    QVERIFY(child("redo").isEnabled());
    QTest::keyClick(window_.get(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(session().settings() == before);
}

void TestPresetBrowser::enterKeepsWhatWasHeardAsOneStep()
{
    startOpen();
    for (int i = 0; i < 5; ++i)
        press(Qt::Key_Down);
    press(Qt::Key_Up);
    const QString name = session().preset().name;
    QCOMPARE(name, shownNames()[list().currentRow()]);
    press(Qt::Key_Return);
    QVERIFY(!isOpen());
    QCOMPARE(session().preset().name, name);
    QCOMPARE(session().undoStack().count(), 1);
    QCOMPARE(undoText(), QStringLiteral("Preset %1").arg(name));
    QTest::keyClick(window_.get(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(session().preset().name, QStringLiteral("Init"));
    QVERIFY(session().settings() == Settings{});
    QTest::keyClick(window_.get(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(session().preset().name, name);
    // The next browsing is a step of its own.
    open();
    press(Qt::Key_Down);
    press(Qt::Key_Return);
    QCOMPARE(session().undoStack().count(), 2);
}

void TestPresetBrowser::clicksTryAndDoubleClicksKeep()
{
    startOpen();
    clickRow(3);
    QCOMPARE(session().preset().name, shownNames()[3]);
    QVERIFY(isOpen());
    const QString name = shownNames()[5];
    QTest::mouseClick(list().viewport(), Qt::LeftButton, {}, rectOf(5).center());
    QTest::mouseDClick(list().viewport(), Qt::LeftButton, {}, rectOf(5).center());
    QVERIFY(!isOpen());
    QCOMPARE(session().preset().name, name);
    QCOMPARE(session().undoStack().count(), 1);
}

void TestPresetBrowser::anEditOnTheWayKeepsWhatWasTried()
{
    startOpen();
    press(Qt::Key_Down);
    press(Qt::Key_Down);
    const QString first = session().preset().name;
    QTest::keyClick(&child<widgets::Knob>("out.gain"), Qt::Key_Up);
    QVERIFY(session().isEdited());
    const Settings edited = session().settings();
    QVERIFY(spoken(list().currentRow()).contains("edited"));
    press(Qt::Key_Down);
    press(Qt::Key_Down);
    press(Qt::Key_Escape); // back to what was made, not further
    QVERIFY(session().settings() == edited);
    QCOMPARE(session().preset().name, first);
    QCOMPARE(session().undoStack().count(), 2);
    // A preset that is heard in one slot is not the other's step.
    open();
    press(Qt::Key_Down);
    session().setSlot(Slot::B);
    press(Qt::Key_Down);
    press(Qt::Key_Escape);
    QVERIFY(session().slotState(Slot::B).settings == Settings{});
    QVERIFY(!(session().slotState(Slot::A).settings == edited));
}

void TestPresetBrowser::anArrowStartsPlayingOnceAndEscapeStopsIt()
{
    makeNoise("in.wav", 2, 44100);
    start();
    openSound(in("in.wav"));
    QTRY_VERIFY(window_->playback().hasDevice());
    const auto plays = [this] { return window_->playback().status().playWanted; };
    click("listen.dry");
    open();
    press(Qt::Key_Down);
    QTRY_VERIFY_WITH_TIMEOUT(plays(), patienceMs);
    QCOMPARE(window_->listening().source(), app::ListenSource::A); // not what the preset leaves out
    press(Qt::Key_Space); // an empty search has no use for it
    QTRY_VERIFY(!plays());
    press(Qt::Key_Down);
    QTest::qWait(150);
    QVERIFY(!plays());
    press(Qt::Key_Escape);
    open();
    press(Qt::Key_Down);
    QTRY_VERIFY_WITH_TIMEOUT(plays(), patienceMs);
    press(Qt::Key_Escape);
    QTRY_VERIFY(!plays());
}

void TestPresetBrowser::keysAreSharedWithTheWindow()
{
    startOpen();
    QTest::keyClicks(&search(), QStringLiteral("a b"));
    QCOMPARE(search().text(), QStringLiteral("a b")); // and slot B is not heard
    QCOMPARE(session().slot(), Slot::A);
    type("");
    clickRow(2);
    QVERIFY(list().hasFocus());
    QTest::keyClick(&list(), Qt::Key_F);
    QVERIFY(spoken(2).contains("favourite"));
    QTest::keyClick(&list(), Qt::Key_F);
    QVERIFY(!spoken(2).contains("favourite"));
    QVERIFY(child("chain").isVisible()); // F did not maximise anything
    QTest::keyClick(&list(), Qt::Key_G);
    QVERIFY(search().hasFocus());
    QCOMPARE(search().text(), QStringLiteral("g"));
    type("");
    QVERIFY(session().canUndo());
    search().setText({}); // nothing typed that could be undone
    press(Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(!session().canUndo());
    QCOMPARE(session().preset().name, QStringLiteral("Init"));
}

void TestPresetBrowser::focusAloneTriesNothing()
{
    makeOwn("Zebra Growl", 3.0);
    start();
    session().edit(ParameterId::FoldAmount, 7.0, widgets::Edit::Set);
    open();
    window_->presets().setSearchText(QStringLiteral("zebra")); // what sounds is not among them
    const Settings before = session().settings();
    child("presets.list").setFocus(Qt::TabFocusReason);
    QVERIFY(session().settings() == before);
    press(Qt::Key_Down);
    QVERIFY(!(session().settings() == before));
}

void TestPresetBrowser::previousAndNextStayAmongThoseShown()
{
    makeOwn("Aaa");
    makeOwn("Bbb");
    makeOwn("Ccc");
    startOpen();
    clickFilter("Mine");
    press(Qt::Key_Return);
    QVERIFY(child<QAbstractButton>("presetNext").toolTip().contains("Mine"));
    QStringList gone;
    for (int i = 0; i < 4; ++i) {
        click("presetNext");
        gone << session().preset().name;
    }
    QCOMPARE(gone, (QStringList{"Aaa", "Bbb", "Ccc", "Aaa"}));
    QTest::keyClick(window_.get(), Qt::Key_Left, Qt::ControlModifier);
    QCOMPARE(session().preset().name, QStringLiteral("Ccc"));
    open();
    press(Qt::Key_Right, Qt::ControlModifier); // also from the search
    QCOMPARE(session().preset().name, QStringLiteral("Aaa"));
    press(Qt::Key_Escape);
    QCOMPARE(session().preset().name, QStringLiteral("Ccc"));
    // Where nothing is shown, that is said, and a way out with it.
    open();
    type("xyzzy");
    press(Qt::Key_Return);
    click("presetNext");
    QVERIFY(strip().contains("xyzzy"));
    emit child<widgets::JobStrip>("jobStrip").actionTriggered("show_all_presets");
    click("presetNext");
    QVERIFY(session().preset().name != QStringLiteral("Ccc"));
}

void TestPresetBrowser::locksKeepKeyScaleAndOutput_data()
{
    QTest::addColumn<QByteArray>("lock");
    QTest::addColumn<QList<int>>("kept");
    using Id = ParameterId;
    const auto ids = [](std::initializer_list<Id> list) {
        QList<int> numbers;
        for (const Id id : list)
            numbers << static_cast<int>(id);
        return numbers;
    };
    QTest::newRow("none") << QByteArray() << QList<int>{};
    QTest::newRow("key") << QByteArray("presets.lock_key") << ids({Id::Key, Id::PostKey});
    QTest::newRow("scale") << QByteArray("presets.lock_scale")
                           << ids({Id::ScaleName, Id::Mask, Id::PostScale, Id::PostMask,
                                   Id::PostLink});
    QTest::newRow("output") << QByteArray("presets.lock_output")
                            << ids({Id::DryWet, Id::AutoGain, Id::OutputGainDb, Id::LimiterOn,
                                    Id::LimiterMode, Id::LimiterCeilingDb, Id::LimiterLookaheadMs,
                                    Id::LimiterReleaseMs});
}

void TestPresetBrowser::locksKeepKeyScaleAndOutput()
{
    QFETCH(QByteArray, lock);
    QFETCH(QList<int>, kept);
    start();
    Settings mine;
    mine.preQuant.classic.scale.rootPitchClass = 7;
    mine.preQuant.classic.scale.kind = engine::dsp::ScaleKind::Mixolydian;
    mine.mix.dryWet = 0.31;
    mine.gain.gainDb = -3.7;
    mine.limiter.levels.ceilingDb = -4.2;
    session().change(mine, QStringLiteral("mine"));
    open();
    if (!lock.isEmpty())
        click(lock.constData());
    const auto check = [&](const Settings &preset) {
        for (const auto &info : engine::pipeline::parameterTable()) {
            const bool isKept = kept.contains(static_cast<int>(info.id));
            if (isKept && info.unlinksPost() && session().settings().postLink)
                continue; // it does not count
            Settings from = isKept ? mine : preset;
            // Where the link ends or is kept from beginning, Post-Quant goes on as it sounded.
            if (from.postLink && !session().settings().postLink && info.unlinksPost())
                from.postQuant.classic = from.preQuant.classic;
            if (info.read(session().settings()) != info.read(from))
                return false;
        }
        return true;
    };
    press(Qt::Key_Down);
    press(Qt::Key_Down);
    for (int i = 0; i < 10; ++i) {
        press(Qt::Key_Down);
        QVERIFY2(check(presets().at(*presets().current()).preset.settings),
                 qPrintable(session().preset().name));
    }
    press(Qt::Key_Return);
    for (int i = 0; i < 10; ++i) {
        click("presetNext"); // and so does stepping
        QVERIFY2(check(presets().at(*presets().current()).preset.settings),
                 qPrintable(session().preset().name));
    }
}

void TestPresetBrowser::whatALockHeldIsNoEdit()
{
    makeOwn("Own", 3.5);
    start();
    session().edit(ParameterId::Key, 5, widgets::Edit::Set);
    open();
    click("presets.lock_key");
    clickRow(rowOf("Own"));
    QVERIFY(!session().isEdited());
    QVERIFY(!child("presetName").toolTip().contains("edited"));
    QCOMPARE(spoken(list().currentRow()).section(", ", 1, 1), QStringLiteral("held by a lock"));
    QVERIFY(!child("presets.changes").isVisible());
    QVERIFY(child("presets.held").isVisible());
    QCOMPARE(label("presets.held"), QStringLiteral("Held by a lock: Key D → F."));
    QVERIFY(!child("presets.revert").isEnabled());
    // What is changed besides is an edit, and taken back alone.
    session().edit(ParameterId::FoldAmount, 4.5, widgets::Edit::Set);
    QCOMPARE(spoken(list().currentRow()).section(", ", 1, 1), QStringLiteral("edited"));
    QVERIFY(label("presets.changes").startsWith("You changed 1 value: Fold"));
    click("presets.revert");
    QCOMPARE(session().settings().distortion.foldAmount, 3.5);
    QCOMPARE(session().settings().preQuant.classic.scale.rootPitchClass, 5);
    QVERIFY(child("presets.held").isVisible());
    // Without the lock the preset is as it was saved.
    click("presets.lock_key");
    clickRow(rowOf("Init"));
    clickRow(rowOf("Own"));
    QVERIFY(!child("presets.held").isVisible());
    QVERIFY(session().settings() == session().preset().settings);
    QCOMPARE(spoken(list().currentRow()), QStringLiteral("Own, D minor, Mine"));
}

void TestPresetBrowser::whatWasChangedIsSaidInTheLocalesNumbers()
{
    const auto restore = qScopeGuard([before = QLocale()] { QLocale::setDefault(before); });
    QLocale::setDefault(QLocale(QLocale::German));
    makeOwn("Own", 3.5);
    startOpen();
    clickRow(rowOf("Own"));
    QVERIFY(!child("presets.changes").isVisible());
    QVERIFY(!child("presets.revert").isEnabled());
    QVERIFY(child("presets.summary").accessibleName().contains("3,5×"));
    session().edit(ParameterId::FoldAmount, 4.2, widgets::Edit::Set);
    QCOMPARE(label("presets.changes"), QStringLiteral("You changed 1 value: Fold 3,5× → 4,2×."));
    session().edit(ParameterId::OutputGainDb, 1.0, widgets::Edit::Set);
    session().edit(ParameterId::DryWet, 0.85, widgets::Edit::Set);
    QCOMPARE(label("presets.changes"),
             QStringLiteral("You changed 3 values: Fold 3,5× → 4,2×, Dry/Wet 100 % → 85 %, "
                            "Gain 0,0 dB → +1,0 dB."));
    click("presets.revert");
    QVERIFY(!session().isEdited());
    QVERIFY(!child("presets.changes").isVisible());
    QCOMPARE(undoText(), QStringLiteral("Revert to Own"));
}

/// By hand, with QD_LONG=1: tells how long a keystroke takes.
void TestPresetBrowser::thousandsAreSearchedWithoutDelay()
{
    if (!qEnvironmentVariableIsSet("QD_LONG"))
        QSKIP("QD_LONG is not set.");
    constexpr int many = 5000;
    for (int i = 0; i < many; ++i)
        makeOwn("Preset " + std::to_string(i), 3.0, "Vocal",
                {"many", "tag" + std::to_string(i % 50)});
    start();
    QTRY_VERIFY_WITH_TIMEOUT(presets().library().presets.size() > many, patienceMs);
    open();
    const auto milliseconds = [](auto &&function) {
        const std::clock_t from = std::clock();
        function();
        QCoreApplication::processEvents();
        return 1000.0 * static_cast<double>(std::clock() - from) / CLOCKS_PER_SEC;
    };
    qInfo() << "a letter" << milliseconds([&] { type("p"); }) << "ms, a second one"
            << milliseconds([&] { QTest::keyClick(&search(), Qt::Key_R); }) << "ms, an arrow"
            << milliseconds([&] { press(Qt::Key_Down); }) << "ms, an edit" << milliseconds([&] {
                   session().edit(ParameterId::FoldAmount, 4.5, widgets::Edit::Set);
               })
            << "ms of CPU time with" << shownNames().size() << "presets shown";
}

QD_TEST(TestPresetBrowser, QApplication)
#include "TestPresetBrowser.moc"
