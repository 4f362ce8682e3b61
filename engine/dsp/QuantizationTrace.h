// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a quantizer did to a sound, as the quantizer itself saw it: for every frame the partials it
// moved, and the partials that left it.
// Shape: frames in order, a hop apart; each names its part of two lists. Moves that begin at one
// partial and end at different places are several moves with the same fromHz. What lies 70 dB below
// a frame or below −100 dB is left out. Units: Hz; frames of the sound, from its start; power 1 is
// a full-scale sine in every channel. Real-time: no (grows). Errors: none.
#pragma once

#include "engine/dsp/Scale.h"

namespace engine::dsp {

struct QuantizationTrace {
    struct Move {
        float fromHz; ///< instantaneous frequency of the partial
        float toHz;   ///< where its energy goes; fromHz where it stays
        float noteHz; ///< the allowed note that was chosen for it
        float lowHz;  ///< the part of the spectrum that moves: lowHz up to below highHz
        float highHz;
        float power;      ///< of that part, before
        float powerMoved; ///< of what left it; 0 where it stays
    };
    struct Partial {
        float hz;
        float power; ///< as it is heard, after frames have been added up
    };
    struct Frame {
        std::int64_t centreFrame; ///< of the sound
        std::uint32_t firstMove;
        std::uint32_t moves;
        std::uint32_t firstPartial;
        std::uint32_t partials;
    };

    int sampleRateHz = 0;
    int hopFrames = 0;
    Scale scale;
    double snapStrength = 0.0;
    std::vector<Frame> frames;
    std::vector<Move> moves;
    std::vector<Partial> partialsAfter;

    /// Gives back what the lists hold in reserve.
    void shrink()
    {
        frames.shrink_to_fit();
        moves.shrink_to_fit();
        partialsAfter.shrink_to_fit();
    }
    std::size_t bytes() const
    {
        return frames.capacity() * sizeof(Frame) + moves.capacity() * sizeof(Move) +
               partialsAfter.capacity() * sizeof(Partial);
    }
};

/// The part of a sound of which a trace is wanted: frames whose centre lies in it are told.
struct TraceWindow {
    std::int64_t runStartFrame = 0; ///< where the first sample given to the quantizer lies
    std::int64_t firstFrame = 0;
    std::int64_t endFrame = 0;
};

/// The part of a quantizer's input spectrum that is to be heard alone: lowHz up to below highHz.
struct SoloRange {
    double lowHz = 0.0;
    double highHz = 0.0;
    bool operator==(const SoloRange &) const = default;
};

} // namespace engine::dsp
