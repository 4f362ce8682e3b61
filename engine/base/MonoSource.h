// SPDX-License-Identifier: GPL-3.0-or-later
//
// A source with its channels averaged into one, as the earlier prototype heard every file.
// Shape: 1 × frames. Real-time: no. Errors: those of the source it reads.
#pragma once

#include "engine/base/AudioStream.h"

namespace engine {

class MonoSource final : public AudioSource {
public:
    /// Requires: `source` outlives this one.
    explicit MonoSource(AudioSource &source) : source_(source), channels_(source.format(), 0) {}

    AudioFormat format() const override { return {source_.format().sampleRateHz, 1}; }
    std::optional<std::int64_t> declaredFrames() const override { return source_.declaredFrames(); }
    Status seek(std::int64_t frame) override { return source_.seek(frame); }
    Result<int> read(AudioBlock into) override
    {
        if (channels_.frames() < into.frames())
            channels_.resize(into.frames());
        const AudioBlock block = channels_.block(0, into.frames());
        const Result<int> got = source_.read(block);
        if (!got)
            return got;
        const double share = 1.0 / block.channels();
        for (int i = 0; i < *got; ++i) {
            double sum = 0.0;
            for (int c = 0; c < block.channels(); ++c)
                sum += double{block.data(c)[i]};
            into.data(0)[i] = static_cast<float>(sum * share);
        }
        return got;
    }

private:
    AudioSource &source_;
    AudioBuffer channels_;
};

} // namespace engine
