// SPDX-License-Identifier: GPL-3.0-or-later
//
// Half-time break: the snare falls on the third beat of each bar, hats play swung sixteenths, and
// toms close the fourth bar. Drum bodies are tuned between the keys.

#include "resources/demo-sounds/DrumVoices.h"
#include "resources/demo-sounds/Random.h"
#include "resources/demo-sounds/Shaping.h"
#include "resources/demo-sounds/Sounds.h"

namespace demo {

namespace {

struct Hit {
    int bar;
    double beat; ///< 0 to 4 within the bar
    double velocity;
};

constexpr Hit kicks[] = {{0, 0.0, 1.0},  {0, 0.75, 0.7}, {0, 3.5, 0.85}, {1, 0.0, 1.0},
                         {1, 1.5, 0.8},  {1, 2.75, 0.7}, {2, 0.0, 1.0},  {2, 0.75, 0.7},
                         {2, 3.25, 0.8}, {3, 0.0, 1.0},  {3, 1.25, 0.8}};
constexpr Hit snares[] = {{0, 2.0, 1.0},  {0, 1.75, 0.16}, {0, 3.25, 0.2},  {1, 2.0, 0.97},
                          {1, 1.25, 0.2}, {1, 3.75, 0.3},  {2, 2.0, 1.0},   {2, 1.75, 0.18},
                          {2, 2.75, 0.2}, {3, 2.0, 1.0},   {3, 3.75, 0.55}, {3, 3.875, 0.7}};
constexpr Hit openHats[] = {{0, 3.5, 0.5}, {1, 1.5, 0.4}, {2, 3.5, 0.5}, {3, 1.5, 0.45}};
constexpr Hit toms[] = {
    {1, 3.0, 0.5}, {3, 2.5, 0.8}, {3, 2.75, 0.65}, {3, 3.0, 0.85}, {3, 3.5, 0.9}};
constexpr double tomHz[] = {101.0, 151.2, 151.2, 120.4, 90.2};
constexpr double swingBeats = 0.035;

double startS(const Hit &hit)
{
    return hit.bar * barS + hit.beat * beatS;
}

} // namespace

StereoBuffer synthesiseDrumBreak(double durationS)
{
    StereoBuffer drums(durationS);
    StereoBuffer kick(durationS);
    SplitMix64 random(0x0D12);
    for (const Hit &hit : kicks)
        addKick(kick, {startS(hit), hit.velocity, 0.0, random.next()}, 50.3);
    for (const Hit &hit : snares)
        addSnare(drums, {startS(hit), 0.95 * hit.velocity, 0.05, random.next()},
                 hit.velocity > 0.5 ? 190.5 : 193.0);
    for (int sixteenth = 0; sixteenth < 64; ++sixteenth) {
        const bool offbeat = sixteenth % 2 == 1;
        const bool accent = sixteenth % 4 == 2;
        const double velocity = (accent ? 0.55 : offbeat ? 0.24 : 0.4) + 0.05 * random.bipolar();
        const double lateS = (offbeat ? swingBeats : 0.0) * beatS + 0.0015 * random.unipolar();
        if (offbeat && random.unipolar() < 0.25)
            continue;
        addHat(drums,
               {sixteenth * beatS / 4.0 + lateS, velocity, offbeat ? -0.5 : 0.4, random.next()},
               accent ? 0.16 : 0.085);
    }
    for (const Hit &hit : openHats)
        addHat(drums, {startS(hit), hit.velocity, 0.5, random.next()}, 0.55);
    for (std::size_t i = 0; i < std::size(toms); ++i)
        addTom(
            drums,
            {startS(toms[i]), toms[i].velocity, 0.5 - 0.22 * static_cast<double>(i), random.next()},
            tomHz[i]);

    addRoom(drums, {0.55, 7500.0, 0.62, 0.45, 160.0});
    drums.mix(kick, 0.95);
    warm(drums, 0.9);
    keepBassCentred(drums, 130.0);
    return drums;
}

} // namespace demo
