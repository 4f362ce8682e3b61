// SPDX-License-Identifier: GPL-3.0-or-later
//
// The preset browser as a person meets it, by mouse and by keyboard: presets are found, heard as one
// walks through them, kept or given up as one step, and looked after on the disk. What is on the
// disk is read by the test itself.

#include "app/workstation/PresetContent.h"
#include "tests/app/WorkstationFixture.h"
#include "widgets/browser/PresetList.h"
#include "widgets/browser/PresetRowPaint.h"
#include "widgets/panels/JobStrip.h"

#include <QComboBox>
#include <QDialog>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QScopeGuard>

#include <ctime>

using namespace tests;
using app::PresetController;
using app::Slot;
using engine::pipeline::ParameterId;
using engine::pipeline::Settings;
using engine::pipeline::TapId;
namespace fs = std::filesystem;

class TestPresetBrowser : public WorkstationFixture {
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
    void previousAndNextStayAmongThoseShown();
    void favouritesSurviveARestart();
    void aDamagedListOfFavouritesIsLeftAlone();
    void locksKeepKeyScaleAndOutput_data();
    void locksKeepKeyScaleAndOutput();
    void saveAsWritesWhatTheSheetSays();
    void savingOverClearsEdited();
    void aFactoryPresetIsSavedAsAnother();
    void aTakenNameIsReplacedAndKeepsItsStar();
    void renamedPresetsKeepTheirStarAndTheSoundItsName();
    void deletedPresetsComeBack();
    void damagedFilesAreShownAndSkipped();
    void namesOfAnyKindAreShownUnchanged_data();
    void namesOfAnyKindAreShownUnchanged();
    void whatWasChangedIsSaidInTheLocalesNumbers();
    void whatIsAskedForLastIsDoneBeforeTheEnd();
    void failuresAreToldInTheStrip();
    void thousandsAreSearchedWithoutDelay();

private:
    app::Session &session() const { return window_->session(); }
    PresetController &presets() const { return window_->presets(); }
    widgets::PresetList &list() const { return child<widgets::PresetList>("presets.list"); }
    QLineEdit &search() const { return child<QLineEdit>("presets.search"); }
    bool isOpen() const { return window_->presetBinding().isOpen(); }
    fs::path userFolder() const { return presets().folders().user; }

    void start(QSize size = {1440, 900})
    {
        startWindow(std::make_shared<PacedDriver>());
        window_->resize(size);
        window_->activateWindow();
        QTRY_VERIFY_WITH_TIMEOUT(!presets().library().presets.empty(), patienceMs);
    }
    void open()
    {
        click("presetName");
        QVERIFY(isOpen());
        QCoreApplication::processEvents(); // layouts show what is new in them a little later
    }
    void startOpen()
    {
        start();
        open();
    }
    /// A preset of the user's own, written before the window is there.
    fs::path makeOwn(const std::string &name, double fold = 3.0, const std::string &category = "",
                     const std::vector<std::string> &tags = {}) const
    {
        engine::io::Preset preset;
        preset.uuid = engine::io::newUuid();
        preset.name = name;
        preset.category = category;
        preset.tags = tags;
        preset.author = "Ada Müller";
        preset.settings.distortion.foldAmount = fold;
        const auto saved = engine::io::savePreset(preset, engine::io::standardPresetFolders(),
                                                  engine::io::OverwritePolicy::Refuse);
        if (!saved)
            qFatal("%s", saved.error().oneLine().c_str());
        return *saved;
    }
    std::vector<fs::path> ownFiles() const
    {
        std::vector<fs::path> files;
        for (const auto &entry : fs::directory_iterator(userFolder())) {
            if (entry.path().extension() == ".qdpreset")
                files.push_back(entry.path());
        }
        return files;
    }
    QStringList shownNames() const
    {
        QStringList names;
        for (int i = 0; i < list().model()->rowCount(); ++i)
            names << list().model()->index(i, 0).data().toString();
        return names;
    }
    int rowOf(const QString &name) const { return static_cast<int>(shownNames().indexOf(name)); }
    QString spoken(int row) const
    {
        return list().model()->index(row, 0).data(Qt::AccessibleTextRole).toString();
    }
    QRect rectOf(int row) const { return list().visualRect(list().model()->index(row, 0)); }
    void clickRow(int row)
    {
        list().scrollTo(list().model()->index(row, 0));
        QTest::mouseClick(list().viewport(), Qt::LeftButton, {}, rectOf(row).center());
    }
    void clickStar(int row)
    {
        list().scrollTo(list().model()->index(row, 0));
        QTest::mouseClick(list().viewport(), Qt::LeftButton, {},
                          widgets::PresetRowPaint::starPlace(rectOf(row)).center());
    }
    void type(const QString &text)
    {
        search().setFocus();
        search().selectAll();
        QTest::keyClick(&search(), Qt::Key_Delete);
        for (const QChar c : text) {
            QKeyEvent key(QEvent::KeyPress, c == u' ' ? Qt::Key_Space : Qt::Key_unknown,
                          Qt::NoModifier, QString(c));
            QCoreApplication::sendEvent(&search(), &key);
        }
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(&search(), key, modifiers);
    }
    void clickFilter(const QString &label)
    {
        const auto filters = app::presetFilters(presets());
        for (std::size_t i = 0; i < filters.size(); ++i) {
            if (filters[i].label == label) {
                QTest::mouseClick(
                    &child<QAbstractButton>(qPrintable(QStringLiteral("presets.filter.%1").arg(i))),
                    Qt::LeftButton);
                return;
            }
        }
        QFAIL(qPrintable(label));
    }
    QAbstractButton &chip(const char *chips, const QString &tag) const
    {
        for (QAbstractButton *button : child(chips).findChildren<QAbstractButton *>()) {
            if (button->text() == tag && button->isVisible())
                return *button;
        }
        qFatal("no chip %s", qPrintable(tag));
    }
    QString label(const char *name) const { return child<QLabel>(name).text(); }
    QString strip() const { return wordsIn(child("jobStrip")); }
    QDialog *sheet() const
    {
        auto *const found = window_->findChild<QDialog *>(QStringLiteral("presetSheet"));
        return found && found->isVisible() ? found : nullptr;
    }
    void accept()
    {
        QTest::mouseClick(sheet()->findChild<QAbstractButton *>(QStringLiteral("preset.save")),
                          Qt::LeftButton);
        QTRY_VERIFY(!sheet());
    }
    void chooseFromMenu(const QString &text)
    {
        click("presets.more");
        QMenu *menu = nullptr;
        for (QMenu *found : window_->findChildren<QMenu *>(QStringLiteral("presets.menu"))) {
            if (found->isVisible())
                menu = found;
        }
        QVERIFY(menu);
        for (QAction *action : menu->actions()) {
            if (action->text() == text) {
                QVERIFY(action->isEnabled());
                menu->close();
                action->trigger();
                return;
            }
        }
        QFAIL(qPrintable(text));
    }
    QString undoText() const { return session().undoStack().undoText(); }
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
    const auto growl = engine::io::loadPresetFile(
        fs::path(QD_SHARE_DIR) / "presets/Controlled Dubstep Growl.qdpreset");
    QVERIFY(growl && session().settings() == growl->settings);
    waitForPreview();
    QVERIFY(window_->previews().current()->request.settings == growl->settings);
    QVERIFY(window_->previews().current()->sharedSound(TapId::Output) != sound);
    QVERIFY(search().hasFocus()); // one can go on typing
    type("");
    press(Qt::Key_Down);
    press(Qt::Key_Down);
    press(Qt::Key_PageDown);
    QCOMPARE(session().undoStack().count(), steps + 1);
    press(Qt::Key_Escape);
    QVERIFY(!isOpen());
    QVERIFY(session().settings() == before);
    QCOMPARE(session().preset().name, QStringLiteral("Init"));
    QCOMPARE(session().undoStack().count(), steps);
    QVERIFY(!session().undoStack().canRedo());
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
    const int undone = session().undoStack().index();
    QVERIFY(undone > 0);
    search().setText({}); // nothing typed that could be undone
    press(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(session().undoStack().index(), undone - 1);
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

void TestPresetBrowser::favouritesSurviveARestart()
{
    startOpen();
    QVERIFY(!spoken(4).contains("favourite"));
    const QString first = shownNames()[4];
    clickStar(4);
    QVERIFY(spoken(4).contains("favourite"));
    QCOMPARE(session().preset().name, QStringLiteral("Init")); // a star is no choice
    clickRow(6);
    const QString second = shownNames()[6];
    QTest::mouseClick(&child("presetName"), Qt::LeftButton, {}, QPoint(18, 16));
    QVERIFY(isOpen());
    QVERIFY(spoken(6).contains("favourite"));
    clickFilter("Favourites");
    QCOMPARE(shownNames(), (QStringList{first, second}));
    window_.reset();
    startOpen();
    clickFilter("Favourites");
    QTRY_COMPARE_WITH_TIMEOUT(shownNames(), (QStringList{first, second}), patienceMs);
    clickStar(0);
    QCOMPARE(shownNames(), QStringList{second});
    const std::string file = readText((userFolder() / "favourites.json").string());
    QVERIFY(file.find(presets().at(presets().shown()[0]).preset.uuid) != std::string::npos);
}

void TestPresetBrowser::aDamagedListOfFavouritesIsLeftAlone()
{
    const auto folder = engine::io::standardPresetFolders().user;
    fs::create_directories(folder);
    writeText((folder / "favourites.json").string(), "{ not json");
    startOpen();
    QTRY_VERIFY_WITH_TIMEOUT(strip().contains("favourites"), patienceMs);
    clickStar(3);
    QVERIFY(!spoken(3).contains("favourite"));
    window_.reset();
    QCOMPARE(readText((folder / "favourites.json").string()), std::string("{ not json"));
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
            if (info.read(session().settings()) != info.read(isKept ? mine : preset))
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

void TestPresetBrowser::saveAsWritesWhatTheSheetSays()
{
    startOpen();
    session().edit(ParameterId::FoldAmount, 6.5, widgets::Edit::Set);
    QVERIFY(session().isEdited());
    const Settings sound = session().settings();
    click("presets.save_as");
    QTRY_VERIFY(sheet());
    const auto field = [this](const char *name) {
        return sheet()->findChild<QLineEdit *>(QLatin1String(name));
    };
    auto *const save = sheet()->findChild<QAbstractButton *>(QStringLiteral("preset.save"));
    QVERIFY(!save->isEnabled()); // it has no name yet
    QTest::keyClicks(field("preset.name"), QStringLiteral("Bellowing Ox"));
    QCOMPARE(save->text(), QStringLiteral("Save"));
    auto *const category = sheet()->findChild<QComboBox *>(QStringLiteral("preset.category"));
    category->setCurrentIndex(category->findText(QStringLiteral("Drone & Texture")));
    QTest::keyClicks(field("preset.tags"), QStringLiteral("#deep, slow ,, deep"));
    sheet()->findChild<QPlainTextEdit *>(QStringLiteral("preset.text"))
        ->setPlainText(QStringLiteral("For fields"));
    QTest::keyClick(field("preset.name"), Qt::Key_Return); // Enter saves
    QTRY_COMPARE_WITH_TIMEOUT(session().preset().name, QStringLiteral("Bellowing Ox"), patienceMs);
    QVERIFY(!session().isEdited());
    QVERIFY(strip().contains("Saved the preset “Bellowing Ox”"));
    QCOMPARE(ownFiles().size(), std::size_t{1});
    const auto written = engine::io::loadPresetFile(ownFiles()[0]);
    QVERIFY(written);
    QCOMPARE(written->name, std::string("Bellowing Ox"));
    QCOMPARE(written->category, std::string("Drone & Texture"));
    QCOMPARE(written->tags, (std::vector<std::string>{"deep", "slow"}));
    QCOMPARE(written->description, std::string("For fields"));
    QVERIFY(written->settings == sound);
    QVERIFY(rowOf("Bellowing Ox") >= 0);
    QCOMPARE(list().currentRow(), rowOf("Bellowing Ox"));
}

void TestPresetBrowser::savingOverClearsEdited()
{
    const fs::path file = makeOwn("Own");
    startOpen();
    clickRow(rowOf("Own"));
    session().edit(ParameterId::FoldAmount, 4.0, widgets::Edit::Set);
    session().edit(ParameterId::FoldAmount, 5.0, widgets::Edit::Set);
    QVERIFY(child("presetName").toolTip().contains("edited"));
    QTest::keyClick(window_.get(), Qt::Key_S, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(!session().isEdited(), patienceMs);
    QVERIFY(!sheet());
    QVERIFY(!child("presetName").toolTip().contains("edited"));
    const auto written = engine::io::loadPresetFile(file);
    QVERIFY(written);
    QCOMPARE(written->settings.distortion.foldAmount, 5.0);
    QCOMPARE(written->author, std::string("Ada Müller"));
    // The history knows that the file is another now.
    session().undoStack().undo();
    QVERIFY(session().isEdited());
    session().undoStack().redo();
    QVERIFY(!session().isEdited());
}

void TestPresetBrowser::aFactoryPresetIsSavedAsAnother()
{
    startOpen();
    type("dubstep");
    press(Qt::Key_Down);
    session().edit(ParameterId::FoldAmount, 9.0, widgets::Edit::Set);
    click("presetSave");
    QTRY_VERIFY(sheet());
    auto *const name = sheet()->findChild<QLineEdit *>(QStringLiteral("preset.name"));
    QCOMPARE(name->text(), QStringLiteral("Controlled Dubstep Growl"));
    accept();
    QTRY_VERIFY_WITH_TIMEOUT(!session().isEdited(), patienceMs);
    QVERIFY(!session().preset().factory);
    QCOMPARE(shownNames().size(), 2);
    QVERIFY(spoken(0).contains("Factory") && spoken(1).contains("Mine"));
    const auto factory = engine::io::loadPresetFile(
        fs::path(QD_SHARE_DIR) / "presets/Controlled Dubstep Growl.qdpreset");
    QVERIFY(factory && factory->settings.distortion.foldAmount != 9.0);
    const auto own = engine::io::loadPresetFile(ownFiles()[0]);
    QVERIFY(own && own->author.empty()); // the factory did not make this one
    QVERIFY(own->tags == factory->tags);
}

void TestPresetBrowser::aTakenNameIsReplacedAndKeepsItsStar()
{
    makeOwn("Taken", 2.0);
    startOpen();
    clickFilter("Mine");
    clickStar(0);
    session().edit(ParameterId::FoldAmount, 7.0, widgets::Edit::Set);
    QTest::keyClick(window_.get(), Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(sheet());
    auto *const name = sheet()->findChild<QLineEdit *>(QStringLiteral("preset.name"));
    auto *const save = sheet()->findChild<QAbstractButton *>(QStringLiteral("preset.save"));
    name->setText(QStringLiteral("TAKEN"));
    QCOMPARE(save->text(), QStringLiteral("Replace"));
    QVERIFY(wordsIn(*sheet()).contains("It will be replaced."));
    accept();
    QTRY_COMPARE_WITH_TIMEOUT(session().preset().name, QStringLiteral("TAKEN"), patienceMs);
    QCOMPARE(ownFiles().size(), std::size_t{1});
    QCOMPARE(engine::io::loadPresetFile(ownFiles()[0])->settings.distortion.foldAmount, 7.0);
    QVERIFY(spoken(0).contains("favourite"));
}

void TestPresetBrowser::renamedPresetsKeepTheirStarAndTheSoundItsName()
{
    makeOwn("Before");
    makeOwn("Other");
    startOpen();
    clickFilter("Mine");
    clickRow(0);
    clickStar(0);
    chooseFromMenu("Rename…");
    QTRY_VERIFY(sheet());
    auto *const name = sheet()->findChild<QLineEdit *>(QStringLiteral("preset.name"));
    auto *const save = sheet()->findChild<QAbstractButton *>(QStringLiteral("preset.save"));
    name->setText(QStringLiteral("other"));
    QVERIFY(!save->isEnabled());
    name->setText(QStringLiteral("After"));
    accept();
    QTRY_COMPARE_WITH_TIMEOUT(session().preset().name, QStringLiteral("After"), patienceMs);
    QCOMPARE(shownNames(), (QStringList{"After", "Other"}));
    QVERIFY(spoken(0).contains("favourite"));
    QVERIFY(!session().isEdited());
    QVERIFY(fs::exists(userFolder() / "After.qdpreset"));
    QVERIFY(!fs::exists(userFolder() / "Before.qdpreset"));
    session().undoStack().undo();
    session().undoStack().redo(); // what is gone back to has its new name as well
    QCOMPARE(session().preset().name, QStringLiteral("After"));
}

void TestPresetBrowser::deletedPresetsComeBack()
{
    const fs::path file = makeOwn("Doomed");
    const std::string bytes = readText(file.string());
    startOpen();
    clickFilter("Mine");
    clickRow(0);
    const Settings sound = session().settings();
    chooseFromMenu("Delete");
    QTRY_VERIFY_WITH_TIMEOUT(strip().contains("“Doomed” is in the trash"), patienceMs);
    QVERIFY(!fs::exists(file));
    QCOMPARE(shownNames(), QStringList{});
    QVERIFY(session().settings() == sound); // what is heard stays
    QCOMPARE(label("presets.origin"), QStringLiteral("Not in your preset folder"));
    emit child<widgets::JobStrip>("jobStrip").actionTriggered("undo_delete");
    QTRY_COMPARE_WITH_TIMEOUT(shownNames(), QStringList{"Doomed"}, patienceMs);
    QCOMPARE(readText(file.string()), bytes);
    // The factory's cannot be deleted or renamed.
    clickFilter("Factory");
    clickRow(3);
    click("presets.more");
    for (QMenu *menu : window_->findChildren<QMenu *>(QStringLiteral("presets.menu"))) {
        for (QAction *action : menu->actions()) {
            if (menu->isVisible() && (action->text() == "Delete" || action->text() == "Rename…"))
                QVERIFY(!action->isEnabled());
        }
        menu->close();
    }
}

void TestPresetBrowser::damagedFilesAreShownAndSkipped()
{
    makeOwn("Sound");
    const fs::path broken = engine::io::standardPresetFolders().user / "broken.qdpreset";
    writeText(broken.string(), "{\"schema\": 3");
    startOpen();
    clickFilter("Mine");
    QCOMPARE(shownNames(), (QStringList{"Sound", "broken.qdpreset"}));
    QVERIFY(spoken(1).contains("This preset file is damaged and was skipped."));
    press(Qt::Key_Down);
    const Settings sound = session().settings();
    press(Qt::Key_Down); // on to the damaged one: the sound stays
    QCOMPARE(list().currentRow(), 1);
    QVERIFY(session().settings() == sound);
    QVERIFY(label("presets.detail_name").contains("broken.qdpreset"));
    QVERIFY(label("presets.text").contains("broken.qdpreset"));
    QVERIFY(!child("presets.save_as").isEnabled());
    click("presets.more"); // what it offers is for that file, not for the sound
    QMenu &menu = child<QMenu>("presets.menu");
    for (const QAction *action : menu.actions()) {
        const bool possible = action->text() == "Show in folder" || action->text() == "Import…";
        QVERIFY(action->isSeparator() || action->isEnabled() == possible);
    }
    menu.close();
    QSignalSpy folder(&child<widgets::PresetBrowser>("presetBrowser"),
                      &widgets::PresetBrowser::folderOfRequested);
    const QSignalBlocker quiet(&window_->presetBinding());
    child<widgets::PresetBrowser>("presetBrowser").disconnect(&window_->presetBinding());
    QTest::mouseClick(list().viewport(), Qt::LeftButton, {},
                      widgets::PresetRowPaint::folderPlace(rectOf(1)).center());
    QCOMPARE(folder.size(), 1);
    QCOMPARE(folder[0][0].toInt(), 1);
}

void TestPresetBrowser::namesOfAnyKindAreShownUnchanged_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("path") << "../x";
    QTest::newRow("slash") << "a/b\\c";
    QTest::newRow("device") << "CON";
    QTest::newRow("emoji") << QString::fromUtf8("🔥 “fire” 👩‍🚒");
    QTest::newRow("long") << QString(300, u'W');
    QTest::newRow("markup") << "<b>bold</b> & <img src=x>";
    QTest::newRow("percent") << "100 %1 %2 {0}";
    QTest::newRow("right to left") << QString::fromUtf8("שלום עולם");
}

void TestPresetBrowser::namesOfAnyKindAreShownUnchanged()
{
    QFETCH(QString, name);
    start({1280, 720});
    open();
    session().edit(ParameterId::FoldAmount, 6.5, widgets::Edit::Set);
    click("presets.save_as");
    QTRY_VERIFY(sheet());
    sheet()->findChild<QLineEdit *>(QStringLiteral("preset.name"))->setText(name);
    accept();
    QTRY_COMPARE_WITH_TIMEOUT(session().preset().name, name, patienceMs);
    clickFilter("Mine");
    QCOMPARE(shownNames(), QStringList{name});
    QCOMPARE(child("presets.detail_name").toolTip(), name);
    QCOMPARE(child("presetName").toolTip(), name);
    QVERIFY(strip().contains(name) || name.size() > 100);
    // Inside the folder, whatever it is called.
    QCOMPARE(ownFiles().size(), std::size_t{1});
    QVERIFY(!fs::exists(userFolder().parent_path() / "x.qdpreset"));
    QCOMPARE(child("presetBrowser").width(), window_->width() - 24);
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

void TestPresetBrowser::whatIsAskedForLastIsDoneBeforeTheEnd()
{
    const fs::path file = makeOwn("Own");
    startOpen();
    clickRow(rowOf("Own"));
    session().edit(ParameterId::FoldAmount, 5.5, widgets::Edit::Set);
    QTest::keyClick(window_.get(), Qt::Key_S, Qt::ControlModifier);
    window_.reset(); // at once
    QCOMPARE(engine::io::loadPresetFile(file)->settings.distortion.foldAmount, 5.5);
}

void TestPresetBrowser::failuresAreToldInTheStrip()
{
    const fs::path file = makeOwn("Own");
    startOpen();
    clickRow(rowOf("Own"));
    session().edit(ParameterId::FoldAmount, 5.5, widgets::Edit::Set);
    // The folder's place is taken by a file: nothing can be written there.
    const fs::path folder = file.parent_path();
    fs::rename(folder, folder.string() + " away");
    writeText(folder.string(), "in the way");
    QTest::keyClick(window_.get(), Qt::Key_S, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(strip().contains("Your sound is as it was."), patienceMs);
    QVERIFY(session().isEdited());
    QCOMPARE(session().settings().distortion.foldAmount, 5.5);
}

/// By hand, with QD_LONG=1: tells how long a keystroke takes.
void TestPresetBrowser::thousandsAreSearchedWithoutDelay()
{
    if (!qEnvironmentVariableIsSet("QD_LONG"))
        QSKIP("QD_LONG is not set.");
    constexpr int many = 5000;
    for (int i = 0; i < many; ++i)
        makeOwn("Preset " + std::to_string(i), 3.0, "Vocal", {"many", "tag" + std::to_string(i % 50)});
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
            << milliseconds([&] { press(Qt::Key_Down); }) << "ms, an edit"
            << milliseconds([&] {
                   session().edit(ParameterId::FoldAmount, 4.5, widgets::Edit::Set);
               })
            << "ms of CPU time with" << shownNames().size() << "presets shown";
}

QTEST_MAIN(TestPresetBrowser)
#include "TestPresetBrowser.moc"
