// SPDX-License-Identifier: GPL-3.0-or-later
//
// JSON from a file that may hold anything: parsed with a limit on size and depth, without duplicate
// keys, and read field by field with errors that name the field. Real-time: no.
// Errors: ErrorCode::BadData, beginning with the file's name.
#pragma once

#include "engine/base/Result.h"
#include "engine/pipeline/ParameterTable.h"

#include <nlohmann/json.hpp>

namespace engine::io {

using Json = nlohmann::ordered_json;

/// The document, which must be one object.
Result<Json> parseJsonObject(std::string_view text, std::string_view origin);

/// An error about one field: “x.qdpreset”: smear: 7 is outside 0…1.
tl::unexpected<Error> fieldError(std::string_view origin, std::string_view field,
                                 std::string_view problem);

/// Leaves `into` alone where the field is missing.
Status readText(const Json &object, std::string_view key, std::string_view origin,
                std::string &into);
Status readSwitch(const Json &object, std::string_view key, std::string_view origin, bool &into);

/// A parameter's value from JSON: numbers, true/false, or the texts that its row knows.
Result<double> parameterFromJson(const pipeline::ParameterInfo &info, const Json &value,
                                 std::string_view origin);
Json parameterToJson(const pipeline::ParameterInfo &info, double value);

/// Key and JSON text of what this version does not know.
using UnknownParameters = std::vector<std::pair<std::string, std::string>>;
/// An object with one field for every parameter, in the order of their table, and back.
Json settingsToJson(const pipeline::Settings &settings);
Status settingsFromJson(const Json &parameters, std::string_view origin,
                        pipeline::Settings &settings, UnknownParameters &unknown);

/// The fields "schema" and "version": this kind of document, not newer than `version`.
Status checkHeader(const Json &json, std::string_view origin, std::string_view schema, int version);

} // namespace engine::io
