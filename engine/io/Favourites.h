// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which presets have the star, as a small JSON document in the user's folder. Presets are named by
// their uuid, so that a star survives a new name or place; one that nobody knows any more is kept,
// because its preset may come back.
// Shape: a value; text in, value out, and back. Real-time: no (files). Errors: BadData for a file
// that is damaged or newer than the program, and nothing is taken from it; a file that is missing
// holds no favourites. Saving never leaves half a file.
#pragma once

#include "engine/io/PresetLibrary.h"

#include <set>

namespace engine::io {

inline constexpr std::string_view favouritesSchema = "quantum-distortion/favourites";
inline constexpr int favouritesVersion = 1;

/// What a star hangs on: the uuid, or the name where a file written by hand has none.
std::string favouriteKey(const Preset &preset);

struct Favourites {
    std::set<std::string> keys;
    Preset::Unknown unknownFields;

    bool contains(const Preset &preset) const { return keys.contains(favouriteKey(preset)); }
    void set(const Preset &preset, bool favourite);
    bool operator==(const Favourites &) const = default;
};

std::string favouritesText(const Favourites &favourites);
Result<Favourites> parseFavourites(std::string_view json, std::string_view origin);

/// favourites.json in the user's folder; empty where no home is known.
std::filesystem::path favouritesFile(const PresetFolders &folders);
Result<Favourites> loadFavourites(const PresetFolders &folders);
Status saveFavourites(const Favourites &favourites, const PresetFolders &folders);

} // namespace engine::io
