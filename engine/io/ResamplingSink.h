// SPDX-License-Identifier: GPL-3.0-or-later
//
// Changes the sample rate on the way to another sink: soxr at its highest quality (28 bits, linear
// phase), in constant memory, on the calling thread.
// Shape: planar blocks of any size in; blocks of up to 4096 frames out. The output does not depend
// on how the input is cut into blocks, is not delayed, and is exactly round(frames · out / in)
// long once finish() was called. Equal rates pass the blocks on untouched.
// Units: Hz, frames. Real-time: no (the next sink may block). Errors: those of the next sink;
// Usage for rates that soxr refuses.
#pragma once

#include "engine/base/AudioStream.h"

#include <memory>

namespace engine::io {

class ResamplingSink : public AudioSink {
public:
    /// Requires: `next` takes blocks of in.channels channels and outlives this object.
    static Result<std::unique_ptr<ResamplingSink>> create(AudioFormat in, int outRateHz,
                                                          AudioSink &next);
    ~ResamplingSink() override;

    Status write(ConstAudioBlock block) override;
    /// Passes on the rest of the sound; does not finish the next sink. Once, after the last write.
    Status finish();

private:
    struct State;
    explicit ResamplingSink(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

} // namespace engine::io
