// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/Favourites.h"

#include "engine/io/DisplayName.h"
#include "engine/io/PresetJson.h"

#include <array>

namespace engine::io {

namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 3> favouritesFields{"schema", "version", "presets"};
/// In front of the name of a preset that has no uuid; no uuid begins so.
constexpr std::string_view namePrefix = "name:";

} // namespace

std::string favouriteKey(const Preset &preset)
{
    return preset.uuid.empty() ? std::string(namePrefix) + preset.name : preset.uuid;
}

void Favourites::set(const Preset &preset, bool favourite)
{
    if (favourite)
        keys.insert(favouriteKey(preset));
    else
        keys.erase(favouriteKey(preset));
}

std::string favouritesText(const Favourites &favourites)
{
    Json json;
    json["schema"] = favouritesSchema;
    json["version"] = favouritesVersion;
    json["presets"] = favourites.keys;
    addUnknown(favourites.unknownFields, json);
    return jsonText(json);
}

Result<Favourites> parseFavourites(std::string_view text, std::string_view origin)
{
    const Result<Json> json = parseJsonObject(text, origin, "list of favourites");
    if (!json)
        return tl::unexpected(json.error());
    std::vector<std::string> keys;
    const Status status =
        checkDocument(*json, favouritesSchema, favouritesVersion, "list of favourites", origin)
            .and_then([&] { return readTextList(*json, "presets", origin, keys); });
    if (!status)
        return tl::unexpected(status.error());
    Favourites favourites;
    favourites.keys.insert(keys.begin(), keys.end());
    keepUnknown(*json, favouritesFields, favourites.unknownFields);
    return favourites;
}

fs::path favouritesFile(const PresetFolders &folders)
{
    return folders.user.empty() ? fs::path() : folders.user / "favourites.json";
}

Result<Favourites> loadFavourites(const PresetFolders &folders)
{
    const fs::path file = favouritesFile(folders);
    std::error_code ignored;
    if (file.empty() || fs::symlink_status(file, ignored).type() == fs::file_type::not_found)
        return Favourites{};
    const Result<std::string> text = readSmallFile(file);
    if (!text)
        return tl::unexpected(text.error());
    return parseFavourites(*text, displayName(file));
}

Status saveFavourites(const Favourites &favourites, const PresetFolders &folders)
{
    if (Status status = makeUserFolder(folders, "Your favourites were not saved"); !status)
        return status;
    return writeWholeFile(favouritesFile(folders), favouritesText(favourites),
                          OverwritePolicy::Replace);
}

} // namespace engine::io
