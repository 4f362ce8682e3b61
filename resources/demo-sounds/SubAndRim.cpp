// SPDX-License-Identifier: GPL-3.0-or-later
//
// 808 bass line: long notes about a quarter tone from D minor, two of them sliding, with rimshots
// and a thin shaker of hats above so that a snapped bass can be told from an untouched beat.

#include "resources/demo-sounds/DrumVoices.h"
#include "resources/demo-sounds/Random.h"
#include "resources/demo-sounds/Shaping.h"
#include "resources/demo-sounds/Sounds.h"

namespace demo {

namespace {

struct BassNote {
    double startBeat;
    double gateBeats;
    double midiNote;
    double offsetCents;
    double slideSemitones;
    double slideBeats; ///< length of the slide at the end of the note
};

constexpr BassNote line[] = {
    {0.0, 2.6, 29.0, 45.0, 0.0, 0.5},  {2.75, 1.1, 29.0, 45.0, 0.0, 0.5},
    {4.0, 3.2, 26.0, -42.0, 0.0, 0.5}, {7.5, 0.45, 33.0, 40.0, 0.0, 0.2},
    {8.0, 2.7, 31.0, -45.0, 5.0, 0.6}, {11.0, 0.9, 36.0, -38.0, -5.0, 0.5},
    {12.0, 3.9, 24.0, 48.0, 2.0, 1.2},
};

struct Rim {
    double beat;
    double velocity;
    double pan;
};

constexpr Rim rims[] = {
    {1.5, 0.5, 0.35},   {2.0, 1.0, 0.1},    {3.25, 0.4, -0.4}, {3.75, 0.6, 0.4},
    {6.0, 1.0, 0.1},    {6.75, 0.35, -0.4}, {7.0, 0.45, -0.3}, {9.5, 0.5, 0.35},
    {10.0, 1.0, 0.1},   {11.25, 0.4, -0.4}, {11.75, 0.6, 0.4}, {14.0, 1.0, 0.1},
    {14.75, 0.4, -0.4}, {15.0, 0.5, -0.2},  {15.25, 0.6, 0.2}, {15.5, 0.75, 0.4},
};

} // namespace

StereoBuffer synthesiseSubAndRim(double durationS)
{
    SplitMix64 random(0x808);
    StereoBuffer bass(durationS);
    for (const BassNote &note : line) {
        const double hz = noteHz(note.midiNote, note.offsetCents);
        const double gateS = note.gateBeats * beatS;
        addSub(bass, {note.startBeat * beatS, 1.0, 0.0, random.next()},
               {hz, hz * std::exp2(note.slideSemitones / 12.0), gateS,
                gateS - note.slideBeats * beatS});
    }
    StereoBuffer percussion(durationS);
    for (const Rim &rim : rims)
        addRimshot(percussion, {rim.beat * beatS, 1.7 * rim.velocity, rim.pan, random.next()},
                   481.0);
    for (int eighth = 1; eighth < 32; eighth += 2)
        addHat(percussion,
               {eighth * beatS / 2.0, 0.34 + 0.08 * random.bipolar(), -0.35, random.next()}, 0.09);

    addRoom(percussion, {0.7, 6500.0, 0.8, 0.38, 250.0});
    percussion.mix(bass, 0.8);
    keepBassCentred(percussion, 130.0);
    return percussion;
}

} // namespace demo
