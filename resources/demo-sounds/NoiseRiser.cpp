// SPDX-License-Identifier: GPL-3.0-or-later
//
// Noise riser: a resonant band climbs through noise, a cluster of saws glides up through every
// pitch between the keys, and a tremolo chops both faster and faster until the drop.

#include "resources/demo-sounds/Envelopes.h"
#include "resources/demo-sounds/Oscillators.h"
#include "resources/demo-sounds/Random.h"
#include "resources/demo-sounds/Shaping.h"
#include "resources/demo-sounds/Sounds.h"

#include <array>

namespace demo {

namespace {

constexpr double riseS = 3.5 * barS; ///< the rest is the tail of the room
constexpr int voiceCount = 6;
constexpr double voiceCents[voiceCount] = {-31.0, -12.0, 0.0, 14.0, 690.0, 724.0};
constexpr double voicePan[voiceCount] = {-0.8, 0.5, 0.0, 0.8, -0.5, 0.6};

/// Chops per beat grow from 1 to 12 over the rise; this is the integral of that exponential.
double choppedBeats(double progress)
{
    const double growth = std::log(12.0);
    return riseS / beatS * (std::exp(growth * progress) - 1.0) / growth;
}

} // namespace

StereoBuffer synthesiseNoiseRiser(double durationS)
{
    StereoBuffer riser(durationS);
    SplitMix64 random(0x2153);
    std::array<SawOscillator, voiceCount> saws;
    for (SawOscillator &saw : saws)
        saw = SawOscillator(random.unipolar());
    std::array<StereoFilter, 2> band;
    StereoFilter whistle;
    StereoFilter air(7000.0, 0.7071);
    StereoFilter toneLow;
    StereoFilter toneHigh;

    for (int frame = 0; frame < riser.frames(); ++frame) {
        const double timeS = frame / renderRateHz;
        const double progress = std::min(1.0, timeS / riseS);
        const double gate = 1.0 - swell((timeS - riseS + 0.02) / 0.02);
        if (gate <= 0.0)
            break;
        const double common = random.bipolar();
        const StereoFrame noise{0.7 * common + 0.7 * random.bipolar(),
                                0.7 * common + 0.7 * random.bipolar()};
        const double bandHz = mixedHz(190.0, 8200.0, progress);
        band[0].set(bandHz, 1.1);
        band[1].set(1.25 * bandHz, 1.6 + 1.5 * progress);
        whistle.set(mixedHz(310.0, 4700.0, progress * progress), 38.0);

        StereoFrame out = 1.7 * band[1].band(band[0].band(noise));
        out += 1.1 * whistle.band(noise);
        out += 0.10 * progress * progress * air.high(noise);

        const double toneHz = mixedHz(noteHz(38.0, 40.0), noteHz(74.0, 35.0),
                                      0.25 * progress + 0.75 * progress * progress);
        StereoFrame tone;
        for (std::size_t i = 0; i < voiceCount; ++i)
            tone +=
                0.16 * saws[i].next(toneHz * ratioFromCents(voiceCents[i])) * panGains(voicePan[i]);
        toneLow.set(mixedHz(260.0, 7500.0, progress), 1.3);
        toneHigh.set(mixedHz(70.0, 420.0, progress), 0.7071);
        out += (0.8 + 0.6 * progress) * toneHigh.high(toneLow.low(tone));

        const double chop = 0.5 - 0.5 * std::cos(twoPi * wrapped(choppedBeats(progress)));
        const double depth = 0.35 + 0.5 * progress;
        const double swirl = 0.35 * std::sin(twoPi * 0.5 * choppedBeats(progress));
        const StereoFrame sides = panGains(progress * swirl);
        const double gain = gate * engine::gainFromDb(-15.0 * (1.0 - progress)) *
                            swell(timeS / 0.25) * (1.0 - depth * chop);
        riser.set(frame, {gain * sides.left * out.left, gain * sides.right * out.right});
    }
    warm(riser, 2.4);
    addRoom(riser, {1.5, 8000.0, 1.4, 0.24, 200.0});
    keepBassCentred(riser, 150.0);
    return riser;
}

} // namespace demo
