// SPDX-License-Identifier: GPL-3.0-or-later
//
// Metal hits: steel plates of different sizes, struck with a hard mallet. Their partials are not
// multiples of anything, so a snapped copy turns clang into chord.

#include "resources/demo-sounds/Envelopes.h"
#include "resources/demo-sounds/ModalBank.h"
#include "resources/demo-sounds/Shaping.h"
#include "resources/demo-sounds/Sounds.h"

namespace demo {

namespace {

struct PlateHit {
    double beat;
    double velocity;
    Plate plate;
};

constexpr PlateHit hits[] = {
    {0.0, 1.0, {151.3, 1.37, 3.4, 1500.0, 0.23, 0.37, 3800.0}},
    {3.0, 0.75, {226.9, 1.618, 2.6, 1900.0, 0.31, 0.21, 5200.0}},
    {5.0, 0.85, {113.2, 1.272, 3.8, 1200.0, 0.17, 0.41, 3200.0}},
    {8.0, 0.7, {339.4, 1.414, 2.0, 2400.0, 0.27, 0.33, 6500.0}},
    {8.75, 0.6, {302.7, 1.414, 2.0, 2400.0, 0.35, 0.19, 6500.0}},
    {10.0, 1.0, {84.9, 1.553, 4.5, 1100.0, 0.21, 0.29, 3400.0}},
    {13.0, 0.5, {226.9, 1.618, 2.6, 1900.0, 0.13, 0.43, 5200.0}},
};

/// The knock of the mallet itself, before the plate rings.
void addContact(StereoBuffer &buffer, double startS, double gain, SplitMix64 &random)
{
    StereoFilter knock(1700.0, 0.8);
    StereoFilter scrape(6400.0, 1.1);
    const int startFrame = renderFrames(startS);
    for (int frame = 0; frame < renderFrames(0.12); ++frame) {
        const double timeS = frame / renderRateHz;
        const double common = random.bipolar();
        const StereoFrame noise{common + 0.5 * random.bipolar(), common + 0.5 * random.bipolar()};
        StereoFrame out = decayAt(timeS, 0.03) * knock.band(noise);
        out += 0.5 * decayAt(timeS, 0.09) * scrape.band(noise);
        buffer.add(startFrame + frame, gain * out);
    }
}

} // namespace

StereoBuffer synthesiseMetalHit(double durationS)
{
    StereoBuffer metal(durationS);
    SplitMix64 random(0x3E7A1);
    for (const PlateHit &hit : hits) {
        const double startS = hit.beat * beatS;
        strike(metal, startS, plateModes(hit.plate, SplitMix64(random.next())),
               0.22 * hit.velocity);
        addContact(metal, startS, 0.16 * hit.velocity, random);
    }
    warm(metal, 1.6);
    addRoom(metal, {2.2, 6000.0, 1.6, 0.16, 120.0});
    keepBassCentred(metal, 110.0);
    for (int frame = 0; frame < metal.frames(); ++frame) {
        const double toEndS = durationS - frame / renderRateHz;
        metal.set(frame, swell(toEndS / 1.2) * metal.at(frame));
    }
    return metal;
}

} // namespace demo
