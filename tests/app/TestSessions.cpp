// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sessions in the window: what was saved comes back to the byte, with what this version does not
// know; a missing sound, a newer version or a damaged file costs nothing; a crash neither.

#include "tests/app/WorkstationFixture.h"

#include <QFileDialog>
#include <QPushButton>
#include <nlohmann/json.hpp>

using namespace tests;
using app::Slot;
using engine::pipeline::ParameterId;
using engine::pipeline::Settings;
using engine::pipeline::TapId;
using Json = nlohmann::ordered_json;

class TestSessions : public WorkstationFixture {
    Q_OBJECT

private slots:
    void whatWasSavedComesBackToTheByte();
    void whatIsNotKnownIsKept();
    void aMissingSoundCanBeLocated();
    void filesThatCannotBeReadChangeNothing_data();
    void filesThatCannotBeReadChangeNothing();
    void whatWasOpenBeforeCanBeHadBack();
    void closingASessionThatIsNotSavedAsksOnce();
    void aFolderThatCannotBeWrittenLosesNothing();
    void aCrashKeepsSlotsSnapshotsAndViews();
    void aCrashKeepsTheNameOfTheSession();
    void aCrashIsToldWhereSomethingElseIsOpened();
    void whatWasClosedWithoutANameCanBeGoneBackTo();
    void anEmptyProgramLeavesTheLastSessionAlone();
    void twoProgramsThatCrashAreBothRestored();
    void laterSessionsDoNotPushOutWork();
    void whatIsOnlyTriedIsNotKept();
    void placesAreWholeWhereverTheProgramIsStarted();
    void whatWasOpenBeforeStaysWhereNobodyGoesBack();
    void aFolderThatCannotBeWrittenIsTold();
    void whatCannotBeReadIsPutAsideAndTold();
    void aMovedFolderStillHasItsSound();
    void theQuestionGoesWhenItIsNoLongerTrue();
    void whatAnotherWindowSavedIsNotWrittenOver();

private:
    void open(const std::vector<std::filesystem::path> &files = {})
    {
        startWindow(std::make_shared<PacedDriver>(), files);
        window_->resize(1440, 900);
    }
    static std::string keptFile()
    {
        return (app::Autosave::standardFolder() + QStringLiteral("/session-1.qdsession"))
            .toStdString();
    }
    /// Ends the program as a crash does: its last word is what it kept before.
    void crash()
    {
        auto kept = window_->document().saved();
        kept.file = window_->document().file();
        QTRY_COMPARE_WITH_TIMEOUT(readText(keptFile()), engine::io::sessionText(kept), patienceMs);
        const std::string crashed = readText(keptFile());
        window_.reset();
        writeText(keptFile(), crashed);
    }
    void waitForSound(const char *name)
    {
        QTRY_VERIFY_WITH_TIMEOUT(window_->session().sound() && !window_->files().isLoading() &&
                                     window_->session().sound()->path == in(name),
                                 patienceMs);
    }
    /// Different things in every part of it.
    void makeWork()
    {
        app::Session &session = window_->session();
        session.edit(ParameterId::FoldAmount, 4.5, widgets::Edit::Set);
        window_->document().takeSnapshot(1700000000000);
        window_->document().renameSnapshot(0, QStringLiteral("“first” ✓"));
        session.setSlot(Slot::B);
        session.edit(ParameterId::Smear, 0.7, widgets::Edit::Set);
        window_->document().takeSnapshot(1700000001000);
        session.setTap(TapId::PostDist);
        session.setWindow({22050, 2 * 44100});
        window_->actions()["view.panes2"].trigger();
        window_->locks().lock(ParameterId::Bias, true);
        window_->locks().lock(engine::pipeline::LockGroup::Key, true);
        waitForPreview();
    }
    void answer(const char *dialogName, const std::string &path)
    {
        auto *const dialog = window_->findChild<QFileDialog *>(QLatin1String(dialogName));
        QVERIFY(dialog);
        dialog->selectFile(QString::fromStdString(path));
        static_cast<QDialog *>(dialog)->accept();
    }
    void saveAs(const char *name)
    {
        QSignalSpy saved(&window_->sessions(), &app::SessionFlow::saved);
        window_->actions()["file.save_session_as"].trigger();
        answer("saveSessionDialog", in(name));
        QTRY_COMPARE_WITH_TIMEOUT(saved.size(), 1, patienceMs);
    }
    void openSession(const std::string &path, bool sound = true)
    {
        QSignalSpy opened(&window_->sessions(), &app::SessionFlow::opened);
        window_->openPath(path);
        QTRY_COMPARE_WITH_TIMEOUT(opened.size(), 1, patienceMs);
        if (!sound)
            return;
        QTRY_VERIFY_WITH_TIMEOUT(window_->session().sound() && !window_->files().isLoading(),
                                 patienceMs);
        waitForPreview();
    }
    bool stripSays(const QString &text) { return wordsIn(child("jobStrip")).contains(text); }
    void pressInStrip(const QString &text)
    {
        for (QPushButton *button : child("jobStrip").findChildren<QPushButton *>()) {
            if (button->isVisible() && button->text() == text) {
                QTest::mouseClick(button, Qt::LeftButton);
                return;
            }
        }
        QFAIL(qPrintable("no button " + text));
    }
};

void TestSessions::whatWasSavedComesBackToTheByte()
{
    makeNoise("in.wav", 2, 44100 * 4);
    open();
    openSound(in("in.wav"));
    makeWork();
    const Settings a = window_->session().slotState(Slot::A).settings;
    const Settings b = window_->session().slotState(Slot::B).settings;
    saveAs("song.qdsession");
    QVERIFY(window_->windowTitle().contains(QStringLiteral("song")));
    QVERIFY(!window_->isWindowModified());
    window_.reset();

    open();
    QVERIFY(window_->session().settings() == Settings{});
    openSession(in("song.qdsession"));
    QVERIFY(window_->session().slotState(Slot::A).settings == a);
    QVERIFY(window_->session().slotState(Slot::B).settings == b);
    QCOMPARE(window_->session().slot(), Slot::B);
    QCOMPARE(window_->session().tap(), TapId::PostDist);
    QVERIFY((window_->session().window() == app::FrameWindow{22050, 2 * 44100}));
    QCOMPARE(window_->document().snapshots().size(), std::size_t{2});
    QVERIFY(window_->locks().contains(ParameterId::Bias));
    QCOMPARE(window_->session().undoStack().count(), 0);
    QVERIFY(!window_->isWindowModified());
    saveAs("again.qdsession");
    QCOMPARE(readText(in("again.qdsession")), readText(in("song.qdsession")));

    window_->session().edit(ParameterId::Drive, 3.0, widgets::Edit::Set);
    QVERIFY(window_->isWindowModified());
    window_->session().undoStack().undo();
    QVERIFY(!window_->isWindowModified());
}

void TestSessions::whatIsNotKnownIsKept()
{
    makeNoise("in.wav", 2, 44100 * 2);
    open();
    openSound(in("in.wav"));
    makeWork();
    saveAs("song.qdsession");
    Json json = Json::parse(readText(in("song.qdsession")));
    json["tempo"] = 128;
    json["slots"]["a"]["colour"] = "red";
    json["slots"]["b"]["settings"]["shimmer"] = 0.25;
    json["snapshots"][0]["stars"] = 5;
    json["views"]["mixer"] = {{"open", true}};
    json["views"]["stage"]["zoom3d"] = 7;
    json["views"]["explore"]["locks"].push_back("shimmer");
    json["slots"]["a"]["held"] = {{"shimmer", 0.5}, {"key", "F"}};
    writeText(in("newer.qdsession"), json.dump(2));
    openSession(in("newer.qdsession"));
    window_->session().edit(ParameterId::FoldAmount, 8.0, widgets::Edit::Set);
    window_->actions()["view.panes3"].trigger();
    saveAs("saved.qdsession");
    const Json saved = Json::parse(readText(in("saved.qdsession")));
    QCOMPARE(saved["tempo"].get<int>(), 128);
    QCOMPARE(saved["slots"]["a"]["colour"].get<std::string>(), std::string("red"));
    QCOMPARE(saved["slots"]["b"]["settings"]["shimmer"].get<double>(), 0.25);
    QCOMPARE(saved["snapshots"][0]["stars"].get<int>(), 5);
    QVERIFY(saved["views"]["mixer"]["open"].get<bool>());
    QCOMPARE(saved["views"]["stage"]["zoom3d"].get<int>(), 7);
    QCOMPARE(saved["views"]["stage"]["panes"].get<int>(), 3);
    QCOMPARE(saved["views"]["explore"]["locks"].dump(),
             std::string(R"(["key","bias","post_key","shimmer"])"));
    QCOMPARE(saved["slots"]["a"]["held"]["shimmer"].get<double>(), 0.5);
    QCOMPARE(saved["slots"]["a"]["held"]["key"].get<std::string>(), std::string("F"));
    QCOMPARE(saved["slots"]["b"]["settings"]["fold_amount"].get<double>(), 8.0);
}

void TestSessions::aMissingSoundCanBeLocated()
{
    makeNoise("in.wav", 2, 44100 * 4);
    open();
    openSound(in("in.wav"));
    makeWork();
    saveAs("song.qdsession");
    const Settings b = window_->session().settings();
    window_.reset();
    std::filesystem::create_directory(in("moved"));
    std::filesystem::rename(in("in.wav"), in("moved/other name.wav"));

    open();
    openSession(in("song.qdsession"), false);
    QTRY_VERIFY_WITH_TIMEOUT(stripSays(QStringLiteral("“in.wav” is no longer at")), patienceMs);
    QVERIFY(window_->session().settings() == b);
    QVERIFY(!window_->session().sound());
    QCOMPARE(window_->document().snapshots().size(), std::size_t{2});
    // Saved like this it still knows its sound.
    saveAs("again.qdsession");
    QCOMPARE(readText(in("again.qdsession")), readText(in("song.qdsession")));
    window_->sessions().locateWithDialog();
    answer("locateDialog", in("moved/other name.wav"));
    QTRY_VERIFY_WITH_TIMEOUT(window_->session().sound() && !window_->files().isLoading(),
                             patienceMs);
    QVERIFY((window_->session().window() == app::FrameWindow{22050, 2 * 44100}));
    QVERIFY(window_->session().settings() == b);
}

void TestSessions::filesThatCannotBeReadChangeNothing_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("words");
    QTest::newRow("newer") << QByteArray("{\"schema\": \"quantum-distortion/session\", "
                                         "\"version\": 3}")
                           << "was saved by a newer Quantum Distortion";
    QTest::newRow("empty") << QByteArray() << "is empty";
    QTest::newRow("garbage") << QByteArray("\x89PNG nothing") << "bad.qdsession";
    QTest::newRow("wrong type") << QByteArray("{\"schema\": \"quantum-distortion/session\", "
                                              "\"version\": 2, \"slots\": 5}")
                                << "slots";
    QTest::newRow("a preset") << QByteArray("{\"schema\": \"quantum-distortion/preset\", "
                                            "\"version\": 1}")
                              << "not a Quantum Distortion session";
}

void TestSessions::filesThatCannotBeReadChangeNothing()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, words);
    makeNoise("in.wav", 2, 44100 * 2);
    open();
    openSound(in("in.wav"));
    window_->session().edit(ParameterId::FoldAmount, 4.0, widgets::Edit::Set);
    window_->document().takeSnapshot(5);
    const auto before = window_->document().saved();
    writeText(in("bad.qdsession"), content.toStdString());
    window_->openPath(in("bad.qdsession"));
    QTRY_VERIFY_WITH_TIMEOUT(stripSays(words), patienceMs);
    QVERIFY(window_->document().saved() == before);
    QVERIFY(window_->session().undoStack().canUndo());
    QVERIFY(window_->document().file().empty());
}

void TestSessions::whatWasOpenBeforeCanBeHadBack()
{
    makeNoise("in.wav", 2, 44100 * 2);
    makeNoise("work.wav", 2, 44100 * 2);
    open();
    openSound(in("in.wav"));
    saveAs("song.qdsession");
    window_.reset();
    open();
    openSound(in("work.wav"));
    makeWork();
    const auto before = window_->document().saved();
    openSession(in("song.qdsession"));
    QVERIFY(!(window_->document().saved() == before));
    QVERIFY(stripSays(QStringLiteral("What was here before had not been saved.")));
    pressInStrip(QStringLiteral("Go back to it"));
    QTRY_VERIFY_WITH_TIMEOUT(window_->session().sound() && !window_->files().isLoading() &&
                                 window_->session().sound()->path == in("work.wav"),
                             patienceMs);
    QVERIFY(window_->document().saved() == before);
    QVERIFY(window_->document().file().empty());
}

void TestSessions::closingASessionThatIsNotSavedAsksOnce()
{
    makeNoise("in.wav", 2, 44100 * 2);
    open();
    openSound(in("in.wav"));
    saveAs("song.qdsession");
    window_->session().edit(ParameterId::FoldAmount, 6.0, widgets::Edit::Set);
    window_->close();
    QVERIFY(window_->isVisible());
    QVERIFY(stripSays(QStringLiteral("has changes that are not saved")));
    pressInStrip(QStringLiteral("Keep working"));
    QVERIFY(window_->isVisible());
    window_->close();
    pressInStrip(QStringLiteral("Save and close"));
    QTRY_VERIFY_WITH_TIMEOUT(!window_->isVisible(), patienceMs);
    QVERIFY(has(readText(in("song.qdsession")), "\"fold_amount\": 6"));
}

void TestSessions::aFolderThatCannotBeWrittenLosesNothing()
{
    makeNoise("in.wav", 2, 44100 * 2);
    open();
    openSound(in("in.wav"));
    makeWork();
    window_->actions()["file.save_session_as"].trigger();
    // A folder of that name is in the way.
    std::filesystem::create_directories(in("taken.qdsession/x"));
    auto *const dialog = window_->findChild<QFileDialog *>(QStringLiteral("saveSessionDialog"));
    QVERIFY(dialog);
    emit dialog->fileSelected(QString::fromStdString(in("taken.qdsession")));
    dialog->close();
    QTRY_VERIFY_WITH_TIMEOUT(stripSays(QStringLiteral("could not be saved")), patienceMs);
    QVERIFY(window_->document().file().empty());
    QVERIFY(window_->session().undoStack().canUndo());
}

void TestSessions::aCrashKeepsSlotsSnapshotsAndViews()
{
    makeNoise("in.wav", 2, 44100 * 4);
    open();
    openSound(in("in.wav"));
    makeWork();
    const auto before = window_->document().saved();
    crash();
    open();
    QTRY_VERIFY_WITH_TIMEOUT(window_->session().sound() && !window_->files().isLoading(),
                             patienceMs);
    QVERIFY(window_->document().saved() == before);
    pressInStrip(QStringLiteral("Undo restore"));
    QVERIFY(window_->session().settings() == Settings{});
    QVERIFY(window_->document().snapshots().empty());
    QVERIFY(!window_->session().sound());
    QVERIFY(window_->locks().set().empty());
}

void TestSessions::aCrashKeepsTheNameOfTheSession()
{
    makeNoise("in.wav", 2, 44100 * 2);
    open();
    openSound(in("in.wav"));
    saveAs("song.qdsession");
    const std::string saved = readText(in("song.qdsession"));
    window_->session().edit(ParameterId::FoldAmount, 6.0, widgets::Edit::Set);
    crash();
    open();
    waitForSound("in.wav");
    QVERIFY(window_->document().file() == in("song.qdsession"));
    QVERIFY(window_->windowTitle().contains(QStringLiteral("song")));
    QVERIFY(window_->isWindowModified());
    QCOMPARE(readText(in("song.qdsession")), saved);
    // Without the edit it is what the file holds.
    window_->session().edit(ParameterId::FoldAmount, Settings{}.distortion.foldAmount,
                            widgets::Edit::Set);
    QTRY_VERIFY_WITH_TIMEOUT(!window_->isWindowModified(), patienceMs);
    window_->session().edit(ParameterId::FoldAmount, 6.0, widgets::Edit::Set);
    window_->close();
    QVERIFY(stripSays(QStringLiteral("has changes that are not saved")));
    pressInStrip(QStringLiteral("Save and close"));
    QTRY_VERIFY_WITH_TIMEOUT(!window_->isVisible(), patienceMs);
    QVERIFY(has(readText(in("song.qdsession")), "\"fold_amount\": 6"));
    QVERIFY(!has(readText(in("song.qdsession")), "\"file\""));
}

void TestSessions::aCrashIsToldWhereSomethingElseIsOpened()
{
    makeNoise("in.wav", 2, 44100 * 2);
    makeNoise("other.wav", 2, 44100 * 2);
    open();
    openSound(in("in.wav"));
    window_->session().edit(ParameterId::FoldAmount, 6.0, widgets::Edit::Set);
    crash();
    open({in("other.wav")});
    waitForSound("other.wav");
    waitForPreview();
    QVERIFY(window_->session().settings() == Settings{});
    QVERIFY(stripSays(QStringLiteral("What was open then can be restored.")));
    // It is no notice of the sound that was open.
    openSound(in("other.wav"));
    QVERIFY(stripSays(QStringLiteral("What was open then can be restored.")));
    pressInStrip(QStringLiteral("Restore"));
    waitForSound("in.wav");
    QVERIFY(!(window_->session().settings() == Settings{}));
    QVERIFY(!stripSays(QStringLiteral("can be restored")));
    QVERIFY(!window_->actions()["file.reopen_session"].isEnabled());
}

void TestSessions::whatWasClosedWithoutANameCanBeGoneBackTo()
{
    makeNoise("in.wav", 2, 44100 * 4);
    makeNoise("work.wav", 2, 44100 * 2);
    open();
    QVERIFY(!window_->findChild<QWidget *>(QStringLiteral("session.0")));
    QVERIFY(!window_->actions()["file.reopen_session"].isEnabled());
    openSound(in("in.wav"));
    makeWork();
    const auto before = window_->document().saved();
    window_->close();
    window_.reset();

    open();
    QVERIFY(!window_->session().sound());
    QVERIFY(child("session.0").isVisible());
    QVERIFY(child("session.0").accessibleName().contains(QStringLiteral("in.wav")));
    QVERIFY(child("session.0").accessibleName().contains(QStringLiteral("2 snapshots")));
    click("session.0");
    waitForSound("in.wav");
    waitForPreview();
    QVERIFY(window_->document().saved() == before);
    QVERIFY(window_->document().file().empty());
    window_.reset();

    // From the menu too, over other work, which can be had back.
    open({in("work.wav")});
    waitForSound("work.wav");
    window_->session().edit(ParameterId::Drive, 3.0, widgets::Edit::Set);
    const Settings work = window_->session().settings();
    window_->actions()["file.reopen_session"].trigger();
    waitForSound("in.wav");
    QVERIFY(window_->document().saved() == before);
    QVERIFY(stripSays(QStringLiteral("What was here before had not been saved.")));
    pressInStrip(QStringLiteral("Go back to it"));
    waitForSound("work.wav");
    QVERIFY(window_->session().settings() == work);
}

void TestSessions::anEmptyProgramLeavesTheLastSessionAlone()
{
    makeNoise("in.wav", 2, 44100 * 2);
    open();
    openSound(in("in.wav"));
    window_->session().edit(ParameterId::FoldAmount, 6.0, widgets::Edit::Set);
    const Settings before = window_->session().settings();
    window_.reset();
    for (int i = 0; i < 2; ++i) {
        open();
        QVERIFY(window_->session().settings() == Settings{});
        window_.reset();
    }
    open();
    click("session.0");
    waitForSound("in.wav");
    QVERIFY(window_->session().settings() == before);
}

void TestSessions::twoProgramsThatCrashAreBothRestored()
{
    makeNoise("one.wav", 2, 44100 * 2);
    makeNoise("two.wav", 2, 44100 * 2);
    open();
    openSound(in("one.wav"));
    crash();
    // As if a second program had run beside the first.
    std::filesystem::rename(keptFile(), in("two.qdsession"));
    open();
    openSound(in("two.wav"));
    crash();
    const std::string second =
        (app::Autosave::standardFolder() + QStringLiteral("/session-2.qdsession")).toStdString();
    std::filesystem::rename(in("two.qdsession"), second);
    open();
    QTRY_VERIFY_WITH_TIMEOUT(window_->session().sound(), patienceMs);
    const std::filesystem::path restored = window_->session().sound()->path;
    {
        app::Session session;
        app::SessionDocument document(session);
        const app::Autosave beside(document, app::Autosave::standardFolder());
        QVERIFY(beside.lastCrashed());
        const std::filesystem::path sound = beside.kept().front().session.sound;
        QVERIFY(sound != restored);
        QVERIFY(sound == in("one.wav") || sound == in("two.wav"));
    }
}

void TestSessions::laterSessionsDoNotPushOutWork()
{
    makeNoise("in.wav", 2, 44100 * 2);
    makeNoise("other.wav", 2, 44100 * 2);
    open();
    openSound(in("in.wav"));
    window_->session().edit(ParameterId::FoldAmount, 6.0, widgets::Edit::Set);
    const Settings first = window_->session().settings();
    crash();
    // Who goes back to it in another way is not offered it any more.
    open({in("other.wav")});
    waitForSound("other.wav");
    QVERIFY(stripSays(QStringLiteral("can be restored")));
    window_->actions()["file.reopen_session"].trigger();
    waitForSound("in.wav");
    QVERIFY(!stripSays(QStringLiteral("can be restored")));
    crash();
    // Nobody answers the offer; another sound is opened and crashes too.
    open({in("other.wav")});
    waitForSound("other.wav");
    crash();
    open();
    waitForSound("other.wav");
    window_->session().edit(ParameterId::Drive, 3.0, widgets::Edit::Set);
    const Settings second = window_->session().settings();
    window_.reset();
    open();
    QVERIFY(child("session.0").accessibleName().contains(QStringLiteral("other.wav")));
    QVERIFY(child("session.1").accessibleName().contains(QStringLiteral("in.wav")));
    click("session.1");
    waitForSound("in.wav");
    QVERIFY(window_->session().settings() == first);
    window_.reset();
    // What was gone back to is there once, and the rest still is.
    open();
    QVERIFY(child("session.0").accessibleName().contains(QStringLiteral("in.wav")));
    QVERIFY(child("session.1").accessibleName().contains(QStringLiteral("other.wav")));
    QVERIFY(!window_->findChild<QWidget *>(QStringLiteral("session.2")));
    click("session.1");
    waitForSound("other.wav");
    QVERIFY(window_->session().settings() == second);
}

void TestSessions::whatIsOnlyTriedIsNotKept()
{
    makeNoise("in.wav", 2, 44100 * 2);
    open();
    openSound(in("in.wav"));
    window_->session().edit(ParameterId::FoldAmount, 6.0, widgets::Edit::Set);
    const Settings own = window_->session().settings();
    app::PresetReference preset;
    preset.name = QStringLiteral("Tried");
    preset.settings.distortion.foldAmount = 9.0;
    window_->session().tryPreset(preset, preset.settings);
    QVERIFY(!(window_->session().settings() == own));
    QVERIFY(window_->document().saved().slot(Slot::A).settings == own);
    window_.reset();
    open();
    click("session.0");
    waitForSound("in.wav");
    QVERIFY(window_->session().settings() == own);
    // A session that is saved holds what is heard.
    window_->session().tryPreset(preset, preset.settings);
    saveAs("song.qdsession");
    QVERIFY(has(readText(in("song.qdsession")), "\"fold_amount\": 9"));
    QVERIFY(!window_->session().isTrying() && !window_->isWindowModified());
}

void TestSessions::placesAreWholeWhereverTheProgramIsStarted()
{
    makeNoise("in.wav", 2, 44100 * 2);
    const QString before = QDir::currentPath();
    QVERIFY(QDir::setCurrent(QString::fromStdString(in("."))));
    open({"in.wav"});
    QTRY_VERIFY_WITH_TIMEOUT(window_->session().sound(), patienceMs);
    QVERIFY(QDir::setCurrent(before));
    QVERIFY(window_->session().sound()->path == std::filesystem::path(in("in.wav")));
}

void TestSessions::whatWasOpenBeforeStaysWhereNobodyGoesBack()
{
    makeNoise("in.wav", 2, 44100 * 2);
    open();
    openSound(in("in.wav"));
    saveAs("song.qdsession");
    window_.reset();
    open();
    makeNoise("work.wav", 2, 44100 * 2);
    openSound(in("work.wav"));
    window_->session().edit(ParameterId::FoldAmount, 6.0, widgets::Edit::Set);
    openSession(in("song.qdsession"));
    window_->close();
    window_.reset();
    open();
    click("session.0");
    waitForSound("work.wav");
    QCOMPARE(window_->session().settings().distortion.foldAmount, 6.0);
}

void TestSessions::aFolderThatCannotBeWrittenIsTold()
{
    makeNoise("in.wav", 2, 44100 * 2);
    writeText(in("no folder"), "a file");
    qputenv("XDG_STATE_HOME", QByteArray::fromStdString(in("no folder")));
    open();
    openSound(in("in.wav"));
    window_->session().edit(ParameterId::FoldAmount, 6.0, widgets::Edit::Set);
    QTRY_VERIFY_WITH_TIMEOUT(stripSays(QStringLiteral("cannot be kept against a crash")),
                             patienceMs);
    window_->close();
    QVERIFY(window_->isVisible());
    QVERIFY(stripSays(QStringLiteral("Your work is not saved")));
    pressInStrip(QStringLiteral("Close without saving"));
    QVERIFY(!window_->isVisible());
}

void TestSessions::whatCannotBeReadIsPutAsideAndTold()
{
    open();
    window_.reset();
    const std::string newer = "{\"schema\": \"quantum-distortion/session\", \"version\": 99}";
    writeText(keptFile(), newer);
    open();
    QVERIFY(stripSays(QStringLiteral("was saved by a newer Quantum Distortion")));
    window_.reset();
    const QDir folder(app::Autosave::standardFolder());
    const QStringList names = folder.entryList({QStringLiteral("unreadable-*")});
    QCOMPARE(names.size(), 1);
    QCOMPARE(readText(folder.filePath(names[0]).toStdString()), newer);
}

void TestSessions::aMovedFolderStillHasItsSound()
{
    std::filesystem::create_directory(in("project"));
    makeNoise("project/in.wav", 2, 44100 * 2);
    open();
    openSound(in("project/in.wav"));
    saveAs("project/song.qdsession");
    window_.reset();
    std::filesystem::rename(in("project"), in("elsewhere"));
    open();
    openSession(in("elsewhere/song.qdsession"));
    QVERIFY(window_->session().sound()->path == in("elsewhere/in.wav"));
}

void TestSessions::theQuestionGoesWhenItIsNoLongerTrue()
{
    makeNoise("in.wav", 2, 44100 * 2);
    open();
    openSound(in("in.wav"));
    saveAs("song.qdsession");
    window_->session().edit(ParameterId::FoldAmount, 6.0, widgets::Edit::Set);
    window_->close();
    QVERIFY(stripSays(QStringLiteral("has changes that are not saved")));
    window_->session().undoStack().undo();
    QVERIFY(!stripSays(QStringLiteral("has changes that are not saved")));
    window_->session().undoStack().redo();
    window_->close();
    QVERIFY(stripSays(QStringLiteral("has changes that are not saved")));
    QTest::keyClick(window_.get(), Qt::Key_Escape);
    QVERIFY(!stripSays(QStringLiteral("has changes that are not saved")));
    QVERIFY(window_->isVisible() && window_->isWindowModified());
}

void TestSessions::whatAnotherWindowSavedIsNotWrittenOver()
{
    makeNoise("in.wav", 2, 44100 * 2);
    open();
    openSound(in("in.wav"));
    saveAs("song.qdsession");
    const std::string mine = readText(in("song.qdsession"));
    std::string other = mine;
    other.insert(other.rfind('}'), ", \"tempo\": 128 ");
    writeText(in("song.qdsession"), other);
    window_->session().edit(ParameterId::FoldAmount, 6.0, widgets::Edit::Set);
    window_->actions()["file.save_session"].trigger();
    QTRY_VERIFY_WITH_TIMEOUT(stripSays(QStringLiteral("has changed it since")), patienceMs);
    QCOMPARE(readText(in("song.qdsession")), other);
    QVERIFY(window_->isWindowModified());
    QSignalSpy saved(&window_->sessions(), &app::SessionFlow::saved);
    pressInStrip(QStringLiteral("Save over it"));
    QTRY_COMPARE_WITH_TIMEOUT(saved.size(), 1, patienceMs);
    QVERIFY(has(readText(in("song.qdsession")), "\"fold_amount\": 6"));
    // One's own is no reason to ask.
    window_->session().edit(ParameterId::FoldAmount, 7.0, widgets::Edit::Set);
    window_->actions()["file.save_session"].trigger();
    QTRY_COMPARE_WITH_TIMEOUT(saved.size(), 2, patienceMs);
}

QTEST_MAIN(TestSessions)
#include "TestSessions.moc"
