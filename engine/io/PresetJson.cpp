// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/PresetJson.h"

#include "engine/io/DisplayName.h"
#include "engine/pipeline/ParameterText.h"

#include <algorithm>
#include <set>
#include <stdexcept>

namespace engine::io {

namespace {

constexpr int maxDepth = 32;

/// Thrown out of the parser, caught where it was called.
struct RefusedJson : std::runtime_error {
    using std::runtime_error::runtime_error;
};

std::string quoted(std::string_view origin)
{
    return "“" + std::string(origin) + "”";
}

std::string_view typeName(const Json &value)
{
    return value.is_number()    ? "a number"
           : value.is_boolean() ? "true or false"
                                : value.type_name();
}

} // namespace

tl::unexpected<Error> fieldError(std::string_view origin, std::string_view field,
                                 std::string_view problem)
{
    return fail(ErrorCode::BadData,
                quoted(origin) + ": " + printable(field) + ": " + printable(problem),
                "Nothing was loaded from it", "Correct the value or use another file");
}

Result<Json> parseJsonObject(std::string_view text, std::string_view origin, std::string_view what)
{
    const auto refuse = [&](std::string_view problem, std::string details = {}) {
        return fail(ErrorCode::BadData, quoted(origin) + " " + std::string(problem),
                    "Nothing was loaded from it", "Use another " + std::string(what) + " file",
                    std::move(details));
    };
    if (text.size() > maxPresetBytes)
        return refuse("is larger than 1 MiB, which no " + std::string(what) + " is");
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos)
        return refuse("is empty");

    if (text.find('\0') != std::string_view::npos)
        return refuse("is damaged: it is not valid JSON (it holds zero bytes)");

    std::vector<std::set<std::string>> keys;
    const auto check = [&keys](int depth, Json::parse_event_t event, Json &parsed) {
        if (depth > maxDepth)
            throw RefusedJson("is nested too deeply");
        if (event == Json::parse_event_t::object_start)
            keys.emplace_back();
        else if (event == Json::parse_event_t::object_end)
            keys.pop_back();
        else if (event == Json::parse_event_t::key &&
                 !keys.back().insert(parsed.get<std::string>()).second)
            throw RefusedJson("has the key \"" + printable(parsed.get<std::string>()) + "\" twice");
        return true;
    };
    try {
        Json json = Json::parse(text, check);
        if (!json.is_object())
            return refuse("does not hold a " + std::string(what) + " (it is no JSON object)");
        return json;
    } catch (const RefusedJson &refused) {
        return refuse(refused.what());
    } catch (const Json::exception &broken) {
        return refuse("is damaged: it is not valid JSON", broken.what());
    }
}

Status checkDocument(const Json &json, std::string_view schema, int knownVersion,
                     std::string_view what, std::string_view origin)
{
    std::string found;
    if (Status status = readText(json, "schema", origin, found); !status)
        return status;
    if (found != schema)
        return fieldError(origin, "schema",
                          "this is not a Quantum Distortion " + std::string(what));
    const auto version = json.find("version");
    if (version == json.end() || !version->is_number_unsigned() || *version == 0U)
        return fieldError(origin, "version", "is missing or not a whole number from 1 on");
    if (version->get<std::uint64_t>() > static_cast<std::uint64_t>(knownVersion)) {
        auto refused = fail(ErrorCode::BadData,
                            quoted(origin) + " was saved by a newer Quantum Distortion (" +
                                std::string(what) + " version " + version->dump() + ")",
                            "Nothing was loaded from it", "Update the program to use it");
        refused.value().newerFormat = true;
        return refused;
    }
    return {};
}

Status readText(const Json &object, std::string_view key, std::string_view origin,
                std::string &into)
{
    const auto found = object.find(key);
    if (found == object.end())
        return {};
    if (!found->is_string())
        return fieldError(origin, key, "is " + std::string(typeName(*found)) + ", not text");
    into = found->get<std::string>();
    return {};
}

Status readTextList(const Json &object, std::string_view key, std::string_view origin,
                    std::vector<std::string> &into)
{
    const auto found = object.find(key);
    if (found == object.end())
        return {};
    if (!found->is_array())
        return fieldError(origin, key, "is not a list");
    for (const Json &text : *found) {
        if (!text.is_string())
            return fieldError(origin, key, "holds something that is not text");
        into.push_back(text.get<std::string>());
    }
    return {};
}

Status readSwitch(const Json &object, std::string_view key, std::string_view origin, bool &into)
{
    const auto found = object.find(key);
    if (found == object.end())
        return {};
    if (!found->is_boolean())
        return fieldError(origin, key,
                          "is " + std::string(typeName(*found)) + ", not true or false");
    into = found->get<bool>();
    return {};
}

Result<double> parameterFromJson(const pipeline::ParameterInfo &parameter, const Json &value,
                                 std::string_view origin)
{
    using pipeline::ParameterKind;
    const auto wrongType = [&](std::string_view wanted) {
        return fieldError(origin, parameter.key,
                          "is " + std::string(typeName(value)) + ", not " + std::string(wanted));
    };
    Result<double> result = 0.0;
    if (parameter.kind == ParameterKind::Number) {
        if (!value.is_number())
            return wrongType("a number");
        result = value.get<double>();
        if (Status status = pipeline::checkParameter(parameter, *result); !status)
            return fieldError(origin, parameter.key, status.error().problem);
    } else if (parameter.kind == ParameterKind::Switch) {
        if (!value.is_boolean())
            return wrongType("true or false");
        result = value.get<bool>() ? 1.0 : 0.0;
    } else {
        // Choices that are numbers, such as oversampling factors, may stand as numbers.
        const bool asNumber = parameter.kind == ParameterKind::Choice && value.is_number_integer();
        if (!value.is_string() && !asNumber)
            return wrongType("text");
        result = pipeline::parseParameter(parameter, asNumber ? value.dump() : value.get<std::string>());
        if (!result)
            return fieldError(origin, parameter.key, result.error().problem);
    }
    return result;
}

Json parameterToJson(const pipeline::ParameterInfo &parameter, double value)
{
    if (parameter.kind == pipeline::ParameterKind::Number)
        return value;
    if (parameter.kind == pipeline::ParameterKind::Switch)
        return value != 0.0;
    return pipeline::parameterText(parameter, value);
}

Json parametersToJson(const pipeline::Settings &settings, const Preset::Unknown &unknown)
{
    Json json = Json::object();
    for (const pipeline::ParameterInfo &parameter : pipeline::parameterTable())
        json[std::string(parameter.key)] = parameterToJson(parameter, parameter.read(settings));
    addUnknown(unknown, json);
    return json;
}

Status readEachParameter(
    const Json &parameters, std::string_view origin, Preset::Unknown &unknown,
    const std::function<void(const pipeline::ParameterInfo &parameter, double value)> &take)
{
    for (const auto &[key, value] : parameters.items()) {
        const pipeline::ParameterInfo *parameter = pipeline::findParameterByKey(key);
        if (!parameter) {
            unknown.emplace_back(key, value.dump());
            continue;
        }
        const Result<double> number = parameterFromJson(*parameter, value, origin);
        if (!number)
            return tl::unexpected(number.error());
        take(*parameter, *number);
    }
    return {};
}

Status readParameters(const Json &parameters, std::string_view origin, pipeline::Settings &settings,
                      Preset::Unknown &unknown)
{
    return readEachParameter(parameters, origin, unknown,
                             [&settings](const pipeline::ParameterInfo &parameter, double value) {
                                 parameter.write(settings, value);
                             });
}

void keepUnknown(const Json &object, std::span<const std::string_view> known, Preset::Unknown &into)
{
    for (const auto &[key, value] : object.items()) {
        if (std::ranges::find(known, key) == known.end())
            into.emplace_back(key, value.dump());
    }
}

void addUnknown(const Preset::Unknown &unknown, Json &object)
{
    for (const auto &[key, value] : unknown)
        object[key] = Json::parse(value);
}

std::string jsonText(const Json &json)
{
    // Names come from people: what is no UTF-8 is replaced rather than thrown.
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace engine::io
