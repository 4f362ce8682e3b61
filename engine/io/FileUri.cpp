// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/FileUri.h"

#include <charconv>

namespace engine::io {

namespace {

constexpr std::string_view fileScheme = "file://";

} // namespace

std::string percentEncoded(std::string_view bytes)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string text;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
                           (byte >= 'a' && byte <= 'z') ||
                           std::string_view("/-._~").find(c) != std::string_view::npos;
        if (plain)
            text += c;
        else
            text.append({'%', digits[byte >> 4U], digits[byte & 15U]});
    }
    return text;
}

std::string uriFromPath(const std::filesystem::path &path)
{
    return path.empty() ? std::string() : std::string(fileScheme) + percentEncoded(path.string());
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

} // namespace engine::io
