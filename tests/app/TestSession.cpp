// SPDX-License-Identifier: GPL-3.0-or-later
//
// The document: one gesture is one step of undo with a name a person understands, a thousand steps
// lead back to the start, the preview window stays inside its limits, and a saved session comes
// back as it was.

#include "app/workstation/Session.h"
#include "engine/io/SessionFile.h"
#include "tests/support/Signals.h"
#include "tests/support/TestProgram.h"

#include <QLocale>
#include <QSignalSpy>
#include <QTest>

using namespace app;
using engine::pipeline::ParameterId;
using engine::pipeline::ParameterInfo;
using engine::pipeline::ParameterKind;
using tests::Random;
using widgets::Edit;

namespace {

engine::render::SharedScan soundOf(std::int64_t frames, int rateHz = 48000)
{
    engine::render::SoundScan scan;
    scan.path = "/sounds/x.wav";
    scan.format = {rateHz, 2};
    scan.framesRead = frames;
    scan.complete = true;
    return std::make_shared<const engine::render::SoundScan>(scan);
}

double anyValue(const ParameterInfo &info, Random &random)
{
    const double value = random.between(info.minimum, info.maximum);
    return info.kind == ParameterKind::Number ? value : std::round(value);
}

} // namespace

Q_DECLARE_METATYPE(app::FrameWindow)

class TestSession : public QObject {
    Q_OBJECT

private slots:
    void aDragIsOneStepWithItsEndsInItsName();
    void aRunOfWheelNotchesIsOneStep();
    void aDragThatEndsWhereItBeganIsNoStep();
    void editedIsTakenBackByTakingTheValueBack();
    void aPresetIsOneStep();
    void presetsThatAreTriedAreOneStepOrNone();
    void whatWasTriedAndGivenUpLeavesTheHistoryAlone();
    void whatLocksHoldIsNoEdit();
    void stepsKnowTheirSlots();
    void aSavedPresetIsKnownToTheHistory();
    void unlinkingKeepsWhatIsHeard();
    void aThousandEditsLeadBackToTheStart();
    void undoGoesToTheSlotThatItChanges();
    void copyAndSwapAreOneStepEach();
    void theWindowStaysInsideSoundAndLimits_data();
    void theWindowStaysInsideSoundAndLimits();
    void aSavedSessionComesBack();
    void aDamagedSessionIsAnErrorThatNamesTheField();
};

void TestSession::aDragIsOneStepWithItsEndsInItsName()
{
    Session session;
    QSignalSpy changes(&session, &Session::settingsChanged);
    for (const double value : {2.0, 3.5, 4.8})
        session.edit(ParameterId::FoldAmount, value, Edit::Moving);
    session.edit(ParameterId::FoldAmount, 5.0, Edit::Ended);
    QCOMPARE(changes.size(), 4);
    QCOMPARE(session.undoStack().count(), 1);
    QCOMPARE(session.undoStack().undoText(),
             QStringLiteral("Fold 1%10× → 5%10×")
                 .replace(QStringLiteral("%1"), QLocale().decimalPoint()));
    QCOMPARE(session.settings().distortion.foldAmount, 5.0);
    session.undoStack().undo();
    QCOMPARE(session.settings().distortion.foldAmount, 1.0);
    session.undoStack().redo();
    QCOMPARE(session.settings().distortion.foldAmount, 5.0);
    session.edit(ParameterId::FoldAmount, 6.0, Edit::Moving);
    session.edit(ParameterId::FoldAmount, 6.0, Edit::Ended);
    QCOMPARE(session.undoStack().count(), 2);
}

void TestSession::aRunOfWheelNotchesIsOneStep()
{
    Session session;
    session.edit(ParameterId::Smear, 0.11, Edit::Nudged);
    session.edit(ParameterId::Smear, 0.12, Edit::NudgedOn);
    QCOMPARE(session.undoStack().count(), 1);
    session.edit(ParameterId::SnapStrength, 0.5, Edit::Nudged);
    QCOMPARE(session.undoStack().count(), 2);
    session.edit(ParameterId::SnapStrength, 0.4, Edit::NudgedOn);
    QTest::qWait(700); // whoever told of them knows when they were made
    session.edit(ParameterId::SnapStrength, 0.35, Edit::NudgedOn);
    QCOMPARE(session.undoStack().count(), 2);
    session.edit(ParameterId::SnapStrength, 0.3, Edit::Nudged);
    QCOMPARE(session.undoStack().count(), 3);
    // Whatever came between has ended the run.
    session.edit(ParameterId::Smear, 0.2, Edit::NudgedOn);
    QCOMPARE(session.undoStack().count(), 4);
    session.undo();
    session.edit(ParameterId::Smear, 0.3, Edit::NudgedOn);
    session.setSlot(Slot::B);
    session.edit(ParameterId::Smear, 0.4, Edit::NudgedOn);
    QCOMPARE(session.undoStack().count(), 5);
    session.copySlot(Slot::B);
    session.edit(ParameterId::Smear, 0.5, Edit::NudgedOn);
    QCOMPARE(session.undoStack().count(), 7);
}

void TestSession::aDragThatEndsWhereItBeganIsNoStep()
{
    Session session;
    session.edit(ParameterId::FoldAmount, 7.0, Edit::Moving);
    session.edit(ParameterId::FoldAmount, 1.0, Edit::Ended);
    QCOMPARE(session.undoStack().count(), 0);
    session.edit(ParameterId::FoldAmount, 1.0, Edit::Ended);
    QCOMPARE(session.undoStack().count(), 0);
}

void TestSession::editedIsTakenBackByTakingTheValueBack()
{
    Session session;
    QVERIFY(!session.isEdited());
    session.edit(ParameterId::Bias, 0.2, Edit::Set);
    QVERIFY(session.isEdited());
    session.edit(ParameterId::Bias, 0.0, Edit::Set);
    QVERIFY(!session.isEdited());
}

void TestSession::aPresetIsOneStep()
{
    Session session;
    PresetReference preset{QStringLiteral("Growl"), "/p.qdpreset", true, {}, {}};
    preset.settings.distortion.foldAmount = 4.0;
    preset.settings.preQuant.classic.smear = 0.9;
    session.choosePreset(preset);
    QVERIFY(!session.isEdited());
    QCOMPARE(session.preset().name, QStringLiteral("Growl"));
    session.undoStack().undo();
    QCOMPARE(session.preset().name, QStringLiteral("Init"));
    QVERIFY(session.settings() == engine::pipeline::Settings{});
}

namespace {

PresetReference presetWithFold(const char *name, double fold)
{
    PresetReference preset{QLatin1String(name), std::string("/") + name, true, {}, {}};
    preset.settings.distortion.foldAmount = fold;
    return preset;
}

void tryOut(Session &session, const PresetReference &preset)
{
    session.tryPreset(preset, preset.settings);
}

} // namespace

void TestSession::presetsThatAreTriedAreOneStepOrNone()
{
    Session session;
    session.edit(ParameterId::Bias, 0.25, Edit::Set);
    const auto before = session.settings();
    tryOut(session, presetWithFold("One", 2.0));
    tryOut(session, presetWithFold("Two", 3.0));
    QVERIFY(session.isTrying());
    QCOMPARE(session.undoStack().count(), 1); // no step yet
    QCOMPARE(session.undoWords(), QStringLiteral("Preset Two"));
    session.dropTrial();
    QVERIFY(session.settings() == before);
    QCOMPARE(session.preset().name, QStringLiteral("Init"));
    QCOMPARE(session.undoStack().count(), 1);
    QVERIFY(!session.undoStack().canRedo());
    session.dropTrial(); // nothing is tried any more
    QCOMPARE(session.undoStack().count(), 1);

    tryOut(session, presetWithFold("One", 2.0));
    session.keepTrial();
    session.dropTrial(); // it is kept
    QCOMPARE(session.preset().name, QStringLiteral("One"));
    tryOut(session, presetWithFold("Two", 3.0));
    session.edit(ParameterId::Bias, 0.5, Edit::Set);
    QVERIFY(!session.isTrying());
    tryOut(session, presetWithFold("Three", 4.0));
    session.dropTrial();
    QCOMPARE(session.preset().name, QStringLiteral("Two"));
    QVERIFY(session.isEdited());
    QCOMPARE(session.undoStack().count(), 4);
    while (session.undoStack().canUndo())
        session.undoStack().undo();
    QVERIFY(session.settings() == engine::pipeline::Settings{});
}

void TestSession::whatWasTriedAndGivenUpLeavesTheHistoryAlone()
{
    Session session;
    for (const double fold : {2.0, 3.0, 4.0})
        session.edit(ParameterId::FoldAmount, fold, Edit::Set);
    session.undo();
    session.undo();
    const auto here = session.settings();
    const auto texts = [&session] {
        QStringList all;
        for (int i = 0; i < session.undoStack().count(); ++i)
            all << session.undoStack().text(i);
        return all;
    };
    const QStringList steps = texts();
    for (const bool byUndo : {false, true}) {
        tryOut(session, presetWithFold("One", 7.0));
        tryOut(session, presetWithFold("Two", 8.0));
        QVERIFY(session.canUndo());
        byUndo ? session.undo() : session.dropTrial();
        QVERIFY(session.settings() == here);
        QVERIFY(!session.isTrying());
        QCOMPARE(texts(), steps);
        QCOMPARE(session.undoStack().index(), 1);
    }
    tryOut(session, presetWithFold("One", 7.0));
    session.redo(); // from where one was before it was tried
    QCOMPARE(session.settings().distortion.foldAmount, 3.0);
    session.redo();
    QCOMPARE(session.settings().distortion.foldAmount, 4.0);
    QVERIFY(!session.canRedo());
    // Walking back to where one was is no step either.
    session.choosePreset(presetWithFold("One", 7.0));
    session.undo();
    session.redo();
    tryOut(session, presetWithFold("Two", 8.0));
    tryOut(session, presetWithFold("One", 7.0));
    const int count = session.undoStack().count();
    session.keepTrial();
    QCOMPARE(session.undoStack().count(), count);
    // What is saved meanwhile is known, and giving up goes back all the same.
    tryOut(session, presetWithFold("Two", 8.0));
    PresetReference saved = session.preset();
    saved.settings.distortion.bias = 0.25;
    session.presetSaved(session.slot(), saved);
    QVERIFY(session.isEdited());
    session.dropTrial();
    QCOMPARE(session.preset().name, QStringLiteral("One"));
    QVERIFY(!session.isEdited());
}

void TestSession::whatLocksHoldIsNoEdit()
{
    Session session;
    const PresetReference preset = presetWithFold("One", 7.0);
    auto settings = preset.settings;
    settings.preQuant.classic.scale.rootPitchClass = 5;
    session.choosePreset(preset, settings);
    QVERIFY(!session.isEdited());
    QVERIFY(session.slotState(Slot::A).isHeld(ParameterId::Key));
    session.edit(ParameterId::FoldAmount, 6.0, Edit::Set);
    QVERIFY(session.isEdited());
    QVERIFY(session.slotState(Slot::A).taken() == settings);
    session.edit(ParameterId::FoldAmount, 7.0, Edit::Set);
    QVERIFY(!session.isEdited());
    session.edit(ParameterId::Key, 6, Edit::Set); // by hand
    QVERIFY(session.isEdited() && !session.slotState(Slot::A).holdsAny());
    session.undo();
    QVERIFY(!session.isEdited() && session.slotState(Slot::A).holdsAny());
    session.edit(ParameterId::Key, preset.settings.preQuant.classic.scale.rootPitchClass,
                 Edit::Set); // as the preset has it
    QVERIFY(!session.isEdited() && !session.slotState(Slot::A).holdsAny());
    session.undo();
    // It is saved with the session, and saving the preset ends it.
    engine::io::SavedSession file;
    file.bothSlots.front() = savedSlot(session.slotState(Slot::A));
    const auto read = engine::io::parseSession(engine::io::sessionText(file), "x");
    QVERIFY(read);
    QVERIFY(slotOf(read->bothSlots.front()) == session.slotState(Slot::A));
    PresetReference saved = preset;
    saved.settings = settings;
    session.presetSaved(Slot::A, saved);
    QVERIFY(!session.isEdited() && !session.slotState(Slot::A).holdsAny());
}

void TestSession::stepsKnowTheirSlots()
{
    using Pair = std::array<bool, 2>;
    Session session;
    session.edit(ParameterId::FoldAmount, 3.0, Edit::Set);
    QCOMPARE(session.undoWords(), session.undoStack().undoText()); // it is the slot at hand
    session.setSlot(Slot::B);
    QCOMPARE(session.undoWords(), session.undoStack().undoText() + QStringLiteral(" in A"));
    session.edit(ParameterId::FoldAmount, 5.0, Edit::Set);
    session.copySlot(Slot::B);
    session.setSlot(Slot::A);
    session.edit(ParameterId::Bias, 0.5, Edit::Set);
    session.swapSlots();
    session.changeSlot(Slot::B, session.slotState(Slot::B).settings, QStringLiteral("x"));
    const std::array expected{Pair{true, false}, Pair{false, true}, Pair{true, false},
                              Pair{true, false}, Pair{true, true},  Pair{false, true}};
    for (std::size_t i = 0; i < expected.size(); ++i)
        QVERIFY(session.slotsOfStep(static_cast<int>(i)) == expected[i]);
    session.undoStack().setIndex(2);
    session.setSlot(Slot::A);
    QCOMPARE(session.redoWords(), QStringLiteral("Copy B to A")); // says it already
    QCOMPARE(session.undoWords(), session.undoStack().undoText() + QStringLiteral(" in B"));
    QVERIFY(session.slotsOfStep(99) == Pair{});
}

void TestSession::aSavedPresetIsKnownToTheHistory()
{
    Session session;
    session.choosePreset(presetWithFold("Own", 2.0));
    session.edit(ParameterId::FoldAmount, 3.0, Edit::Set);
    session.edit(ParameterId::Bias, 0.5, Edit::Set);
    const int steps = session.undoStack().count();
    PresetReference saved = session.preset();
    saved.settings = session.settings();
    session.presetSaved(session.slot(), saved);
    QVERIFY(!session.isEdited());
    QCOMPARE(session.undoStack().count(), steps); // saving is no step
    session.undoStack().undo();
    QVERIFY(session.isEdited());
    session.undoStack().redo();
    QVERIFY(!session.isEdited());
    // As another: what was before stays the old one's.
    session.edit(ParameterId::Bias, 0.25, Edit::Set);
    PresetReference other = presetWithFold("Other", 0.0);
    other.settings = session.settings();
    session.presetSaved(session.slot(), other);
    session.undoStack().undo();
    QCOMPARE(session.preset().name, QStringLiteral("Own"));
    QVERIFY(!session.isEdited());
    session.undoStack().redo();
    QCOMPARE(session.preset().name, QStringLiteral("Other"));
    QVERIFY(!session.isEdited());
    PresetReference moved = other;
    moved.name = QStringLiteral("Moved");
    moved.path = "/Moved";
    session.presetMoved(other.path, moved);
    session.undoStack().undo();
    session.undoStack().redo();
    QCOMPARE(session.preset().name, QStringLiteral("Moved"));
}

void TestSession::unlinkingKeepsWhatIsHeard()
{
    Session session;
    session.edit(ParameterId::SnapStrength, 0.6, Edit::Set);
    session.edit(ParameterId::Key, 5, Edit::Set);
    session.edit(ParameterId::PostSmear, 0.4, Edit::Set); // touches one of the linked controls
    QVERIFY(!session.settings().postLink);
    const auto &post = session.settings().postQuantizer();
    QCOMPARE(post.smear, 0.4);
    QCOMPARE(post.snapStrength, 0.6);
    QCOMPARE(post.scale.rootPitchClass, 5);
    session.undoStack().undo();
    QVERIFY(session.settings().postLink);
    session.edit(ParameterId::PostLink, 0, Edit::Set);
    QVERIFY(session.settings().postQuantizer() == session.settings().preQuant.classic);
}

void TestSession::aThousandEditsLeadBackToTheStart()
{
    Session session;
    session.undoStack().setUndoLimit(0); // the limit itself is another matter
    const engine::pipeline::Settings start = session.settings();
    const engine::pipeline::Settings startOfB = session.slotState(Slot::B).settings;
    Random random(4);
    constexpr std::array kinds{Edit::Moving, Edit::Ended, Edit::Nudged, Edit::NudgedOn, Edit::Set};
    for (int i = 0; i < 1000; ++i) {
        const auto table = engine::pipeline::parameterTable();
        const ParameterInfo &info =
            table[static_cast<std::size_t>(random.whole(0, static_cast<int>(table.size()) - 1))];
        session.edit(info.id, anyValue(info, random),
                     kinds[static_cast<std::size_t>(random.whole(0, 4))]);
        if (random.chance(0.1))
            session.setSlot(otherSlot(session.slot()));
        if (random.chance(0.03))
            session.copySlot(session.slot());
        if (random.chance(0.03))
            session.swapSlots();
        if (random.chance(0.1))
            tryOut(session, presetWithFold("Tried", random.between(1.0, 9.0)));
        if (random.chance(0.05))
            random.chance(0.5) ? session.keepTrial() : session.dropTrial();
        if (random.chance(0.1))
            session.undo();
        if (random.chance(0.05))
            session.redo();
    }
    session.keepTrial();
    const std::array end{session.slotState(Slot::A).settings, session.slotState(Slot::B).settings};
    QVERIFY(!(end[0] == start));
    const int index = session.undoStack().index();
    session.undoStack().setIndex(0);
    QVERIFY(session.slotState(Slot::A).settings == start);
    QVERIFY(session.slotState(Slot::B).settings == startOfB);
    session.undoStack().setIndex(index);
    QVERIFY(session.slotState(Slot::A).settings == end[0]);
    QVERIFY(session.slotState(Slot::B).settings == end[1]);
}

void TestSession::undoGoesToTheSlotThatItChanges()
{
    Session session;
    session.edit(ParameterId::FoldAmount, 3.0, Edit::Set);
    session.setSlot(Slot::B);
    QCOMPARE(session.settings().distortion.foldAmount, 1.0); // slots are apart
    session.edit(ParameterId::FoldAmount, 7.0, Edit::Set);
    session.setSlot(Slot::A);
    QCOMPARE(session.settings().distortion.foldAmount, 3.0);
    QCOMPARE(session.undoStack().count(), 2); // listening is no step
    session.undoStack().undo();
    QCOMPARE(session.slot(), Slot::B);
    QCOMPARE(session.settings().distortion.foldAmount, 1.0);
    session.undoStack().undo();
    QCOMPARE(session.slot(), Slot::A);
    QCOMPARE(session.settings().distortion.foldAmount, 1.0);
    session.undoStack().redo();
    QCOMPARE(session.slot(), Slot::A);
    QCOMPARE(session.settings().distortion.foldAmount, 3.0);
}

void TestSession::copyAndSwapAreOneStepEach()
{
    Session session;
    session.edit(ParameterId::FoldAmount, 3.0, Edit::Set);
    QSignalSpy here(&session, &Session::settingsChanged);
    QSignalSpy there(&session, &Session::otherSettingsChanged);
    session.copySlot(Slot::A);
    QVERIFY(session.slotsAreEqual() && !session.slotsDiffer());
    session.swapSlots(); // which would change nothing
    session.copySlot(Slot::B);
    QCOMPARE(session.undoStack().count(), 2);
    QCOMPARE(session.undoStack().undoText(), QStringLiteral("Copy A to B"));
    QCOMPARE(here.size(), 0);
    QCOMPARE(there.size(), 1);
    session.edit(ParameterId::FoldAmount, 5.0, Edit::Set);
    session.swapSlots();
    QCOMPARE(session.undoStack().undoText(), QStringLiteral("Swap A and B"));
    QCOMPARE(session.settings().distortion.foldAmount, 3.0);
    QCOMPARE(session.slotState(Slot::B).settings.distortion.foldAmount, 5.0);
    session.undoStack().undo();
    QCOMPARE(session.settings().distortion.foldAmount, 5.0);
    session.undoStack().setIndex(1);
    QCOMPARE(session.slotState(Slot::B).settings.distortion.foldAmount, 1.0);
}

void TestSession::theWindowStaysInsideSoundAndLimits_data()
{
    QTest::addColumn<qint64>("frames");
    QTest::addColumn<FrameWindow>("wished");
    QTest::addColumn<FrameWindow>("got");
    const auto s = [](double seconds) { return static_cast<std::int64_t>(seconds * 48000); };
    QTest::newRow("as wished") << qint64{s(60)} << FrameWindow{s(5), s(10)}
                               << FrameWindow{s(5), s(10)};
    QTest::newRow("too long") << qint64{s(60)} << FrameWindow{0, s(50)} << FrameWindow{0, s(30)};
    QTest::newRow("too short") << qint64{s(60)} << FrameWindow{0, 10} << FrameWindow{0, s(1)};
    QTest::newRow("over the end") << qint64{s(60)} << FrameWindow{s(55), s(10)}
                                  << FrameWindow{s(50), s(10)};
    QTest::newRow("before the start")
        << qint64{s(60)} << FrameWindow{-5, s(10)} << FrameWindow{0, s(10)};
    QTest::newRow("longer than the sound")
        << qint64{s(3)} << FrameWindow{s(1), s(10)} << FrameWindow{0, s(3)};
    QTest::newRow("a sound of one frame")
        << qint64{1} << FrameWindow{0, s(10)} << FrameWindow{0, 1};
}

void TestSession::theWindowStaysInsideSoundAndLimits()
{
    QFETCH(qint64, frames);
    QFETCH(FrameWindow, wished);
    QFETCH(FrameWindow, got);
    Session session;
    session.openSound(soundOf(frames));
    session.setWindow(wished);
    QCOMPARE(session.window().firstFrame, got.firstFrame);
    QCOMPARE(session.window().frames, got.frames);
}

void TestSession::aSavedSessionComesBack()
{
    Random random(8);
    for (int i = 0; i < 300; ++i) {
        engine::io::SavedSession saved;
        saved.sound = i % 3 == 0 ? "" : std::string("/tmp/ä \xff %41\n#") + std::to_string(i);
        saved.windowFirstFrame = random.whole(0, 1 << 30);
        saved.windowFrames = random.whole(1, 1 << 20);
        saved.tap = "post_dist";
        engine::io::SavedSlot &slot = saved.bothSlots.front();
        slot.preset.name = "🔥 “x” \\ /";
        slot.presetPath = "/presets/a b.qdpreset";
        saved.ended = random.chance(0.5);
        for (const ParameterInfo &info : engine::pipeline::parameterTable()) {
            info.write(slot.settings, anyValue(info, random));
            info.write(slot.preset.settings, anyValue(info, random));
        }
        const std::string text = engine::io::sessionText(saved);
        const auto read = engine::io::parseSession(text, "x");
        QVERIFY2(read, read ? "" : read.error().oneLine().c_str());
        QCOMPARE(read->sound, saved.sound);
        QCOMPARE(read->windowFrames, saved.windowFrames);
        QVERIFY(read->bothSlots.front() == slot);
        QCOMPARE(engine::io::sessionText(*read), text);
    }
}

void TestSession::aDamagedSessionIsAnErrorThatNamesTheField()
{
    const std::string good = engine::io::sessionText({});
    for (std::size_t cut = 0; cut + 2 < good.size(); ++cut)
        QVERIFY(!engine::io::parseSession(good.substr(0, cut), "x.qdsession"));
    const auto with = [&](const std::string &from, const std::string &to) {
        std::string text = good;
        text.replace(text.find(from), from.size(), to);
        const auto read = engine::io::parseSession(text, "x.qdsession");
        return read ? QString() : QString::fromStdString(read.error().oneLine());
    };
    QVERIFY(with("\"version\": 2", "\"version\": 99").contains("newer"));
    QVERIFY(with("\"window_frames\": 0", "\"window_frames\": -4").contains("window_frames"));
    QVERIFY(with("\"smear\": 0.1", "\"smear\": 7").contains("smear"));
    QVERIFY(with("\"sound\": \"\"", "\"sound\": \"http://x\"").contains("sound"));
}

QD_TEST(TestSession, QCoreApplication)
#include "TestSession.moc"
