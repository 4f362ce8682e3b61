// SPDX-License-Identifier: GPL-3.0-or-later
//
// What libsndfile writes through and reads back through. Unlike libsndfile it keeps the first
// fault: the FLAC, Ogg and MP3 encoders drop some return values, those of their last bytes above
// all. Shape: bytes at a cursor of its own (pread, pwrite), so the descriptor's offset never
// matters. Real-time: no. Errors: `error` holds the errno of the first system call that failed;
// from then on nothing is written.
#pragma once

#include <memory>
#include <sndfile.h>
#include <string>

namespace engine::io {

struct CheckedFile {
    int descriptor = -1;
    sf_count_t position = 0;
    sf_count_t length = 0;
    int error = 0;
};

struct CloseSound {
    void operator()(SNDFILE *sound) const { sf_close(sound); }
};
using Sound = std::unique_ptr<SNDFILE, CloseSound>;

/// Requires: `file` outlives what is opened on it.
SNDFILE *openSound(CheckedFile &file, int mode, SF_INFO &soundInfo);

/// Ends the file at the current position.
void shorten(CheckedFile &file);

/// What libsndfile says, unless it has no words: for such a code it would print to stdout.
std::string soundError(SNDFILE *sound);

} // namespace engine::io
