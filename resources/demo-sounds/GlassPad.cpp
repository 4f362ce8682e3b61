// SPDX-License-Identifier: GPL-3.0-or-later
//
// Glass pad: seven notes of frequency modulation with modulators at irrational ratios, so that the
// sidebands fall between the keys; brightness swells and drifts, small bells ring on top.
// Source: Chowning, "The synthesis of complex audio spectra by means of frequency modulation",
// JAES 21, 1973.

#include "resources/demo-sounds/Envelopes.h"
#include "resources/demo-sounds/ModalBank.h"
#include "resources/demo-sounds/Oscillators.h"
#include "resources/demo-sounds/Random.h"
#include "resources/demo-sounds/Shaping.h"
#include "resources/demo-sounds/Sounds.h"

namespace demo {

namespace {

struct PadNote {
    double midiNote;
    double offsetCents;
    double modulatorRatio;
    double startS;
    double level;
};

constexpr PadNote notes[] = {
    {38.0, -34.0, 1.4142, 0.0, 0.5},  {50.0, 37.0, 2.7561, 0.1, 0.8},
    {57.0, -41.0, 3.5309, 0.35, 0.7}, {60.0, 44.0, 2.2361, 0.6, 0.65},
    {65.0, -29.0, 4.2426, 1.0, 0.6},  {76.0, 33.0, 3.3166, 1.6, 0.4},
    {81.0, -37.0, 2.6458, 2.6, 0.3},
};

struct Bell {
    double startS;
    double frequencyHz;
    double pan;
    double gain;
};

constexpr Bell bells[] = {
    {0.6, 1207.0, -0.5, 0.8}, {1.9, 1811.0, 0.6, 0.6}, {2.85, 1353.0, 0.2, 0.7},
    {3.9, 2151.0, -0.7, 0.5}, {4.7, 1016.0, 0.4, 0.8}, {5.5, 1612.0, -0.2, 0.5},
};

/// What moves slowly in one of the two voices of a note.
struct PadControls {
    double index;
    double sparkle;
    StereoFrame gain;
};

class PadMotion {
public:
    PadMotion(const PadNote &note, double side, SplitMix64 &random)
        : note_(note), side_(side), swayHz_(0.17 + 0.2 * random.unipolar()),
          swingHz_(0.09 + 0.1 * random.unipolar()), swayPhase_(random.unipolar()),
          swingPhase_(random.unipolar())
    {}
    PadControls at(double timeS) const
    {
        const double sway = std::sin(twoPi * (swayPhase_ + swayHz_ * timeS));
        const double swing = std::sin(twoPi * (swingPhase_ + swingHz_ * timeS));
        const double level = 0.12 * note_.level * loudness_.at(timeS, 5.9 - note_.startS);
        return {(0.45 + 1.75 * swell(timeS / 2.6)) * (1.0 + 0.5 * sway), 0.55 * (1.0 - 0.6 * sway),
                level * panGains(side_ * 0.55 + 0.3 * swing)};
    }

private:
    PadNote note_;
    Adsr loudness_{1400.0, 3000.0, 0.8, 1900.0};
    double side_;
    double swayHz_;
    double swingHz_;
    double swayPhase_;
    double swingPhase_;
};

void addPadVoice(StereoBuffer &buffer, const PadNote &note, double side, SplitMix64 &random)
{
    constexpr int controlFrames = 64; ///< slow controls are interpolated between these
    const PadMotion motion(note, side, random);
    SineOscillator carrier(random.unipolar());
    SineOscillator modulator(random.unipolar());
    SineOscillator glint(random.unipolar());
    const double hz = noteHz(note.midiNote, note.offsetCents + side * 4.5);
    PadControls from = motion.at(0.0);
    for (int block = 0; renderFrames(note.startS) + block < buffer.frames();
         block += controlFrames) {
        const PadControls to = motion.at((block + controlFrames) / renderRateHz);
        for (int i = 0; i < controlFrames; ++i) {
            const double t = static_cast<double>(i) / controlFrames;
            const double deep =
                mixed(from.index, to.index, t) * modulator.next(hz * note.modulatorRatio);
            const double sparkle = mixed(from.sparkle, to.sparkle, t) * glint.next(hz * 7.0273);
            const double value = carrier.next(hz, deep + sparkle);
            buffer.add(renderFrames(note.startS) + block + i,
                       value * StereoFrame{mixed(from.gain.left, to.gain.left, t),
                                           mixed(from.gain.right, to.gain.right, t)});
        }
        from = to;
    }
}

void addPadNote(StereoBuffer &buffer, const PadNote &note, SplitMix64 &random)
{
    addPadVoice(buffer, note, -1.0, random);
    addPadVoice(buffer, note, 1.0, random);
}

void addBell(StereoBuffer &buffer, const Bell &bell)
{
    // Free bar: the ratios of a glockenspiel key, slightly stretched.
    std::vector<Mode> modes;
    constexpr double ratio[] = {1.0, 1.0031, 2.771, 5.433, 8.97};
    constexpr double level[] = {0.6, 0.4, 0.4, 0.22, 0.1};
    for (std::size_t i = 0; i < std::size(ratio); ++i)
        modes.push_back({bell.frequencyHz * ratio[i], 2.4 / (1.0 + 0.5 * ratio[i] * ratio[i] / 8.0),
                         level[i] * panGains(i % 2 == 0 ? bell.pan : -bell.pan)});
    strike(buffer, bell.startS, modes, 0.11 * bell.gain);
}

} // namespace

StereoBuffer synthesiseGlassPad(double durationS)
{
    StereoBuffer pad(durationS);
    SplitMix64 random(0x61A55);
    for (const PadNote &note : notes)
        addPadNote(pad, note, random);
    for (const Bell &bell : bells)
        addBell(pad, bell);
    addPingPong(pad, beatS, 0.4, 0.18);
    addRoom(pad, {3.0, 7000.0, 1.9, 0.24, 200.0});
    keepBassCentred(pad, 120.0);
    for (int frame = 0; frame < pad.frames(); ++frame)
        pad.set(frame, swell((durationS - frame / renderRateHz) / 1.0) * pad.at(frame));
    return pad;
}

} // namespace demo
