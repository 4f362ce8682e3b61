// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which containers and encodings are opened, and what the others are called. The file library
// opens many rare formats whose parsers are hardly ever tested; only those listed here are let in.
// Shape: names for people ("WAV", "24-bit PCM"), or the words for what a refused file is.
// Real-time: no. Errors: none (an empty optional is a refusal).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace engine::io {

struct AcceptedFormat {
    std::string_view container;
    std::string_view encoding;
    int bytesPerSample = 0; ///< 0: compressed, a sample has no fixed size
    bool lossy = false;
};

/// `format` is the library's format word.
std::optional<AcceptedFormat> acceptedFormat(int format);

/// A name for the part of `format` that is not on the list.
std::string_view refusedFormatName(int format);

/// What a file begins with: the end of the sentence "this is …", or an empty view if unknown.
std::string_view describeContents(std::span<const unsigned char> firstBytes);

/// False if the first bytes belong to a known format other than MPEG audio.
bool mayBeMpegAudio(std::span<const unsigned char> firstBytes);

} // namespace engine::io
