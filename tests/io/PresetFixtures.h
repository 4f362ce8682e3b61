// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the tests of presets share: an environment variable for a while, folders as the program
// finds them but with the user's inside a temporary one, and presets to be found. Shape: values.
// Errors: none.
#pragma once

#include "FileFixtures.h"
#include "engine/io/PresetLibrary.h"
#include "engine/io/PresetQuery.h"

#include <QTest>

namespace tests::files {

class Variable {
public:
    Variable(const char *name, const QByteArray &value) : name_(name), before_(qgetenv(name))
    {
        value.isNull() ? qunsetenv(name) : qputenv(name, value);
    }
    ~Variable() { before_.isNull() ? qunsetenv(name_) : qputenv(name_, before_); }
    Variable(const Variable &) = delete;
    Variable &operator=(const Variable &) = delete;

private:
    const char *name_;
    QByteArray before_;
};

inline engine::io::PresetFolders foldersIn(const Folder &folder)
{
    const Variable data("XDG_DATA_HOME", QByteArray::fromStdString(folder.path().string()));
    engine::io::PresetFolders folders = engine::io::standardPresetFolders();
    folders.factory = QD_SHARE_DIR "/presets";
    return folders;
}

inline engine::io::Preset named(const std::string &name)
{
    engine::io::Preset preset;
    preset.name = name;
    return preset;
}

/// Names that no file system should see as they are.
inline const std::vector<const char *> awkwardNames{
    "../x",         "a/b",  "/etc/x",      "..",   ".",   "CON",     "con",  "LPT1",
    "aux.qdpreset", "nul ", " x",          "x.",   "-n",  "~",       "a\nb", "%s",
    "🔥🎛",     "שלום", "ABC*?<>|:\"", "x\\y", "Ünï", "a\u202Eb"};

/// One of the user's, with what searches look at.
struct Row {
    const char *name;
    const char *author;
    const char *category;
    std::vector<std::string> tags;
    engine::dsp::Scale scale;
};
inline const std::vector<Row> rows{
    {"Überschall Growl",
     "José Ñandú",
     "Bass & Growl",
     {"bass", "lo-fi"},
     {6, engine::dsp::ScaleKind::Minor}},
    {"Straße bei Nacht",
     "Quantum Distortion",
     "Drone & Texture",
     {"drone"},
     {0, engine::dsp::ScaleKind::Major}},
    {"808 Kick",
     "Zoë",
     "Bass & Growl",
     {"bass", "sub"},
     {10, engine::dsp::ScaleKind::HarmonicMinor}},
    {"Ёлка", "Иван", "My own", {"noise"}, {2, engine::dsp::ScaleKind::Dorian}},
    {"Grain", "Zoë", "", {}, {4, engine::dsp::ScaleKind::Chromatic}},
    {"Basic",
     "zoe b",
     "Vocal",
     {"vocal", "bassy"},
     {9, engine::dsp::ScaleKind::Custom, 0b0010'0001'0001}},
};

inline void saveRows(const engine::io::PresetFolders &folders)
{
    for (const Row &row : rows) {
        engine::io::Preset preset = named(row.name);
        preset.uuid = engine::io::newUuid();
        preset.author = row.author;
        preset.category = row.category;
        preset.tags = row.tags;
        preset.settings.preQuant.classic.scale = row.scale;
        QVERIFY(engine::io::savePreset(preset, folders, engine::io::OverwritePolicy::Refuse));
    }
}

/// No factory, so that lists hold what a test has put there.
inline engine::io::PresetFolders userOnly(const Folder &folder)
{
    engine::io::PresetFolders folders = foldersIn(folder);
    folders.factory = folder / "no-factory";
    return folders;
}

/// The names of what is found, in its order.
inline QStringList namesOf(const engine::io::PresetLibrarySnapshot &library,
                           const engine::io::PresetQuery &query,
                           const engine::io::Favourites &favourites = {})
{
    QStringList names;
    for (const std::size_t i : engine::io::findPresets(library, query, favourites))
        names << QString::fromStdString(library.presets[i].preset.name);
    return names;
}

} // namespace tests::files
