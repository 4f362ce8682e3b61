// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/DisplayName.h"

#include <cstddef>
#include <string_view>

namespace engine::io {
namespace {

struct CodePoint {
    char32_t value = 0;
    std::size_t bytes = 0; ///< 0: not well-formed
};

CodePoint decode(std::string_view text)
{
    const auto byteAt = [text](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
    };
    const unsigned lead = byteAt(0);
    if (lead < 0x80)
        return {lead, 1};
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4)
        return {};
    char32_t value = lead & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byteAt(i) & 0xC0U) != 0x80)
            return {};
        value = (value << 6U) | (byteAt(i) & 0x3FU);
    }
    const bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
    const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
    if (overlong || surrogate || value > 0x10FFFF)
        return {};
    return {value, length};
}

bool isPrintable(char32_t c)
{
    const auto within = [c](char32_t first, char32_t last) { return c >= first && c <= last; };
    const bool control = c < 0x20 || within(0x7F, 0x9F);
    const bool bidi =
        c == 0x061C || within(0x200E, 0x200F) || within(0x202A, 0x202E) || within(0x2066, 0x2069);
    const bool lineBreak = within(0x2028, 0x2029);
    const bool noCharacter = (c & 0xFFFEU) == 0xFFFE || within(0xFDD0, 0xFDEF) || c == 0xFEFF ||
                             within(0xFFF9, 0xFFFB) || within(0xE0000, 0xE007F);
    return !control && !bidi && !lineBreak && !noCharacter;
}

} // namespace

std::string displayName(const std::filesystem::path &path)
{
    std::string_view raw = path.native();
    while (raw.size() > 1 && raw.back() == '/')
        raw.remove_suffix(1);
    if (raw.size() > 1)
        raw.remove_prefix(raw.rfind('/') + 1); // npos + 1 is 0: no folder, nothing to remove
    return printable(raw);
}

std::string printable(std::string_view raw)
{
    std::string shown;
    while (!raw.empty()) {
        const CodePoint c = decode(raw);
        const std::size_t bytes = c.bytes == 0 ? 1 : c.bytes;
        if (c.bytes != 0 && isPrintable(c.value))
            shown += raw.substr(0, bytes);
        else
            shown += '?';
        raw.remove_prefix(bytes);
    }
    return shown;
}

std::string quotedName(const std::filesystem::path &path)
{
    return "“" + displayName(path) + "”";
}

std::string quotedPath(const std::filesystem::path &path)
{
    return "“" + printable(path.native()) + "”";
}

} // namespace engine::io
