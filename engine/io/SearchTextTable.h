// SPDX-License-Identifier: GPL-3.0-or-later
//
// The letters that a search takes for others, and nothing else.
// Shape: pairs of UTF-16 code units, what is written and what it counts as, ascending; and the few
// that count as several letters. Source: Unicode 14, UnicodeData.txt and CaseFolding.txt (canonical
// decomposition, full case folding, combining marks left out), and ø đ ł ħ ı ȷ ŧ ð þ æ œ, which have
// no decomposition, as their next Latin letters.
#pragma once

#include <span>
#include <string_view>

namespace engine::io {

extern const std::u16string_view foldedLetters;

struct FoldedGroup {
    char16_t letter;
    std::string_view folded;
};
extern const std::span<const FoldedGroup> foldedGroups;

} // namespace engine::io
