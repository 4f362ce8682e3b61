// SPDX-License-Identifier: GPL-3.0-or-later
//
// The sound at every point of the chain, each in a file of its own: 32-bit float WAV, named after
// the tap. Shape: as the render's. Real-time: no. Errors: those of the writer, and CannotCreate for
// the folder. All are complete before the first gets its name.
#pragma once

#include "engine/io/AudioFileWriter.h"
#include "engine/pipeline/Taps.h"

namespace engine::render {

class TapFiles {
public:
    TapFiles() = default;
    TapFiles(const TapFiles &) = delete;
    TapFiles &operator=(const TapFiles &) = delete;
    /// Without publish() a folder that was made is gone again, unless there is something in it.
    ~TapFiles();
    static std::filesystem::path path(const std::filesystem::path &folder,
                                      const pipeline::TapInfo &tap);

    /// Makes the folder where it is missing.
    Status open(const std::filesystem::path &folder, AudioFormat audio,
                std::optional<std::int64_t> expectedFrames, io::OverwritePolicy overwrite);
    /// Null for all of them before open().
    pipeline::TapSinks sinks() const;
    Status complete(const std::stop_token &stop);
    Status publish();
    /// Nothing happened, without waiting for the room on the disk. The end of their use.
    void abandon();

private:
    std::array<std::unique_ptr<io::AudioFileWriter>, pipeline::tapCount> writers_;
    std::filesystem::path madeFolder_; ///< empty: it was there, or holds what was published
};

} // namespace engine::render
