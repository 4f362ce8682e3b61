// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sung phrase: three takes of one voice, each note opening on "ah" and closing to "oh", with
// scooped onsets, vibrato that grows, an unsteady pitch and breath in the open phase of the folds.

#include "resources/demo-sounds/Envelopes.h"
#include "resources/demo-sounds/Formants.h"
#include "resources/demo-sounds/Oscillators.h"
#include "resources/demo-sounds/Random.h"
#include "resources/demo-sounds/Shaping.h"
#include "resources/demo-sounds/Sounds.h"

namespace demo {

namespace {

/// MIDI notes with the singer's error: A -36 cents, F +34, G -30, D +38.
constexpr Breakpoint pitchSemitones[] = {
    {0.02, 55.9}, {0.22, 56.64}, {1.72, 56.64}, {1.88, 53.34}, {3.25, 53.34},
    {3.42, 54.7}, {4.55, 54.7},  {4.80, 50.38}, {6.6, 50.33},
};
/// 0 is "ah", 1 is "oh", 2 is "oo".
constexpr Breakpoint vowels[] = {{0.35, 0.0}, {1.5, 1.0},  {1.78, 1.0}, {2.0, 0.05},
                                 {3.1, 1.0},  {3.3, 1.0},  {3.5, 0.1},  {4.4, 0.9},
                                 {4.7, 0.9},  {4.95, 0.0}, {5.9, 1.1},  {6.5, 1.7}};
constexpr Breakpoint loudness[] = {{0.0, 0.0},  {0.16, 0.9}, {1.0, 1.0},  {1.7, 0.72},
                                   {1.95, 1.0}, {3.2, 0.62}, {3.5, 0.95}, {4.5, 0.7},
                                   {4.95, 1.0}, {5.7, 0.8},  {6.55, 0.0}};
constexpr double noteStartS[] = {0.05, 1.8, 3.35, 4.7};

struct Take {
    double offsetCents;
    double lateS;
    double tractLength;
    double vibratoHz;
    double gain;
    double pan;
    std::uint64_t seed;
};

constexpr Take takes[] = {
    {0.0, 0.0, 1.0, 5.35, 1.0, 0.0, 0xA11},
    {-9.0, 0.018, 1.035, 4.95, 0.55, -0.75, 0xA12},
    {8.0, 0.027, 0.97, 5.7, 0.55, 0.75, 0xA13},
};

double sinceNoteS(double timeS)
{
    double since = timeS;
    for (const double startS : noteStartS) {
        if (timeS >= startS)
            since = timeS - startS;
    }
    return since;
}

Vowel vowelAt(double timeS)
{
    const double position = curveAt(vowels, timeS);
    return position < 1.0 ? between(vowelAh, vowelOh, position)
                          : between(vowelOh, vowelOo, position - 1.0);
}

void addTake(StereoBuffer &buffer, const Take &take)
{
    constexpr int controlFrames = 32;
    SplitMix64 random(take.seed);
    DriftNoise pitchDrift(take.seed + 100, 2.5);
    DriftNoise jitter(take.seed + 200, 45.0);
    DriftNoise shimmer(take.seed + 300, 12.0);
    GlottalSource folds;
    SineOscillator vibrato(random.unipolar());
    StateVariableFilter tilt(3000.0, 0.6);
    StateVariableFilter presence(2300.0, 0.7071);
    StateVariableFilter breathBand(1800.0, 0.5);
    StateVariableFilter airBand(7800.0, 0.6);
    FormantBank tract;
    const StereoFrame gains = panGains(take.pan);
    for (int frame = 0; frame < buffer.frames(); ++frame) {
        const double timeS = frame / renderRateHz - take.lateS;
        const double effort = curveAt(loudness, timeS);
        if (frame % controlFrames == 0) {
            tract.set(vowelAt(timeS), take.tractLength);
            tilt.set(1800.0 + 6000.0 * effort, 0.55);
        }
        const double depthCents = 4.0 + 30.0 * swell((sinceNoteS(timeS) - 0.3) / 0.7);
        const double cents = take.offsetCents + 5.0 * pitchDrift.next() + 4.0 * jitter.next() +
                             depthCents * vibrato.next(take.vibratoHz);
        const double hz = noteHz(curveAt(pitchSemitones, timeS), cents);
        const double voiced = folds.next(hz, 0.72 - 0.14 * effort);
        const double breath = breathBand.high(random.bipolar()) * (0.25 + folds.openness()) *
                              (0.028 + 0.02 * (1.0 - effort));
        const double source = tilt.low(voiced) + 3.0 * effort * presence.high(voiced);
        const double air = airBand.band(random.bipolar()) * (0.3 + folds.openness());
        const double throat = effort * (1.0 + 0.05 * shimmer.next()) * (source + breath);
        buffer.add(frame, take.gain * (0.2 * tract.process(throat) + 0.035 * effort * air) * gains);
    }
}

} // namespace

StereoBuffer synthesiseVocalAh(double durationS)
{
    StereoBuffer voice(durationS);
    for (const Take &take : takes)
        addTake(voice, take);
    addRoom(voice, {1.6, 5500.0, 1.3, 0.16, 220.0});
    return voice;
}

} // namespace demo
