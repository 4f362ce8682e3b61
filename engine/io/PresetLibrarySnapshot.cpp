// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/PresetLibrarySnapshot.h"

#include "engine/base/Text.h"
#include "engine/io/DisplayName.h"
#include "engine/io/SearchText.h"
#include "engine/pipeline/ParameterTable.h"

#include <algorithm>
#include <array>
#include <map>
#include <unordered_map>

namespace engine::io {

namespace {

namespace fs = std::filesystem;
using pipeline::ParameterId;
using pipeline::parameterInfo;

constexpr std::array<std::string_view, 8> categoriesInOrder{
    "Bass & Growl", "Drums to Tone", "Noise & Wash",    "Vocal",
    "Keys & Pads",  "Glue & Subtle", "Drone & Texture", "FX & Impacts"};

FileStamp stampOfNow(const fs::path &path)
{
    return stampOf(path).value_or(FileStamp{});
}

struct FoundFile {
    fs::path path;
    FileStamp stamp;
};

/// The .qdpreset files of a folder; an error for a folder that is there and cannot be read.
Result<std::vector<FoundFile>> filesIn(const fs::path &folder)
{
    std::vector<FoundFile> files;
    std::error_code fault;
    for (fs::directory_iterator entry(folder, fault), end; !fault && entry != end;
         entry.increment(fault)) {
        if (entry->path().extension() == presetEnding)
            files.push_back({entry->path(), stampOfNow(entry->path())});
    }
    if (fault && fault != std::errc::no_such_file_or_directory)
        return fail(ErrorCode::CannotOpen, "The folder " + quotedName(folder) + " cannot be read",
                    "The presets in it are not shown", "Check its permissions", fault.message());
    return files;
}

std::string pitchName(int pitchClass)
{
    const std::string_view key =
        parameterInfo(ParameterId::Key).choices[static_cast<std::size_t>(pitchClass)].key;
    return std::string(key.substr(0, 1)) + (key.size() > 1 ? "♯" : "");
}

/// A key in both spellings: "f# minor" and "gb minor".
std::string spellings(const dsp::Scale &scale, const std::string &scaleName)
{
    const std::string sharp = lowerCase(parameterInfo(ParameterId::Key)
                                            .choices[static_cast<std::size_t>(scale.rootPitchClass)]
                                            .key);
    std::string text = sharp + " " + scaleName;
    if (sharp.size() > 1) {
        const char next = sharp[0] == 'g' ? 'a' : static_cast<char>(sharp[0] + 1);
        text += std::string("\n") + next + "b " + scaleName;
    }
    return text;
}

std::string scaleName(dsp::ScaleKind kind)
{
    if (kind == dsp::ScaleKind::Minor)
        return "minor";
    return lowerCase(
        parameterInfo(ParameterId::ScaleName).choices[static_cast<std::size_t>(kind)].label);
}

LibraryPreset entryOf(Preset preset, const FoundFile &file, bool factory)
{
    const dsp::Scale &scale = preset.settings.preQuant.classic.scale;
    LibraryPreset entry;
    entry.path = file.path;
    entry.factory = factory;
    entry.stamp = file.stamp;
    entry.keyName = keyName(scale);
    entry.sortName = foldForSearch(preset.name);
    entry.author = foldForSearch(preset.author);
    entry.words = entry.sortName + "\n";
    for (const std::string &tag : preset.tags) {
        entry.tags.push_back(foldForSearch(tag));
        entry.words += entry.tags.back() + "\n";
    }
    // The root of a chromatic scale allows nothing that another would not.
    entry.words += scale.kind == dsp::ScaleKind::Chromatic
                       ? scaleName(scale.kind)
                       : spellings(scale, scaleName(scale.kind));
    entry.words += "\n" + foldForSearch(preset.category) + "\n" + entry.author;
    entry.preset = std::move(preset);
    return entry;
}

/// What an earlier snapshot knows of a file.
class Known {
public:
    explicit Known(const SharedPresetLibrary &before)
    {
        if (!before)
            return;
        for (const LibraryPreset &entry : before->presets)
            presets_[entry.path.native()] = &entry;
        for (const DamagedPreset &entry : before->damaged)
            damaged_[entry.path.native()] = &entry;
    }
    const LibraryPreset *preset(const FoundFile &file, bool factory) const
    {
        return same(presets_, file, factory);
    }
    const DamagedPreset *damaged(const FoundFile &file, bool factory) const
    {
        return same(damaged_, file, factory);
    }

private:
    template <typename Entry>
    static const Entry *same(const std::unordered_map<std::string, const Entry *> &of,
                             const FoundFile &file, bool factory)
    {
        const auto found = of.find(file.path.native());
        const bool unchanged = found != of.end() && found->second->stamp == file.stamp &&
                               found->second->factory == factory;
        return unchanged ? found->second : nullptr;
    }

    std::unordered_map<std::string, const LibraryPreset *> presets_;
    std::unordered_map<std::string, const DamagedPreset *> damaged_;
};

void readFolder(const fs::path &folder, bool factory, const Known &known,
                PresetLibrarySnapshot &into)
{
    const auto files = filesIn(folder);
    if (!files) {
        into.damaged.push_back({folder, factory, stampOfNow(folder), files.error()});
        return;
    }
    for (const FoundFile &file : *files) {
        if (const LibraryPreset *entry = known.preset(file, factory)) {
            into.presets.push_back(*entry);
        } else if (const DamagedPreset *broken = known.damaged(file, factory)) {
            into.damaged.push_back(*broken);
        } else if (Result<Preset> preset = loadPresetFile(file.path)) {
            into.presets.push_back(entryOf(std::move(*preset), file, factory));
        } else {
            into.damaged.push_back({file.path, factory, file.stamp, preset.error()});
        }
    }
}

/// Whether the folder holds exactly these files with these stamps.
bool folderChanged(const fs::path &folder, bool factory, const PresetLibrarySnapshot &library)
{
    std::map<fs::path, FileStamp> before;
    bool unreadable = false;
    for (const LibraryPreset &entry : library.presets) {
        if (entry.factory == factory)
            before.emplace(entry.path, entry.stamp);
    }
    for (const DamagedPreset &entry : library.damaged) {
        if (entry.path == folder)
            unreadable = true;
        else if (entry.factory == factory)
            before.emplace(entry.path, entry.stamp);
    }
    const auto files = filesIn(folder);
    if (!files || unreadable)
        return unreadable != !files;
    if (files->size() != before.size())
        return true;
    return std::ranges::any_of(*files, [&](const FoundFile &file) {
        const auto found = before.find(file.path);
        return found == before.end() || found->second != file.stamp;
    });
}

} // namespace

std::span<const std::string_view> presetCategories()
{
    return categoriesInOrder;
}

std::string keyName(const dsp::Scale &scale)
{
    std::string name = scaleName(scale.kind);
    if (scale.kind == dsp::ScaleKind::Chromatic)
        return "Chromatic";
    if (scale.kind != dsp::ScaleKind::Custom)
        return pitchName(scale.rootPitchClass) + " " + name;
    std::string notes;
    for (int note = 0; note < 12; ++note) {
        if ((scale.customMask >> note & 1) != 0)
            notes += (notes.empty() ? "" : " ") + pitchName(note);
    }
    return "Custom (" + notes + ")";
}

std::optional<std::size_t> PresetLibrarySnapshot::findPath(const fs::path &path) const
{
    const auto found = std::ranges::find(presets, path, &LibraryPreset::path);
    if (path.empty() || found == presets.end())
        return std::nullopt;
    return static_cast<std::size_t>(found - presets.begin());
}

std::optional<std::size_t> PresetLibrarySnapshot::find(const Preset &preset,
                                                       const fs::path &path) const
{
    if (const auto byPath = findPath(path))
        return byPath;
    const auto found = std::ranges::find_if(
        presets, [&](const LibraryPreset &entry) { return entry.preset.uuid == preset.uuid; });
    if (preset.uuid.empty() || found == presets.end())
        return std::nullopt;
    return static_cast<std::size_t>(found - presets.begin());
}

std::vector<std::string> PresetLibrarySnapshot::categories() const
{
    std::vector<std::string> names;
    for (const LibraryPreset &entry : presets) {
        const std::string &name = entry.preset.category;
        if (!name.empty() && std::ranges::find(names, name) == names.end())
            names.push_back(name);
    }
    std::ranges::sort(names, {}, [](const std::string &name) {
        const auto place = std::ranges::find(categoriesInOrder, name) - categoriesInOrder.begin();
        return std::pair(place, foldForSearch(name));
    });
    return names;
}

std::vector<std::pair<std::string, std::size_t>> PresetLibrarySnapshot::tags() const
{
    std::map<std::string, std::size_t> counts;
    for (const LibraryPreset &entry : presets) {
        for (const std::string &tag : entry.tags)
            ++counts[tag];
    }
    std::vector<std::pair<std::string, std::size_t>> list(counts.begin(), counts.end());
    std::ranges::stable_sort(list, std::ranges::greater{},
                             &std::pair<std::string, std::size_t>::second);
    return list;
}

SharedPresetLibrary loadPresetLibrary(const PresetFolders &folders,
                                      const SharedPresetLibrary &before)
{
    const auto library = std::make_shared<PresetLibrarySnapshot>();
    const Known known(before);
    library->folders = folders;
    readFolder(folders.factory, true, known, *library);
    if (!folders.user.empty())
        readFolder(folders.user, false, known, *library);
    std::ranges::sort(library->presets, [](const LibraryPreset &a, const LibraryPreset &b) {
        return std::tie(a.sortName, a.preset.name, b.factory, a.path) <
               std::tie(b.sortName, b.preset.name, a.factory, b.path);
    });
    std::ranges::sort(library->damaged, {}, &DamagedPreset::path);
    return library;
}

bool presetsChanged(const PresetLibrarySnapshot &library)
{
    return folderChanged(library.folders.factory, true, library) ||
           (!library.folders.user.empty() && folderChanged(library.folders.user, false, library));
}

} // namespace engine::io
