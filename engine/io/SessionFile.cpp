// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/SessionFile.h"

#include "engine/io/DisplayName.h"
#include "engine/io/FileUri.h"
#include "engine/io/PresetJson.h"
#include "engine/io/PresetLibrary.h"

#include <algorithm>
#include <cassert>

namespace engine::io {

namespace {

constexpr std::string_view slotKeys[] = {"a", "b"};
using Keys = std::vector<std::string_view>;
const Keys sessionFields{"schema", "version",   "ended", "sound",    "window_first_frame",
                         "tap",    "view_taps", "slots", "sounding", "window_frames",
                         "views",  "snapshots", "file"};
const Keys slotFields{"settings",          "preset_uuid",     "preset_name", "preset_file",
                      "preset_is_factory", "preset_settings", "held"};
const Keys snapshotFields{"name", "time_ms", "settings"};
/// In version 1 the only slot's fields stood at the top, beside those of the session.
const Keys version1Fields = [] {
    Keys keys = sessionFields;
    keys.insert(keys.end(), slotFields.begin(), slotFields.end());
    return keys;
}();

/// One reading after the other; the first that fails is the answer.
class Reader {
public:
    Reader(const Json &object, std::string origin) : object_(object), origin_(std::move(origin)) {}

    void text(std::string_view key, std::string &into)
    {
        take([&] { return readText(object_, key, origin_, into); });
    }
    void texts(std::string_view key, std::vector<std::string> &into)
    {
        take([&] { return readTextList(object_, key, origin_, into); });
    }
    void onOff(std::string_view key, bool &into)
    {
        take([&] { return readSwitch(object_, key, origin_, into); });
    }
    void whole(std::string_view key, std::int64_t most, std::string_view problem,
               std::int64_t &into)
    {
        take([&]() -> Status {
            const auto found = object_.find(key);
            if (found == object_.end())
                return {};
            if (!found->is_number_integer() || found->get<std::int64_t>() < 0 ||
                found->get<std::int64_t>() > most)
                return fieldError(origin_, key, problem);
            into = found->get<std::int64_t>();
            return {};
        });
    }
    void path(std::string_view key, std::filesystem::path &into)
    {
        std::string uri;
        text(key, uri);
        take([&]() -> Status {
            const auto read = pathFromUri(uri);
            if (!read)
                return fieldError(origin_, key, "is no file URI");
            into = *read;
            return {};
        });
    }
    void settings(std::string_view key, pipeline::Settings &into, Preset::Unknown &unknown)
    {
        take([&]() -> Status {
            const auto found = object_.find(key);
            if (found == object_.end() || !found->is_object())
                return fieldError(origin_, key, "is missing");
            return readParameters(*found, origin_, into, unknown);
        });
    }
    /// Anything else.
    template <typename Step>
    void take(Step step)
    {
        if (status_)
            status_ = step();
    }
    const Status &status() const { return status_; }

private:
    const Json &object_;
    std::string origin_;
    Status status_;
};

Json slotJson(const SavedSlot &slot)
{
    Json json = Json::object();
    json["settings"] = parametersToJson(slot.settings, slot.unknownParameters);
    json["preset_uuid"] = slot.preset.uuid;
    json["preset_name"] = slot.preset.name;
    json["preset_file"] = uriFromPath(slot.presetPath);
    json["preset_is_factory"] = slot.factoryPreset;
    json["preset_settings"] = parametersToJson(slot.preset.settings, slot.preset.unknownParameters);
    Json held = Json::object();
    for (const auto &[id, value] : slot.held) {
        const pipeline::ParameterInfo &info = pipeline::parameterInfo(id);
        held[std::string(info.key)] = parameterToJson(info, value);
    }
    addUnknown(slot.unknownHeld, held);
    if (!held.empty())
        json["held"] = std::move(held);
    addUnknown(slot.unknownFields, json);
    return json;
}

/// Missing: none.
Status readHeld(const Json &slot, const std::string &origin, HeldValues &into,
                Preset::Unknown &unknown)
{
    const auto held = slot.find("held");
    if (held == slot.end())
        return {};
    if (!held->is_object())
        return fieldError(origin, "held", "is not an object");
    return readEachParameter(
        *held, origin, unknown,
        [&into](const pipeline::ParameterInfo &info, double value) { into[info.id] = value; });
}

Status readSlot(const Json &json, const std::string &origin, SavedSlot &slot)
{
    Reader reader(json, origin);
    reader.settings("settings", slot.settings, slot.unknownParameters);
    reader.text("preset_uuid", slot.preset.uuid);
    reader.text("preset_name", slot.preset.name);
    reader.path("preset_file", slot.presetPath);
    reader.onOff("preset_is_factory", slot.factoryPreset);
    reader.settings("preset_settings", slot.preset.settings, slot.preset.unknownParameters);
    reader.take([&] { return readHeld(json, origin, slot.held, slot.unknownHeld); });
    return reader.status();
}

Json snapshotJson(const SavedSnapshot &snapshot)
{
    Json json = Json::object();
    json["name"] = snapshot.name;
    json["time_ms"] = snapshot.timeMs;
    json["settings"] = parametersToJson(snapshot.settings, snapshot.unknownParameters);
    addUnknown(snapshot.unknownFields, json);
    return json;
}

Status readSnapshots(const Json &session, const std::string &origin,
                     std::vector<SavedSnapshot> &into)
{
    const auto list = session.find("snapshots");
    if (list == session.end())
        return {};
    if (!list->is_array() || list->size() > mostSnapshots)
        return fieldError(origin, "snapshots", "is not a list of at most 16");
    for (const Json &json : *list) {
        const std::string place = origin + ": snapshot " + std::to_string(into.size() + 1);
        if (!json.is_object())
            return fieldError(place, "snapshots", "is not an object");
        SavedSnapshot &snapshot = into.emplace_back();
        constexpr std::int64_t year10000Ms = 253402300800000;
        Reader reader(json, place);
        reader.text("name", snapshot.name);
        reader.whole("time_ms", year10000Ms, "is no time", snapshot.timeMs);
        reader.settings("settings", snapshot.settings, snapshot.unknownParameters);
        if (!reader.status())
            return reader.status();
        keepUnknown(json, snapshotFields, snapshot.unknownFields);
    }
    return {};
}

Status readSlots(const Json &session, const std::string &origin, SavedSession &into)
{
    const auto slots = session.find("slots");
    if (slots == session.end() || !slots->is_object())
        return fieldError(origin, "slots", "is missing");
    for (std::size_t i = 0; i < slotCount; ++i) {
        const auto json = slots->find(slotKeys[i]);
        if (json == slots->end() || !json->is_object())
            return fieldError(origin, "slots", "holds no \"" + std::string(slotKeys[i]) + "\"");
        const std::string place = origin + ": slot " + (i == 0 ? "A" : "B");
        if (Status status = readSlot(*json, place, into.bothSlots[i]); !status)
            return status;
        keepUnknown(*json, slotFields, into.bothSlots[i].unknownFields);
    }
    std::string sounding(slotKeys[0]);
    if (Status status = readText(session, "sounding", origin, sounding); !status)
        return status;
    if (sounding != slotKeys[0] && sounding != slotKeys[1])
        return fieldError(origin, "sounding", "is neither \"a\" nor \"b\"");
    into.sounding = sounding == slotKeys[0] ? Slot::A : Slot::B;
    return {};
}

Status readViews(const Json &session, const std::string &origin, std::string &into)
{
    const auto views = session.find("views");
    if (views == session.end())
        return {};
    if (!views->is_object())
        return fieldError(origin, "views", "is not an object");
    into = views->dump();
    return {};
}

Json viewsJson(const std::string &views)
{
    Json json = Json::parse(views, nullptr, false);
    return json.is_object() ? json : Json::object();
}

} // namespace

std::string sessionText(const SavedSession &session)
{
    assert(session.snapshots.size() <= mostSnapshots);
    Json json;
    json["schema"] = sessionSchema;
    json["version"] = sessionVersion;
    json["ended"] = session.ended;
    if (!session.file.empty())
        json["file"] = uriFromPath(session.file);
    json["sound"] = uriFromPath(session.sound);
    json["window_first_frame"] = session.windowFirstFrame;
    json["window_frames"] = session.windowFrames;
    json["tap"] = session.tap;
    json["view_taps"] = session.viewTaps;
    Json &slots = json["slots"] = Json::object();
    for (std::size_t i = 0; i < slotCount; ++i)
        slots[std::string(slotKeys[i])] = slotJson(session.bothSlots[i]);
    json["sounding"] = slotKeys[static_cast<std::size_t>(session.sounding)];
    Json &snapshots = json["snapshots"] = Json::array();
    for (const SavedSnapshot &snapshot : session.snapshots)
        snapshots.push_back(snapshotJson(snapshot));
    json["views"] = viewsJson(session.views);
    addUnknown(session.unknownFields, json);
    return jsonText(json);
}

Result<SavedSession> parseSession(std::string_view text, std::string_view source)
{
    const std::string origin(source);
    const Result<Json> json = parseJsonObject(text, origin, "session");
    if (!json)
        return tl::unexpected(json.error());
    if (Status status = checkDocument(*json, sessionSchema, sessionVersion, "session", origin);
        !status)
        return tl::unexpected(status.error());
    constexpr std::int64_t mostFrames = std::int64_t{1} << 50;
    const bool version1 = json->at("version") == 1;
    SavedSession session;
    Reader reader(*json, origin);
    reader.onOff("ended", session.ended);
    reader.path("file", session.file);
    reader.path("sound", session.sound);
    reader.whole("window_first_frame", mostFrames, "is no number of frames",
                 session.windowFirstFrame);
    reader.whole("window_frames", mostFrames, "is no number of frames", session.windowFrames);
    reader.text("tap", session.tap);
    if (version1) {
        reader.take([&] { return readSlot(*json, origin, session.slot(Slot::A)); });
        session.slot(Slot::B) = session.slot(Slot::A);
    } else {
        reader.texts("view_taps", session.viewTaps);
        reader.take([&] { return readSlots(*json, origin, session); });
        reader.take([&] { return readSnapshots(*json, origin, session.snapshots); });
        reader.take([&] { return readViews(*json, origin, session.views); });
    }
    if (!reader.status())
        return tl::unexpected(reader.status().error());
    keepUnknown(*json, version1 ? version1Fields : sessionFields, session.unknownFields);
    return session;
}

Result<SavedSession> loadSessionFile(const std::filesystem::path &path)
{
    const Result<std::string> text = readSmallFile(path);
    if (!text)
        return tl::unexpected(text.error());
    return parseSession(*text, displayName(path));
}

void addSnapshot(std::vector<SavedSnapshot> &snapshots, SavedSnapshot snapshot)
{
    snapshots.push_back(std::move(snapshot));
    if (snapshots.size() > mostSnapshots)
        snapshots.erase(snapshots.begin());
}

} // namespace engine::io
