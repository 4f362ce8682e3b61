// SPDX-License-Identifier: GPL-3.0-or-later
//
// Work that nobody saved: after a crash, after closing, after opening something else, in a folder
// that cannot be written.
#include "tests/app/SessionFixture.h"
#include "tests/support/TestProgram.h"

using namespace tests;
using engine::pipeline::Settings;

class TestSessionRecovery final : public SessionFixture {
    Q_OBJECT

private slots:
    void aCrashKeepsSlotsSnapshotsAndViews();
    void aCrashKeepsTheNameOfTheSession();
    void aCrashIsToldWhereSomethingElseIsOpened();
    void whatWasClosedWithoutANameCanBeGoneBackTo();
    void anEmptyProgramLeavesTheLastSessionAlone();
    void twoProgramsThatCrashAreBothRestored();
    void laterSessionsDoNotPushOutWork();
    void whatIsOnlyTriedIsNotKept();
    void whatWasOpenBeforeStaysWhereNobodyGoesBack();
    void aFolderThatCannotBeWrittenIsTold();
    void whatCannotBeReadIsPutAsideAndTold();
};

void TestSessionRecovery::aCrashKeepsSlotsSnapshotsAndViews()
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

void TestSessionRecovery::aCrashKeepsTheNameOfTheSession()
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

void TestSessionRecovery::aCrashIsToldWhereSomethingElseIsOpened()
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

void TestSessionRecovery::whatWasClosedWithoutANameCanBeGoneBackTo()
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

void TestSessionRecovery::anEmptyProgramLeavesTheLastSessionAlone()
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

void TestSessionRecovery::twoProgramsThatCrashAreBothRestored()
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

void TestSessionRecovery::laterSessionsDoNotPushOutWork()
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

void TestSessionRecovery::whatIsOnlyTriedIsNotKept()
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

void TestSessionRecovery::whatWasOpenBeforeStaysWhereNobodyGoesBack()
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

void TestSessionRecovery::aFolderThatCannotBeWrittenIsTold()
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

void TestSessionRecovery::whatCannotBeReadIsPutAsideAndTold()
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

QD_TEST(TestSessionRecovery, QApplication)
#include "TestSessionRecovery.moc"
