// SPDX-License-Identifier: GPL-3.0-or-later
//
// The presets on disk: the factory folder that comes with the program and the user's folder.
// Shape: one .qdpreset file each; a list sorted by name, damaged files listed apart with their
// error. Real-time: no (files). Errors: a name that no preset has says which are close; saving
// never leaves half a file and never leaves the user's folder, whatever the preset's name is.
// Source: user folder as in the XDG Base Directory Specification ($XDG_DATA_HOME, else
// ~/.local/share).
#pragma once

#include "engine/io/AtomicFile.h"
#include "engine/io/Preset.h"

#include <filesystem>

namespace engine::io {

struct PresetFolders {
    std::filesystem::path factory;
    std::filesystem::path user; ///< empty where no home is known
};

struct PresetEntry {
    Preset preset;
    std::filesystem::path path;
    bool factory = false;
};

struct PresetList {
    std::vector<PresetEntry> presets; ///< sorted by name; a user's preset after a factory namesake
    std::vector<Error> damaged;
};

/// The folder of everything the programs read at run time, found from the program's own place:
/// ../share/quantum-distortion beside it, as built and as installed.
std::filesystem::path shareFolder();
PresetFolders standardPresetFolders();

/// A whole text of at most maxPresetBytes (and one more, which tells that it is too long).
Result<std::string> readSmallFile(const std::filesystem::path &path);
/// Makes the user's folder where there is none. `consequence` is what a failure means.
Status makeUserFolder(const PresetFolders &folders, const std::string &consequence);

PresetList listPresets(const PresetFolders &folders);
Result<Preset> loadPresetFile(const std::filesystem::path &path);
/// By name, any case (the user's own before the factory's), or a path to a file.
Result<Preset> findPreset(const std::string &nameOrFile, const PresetFolders &folders);
/// Under the user's folder, which is created; the path it has got.
Result<std::filesystem::path> savePreset(const Preset &preset, const PresetFolders &folders,
                                         OverwritePolicy policy);
/// Every preset of the prototype's file, saved into the user's folder; returns their paths.
Result<std::vector<std::filesystem::path>> importPrototypeFile(const std::filesystem::path &path,
                                                               const PresetFolders &folders,
                                                               OverwritePolicy policy);

/// A name that any file system takes, different for different names.
std::string presetFileName(std::string_view presetName);

} // namespace engine::io
