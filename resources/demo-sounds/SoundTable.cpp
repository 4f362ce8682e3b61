// SPDX-License-Identifier: GPL-3.0-or-later

#include "resources/demo-sounds/SoundTable.h"

#include "resources/demo-sounds/Sounds.h"

namespace demo {

namespace {

constexpr DemoSound table[] = {
    {"reese-growl.wav", "Reese growl",
     "Detuned saw bass on A, C and G, up to 38 cents off, with a tempo-synced vowel growl",
     4.0 * barS, -3.5, synthesiseReeseGrowl},
    {"chord-stab.wav", "Chord stabs",
     "Seventh-chord stabs in an off-beat rhythm, every voice 20 to 45 cents off", 4.0 * barS, -4.0,
     synthesiseChordStab},
    {"metal-hit.wav", "Metal hits", "Struck steel plates of six sizes with inharmonic partials",
     7.5, -4.0, synthesiseMetalHit},
    {"noise-riser.wav", "Noise riser",
     "Rising band of noise over a gliding saw cluster, chopped faster and faster", 4.0 * barS, -4.0,
     synthesiseNoiseRiser},
    {"808-and-rim.wav", "808 and rim",
     "Long 808 bass notes a quarter tone off the key, with slides and rimshots", 4.0 * barS, -3.5,
     synthesiseSubAndRim},
    {"vocal-ah.wav", "Vocal ah", "Sung ah to oh in three voices, around 35 cents off, with vibrato",
     7.0, -4.0, synthesiseVocalAh},
    {"glass-pad.wav", "Glass pad", "Slow pad of inharmonic glassy tones that drift against the key",
     8.0, -5.0, synthesiseGlassPad},
    {"drum-break.wav", "Drum break",
     "Half-time loop at 140 BPM: kick, snare, hats and toms tuned between the keys", 4.0 * barS,
     -3.5, synthesiseDrumBreak},
};

} // namespace

std::span<const DemoSound> demoSounds()
{
    return table;
}

} // namespace demo
