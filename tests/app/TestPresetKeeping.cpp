// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a person keeps: stars and presets of their own, saved, renamed, deleted and brought back,
// whatever they are called. What is on the disk is read by the test itself.

#include "tests/app/PresetFixture.h"
#include "tests/support/TestProgram.h"

#include <QPlainTextEdit>

using namespace tests;
using engine::pipeline::ParameterId;
using engine::pipeline::Settings;
namespace fs = std::filesystem;

class TestPresetKeeping : public PresetFixture {
    Q_OBJECT

private slots:
    void favouritesSurviveARestart();
    void aDamagedListOfFavouritesIsLeftAlone();
    void saveAsWritesWhatTheSheetSays();
    void aNewCategoryAndTheAuthorAreRemembered();
    void aNewerFileSaysThatItIsNewer();
    void savingOverClearsEdited();
    void aFactoryPresetIsSavedAsAnother();
    void aTakenNameIsReplacedAndKeepsItsStar();
    void renamedPresetsKeepTheirStarAndTheSoundItsName();
    void deletedPresetsComeBack();
    void damagedFilesAreShownAndSkipped();
    void namesOfAnyKindAreShownUnchanged_data();
    void namesOfAnyKindAreShownUnchanged();
    void whatIsAskedForLastIsDoneBeforeTheEnd();
    void failuresAreToldInTheStrip();
};

void TestPresetKeeping::favouritesSurviveARestart()
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

void TestPresetKeeping::aDamagedListOfFavouritesIsLeftAlone()
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

void TestPresetKeeping::saveAsWritesWhatTheSheetSays()
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
    QCOMPARE(field("preset.author")->text(), QString());
    QTest::keyClicks(field("preset.author"), QStringLiteral(" Zora  Quill"));
    sheet()
        ->findChild<QPlainTextEdit *>(QStringLiteral("preset.text"))
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
    QCOMPARE(written->author, std::string("Zora Quill"));
    type("by:zora");
    QCOMPARE(shownNames(), QStringList{"Bellowing Ox"});
}

void TestPresetKeeping::aNewCategoryAndTheAuthorAreRemembered()
{
    startOpen();
    const auto save = [this](const QString &name, const QString &category) {
        click("presets.save_as");
        QTRY_VERIFY(sheet());
        const auto field = [this](const char *id) {
            return sheet()->findChild<QLineEdit *>(QLatin1String(id));
        };
        field("preset.name")->setText(name);
        auto *const box = sheet()->findChild<QComboBox *>(QStringLiteral("preset.category"));
        box->setFocus();
        box->lineEdit()->selectAll();
        QTest::keyClicks(box->lineEdit(), category);
        QCOMPARE(box->currentText(), category); // nothing is completed to another
        if (field("preset.author")->text().isEmpty())
            QTest::keyClicks(field("preset.author"), QStringLiteral("Zora Quill"));
        accept();
        QTRY_COMPARE_WITH_TIMEOUT(session().preset().name, name, patienceMs);
    };
    save("First", " Bass  & Gravel");
    save("Second", "bass & GRAVEL"); // which is known by now
    save("Third", "none");
    const auto category = [this](const char *name) {
        return engine::io::loadPresetFile(userFolder() / (std::string(name) + ".qdpreset"))
            ->category;
    };
    QCOMPARE(category("First"), std::string("Bass & Gravel"));
    QCOMPARE(category("Second"), std::string("Bass & Gravel"));
    QCOMPARE(category("Third"), std::string());
    clickFilter("Bass & Gravel");
    QCOMPARE(shownNames(), (QStringList{"First", "Second"}));
    // Another day the name is there, also for a preset that another made.
    window_.reset();
    startOpen();
    type("dubstep");
    press(Qt::Key_Down);
    click("presets.save_as");
    QTRY_VERIFY(sheet());
    QCOMPARE(sheet()->findChild<QLineEdit *>(QStringLiteral("preset.author"))->text(),
             QStringLiteral("Zora Quill"));
    accept();
    QTRY_VERIFY_WITH_TIMEOUT(!session().preset().factory, patienceMs);
    type("by:quill");
    QTRY_COMPARE_WITH_TIMEOUT(shownNames(),
                              (QStringList{"Controlled Dubstep Growl", "First", "Second", "Third"}),
                              patienceMs);
}

void TestPresetKeeping::aNewerFileSaysThatItIsNewer()
{
    const fs::path file = makeOwn("Tomorrow");
    std::string text = readText(file.string());
    text.replace(text.find("\"version\": 1"), 12, "\"version\": 99");
    writeText(file.string(), text);
    startOpen();
    clickFilter("Mine");
    QCOMPARE(shownNames(), QStringList{"Tomorrow.qdpreset"});
    QVERIFY(spoken(0).contains("newer version"));
    QVERIFY(!spoken(0).contains("damaged"));
    press(Qt::Key_Down);
    QVERIFY(child("presets.origin").toolTip().contains("newer version"));
    QVERIFY(label("presets.text").contains("newer Quantum Distortion"));
}

void TestPresetKeeping::savingOverClearsEdited()
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

void TestPresetKeeping::aFactoryPresetIsSavedAsAnother()
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
    const auto factory = engine::io::loadPresetFile(fs::path(QD_SHARE_DIR) /
                                                    "presets/Controlled Dubstep Growl.qdpreset");
    QVERIFY(factory && factory->settings.distortion.foldAmount != 9.0);
    const auto own = engine::io::loadPresetFile(ownFiles()[0]);
    QVERIFY(own && own->author.empty()); // the factory did not make this one
    QVERIFY(own->tags == factory->tags);
}

void TestPresetKeeping::aTakenNameIsReplacedAndKeepsItsStar()
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

void TestPresetKeeping::renamedPresetsKeepTheirStarAndTheSoundItsName()
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

void TestPresetKeeping::deletedPresetsComeBack()
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

void TestPresetKeeping::damagedFilesAreShownAndSkipped()
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

void TestPresetKeeping::namesOfAnyKindAreShownUnchanged_data()
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

void TestPresetKeeping::namesOfAnyKindAreShownUnchanged()
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

void TestPresetKeeping::whatIsAskedForLastIsDoneBeforeTheEnd()
{
    const fs::path file = makeOwn("Own");
    app::Session session;
    const app::Locks locks;
    {
        PresetController presets(session, locks, engine::io::standardPresetFolders());
        QTRY_VERIFY_WITH_TIMEOUT(presets.library().findPath(file), patienceMs);
        presets.choose(*presets.library().findPath(file));
        session.edit(ParameterId::FoldAmount, 5.5, widgets::Edit::Set);
        for (int i = 0; i < 100; ++i)
            presets.refresh(); // there is much to do before
        presets.saveOver();
    }
    QCOMPARE(engine::io::loadPresetFile(file)->settings.distortion.foldAmount, 5.5);
}

void TestPresetKeeping::failuresAreToldInTheStrip()
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

QD_TEST(TestPresetKeeping, QApplication)
#include "TestPresetKeeping.moc"
