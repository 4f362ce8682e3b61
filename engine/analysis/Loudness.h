// SPDX-License-Identifier: GPL-3.0-or-later
//
// How loud a stream is, after BS.1770 (integrated, gated), by libebur128. A sink: everything that
// is written to it is measured. Shape: 1 to 8 channels. Units: LUFS. Real-time: no. Errors: none;
// silence has no loudness. Source: ITU-R BS.1770-4, EBU R 128. Sounds shorter than one 400 ms block
// are measured with silence behind them, the same for every sound, so that differences between them
// still hold.
#pragma once

#include "engine/base/AudioStream.h"

#include <memory>
#include <optional>
#include <stop_token>

namespace engine::analysis {

class LoudnessMeter final : public AudioSink {
public:
    explicit LoudnessMeter(AudioFormat format);
    ~LoudnessMeter() override;

    Status write(ConstAudioBlock block) override;
    /// Of everything so far; ends the measurement.
    std::optional<double> integratedLufs();

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// Of a whole sound. Stopped: nothing, as for silence; the caller knows that it has stopped it.
std::optional<double> integratedLufs(const AudioBuffer &sound, const std::stop_token &stop = {});

} // namespace engine::analysis
