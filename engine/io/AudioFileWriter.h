// SPDX-License-Identifier: GPL-3.0-or-later
//
// Writes a sound file block by block, in constant memory, and trusts nothing: every write is
// checked, and before the file appears under its name it is read back. Lossless: the samples must
// have the hash of those written; lossy: it must decode to the expected length, all finite.
// Shape: planar blocks of any size; the bytes do not depend on how the sound is cut into blocks
// (Ogg alone adds a random stream number). Units: 1.0 is full scale, 2^(bits−1) steps.
// 16 and 24 bits: rounded half to even, clamped, counted. Dither: triangular, ±1 step, on every
// sample (silence too), shaped or not, the same in every run. Float32 keeps every bit of the
// samples. Real-time: no. Errors: CannotCreate, WriteFailed; after one nothing is left on the disk
// and an older file of the name is as it was. Source of the dither: Lipshitz, Wannamaker,
// Vanderkooy, "Quantization and Dither: A Theoretical Survey", JAES 40 (1992), 355–375.
#pragma once

#include "engine/base/AudioStream.h"
#include "engine/io/AtomicFile.h"
#include "engine/io/OutputFormat.h"

#include <cstdint>
#include <stop_token>

namespace engine::io {

class AudioFileWriter : public AudioSink {
public:
    /// Requires: resolve() accepted `format` for `audio`. With `expectedFrames` a WAV of more than
    /// 2 GiB is an RF64; without, one that grows past 4 GiB turns into an RF64. A `recipe` is put
    /// where RecipeTag.h says.
    static Result<std::unique_ptr<AudioFileWriter>>
    create(const std::filesystem::path &target, const OutputFormat &format, AudioFormat audio,
           std::optional<std::int64_t> expectedFrames, OverwritePolicy policy,
           const std::string &recipe = {});
    ~AudioFileWriter() override; ///< without finish(): nothing happened

    /// Requires: the channels of create(), finite samples, finish() not called.
    /// Samples that are not finite are written as 0 all the same.
    Status write(ConstAudioBlock block) override;
    /// Closes and verifies; the file still has no name. Once. Can be stopped while it verifies.
    /// `readBack` gets every frame as the file gives it back.
    Status complete(const std::stop_token &stopToken = {}, AudioSink *readBack = nullptr);
    /// Waits for the disk. Can be stopped. Requires: complete() succeeded.
    Status sync(const std::stop_token &stopToken);
    /// Waits for what the disk does not have yet and gives the file its name. Requires: the same.
    Status publish();
    /// Nothing happened, and nobody needs the room at once: see AtomicFile. The end of its use.
    void abandon();
    /// Both.
    Status finish(const std::stop_token &stopToken = {});

    std::int64_t framesWritten() const;
    /// Samples beyond full scale; final after finish(). 0 for Float32.
    std::int64_t clippedSamples() const;

private:
    struct State;
    explicit AudioFileWriter(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

} // namespace engine::io
