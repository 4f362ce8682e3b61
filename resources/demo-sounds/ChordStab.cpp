// SPDX-License-Identifier: GPL-3.0-or-later
//
// Chord stabs: four-voice seventh chords of stacked saws with a plucked filter, echoes and a room.
// Every voice is 20 to 45 cents off, sharp and flat in turn, so the chord is sour as a whole.

#include "resources/demo-sounds/Envelopes.h"
#include "resources/demo-sounds/Oscillators.h"
#include "resources/demo-sounds/Random.h"
#include "resources/demo-sounds/Shaping.h"
#include "resources/demo-sounds/Sounds.h"

#include <array>

namespace demo {

namespace {

constexpr int voiceCount = 4;
constexpr int layers = 5; ///< saws per voice
constexpr double layerCents[layers] = {-9.0, -4.0, 0.0, 5.0, 9.0};
constexpr double layerPan[layers] = {-0.9, 0.7, 0.0, -0.7, 0.9};

struct Chord {
    std::array<double, voiceCount> midiNote;
    std::array<double, voiceCount> offsetCents;
};

constexpr Chord dMinor7{{50.0, 57.0, 60.0, 65.0}, {-32.0, 28.0, -45.0, 38.0}};
constexpr Chord bFlatMajor7{{46.0, 57.0, 62.0, 65.0}, {35.0, -27.0, 42.0, -24.0}};
constexpr Chord gMinor7{{43.0, 58.0, 62.0, 65.0}, {-38.0, 31.0, -22.0, 45.0}};
constexpr Chord aMinor7{{45.0, 60.0, 64.0, 67.0}, {30.0, -40.0, 26.0, -34.0}};

struct Stab {
    double beat;
    double velocity;
    double gateBeats;
    const Chord &chord;
};

constexpr Stab stabs[] = {
    {0.0, 1.0, 0.32, dMinor7},    {0.75, 0.75, 0.2, dMinor7},    {2.5, 0.9, 0.3, dMinor7},
    {3.25, 0.6, 0.18, dMinor7},   {4.0, 1.0, 0.32, bFlatMajor7}, {4.75, 0.75, 0.2, bFlatMajor7},
    {6.5, 0.9, 0.5, bFlatMajor7}, {8.0, 1.0, 0.32, gMinor7},     {8.75, 0.75, 0.2, gMinor7},
    {10.5, 0.9, 0.3, gMinor7},    {11.25, 0.7, 0.18, gMinor7},   {12.0, 1.0, 0.32, aMinor7},
    {12.75, 0.75, 0.2, aMinor7},  {13.5, 0.85, 0.9, aMinor7},
};

void addStab(StereoBuffer &buffer, const Stab &stab, SplitMix64 &random)
{
    std::array<std::array<SawOscillator, layers>, voiceCount> saws;
    for (auto &voice : saws) {
        for (SawOscillator &saw : voice)
            saw = SawOscillator(random.unipolar());
    }
    StereoFilter first;
    StereoFilter second;
    StereoFilter click(2500.0, 0.8);
    const double gateS = stab.gateBeats * beatS;
    const Adsr loudness{2.0, 380.0, 0.45, 170.0};
    const int startFrame = renderFrames(stab.beat * beatS);
    const int frames = renderFrames(gateS + 0.18);
    for (int frame = 0; frame < frames; ++frame) {
        const double timeS = frame / renderRateHz;
        StereoFrame sum;
        for (std::size_t v = 0; v < voiceCount; ++v) {
            const double hz = noteHz(stab.chord.midiNote[v], stab.chord.offsetCents[v]);
            for (std::size_t i = 0; i < layers; ++i)
                sum += 0.16 * saws[v][i].next(hz * ratioFromCents(layerCents[i])) *
                       panGains(layerPan[i]);
        }
        const double pluck = 0.8 * decayAt(timeS, 0.9) + 0.2 * decayAt(timeS, 0.08);
        const double cutoffHz = mixedHz(650.0, 7000.0 + 7000.0 * stab.velocity, pluck);
        first.set(cutoffHz, 0.65);
        second.set(cutoffHz, 1.7);
        StereoFrame out = second.low(first.low(sum));
        out += 0.35 * decayAt(timeS, 0.018) * click.band({random.bipolar(), random.bipolar()});
        const double gain = stab.velocity * loudness.at(timeS, gateS);
        buffer.add(startFrame + frame, gain * out);
    }
}

} // namespace

StereoBuffer synthesiseChordStab(double durationS)
{
    StereoBuffer chords(durationS);
    SplitMix64 random(0xC4042D);
    for (const Stab &stab : stabs)
        addStab(chords, stab, random);
    warm(chords, 3.2);
    addPingPong(chords, 0.75 * beatS, 0.42, 0.34);
    addRoom(chords, {1.3, 5200.0, 1.1, 0.2, 220.0});
    keepBassCentred(chords, 140.0);
    return chords;
}

} // namespace demo
