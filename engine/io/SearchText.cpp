// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/io/SearchText.h"

#include "engine/io/SearchTextTable.h"

#include <algorithm>
#include <ranges>

namespace engine::io {

namespace {

/// The code point at the start of `text` and its length in bytes; length 0 for invalid UTF-8.
struct Decoded {
    char32_t point = 0;
    std::size_t bytes = 0;
};

Decoded decodeCodePoint(std::string_view text)
{
    const auto first = static_cast<unsigned char>(text.front());
    const std::size_t bytes = first < 0x80   ? 1
                              : first < 0xC2 ? 0
                              : first < 0xE0 ? 2
                              : first < 0xF0 ? 3
                              : first < 0xF5 ? 4
                                             : 0;
    if (bytes == 0 || bytes > text.size())
        return {};
    if (bytes == 1)
        return {first, 1};
    char32_t point = first & (0x7FU >> bytes);
    for (std::size_t i = 1; i < bytes; ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if ((byte & 0xC0U) != 0x80)
            return {};
        point = point << 6U | (byte & 0x3FU);
    }
    const bool overlong = (bytes == 3 && point < 0x800) || (bytes == 4 && point < 0x10000);
    const bool surrogate = point >= 0xD800 && point < 0xE000;
    return overlong || surrogate || point > 0x10FFFF ? Decoded{} : Decoded{point, bytes};
}

void append(char16_t unit, std::string &text)
{
    if (unit < 0x80) {
        text += static_cast<char>(unit);
    } else if (unit < 0x800) {
        text += static_cast<char>(0xC0 | unit >> 6U);
        text += static_cast<char>(0x80 | (unit & 0x3F));
    } else {
        text += static_cast<char>(0xE0 | unit >> 12U);
        text += static_cast<char>(0x80 | (unit >> 6U & 0x3F));
        text += static_cast<char>(0x80 | (unit & 0x3F));
    }
}

bool isCombiningMark(char32_t point)
{
    return (point >= 0x300 && point < 0x370) || (point >= 0x1AB0 && point < 0x1B00) ||
           (point >= 0x1DC0 && point < 0x1E00) || (point >= 0x20D0 && point < 0x2100) ||
           (point >= 0xFE20 && point < 0xFE30);
}

/// Whether it was found and appended.
bool appendFolded(char32_t point, std::string &text)
{
    if (point > 0xFFFF)
        return false;
    const auto unit = static_cast<char16_t>(point);
    std::size_t low = 0, high = foldedLetters.size() / 2;
    while (low < high) {
        const std::size_t middle = (low + high) / 2;
        if (foldedLetters[2 * middle] < unit)
            low = middle + 1;
        else
            high = middle;
    }
    if (2 * low < foldedLetters.size() && foldedLetters[2 * low] == unit) {
        append(foldedLetters[2 * low + 1], text);
        return true;
    }
    const auto group = std::ranges::lower_bound(foldedGroups, unit, {}, &FoldedGroup::letter);
    if (group == foldedGroups.end() || group->letter != unit)
        return false;
    text += group->folded;
    return true;
}

} // namespace

std::string foldForSearch(std::string_view text)
{
    std::string folded;
    folded.reserve(text.size());
    while (!text.empty()) {
        const char c = text.front();
        if (static_cast<unsigned char>(c) < 0x80) {
            folded += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
            text.remove_prefix(1);
            continue;
        }
        const Decoded next = decodeCodePoint(text);
        const std::size_t bytes = std::max<std::size_t>(next.bytes, 1);
        if (next.bytes == 0 || (!isCombiningMark(next.point) && !appendFolded(next.point, folded)))
            folded += text.substr(0, bytes);
        text.remove_prefix(bytes);
    }
    return folded;
}

} // namespace engine::io
