// SPDX-License-Identifier: GPL-3.0-or-later
//
// Text as a search compares it: without case, accents and width, "Ünï" like "uni", "Straße" like
// "strasse". The same in every locale.
// Shape: UTF-8 in, UTF-8 out; bytes that are no UTF-8 stay as they are. Real-time: no (allocates).
// Errors: none. Source: Unicode 14, the canonical decompositions and full case folding of the
// Latin, Greek, Cyrillic and Armenian blocks and of letters and digits of other widths; combining
// marks are dropped.
#pragma once

#include <string>
#include <string_view>

namespace engine::io {

std::string foldForSearch(std::string_view text);

} // namespace engine::io
