// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/playback/TestTone.h"

#include "engine/base/Units.h"

#include <cmath>
#include <numbers>

namespace engine::playback {

namespace {
constexpr double toneHz = 1000.0;
constexpr double levelDb = -18.0;
constexpr double toneSeconds = 0.8;
constexpr double pauseSeconds = 0.3;
constexpr double fadeSeconds = 0.01;
} // namespace

std::shared_ptr<const AudioBuffer> testTone(int sampleRateHz)
{
    const auto frames = [sampleRateHz](double seconds) {
        return static_cast<std::int64_t>(seconds * sampleRateHz);
    };
    const std::int64_t tone = frames(toneSeconds);
    const std::int64_t rightFirst = tone + frames(pauseSeconds);
    auto sound = std::make_shared<AudioBuffer>(AudioFormat{sampleRateHz, 2}, rightFirst + tone);
    for (std::int64_t n = 0; n < tone; ++n) {
        const auto ends = static_cast<double>(std::min(n, tone - n));
        const double fade = std::min(1.0, ends / (fadeSeconds * sampleRateHz));
        const double phase =
            2.0 * std::numbers::pi * toneHz * static_cast<double>(n) / sampleRateHz;
        const auto sample = static_cast<float>(fade * gainFromDb(levelDb) * std::sin(phase));
        sound->channel(0)[static_cast<std::size_t>(n)] = sample;
        sound->channel(1)[static_cast<std::size_t>(rightFirst + n)] = sample;
    }
    return sound;
}

} // namespace engine::playback
