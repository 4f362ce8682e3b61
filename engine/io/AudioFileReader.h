// SPDX-License-Identifier: GPL-3.0-or-later
//
// A sound file as a source: WAV, RF64, W64, AIFF, CAF, AU, FLAC, Ogg (Vorbis, Opus) and MPEG audio
// with 1…maxChannels channels at minSampleRateHz…maxSampleRateHz and at least one frame.
// Shape: planar blocks; streams in constant memory whatever length the file has or claims.
// Units: frames, 1.0 is full scale; samples are finite and at most maxSampleMagnitude.
// Real-time: no. Seeking is exact; in Vorbis and Opus it takes up to 1/400 of the sound before it.
// Errors: CannotOpen if there is no regular file to read, BadData if its contents cannot be used
// or its disk fails. What was repaired or is missing is told by warnings(), which is complete once
// the end was read. A file that shrinks while it is read ends early.
#pragma once

#include "engine/base/AudioStream.h"
#include "engine/io/DamageReport.h"
#include "engine/io/FormatWhitelist.h"
#include "engine/io/SoundDecoder.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace engine::io {

class AudioFileReader : public AudioSource {
public:
    static Result<std::unique_ptr<AudioFileReader>> open(const std::filesystem::path &path);

    AudioFormat format() const override;
    std::optional<std::int64_t> declaredFrames() const override { return declaredFrames_; }
    /// Requires: as many channels as format() says.
    Result<int> read(AudioBlock into) override;
    /// Requires: 0 <= frame.
    Status seek(std::int64_t frame) override;

    const std::filesystem::path &path() const { return path_; }
    std::string containerName() const { return std::string(accepted_.container); }
    std::string encodingName() const { return std::string(accepted_.encoding); }
    bool isLossy() const { return accepted_.lossy; }
    const std::vector<ReadWarning> &warnings() const { return report_.warnings(); }

private:
    AudioFileReader(const std::filesystem::path &path, std::unique_ptr<SoundDecoder> decoder,
                    const AcceptedFormat &accepted);
    void judgeLength();
    void compareWithHeader();
    Status fill();
    void finish();

    std::filesystem::path path_;
    std::unique_ptr<SoundDecoder> decoder_;
    AcceptedFormat accepted_;
    DamageReport report_;
    std::optional<std::int64_t> declaredFrames_;
    std::optional<std::int64_t> claimedFrames_; ///< as stated, even if impossible
    std::int64_t passStart_ = 0;
    bool cutByHeader_ = false;
    bool ended_ = false;
    std::vector<float> interleaved_;
    std::int64_t pendingFirst_ = 0; ///< frames of interleaved_ that no read has taken yet
    std::int64_t pendingEnd_ = 0;
};

} // namespace engine::io
