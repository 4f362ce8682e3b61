// SPDX-License-Identifier: GPL-3.0-or-later
//
// The file library behind one door: opens a byte source, decodes forward, moves to an exact frame.
// Shape: interleaved frames × channels. Real-time: no (files, locks). One thread at a time.
// Exact means: equal to decoding from the start within -100 dB. Measured with libsndfile 1.2.0:
// PCM, FLAC and ALAC seek exactly. MPEG does after one second of decoding in advance (-141 dB;
// without it -12 dB). Vorbis lands up to 896 frames beside the target, and Opus below 48 kbit/s
// still differs by -38 dB after two seconds: both are decoded from the start (400 to 600 × real
// time), or on from where they are.
// Errors: what the library says is for Error::details only.
#pragma once

#include "engine/io/InputFile.h"

#include <cstdint>
#include <memory>
#include <sndfile.h>
#include <span>
#include <string>

namespace engine::io {

class SoundDecoder {
public:
    explicit SoundDecoder(InputFile file);
    /// The library holds the address of the file.
    SoundDecoder(const SoundDecoder &) = delete;
    SoundDecoder &operator=(const SoundDecoder &) = delete;

    /// Starts at the first frame; also starts again. False: not decodable, see libraryText().
    bool open();
    const SF_INFO &info() const { return info_; }
    const InputFile &file() const { return file_; }
    const std::string &libraryText() const { return libraryText_; }
    /// Whether info().frames is a statement of the file rather than a guess or unknown.
    bool lengthIsStated() const { return lengthIsStated_; }

    /// Returns the frames decoded, 0 at the end. Undecodable FLAC frames become silence.
    std::int64_t read(std::span<float> interleaved);
    /// The frame that the next read begins with.
    std::int64_t position() const { return position_; }
    /// Whether a complaint of the decoder was followed by more sound: damage inside the file.
    bool isDamaged() const;
    /// Requires: opened before, 0 <= frame. False: `frame` lies behind the end, or the file is no
    /// longer what it was; then reads give 0.
    bool moveTo(std::int64_t frame);

private:
    struct Close {
        void operator()(SNDFILE *handle) const { sf_close(handle); }
    };

    bool isMpeg() const;
    bool isOgg() const;
    std::int64_t decode(std::span<float> interleaved);
    bool resume();
    bool reopen();
    bool jump(std::int64_t frame);
    bool discardTo(std::int64_t frame);
    bool complains(const std::string &remarks);
    std::string log();

    InputFile file_;
    std::unique_ptr<SNDFILE, Close> handle_;
    SF_INFO info_ = {};
    std::string libraryText_;
    std::size_t logRead_ = 0;
    bool mayBeMpeg_ = false;
    bool lengthIsStated_ = true;
    bool sequential_ = true;
    bool jumpsAreExact_ = true;
    std::int64_t position_ = 0;
    std::int64_t complaintAt_ = -1;
    std::int64_t silentFrames_ = 0; ///< still to be given in place of undecodable sound
    std::int64_t resumedAt_ = -1;
    int resumes_ = 0;
};

} // namespace engine::io
