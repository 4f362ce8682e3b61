// SPDX-License-Identifier: GPL-3.0-or-later
//
// The presets on disk at one moment, ready to be searched. It is made on any thread and never
// changes; a newer one takes its place. What has not changed on disk since the one before is taken
// over from it rather than read again.
// Shape: presets sorted by name, damaged files apart with their error. Real-time: no (files).
// Errors: none of its own: a folder that cannot be read is listed among the damaged; one that does
// not exist is empty.
#pragma once

#include "engine/io/Favourites.h"
#include "engine/io/FileStamp.h"
#include "engine/io/PresetLibrary.h"

#include <memory>
#include <optional>
#include <span>

namespace engine::io {

struct LibraryPreset {
    Preset preset;
    std::filesystem::path path;
    bool factory = false;
    FileStamp stamp;
    std::string keyName; ///< "F minor", "Chromatic", "Custom"
    /// Folded for search: name, tags, key in every spelling, category, author, a line each.
    std::string words;
    std::string sortName;
    std::vector<std::string> tags;
    std::string author;
};

struct DamagedPreset {
    std::filesystem::path path;
    bool factory = false;
    FileStamp stamp;
    Error error;
};

struct PresetLibrarySnapshot {
    PresetFolders folders;
    std::vector<LibraryPreset> presets;
    std::vector<DamagedPreset> damaged;

    /// By path, else by uuid: a copied file has its original's.
    std::optional<std::size_t> find(const Preset &preset, const std::filesystem::path &path) const;
    std::optional<std::size_t> findPath(const std::filesystem::path &path) const;
    /// Categories that occur, the factory's in their order, then others by name.
    std::vector<std::string> categories() const;
    /// Tags that occur, by how many presets have them.
    std::vector<std::pair<std::string, std::size_t>> tags() const;
};
using SharedPresetLibrary = std::shared_ptr<const PresetLibrarySnapshot>;

/// Reads both folders, taking over from `before` what has not changed.
SharedPresetLibrary loadPresetLibrary(const PresetFolders &folders,
                                      const SharedPresetLibrary &before = nullptr);
/// Whether a file came, went or changed since; looks at names and stamps only.
bool presetsChanged(const PresetLibrarySnapshot &library);

/// The eight categories of the factory's bank, in the order they are shown.
std::span<const std::string_view> presetCategories();
/// "F minor", "C♯ dorian", "Chromatic", "Custom (D F A)".
std::string keyName(const dsp::Scale &scale);

} // namespace engine::io
