// SPDX-License-Identifier: GPL-3.0-or-later
//
// Saving, renaming, deleting and importing presets: names of any kind stay inside the user's folder
// and are kept as they are, the factory's files are never touched, and what cannot be done leaves
// everything as it was. Oracle: the file system read past the engine.

#include "PresetFixtures.h"
#include "engine/io/PresetFiles.h"
#include "tests/support/TestProgram.h"

#include <QTest>
#include <algorithm>

using namespace engine;
using namespace tests::files;
using io::OverwritePolicy;
using io::Preset;
using io::PresetEntry;

namespace {

PresetEntry entryOf(const Preset &preset, const fs::path &path)
{
    return {preset, path, false};
}

/// The user's folder, but for favourites: names inside, no folders.
std::vector<std::string> filesOf(const io::PresetFolders &folders)
{
    std::vector<std::string> names;
    for (const auto &entry : fs::directory_iterator(folders.user))
        names.push_back(entry.path().filename().string());
    std::ranges::sort(names);
    return names;
}

} // namespace

class TestPresetFiles : public QObject {
    Q_OBJECT

private slots:
    void saveRenameAndReplace();
    void theFactorysAreNotChanged();
    void anyNameStaysInsideThroughRenameAndImport_data();
    void anyNameStaysInsideThroughRenameAndImport();
    void anEmptyNameIsRefused();
    void aRenameThatCannotBeLeavesEverything();
};

void TestPresetFiles::saveRenameAndReplace()
{
    const Folder folder;
    const io::PresetFolders folders = userOnly(folder);
    Preset preset = named("First");
    preset.description = "kept";
    preset.unknownFields = {{"later", "1"}};
    const auto first = io::savePresetAs(preset, "First", folders, OverwritePolicy::Refuse);
    QVERIFY2(first, problemOf(first));
    QVERIFY(!first->preset.uuid.empty() && !first->factory);
    QVERIFY(*io::loadPresetFile(first->path) == first->preset);
    // The same name in another case or accent is the same name.
    const auto taken = io::savePresetAs(preset, "FÎRST", folders, OverwritePolicy::Refuse);
    QVERIFY(!taken && problemOf(taken).contains("already have a preset “First”"));
    QCOMPARE(filesOf(folders).size(), std::size_t{1});
    preset.settings.distortion.foldAmount = 3.0;
    const auto replaced = io::savePresetAs(preset, "FIRST", folders, OverwritePolicy::Replace);
    QVERIFY2(replaced, problemOf(replaced));
    QCOMPARE(filesOf(folders).size(), std::size_t{1});
    QCOMPARE(replaced->preset.uuid, first->preset.uuid); // its star stays
    QCOMPARE(io::loadPresetFile(first->path)->settings.distortion.foldAmount, 3.0);
    // Save: name and uuid are the file's.
    Preset changed = named("Something else");
    changed.settings.distortion.foldAmount = 4.0;
    const auto saved = io::saveOverPreset(*replaced, changed);
    QVERIFY2(saved, problemOf(saved));
    QCOMPARE(io::loadPresetFile(first->path)->name, std::string("FIRST"));
    QCOMPARE(io::loadPresetFile(first->path)->uuid, first->preset.uuid);
    QVERIFY(io::loadPresetFile(first->path)->unknownFields == preset.unknownFields);
    // Rename.
    const auto second = io::savePresetAs(preset, "Second", folders, OverwritePolicy::Refuse);
    QVERIFY(!io::renamePreset(*second, "first", folders));
    QCOMPARE(filesOf(folders).size(), std::size_t{2});
    const auto same = io::renamePreset(*second, "SECOND", folders); // its own name in another case
    QVERIFY2(same, problemOf(same));
    QCOMPARE(same->preset.name, std::string("SECOND"));
    QVERIFY(same->preset.uuid == second->preset.uuid && filesOf(folders).size() == 2);
    const auto unchanged = io::renamePreset(*same, "SECOND", folders);
    QVERIFY(unchanged && unchanged->path == same->path && filesOf(folders).size() == 2);
    QVERIFY(unchanged->preset.unknownFields == preset.unknownFields);
    // A file that somebody named otherwise gets the name that its preset has.
    fs::rename(same->path, folders.user / "odd name.qdpreset");
    const auto tidied = io::renamePreset({same->preset, folders.user / "odd name.qdpreset", false},
                                         "Third", folders);
    QVERIFY2(tidied && fs::exists(tidied->path), problemOf(tidied));
    QVERIFY(!fs::exists(folders.user / "odd name.qdpreset") && filesOf(folders).size() == 2);
    // Gone behind our back.
    fs::remove(tidied->path);
    QVERIFY(!io::renamePreset(*tidied, "Fourth", folders));
    QCOMPARE(filesOf(folders).size(), std::size_t{1});
}

void TestPresetFiles::theFactorysAreNotChanged()
{
    const Folder folder;
    const io::PresetFolders folders = foldersIn(folder);
    const fs::path path = folders.factory / "Subtle Tube Glue.qdpreset";
    const QByteArray before = readBytes(path);
    const PresetEntry entry{*io::loadPresetFile(path), path, true};
    QVERIFY(problemOf(io::saveOverPreset(entry, named("x"))).contains("came with the program"));
    QVERIFY(problemOf(io::renamePreset(entry, "x", folders)).contains("came with the program"));
    QVERIFY(problemOf(io::deletePreset(entry)).contains("came with the program"));
    QCOMPARE(readBytes(path), before);
    // Its name may be used for one's own.
    const auto own =
        io::savePresetAs(entry.preset, entry.preset.name, folders, OverwritePolicy::Refuse);
    QVERIFY2(own && own->preset.uuid != entry.preset.uuid, problemOf(own));
}

void TestPresetFiles::anyNameStaysInsideThroughRenameAndImport_data()
{
    QTest::addColumn<QByteArray>("name");
    for (const char *name : awkwardNames)
        QTest::newRow(name) << QByteArray(name);
    QTest::newRow("300 characters") << QByteArray(300, 'n');
    QTest::newRow("300 emoji") << QByteArray("🔥").repeated(300);
}

void TestPresetFiles::anyNameStaysInsideThroughRenameAndImport()
{
    QFETCH(QByteArray, name);
    const std::string text = name.toStdString();
    const Folder folder;
    const io::PresetFolders folders = userOnly(folder);
    const auto alone = [&](const fs::path &path) {
        const auto files = filesOf(folders);
        return files.size() == 1 && path == folders.user / files[0] && folder.names().size() == 1;
    };
    const auto plain = io::savePresetAs(named("x"), "Plain", folders, OverwritePolicy::Refuse);
    const auto renamed = io::renamePreset(*plain, text, folders);
    QVERIFY2(renamed, problemOf(renamed));
    QVERIFY(alone(renamed->path));
    QCOMPARE(io::loadPresetFile(renamed->path)->name, text);
    const auto back = io::renamePreset(*renamed, "Plain", folders);
    QVERIFY2(back && alone(back->path), problemOf(back));
    fs::remove(back->path);
    // Import, from a file of that content.
    {
        const Folder elsewhere;
        writeBytes(elsewhere / "in.qdpreset",
                   QByteArray::fromStdString(io::presetText(named(text))));
        const auto imported =
            io::importPresetFile(elsewhere / "in.qdpreset", folders, OverwritePolicy::Refuse);
        QVERIFY2(imported, problemOf(imported));
        QVERIFY(alone(imported->path));
        QVERIFY(!io::importPresetFile(elsewhere / "in.qdpreset", folders, OverwritePolicy::Refuse));
        QVERIFY(io::importPresetFile(elsewhere / "in.qdpreset", folders, OverwritePolicy::Replace));
        QVERIFY(alone(imported->path));
    }
    const auto library = io::loadPresetLibrary(folders);
    QCOMPARE(library->presets.size(), std::size_t{1});
    QCOMPARE(library->presets[0].preset.name, text);
    // And into the trash.
    const Variable data("XDG_DATA_HOME", QByteArray::fromStdString((folder / "data").string()));
    const auto trashed =
        io::deletePreset(entryOf(library->presets[0].preset, library->presets[0].path));
    QVERIFY2(trashed, problemOf(trashed));
    QVERIFY(filesOf(folders).empty());
    QVERIFY(fs::canonical(trashed->file)
                .string()
                .starts_with(fs::canonical(folder / "data/Trash/files").string() + "/"));
    QVERIFY(io::restoreFromTrash(*trashed));
    QCOMPARE(io::loadPresetLibrary(folders)->presets[0].preset.name, text);
}

void TestPresetFiles::anEmptyNameIsRefused()
{
    const Folder folder;
    const io::PresetFolders folders = userOnly(folder);
    const auto own = io::savePresetAs(named("x"), "x", folders, OverwritePolicy::Refuse);
    for (const char *name : {"", " ", "\t\n "}) {
        QVERIFY(problemOf(io::savePresetAs(named("x"), name, folders, OverwritePolicy::Replace))
                    .contains("needs a name"));
        QVERIFY(problemOf(io::renamePreset(*own, name, folders)).contains("needs a name"));
    }
    QCOMPARE(filesOf(folders).size(), std::size_t{1});
}

void TestPresetFiles::aRenameThatCannotBeLeavesEverything()
{
    const Folder folder;
    const io::PresetFolders folders = userOnly(folder);
    const auto own = io::savePresetAs(named("x"), "Mine", folders, OverwritePolicy::Refuse);
    QVERIFY(own);
    fs::permissions(folders.user, fs::perms::owner_read | fs::perms::owner_exec |
                                      fs::perms::others_read | fs::perms::others_exec);
    QByteArray said;
    const int outcome = inChild(
        [&](const Say &say) {
            const auto renamed = io::renamePreset(*own, "Other", folders);
            say(renamed ? "" : renamed.error().oneLine());
            return renamed ? 1 : 0;
        },
        &said, true);
    fs::permissions(folders.user, fs::perms::owner_all);
    QCOMPARE(outcome, 0);
    QVERIFY2(!said.isEmpty(), said);
    QCOMPARE(filesOf(folders), std::vector<std::string>{own->path.filename().string()});
    QCOMPARE(io::loadPresetFile(own->path)->name, std::string("Mine"));
}

QD_TEST(TestPresetFiles, QCoreApplication)
#include "TestPresetFiles.moc"
