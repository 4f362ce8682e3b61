// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a file's header promises, compared with the bytes that are there. The decoder silently
// shortens a sound whose header promises more than the file holds; reading the few length fields
// again tells a shortened sound from a whole one, however much metadata lies in between.
// Shape: bytes of sound as stored. Real-time: no. Errors: none; no promise found is nullopt.
// Source: WAVE (Microsoft RIFF MCI 1991), EBU Tech 3306 (RF64), Sony W64, AIFF 1.3, Apple CAF 1.0,
// Sun AU, RFC 3533 (Ogg), Xing header of MPEG audio.
#pragma once

#include "engine/io/InputFile.h"

#include <cstdint>
#include <optional>
#include <span>

namespace engine::io {

struct HeaderPromise {
    std::int64_t promisedBytes = 0;
    std::int64_t presentBytes = 0;
    bool unfinished = false;    ///< the length is the placeholder of a recorder that never ended
    bool tailIsMissing = false; ///< the sound is whole, what should follow it is not
};

/// For WAV, RF64, W64, AIFF, CAF and AU.
std::optional<HeaderPromise> readHeaderPromise(const InputFile &file);

/// Whether the last Ogg page is whole and closes its stream. Requires: an Ogg file.
bool oggStreamIsClosed(const InputFile &file);

/// Whether the first frame of MPEG audio states the length, which is a guess otherwise.
bool mpegLengthIsStated(const InputFile &file);

} // namespace engine::io
