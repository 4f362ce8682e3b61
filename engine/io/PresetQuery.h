// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is looked for among the presets, and what is found.
// Text: words are searched in name, tags, key ("F# minor"), category and author; `#tag` wants a
// tag that begins so; `by:name` an author; "two words" together in quotation marks. All must hold.
// Case and accents do not count. ♯, # and "sharp" after a note are the same, and so are ♭, b and
// "flat".
// Shape: values; results are indices into PresetLibrarySnapshot::presets. Real-time: no. Errors:
// none; any text is a query.
#pragma once

#include "engine/io/PresetLibrarySnapshot.h"

#include <cstddef>
#include <span>

namespace engine::io {

enum class PresetBank : std::uint8_t { All, Factory, User };
enum class PresetOrder : std::uint8_t { Name, Category, Key, Newest };

struct PresetQuery {
    std::vector<std::string> words;   ///< folded, as foldForSearch gives it
    std::vector<std::string> tags;    ///< folded
    std::vector<std::string> authors; ///< folded
    std::string category;             ///< as presets have it; empty: any
    PresetBank bank = PresetBank::All;
    bool favouritesOnly = false;
    PresetOrder order = PresetOrder::Name;
    bool operator==(const PresetQuery &) const = default;
};

/// Words, tags and authors of what was typed; the rest is left at its defaults.
PresetQuery parsePresetQuery(std::string_view text);

bool matches(const LibraryPreset &preset, const PresetQuery &query, const Favourites &favourites);

/// Indices of what matches, in the query's order; ties by name, then factory first, then path.
std::vector<std::size_t> findPresets(const PresetLibrarySnapshot &library, const PresetQuery &query,
                                     const Favourites &favourites);

/// The preset `direction` steps further on among those shown, round the ends. From one that is not
/// shown (or from none) forward is the first, backward the last. Nothing where nothing is shown.
std::optional<std::size_t> stepAmong(std::span<const std::size_t> shown,
                                     std::optional<std::size_t> current, int direction);

} // namespace engine::io
