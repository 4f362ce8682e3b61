// SPDX-License-Identifier: GPL-3.0-or-later
//
// Opens a file and reads it once from end to end for what a person wants to know before working on
// it: its waveform, length, peak, loudness, and what is wrong with it.
// Shape: immutable snapshots, one when the file has opened and then some twenty a second while it
// is read; the last is the result. Units: frames, dBFS (sample peak), LUFS (BS.1770 integrated).
// Real-time: no; constant memory but for the waveform. Errors: those of AudioFileReader, and
// ErrorCode::Cancelled.
#pragma once

#include "engine/analysis/WaveformPeaks.h"
#include "engine/base/RunContext.h"
#include "engine/io/AudioFileReader.h"
#include "engine/io/FileStamp.h"

namespace engine::render {

struct SoundScan {
    std::filesystem::path path;
    AudioFormat format;
    std::string container; ///< "WAV"
    std::string encoding;  ///< "24-bit PCM"
    std::optional<std::int64_t> declaredFrames;

    std::optional<io::FileStamp> stamp; ///< when it was opened

    std::int64_t framesRead = 0;
    bool complete = false;
    std::shared_ptr<const analysis::WaveformPeaks> peaks;
    std::optional<double> peakDb;       ///< of what was read; absent for silence
    std::optional<double> loudnessLufs; ///< when complete; absent for silence and the very short
    std::vector<io::ReadWarning> warnings;

    /// As well as it is known now.
    std::int64_t frames() const
    {
        return complete ? framesRead : std::max(framesRead, declaredFrames.value_or(0));
    }
    double seconds() const { return static_cast<double>(frames()) / format.sampleRateHz; }
};
using SharedScan = std::shared_ptr<const SoundScan>;

/// `tell` is called on this thread; with the first snapshot as soon as the file has opened.
Result<SharedScan> scanSound(const std::filesystem::path &path, const std::stop_token &stop,
                             const std::function<void(SharedScan)> &tell);

} // namespace engine::render
