// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sessions in the window: what was saved comes back to the byte, with what this version does not
// know; a missing sound, a newer version or a damaged file costs nothing.
#include "tests/app/SessionFixture.h"
#include "tests/support/TestProgram.h"

#include <nlohmann/json.hpp>

using namespace tests;
using engine::pipeline::Settings;
using Json = nlohmann::ordered_json;

class TestSessions final : public SessionFixture {
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
    void placesAreWholeWhereverTheProgramIsStarted();
    void aMovedFolderStillHasItsSound();
    void theQuestionGoesWhenItIsNoLongerTrue();
    void whatAnotherWindowSavedIsNotWrittenOver();
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

QD_TEST(TestSessions, QApplication)
#include "TestSessions.moc"
