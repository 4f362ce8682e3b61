// SPDX-License-Identifier: GPL-3.0-or-later
//
// The library of presets follows the disk, is read while a newer one is made, lists what is
// damaged, and loads at once; favourites survive new names and later programs. Oracles: the file
// system read past the engine, JSON written here.

#include "PresetFixtures.h"
#include "engine/io/PresetFiles.h"
#include "tests/support/CommaLocale.h"
#include "tests/support/Cpu.h"
#include "tests/support/TestProgram.h"

#include <QTest>
#include <future>

using namespace engine;
using namespace tests::files;
using io::Favourites;
using io::OverwritePolicy;
using io::Preset;
using io::PresetQuery;

class TestPresetLibrary : public QObject {
    Q_OBJECT

private slots:
    void theListFollowsTheDisk();
    void theDamagedAreListedWithTheirError();
    void fiveHundredPresetsLoadAtOnce();
    void snapshotsAreReadWhileNewOnesAreMade();
    void favouritesSurviveNamesAndUnknowns();
    void damagedFavouritesAreNotOverwrittenByReading();
    void theSameBytesWithCommas();
};

void TestPresetLibrary::theListFollowsTheDisk()
{
    const Folder folder;
    const io::PresetFolders folders = userOnly(folder);
    auto library = io::loadPresetLibrary(folders); // neither folder exists
    QVERIFY(library->presets.empty() && library->damaged.empty());
    QVERIFY(!io::presetsChanged(*library));
    const auto changes = [&](auto change) {
        change();
        const bool noticed = io::presetsChanged(*library);
        library = io::loadPresetLibrary(folders, library);
        return noticed && !io::presetsChanged(*library);
    };
    QVERIFY(changes([&] { saveRows(folders); }));
    QCOMPARE(library->presets.size(), rows.size());
    const fs::path grain = folders.user / io::presetFileName("Grain");
    QVERIFY(changes([&] { fs::remove(grain); }));
    QVERIFY(changes([&] { writeBytes(grain, "{"); }));
    QCOMPARE(library->damaged.size(), std::size_t{1});
    QVERIFY(changes(
        [&] { writeBytes(grain, QByteArray::fromStdString(io::presetText(named("Grain")))); }));
    QVERIFY(library->damaged.empty() && library->presets.size() == rows.size());
    // The same length at a time set back: only the inode's own time tells.
    const auto time = fs::last_write_time(grain);
    QVERIFY(changes([&] {
        writeBytes(grain, QByteArray::fromStdString(io::presetText(named("Brain"))));
        fs::last_write_time(grain, time);
    }));
    QVERIFY(namesOf(*library, {}).contains("Brain") && !namesOf(*library, {}).contains("Grain"));
    QVERIFY(changes([&] { fs::rename(grain, folders.user / "other.qdpreset"); }));
    QVERIFY(library->findPath(folders.user / "other.qdpreset") && !library->findPath(grain));
    writeBytes(folders.user / "note.txt", "x"); // no preset
    QVERIFY(!io::presetsChanged(*library));
    // A list made from an earlier one is the same as one made anew.
    const auto anew = io::loadPresetLibrary(folders);
    QCOMPARE(anew->presets.size(), library->presets.size());
    for (std::size_t i = 0; i < anew->presets.size(); ++i) {
        QVERIFY(anew->presets[i].preset == library->presets[i].preset);
        QVERIFY(anew->presets[i].path == library->presets[i].path);
        QVERIFY(anew->presets[i].words == library->presets[i].words);
    }
    // A copied file has its original's uuid: the path decides.
    fs::copy_file(folders.user / io::presetFileName("Basic"), folders.user / "copy.qdpreset");
    library = io::loadPresetLibrary(folders, library);
    const Preset basic = *io::loadPresetFile(folders.user / "copy.qdpreset");
    const auto found = library->find(basic, folders.user / "copy.qdpreset");
    QVERIFY(found && library->presets[*found].path == folders.user / "copy.qdpreset");
    QVERIFY(library->find(basic, "/gone.qdpreset"));
    QVERIFY(!library->find(named("Basic"), "/gone.qdpreset"));
}

void TestPresetLibrary::theDamagedAreListedWithTheirError()
{
    const Folder folder;
    const io::PresetFolders folders = userOnly(folder);
    saveRows(folders);
    writeBytes(folders.user / "a.qdpreset", "");
    writeBytes(folders.user / "b.qdpreset",
               R"({"schema": "quantum-distortion/preset", "version": 9})");
    fs::create_directory(folders.user / "c.qdpreset");
    fs::create_symlink("nowhere", folders.user / "d.qdpreset");
    writeBytes(folders.user / "e.qdpreset", QByteArray(2 << 20, ' '));
    const auto library = io::loadPresetLibrary(folders);
    QCOMPARE(library->presets.size(), rows.size());
    QCOMPARE(library->damaged.size(), std::size_t{5});
    const char *says[] = {"is empty", "newer", "folder", "d.qdpreset", "1 MiB"};
    for (std::size_t i = 0; i < 5; ++i) {
        const QByteArray line = QByteArray::fromStdString(library->damaged[i].error.oneLine());
        QVERIFY2(line.contains(says[i]) && line.contains(".qdpreset”"), line);
        QVERIFY(!library->damaged[i].factory);
    }
    // A folder that may not be read is told, too.
    const int outcome = inChild(
        [&](const Say &say) {
            const auto seen = io::loadPresetLibrary(folders);
            say(seen->damaged.empty() ? "" : seen->damaged.front().error.oneLine());
            return seen->presets.empty() && seen->damaged.size() == 1 &&
                           io::presetsChanged(*library)
                       ? 0
                       : 1;
        },
        nullptr, false);
    QCOMPARE(outcome, 1); // readable here: the check above can fail
    fs::permissions(folders.user, fs::perms::none);
    QByteArray said;
    const int closed = inChild(
        [&](const Say &say) {
            const auto seen = io::loadPresetLibrary(folders);
            say(seen->damaged.empty() ? "" : seen->damaged.front().error.oneLine());
            return seen->presets.empty() && seen->damaged.size() == 1 &&
                           io::presetsChanged(*library)
                       ? 0
                       : 1;
        },
        &said, true);
    fs::permissions(folders.user, fs::perms::owner_all);
    QVERIFY2(closed == 0 && said.contains("cannot be read"), said);
}

void TestPresetLibrary::fiveHundredPresetsLoadAtOnce()
{
    const Folder folder;
    const io::PresetFolders folders = userOnly(folder);
    fs::create_directories(folders.user);
    for (int i = 0; i < 500; ++i) {
        Preset preset = named("Preset " + std::to_string(i));
        preset.uuid = io::newUuid();
        preset.author = "Somebody";
        preset.tags = {"bass", "growl"};
        writeBytes(folders.user / (std::to_string(i) + ".qdpreset"),
                   QByteArray::fromStdString(io::presetText(preset)));
    }
    double first = 1e9, again = 1e9, look = 1e9, search = 1e9;
    for (int round = 0; round < 5; ++round) {
        double start = tests::threadCpuSeconds();
        const auto library = io::loadPresetLibrary(folders);
        first = std::min(first, tests::threadCpuSeconds() - start);
        QCOMPARE(library->presets.size(), std::size_t{500});
        start = tests::threadCpuSeconds();
        QVERIFY(!io::presetsChanged(*library));
        look = std::min(look, tests::threadCpuSeconds() - start);
        start = tests::threadCpuSeconds();
        QCOMPARE(io::loadPresetLibrary(folders, library)->presets.size(), std::size_t{500});
        again = std::min(again, tests::threadCpuSeconds() - start);
        start = tests::threadCpuSeconds();
        QCOMPARE(io::findPresets(*library, io::parsePresetQuery("growl preset 49"), {}).size(),
                 std::size_t{11});
        search = std::min(search, tests::threadCpuSeconds() - start);
    }
    qInfo(
        "500 presets: read %.1f ms, again %.1f ms, looked at %.1f ms, searched %.2f ms of CPU time",
        1000 * first, 1000 * again, 1000 * look, 1000 * search);
    if (qEnvironmentVariableIsSet("QD_LONG"))
        QVERIFY(first < 0.05); // a promise of this machine's kind; sanitizers are slower
    QVERIFY(again < first);
}

void TestPresetLibrary::snapshotsAreReadWhileNewOnesAreMade()
{
    const Folder folder;
    const io::PresetFolders folders = foldersIn(folder);
    const auto library = io::loadPresetLibrary(folders);
    const auto before = namesOf(*library, {});
    auto later = std::async(std::launch::async, [&] {
        auto next = library;
        for (int i = 0; i < 20; ++i) {
            (void)io::savePreset(named("New " + std::to_string(i)), folders,
                                 OverwritePolicy::Replace);
            next = io::loadPresetLibrary(folders, next);
        }
        return next;
    });
    for (int i = 0; i < 200; ++i)
        QCOMPARE(namesOf(*library, io::parsePresetQuery("")), before);
    QCOMPARE(later.get()->presets.size(), library->presets.size() + 20);
}

void TestPresetLibrary::favouritesSurviveNamesAndUnknowns()
{
    const Folder folder;
    const io::PresetFolders folders = userOnly(folder);
    QVERIFY(io::loadFavourites(folders)->keys.empty());
    saveRows(folders);
    auto library = io::loadPresetLibrary(folders);
    Favourites favourites;
    favourites.keys.insert("5d6e2a58-0000-4000-8000-000000000000"); // nobody's
    const Preset star = library->presets[0].preset;
    favourites.set(star, true);
    favourites.set(library->presets[1].preset, true);
    favourites.set(library->presets[1].preset, false);
    const Preset written = named("By hand"); // has no uuid
    favourites.set(written, true);
    QVERIFY(favourites.contains(star) && favourites.contains(written));
    QVERIFY(!favourites.contains(library->presets[1].preset) && !favourites.contains(named("")));
    QVERIFY(io::saveFavourites(favourites, folders));
    QVERIFY(*io::loadFavourites(folders) == favourites);
    // It is no preset, and a new name takes the star along.
    QVERIFY(!io::presetsChanged(*library));
    const auto renamed =
        io::renamePreset({star, library->presets[0].path, false}, "Another name", folders);
    QVERIFY2(renamed, problemOf(renamed));
    library = io::loadPresetLibrary(folders, library);
    PresetQuery query;
    query.favouritesOnly = true;
    QCOMPARE(namesOf(*library, query, *io::loadFavourites(folders)), QStringList{"Another name"});
    // Fields of a later program stay.
    const auto later = io::parseFavourites(
        R"({"schema": "quantum-distortion/favourites", "version": 1, "presets": ["x"], "stars": {"x": 5}})",
        "f");
    QVERIFY2(later, problemOf(later));
    QVERIFY(io::favouritesText(*later).find("\"x\": 5") != std::string::npos);
    QVERIFY(*io::parseFavourites(io::favouritesText(*later), "f") == *later);
    // Without a home there is nowhere to save.
    const auto homeless = io::saveFavourites(favourites, {folders.factory, {}});
    QVERIFY(!homeless && problemOf(homeless).contains("favourites were not saved"));
    QVERIFY(io::loadFavourites({folders.factory, {}})->keys.empty());
}

void TestPresetLibrary::damagedFavouritesAreNotOverwrittenByReading()
{
    const Folder folder;
    const io::PresetFolders folders = userOnly(folder);
    fs::create_directories(folders.user);
    const fs::path file = io::favouritesFile(folders);
    for (const char *text :
         {"", "{", "[]", R"({"schema": "quantum-distortion/favourites", "version": 2})",
          R"({"schema": "quantum-distortion/favourites", "version": 1, "presets": [1]})",
          R"({"schema": "x", "version": 1})"}) {
        writeBytes(file, text);
        const auto read = io::loadFavourites(folders);
        QVERIFY(!read);
        QVERIFY2(isClearSentence(read.error(), "favourites.json"), problemOf(read));
        QCOMPARE(readBytes(file), QByteArray(text));
    }
    fs::remove(file);
    fs::create_directory(file);
    QVERIFY(!io::loadFavourites(folders));
}

void TestPresetLibrary::theSameBytesWithCommas()
{
    const Folder folder;
    const io::PresetFolders folders = foldersIn(folder);
    saveRows(folders);
    const auto before = io::loadPresetLibrary(folders);
    Favourites favourites;
    favourites.set(before->presets[0].preset, true);
    const std::string stars = io::favouritesText(favourites);
    const auto found = namesOf(*before, io::parsePresetQuery("ÜBER f# I"));
    const tests::CommaLocale locale;
    if (locale.name().empty())
        QSKIP("no locale with decimal commas can be had here");
    const auto after = io::loadPresetLibrary(folders);
    QCOMPARE(after->presets.size(), before->presets.size());
    for (std::size_t i = 0; i < before->presets.size(); ++i) {
        QVERIFY(after->presets[i].preset == before->presets[i].preset);
        QVERIFY(io::presetText(after->presets[i].preset) ==
                io::presetText(before->presets[i].preset));
    }
    QCOMPARE(io::favouritesText(*io::parseFavourites(stars, "f")), stars);
    QCOMPARE(namesOf(*after, io::parsePresetQuery("ÜBER f# I")), found);
}

QD_TEST(TestPresetLibrary, QCoreApplication)
#include "TestPresetLibrary.moc"
