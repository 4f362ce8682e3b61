// SPDX-License-Identifier: GPL-3.0-or-later
//
// The file that an export becomes, with all that lies before it on the way: change of sample rate,
// loudness, encoder. With a loudness target the sound waits in a spool until it is complete, is
// levelled from there, and what a decoder makes of the finished file decides whether it is written
// once more with a little less peak or a corrected gain (mostAttempts in all).
// Shape: streams in constant memory. Units: frames of the file, LUFS, dBTP. Real-time: no.
// Errors: those of writer, resampler and spool; Cancelled.
#pragma once

#include "engine/base/RunContext.h"
#include "engine/io/AudioFileWriter.h"
#include "engine/io/ResamplingSink.h"
#include "engine/render/Leveller.h"

namespace engine::render {

/// Hears what a finished file holds, from its start; anew if it is written once more.
class FileListener : public AudioSink {
public:
    virtual void begin() = 0;
};

struct OutputWish {
    std::filesystem::path path;
    io::OutputFormat format;
    AudioFormat sound; ///< as it comes
    int sampleRateHz = 0;
    std::optional<std::int64_t> frames; ///< of the sound, where known
    std::optional<LoudnessTarget> target;
    std::string recipe; ///< empty: none
    io::OverwritePolicy overwrite = io::OverwritePolicy::Refuse;
};

struct OutputLevels {
    std::optional<double> lufs;
    std::optional<double> truePeakDb;
    double gainDb = 0.0;
    double reductionDb = 0.0;
    bool silent = false; ///< there was a target, and no loudness to bring there
};

class OutputFile {
public:
    static constexpr int mostAttempts = 6;

    /// Requires: io::resolve() accepted the format.
    static Result<std::unique_ptr<OutputFile>> create(OutputWish wish);

    /// Takes the sound.
    AudioSink &sink();
    /// Everything up to the file's name. `listener` may be null; with one the file will have none.
    Status complete(const RunContext &context, FileListener *listener);
    Status publish() { return writer_->publish(); }
    /// Nothing happened, without waiting for the room on the disk. The end of its use.
    void abandon();

    const OutputLevels &levels() const { return levels_; }
    std::int64_t frames() const { return writer_->framesWritten(); }
    std::int64_t clippedSamples() const { return writer_->clippedSamples(); }

private:
    explicit OutputFile(OutputWish wish) : wish_(std::move(wish)) {}
    AudioFormat written() const { return {wish_.sampleRateHz, wish_.sound.channels}; }
    Status openWriter();
    Status level(const RunContext &context, FileListener *listener);
    Status completeWriter(const std::stop_token &stop, FileListener *listener);

    OutputWish wish_;
    std::unique_ptr<io::AudioFileWriter> writer_;
    std::unique_ptr<io::SampleSpool> spool_;        ///< null without a target
    std::unique_ptr<io::ResamplingSink> resampler_; ///< null where the rate stays
    OutputLevels levels_;
};

} // namespace engine::render
