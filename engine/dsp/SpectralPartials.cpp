// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dsp/SpectralPartials.h"

#include <cmath>
#include <numbers>
#include <numeric>

namespace engine::dsp {

namespace {

constexpr double leastPower = 1e-10;  ///< −100 dB
constexpr double leastOfFrame = 1e-7; ///< −70 dB
constexpr double lobeEnergy = 1.5;
constexpr int lobeBins = 2; ///< either side of a peak
constexpr double twoPi = 2.0 * std::numbers::pi;

/// How a region's phases turn, summed over its bins and channels; 0 where a frame is missing.
struct Turns {
    std::complex<double> oneHop; ///< to this frame and on from it
    std::complex<double> twoHops;
};

/// Adds a · conj(b).
void addTurn(std::complex<float> a, std::complex<float> b, float &re, float &im)
{
    re += a.real() * b.real() + a.imag() * b.imag();
    im += a.imag() * b.real() - a.real() * b.imag();
}

Turns turnsOf(const FrameSpectra &spectra, int first, int end)
{
    float oneRe = 0.0F;
    float oneIm = 0.0F;
    float twoRe = 0.0F;
    float twoIm = 0.0F;
    for (int c = 0; c < spectra.channels; ++c) {
        const auto channel = static_cast<std::size_t>(c);
        const auto *previous = spectra.previous[channel];
        const auto *here = spectra.here[channel];
        const auto *next = spectra.next[channel];
        for (int k = first; k < end; ++k) {
            if (previous)
                addTurn(here[k], previous[k], oneRe, oneIm);
            if (next)
                addTurn(next[k], here[k], oneRe, oneIm);
            if (previous && next)
                addTurn(next[k], previous[k], twoRe, twoIm);
        }
    }
    return {{static_cast<double>(oneRe), static_cast<double>(oneIm)},
            {static_cast<double>(twoRe), static_cast<double>(twoIm)}};
}

/// The frequency nearest `aboutHz` whose phase turns by the angle of `turn` in so many seconds.
double nearestHz(std::complex<double> turn, double aboutHz, double seconds)
{
    if (turn == std::complex<double>{})
        return aboutHz;
    const double away = std::arg(turn) / twoPi - aboutHz * seconds;
    return aboutHz + (away - std::nearbyint(away)) / seconds;
}

} // namespace

std::vector<double> powers(const FrameSpectra &spectra)
{
    std::vector<double> result(static_cast<std::size_t>(spectra.bins), 0.0);
    const double size = spectra.fftSize;
    const double scale = 16.0 / (lobeEnergy * size * size * spectra.channels);
    for (int c = 0; c < spectra.channels; ++c) {
        const auto *row = spectra.here[static_cast<std::size_t>(c)];
        for (std::size_t k = 0; k < result.size(); ++k)
            result[k] += scale * static_cast<double>(row[k].real() * row[k].real() +
                                                     row[k].imag() * row[k].imag());
    }
    return result;
}

std::vector<SpectralRegion> regions(const std::vector<double> &powers)
{
    const auto bins = static_cast<int>(powers.size());
    const auto at = [&](int k) { return powers[static_cast<std::size_t>(k)]; };
    const double total = std::accumulate(powers.begin(), powers.end(), 0.0);
    const double least = std::max(leastPower, leastOfFrame * total);
    std::vector<SpectralRegion> found;
    int first = 0;
    int k = 0;
    while (k < bins) {
        while (k + 1 < bins && at(k + 1) >= at(k)) // up to the peak, the last of equals
            ++k;
        const int peak = k;
        while (k + 1 < bins && at(k + 1) < at(k)) // down to the lowest
            ++k;
        const int end = k + 1 < bins ? k : bins;
        SpectralRegion region{first, std::max(end, peak + 1), peak, 0.0};
        for (int bin = region.first; bin < region.end; ++bin)
            region.power += at(bin);
        if (region.power > least)
            found.push_back(region);
        first = region.end;
        k = std::max(k, region.end);
    }
    return found;
}

double instantaneousHz(const FrameSpectra &spectra, const std::vector<double> &powers,
                       const SpectralRegion &region)
{
    const int first = std::max(region.first, region.peak - lobeBins);
    const int end = std::min(region.end, region.peak + lobeBins + 1);
    double weight = 0.0;
    double moment = 0.0;
    for (int k = first; k < end; ++k) {
        weight += powers[static_cast<std::size_t>(k)];
        moment += powers[static_cast<std::size_t>(k)] * k;
    }
    const double aboutHz = moment / weight * spectra.binHz;
    const double hopSeconds = spectra.hopFrames / (spectra.binHz * spectra.fftSize);
    const Turns turns = turnsOf(spectra, first, end);
    const double hz = nearestHz(turns.oneHop, aboutHz, hopSeconds);
    // Over two hops the same error of phase is half the error of frequency.
    const double fineHz = nearestHz(turns.twoHops, hz, 2.0 * hopSeconds);
    return std::abs(fineHz - hz) < 0.25 * spectra.binHz ? fineHz : hz;
}

double heardPower(const FrameSpectra &spectra, const SpectralRegion &region, double hz)
{
    const double place = hz / spectra.binHz;
    const int first = std::max(region.first, static_cast<int>(std::floor(place)) - lobeBins);
    const int end = std::min(region.end, static_cast<int>(std::floor(place)) + lobeBins + 2);
    // sinc(u) with u = k − place, times (−1)^k because the window's centre is half a frame late:
    // the sine is the same for every bin.
    const double sine = -std::sin(std::numbers::pi * place) / std::numbers::pi;
    std::array<std::complex<double>, maxChannels> sums{};
    for (int k = first; k < end; ++k) {
        const double u = k - place;
        const double pole = 1.0 - u * u;
        double lobe = sine / (u * pole);
        if (std::abs(u) < 1e-9 || std::abs(pole) < 1e-9)
            lobe = ((k & 1) != 0 ? -1.0 : 1.0) * (std::abs(u) < 1e-9 ? 1.0 : 0.5);
        for (int c = 0; c < spectra.channels; ++c) {
            const std::complex<float> bin = spectra.here[static_cast<std::size_t>(c)][k];
            sums[static_cast<std::size_t>(c)] += std::complex<double>(
                lobe * static_cast<double>(bin.real()), lobe * static_cast<double>(bin.imag()));
        }
    }
    double power = 0.0;
    for (int c = 0; c < spectra.channels; ++c)
        power += std::norm(sums[static_cast<std::size_t>(c)]);
    const double size = spectra.fftSize;
    return power * 16.0 / (lobeEnergy * lobeEnergy * size * size * spectra.channels);
}

} // namespace engine::dsp
