// SPDX-License-Identifier: GPL-3.0-or-later
//
// A session as one UTF-8 JSON document: which sound, which window of it, the settings as they are
// and the preset that they came from. Settings are written as in a preset, so what presets accept,
// sessions accept.
// Shape: text in, value out, and back. Units: frames of the sound. Real-time: no.
// Errors: ErrorCode::BadData naming the field; nothing is loaded. A newer version is an error that
// says so. Source: the sound's place is a file URI (RFC 8089), so that any bytes survive.
#pragma once

#include "engine/io/Preset.h"

#include <filesystem>

namespace engine::io {

inline constexpr std::string_view sessionSchema = "quantum-distortion/session";
inline constexpr int sessionVersion = 1;

struct SavedSession {
    std::filesystem::path sound; ///< empty: none was open
    std::int64_t windowFirstFrame = 0;
    std::int64_t windowFrames = 0;
    std::string tap;                  ///< key of the tap that was heard
    pipeline::Settings settings;      ///< as they are
    Preset preset;                    ///< as it was chosen
    std::filesystem::path presetPath; ///< empty: no file
    bool factoryPreset = true;
    bool ended = false; ///< written at the end of a program that closed as it should
};

std::string sessionText(const SavedSession &session);
Result<SavedSession> parseSession(std::string_view json, std::string_view origin);

} // namespace engine::io
