// SPDX-License-Identifier: GPL-3.0-or-later
//
// File names out of a template, whatever the template and the names in it hold: one component that
// any file system takes, at most longestStem bytes before the ending.
// Shape: UTF-8 text. Real-time: no. Errors: ErrorCode::Usage, naming what is wrong in the template.
#pragma once

#include "engine/base/Result.h"

#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace engine::render {

inline constexpr std::size_t longestStem = 180;

using NameField = std::pair<std::string_view, std::string>; ///< "source", its text
/// Puts the fields in; "{" and "}" have no other meaning.
Result<std::string> fillTemplate(std::string_view nameTemplate, std::span<const NameField> fields);

/// At most `bytes` of printable text: its beginning and its end with "…" between them.
/// Requires: bytes >= 16.
std::string withoutMiddle(std::string_view name, std::size_t bytes);

/// Without what file systems refuse or a terminal would act on; never empty, never hidden.
std::string safeStem(std::string_view name);

} // namespace engine::render
