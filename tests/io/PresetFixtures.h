// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the tests of presets share: an environment variable for a while, folders as the program
// finds them but with the user's inside a temporary one, and presets by name. Shape: values.
// Errors: none.
#pragma once

#include "FileFixtures.h"
#include "engine/io/PresetLibrary.h"

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

} // namespace tests::files
