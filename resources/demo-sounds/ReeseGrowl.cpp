// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reese growl: seven saws per note beat against each other; a low-pass and two moving resonances,
// driven by an oscillator in time with the tempo, open and close like a mouth.
// Phrase: A1 +35 cents for two bars, C2 -38, G1 +28, then a slide back up.

#include "resources/demo-sounds/Envelopes.h"
#include "resources/demo-sounds/Oscillators.h"
#include "resources/demo-sounds/Random.h"
#include "resources/demo-sounds/Shaping.h"
#include "resources/demo-sounds/Sounds.h"

#include <array>

namespace demo {

namespace {

constexpr int voiceCount = 7;
constexpr double detuneCents[voiceCount] = {-23.0, -14.0, -6.0, 0.0, 7.0, 15.0, 24.0};
constexpr double voicePan[voiceCount] = {-0.8, 0.6, -0.4, 0.0, 0.4, -0.6, 0.8};

constexpr Breakpoint pitchSemitones[] = {
    {2.0 * barS - 0.02, 33.35}, {2.0 * barS + 0.03, 35.62}, {3.0 * barS - 0.02, 35.62},
    {3.0 * barS + 0.03, 31.28}, {3.5 * barS, 31.28},        {3.9 * barS, 33.35},
};
/// Growls per beat: eighths, triplets, sixteenths and back.
struct GrowlStep {
    double startBeat;
    double perBeat;
};
constexpr GrowlStep growlSteps[] = {{0.0, 1.0}, {2.0, 2.0},  {4.0, 1.5},  {6.0, 3.0},  {7.0, 4.0},
                                    {8.0, 2.0}, {10.0, 3.0}, {12.0, 1.0}, {14.0, 4.0}, {15.0, 2.0}};

double growlPhase(double beat)
{
    GrowlStep current = growlSteps[0];
    for (const GrowlStep &step : growlSteps) {
        if (beat >= step.startBeat)
            current = step;
    }
    return wrapped((beat - current.startBeat) * current.perBeat);
}

/// Opens fast, closes slowly.
double mouthAt(double phase)
{
    const double opened = phase < 0.3 ? swell(phase / 0.3) : 1.0 - swell((phase - 0.3) / 0.7);
    return opened;
}

/// The gaps between notes, short enough to read as articulation.
double gateAt(double timeS)
{
    double gate = 1.0 - swell((timeS - 3.93 * barS) / (0.06 * barS));
    for (const double edgeS : {barS, 2.0 * barS, 3.0 * barS})
        gate *= 1.0 - swell((timeS - edgeS + 0.05) / 0.03) * (1.0 - swell((timeS - edgeS) / 0.012));
    return gate * swell(timeS / 0.012);
}

struct Growl {
    std::array<StereoFilter, 2> lowPass;
    StereoFilter first;
    StereoFilter second;
    StereoFilter third;

    StereoFrame process(StereoFrame in, double mouth, double tilt)
    {
        const double cutoffHz = mixedHz(190.0, 6800.0, mouth * (0.75 + 0.25 * tilt));
        lowPass[0].set(cutoffHz, 0.9);
        lowPass[1].set(cutoffHz, 1.9);
        first.set(mixedHz(270.0, 780.0, mouth), 5.0);
        second.set(mixedHz(720.0, mixedHz(1250.0, 2350.0, tilt), mouth), 7.0);
        third.set(mixedHz(2300.0, 3300.0, 1.0 - mouth), 6.0);
        StereoFrame out = lowPass[1].low(lowPass[0].low(in));
        out += 1.6 * first.band(in);
        out += (0.7 + 3.2 * mouth) * second.band(in);
        out += (0.6 + 3.0 * mouth) * third.band(in);
        return out;
    }
};

} // namespace

StereoBuffer synthesiseReeseGrowl(double durationS)
{
    StereoBuffer bass(durationS);
    SplitMix64 random(0x4EE5E);
    std::array<SawOscillator, voiceCount> saws;
    for (SawOscillator &saw : saws)
        saw = SawOscillator(random.unipolar());
    SineOscillator sub;
    Growl growl;
    StereoFilter hiss(5200.0, 0.7);
    StereoFilter top(12500.0, 0.7071);
    StateVariableFilter mouthSmoother(28.0, 0.6);

    for (int frame = 0; frame < bass.frames(); ++frame) {
        const double timeS = frame / renderRateHz;
        const double beat = timeS / beatS;
        const double mouth = mouthSmoother.low(mouthAt(growlPhase(beat)));
        const double tilt = 0.5 - 0.5 * std::cos(twoPi * beat / 5.3);
        const double centreHz = engine::hzFromMidiNote(curveAt(pitchSemitones, timeS));

        StereoFrame sum;
        for (std::size_t i = 0; i < voiceCount; ++i) {
            const double hz = centreHz * ratioFromCents(detuneCents[i]);
            sum += 0.33 * saws[i].next(hz) * panGains(voicePan[i]);
        }
        const StereoFrame breath = hiss.band({random.bipolar(), random.bipolar()});
        sum += 0.22 * mouth * breath;

        const StereoFrame vowel = growl.process(sum, mouth, tilt);
        const double drive = 1.5 + 1.6 * mouth;
        const StereoFrame driven{std::tanh(drive * vowel.left), std::tanh(drive * vowel.right)};
        StereoFrame out = 0.8 * top.low(driven);
        const double low = 0.36 * sub.next(centreHz);
        out += {low, low};
        bass.set(frame, gateAt(timeS) * out);
    }
    addRoom(bass, {0.35, 5000.0, 0.5, 0.07, 300.0});
    keepBassCentred(bass, 130.0);
    return bass;
}

} // namespace demo
