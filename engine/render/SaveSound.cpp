// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/render/SaveSound.h"

#include "engine/io/AudioFileWriter.h"
#include "engine/io/ResamplingSink.h"

namespace engine::render {

namespace {
constexpr int blockFrames = 16384;
}

Status saveSound(const AudioBuffer &sound, const std::filesystem::path &output,
                 io::OverwritePolicy overwrite, const std::stop_token &stop)
{
    const Result<io::Container> container = io::containerByEnding(output);
    if (!container)
        return tl::unexpected(container.error());
    AudioFormat written = sound.format();
    written.sampleRateHz = io::nearestAllowedRate(*container, written.sampleRateHz);
    const Result<io::OutputFormat> format =
        io::resolve(*container, std::nullopt, std::nullopt, written);
    if (!format)
        return tl::unexpected(format.error());
    auto writer = io::AudioFileWriter::create(output, *format, written, std::nullopt, overwrite);
    if (!writer)
        return tl::unexpected(writer.error());
    std::unique_ptr<io::ResamplingSink> resampler;
    if (written != sound.format()) {
        auto made = io::ResamplingSink::create(sound.format(), written.sampleRateHz, **writer);
        if (!made)
            return tl::unexpected(made.error());
        resampler = std::move(*made);
    }
    AudioSink &sink = resampler ? static_cast<AudioSink &>(*resampler) : **writer;
    for (std::int64_t at = 0; at < sound.frames(); at += blockFrames) {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled, "Cancelled");
        const auto count =
            static_cast<int>(std::min<std::int64_t>(blockFrames, sound.frames() - at));
        if (Status status = sink.write(sound.block(at, count)); !status)
            return status;
    }
    if (resampler) {
        if (Status status = resampler->finish(); !status)
            return status;
    }
    return (*writer)->complete(stop).and_then([&] { return (*writer)->publish(); });
}

} // namespace engine::render
