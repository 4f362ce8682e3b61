// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/PresetLibrary.h"

#include "engine/base/Text.h"
#include "engine/io/DisplayName.h"
#include "engine/io/InputFile.h"
#include "engine/io/SearchText.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <numeric>
#include <xxhash.h>

namespace engine::io {

namespace {

namespace fs = std::filesystem;

std::optional<fs::path> folderFromEnvironment(const char *variable)
{
    const char *value = std::getenv(variable);
    // The specification: a path that is not absolute is to be ignored.
    if (!value || value[0] != '/')
        return std::nullopt;
    return fs::path(value);
}

void listFolder(const fs::path &folder, bool factory, PresetList &list)
{
    std::error_code ignored;
    for (fs::directory_iterator entry(folder, ignored), end; !ignored && entry != end;
         entry.increment(ignored)) {
        if (entry->path().extension() != presetEnding)
            continue;
        Result<Preset> preset = loadPresetFile(entry->path());
        if (preset)
            list.presets.push_back({std::move(*preset), entry->path(), factory});
        else
            list.damaged.push_back(preset.error());
    }
}

/// How many bytes have to be changed, put in or taken out.
std::size_t editDistance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({changed, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row[b.size()];
}

/// The names nearest to what was asked for; one that holds it is nearer than any other.
std::string closeNames(const PresetList &list, std::string_view folded)
{
    constexpr std::size_t most = 4;
    constexpr std::size_t longest = 100; // bytes of what was asked for that count
    folded = folded.substr(0, longest);
    std::vector<std::pair<std::size_t, const std::string *>> names;
    for (const PresetEntry &entry : list.presets) {
        const std::string name = foldForSearch(entry.preset.name).substr(0, longest);
        const bool holds = !folded.empty() && name.find(folded) != std::string::npos;
        names.emplace_back(holds ? 0 : editDistance(name, folded), &entry.preset.name);
    }
    std::ranges::stable_sort(names, {}, &std::pair<std::size_t, const std::string *>::first);
    std::string text;
    for (std::size_t i = 0; i < std::min(names.size(), most); ++i)
        text += (text.empty() ? "" : ", ") + printable(*names[i].second);
    return text;
}

} // namespace

fs::path shareFolder()
{
    std::error_code fault;
    const fs::path program = fs::read_symlink("/proc/self/exe", fault);
    return program.parent_path().parent_path() / "share" / "quantum-distortion";
}

PresetFolders standardPresetFolders()
{
    PresetFolders folders;
    folders.factory = shareFolder() / "presets";
    if (const auto data = folderFromEnvironment("XDG_DATA_HOME"))
        folders.user = *data / "quantum-distortion" / "presets";
    else if (const auto home = folderFromEnvironment("HOME"))
        folders.user = *home / ".local" / "share" / "quantum-distortion" / "presets";
    return folders;
}

Result<std::string> readSmallFile(const fs::path &path)
{
    Result<InputFile> file = InputFile::open(path);
    if (!file)
        return tl::unexpected(file.error());
    // One byte more than is allowed tells a file that is too long.
    const auto size = static_cast<std::size_t>(
        std::clamp<std::int64_t>(file->sizeBytes(), 0, std::int64_t{maxPresetBytes} + 1));
    std::string text(size, '\0');
    const std::size_t got =
        file->readAt(0, {reinterpret_cast<unsigned char *>(text.data()), text.size()});
    text.resize(got);
    if (file->failure() != 0)
        return fail(ErrorCode::BadData, quotedName(path) + " could not be read: the disk failed",
                    "Nothing was loaded from it");
    return text;
}

Status makeUserFolder(const PresetFolders &folders, const std::string &consequence)
{
    if (folders.user.empty())
        return fail(ErrorCode::CannotCreate, "No folder for your presets is known", consequence,
                    "Set HOME or XDG_DATA_HOME");
    std::error_code fault;
    fs::create_directories(folders.user, fault);
    if (fault)
        return fail(ErrorCode::CannotCreate,
                    "The preset folder " + quotedName(folders.user) + " could not be made",
                    consequence, "Check the permissions of your home folder", fault.message());
    return {};
}

Result<Preset> loadPresetFile(const fs::path &path)
{
    const Result<std::string> text = readSmallFile(path);
    if (!text)
        return tl::unexpected(text.error());
    return parsePreset(*text, displayName(path));
}

PresetList listPresets(const PresetFolders &folders)
{
    PresetList list;
    if (!folders.factory.empty())
        listFolder(folders.factory, true, list);
    if (!folders.user.empty())
        listFolder(folders.user, false, list);
    std::sort(list.presets.begin(), list.presets.end(), [](const auto &a, const auto &b) {
        return std::tuple(a.preset.name, !a.factory, a.path) <
               std::tuple(b.preset.name, !b.factory, b.path);
    });
    return list;
}

Result<Preset> findPreset(const std::string &nameOrFile, const PresetFolders &folders)
{
    const std::string wanted = foldForSearch(nameOrFile);
    const auto isWanted = [&wanted](const Preset &preset) {
        return foldForSearch(preset.name) == wanted;
    };
    const auto among = [&isWanted](const PresetList &list) {
        return std::ranges::find_if(list.presets, isWanted, &PresetEntry::preset);
    };
    // A person's own presets come first; of the factory's, one file is read rather than all.
    const PresetList own = listPresets({{}, folders.user});
    if (const auto found = among(own); found != own.presets.end())
        return found->preset;
    if (Result<Preset> factory = loadPresetFile(folders.factory / presetFileName(nameOrFile));
        factory && isWanted(*factory))
        return factory;
    const PresetList list = listPresets(folders);
    if (const auto found = among(list); found != list.presets.end())
        return found->preset;

    const fs::path path(nameOrFile);
    std::error_code ignored;
    if (path.extension() == presetEnding || nameOrFile.find('/') != std::string::npos ||
        fs::exists(path, ignored))
        return loadPresetFile(path);

    std::string advice = list.presets.empty() ? "No presets were found at all"
                                              : "Close to it: " + closeNames(list, wanted) +
                                                    ". All of them: --list-presets";
    if (!list.damaged.empty())
        advice += ". Not usable: " + list.damaged.front().problem;
    return fail(ErrorCode::Usage, "There is no preset “" + printable(nameOrFile) + "”", {}, advice);
}

std::string presetFileName(std::string_view presetName)
{
    constexpr std::size_t maxLength = 80;
    std::string safe;
    bool changed = false;
    for (const char c : presetName) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || c == ' ' || c == '-' || c == '_' || c == '+' ||
                           c == '&' || c == '(' || c == ')';
        changed = changed || !plain || safe.size() >= maxLength;
        if (safe.size() < maxLength)
            safe += plain ? c : '_';
    }
    // Names that Windows reserves, and names that begin or end in a space, are told apart too.
    constexpr std::array<std::string_view, 6> reserved{"con", "prn", "aux", "nul", "com", "lpt"};
    const std::string stem = lowerCase(safe).substr(0, 3);
    const bool device =
        safe.size() <= 4 && std::find(reserved.begin(), reserved.end(), stem) != reserved.end();
    if (changed || device || safe.empty() || safe.front() == ' ' || safe.back() == ' ') {
        constexpr std::string_view digits = "0123456789abcdef";
        std::uint64_t hash = XXH3_64bits(presetName.data(), presetName.size());
        safe += '~';
        for (int i = 0; i < 16; ++i, hash >>= 4)
            safe += digits[hash & 0xF];
    }
    return safe + std::string(presetEnding);
}

Result<fs::path> savePreset(const Preset &preset, const PresetFolders &folders,
                            OverwritePolicy policy)
{
    const std::string consequence = "“" + printable(preset.name) + "” was not saved";
    if (Status status = makeUserFolder(folders, consequence); !status)
        return tl::unexpected(status.error());
    const fs::path path = folders.user / presetFileName(preset.name);
    if (Status status = writeWholeFile(path, presetText(preset), policy); !status)
        return tl::unexpected(status.error());
    return path;
}

Result<std::vector<fs::path>>
importPrototypeFile(const fs::path &path, const PresetFolders &folders, OverwritePolicy policy)
{
    const Result<std::string> text = readSmallFile(path);
    if (!text)
        return tl::unexpected(text.error());
    const Result<std::vector<Preset>> presets = importPrototypePresets(*text, displayName(path));
    if (!presets)
        return tl::unexpected(presets.error());
    // All or none: nothing is saved where one of them may not be.
    std::error_code ignored;
    for (const Preset &preset : *presets) {
        const fs::path target = folders.user / presetFileName(preset.name);
        if (policy == OverwritePolicy::Refuse && fs::exists(target, ignored))
            return fail(ErrorCode::CannotCreate,
                        "You already have a preset “" + printable(preset.name) + "”",
                        "Nothing was imported", "Allow replacing it (--force) or rename yours");
    }
    std::vector<fs::path> saved;
    for (const Preset &preset : *presets) {
        Result<fs::path> one = savePreset(preset, folders, policy);
        if (!one)
            return tl::unexpected(one.error());
        saved.push_back(std::move(*one));
    }
    return saved;
}

} // namespace engine::io
