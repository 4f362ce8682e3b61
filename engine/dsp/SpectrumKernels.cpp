// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dsp/SpectrumKernels.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/dsp/SpectrumKernels.cpp"
#include <hwy/foreach_target.h>

#include <hwy/highway.h>

#include <algorithm>

HWY_BEFORE_NAMESPACE();
namespace engine::dsp::kernels::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

const hn::ScalableTag<float> floats;
const hn::ScalableTag<double> doubles;
const hn::Rebind<float, hn::ScalableTag<double>> halfFloats;

const char *InstructionSet()
{
    return hwy::TargetName(HWY_TARGET);
}

void ApplyWindow(const float *samples, const double *window, double *out, int count)
{
    const int lanes = static_cast<int>(hn::Lanes(doubles));
    for (int i = 0; i < count; i += lanes) {
        const auto wide = hn::PromoteTo(doubles, hn::LoadU(halfFloats, samples + i));
        hn::StoreU(hn::Mul(wide, hn::LoadU(doubles, window + i)), doubles, out + i);
    }
}

void Narrow(const double *in, float *out, int count)
{
    const int lanes = static_cast<int>(hn::Lanes(doubles));
    for (int i = 0; i < count; i += lanes)
        hn::StoreU(hn::DemoteTo(halfFloats, hn::LoadU(doubles, in + i)), halfFloats, out + i);
}

void TakeApart(const float *spectrum, float *reOut, float *imOut, float *magnitudes, float *kept,
               float share, int bins)
{
    const int lanes = static_cast<int>(hn::Lanes(floats));
    const auto factor = hn::Set(floats, share);
    for (int k = 0; k < bins; k += lanes) {
        hn::Vec<decltype(floats)> re;
        hn::Vec<decltype(floats)> im;
        hn::LoadInterleaved2(floats, spectrum + 2 * k, re, im);
        const auto magnitude = hn::Sqrt(hn::Add(hn::Mul(re, re), hn::Mul(im, im)));
        hn::StoreU(re, floats, reOut + k);
        hn::StoreU(im, floats, imOut + k);
        hn::StoreU(magnitude, floats, magnitudes + k);
        hn::StoreU(hn::Mul(factor, magnitude), floats, kept + k);
    }
}

void SetMagnitudes(float *spectrum, const float *magnitudes, const float *target, float side,
                   float centre, int bins)
{
    const int lanes = static_cast<int>(hn::Lanes(floats));
    const auto zero = hn::Zero(floats);
    const auto one = hn::Set(floats, 1.0F);
    const auto sideFactor = hn::Set(floats, side);
    const auto centreFactor = hn::Set(floats, centre);
    for (int k = 0; k < bins; k += lanes) {
        const auto neighbours =
            hn::Add(hn::LoadU(floats, target + k - 1), hn::LoadU(floats, target + k + 1));
        const auto value = hn::Add(hn::Mul(sideFactor, neighbours),
                                   hn::Mul(centreFactor, hn::LoadU(floats, target + k)));
        const auto magnitude = hn::LoadU(floats, magnitudes + k);
        const auto silent = hn::Eq(magnitude, zero);
        const auto scale = hn::Div(value, hn::IfThenElse(silent, one, magnitude));
        hn::Vec<decltype(floats)> re;
        hn::Vec<decltype(floats)> im;
        hn::LoadInterleaved2(floats, spectrum + 2 * k, re, im);
        re = hn::IfThenElse(silent, value, hn::Mul(re, scale));
        im = hn::Mul(im, scale);
        hn::StoreInterleaved2(re, im, floats, spectrum + 2 * k);
    }
}

const hn::CappedTag<double, 4> quads; // four numbers of a place in one vector or two
const hn::CappedTag<double, 2> pairs;

template <typename D>
void AddWeighted(D d, int count, double weight, const double *values, double *sums)
{
    const int lanes = static_cast<int>(hn::Lanes(d));
    const auto factor = hn::Set(d, weight);
    for (int i = 0; i < count; i += lanes) {
        const auto added = hn::Mul(factor, hn::LoadU(d, values + i));
        hn::StoreU(hn::Add(hn::LoadU(d, sums + i), added), d, sums + i);
    }
}

/// What SumRuns adds up: lane by lane, until the run ends.
struct Sums {
    hn::Vec<decltype(doubles)> re;
    hn::Vec<decltype(doubles)> im;
    hn::Vec<decltype(floats)> crossRe;
    hn::Vec<decltype(floats)> crossIm;
    hn::Vec<decltype(floats)> magnitude;
    hn::Vec<decltype(floats)> energy;
};

/// Adds a vector of bins. `wide` and `narrow` load what belongs to the run, zeros beside it.
template <typename Wide, typename Narrow>
void AddBins(const Parts &own, const Parts &other, int parts, Wide wide, Narrow narrow, Sums &sums)
{
    for (int part = 0; part < parts; ++part) {
        sums.re = hn::Add(sums.re, wide(own.re, part));
        sums.im = hn::Add(sums.im, wide(own.im, part));
    }
    const auto size = narrow(own.magnitudes);
    sums.magnitude = hn::Add(sums.magnitude, size);
    if (!other.re)
        return;
    sums.energy = hn::Add(sums.energy, hn::Mul(size, size));
    if (other.re == own.re)
        return;
    const auto x = narrow(own.re);
    const auto y = narrow(own.im);
    const auto u = narrow(other.re);
    const auto v = narrow(other.im);
    sums.crossRe = hn::Add(sums.crossRe, hn::Add(hn::Mul(x, u), hn::Mul(y, v)));
    sums.crossIm = hn::Add(sums.crossIm, hn::Sub(hn::Mul(y, u), hn::Mul(x, v)));
}

double SumRuns(const Parts &own, const Parts &other, std::span<const Run> runs, RunSum *runSums)
{
    const int lanes = static_cast<int>(hn::Lanes(floats));
    const int wideLanes = static_cast<int>(hn::Lanes(doubles));
    const int parts = lanes / wideLanes;
    double correlation = 0.0;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const auto zero = hn::Zero(floats);
        Sums sums{hn::Zero(doubles), hn::Zero(doubles), zero, zero, zero, zero};
        int k = runs[i].first;
        const int end = runs[i].end;
        for (; k + lanes <= end; k += lanes) {
            AddBins(
                own, other, parts,
                [&](const float *values, int part) {
                    return hn::PromoteTo(doubles,
                                         hn::LoadU(halfFloats, values + k + part * wideLanes));
                },
                [&](const float *values) { return hn::LoadU(floats, values + k); }, sums);
        }
        if (k < end) {
            const auto inside = hn::FirstN(floats, static_cast<std::size_t>(end - k));
            AddBins(
                own, other, (end - k + wideLanes - 1) / wideLanes,
                [&](const float *values, int part) {
                    const int from = k + part * wideLanes;
                    const auto here = hn::FirstN(
                        halfFloats, static_cast<std::size_t>(std::min(end - from, wideLanes)));
                    return hn::PromoteTo(
                        doubles, hn::IfThenElseZero(here, hn::LoadU(halfFloats, values + from)));
                },
                [&](const float *values) {
                    return hn::IfThenElseZero(inside, hn::LoadU(floats, values + k));
                },
                sums);
        }
        const auto total = [](auto d, auto vector) {
            return double{hn::GetLane(hn::SumOfLanes(d, vector))};
        };
        RunSum &sum = runSums[i];
        sum = {total(doubles, sums.re),
               total(doubles, sums.im),
               0.0,
               0.0,
               total(floats, sums.magnitude),
               0.0};
        if (!other.re)
            continue;
        sum.energy = total(floats, sums.energy);
        if (other.re == own.re) {
            sum.crossRe = sum.energy;
        } else {
            sum.crossRe = total(floats, sums.crossRe);
            sum.crossIm = total(floats, sums.crossIm);
        }
        correlation += sum.crossRe;
    }
    return correlation;
}

void SpreadRuns(const RunSum *runSums, std::span<const Run> runs, const float *weights,
                double *phasors, double *amounts)
{
    for (const Run &run : runs) {
        for (int i = 0; i < run.touched; ++i) {
            const double weight = double{weights[run.firstWeight + i]};
            const int place = run.firstTouched + i;
            AddWeighted(quads, 4, weight, &runSums->re, phasors + 4 * place);
            AddWeighted(pairs, 2, weight, &runSums->magnitude, amounts + 2 * place);
        }
        ++runSums;
    }
}

using Doubles = hn::Vec<decltype(doubles)>;

struct Complex {
    Doubles re;
    Doubles im;
};

/// 0 becomes 1: it has phase 0.
Complex OneForZero(Complex z)
{
    const auto zero = hn::Zero(doubles);
    const auto silent = hn::And(hn::Eq(z.re, zero), hn::Eq(z.im, zero));
    return {hn::IfThenElse(silent, hn::Set(doubles, 1.0), z.re), z.im};
}

Complex Product(Complex a, Complex b)
{
    return {hn::Sub(hn::Mul(a.re, b.re), hn::Mul(a.im, b.im)),
            hn::Add(hn::Mul(a.re, b.im), hn::Mul(a.im, b.re))};
}

/// Stores z / |z|, rounded to single precision.
void StorePhase(Complex z, float *re, float *im)
{
    // Brought near 1 by a power of two, so that no square overflows or vanishes.
    const hn::RebindToUnsigned<decltype(doubles)> bits;
    const auto largest = hn::Max(hn::Abs(z.re), hn::Abs(z.im));
    const auto exponent = hn::And(hn::BitCast(bits, largest), hn::Set(bits, 0x7FF0000000000000U));
    const auto scale = hn::BitCast(doubles, hn::Sub(hn::Set(bits, 0x7FE0000000000000U), exponent));
    const auto x = hn::DemoteTo(halfFloats, hn::Mul(z.re, scale));
    const auto y = hn::DemoteTo(halfFloats, hn::Mul(z.im, scale));
    const auto norm = hn::Sqrt(hn::Add(hn::Mul(x, x), hn::Mul(y, y)));
    const auto zero = hn::Zero(halfFloats);
    const auto one = hn::Set(halfFloats, 1.0F);
    const auto silent = hn::Eq(norm, zero);
    // Divided, not multiplied by a reciprocal: a positive number has exactly the factor 1.
    const auto divisor = hn::IfThenElse(silent, one, norm);
    hn::StoreU(hn::IfThenElse(silent, one, hn::Div(x, divisor)), halfFloats, re);
    hn::StoreU(hn::IfThenElse(silent, zero, hn::Div(y, divisor)), halfFloats, im);
}

void DecidePhases(std::span<const LinkedChannel> channels, int count)
{
    // Energy of the channels' sum, relative to that of the channels, below which it cancels.
    const auto leastCoherence = hn::Set(doubles, 0.02);
    const int lanes = static_cast<int>(hn::Lanes(doubles));
    for (int i = 0; i < count; i += lanes) {
        Complex phasor;
        Complex cross;
        const auto load = [&](const LinkedChannel &channel) {
            hn::LoadInterleaved4(doubles, channel.phasors + 4 * i, phasor.re, phasor.im, cross.re,
                                 cross.im);
        };
        if (channels.size() == 1) {
            load(channels[0]);
            StorePhase(phasor, channels[0].factorRe + i, channels[0].factorIm + i);
            continue;
        }
        auto energy = hn::Zero(doubles);
        auto firstEnergy = energy;
        Complex linked{energy, energy};
        Complex sum{energy, energy};
        for (const LinkedChannel &channel : channels) {
            load(channel);
            Doubles magnitude;
            Doubles own;
            hn::LoadInterleaved2(doubles, channel.amounts + 2 * i, magnitude, own);
            firstEnergy = &channel == channels.data() ? own : firstEnergy;
            energy = hn::Add(energy, own);
            const auto sign = hn::Set(doubles, channel.sign);
            linked.re = hn::Add(linked.re, hn::Mul(sign, phasor.re));
            linked.im = hn::Add(linked.im, hn::Mul(sign, phasor.im));
            sum.re = hn::Add(sum.re, hn::Mul(sign, cross.re));
            sum.im = hn::Add(sum.im, hn::Mul(sign, cross.im));
        }
        const auto sumEnergy = hn::Add(hn::Mul(sum.re, sum.re), hn::Mul(sum.im, sum.im));
        const auto cancels =
            hn::Lt(sumEnergy, hn::Mul(leastCoherence, hn::Mul(energy, firstEnergy)));
        // The sum's new phase, less how far the sum is from the first channel.
        sum = OneForZero(sum);
        const Complex base = Product(OneForZero(linked), {sum.re, hn::Neg(sum.im)});
        for (const LinkedChannel &channel : channels) {
            load(channel);
            // The first channel is not away from itself.
            const Complex turned =
                &channel == channels.data() ? base : Product(base, OneForZero(cross));
            StorePhase({hn::IfThenElse(cancels, phasor.re, turned.re),
                        hn::IfThenElse(cancels, phasor.im, turned.im)},
                       channel.factorRe + i, channel.factorIm + i);
        }
    }
}

void OverlapAdd(const Segment (&segments)[4], const float *scale, float *out, int count)
{
    const int lanes = static_cast<int>(hn::Lanes(floats));
    const auto term = [&](const Segment &segment, int i) {
        return hn::Mul(hn::LoadU(floats, segment.samples + i),
                       hn::LoadU(floats, segment.window + i));
    };
    for (int i = 0; i < count; i += lanes) {
        auto sum = hn::Add(term(segments[0], i), term(segments[1], i));
        sum = hn::Add(hn::Add(sum, term(segments[2], i)), term(segments[3], i));
        hn::StoreU(hn::Mul(sum, hn::LoadU(floats, scale + i)), floats, out + i);
    }
}

} // namespace engine::dsp::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace engine::dsp::kernels {

HWY_EXPORT(InstructionSet);
HWY_EXPORT(ApplyWindow);
HWY_EXPORT(Narrow);
HWY_EXPORT(TakeApart);
HWY_EXPORT(SetMagnitudes);
HWY_EXPORT(SumRuns);
HWY_EXPORT(SpreadRuns);
HWY_EXPORT(DecidePhases);
HWY_EXPORT(OverlapAdd);

void applyWindow(const float *samples, const double *window, double *out, int count)
{
    HWY_DYNAMIC_DISPATCH(ApplyWindow)(samples, window, out, count);
}

const char *instructionSet()
{
    return HWY_DYNAMIC_DISPATCH(InstructionSet)();
}

void narrow(const double *in, float *out, int count)
{
    HWY_DYNAMIC_DISPATCH(Narrow)(in, out, count);
}

void takeApart(const float *spectrum, float *re, float *im, float *magnitudes, float *kept,
               float share, int bins)
{
    HWY_DYNAMIC_DISPATCH(TakeApart)(spectrum, re, im, magnitudes, kept, share, bins);
}

void setMagnitudes(float *spectrum, const float *magnitudes, const float *target, float side,
                   float centre, int bins)
{
    HWY_DYNAMIC_DISPATCH(SetMagnitudes)(spectrum, magnitudes, target, side, centre, bins);
}

double sumRuns(const Parts &own, const Parts &other, std::span<const Run> runs, RunSum *runSums)
{
    return HWY_DYNAMIC_DISPATCH(SumRuns)(own, other, runs, runSums);
}

void spreadRuns(const RunSum *runSums, std::span<const Run> runs, const float *weights,
                double *phasors, double *amounts)
{
    HWY_DYNAMIC_DISPATCH(SpreadRuns)(runSums, runs, weights, phasors, amounts);
}

void decidePhases(std::span<const LinkedChannel> channels, int count)
{
    HWY_DYNAMIC_DISPATCH(DecidePhases)(channels, count);
}

void overlapAdd(const Segment (&segments)[4], const float *scale, float *out, int count)
{
    HWY_DYNAMIC_DISPATCH(OverlapAdd)(segments, scale, out, count);
}

} // namespace engine::dsp::kernels
#endif
