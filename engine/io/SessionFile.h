// SPDX-License-Identifier: GPL-3.0-or-later
//
// A session as one UTF-8 JSON document: which sound, which window of it, what slots A and B hold
// and which of them sounds, the taps, the views as the program keeps them, and the snapshots.
// Settings are written as in a preset, so what presets accept, sessions accept.
// Shape: text in, value out, and back; a file of version 1 (one slot) opens with both slots alike.
// What this version does not know is kept and written back. Units: frames of the sound.
// Real-time: no. Errors: ErrorCode::BadData naming the field; nothing is loaded. A newer version
// is an error that says so. Source: the sound's place is a file URI (RFC 8089).
#pragma once

#include "engine/io/Preset.h"
#include "engine/pipeline/ParameterTable.h"

#include <array>
#include <filesystem>
#include <map>

namespace engine::io {

inline constexpr std::string_view sessionSchema = "quantum-distortion/session";
inline constexpr int sessionVersion = 2;
inline constexpr std::string_view sessionEnding = ".qdsession";
inline constexpr std::size_t mostSnapshots = 16;

enum class Slot : std::uint8_t { A, B };
inline constexpr std::size_t slotCount = 2;

/// Values that locks kept when a preset was taken, in place of the preset's own.
using HeldValues = std::map<pipeline::ParameterId, double>;

/// One complete sound: the settings as they are, and the preset that they began as.
struct SavedSlot {
    pipeline::Settings settings;
    Preset preset;                    ///< uuid, name and settings count
    std::filesystem::path presetPath; ///< empty: no file
    bool factoryPreset = true;
    HeldValues held; ///< not the preset's: it was taken under locks
    Preset::Unknown unknownHeld;
    Preset::Unknown unknownParameters; ///< of `settings`
    Preset::Unknown unknownFields;
    bool operator==(const SavedSlot &) const = default;
};

struct SavedSnapshot {
    std::string name;
    std::int64_t timeMs = 0; ///< when it was taken, since 1970, UTC
    pipeline::Settings settings;
    Preset::Unknown unknownParameters;
    Preset::Unknown unknownFields;
    bool operator==(const SavedSnapshot &) const = default;
};

struct SavedSession {
    std::filesystem::path sound; ///< empty: none was open
    std::int64_t windowFirstFrame = 0;
    std::int64_t windowFrames = 0;
    std::string tap;                            ///< key of the tap that was heard
    std::vector<std::string> viewTaps;          ///< keys of the taps that the panes show
    std::array<SavedSlot, slotCount> bothSlots; ///< A, B ("slots" is a word of Qt)
    Slot sounding = Slot::A;
    std::vector<SavedSnapshot> snapshots; ///< oldest first, at most mostSnapshots
    std::string views = "{}";             ///< a JSON object of the program's own
    bool ended = false; ///< written at the end of a program that closed as it should
    /// Where the person saved it; only what is kept for a crash says so, for files get moved.
    std::filesystem::path file;
    Preset::Unknown unknownFields;
    bool operator==(const SavedSession &) const = default;

    SavedSlot &slot(Slot which) { return bothSlots[static_cast<std::size_t>(which)]; }
    const SavedSlot &slot(Slot which) const { return bothSlots[static_cast<std::size_t>(which)]; }
};

/// Requires: at most mostSnapshots. `views` that are no JSON object are written as {}.
std::string sessionText(const SavedSession &session);
Result<SavedSession> parseSession(std::string_view json, std::string_view origin);
/// Whatever is under the name: what is no small regular file is an error, and nothing waits for it.
Result<SavedSession> loadSessionFile(const std::filesystem::path &path);

/// Puts it last; the oldest goes where there are too many.
void addSnapshot(std::vector<SavedSnapshot> &snapshots, SavedSnapshot snapshot);

} // namespace engine::io
