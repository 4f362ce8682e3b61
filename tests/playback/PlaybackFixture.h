// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the playback tests share: sounds, a way to run a core without a device, waiting.
// Shape: interleaved stereo, as it leaves the core. Units: frames, seconds.
#pragma once

#include "engine/base/Clock.h"
#include "engine/playback/Player.h"
#include "tests/support/Signals.h"

#include <QDeadlineTimer>
#include <QTest>
#include <numbers>

namespace tests {

using engine::AudioBuffer;
using namespace engine::playback;
using Sound = std::shared_ptr<const PlaybackSound>;

/// Every sample differs from its neighbours and none is zero.
inline AudioBuffer noise(int rateHz, int channels, std::int64_t frames, std::uint64_t seed)
{
    Random random(seed);
    AudioBuffer buffer({rateHz, channels}, frames);
    for (int c = 0; c < channels; ++c)
        for (float &x : buffer.channel(c))
            x = static_cast<float>(random.between(0.1, 0.9) * (random.chance(0.5) ? 1.0 : -1.0));
    return buffer;
}

inline AudioBuffer sine(int rateHz, int channels, std::int64_t frames, double hz,
                        double amplitude = 0.5, double phase = 0.0)
{
    AudioBuffer buffer({rateHz, channels}, frames);
    for (int c = 0; c < channels; ++c)
        for (std::int64_t i = 0; i < frames; ++i)
            buffer.channel(c)[static_cast<std::size_t>(i)] = static_cast<float>(
                amplitude *
                std::sin(2.0 * std::numbers::pi * hz * static_cast<double>(i) / rateHz + phase));
    return buffer;
}

inline Sound soundOf(const AudioBuffer &tap, std::int64_t windowFirstFrame = 0,
                     std::optional<int> deviceRateHz = {})
{
    auto sound = makePlaybackSound({std::make_shared<const AudioBuffer>(tap), windowFirstFrame},
                                   deviceRateHz.value_or(tap.format().sampleRateHz));
    if (!sound)
        qFatal("no sound: %s", sound.error().oneLine().c_str());
    return *sound;
}

/// What the core plays next, taken in blocks of `blockFrames`.
inline std::vector<float> playedBy(PlaybackCore &core, int frames, int blockFrames)
{
    std::vector<float> out(2 * static_cast<std::size_t>(frames), -2.0F);
    for (int done = 0; done < frames; done += blockFrames)
        core.process(out.data() + 2 * done, std::min(blockFrames, frames - done));
    return out;
}

inline std::span<const float> part(std::span<const float> stereo, std::int64_t first,
                                   std::int64_t frames)
{
    return stereo.subspan(static_cast<std::size_t>(2 * first),
                          static_cast<std::size_t>(2 * frames));
}

inline std::span<const float> part(const Sound &sound, std::int64_t first, std::int64_t frames)
{
    return part(std::span<const float>(sound->samples), first, frames);
}

/// The same bits; otherwise tells where they first differ.
inline bool sameBits(std::span<const float> a, std::span<const float> b)
{
    if (a.size() != b.size()) {
        qWarning("%zu samples instead of %zu", a.size(), b.size());
        return false;
    }
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (std::bit_cast<std::uint32_t>(a[i]) != std::bit_cast<std::uint32_t>(b[i])) {
            qWarning("sample %zu of frame %zu: %.9g instead of %.9g", i % 2, i / 2, double{a[i]},
                     double{b[i]});
            return false;
        }
    }
    return true;
}

inline bool isSilent(std::span<const float> samples)
{
    return std::ranges::all_of(samples, [](float x) { return x == 0.0F; });
}

/// (1 − i/N) of `from` and i/N of `to`.
inline std::vector<float> linearFade(std::span<const float> from, std::span<const float> to)
{
    std::vector<float> mixed(from.size());
    const std::size_t frames = from.size() / 2;
    for (std::size_t k = 0; k < from.size(); ++k) {
        const double share = static_cast<double>(k / 2) / static_cast<double>(frames);
        mixed[k] = static_cast<float>((1.0 - share) * double{from[k]} + share * double{to[k]});
    }
    return mixed;
}

/// The largest difference between neighbouring samples of a channel.
inline double largestStep(std::span<const float> stereo)
{
    double step = 0.0;
    for (std::size_t k = 2; k < stereo.size(); ++k)
        step = std::max(step, std::abs(double{stereo[k]} - double{stereo[k - 2]}));
    return step;
}

/// Polls until `holds(status)`; false after `seconds`.
template <typename Condition>
bool pollUntil(Player &player, double seconds, Condition holds)
{
    for (const QDeadlineTimer deadline(static_cast<qint64>(seconds * 1000.0));;) {
        if (holds(player.poll()))
            return true;
        if (deadline.hasExpired())
            return false;
        QTest::qSleep(5);
    }
}

template <typename State>
bool pollUntilDevice(Player &player, double seconds)
{
    return pollUntil(player, seconds, [](const PlayerStatus &status) {
        return std::holds_alternative<State>(status.device);
    });
}

} // namespace tests
