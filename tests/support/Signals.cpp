// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Signals.h"

#include <cmath>
#include <numbers>
#include <vector>

namespace tests {

namespace {

using Samples = std::vector<double>;

constexpr double fullTurn = 2.0 * std::numbers::pi;

void addSine(Samples &samples, double cyclesPerFrame, double amplitude, double phase)
{
    for (std::size_t n = 0; n < samples.size(); ++n)
        samples[n] +=
            amplitude * std::sin(fullTurn * cyclesPerFrame * static_cast<double>(n) + phase);
}

/// Logarithmically distributed, from 30 Hz to two fifths of the sample rate.
double anyFrequency(int sampleRateHz, Random &random)
{
    return 30.0 * std::pow(0.4 * sampleRateHz / 30.0, random.between(0.0, 1.0)) / sampleRateHz;
}

void addChord(Samples &samples, int sampleRateHz, double amplitude, Random &random)
{
    const double root = random.between(60.0, 500.0) / sampleRateHz;
    const int voices = random.whole(3, 8);
    for (int voice = 0; voice < voices; ++voice) {
        const double semitones = random.whole(0, 24) + random.between(-0.4, 0.4);
        addSine(samples, root * std::exp2(semitones / 12.0), amplitude / voices,
                random.between(0.0, fullTurn));
    }
}

void addNoise(Samples &samples, double amplitude, Random &random)
{
    for (double &x : samples)
        x += random.between(-amplitude, amplitude);
}

void addClicks(Samples &samples, int sampleRateHz, double amplitude, Random &random)
{
    const auto length = static_cast<int>(samples.size());
    for (int start = random.whole(0, 200); start < length; start += random.whole(300, 2500)) {
        const double frequency = anyFrequency(sampleRateHz, random);
        const double decay = random.between(20.0, 400.0);
        for (int n = start; n < length; ++n) {
            const double age = n - start;
            samples[static_cast<std::size_t>(n)] +=
                amplitude * std::exp(-age / decay) * std::cos(fullTurn * frequency * age);
        }
    }
}

void addSweep(Samples &samples, int sampleRateHz, double amplitude, Random &random)
{
    const double from = anyFrequency(sampleRateHz, random);
    const double to = anyFrequency(sampleRateHz, random);
    double phase = 0.0;
    for (std::size_t n = 0; n < samples.size(); ++n) {
        const double position = static_cast<double>(n) / static_cast<double>(samples.size());
        samples[n] += amplitude * std::sin(phase);
        phase += fullTurn * from * std::pow(to / from, position);
    }
}

} // namespace

std::uint64_t Random::bits()
{
    std::uint64_t z = state_ += 0x9E3779B97F4A7C15ULL;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
}

double Random::between(double low, double high)
{
    return low + (high - low) * static_cast<double>(bits() >> 11) * 0x1p-53;
}

int Random::whole(int low, int high)
{
    return low + static_cast<int>(bits() % static_cast<std::uint64_t>(high - low + 1));
}

std::string_view signalName(SignalKind kind)
{
    switch (kind) {
    case SignalKind::Sine:
        return "sine";
    case SignalKind::DetunedChord:
        return "chord";
    case SignalKind::Noise:
        return "noise";
    case SignalKind::DecayingClicks:
        return "clicks";
    case SignalKind::Sweep:
        return "sweep";
    case SignalKind::Impulse:
        return "impulse";
    case SignalKind::Silence:
        return "silence";
    case SignalKind::Mixed:
        return "mixed";
    }
    return {};
}

engine::AudioBuffer makeSignal(SignalKind kind, engine::AudioFormat format, int frames,
                               double amplitude, Random &random)
{
    engine::AudioBuffer buffer(format, frames);
    const int rate = format.sampleRateHz;
    for (int c = 0; c < format.channels; ++c) {
        Samples samples(static_cast<std::size_t>(frames), 0.0);
        switch (kind) {
        case SignalKind::Sine:
            addSine(samples, anyFrequency(rate, random), amplitude, random.between(0.0, fullTurn));
            break;
        case SignalKind::DetunedChord:
            addChord(samples, rate, amplitude, random);
            break;
        case SignalKind::Noise:
            addNoise(samples, amplitude, random);
            break;
        case SignalKind::DecayingClicks:
            addClicks(samples, rate, amplitude, random);
            break;
        case SignalKind::Sweep:
            addSweep(samples, rate, amplitude, random);
            break;
        case SignalKind::Impulse:
            if (frames > 0)
                samples[static_cast<std::size_t>(random.whole(0, frames - 1))] = amplitude;
            break;
        case SignalKind::Silence:
            break;
        case SignalKind::Mixed:
            addChord(samples, rate, 0.5 * amplitude, random);
            addClicks(samples, rate, 0.4 * amplitude, random);
            addNoise(samples, 0.05 * amplitude, random);
            break;
        }
        for (std::size_t n = 0; n < samples.size(); ++n)
            buffer.channel(c)[n] = static_cast<float>(samples[n]);
    }
    return buffer;
}

} // namespace tests
