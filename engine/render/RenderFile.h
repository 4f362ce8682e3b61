// SPDX-License-Identifier: GPL-3.0-or-later
//
// One file in, one file out: the job that the command line, the workstation's Render and tests run.
// A pure function of its request; streams in constant memory; the output appears complete or not
// at all.
// Shape: any length, 1 to 8 channels. Units: seconds in the request, frames inside.
// Real-time: no. Errors: those of reader, pipeline and writer, ErrorCode::Usage for impossible
// wishes, ErrorCode::Cancelled. All files are complete and verified before the first gets its name,
// so after an error there are none, unless the disk failed in that very last step.
#pragma once

#include "engine/base/RunContext.h"
#include "engine/io/AtomicFile.h"
#include "engine/io/FileStamp.h"
#include "engine/io/Recipe.h"

#include <filesystem>

namespace engine::io {
class AudioFileReader;
}

namespace engine::render {

struct PreviewWindow {
    double startSeconds = 0.0;
    double seconds = 10.0;
};

struct RenderFileRequest {
    std::filesystem::path input;
    std::filesystem::path output;
    pipeline::Settings settings;
    bool monoDownmix = false;
    /// Of the input that is meant; fails if it has been changed since (FileStamp.h).
    std::optional<io::FileStamp> inputStamp;
    /// For full renders, in place of the settings' own; no part of a sound's settings.
    std::optional<dsp::Oversampling> renderOversampling;
    std::optional<PreviewWindow> preview; ///< any part of the file; absent: the whole
    /// Which tap the output file holds.
    pipeline::TapId source = pipeline::TapId::Output;
    std::filesystem::path tapsFolder;       ///< empty: no taps are written
    std::filesystem::path timingJson;       ///< empty: no report is written
    std::optional<io::Container> container; ///< absent: by the ending of `output`
    std::optional<io::SampleFormat> sampleFormat;
    std::optional<io::Dither> dither;
    std::optional<double> quality;   ///< 0…1, only for compressed containers
    std::optional<int> sampleRateHz; ///< absent: the input's, or the next one the container takes
    io::Loudness loudness;           ///< of the output file; taps are never changed
    bool embedRecipe = true;         ///< where the container has a place for it
    io::OverwritePolicy overwrite = io::OverwritePolicy::Refuse;
    int threads = 0; ///< 0: all
    /// Of a NudgedSource in place of the input: tells how much this render amplifies rounding.
    std::optional<std::uint64_t> nudgeSeed;
};

struct RenderFileReport {
    pipeline::RenderTiming timing;
    std::int64_t frames = 0; ///< of the input's rate
    io::OutputFormat format;
    std::int64_t writtenFrames = 0; ///< of the output's rate
    int writtenRateHz = 0;
    /// Of the file, read back and decoded; absent for silence.
    std::optional<double> writtenLufs;
    std::optional<double> writtenTruePeakDb;
    double appliedGainDb = 0.0;      ///< for the sake of loudness
    double limiterReductionDb = 0.0; ///< the most that its true-peak limit took away
    bool holdsRecipe = false;
    std::vector<std::string> warnings; ///< what was repaired or changed, one sentence each
};

/// The part of the file that the request means, in frames of the file. ErrorCode::Usage: it begins
/// behind the end.
Result<pipeline::Window> windowOf(const RenderFileRequest &request,
                                  const io::AudioFileReader &reader);

Result<RenderFileReport> renderFile(const RenderFileRequest &request, const RunContext &context);

/// The recipe that renderFile() would embed; it reads the input for that. A usage error where the
/// container holds none.
Result<io::Recipe> recipeOf(const RenderFileRequest &request, const RunContext &context);
/// The way back: what makes such a file again. Without output, overwriting and threads.
RenderFileRequest requestOf(const io::Recipe &recipe, const std::filesystem::path &input);

class FileListener;
/// Makes the file as renderFile() does, lets `listener` hear what it holds and throws it away
/// before it has a name. Its `output` says where there is room for it.
Result<RenderFileReport> rehearseFile(const RenderFileRequest &request, FileListener &listener,
                                      const RunContext &context);

} // namespace engine::render
