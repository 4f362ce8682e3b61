// SPDX-License-Identifier: GPL-3.0-or-later
//
// A source with about half of its samples moved by one unit in the last place of a 32-bit float, at
// random: how far the result moves tells how much a render amplifies rounding.
// Shape: that of the source. Real-time: no. Errors: those of the source. The same seed moves the
// same samples, however the source is read.
#pragma once

#include "engine/base/AudioStream.h"
#include "engine/base/RandomBits.h"

#include <cmath>

namespace engine {

class NudgedSource final : public AudioSource {
public:
    /// Requires: `source` outlives this one.
    NudgedSource(AudioSource &source, std::uint64_t seed) : source_(source), seed_(seed) {}

    AudioFormat format() const override { return source_.format(); }
    std::optional<std::int64_t> declaredFrames() const override { return source_.declaredFrames(); }
    Status seek(std::int64_t frame) override
    {
        frame_ = frame;
        return source_.seek(frame);
    }
    Result<int> read(AudioBlock into) override
    {
        const Result<int> got = source_.read(into);
        for (int n = 0; got && n < *got; ++n, ++frame_) {
            const std::uint64_t bits = randomBits(mixedBits(seed_) ^ static_cast<std::uint64_t>(frame_));
            for (int c = 0; c < into.channels(); ++c) {
                float &sample = into.data(c)[n];
                if ((bits >> c & 1U) != 0)
                    sample = std::nextafter(sample, 2.0F * sample); // silence stays silent
            }
        }
        return got;
    }

private:
    AudioSource &source_;
    std::uint64_t seed_;
    std::int64_t frame_ = 0;
};

} // namespace engine
