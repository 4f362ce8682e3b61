// SPDX-License-Identifier: GPL-3.0-or-later
//
// Trying things out never loses anything: a thousand steps of every kind lead back to the start,
// both ends of the morph stay exact, a seed brings back its roll, what is locked or makes things
// loud is left alone, and snapshots outlive the history.

#include "app/workstation/Exploration.h"
#include "app/workstation/SessionDocument.h"
#include "engine/pipeline/Randomise.h"
#include "engine/pipeline/SettingsTools.h"
#include "tests/support/Signals.h"
#include "tests/support/TestProgram.h"

#include <QSignalSpy>
#include <QTest>

using namespace app;
using engine::pipeline::LockGroup;
using engine::pipeline::ParameterId;
using engine::pipeline::ParameterInfo;
using engine::pipeline::ParameterKind;
using engine::pipeline::Settings;
using tests::Random;
using widgets::Edit;

namespace {

double anyValue(const ParameterInfo &info, Random &random)
{
    const double value = random.between(info.minimum, info.maximum);
    return info.kind == ParameterKind::Number ? value : std::round(value);
}

const ParameterInfo &anyParameter(Random &random)
{
    const auto table = engine::pipeline::parameterTable();
    return table[static_cast<std::size_t>(random.whole(0, static_cast<int>(table.size()) - 1))];
}

Settings anySettings(Random &random)
{
    Settings settings;
    for (const ParameterInfo &info : engine::pipeline::parameterTable())
        info.write(settings, anyValue(info, random));
    return settings;
}

} // namespace

class TestExploration : public QObject {
    Q_OBJECT

private slots:
    void aThousandActionsLeadBackToTheStart();
    void theMorphsEndsAreExact();
    void aMorphIsOneStepAndLeavesTheOtherSlot();
    void theMorphKnowsWhereUndoHasGone();
    void anotherEditMakesTheSlotsTheEnds();
    void aSeedBringsBackItsRoll();
    void chanceLeavesAloneWhatItMust();
    void whatIsLockedAfterARollStays();
    void whatIsLockedStaysInAMorph();
    void locksAreOneSetWithItsGroups();
    void theStateOfChanceComesBack();
    void snapshotsAreKeptTheOldestGoes();
    void goingToASnapshotIsOneStep();
    void snapshotsOutliveTheHistory();
};

void TestExploration::aThousandActionsLeadBackToTheStart()
{
    Session session;
    SessionDocument document(session);
    Locks locks;
    Exploration exploration(session, locks);
    session.undoStack().setUndoLimit(0); // the limit itself is another matter
    Random random(11);
    session.restore({SlotState{anySettings(random), initPreset()}, initSlot()}, Slot::A);
    const std::array start{session.slotState(Slot::A).settings,
                           session.slotState(Slot::B).settings};
    document.takeSnapshot(1);
    constexpr std::array kinds{Edit::Moving, Edit::Ended, Edit::Nudged, Edit::NudgedOn, Edit::Set};
    std::array<int, 9> done{};
    for (int i = 0; i < 1000; ++i) {
        const int action = random.whole(0, 8);
        const Edit kind = kinds[static_cast<std::size_t>(random.whole(0, 4))];
        const auto any = static_cast<std::size_t>(
            random.whole(0, static_cast<int>(document.snapshots().size()) - 1));
        ++done[static_cast<std::size_t>(action)];
        if (action == 0) {
            const ParameterInfo &info = anyParameter(random);
            session.edit(info.id, anyValue(info, random), kind);
        } else if (action == 1) {
            exploration.morph(random.between(-0.1, 1.1), kind);
        } else if (action == 2) {
            exploration.setAmount(random.between(0.0, 1.0));
            exploration.roll(random.bits() % Exploration::largestSeed);
        } else if (action == 3) {
            document.takeSnapshot(i);
        } else if (action == 4) {
            document.goToSnapshot(any);
        } else if (action == 5 && document.snapshots().size() > 1) {
            document.removeSnapshot(any);
        } else if (action == 6) {
            const ParameterInfo &info = engine::pipeline::parameterInfo(ParameterId::FoldAmount);
            session.changeSlot(Slot::A,
                               settingsWith(session.settings(), info.id, anyValue(info, random)),
                               QStringLiteral("Contact sheet"));
        } else if (action == 7) {
            session.setSlot(random.chance(0.5) ? Slot::A : Slot::B);
            if (random.chance(0.5))
                session.swapSlots();
            else
                session.copySlot(session.slot());
        } else {
            locks.lock(anyParameter(random).id, random.chance(0.5));
            session.undoStack().setIndex(
                std::max(0, session.undoStack().index() - random.whole(0, 3)));
            if (random.chance(0.5))
                session.undoStack().redo();
        }
    }
    for (const int count : done)
        QVERIFY(count > 50);
    QVERIFY(session.undoStack().count() > 200);
    const std::array last{session.slotState(Slot::A).settings, session.slotState(Slot::B).settings};
    const int here = session.undoStack().index();
    session.undoStack().setIndex(0);
    QVERIFY(session.slotState(Slot::A).settings == start[0]);
    QVERIFY(session.slotState(Slot::B).settings == start[1]);
    session.undoStack().setIndex(here);
    QVERIFY(session.slotState(Slot::A).settings == last[0]);
    QVERIFY(session.slotState(Slot::B).settings == last[1]);
}

void TestExploration::theMorphsEndsAreExact()
{
    Random random(3);
    for (int i = 0; i < 200; ++i) {
        Session session;
        Locks locks;
        Exploration exploration(session, locks);
        const Settings a = anySettings(random);
        const Settings b = anySettings(random);
        const Slot heard = i % 2 == 0 ? Slot::A : Slot::B;
        session.restore({SlotState{a, initPreset()}, SlotState{b, initPreset()}}, heard);
        QCOMPARE(exploration.morphPosition(), heard == Slot::A ? 0.0 : 1.0);
        for (const double t : {0.3, 0.71, 1.0, 0.2, 0.0, 0.5, 1.0}) {
            exploration.morph(t, Edit::Moving);
            QCOMPARE(exploration.morphPosition(), t);
            const Settings &now = session.settings();
            QVERIFY(t > 0.0 || now == a);
            QVERIFY(t < 1.0 || now == b);
            // An independent look at one number of it: the knob's way, which is linear here.
            const double smear = std::lerp(a.preQuant.classic.smear, b.preQuant.classic.smear, t);
            QVERIFY(std::abs(now.preQuant.classic.smear - smear) < 1e-9);
        }
        // In steps of their own, too, the ends are where they were.
        exploration.morph(0.4, Edit::Ended);
        exploration.morph(0.9, Edit::Set);
        exploration.morph(0.0, Edit::Set);
        QVERIFY(session.settings() == a);
        exploration.morph(1.0, Edit::Set);
        QVERIFY(session.settings() == b);
    }
}

void TestExploration::aMorphIsOneStepAndLeavesTheOtherSlot()
{
    Session session;
    Locks locks;
    Exploration exploration(session, locks);
    session.edit(ParameterId::FoldAmount, 9.0, Edit::Set);
    session.copySlot(Slot::A);
    session.edit(ParameterId::FoldAmount, 2.0, Edit::Set);
    const int before = session.undoStack().count();
    const Settings a = session.settings();
    QSignalSpy changes(&session, &Session::settingsChanged);
    for (const double t : {0.1, 0.2, 0.3, 0.4})
        exploration.morph(t, Edit::Moving);
    exploration.morph(0.5, Edit::Ended);
    QCOMPARE(changes.size(), 5); // it is heard while it moves
    QCOMPARE(session.undoStack().count(), before + 1);
    QCOMPARE(session.undoStack().undoText(), QStringLiteral("Morph to 50 % B"));
    QCOMPARE(session.settings().distortion.foldAmount, 5.5);
    QCOMPARE(session.slotState(Slot::B).settings.distortion.foldAmount, 9.0);
    session.undoStack().undo();
    QVERIFY(session.settings() == a);
    // A drag that ends where it began is no step.
    const int count = session.undoStack().index();
    for (const double t : {0.3, 0.6, 0.0})
        exploration.morph(t, Edit::Moving);
    exploration.morph(0.0, Edit::Ended);
    QCOMPARE(session.undoStack().index(), count);
}

void TestExploration::theMorphKnowsWhereUndoHasGone()
{
    Session session;
    Locks locks;
    Exploration exploration(session, locks);
    QVERIFY(!exploration.canMorph());
    session.edit(ParameterId::Smear, 0.9, Edit::Set);
    QVERIFY(exploration.canMorph());
    exploration.morph(0.25, Edit::Set);
    session.undoStack().undo();
    QCOMPARE(exploration.morphPosition(), 0.0);
    session.undoStack().redo();
    QCOMPARE(exploration.morphPosition(), 0.25);
    exploration.morph(0.0, Edit::Set);
    QCOMPARE(session.settings().preQuant.classic.smear, 0.9);
}

void TestExploration::anotherEditMakesTheSlotsTheEnds()
{
    Session session;
    Locks locks;
    Exploration exploration(session, locks);
    session.edit(ParameterId::FoldAmount, 9.0, Edit::Set);
    exploration.morph(0.5, Edit::Set);
    session.edit(ParameterId::Bias, 0.2, Edit::Set);
    const Settings edited = session.settings();
    QCOMPARE(exploration.morphPosition(), 0.0);
    exploration.morph(1.0, Edit::Set);
    exploration.morph(0.0, Edit::Set);
    QVERIFY(session.settings() == edited);
}

void TestExploration::aSeedBringsBackItsRoll()
{
    Session session;
    Locks locks;
    Exploration exploration(session, locks);
    exploration.setAmount(0.6);
    const Settings start = session.settings();
    exploration.roll(7);
    const Settings seven = session.settings();
    QVERIFY(seven == engine::pipeline::randomise(start, 7, 0.6, {}));
    QVERIFY(!(seven == start));
    QCOMPARE(session.undoStack().count(), 1);
    exploration.roll();
    QVERIFY(exploration.seed() && *exploration.seed() != 7);
    const quint64 drawn = *exploration.seed();
    const Settings byChance = session.settings();
    exploration.roll(7);
    QVERIFY(session.settings() == seven);
    exploration.roll(drawn);
    QVERIFY(session.settings() == byChance);
    QCOMPARE(session.undoStack().count(), 4);
    session.undoStack().setIndex(0);
    QVERIFY(session.settings() == start);
    exploration.roll(7);
    QVERIFY(session.settings() == seven);
}

void TestExploration::chanceLeavesAloneWhatItMust()
{
    Session session;
    Locks locks;
    Exploration exploration(session, locks);
    Random random(5);
    locks.lock(ParameterId::FoldAmount, true);
    locks.lock(LockGroup::Key, true);
    QVERIFY(locks.contains(LockGroup::Key));
    QVERIFY(!locks.contains(LockGroup::Scale));
    bool moved = false;
    for (int i = 0; i < 300; ++i) {
        session.change(anySettings(random), QStringLiteral("x"));
        const Settings before = session.settings();
        exploration.setAmount(random.between(0.2, 1.0));
        exploration.roll();
        for (const ParameterInfo &info : engine::pipeline::parameterTable()) {
            const bool loud = info.id == ParameterId::OutputGainDb ||
                              info.stage == engine::pipeline::StageId::Limiter ||
                              info.id == ParameterId::LimiterCeilingDb;
            const bool locked = info.id == ParameterId::FoldAmount || info.id == ParameterId::Key ||
                                info.id == ParameterId::PostKey;
            if (loud || locked)
                QCOMPARE(info.read(session.settings()), info.read(before));
            moved = moved || info.read(session.settings()) != info.read(before);
        }
    }
    QVERIFY(moved);
    locks.lock(LockGroup::Key, false);
    QVERIFY(!locks.contains(ParameterId::Key));
    QVERIFY(locks.contains(ParameterId::FoldAmount));
}

void TestExploration::whatIsLockedAfterARollStays()
{
    Session session;
    Locks locks;
    Exploration exploration(session, locks);
    exploration.setAmount(1.0);
    exploration.roll(21);
    const double fold = session.settings().distortion.foldAmount;
    QVERIFY(fold != Settings{}.distortion.foldAmount);
    locks.lock(ParameterId::FoldAmount, true);
    for (quint64 seed = 1; seed < 30; ++seed) {
        exploration.roll(seed);
        QCOMPARE(session.settings().distortion.foldAmount, fold);
    }
}

void TestExploration::whatIsLockedStaysInAMorph()
{
    Random random(17);
    for (int i = 0; i < 200; ++i) {
        Session session;
        Locks locks;
        Exploration exploration(session, locks);
        const Settings a = anySettings(random);
        const Settings b = anySettings(random);
        session.restore({SlotState{a, initPreset()}, SlotState{b, initPreset()}}, Slot::A);
        exploration.morph(0.3, Edit::Set);
        const Settings before = session.settings();
        locks.lock(ParameterId::FoldAmount, true); // as it is on the way
        locks.lock(LockGroup::Key, true);
        locks.lock(LockGroup::Output, true);
        for (const double t : {0.1, 0.6, 1.0, 0.0}) {
            exploration.morph(t, Edit::Set);
            QCOMPARE(exploration.morphPosition(), t);
            const Settings &now = session.settings();
            QCOMPARE(now.distortion.foldAmount, before.distortion.foldAmount);
            QVERIFY(now.limiter == before.limiter);
            QVERIFY(now.mix == before.mix);
            QCOMPARE(now.preQuant.classic.scale.rootPitchClass,
                     before.preQuant.classic.scale.rootPitchClass);
            const double smear = std::lerp(a.preQuant.classic.smear, b.preQuant.classic.smear, t);
            QVERIFY(std::abs(now.preQuant.classic.smear - smear) < 1e-9);
        }
        QVERIFY(session.slotState(Slot::B).settings == b);
    }
    Session session;
    Locks locks;
    Exploration exploration(session, locks);
    session.edit(ParameterId::FoldAmount, 9.0, Edit::Set);
    QVERIFY(exploration.canMorph());
    QSignalSpy told(&exploration, &Exploration::morphChanged);
    locks.lock(ParameterId::FoldAmount, true);
    QCOMPARE(told.size(), 1);
    QVERIFY(!exploration.canMorph() && exploration.isMorphLocked());
    locks.clear();
    QVERIFY(exploration.canMorph() && !exploration.isMorphLocked());
}

void TestExploration::locksAreOneSetWithItsGroups()
{
    Locks locks;
    QSignalSpy changes(&locks, &Locks::changed);
    locks.lock(LockGroup::Output, true);
    locks.lock(LockGroup::Output, true);
    QCOMPARE(changes.size(), 1);
    QVERIFY(locks.contains(ParameterId::LimiterCeilingDb));
    locks.lock(ParameterId::LimiterCeilingDb, false); // no longer all of it
    QVERIFY(!locks.contains(LockGroup::Output));
    QVERIFY(locks.contains(ParameterId::OutputGainDb));
    locks.lock(ParameterId::LimiterCeilingDb, true);
    QVERIFY(locks.contains(LockGroup::Output));
    QVERIFY(!locks.contains(LockGroup::Key));
    // Keys of a newer version are no locks here, and are not lost.
    Locks other;
    other.setKeys(locks.keys() + QStringList{"shimmer"});
    QVERIFY(other.set() == locks.set());
    QCOMPARE(other.keys(), locks.keys() + QStringList{"shimmer"});
    other.clear();
    QCOMPARE(other.keys(), QStringList{"shimmer"});
    other.setKeys({});
    QVERIFY(other.keys().isEmpty());
}

void TestExploration::theStateOfChanceComesBack()
{
    Session session;
    const Locks locks;
    Exploration first(session, locks);
    first.setAmount(0.8);
    first.roll(1234);
    Exploration second(session, locks);
    second.restoreState(first.saveState());
    QCOMPARE(second.amount(), 0.8);
    QCOMPARE(second.seed(), std::optional(quint64{1234}));
    second.restoreState({{"amount", "many"}, {"seed", -3}});
    QCOMPARE(second.amount(), Exploration::usualAmount);
    QVERIFY(!second.seed());
}

void TestExploration::snapshotsAreKeptTheOldestGoes()
{
    Session session;
    SessionDocument document(session);
    for (int i = 0; i < 16; ++i) {
        session.edit(ParameterId::FoldAmount, 1.0 + 0.5 * i, Edit::Set);
        QVERIFY(!document.takeSnapshot(1000 + i).dropped);
    }
    const auto [taken, oldest] = document.takeSnapshot(1015); // another has this time
    QCOMPARE(taken, std::int64_t{1016});
    QCOMPARE(document.findSnapshot(taken), std::optional(std::size_t{15}));
    QVERIFY(!document.findSnapshot(1000));
    QVERIFY(oldest);
    QCOMPARE(oldest->timeMs, std::int64_t{1000});
    QCOMPARE(document.snapshots().size(), std::size_t{16});
    QCOMPARE(document.snapshots().front().timeMs, std::int64_t{1001});
    document.putBackSnapshot(*oldest); // there is no room
    QCOMPARE(document.snapshots().front().timeMs, std::int64_t{1001});
    const Snapshot gone = document.removeSnapshot(4);
    document.putBackSnapshot(gone);
    QCOMPARE(document.snapshots()[4].timeMs, gone.timeMs);
    document.renameSnapshot(4, QStringLiteral("  the good  one "));
    QCOMPARE(snapshotName(document.snapshots()[4]), QStringLiteral("the good one"));
    document.renameSnapshot(4, QString());
    QCOMPARE(snapshotName(document.snapshots()[4]), snapshotTime(document.snapshots()[4]));
}

void TestExploration::goingToASnapshotIsOneStep()
{
    Session session;
    SessionDocument document(session);
    Random random(8);
    const Settings kept = anySettings(random);
    session.change(kept, QStringLiteral("x"));
    document.takeSnapshot(5);
    const Settings other = anySettings(random);
    session.change(other, QStringLiteral("y"));
    document.goToSnapshot(0);
    QCOMPARE(session.undoStack().count(), 3);
    QVERIFY(session.settings() == kept);
    session.undoStack().undo();
    QVERIFY(session.settings() == other);
}

void TestExploration::snapshotsOutliveTheHistory()
{
    Session session;
    SessionDocument document(session);
    session.edit(ParameterId::FoldAmount, 3.0, Edit::Set);
    document.takeSnapshot(5);
    session.edit(ParameterId::FoldAmount, 4.0, Edit::Set);
    session.undoStack().setIndex(0);
    QCOMPARE(document.snapshots().size(), std::size_t{1});
    document.goToSnapshot(0);
    QCOMPARE(session.settings().distortion.foldAmount, 3.0);
}

QD_TEST(TestExploration, QCoreApplication)
#include "TestExploration.moc"
