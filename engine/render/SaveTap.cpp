// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/render/SaveTap.h"

#include "engine/base/Units.h"
#include "engine/io/AudioFileWriter.h"
#include "engine/io/ResamplingSink.h"
#include "engine/render/OutputFile.h"
#include "engine/render/RenderFile.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace engine::render {

namespace {

constexpr int tapBlockFrames = 16384;

/// Whether what it hears has the bits of a sound.
class SameBits final : public FileListener {
public:
    explicit SameBits(const AudioBuffer &sound) : sound_(sound) {}
    void begin() override
    {
        at_ = 0;
        same_ = true;
    }
    Status write(ConstAudioBlock block) override
    {
        same_ = same_ && at_ + block.frames() <= sound_.frames();
        if (same_) {
            const ConstAudioBlock heard = sound_.block(at_, block.frames());
            for (int c = 0; c < block.channels(); ++c)
                same_ = same_ && std::ranges::equal(block.channel(c), heard.channel(c), {},
                                                    std::bit_cast<std::uint32_t, float>,
                                                    std::bit_cast<std::uint32_t, float>);
        }
        at_ += block.frames();
        return {};
    }
    bool isSame() const { return same_ && at_ == sound_.frames(); }

private:
    const AudioBuffer &sound_;
    std::int64_t at_ = 0;
    bool same_ = false;
};

RenderFileRequest requestFor(const Preview &preview, pipeline::TapId tap,
                             const std::filesystem::path &output, io::SampleFormat format)
{
    const int rate = preview.sound(tap).format().sampleRateHz;
    RenderFileRequest request;
    request.input = preview.request.path;
    request.output = output;
    request.settings = preview.request.settings;
    request.monoDownmix = preview.request.monoDownmix;
    request.preview = PreviewWindow{secondsFromFrames(preview.request.firstFrame, rate),
                                    secondsFromFrames(preview.request.frames, rate)};
    request.source = tap;
    request.sampleFormat = format;
    request.overwrite = io::OverwritePolicy::Replace;
    return request;
}

/// Empty where a file could not say truthfully how to make it again.
Result<std::string> recipeFor(const Preview &preview, pipeline::TapId tap,
                              const std::filesystem::path &output, io::OutputFormat format,
                              const std::stop_token &stop)
{
    if (!io::holdsRecipe(format.container))
        return std::string();
    const RunContext context{stop, {}};
    const RenderFileRequest request = requestFor(preview, tap, output, format.sampleFormat);
    const auto told = [](const Error &error) -> Result<std::string> {
        if (error.code == ErrorCode::Cancelled)
            return tl::unexpected(error);
        return std::string(); // the input is gone: the sound can be saved all the same
    };
    RenderFileRequest again = request;
    again.container = io::Container::Wav;
    again.sampleFormat = io::SampleFormat::Float32;
    again.embedRecipe = false;
    SameBits comparison(preview.sound(tap));
    if (const auto done = rehearseFile(again, comparison, context); !done)
        return told(done.error());
    if (!comparison.isSame())
        return std::string();
    const Result<io::Recipe> recipe = recipeOf(request, context);
    return recipe ? io::recipeText(*recipe) : told(recipe.error());
}

bool isAboveFullScale(const AudioBuffer &sound)
{
    const ConstAudioBlock all = sound.block(0, static_cast<int>(sound.frames()));
    for (int c = 0; c < all.channels(); ++c) {
        if (std::ranges::any_of(all.channel(c), [](float x) { return std::abs(x) > 1.0F; }))
            return true;
    }
    return false;
}

/// Float32 only where nothing else holds the sound.
Result<io::OutputFormat> formatFor(const AudioBuffer &sound, io::Container container,
                                   AudioFormat written)
{
    if (isAboveFullScale(sound)) {
        const auto whole = io::resolve(container, io::SampleFormat::Float32, std::nullopt, written);
        if (whole)
            return whole;
    }
    return io::resolve(container, std::nullopt, std::nullopt, written);
}

Status write(const AudioBuffer &sound, AudioSink &sink, const std::stop_token &stop)
{
    for (std::int64_t at = 0; at < sound.frames(); at += tapBlockFrames) {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled, "Cancelled");
        const auto count =
            static_cast<int>(std::min<std::int64_t>(tapBlockFrames, sound.frames() - at));
        if (Status status = sink.write(sound.block(at, count)); !status)
            return status;
    }
    return {};
}

} // namespace

Result<SavedTap> saveTap(const Preview &preview, pipeline::TapId tap,
                         const std::filesystem::path &output, io::OverwritePolicy overwrite,
                         const std::stop_token &stop)
{
    const AudioBuffer &sound = preview.sound(tap);
    const Result<io::Container> container = io::containerByEnding(output);
    if (!container)
        return tl::unexpected(container.error());
    AudioFormat written = sound.format();
    written.sampleRateHz = io::nearestAllowedRate(*container, written.sampleRateHz);
    const Result<io::OutputFormat> format = formatFor(sound, *container, written);
    if (!format)
        return tl::unexpected(format.error());
    const Result<std::string> recipe = recipeFor(preview, tap, output, *format, stop);
    if (!recipe)
        return tl::unexpected(recipe.error());
    auto writer =
        io::AudioFileWriter::create(output, *format, written, std::nullopt, overwrite, *recipe);
    if (!writer)
        return tl::unexpected(writer.error());
    std::unique_ptr<io::ResamplingSink> resampler;
    if (written != sound.format()) {
        auto made = io::ResamplingSink::create(sound.format(), written.sampleRateHz, **writer);
        if (!made)
            return tl::unexpected(made.error());
        resampler = std::move(*made);
    }
    const Status done =
        write(sound, resampler ? static_cast<AudioSink &>(*resampler) : **writer, stop)
            .and_then([&] { return resampler ? resampler->finish() : Status{}; })
            .and_then([&] { return (*writer)->finish(stop); });
    if (!done)
        return tl::unexpected(done.error());
    return SavedTap{format->sampleFormat, (*writer)->clippedSamples()};
}

} // namespace engine::render
