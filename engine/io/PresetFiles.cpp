// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/PresetFiles.h"

#include "engine/io/DisplayName.h"
#include "engine/io/SearchText.h"

#include <algorithm>

namespace engine::io {

namespace {

namespace fs = std::filesystem;

std::string quoted(const std::string &name)
{
    return "“" + printable(name) + "”";
}

tl::unexpected<Error> refuseFactory(const PresetEntry &entry, const std::string &what,
                                    const std::string &advice)
{
    return fail(ErrorCode::CannotCreate,
                quoted(entry.preset.name) + " came with the program and cannot be " + what,
                "Nothing was changed", advice);
}

Status checkName(const std::string &name)
{
    if (name.find_first_not_of(" \t\r\n") != std::string::npos)
        return {};
    return fail(ErrorCode::CannotCreate, "A preset needs a name", "Nothing was saved",
                "Type one that tells what the sound is for");
}

/// The user's preset that has this name, in any case and with or without accents.
std::optional<PresetEntry> namesake(const std::string &name, const PresetFolders &folders)
{
    const std::string wanted = foldForSearch(name);
    PresetList own = listPresets({{}, folders.user});
    const auto found = std::ranges::find_if(own.presets, [&](const PresetEntry &entry) {
        return foldForSearch(entry.preset.name) == wanted;
    });
    if (folders.user.empty() || found == own.presets.end())
        return std::nullopt;
    return std::move(*found);
}

tl::unexpected<Error> nameIsTaken(const std::string &name)
{
    return fail(ErrorCode::CannotCreate, "You already have a preset " + quoted(name),
                "Nothing was changed", "Choose another name or replace that one");
}

Result<PresetEntry> saveNew(Preset preset, const PresetFolders &folders, OverwritePolicy policy)
{
    if (Status status = checkName(preset.name); !status)
        return tl::unexpected(status.error());
    if (const auto other = namesake(preset.name, folders)) {
        if (policy == OverwritePolicy::Refuse)
            return nameIsTaken(other->preset.name);
        preset.uuid = other->preset.uuid; // its star stays
        if (Status status =
                writeWholeFile(other->path, presetText(preset), OverwritePolicy::Replace);
            !status)
            return tl::unexpected(status.error());
        return PresetEntry{std::move(preset), other->path, false};
    }
    const Result<fs::path> path = savePreset(preset, folders, policy);
    if (!path)
        return tl::unexpected(path.error());
    return PresetEntry{std::move(preset), *path, false};
}

} // namespace

Result<PresetEntry> saveOverPreset(const PresetEntry &own, const Preset &changed)
{
    if (own.factory)
        return refuseFactory(own, "changed", "Save it as one of your own");
    Preset preset = changed;
    preset.name = own.preset.name;
    preset.uuid = own.preset.uuid.empty() ? newUuid() : own.preset.uuid;
    // What a later version wrote into it stays, whether the caller knows of it or not.
    if (preset.unknownFields.empty())
        preset.unknownFields = own.preset.unknownFields;
    if (preset.unknownParameters.empty())
        preset.unknownParameters = own.preset.unknownParameters;
    if (Status status = writeWholeFile(own.path, presetText(preset), OverwritePolicy::Replace);
        !status)
        return tl::unexpected(status.error());
    return PresetEntry{std::move(preset), own.path, false};
}

Result<PresetEntry> savePresetAs(const Preset &preset, const std::string &name,
                                 const PresetFolders &folders, OverwritePolicy policy)
{
    Preset copy = preset;
    copy.name = name;
    copy.uuid = newUuid();
    return saveNew(std::move(copy), folders, policy);
}

Result<PresetEntry> renamePreset(const PresetEntry &own, const std::string &name,
                                 const PresetFolders &folders)
{
    if (own.factory)
        return refuseFactory(own, "renamed", "Save it as one of your own under the new name");
    if (Status status = checkName(name); !status)
        return tl::unexpected(status.error());
    Result<Preset> preset = loadPresetFile(own.path);
    if (!preset)
        return tl::unexpected(preset.error());
    const auto other = namesake(name, folders);
    std::error_code ignored;
    if (other && !fs::equivalent(other->path, own.path, ignored))
        return nameIsTaken(other->preset.name);
    preset->name = name;
    if (preset->uuid.empty())
        preset->uuid = newUuid();
    const fs::path target = folders.user / presetFileName(name);
    const bool samePlace = fs::equivalent(target, own.path, ignored);
    if (Status status =
            writeWholeFile(target, presetText(*preset),
                           samePlace ? OverwritePolicy::Replace : OverwritePolicy::Refuse);
        !status)
        return tl::unexpected(status.error());
    if (!samePlace) {
        std::error_code fault;
        fs::remove(own.path, fault);
        if (fault) { // rather the old name than two of them
            fs::remove(target, ignored);
            return fail(
                ErrorCode::CannotCreate,
                quotedName(own.path) + " could not be renamed: its folder does not allow it",
                "It still has its old name", "Check the folder's permissions", fault.message());
        }
    }
    return PresetEntry{std::move(*preset), target, false};
}

Result<TrashedFile> deletePreset(const PresetEntry &own)
{
    if (own.factory)
        return refuseFactory(own, "deleted", "Hide it by searching among your own");
    return moveToTrash(own.path);
}

Result<PresetEntry> importPresetFile(const fs::path &path, const PresetFolders &folders,
                                     OverwritePolicy policy)
{
    Result<Preset> preset = loadPresetFile(path);
    if (!preset)
        return tl::unexpected(preset.error());
    if (preset->uuid.empty())
        preset->uuid = newUuid();
    return saveNew(std::move(*preset), folders, policy);
}

} // namespace engine::io
