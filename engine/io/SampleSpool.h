// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sound that has to be gone through more than once, on the disk instead of in memory: 32-bit floats
// in an unnamed file in the folder of the file that will be made of it, where there is room and
// nobody else looks. It goes away by itself, even from a killed process.
// Shape: blocks of up to any size in, the same samples out. Units: frames. Real-time: no (disk).
// Errors: those of AtomicFile, about the file that will be made.
#pragma once

#include "engine/base/AudioStream.h"
#include "engine/io/AtomicFile.h"

namespace engine::io {

class SampleSpool final : public AudioSink {
public:
    static Result<std::unique_ptr<SampleSpool>> create(const std::filesystem::path &beside,
                                                       AudioFormat audio, OverwritePolicy policy);

    Status write(ConstAudioBlock block) override;
    AudioFormat format() const { return audio_; }
    std::int64_t frames() const { return frames_; }
    /// Fills `into` with the frames from `first` on. Requires: they were written.
    Status read(std::int64_t first, AudioBlock into);
    /// See AtomicFile. The end of its use.
    void abandon() { file_.abandon(); }

private:
    SampleSpool(AtomicFile file, AudioFormat audio) : file_(std::move(file)), audio_(audio) {}

    AtomicFile file_;
    AudioFormat audio_;
    std::int64_t frames_ = 0;
    std::vector<float> interleaved_;
};

} // namespace engine::io
