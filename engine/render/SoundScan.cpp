// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/render/SoundScan.h"

#include "engine/analysis/Loudness.h"
#include "engine/base/Clock.h"
#include "engine/base/Units.h"

#include <cmath>

namespace engine::render {

namespace {

constexpr int scanBlockFrames = 16384;
constexpr double scanProgressSeconds = 0.05;

float peakOf(ConstAudioBlock block)
{
    float peak = 0.0F;
    for (int c = 0; c < block.channels(); ++c) {
        for (const float sample : block.channel(c))
            peak = std::max(peak, std::abs(sample));
    }
    return peak;
}

} // namespace

Result<SharedScan> scanSound(const std::filesystem::path &path, const std::stop_token &stop,
                             const std::function<void(SharedScan)> &tell)
{
    const std::optional<io::FileStamp> stamp = io::stampOf(path);
    auto opened = io::AudioFileReader::open(path);
    if (!opened)
        return tl::unexpected(opened.error());
    io::AudioFileReader &reader = **opened;

    SoundScan scan;
    scan.path = path;
    scan.stamp = stamp;
    scan.format = reader.format();
    scan.container = reader.containerName();
    scan.encoding = reader.encodingName();
    scan.declaredFrames = reader.declaredFrames();
    analysis::WaveformPeaksBuilder peaks(
        analysis::WaveformPeaksBuilder::baseFramesFor(scan.declaredFrames.value_or(0)));
    analysis::LoudnessMeter loudness(scan.format);
    AudioBuffer buffer(scan.format, scanBlockFrames);
    float peak = 0.0F;
    const auto snapshot = [&] {
        scan.peaks = peaks.snapshot();
        scan.peakDb = peak > 0.0F ? std::optional(dbFromGain(double{peak})) : std::nullopt;
        scan.warnings = reader.warnings();
        return std::make_shared<const SoundScan>(scan);
    };
    tell(snapshot());
    for (double told = secondsNow();;) {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled, "Cancelled");
        const Result<int> got = reader.read(buffer.block(0, scanBlockFrames));
        if (!got)
            return tl::unexpected(got.error());
        const ConstAudioBlock block = buffer.block(0, *got);
        peaks.append(block);
        peak = std::max(peak, peakOf(block));
        if (Status status = loudness.write(block); !status)
            return tl::unexpected(status.error());
        scan.framesRead += *got;
        if (*got < scanBlockFrames)
            break;
        if (const double now = secondsNow(); now - told > scanProgressSeconds) {
            told = now;
            tell(snapshot());
        }
    }
    scan.complete = true;
    scan.loudnessLufs = loudness.integratedLufs();
    return snapshot();
}

} // namespace engine::render
