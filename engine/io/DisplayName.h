// SPDX-License-Identifier: GPL-3.0-or-later
//
// A file's name as it may appear in a message: one line of valid, printable UTF-8.
// Shape: the last component of the path; whatever could break a line, a terminal or the reading
// direction (control characters, bidi marks, invalid bytes) becomes '?'. Names are arbitrary
// bytes, so the result is for reading only, never for opening.
// Real-time: no (allocates). Errors: none. Source: Unicode 15, section 3.9 table 3-7 (well-formed
// UTF-8), UAX #9 section 2 (directional formatting characters).
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace engine::io {

std::string displayName(const std::filesystem::path &path);

/// The same for any text that came from a file, such as a preset's name.
std::string printable(std::string_view raw);

/// The display name in typographic quotation marks.
std::string quotedName(const std::filesystem::path &path);

/// The same with the folders, as they were given: where files of one name have to be told apart.
std::string quotedPath(const std::filesystem::path &path);

} // namespace engine::io
