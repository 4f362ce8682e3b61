// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/Text.h"
#include "engine/io/DisplayName.h"
#include "engine/pipeline/ParameterText.h"
#include "engine/render/Batch.h"
#include "engine/render/BatchNames.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace engine::render {

namespace {

namespace fs = std::filesystem;

fs::path placeOf(const fs::path &path)
{
    std::error_code fault;
    fs::path place = fs::weakly_canonical(fs::absolute(path, fault), fault);
    return fault ? path : place;
}

/// Whether a file of a folder is worth a try. A file that is named itself always is.
bool soundsLikeSound(const fs::path &path)
{
    constexpr std::array<std::string_view, 6> readOnly{"au", "snd", "wave", "bwf", "mp1", "mp2"};
    const std::string ending = lowerCase(path.extension().string());
    if (ending.size() < 2 || path.filename().native().starts_with('.'))
        return false;
    return io::containerByEnding(path).has_value() ||
           std::ranges::count(readOnly, std::string_view(ending).substr(1)) > 0;
}

/// The inputs in the order in which they were given, each once.
class InputList {
public:
    InputList(const fs::path &outputs, BatchPlan &plan) : outputs_(placeOf(outputs)), plan_(plan) {}
    void add(const fs::path &path)
    {
        std::error_code fault;
        if (fs::is_directory(path, fault))
            addFolder(path);
        else
            addFile(path);
    }
    const std::vector<fs::path> &files() const { return files_; }
    const std::set<fs::path> &places() const { return places_; }

private:
    void addFile(const fs::path &path)
    {
        if (places_.insert(placeOf(path)).second)
            files_.push_back(path);
        else
            plan_.warnings.push_back(io::quotedName(path) +
                                     " was given more than once and is rendered once.");
    }
    void addFolder(const fs::path &folder)
    {
        std::vector<fs::path> found;
        std::error_code fault;
        const auto options = fs::directory_options::skip_permission_denied;
        fs::recursive_directory_iterator entry(folder, options, fault);
        bool skipped = false;
        for (const fs::recursive_directory_iterator end; !fault && entry != end;
             entry.increment(fault)) {
            std::error_code ignored;
            const bool inside = entry->is_directory(ignored);
            // What an earlier run has written is no input of the next one.
            if (inside && placeOf(entry->path()) == outputs_) {
                entry.disable_recursion_pending();
                skipped = true;
            } else if (!inside && soundsLikeSound(entry->path())) {
                found.push_back(entry->path());
            }
        }
        if (fault)
            plan_.warnings.push_back("The folder " + io::quotedName(folder) +
                                     " could not be read: " + fault.message() + ".");
        if (skipped)
            plan_.warnings.push_back("The folder for the outputs lies in " +
                                     io::quotedName(folder) + " and was left out.");
        if (found.empty() && !fault)
            plan_.warnings.push_back("The folder " + io::quotedName(folder) +
                                     " holds no sound files.");
        std::ranges::sort(found);
        for (const fs::path &path : found)
            addFile(path);
    }

    fs::path outputs_;
    BatchPlan &plan_;
    std::vector<fs::path> files_;
    std::set<fs::path> places_;
};

/// The names of the plan. Two that differ only in case are one on some disks.
class Names {
public:
    Names(const BatchRequest &request, const std::set<fs::path> &inputs)
        : folder_(request.folder), clashes_(request.clashes), inputs_(inputs)
    {
        const fs::path place = placeOf(folder_);
        for (const fs::path &input : inputs) {
            if (input.parent_path() == place)
                inputNames_.insert(lowerCase(input.filename().string()));
        }
    }
    void give(const std::string &stem, const std::string &ending, std::size_t index,
              BatchItem &item)
    {
        std::string name = stem + ending;
        if (clashes_ == NameClash::Number) {
            for (int number = 2; isTaken(name); ++number) {
                name = stem + " (" + std::to_string(number) + ")" + ending;
                item.numbered = true;
            }
        }
        item.output = folder_ / name;
        // A link in the folder may lead to an input, too.
        item.overInput =
            inputNames_.contains(lowerCase(name)) || inputs_.contains(placeOf(item.output));
        const auto [earlier, isNew] = items_.emplace(lowerCase(name), index);
        if (!isNew)
            item.clashesWith = earlier->second;
        std::error_code ignored;
        item.exists = fs::exists(fs::symlink_status(item.output, ignored));
    }

private:
    bool isTaken(const std::string &name) const
    {
        const std::string lower = lowerCase(name);
        return inputNames_.contains(lower) || items_.contains(lower);
    }
    fs::path folder_;
    NameClash clashes_;
    const std::set<fs::path> &inputs_;
    std::set<std::string> inputNames_;
    std::map<std::string, std::size_t> items_;
};

/// So that what comes after a long source, the preset above all, is still part of the name.
void shortenSource(std::string_view nameTemplate, std::array<NameField, 4> &fields,
                   std::size_t filled)
{
    constexpr std::size_t least = 48;
    std::string &source = fields.front().second;
    const std::size_t whole = source.size();
    std::string kept = std::exchange(source, {});
    const std::size_t rest = fillTemplate(nameTemplate, fields)->size();
    const std::size_t times = whole == 0 ? 0 : (filled - rest) / whole;
    const std::size_t room = longestStem - std::min(longestStem, rest);
    source = withoutMiddle(kept, std::max(least, times == 0 ? least : room / times));
}

} // namespace

Result<std::string> batchName(std::string_view nameTemplate, const fs::path &input,
                              const BatchPreset &preset, std::size_t index, std::size_t count,
                              io::Container container)
{
    std::string number = std::to_string(index + 1);
    number.insert(
        0, std::to_string(count).size() - std::min(std::to_string(count).size(), number.size()),
        '0');
    const pipeline::ParameterInfo &key = pipeline::parameterInfo(pipeline::ParameterId::Key);
    std::array<NameField, 4> fields{
        NameField{"source", io::printable(input.stem().string())},
        NameField{"preset", io::printable(preset.name)},
        NameField{"key", pipeline::parameterText(key, key.read(preset.settings))},
        NameField{"index", number}};
    Result<std::string> name = fillTemplate(nameTemplate, fields);
    if (name && name->size() > longestStem) {
        shortenSource(nameTemplate, fields, name->size());
        name = fillTemplate(nameTemplate, fields);
    }
    if (!name)
        return name;
    return safeStem(*name) + "." + std::string(io::info(container).endings.front());
}

Result<BatchPlan> planBatch(const BatchRequest &request)
{
    if (request.folder.empty())
        return fail(ErrorCode::Usage, "There is no folder for the outputs", "Nothing was written",
                    "Choose one");
    if (request.presets.empty())
        return fail(ErrorCode::Usage, "There is no preset to render with", "Nothing was written",
                    "Choose at least one");
    BatchPlan plan;
    InputList inputs(request.folder, plan);
    for (const fs::path &path : request.inputs)
        inputs.add(path);
    if (inputs.files().empty())
        return fail(ErrorCode::Usage,
                    plan.warnings.empty() ? "There is nothing to render" : plan.warnings.front(),
                    "Nothing was written", "Give sound files, or folders that hold some");

    const io::Container container = request.options.container.value_or(io::Container::Wav);
    const std::string ending = "." + std::string(io::info(container).endings.front());
    const std::size_t count = inputs.files().size() * request.presets.size();
    Names names(request, inputs.places());
    for (const fs::path &input : inputs.files()) {
        for (std::size_t preset = 0; preset < request.presets.size(); ++preset) {
            BatchItem item;
            item.input = input;
            item.preset = preset;
            const std::size_t index = plan.items.size();
            const Result<std::string> name = batchName(
                request.nameTemplate, input, request.presets[preset], index, count, container);
            if (!name)
                return tl::unexpected(name.error());
            names.give(name->substr(0, name->size() - ending.size()), ending, index, item);
            plan.clashes += item.clashes() ? 1 : 0;
            plan.items.push_back(std::move(item));
        }
    }
    return plan;
}

} // namespace engine::render
