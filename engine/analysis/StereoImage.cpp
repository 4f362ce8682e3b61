// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/StereoImage.h"

#include <cmath>
#include <cstring>

namespace engine::analysis {

namespace {

double finiteOrZero(float sample)
{
    return std::isfinite(sample) ? static_cast<double>(sample) : 0.0;
}

} // namespace

std::optional<double> correlation(std::span<const float> left, std::span<const float> right)
{
    assert(left.size() == right.size());
    double both = 0.0;
    double leftPower = 0.0;
    double rightPower = 0.0;
    for (std::size_t i = 0; i < left.size(); ++i) {
        const double l = finiteOrZero(left[i]);
        const double r = finiteOrZero(right[i]);
        both += l * r;
        leftPower += l * l;
        rightPower += r * r;
    }
    if (leftPower <= 0.0 || rightPower <= 0.0)
        return std::nullopt;
    return std::clamp(both / std::sqrt(leftPower * rightPower), -1.0, 1.0);
}

bool isMono(const AudioBuffer &sound)
{
    if (sound.channels() < 2)
        return true;
    const auto left = sound.channel(0);
    const auto right = sound.channel(1);
    return std::memcmp(left.data(), right.data(), left.size_bytes()) == 0;
}

float pickedSample(const AudioBuffer &sound, ChannelPick pick, std::int64_t frame)
{
    const auto at = static_cast<std::size_t>(frame);
    const auto left = static_cast<float>(finiteOrZero(sound.channel(0)[at]));
    const auto right =
        sound.channels() > 1 ? static_cast<float>(finiteOrZero(sound.channel(1)[at])) : left;
    switch (pick) {
    case ChannelPick::Left:
        return left;
    case ChannelPick::Right:
        return right;
    case ChannelPick::Mid:
        return 0.5F * (left + right);
    case ChannelPick::Side:
        break;
    }
    return 0.5F * (left - right);
}

std::vector<float> pickedWave(const AudioBuffer &sound, ChannelPick pick, std::int64_t first,
                              std::int64_t end)
{
    std::vector<float> wave;
    const std::int64_t last = std::min(end, sound.frames());
    for (std::int64_t frame = std::max<std::int64_t>(first, 0); frame < last; ++frame)
        wave.push_back(pickedSample(sound, pick, frame));
    return wave;
}

std::optional<double> risingCrossing(std::span<const float> wave, std::int64_t before,
                                     std::int64_t reach)
{
    const auto last = std::min(before, static_cast<std::int64_t>(wave.size()) - 1);
    const std::int64_t first = std::max<std::int64_t>(before - reach, 1);
    for (std::int64_t i = last; i >= first; --i) {
        const double below = finiteOrZero(wave[static_cast<std::size_t>(i - 1)]);
        const double here = finiteOrZero(wave[static_cast<std::size_t>(i)]);
        if (below < 0.0 && here >= 0.0)
            return static_cast<double>(i - 1) + below / (below - here);
    }
    return std::nullopt;
}

} // namespace engine::analysis
