// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dsp/SpectrumKernels.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/dsp/SpectrumKernels.cpp"
#include <hwy/foreach_target.h>

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace engine::dsp::kernels::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

const hn::ScalableTag<float> floats;
const hn::ScalableTag<double> doubles;
const hn::Rebind<float, hn::ScalableTag<double>> halfFloats;

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

void PhaseFactors(const double *re, const double *im, float *factorRe, float *factorIm, int count)
{
    const int lanes = static_cast<int>(hn::Lanes(doubles));
    const auto zero = hn::Zero(halfFloats);
    const auto one = hn::Set(halfFloats, 1.0F);
    for (int i = 0; i < count; i += lanes) {
        const auto x = hn::DemoteTo(halfFloats, hn::LoadU(doubles, re + i));
        const auto y = hn::DemoteTo(halfFloats, hn::LoadU(doubles, im + i));
        const auto norm = hn::Sqrt(hn::Add(hn::Mul(x, x), hn::Mul(y, y)));
        const auto silent = hn::Eq(norm, zero);
        // Divided, not multiplied by a reciprocal: a positive number has exactly the factor 1.
        const auto divisor = hn::IfThenElse(silent, one, norm);
        hn::StoreU(hn::IfThenElse(silent, one, hn::Div(x, divisor)), halfFloats, factorRe + i);
        hn::StoreU(hn::IfThenElse(silent, zero, hn::Div(y, divisor)), halfFloats, factorIm + i);
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

HWY_EXPORT(ApplyWindow);
HWY_EXPORT(Narrow);
HWY_EXPORT(TakeApart);
HWY_EXPORT(SetMagnitudes);
HWY_EXPORT(PhaseFactors);
HWY_EXPORT(OverlapAdd);

void applyWindow(const float *samples, const double *window, double *out, int count)
{
    HWY_DYNAMIC_DISPATCH(ApplyWindow)(samples, window, out, count);
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

void phaseFactors(const double *re, const double *im, float *factorRe, float *factorIm, int count)
{
    HWY_DYNAMIC_DISPATCH(PhaseFactors)(re, im, factorRe, factorIm, count);
}

void overlapAdd(const Segment (&segments)[4], const float *scale, float *out, int count)
{
    HWY_DYNAMIC_DISPATCH(OverlapAdd)(segments, scale, out, count);
}

} // namespace engine::dsp::kernels
#endif
