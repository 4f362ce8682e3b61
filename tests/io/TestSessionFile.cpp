// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sessions come back as they were, byte for byte, with numbers written the same in every locale;
// old versions keep opening, newer ones are refused in words, and what is unknown is kept. Oracles:
// a file that version 1 wrote, and JSON read by the library alone.

#include "FileFixtures.h"
#include "engine/io/SessionFile.h"
#include "tests/support/CommaLocale.h"
#include "tests/support/RandomSettings.h"
#include "tests/support/TestProgram.h"

#include <QTest>
#include <nlohmann/json.hpp>

using namespace engine;
using namespace tests::files;
using io::SavedSession;
using io::SavedSlot;
using io::Slot;
using nlohmann::json;
using tests::Random;

namespace {

/// The brief round; QD_LONG=1 asks for all of it.
int rounds()
{
    return qEnvironmentVariableIsSet("QD_LONG") ? 10000 : 500;
}

std::string anyText(Random &random)
{
    static const std::vector<std::string> texts{"",
                                                "Growl",
                                                "../x",
                                                "CON",
                                                "🔥🎛",
                                                "שלום",
                                                "a\"b\\c/d",
                                                "line\nfeed",
                                                "tab\t\u0001",
                                                "Ünï",
                                                "a\u202Eb",
                                                "0,5 und 1.5",
                                                std::string(300, 'n'),
                                                "\u00A0",
                                                "null",
                                                "{\"x\": [1,2]}",
                                                "%s%n"};
    return texts[static_cast<std::size_t>(random.whole(0, static_cast<int>(texts.size()) - 1))];
}

fs::path anyPath(Random &random)
{
    if (random.chance(0.2))
        return {};
    std::string path = "/";
    for (int i = random.whole(1, 60); i > 0; --i) // any bytes that a file name may hold
        path += static_cast<char>(random.whole(1, 255));
    return path;
}

io::Preset::Unknown anyUnknown(Random &random, const std::string &prefix)
{
    io::Preset::Unknown unknown;
    for (int i = random.chance(0.3) ? random.whole(1, 3) : 0; i > 0; --i)
        unknown.emplace_back(prefix + std::to_string(i),
                             random.chance(0.5) ? "[1,2.5,{\"deep\":null}]" : "\"later\"");
    return unknown;
}

SavedSlot anySlot(Random &random)
{
    SavedSlot slot;
    slot.settings = tests::anySettings(random);
    slot.preset.uuid = anyText(random);
    slot.preset.name = anyText(random);
    slot.preset.settings = tests::anySettings(random);
    slot.preset.unknownParameters = anyUnknown(random, "later_knob_");
    slot.presetPath = anyPath(random);
    slot.factoryPreset = random.chance(0.5);
    slot.unknownParameters = anyUnknown(random, "other_knob_");
    slot.unknownFields = anyUnknown(random, "slot_field_");
    return slot;
}

SavedSession anySession(Random &random)
{
    SavedSession session;
    session.sound = anyPath(random);
    session.windowFirstFrame = random.whole(0, 1 << 30) * std::int64_t{1 << 20};
    session.windowFrames = random.whole(0, 1 << 30);
    session.tap = anyText(random);
    for (int i = random.whole(0, 3); i > 0; --i)
        session.viewTaps.push_back(anyText(random));
    for (SavedSlot &slot : session.bothSlots)
        slot = anySlot(random);
    session.sounding = random.chance(0.5) ? Slot::A : Slot::B;
    for (int i = random.chance(0.3) ? random.whole(1, 16) : 1; i > 0; --i)
        session.snapshots.push_back({anyText(random), random.whole(0, 1 << 30) * std::int64_t{1000},
                                     tests::anySettings(random), anyUnknown(random, "knob_"),
                                     anyUnknown(random, "field_")});
    session.views =
        random.chance(0.5) ? R"({"pane":{"zoom":[0.1,2.5],"view":"scope"},"split":true})" : "{}";
    session.ended = random.chance(0.5);
    session.unknownFields = anyUnknown(random, "session_field_");
    return session;
}

/// The problem, after changing one thing in a good document.
template <typename Change>
QByteArray problemAfter(Change change)
{
    json document = json::parse(io::sessionText({}));
    change(document);
    return problemOf(io::parseSession(document.dump(), "x.qdsession"));
}

QByteArray readVersion1()
{
    return readBytes(QD_TEST_DATA_DIR "/sessions/version-1.qdsession");
}

} // namespace

class TestSessionFile : public QObject {
    Q_OBJECT

private slots:
    void savingLoadingAndSavingGivesTheSameBytes();
    void theSameUnderALocaleWithCommas();
    void version1Opens();
    void aNewerVersionIsRefusedInWords();
    void whatIsUnknownIsKept();
    void whatIsBrokenIsRefusedByName();
    void aSessionCutAnywhereIsRefused();
    void viewsThatAreNoObjectAreLeftOut();
    void theOldestSnapshotGoes();
};

void TestSessionFile::savingLoadingAndSavingGivesTheSameBytes()
{
    Random random(21);
    for (int i = 0; i < rounds(); ++i) {
        const SavedSession session = anySession(random);
        const std::string text = io::sessionText(session);
        const auto read = io::parseSession(text, "x.qdsession");
        QVERIFY2(read, problemOf(read));
        QVERIFY(*read == session); // every double to the bit
        QVERIFY(io::sessionText(*read) == text);
    }
}

void TestSessionFile::theSameUnderALocaleWithCommas()
{
    Random random(22);
    std::vector<SavedSession> sessions;
    std::vector<std::string> texts;
    for (int i = 0; i < rounds() / 4; ++i) {
        sessions.push_back(anySession(random));
        texts.push_back(io::sessionText(sessions.back()));
    }
    const tests::CommaLocale locale;
    if (locale.name().empty())
        QSKIP("no locale with decimal commas can be had here");
    qInfo("in %s", locale.name().c_str());
    for (std::size_t i = 0; i < sessions.size(); ++i) {
        QVERIFY(io::sessionText(sessions[i]) == texts[i]);
        const auto read = io::parseSession(texts[i], "x.qdsession");
        QVERIFY2(read, problemOf(read));
        QVERIFY(*read == sessions[i]);
    }
    const auto old = io::parseSession(readVersion1().toStdString(), "old");
    QVERIFY(old && old->slot(Slot::A).settings.distortion.foldAmount == 4.8);
}

void TestSessionFile::version1Opens()
{
    const auto session = io::parseSession(readVersion1().toStdString(), "old.qdsession");
    QVERIFY2(session, problemOf(session));
    QCOMPARE(session->sound, fs::path("/home/someone/Musik/ä \xff bass.wav"));
    QCOMPARE(session->windowFirstFrame, std::int64_t{44100});
    QCOMPARE(session->windowFrames, std::int64_t{441000});
    QCOMPARE(session->tap, std::string("post_dist"));
    QVERIFY(!session->ended && session->sounding == Slot::A && session->snapshots.empty());
    const SavedSlot &a = session->slot(Slot::A);
    QCOMPARE(a.settings.distortion.foldAmount, 4.8);
    QCOMPARE(a.settings.preQuant.classic.smear, 0.35);
    QCOMPARE(a.settings.limiter.levels.ceilingDb, -2.5);
    QVERIFY(a.settings.preQuant.classic.scale.rootPitchClass == 5 &&
            a.settings.preQuant.classic.scale.kind == dsp::ScaleKind::Dorian);
    QCOMPARE(a.preset.name, std::string("Controlled “Growl” 🔥"));
    QCOMPARE(a.preset.settings.distortion.foldAmount, 5.0);
    QCOMPARE(a.presetPath,
             fs::path("/home/someone/.local/share/quantum-distortion/presets/Growl.qdpreset"));
    QVERIFY(!a.factoryPreset);
    QVERIFY(session->slot(Slot::B) == a);
    QVERIFY(session->unknownFields.empty());
    // It is written as version 2 and stays as it is from there.
    const std::string text = io::sessionText(*session);
    QCOMPARE(json::parse(text).at("version").get<int>(), 2);
    QVERIFY(*io::parseSession(text, "new.qdsession") == *session);
    // A field of version 2 in a file of version 1 means nothing there and hides nothing later.
    json odd = json::parse(readVersion1().toStdString());
    odd["slots"] = "odd";
    odd["later"] = {1, 2};
    const auto read = io::parseSession(odd.dump(), "odd");
    QVERIFY(read && read->slot(Slot::A) == a && read->unknownFields.size() == 1);
}

void TestSessionFile::aNewerVersionIsRefusedInWords()
{
    const QByteArray problem = problemAfter([](json &d) { d["version"] = 3; });
    QCOMPARE(problem, QByteArray("“x.qdsession” was saved by a newer Quantum Distortion (session "
                                 "version 3). Nothing was loaded from it. Update the program to "
                                 "use it"));
}

void TestSessionFile::whatIsUnknownIsKept()
{
    json document = json::parse(io::sessionText({}));
    document["snapshots"] = json::array(
        {{{"name", "s"}, {"time_ms", 5}, {"settings", json::object()}, {"colour", "red"}}});
    document["later"] = {{"a", {1, 2, 3}}};
    document["slots"]["b"]["later"] = 7;
    document["slots"]["b"]["settings"]["formant"] = 0.25;
    document["slots"]["a"]["preset_settings"]["formant"] = "high";
    document["snapshots"][0]["settings"]["formant"] = true;
    const auto read = io::parseSession(document.dump(), "x");
    QVERIFY2(read, problemOf(read));
    const json written = json::parse(io::sessionText(*read));
    QVERIFY(written.at("later") == document["later"]);
    QVERIFY(written.at("slots").at("b").at("later") == 7);
    QVERIFY(written.at("slots").at("b").at("settings").at("formant") == 0.25);
    QVERIFY(written.at("slots").at("a").at("preset_settings").at("formant") == "high");
    QVERIFY(written.at("snapshots").at(0).at("settings").at("formant") == true);
    QVERIFY(written.at("snapshots").at(0).at("colour") == "red");
}

void TestSessionFile::whatIsBrokenIsRefusedByName()
{
    const auto names = [](const QByteArray &problem, std::initializer_list<const char *> words) {
        bool all = problem.startsWith("“x.qdsession") && problem.contains("Nothing was loaded");
        for (const char *word : words)
            all = all && problem.contains(word);
        if (!all)
            qWarning("%s", problem.constData());
        return all;
    };
    const auto has = [&](auto change, std::initializer_list<const char *> words) {
        return names(problemAfter(change), words);
    };
    QVERIFY(has([](json &d) { d["schema"] = "x"; }, {"schema", "session"}));
    QVERIFY(has([](json &d) { d.erase("version"); }, {"version"}));
    QVERIFY(has([](json &d) { d["version"] = 0; }, {"version"}));
    QVERIFY(has([](json &d) { d["version"] = -1; }, {"version"}));
    QVERIFY(has([](json &d) { d["version"] = 1.5; }, {"version"}));
    QVERIFY(has([](json &d) { d["sound"] = "http://x"; }, {"sound"}));
    QVERIFY(has([](json &d) { d["window_frames"] = -1; }, {"window_frames"}));
    QVERIFY(has([](json &d) { d["window_frames"] = 1e300; }, {"window_frames"}));
    QVERIFY(has([](json &d) { d["ended"] = 1; }, {"ended"}));
    QVERIFY(has([](json &d) { d["view_taps"] = "output"; }, {"view_taps"}));
    QVERIFY(has([](json &d) { d["views"] = json::array(); }, {"views"}));
    QVERIFY(has([](json &d) { d["sounding"] = "c"; }, {"sounding"}));
    QVERIFY(has([](json &d) { d["sounding"] = 1; }, {"sounding"}));
    QVERIFY(has([](json &d) { d.erase("slots"); }, {"slots"}));
    QVERIFY(has([](json &d) { d["slots"].erase("b"); }, {"slots", "\"b\""}));
    QVERIFY(has([](json &d) { d["slots"]["b"].erase("settings"); }, {"slot B", "settings"}));
    QVERIFY(
        has([](json &d) { d["slots"]["a"]["settings"]["smear"] = 7; }, {"slot A", "smear", "0…1"}));
    QVERIFY(has([](json &d) { d["slots"]["b"]["preset_settings"]["scale"] = "blues"; },
                {"slot B", "scale"}));
    QVERIFY(has([](json &d) { d["snapshots"] = 1; }, {"snapshots"}));
    QVERIFY(has([](json &d) { d["snapshots"] = json::array({1}); }, {"snapshot 1"}));
    QVERIFY(has(
        [](json &d) {
            d["snapshots"] = json::array({{{"settings", {{"bias", 2}}}}});
        },
        {"snapshot 1", "bias"}));
    QVERIFY(has(
        [](json &d) {
            const json one{{"settings", json::object()}};
            d["snapshots"] = std::vector<json>(io::mostSnapshots + 1, one);
        },
        {"snapshots", "16"}));
    const QByteArray large = problemOf(io::parseSession(std::string(2 << 20, ' '), "x.qdsession"));
    QVERIFY(names(large, {"1 MiB", "session"}));
}

void TestSessionFile::aSessionCutAnywhereIsRefused()
{
    const std::string good = io::sessionText({});
    for (std::size_t cut = 0; cut + 2 < good.size(); ++cut)
        QVERIFY(!io::parseSession(good.substr(0, cut), "x.qdsession"));
}

void TestSessionFile::viewsThatAreNoObjectAreLeftOut()
{
    for (const char *views : {"", "[1]", "{", "null", "7"}) {
        SavedSession session;
        session.views = views;
        QCOMPARE(io::parseSession(io::sessionText(session), "x")->views, std::string("{}"));
    }
}

void TestSessionFile::theOldestSnapshotGoes()
{
    std::vector<io::SavedSnapshot> snapshots;
    for (int i = 0; i < 20; ++i) {
        io::addSnapshot(snapshots, {std::to_string(i), i, {}, {}, {}});
        QCOMPARE(snapshots.size(), std::min<std::size_t>(i + 1U, io::mostSnapshots));
    }
    QCOMPARE(snapshots.front().name, std::string("4"));
    QCOMPARE(snapshots.back().name, std::string("19"));
}

QD_TEST(TestSessionFile, QCoreApplication)
#include "TestSessionFile.moc"
