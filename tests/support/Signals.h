// SPDX-License-Identifier: GPL-3.0-or-later
//
// Test sounds that are the same on every machine: everything random comes from a seeded splitmix64.
// Shape: AudioBuffer, each channel with its own sound of the same kind. Units: amplitudes are
// linear.
#pragma once

#include "engine/base/AudioBuffer.h"

#include <cstdint>
#include <string_view>

namespace tests {

/// Source: Steele, Lea & Flood, "Fast splittable pseudorandom number generators" (OOPSLA 2014).
class Random {
public:
    explicit Random(std::uint64_t seed) : state_(seed) {}
    std::uint64_t bits();
    /// low <= x < high.
    double between(double low, double high);
    /// low <= x <= high.
    int whole(int low, int high);
    bool chance(double probability) { return between(0.0, 1.0) < probability; }

private:
    std::uint64_t state_;
};

enum class SignalKind {
    Sine,
    DetunedChord,
    Noise,
    DecayingClicks,
    Sweep,
    Impulse,
    Silence,
    Mixed, ///< chord, clicks and a little noise
};
inline constexpr int signalKindCount = 8;
std::string_view signalName(SignalKind kind);

engine::AudioBuffer makeSignal(SignalKind kind, engine::AudioFormat format, int frames,
                               double amplitude, Random &random);

} // namespace tests
