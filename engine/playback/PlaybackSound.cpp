// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/playback/PlaybackSound.h"

#include "engine/base/Units.h"
#include "engine/io/ResamplingSink.h"

#include <array>
#include <cmath>
#include <string>
#include <utility>

namespace engine::playback {
namespace {

constexpr int blockFrames = 4096;

struct Share {
    float left;
    float right;
};
using FoldDown = std::array<Share, maxChannels>;

constexpr float minus3Db = 0.70710678F;
constexpr Share left{1.0F, 0.0F};
constexpr Share right{0.0F, 1.0F};
constexpr Share both{1.0F, 1.0F};
constexpr Share centre{minus3Db, minus3Db};
constexpr Share lowFrequency{0.0F, 0.0F};
constexpr Share rearLeft{minus3Db, 0.0F};
constexpr Share rearRight{0.0F, minus3Db};
constexpr Share rearCentre{0.5F, 0.5F};

constexpr std::array<FoldDown, maxChannels> foldDowns{{
    {both},
    {left, right},
    {left, right, centre},
    {left, right, rearLeft, rearRight},
    {left, right, centre, rearLeft, rearRight},
    {left, right, centre, lowFrequency, rearLeft, rearRight},
    {left, right, centre, lowFrequency, rearCentre, rearLeft, rearRight},
    {left, right, centre, lowFrequency, rearLeft, rearRight, rearLeft, rearRight},
}};

void foldDown(ConstAudioBlock from, AudioBlock stereo)
{
    const FoldDown &shares = foldDowns[static_cast<std::size_t>(from.channels() - 1)];
    for (int side = 0; side < 2; ++side) {
        float *to = stereo.data(side);
        // The first is copied rather than scaled: even the sign of a zero stays.
        std::copy_n(from.data(from.channels() == 1 ? 0 : side), from.frames(), to);
        for (int c = 2; c < from.channels(); ++c) {
            const Share share = shares[static_cast<std::size_t>(c)];
            const float gain = side == 0 ? share.left : share.right;
            for (int i = 0; gain != 0.0F && i < from.frames(); ++i)
                to[i] += gain * from.data(c)[i];
        }
        for (int i = 0; i < from.frames(); ++i)
            to[i] = std::isfinite(to[i]) ? to[i] : 0.0F;
    }
}

class InterleavingSink final : public AudioSink {
public:
    explicit InterleavingSink(std::vector<float> &samples) : samples_(samples) {}
    Status write(ConstAudioBlock block) override
    {
        float *to = samples_.data() + position_;
        assert(position_ + 2 * static_cast<std::size_t>(block.frames()) <= samples_.size());
        for (int i = 0; i < block.frames(); ++i) {
            to[2 * i] = block.data(0)[i];
            to[2 * i + 1] = block.data(1)[i];
        }
        position_ += 2 * static_cast<std::size_t>(block.frames());
        return {};
    }

private:
    std::vector<float> &samples_;
    std::size_t position_ = 0;
};

} // namespace

std::int64_t PlaybackSound::frameAt(double fileSeconds) const
{
    return std::llround((fileSeconds - firstSeconds()) * deviceRateHz);
}

Result<std::shared_ptr<const PlaybackSound>>
makePlaybackSound(const PlaybackSource &source, int deviceRateHz, const std::stop_token &stop)
{
    const AudioBuffer &tap = *source.tap;
    const AudioFormat format = tap.format();
    assert(format.channels >= 1 && format.channels <= maxChannels && format.sampleRateHz > 0);
    assert(source.windowFirstFrame >= 0 && deviceRateHz > 0);
    auto sound = std::make_shared<PlaybackSound>();
    sound->deviceRateHz = deviceRateHz;
    sound->fileRateHz = format.sampleRateHz;
    sound->windowFirstFrame = source.windowFirstFrame;
    const std::int64_t frames =
        (tap.frames() * deviceRateHz + format.sampleRateHz / 2) / format.sampleRateHz;
    sound->samples.resize(static_cast<std::size_t>(2 * frames));

    InterleavingSink interleaved(sound->samples);
    const auto cannotPlay = [&](const Error &error) {
        return fail(ErrorCode::Device,
                    "The sound cannot be played at " + std::to_string(deviceRateHz) + " Hz",
                    "Nothing is heard", "Choose another sample rate for the output device.",
                    error.oneLine() + ' ' + error.details);
    };
    auto resampler =
        io::ResamplingSink::create({format.sampleRateHz, 2}, deviceRateHz, interleaved);
    if (!resampler)
        return cannotPlay(resampler.error());
    AudioBuffer stereo({format.sampleRateHz, 2}, blockFrames);
    for (std::int64_t first = 0; first < tap.frames(); first += blockFrames) {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled, "Another sound is played instead");
        const auto count =
            static_cast<int>(std::min<std::int64_t>(blockFrames, tap.frames() - first));
        foldDown(tap.block(first, count), stereo.block(0, count));
        if (const Status written = (*resampler)->write(std::as_const(stereo).block(0, count));
            !written)
            return cannotPlay(written.error());
    }
    if (const Status finished = (*resampler)->finish(); !finished)
        return cannotPlay(finished.error());
    if (source.gainDb != 0.0) {
        const auto gain = static_cast<float>(gainFromDb(source.gainDb));
        for (float &sample : sound->samples)
            sample *= gain;
    }
    return sound;
}

} // namespace engine::playback
