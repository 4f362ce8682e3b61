// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/Preset.h"

#include "engine/io/PresetJson.h"

#include <array>
#include <random>

namespace engine::io {

namespace {

constexpr std::array<std::string_view, 11> presetFields{
    "schema",    "version",  "uuid", "name",     "description",
    "author",    "category", "tags", "material", "prototype_compatible",
    "parameters"};

Status readPresetParameters(const Json &parameters, std::string_view origin, Preset &preset)
{
    if (Status status =
            readParameters(parameters, origin, preset.settings, preset.unknownParameters);
        !status)
        return status;
    // What a flag implies, a preset written by hand implies too, unless it says otherwise itself.
    const auto has = [&parameters](std::string_view key) { return parameters.contains(key); };
    pipeline::Settings &settings = preset.settings;
    if (has("mask") && !has("scale"))
        settings.preQuant.classic.scale.kind = dsp::ScaleKind::Custom;
    if (has("post_mask") && !has("post_scale"))
        settings.postQuant.classic.scale.kind = dsp::ScaleKind::Custom;
    for (const pipeline::ParameterInfo &info : pipeline::parameterTable()) {
        if (info.unlinksPost() && has(info.key) && !has("post_link"))
            settings.postLink = false;
    }
    return {};
}

/// One preset of the prototype: flat keys and a nested "distortion_params".
Result<Preset> importOne(const std::string &name, const Json &json, std::string_view origin)
{
    const std::string place = std::string(origin) + ": " + name;
    if (!json.is_object() || name.empty())
        return fieldError(origin, name.empty() ? "a preset without a name" : name,
                          "is not a preset");
    Preset preset;
    preset.uuid = newUuid();
    preset.name = name;
    preset.prototypeCompatible = true;
    if (Status status = readText(json, "description", place, preset.description); !status)
        return tl::unexpected(status.error());
    Json flat = Json::object();
    for (const auto &[key, value] : json.items()) {
        if ((key == "distortion_params" || key == "params") && value.is_object())
            flat.update(value);
        else if (key != "description" && key != "name")
            flat[key] = value;
    }
    if (Status status = readPresetParameters(flat, place, preset); !status)
        return tl::unexpected(status.error());
    return preset;
}

} // namespace

Result<Preset> parsePreset(std::string_view text, std::string_view origin)
{
    const Result<Json> json = parseJsonObject(text, origin);
    if (!json)
        return tl::unexpected(json.error());
    if (Status status = checkDocument(*json, presetSchema, presetVersion, "preset", origin);
        !status)
        return tl::unexpected(status.error());

    Preset preset;
    const std::pair<std::string_view, std::string *> texts[] = {
        {"uuid", &preset.uuid},
        {"name", &preset.name},
        {"description", &preset.description},
        {"author", &preset.author},
        {"category", &preset.category},
    };
    for (const auto &[key, into] : texts) {
        if (Status status = readText(*json, key, origin, *into); !status)
            return tl::unexpected(status.error());
    }
    if (preset.name.empty())
        return fieldError(origin, "name", "is missing");
    const std::pair<std::string_view, std::vector<std::string> *> lists[] = {
        {"tags", &preset.tags},
        {"material", &preset.material},
    };
    for (const auto &[key, into] : lists) {
        if (Status status = readTextList(*json, key, origin, *into); !status)
            return tl::unexpected(status.error());
    }
    if (Status status =
            readSwitch(*json, "prototype_compatible", origin, preset.prototypeCompatible);
        !status)
        return tl::unexpected(status.error());
    if (const auto parameters = json->find("parameters"); parameters != json->end()) {
        if (!parameters->is_object())
            return fieldError(origin, "parameters", "is not an object");
        if (Status status = readPresetParameters(*parameters, origin, preset); !status)
            return tl::unexpected(status.error());
    }
    keepUnknown(*json, presetFields, preset.unknownFields);
    return preset;
}

std::string presetText(const Preset &preset)
{
    Json json;
    json["schema"] = presetSchema;
    json["version"] = presetVersion;
    json["uuid"] = preset.uuid;
    json["name"] = preset.name;
    json["description"] = preset.description;
    json["author"] = preset.author;
    json["category"] = preset.category;
    json["tags"] = preset.tags;
    if (!preset.material.empty())
        json["material"] = preset.material;
    json["prototype_compatible"] = preset.prototypeCompatible;
    json["parameters"] = parametersToJson(preset.settings, preset.unknownParameters);
    addUnknown(preset.unknownFields, json);
    return jsonText(json);
}

Result<std::vector<Preset>> importPrototypePresets(std::string_view text, std::string_view origin)
{
    const Result<Json> json = parseJsonObject(text, origin);
    if (!json)
        return tl::unexpected(json.error());
    std::vector<Preset> presets;
    for (const auto &[name, value] : json->items()) {
        Result<Preset> preset = importOne(name, value, origin);
        if (!preset)
            return tl::unexpected(preset.error());
        presets.push_back(std::move(*preset));
    }
    if (presets.empty())
        return fieldError(origin, "presets", "there are none in the file");
    return presets;
}

std::string newUuid()
{
    std::random_device random;
    std::array<unsigned char, 16> bytes{};
    for (std::size_t i = 0; i < bytes.size(); i += 4) {
        const unsigned value = random();
        for (std::size_t j = 0; j < 4; ++j)
            bytes[i + j] = static_cast<unsigned char>(value >> (8 * j));
    }
    bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0F) | 0x40); // version 4
    bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3F) | 0x80); // variant of RFC 9562
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            text += '-';
        text += digits[bytes[i] >> 4];
        text += digits[bytes[i] & 0x0F];
    }
    return text;
}

} // namespace engine::io
