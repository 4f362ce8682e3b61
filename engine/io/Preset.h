// SPDX-License-Identifier: GPL-3.0-or-later
//
// A named sound: Settings and what describes them, as one UTF-8 JSON document (presets/README.md is
// the format). A parameter that is missing has its default; a field that is unknown is kept and
// written back; a wrong type, a value outside its range, a duplicate key, a newer version or more
// than maxPresetBytes is an error that names the field, and nothing is loaded.
// Shape: text in, value out, and back. Units: as in the parameter table. Real-time: no.
// Errors: ErrorCode::BadData. `origin` in the messages is the file's display name.
#pragma once

#include "engine/base/Result.h"
#include "engine/pipeline/Settings.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace engine::io {

inline constexpr std::size_t maxPresetBytes = 1 << 20;
inline constexpr std::string_view presetSchema = "quantum-distortion/preset";
inline constexpr int presetVersion = 1;
inline constexpr std::string_view presetEnding = ".qdpreset";

struct Preset {
    std::string uuid;
    std::string name;
    std::string description;
    std::string author;
    std::string category;
    std::vector<std::string> tags;
    /// The demo sounds it is made for, by file name without ending; empty: any.
    std::vector<std::string> material;
    /// Sounds as in the earlier prototype: its own stages only, and a mono downmix.
    bool prototypeCompatible = false;
    pipeline::Settings settings;

    /// Key and JSON text of what this version does not know.
    using Unknown = std::vector<std::pair<std::string, std::string>>;
    Unknown unknownFields;
    Unknown unknownParameters;
    bool operator==(const Preset &) const = default;
};

Result<Preset> parsePreset(std::string_view json, std::string_view origin);
std::string presetText(const Preset &preset);

/// The prototype's file: one dictionary, name → preset.
Result<std::vector<Preset>> importPrototypePresets(std::string_view json, std::string_view origin);

/// Random, version 4 (RFC 9562).
std::string newUuid();

} // namespace engine::io
