// SPDX-License-Identifier: GPL-3.0-or-later
//
// The shape that every DSP block has, checked at compile time. A block is a small struct that
// knows its samples and nothing of pipeline, files, threads or parameter names.
//
// Time block: process() works in place on any length up to spec.maxFrames and returns the sound
// latencyFrames() late. Spectral block: process() changes the bins of one frame, all channels at
// once; it is const, so that many frames can be worked on at the same time, each with a Scratch.
// Real-time: prepare() allocates, reset() and process() do not. Errors: process() cannot fail.
#pragma once

#include "engine/base/AudioBuffer.h"

#include <complex>
#include <concepts>

namespace engine::dsp {

struct StreamSpec {
    int sampleRateHz = 0;
    int channels = 0;
    int maxFrames = 0;
};

struct SpectrumSpec {
    int sampleRateHz = 0;
    int channels = 0;
    int fftSize = 0;
    int bins() const { return fftSize / 2 + 1; }
    double binHz() const { return static_cast<double>(sampleRateHz) / fftSize; }
};

/// One short-time spectrum of every channel, in place. Bin k lies at k * binHz.
struct SpectrumFrame {
    std::array<std::complex<float> *, maxChannels> bins{};
    int channels = 0;
    int binCount = 0;
    std::int64_t index = 0; ///< frame number; its centre is sample index * hop
};

template <typename Block>
concept TimeBlock = requires(Block block, const Block constBlock, StreamSpec spec,
                             typename Block::Parameters parameters, AudioBlock io)
{
    block.prepare(spec, parameters);
    {
        block.reset()
    }
    noexcept;
    {
        block.process(io)
    }
    noexcept;
    {
        constBlock.latencyFrames()
    }
    noexcept->std::same_as<int>;
    {
        constBlock.memoryFrames()
    }
    noexcept->std::same_as<int>;
    requires std::equality_comparable<typename Block::Parameters>;
};

template <typename Block>
concept SpectralBlock = requires(Block block, const Block constBlock, SpectrumSpec spec,
                                 typename Block::Parameters parameters, SpectrumFrame frame,
                                 typename Block::Scratch scratch)
{
    block.prepare(spec, parameters);
    {
        constBlock.makeScratch()
        } -> std::same_as<typename Block::Scratch>;
    {
        constBlock.process(frame, scratch)
    }
    noexcept;
    requires std::equality_comparable<typename Block::Parameters>;
};

} // namespace engine::dsp
