// SPDX-License-Identifier: GPL-3.0-or-later
//
// A path as a file URI, so that any bytes survive in a text document, and back.
// Shape: "" stands for the empty path. Real-time: no (allocates). Errors: nothing for text that is
// no file URI of an absolute path's form. Source: RFC 8089, RFC 3986 section 2.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace engine::io {

/// What is neither a letter, a digit nor one of "/-._~" as %XX.
std::string percentEncoded(std::string_view bytes);
std::string uriFromPath(const std::filesystem::path &path);
std::optional<std::filesystem::path> pathFromUri(std::string_view uri);

} // namespace engine::io
