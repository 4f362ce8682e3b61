// SPDX-License-Identifier: GPL-3.0-or-later
//
// JSON from a file that may hold anything: parsed with a limit on size and depth, without duplicate
// keys, and read field by field with errors that name the field. Real-time: no.
// Errors: ErrorCode::BadData, beginning with the file's name.
#pragma once

#include "engine/base/Result.h"
#include "engine/io/Preset.h"
#include "engine/pipeline/ParameterTable.h"

#include <functional>
#include <nlohmann/json.hpp>
#include <span>

namespace engine::io {

using Json = nlohmann::ordered_json;

/// The document, which must be one object. `what` it is goes into the messages: "preset".
Result<Json> parseJsonObject(std::string_view text, std::string_view origin,
                             std::string_view what = "preset");

/// What a document must say of itself: its schema, and a version from 1 to the one that is known.
/// A newer version is refused in words that say so, and with Error::newerFormat.
Status checkDocument(const Json &json, std::string_view schema, int knownVersion,
                     std::string_view what, std::string_view origin);

/// An error about one field: “x.qdpreset”: smear: 7 is outside 0…1.
tl::unexpected<Error> fieldError(std::string_view origin, std::string_view field,
                                 std::string_view problem);

/// Leaves `into` alone where the field is missing.
Status readText(const Json &object, std::string_view key, std::string_view origin,
                std::string &into);
Status readTextList(const Json &object, std::string_view key, std::string_view origin,
                    std::vector<std::string> &into);
Status readSwitch(const Json &object, std::string_view key, std::string_view origin, bool &into);

/// A parameter's value from JSON: numbers, true/false, or the texts that its row knows.
Result<double> parameterFromJson(const pipeline::ParameterInfo &info, const Json &value,
                                 std::string_view origin);
Json parameterToJson(const pipeline::ParameterInfo &info, double value);

/// All parameters, and those that this version does not know as they came.
Json parametersToJson(const pipeline::Settings &settings, const Preset::Unknown &unknown);
/// Each parameter that is there; what is unknown is appended.
Status readEachParameter(
    const Json &parameters, std::string_view origin, Preset::Unknown &unknown,
    const std::function<void(const pipeline::ParameterInfo &info, double value)> &take);
/// Leaves alone what is missing; what is unknown is appended.
Status readParameters(const Json &parameters, std::string_view origin, pipeline::Settings &settings,
                      Preset::Unknown &unknown);
/// Appends the fields whose keys are not among the known.
void keepUnknown(const Json &object, std::span<const std::string_view> known,
                 Preset::Unknown &into);
/// Puts them back.
void addUnknown(const Preset::Unknown &unknown, Json &object);
/// Indented, valid UTF-8 whatever the texts hold, with a line feed at the end.
std::string jsonText(const Json &json);

} // namespace engine::io
