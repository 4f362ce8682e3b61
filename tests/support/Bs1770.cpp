// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Bs1770.h"

#include <cmath>
#include <limits>
#include <numbers>

namespace tests {

namespace {

struct Biquad {
    double b0, b1, b2, a1, a2;
};

/// The head's shelf: +4 dB from about 1.7 kHz on.
Biquad shelfFor(double rateHz)
{
    const double k = std::tan(std::numbers::pi * 1681.974450955533 / rateHz);
    const double q = 0.7071752369554196;
    const double high = std::pow(10.0, 3.999843853973347 / 20.0);
    const double band = std::pow(high, 0.4996667741545416);
    const double a0 = 1.0 + k / q + k * k;
    return {(high + band * k / q + k * k) / a0, 2.0 * (k * k - high) / a0,
            (high - band * k / q + k * k) / a0, 2.0 * (k * k - 1.0) / a0,
            (1.0 - k / q + k * k) / a0};
}

/// The high-pass at 38 Hz.
Biquad highPassFor(double rateHz)
{
    const double k = std::tan(std::numbers::pi * 38.13547087602444 / rateHz);
    const double q = 0.5003270373238773;
    const double a0 = 1.0 + k / q + k * k;
    return {1.0, -2.0, 1.0, 2.0 * (k * k - 1.0) / a0, (1.0 - k / q + k * k) / a0};
}

void filter(std::vector<double> &samples, const Biquad &f)
{
    double x1 = 0.0, x2 = 0.0, y1 = 0.0, y2 = 0.0;
    for (double &sample : samples) {
        const double x = sample;
        const double y = f.b0 * x + f.b1 * x1 + f.b2 * x2 - f.a1 * y1 - f.a2 * y2;
        x2 = x1;
        x1 = x;
        y2 = y1;
        y1 = y;
        sample = y;
    }
}

double lufsOf(double power)
{
    return -0.691 + 10.0 * std::log10(power);
}

/// Mean of the blocks above the gate; 0 where there is none.
double meanAbove(const std::vector<double> &blocks, double gateLufs)
{
    double sum = 0.0;
    int count = 0;
    for (const double block : blocks) {
        if (block > 0.0 && lufsOf(block) > gateLufs) {
            sum += block;
            ++count;
        }
    }
    return count > 0 ? sum / count : 0.0;
}

} // namespace

double bs1770Lufs(const engine::AudioBuffer &sound)
{
    const double rateHz = sound.format().sampleRateHz;
    const auto hop = static_cast<std::size_t>(std::lround(rateHz / 10.0));
    const auto frames = static_cast<std::size_t>(sound.frames());
    const std::size_t blockCount = frames >= 4 * hop ? (frames - 4 * hop) / hop + 1 : 0;
    std::vector<double> blocks(blockCount, 0.0);
    for (int c = 0; c < sound.channels(); ++c) {
        std::vector<double> samples(sound.channel(c).begin(), sound.channel(c).end());
        filter(samples, shelfFor(rateHz));
        filter(samples, highPassFor(rateHz));
        for (std::size_t block = 0; block < blockCount; ++block) {
            double power = 0.0;
            for (std::size_t n = block * hop; n < block * hop + 4 * hop; ++n)
                power += samples[n] * samples[n];
            blocks[block] += power / static_cast<double>(4 * hop);
        }
    }
    const double ungated = meanAbove(blocks, -70.0);
    if (ungated == 0.0)
        return -std::numeric_limits<double>::infinity();
    return lufsOf(meanAbove(blocks, std::max(-70.0, lufsOf(ungated) - 10.0)));
}

} // namespace tests
