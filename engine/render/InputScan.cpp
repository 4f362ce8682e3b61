// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/render/InputScan.h"

#include "engine/analysis/Loudness.h"
#include "engine/base/MonoSource.h"
#include "engine/io/DisplayName.h"

#include <xxhash.h>

namespace engine::render {

namespace {

constexpr int inputBlockFrames = 8192;

/// Passes a file on and remembers the samples by their hash.
class HashingSource final : public AudioSource {
public:
    explicit HashingSource(AudioSource &source) : source_(source), state_(XXH3_createState())
    {
        XXH3_128bits_reset(state_.get());
    }
    AudioFormat format() const override { return source_.format(); }
    std::optional<std::int64_t> declaredFrames() const override { return source_.declaredFrames(); }
    Status seek(std::int64_t frame) override { return source_.seek(frame); }
    Result<int> read(AudioBlock into) override
    {
        const Result<int> got = source_.read(into);
        if (!got)
            return got;
        const auto stride = static_cast<std::size_t>(into.channels());
        interleaved_.resize(stride * static_cast<std::size_t>(*got));
        for (std::size_t c = 0; c < stride; ++c) {
            const float *from = into.data(static_cast<int>(c));
            for (std::size_t n = 0; n < static_cast<std::size_t>(*got); ++n)
                interleaved_[n * stride + c] = from[n];
        }
        XXH3_128bits_update(state_.get(), interleaved_.data(), interleaved_.size() * sizeof(float));
        return got;
    }
    std::string hash() const
    {
        constexpr std::string_view digits = "0123456789abcdef";
        XXH128_canonical_t bytes;
        XXH128_canonicalFromHash(&bytes, XXH3_128bits_digest(state_.get()));
        std::string text;
        for (const unsigned char byte : bytes.digest) {
            text += digits[byte >> 4];
            text += digits[byte & 0x0F];
        }
        return text;
    }

private:
    struct Free {
        void operator()(XXH3_state_t *state) const { XXH3_freeState(state); }
    };
    AudioSource &source_;
    std::unique_ptr<XXH3_state_t, Free> state_;
    std::vector<float> interleaved_;
};

} // namespace

Result<InputScan> scanInput(io::AudioFileReader &reader, const pipeline::Window &window,
                            bool monoDownmix, bool wantsLoudness, const RunContext &context)
{
    HashingSource hashing(reader);
    std::optional<MonoSource> mono;
    if (monoDownmix && reader.format().channels > 1)
        mono.emplace(hashing);
    AudioSource &source = mono ? static_cast<AudioSource &>(*mono) : hashing;
    std::optional<analysis::LoudnessMeter> meter;
    if (wantsLoudness)
        meter.emplace(source.format());

    if (Status status = reader.seek(window.firstFrame); !status)
        return tl::unexpected(status.error());
    const std::optional<std::int64_t> end = window.frames ? window.frames : reader.declaredFrames();
    AudioBuffer buffer(source.format(), inputBlockFrames);
    InputScan scan;
    scan.input.format = reader.format();
    while (true) {
        if (context.stop.stop_requested())
            return fail(ErrorCode::Cancelled, "Cancelled");
        int wanted = inputBlockFrames;
        if (window.frames)
            wanted = static_cast<int>(
                std::min<std::int64_t>(wanted, *window.frames - scan.input.frames));
        const Result<int> got = source.read(buffer.block(0, wanted));
        if (!got)
            return tl::unexpected(got.error());
        scan.input.frames += *got;
        if (meter && *got > 0)
            (void)meter->write(std::as_const(buffer).block(0, *got));
        if (*got < wanted || *got == 0)
            break;
        if (context.progress && end)
            context.progress(static_cast<double>(scan.input.frames) / static_cast<double>(*end));
    }
    if (scan.input.frames == 0)
        return fail(ErrorCode::BadData,
                    io::quotedName(reader.path()) + " holds no sound where the render begins",
                    "Nothing was written");
    scan.input.hash = hashing.hash();
    if (meter)
        scan.lufs = meter->integratedLufs();
    return scan;
}

} // namespace engine::render
