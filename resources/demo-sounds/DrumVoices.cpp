// SPDX-License-Identifier: GPL-3.0-or-later

#include "resources/demo-sounds/DrumVoices.h"

#include "resources/demo-sounds/Envelopes.h"
#include "resources/demo-sounds/Oscillators.h"
#include "resources/demo-sounds/Random.h"
#include "resources/demo-sounds/Shaping.h"

#include <array>

namespace demo {

namespace {

/// Calls voice(timeS) for each frame of the hit and adds the stereo frame that it returns.
template <typename Voice>
void addVoice(StereoBuffer &buffer, const Stroke &stroke, double lengthS, Voice &&voice)
{
    const int startFrame = renderFrames(stroke.startS);
    const int frames = std::min(renderFrames(lengthS), buffer.frames() - startFrame);
    const StereoFrame gains = panGains(stroke.pan);
    for (int frame = 0; frame < frames; ++frame) {
        const StereoFrame value = stroke.velocity * voice(frame / renderRateHz);
        buffer.add(startFrame + frame, {gains.left * value.left, gains.right * value.right});
    }
}

} // namespace

void addKick(StereoBuffer &buffer, const Stroke &stroke, double bodyHz)
{
    SplitMix64 random(stroke.seed);
    SineOscillator body;
    StateVariableFilter click(3600.0, 0.8);
    addVoice(buffer, stroke, 0.42, [&](double timeS) -> StereoFrame {
        const double hz = bodyHz * (1.0 + 2.6 * decayAt(timeS, 0.09) + 5.0 * decayAt(timeS, 0.018));
        const double envelope = decayAt(timeS, 0.55) * (1.0 - swell((timeS - 0.3) / 0.12));
        const double beater = click.band(random.bipolar()) * decayAt(timeS, 0.016);
        const double value = warmed(1.3 * body.next(hz) * envelope, 1.6) + 0.55 * beater;
        return {value, value};
    });
}

void addSub(StereoBuffer &buffer, const Stroke &stroke, const SubNote &note)
{
    SplitMix64 random(stroke.seed);
    SineOscillator body;
    StateVariableFilter click(2600.0, 0.8);
    StateVariableFilter bright;
    StateVariableFilter upperLeft(150.0, 0.7071);
    StateVariableFilter upperRight(240.0, 0.7071);
    const Adsr gate{1.0, 900.0, 0.62, 90.0};
    addVoice(buffer, stroke, note.gateS + 0.1, [&](double timeS) -> StereoFrame {
        const double slide = swell((timeS - note.slideAtS) / (note.gateS - note.slideAtS));
        const double hz = mixedHz(note.frequencyHz, note.slideToHz, slide) *
                          (1.0 + 1.9 * decayAt(timeS, 0.16) + 4.0 * decayAt(timeS, 0.025));
        const double envelope = gate.at(timeS, note.gateS);
        const double sine = body.next(hz) * envelope;
        // Overdriven off centre, which adds even harmonics that small speakers can play.
        const double driven = std::tanh(4.2 * sine + 0.45) - std::tanh(0.45);
        bright.set(mixedHz(1100.0, 5200.0, decayAt(timeS, 0.8)), 0.8);
        const double tone = bright.low(driven);
        const double knock = 0.4 * click.band(random.bipolar()) * decayAt(timeS, 0.02);
        const double centre = 0.75 * tone + 0.25 * sine + knock;
        const double spread = 0.9 * (upperLeft.high(tone) - upperRight.high(tone));
        return {centre + spread, centre - spread};
    });
}

void addSnare(StereoBuffer &buffer, const Stroke &stroke, double bodyHz)
{
    SplitMix64 random(stroke.seed);
    std::array<SineOscillator, 4> shell;
    constexpr std::array<double, 4> ratio{1.0, 1.594, 2.136, 2.653};
    constexpr std::array<double, 4> level{1.0, 0.55, 0.32, 0.2};
    constexpr std::array<double, 4> t60S{0.22, 0.15, 0.11, 0.09};
    StereoFilter wiresLow(1500.0, 0.7071);
    StereoFilter wiresPeak(5200.0 + 300.0 * random.bipolar(), 0.9);
    StereoFilter crack(2100.0, 1.2);
    addVoice(buffer, stroke, 0.5, [&](double timeS) -> StereoFrame {
        const double bend = 1.0 + 0.7 * decayAt(timeS, 0.03);
        double body = 0.0;
        for (std::size_t i = 0; i < shell.size(); ++i)
            body += level[i] * decayAt(timeS, t60S[i]) * shell[i].next(bodyHz * ratio[i] * bend);
        const double common = random.bipolar();
        const StereoFrame noise{0.6 * common + 0.75 * random.bipolar(),
                                0.6 * common + 0.75 * random.bipolar()};
        const double rattle = swell(timeS / 0.004) * decayAt(timeS, 0.34);
        const StereoFrame high = wiresLow.high(noise);
        const StereoFrame peak = wiresPeak.band(noise);
        const StereoFrame snap = crack.band(noise);
        const auto voice = [&](double highOut, double peakOut, double snapOut) {
            const double wires = rattle * (0.30 * highOut + 0.85 * peakOut);
            return warmed(0.85 * body + wires + 1.3 * decayAt(timeS, 0.03) * snapOut, 1.4);
        };
        return {voice(high.left, peak.left, snap.left), voice(high.right, peak.right, snap.right)};
    });
}

void addRimshot(StereoBuffer &buffer, const Stroke &stroke, double bodyHz)
{
    SplitMix64 random(stroke.seed);
    SineOscillator low;
    SineOscillator middle;
    SineOscillator high;
    StereoFilter stick(4300.0, 1.1);
    addVoice(buffer, stroke, 0.25, [&](double timeS) -> StereoFrame {
        const double wood = 0.9 * low.next(bodyHz) * decayAt(timeS, 0.11) +
                            0.8 * middle.next(bodyHz * 2.31) * decayAt(timeS, 0.07) +
                            0.6 * high.next(bodyHz * 3.68) * decayAt(timeS, 0.05);
        const double common = random.bipolar();
        const StereoFrame click =
            stick.band({common + 0.6 * random.bipolar(), common + 0.6 * random.bipolar()});
        const double clickGain = 0.9 * decayAt(timeS, 0.022);
        return {warmed(1.5 * wood + clickGain * click.left, 1.5),
                warmed(1.5 * wood + clickGain * click.right, 1.5)};
    });
}

void addHat(StereoBuffer &buffer, const Stroke &stroke, double t60S)
{
    SplitMix64 random(stroke.seed);
    constexpr std::array<double, 6> metalHz{211.0, 307.0, 373.0, 527.0, 545.0, 811.0};
    std::array<PulseOscillator, 6> metal;
    for (PulseOscillator &oscillator : metal)
        oscillator = PulseOscillator(random.unipolar());
    StateVariableFilter low(3440.0, 2.2);
    StateVariableFilter high(7100.0, 2.6);
    StereoFilter thin(5600.0 + 500.0 * random.bipolar(), 0.8);
    addVoice(buffer, stroke, 1.3 * t60S, [&](double timeS) -> StereoFrame {
        double sum = 0.0;
        for (std::size_t i = 0; i < metal.size(); ++i)
            sum += metal[i].next(2.0 * metalHz[i]) / 6.0;
        const double ring = 1.6 * high.band(sum) + 0.9 * low.band(sum) + 0.35 * sum;
        const StereoFrame bright =
            thin.high({ring + 0.30 * random.bipolar(), ring + 0.30 * random.bipolar()});
        const double edge = swell(timeS / 0.0006) * (1.0 - swell((timeS / t60S - 1.0) / 0.3));
        return edge * (0.75 * decayAt(timeS, t60S) + 0.5 * decayAt(timeS, 0.02)) * bright;
    });
}

void addTom(StereoBuffer &buffer, const Stroke &stroke, double bodyHz)
{
    SplitMix64 random(stroke.seed);
    constexpr std::array<double, 5> ratio{1.0, 1.594, 2.136, 2.296, 2.918};
    std::array<SineOscillator, 5> skin;
    StereoFilter slap(1800.0, 0.9);
    addVoice(buffer, stroke, 0.7, [&](double timeS) -> StereoFrame {
        const double bend = 1.0 + 0.18 * decayAt(timeS, 0.16);
        double body = 0.0;
        for (std::size_t i = 0; i < skin.size(); ++i) {
            const double order = static_cast<double>(i);
            body += decayAt(timeS, 0.55 / (1.0 + 0.8 * order)) / (1.0 + 1.1 * order) *
                    skin[i].next(bodyHz * ratio[i] * bend);
        }
        const StereoFrame noise = slap.band({random.bipolar(), random.bipolar()});
        const double noiseGain = 0.9 * decayAt(timeS, 0.05);
        const double fade = 1.0 - swell((timeS - 0.5) / 0.2);
        return {fade * warmed(body + noiseGain * noise.left, 1.3),
                fade * warmed(body + noiseGain * noise.right, 1.3)};
    });
}

} // namespace demo
