// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/Recipe.h"

#include "engine/io/DisplayName.h"
#include "engine/io/PresetJson.h"
#include "engine/io/RecipeTag.h"

#include <algorithm>

namespace engine::io {

namespace {

constexpr std::string_view asRenderedKey = "as_rendered";
constexpr std::string_view targetKey = "target";
constexpr std::string_view matchSourceKey = "match_source";

Json loudnessJson(const Loudness &loudness)
{
    if (const auto *goal = std::get_if<TargetLoudness>(&loudness))
        return {{"goal", targetKey}, {"lufs", goal->lufs}, {"true_peak_db", goal->truePeakDb}};
    if (const auto *goal = std::get_if<MatchSource>(&loudness))
        return {{"goal", matchSourceKey}, {"true_peak_db", goal->truePeakDb}};
    return {{"goal", asRenderedKey}};
}

Json recipeJson(const Recipe &recipe)
{
    Json json;
    json["schema"] = recipeSchema;
    json["version"] = recipeVersion;
    json["program"] = recipe.programVersion;
    for (const LibraryVersion &library : recipe.libraries)
        json["libraries"][library.name] = library.version;
    json["input"] = {{"hash", recipe.input.hash},
                     {"sample_rate", recipe.input.format.sampleRateHz},
                     {"channels", recipe.input.format.channels},
                     {"frames", recipe.input.frames}};
    json["part"] = {{"whole_file", recipe.wholeFile}, {"first_frame", recipe.firstFrame}};
    json["mono_downmix"] = recipe.monoDownmix;
    json["parameters"] = parametersToJson(recipe.settings, {});
    json["tap"] = pipeline::tapTable[static_cast<std::size_t>(recipe.source)].key;
    Json &file = json["file"] = {{"format", info(recipe.format.container).key},
                                 {"bit_depth", key(recipe.format.sampleFormat)},
                                 {"dither", key(recipe.format.dither)},
                                 {"sample_rate", recipe.sampleRateHz}};
    if (recipe.format.quality)
        file["quality"] = *recipe.format.quality;
    json["loudness"] = loudnessJson(recipe.loudness);
    return json;
}

/// Fields of one object of the document; the first fault stays.
class Fields {
public:
    Fields(const Json &parent, std::string_view name, std::string_view origin)
        : name_(name), origin_(origin)
    {
        const auto found = parent.find(name);
        if (found == parent.end() || !found->is_object())
            status_ = fieldError(origin, name, "is missing or not an object");
        else
            object_ = &*found;
    }
    Status &status() { return status_; }

    std::int64_t whole(std::string_view key, std::int64_t least, std::int64_t most)
    {
        const Json *value = find(key);
        if (!value)
            return least;
        if (!value->is_number_integer())
            return refuse(key, "is not a whole number"), least;
        const bool huge = value->is_number_unsigned() &&
                          value->get<std::uint64_t>() > static_cast<std::uint64_t>(most);
        if (huge || value->get<std::int64_t>() < least || value->get<std::int64_t>() > most)
            return refuse(key, "is outside " + std::to_string(least) + "…" + std::to_string(most)),
                   least;
        return value->get<std::int64_t>();
    }
    double number(std::string_view key)
    {
        const Json *value = find(key);
        if (value && !value->is_number())
            refuse(key, "is not a number");
        return value && value->is_number() ? value->get<double>() : 0.0;
    }
    bool flag(std::string_view key)
    {
        const Json *value = find(key);
        if (value && !value->is_boolean())
            refuse(key, "is not true or false");
        return value && value->is_boolean() && value->get<bool>();
    }
    std::string text(std::string_view key)
    {
        const Json *value = find(key);
        if (value && !value->is_string())
            refuse(key, "is not text");
        return value && value->is_string() ? value->get<std::string>() : std::string();
    }
    bool has(std::string_view key) const { return object_ && object_->contains(key); }
    void refuse(std::string_view key, std::string_view problem)
    {
        if (status_)
            status_ = fieldError(origin_, name_ + "." + std::string(key), problem);
    }

private:
    const Json *find(std::string_view key)
    {
        if (!object_)
            return nullptr;
        const auto found = object_->find(key);
        if (found == object_->end())
            refuse(key, "is missing");
        return found == object_->end() ? nullptr : &*found;
    }

    std::string name_;
    std::string_view origin_;
    const Json *object_ = nullptr;
    Status status_;
};

Status readInput(const Json &json, std::string_view origin, Recipe &recipe)
{
    constexpr std::int64_t mostFrames = std::int64_t{1} << 53;
    Fields input(json, "input", origin);
    recipe.input.hash = input.text("hash");
    const auto isHex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    if (recipe.input.hash.size() != 32 || !std::ranges::all_of(recipe.input.hash, isHex))
        input.refuse("hash", "is not 32 hexadecimal digits");
    recipe.input.format.sampleRateHz =
        static_cast<int>(input.whole("sample_rate", minSampleRateHz, maxSampleRateHz));
    recipe.input.format.channels = static_cast<int>(input.whole("channels", 1, maxChannels));
    recipe.input.frames = input.whole("frames", 1, mostFrames);
    if (!input.status())
        return input.status();
    Fields part(json, "part", origin);
    recipe.wholeFile = part.flag("whole_file");
    recipe.firstFrame = part.whole("first_frame", 0, mostFrames);
    if (recipe.wholeFile && recipe.firstFrame != 0)
        part.refuse("first_frame", "is not 0, but the whole file was rendered");
    return part.status();
}

Status readFile(const Json &json, std::string_view origin, Recipe &recipe)
{
    Fields file(json, "file", origin);
    const Result<Container> container = containerByKey(file.text("format"));
    if (!container)
        file.refuse("format", container.error().problem);
    const auto depth = sampleFormatByKey(file.text("bit_depth"));
    if (!depth)
        file.refuse("bit_depth", "is not known");
    const auto dither = ditherByKey(file.text("dither"));
    if (!dither)
        file.refuse("dither", "is not known");
    recipe.sampleRateHz =
        static_cast<int>(file.whole("sample_rate", minSampleRateHz, maxSampleRateHz));
    std::optional<double> quality;
    if (file.has("quality"))
        quality = file.number("quality");
    if (!file.status())
        return file.status();
    const int channels = recipe.monoDownmix ? 1 : recipe.input.format.channels;
    const Result<OutputFormat> format =
        resolve(*container, isLossy(*container) ? std::nullopt : depth, dither,
                {recipe.sampleRateHz, channels}, quality);
    if (!format)
        return fieldError(origin, "file", format.error().problem);
    recipe.format = *format;
    return {};
}

Status readLoudness(const Json &json, std::string_view origin, Recipe &recipe)
{
    Fields fields(json, "loudness", origin);
    const std::string goal = fields.text("goal");
    if (goal == targetKey)
        recipe.loudness = TargetLoudness{fields.number("lufs"), fields.number("true_peak_db")};
    else if (goal == matchSourceKey)
        recipe.loudness = MatchSource{fields.number("true_peak_db")};
    else if (goal != asRenderedKey)
        fields.refuse("goal", "is not known");
    if (!fields.status())
        return fields.status();
    if (const Status valid = check(recipe.loudness); !valid)
        return fieldError(origin, "loudness", valid.error().problem);
    return {};
}

Status readLibraries(const Json &json, std::string_view origin, Recipe &recipe)
{
    constexpr std::size_t mostLibraries = 16;
    constexpr std::size_t mostBytes = 64;
    const auto libraries = json.find("libraries");
    if (libraries == json.end())
        return {};
    if (!libraries->is_object() || libraries->size() > mostLibraries)
        return fieldError(origin, "libraries", "is not an object of at most 16 versions");
    for (const auto &[name, version] : libraries->items()) {
        if (!version.is_string())
            return fieldError(origin, "libraries." + printable(name), "is not text");
        recipe.libraries.push_back(
            {printable(name.substr(0, mostBytes)),
             printable(version.get_ref<const std::string &>().substr(0, mostBytes))});
    }
    return {};
}

Status readTap(const Json &json, std::string_view origin, Recipe &recipe)
{
    std::string key;
    if (Status status = readText(json, "tap", origin, key); !status)
        return status;
    const auto found = std::ranges::find(pipeline::tapTable, key, &pipeline::TapInfo::key);
    if (found == pipeline::tapTable.end())
        return fieldError(origin, "tap", "is not known");
    recipe.source = found->id;
    return {};
}

Status readSettings(const Json &json, std::string_view origin, Recipe &recipe)
{
    const auto parameters = json.find("parameters");
    if (parameters == json.end() || !parameters->is_object())
        return fieldError(origin, "parameters", "is missing or not an object");
    Preset::Unknown unknown;
    if (Status status = io::readParameters(*parameters, origin, recipe.settings, unknown); !status)
        return status;
    if (!unknown.empty())
        return fieldError(origin, unknown.front().first, "is not known here");
    return {};
}

} // namespace

std::string recipeText(const Recipe &recipe)
{
    return recipeJson(recipe).dump(-1, ' ', true, Json::error_handler_t::replace);
}

std::string recipePage(const Recipe &recipe)
{
    return recipeJson(recipe).dump(2, ' ', true, Json::error_handler_t::replace) + "\n";
}

Result<Recipe> parseRecipe(std::string_view text, std::string_view origin)
{
    if (text.size() > maxRecipeBytes)
        return fieldError(origin, "recipe", "is longer than 16 KiB, which none is");
    const Result<Json> json = parseJsonObject(text, origin);
    if (!json)
        return tl::unexpected(json.error());
    if (Status status = checkDocument(*json, recipeSchema, recipeVersion, "recipe", origin); !status)
        return tl::unexpected(status.error());
    Recipe recipe;
    if (Status status = readText(*json, "program", origin, recipe.programVersion); !status)
        return tl::unexpected(status.error());
    recipe.programVersion = printable(recipe.programVersion.substr(0, 64));
    if (Status status = readSwitch(*json, "mono_downmix", origin, recipe.monoDownmix); !status)
        return tl::unexpected(status.error());
    for (const auto read : {readInput, readFile, readLoudness, readTap, readSettings, readLibraries}) {
        if (Status status = read(*json, origin, recipe); !status)
            return tl::unexpected(status.error());
    }
    return recipe;
}

Result<std::optional<Recipe>> readRecipe(const std::filesystem::path &path)
{
    const Result<std::optional<std::string>> text = readRecipeText(path);
    if (!text)
        return tl::unexpected(text.error());
    // A comment of somebody else may be JSON too.
    if (!*text || (*text)->find(recipeSchema) == std::string::npos)
        return std::nullopt;
    Result<Recipe> recipe = parseRecipe(**text, displayName(path));
    if (!recipe)
        return tl::unexpected(recipe.error());
    return std::move(*recipe);
}

} // namespace engine::io
