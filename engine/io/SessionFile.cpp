// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/SessionFile.h"

#include "engine/io/PresetJson.h"

#include <algorithm>
#include <charconv>

namespace engine::io {

namespace {

constexpr std::string_view fileScheme = "file://";

std::string uriFromPath(const std::filesystem::path &path)
{
    if (path.empty())
        return {};
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string uri(fileScheme);
    for (const char c : path.string()) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
                           (byte >= 'a' && byte <= 'z') ||
                           std::string_view("/-._~").find(c) != std::string_view::npos;
        if (plain)
            uri += c;
        else
            uri.append({'%', digits[byte >> 4U], digits[byte & 15U]});
    }
    return uri;
}

std::optional<std::filesystem::path> pathFromUri(std::string_view uri)
{
    if (uri.empty())
        return std::filesystem::path();
    if (!uri.starts_with(fileScheme))
        return std::nullopt;
    uri.remove_prefix(fileScheme.size());
    std::string path;
    for (std::size_t i = 0; i < uri.size(); ++i) {
        if (uri[i] != '%') {
            path += uri[i];
            continue;
        }
        unsigned byte = 0;
        const char *first = uri.data() + i + 1;
        if (i + 2 >= uri.size() || std::from_chars(first, first + 2, byte, 16).ptr != first + 2 ||
            byte == 0)
            return std::nullopt;
        path += static_cast<char>(byte);
        i += 2;
    }
    return path;
}

Json settingsJson(const pipeline::Settings &settings)
{
    Json json = Json::object();
    for (const pipeline::ParameterInfo &info : pipeline::parameterTable())
        json[std::string(info.key)] = parameterToJson(info, info.read(settings));
    return json;
}

Status readSettings(const Json &object, std::string_view key, std::string_view origin,
                    pipeline::Settings &into)
{
    const auto found = object.find(key);
    if (found == object.end() || !found->is_object())
        return fieldError(origin, key, "is missing");
    for (const auto &[name, value] : found->items()) {
        const pipeline::ParameterInfo *info = pipeline::findParameterByKey(name);
        if (!info)
            continue; // of a later version
        const Result<double> number = parameterFromJson(*info, value, origin);
        if (!number)
            return tl::unexpected(number.error());
        info->write(into, *number);
    }
    return {};
}

Status readFrames(const Json &object, std::string_view key, std::string_view origin,
                  std::int64_t &into)
{
    const auto found = object.find(key);
    if (found == object.end())
        return {};
    constexpr std::int64_t most = std::int64_t{1} << 50;
    if (!found->is_number_integer() || found->get<std::int64_t>() < 0 ||
        found->get<std::int64_t>() > most)
        return fieldError(origin, key, "is no number of frames");
    into = found->get<std::int64_t>();
    return {};
}

Status readPath(const Json &object, std::string_view key, std::string_view origin,
                std::filesystem::path &into)
{
    std::string uri;
    if (Status status = readText(object, key, origin, uri); !status)
        return status;
    const auto path = pathFromUri(uri);
    if (!path)
        return fieldError(origin, key, "is no file URI");
    into = *path;
    return {};
}

Status checkHeader(const Json &json, std::string_view origin)
{
    std::string schema;
    if (Status status = readText(json, "schema", origin, schema); !status)
        return status;
    if (schema != sessionSchema)
        return fieldError(origin, "schema", "is not that of a session");
    const auto version = json.find("version");
    if (version == json.end() || !version->is_number_integer())
        return fieldError(origin, "version", "is missing");
    if (version->get<std::int64_t>() > sessionVersion)
        return fieldError(origin, "version", "is newer than this program; update it to open this");
    return {};
}

} // namespace

std::string sessionText(const SavedSession &session)
{
    Json json;
    json["schema"] = std::string(sessionSchema);
    json["version"] = sessionVersion;
    json["ended"] = session.ended;
    json["sound"] = uriFromPath(session.sound);
    json["window_first_frame"] = session.windowFirstFrame;
    json["window_frames"] = session.windowFrames;
    json["tap"] = session.tap;
    json["settings"] = settingsJson(session.settings);
    json["preset_name"] = session.preset.name;
    json["preset_file"] = uriFromPath(session.presetPath);
    json["preset_is_factory"] = session.factoryPreset;
    json["preset_settings"] = settingsJson(session.preset.settings);
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

Result<SavedSession> parseSession(std::string_view text, std::string_view origin)
{
    const Result<Json> json = parseJsonObject(text, origin);
    if (!json)
        return tl::unexpected(json.error());
    SavedSession session;
    const Status all =
        checkHeader(*json, origin)
            .and_then([&] { return readSwitch(*json, "ended", origin, session.ended); })
            .and_then([&] { return readPath(*json, "sound", origin, session.sound); })
            .and_then([&] {
                return readFrames(*json, "window_first_frame", origin, session.windowFirstFrame);
            })
            .and_then(
                [&] { return readFrames(*json, "window_frames", origin, session.windowFrames); })
            .and_then([&] { return readText(*json, "tap", origin, session.tap); })
            .and_then([&] { return readSettings(*json, "settings", origin, session.settings); })
            .and_then([&] { return readText(*json, "preset_name", origin, session.preset.name); })
            .and_then([&] { return readPath(*json, "preset_file", origin, session.presetPath); })
            .and_then([&] {
                return readSwitch(*json, "preset_is_factory", origin, session.factoryPreset);
            })
            .and_then([&] {
                return readSettings(*json, "preset_settings", origin, session.preset.settings);
            });
    if (!all)
        return tl::unexpected(all.error());
    return session;
}

} // namespace engine::io
