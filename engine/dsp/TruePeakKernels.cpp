// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dsp/TruePeakKernels.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/dsp/TruePeakKernels.cpp"
#include <hwy/foreach_target.h>

#include <hwy/highway.h>

#include <algorithm>
#include <cmath>

HWY_BEFORE_NAMESPACE();
namespace engine::dsp::kernels::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

using D = hn::ScalableTag<float>;
using V = hn::Vec<D>;

V Load(const float *from)
{
    return hn::LoadU(D(), from);
}

float LargestMagnitude(const float *values, int count)
{
    const D d;
    const int lanes = static_cast<int>(hn::Lanes(d));
    V largest = hn::Zero(d);
    int i = 0;
    for (; i + lanes <= count; i += lanes)
        largest = hn::Max(largest, hn::Abs(Load(values + i)));
    float result = hn::GetLane(hn::MaxOfLanes(d, largest));
    for (; i < count; ++i)
        result = std::max(result, std::abs(values[i]));
    return result;
}

void SumTriangle(const float *in, int spacing, float sign, float *out, int count)
{
    const D d;
    const int lanes = static_cast<int>(hn::Lanes(d));
    const auto pair = [&](int n, int j) {
        return hn::Add(Load(in + n - j * spacing), Load(in + n + j * spacing));
    };
    for (int n = 0; n < count; n += lanes) {
        V sum = hn::MulAdd(hn::Set(d, sign * 0.25F), pair(n, 3), Load(in + n));
        sum = hn::MulAdd(hn::Set(d, 0.5F), pair(n, 2), sum);
        sum = hn::MulAdd(hn::Set(d, sign * 0.75F), pair(n, 1), sum);
        hn::StoreU(sum, d, out + n);
    }
}

void AddSpaced(const float *in, int spacing, const float *weights, int half, bool first, float *out)
{
    const D d;
    const int lanes = static_cast<int>(hn::Lanes(d));
    for (int n = 0; n < groupPoints; n += 2 * lanes) {
        V sum0 = first ? hn::Zero(d) : Load(out + n);
        V sum1 = first ? hn::Zero(d) : Load(out + n + lanes);
        for (int j = -half; j <= half; ++j) {
            const V weight = hn::Set(d, weights[j + half]);
            sum0 = hn::MulAdd(weight, Load(in + n + j * spacing), sum0);
            sum1 = hn::MulAdd(weight, Load(in + n + lanes + j * spacing), sum1);
        }
        hn::StoreU(sum0, d, out + n);
        hn::StoreU(sum1, d, out + n + lanes);
    }
}

void SpacedNorm(const float *in, int spacing, int half, float factor, float *out)
{
    const D d;
    const int lanes = static_cast<int>(hn::Lanes(d));
    for (int n = 0; n < groupPoints; n += lanes) {
        V sum = hn::Zero(d);
        for (int j = -half; j <= half; ++j) {
            const V value = Load(in + n + j * spacing);
            sum = hn::MulAdd(value, value, sum);
        }
        hn::StoreU(hn::Mul(hn::Set(d, factor), hn::Sqrt(sum)), d, out + n);
    }
}

void AddFar(TruePeakGroup &group)
{
    const D d;
    const int lanes = static_cast<int>(hn::Lanes(d));
    for (int k = 1; k < TruePeakGroup::points; ++k) {
        const V factor = hn::Set(d, k == 2 ? 1.0F : 0.70710678F);
        for (int n = 0; n < groupPoints; n += lanes) {
            float *wave = group.wave[k] + n;
            hn::StoreU(hn::MulAdd(factor, Load(group.far + n), Load(wave)), d, wave);
        }
    }
}

/// Half-way between c and d, from three points on either side: Lagrange's formula.
V Between(V a, V b, V c, V d, V e, V f)
{
    const D t;
    const V sum = hn::MulAdd(hn::Set(t, -25.0F / 256.0F), hn::Add(b, e),
                             hn::Mul(hn::Set(t, 150.0F / 256.0F), hn::Add(c, d)));
    return hn::MulAdd(hn::Set(t, 3.0F / 256.0F), hn::Add(a, f), sum);
}

/// Height of the wave around the point `at`, of which the points to the left and right lie a
/// quarter of a sample away and those between them an eighth.
V Height(V left, V leftBetween, V at, V rightBetween, V right)
{
    const D d;
    const V sign = hn::And(at, hn::Set(d, -0.0F));
    const auto turned = [&](V x) { return hn::Xor(x, sign); };
    at = hn::Abs(at);
    left = turned(left);
    right = turned(right);
    leftBetween = turned(leftBetween);
    rightBetween = turned(rightBetween);
    const auto isTop = hn::And(hn::Ge(at, left), hn::Ge(at, right));
    const auto goLeft = hn::Gt(leftBetween, at);
    const auto goRight = hn::AndNot(goLeft, hn::Gt(rightBetween, at));
    const V before = hn::IfThenElse(goLeft, left, hn::IfThenElse(goRight, at, leftBetween));
    const V after = hn::IfThenElse(goLeft, at, hn::IfThenElse(goRight, right, rightBetween));
    const V top = hn::IfThenElse(goLeft, leftBetween, hn::IfThenElse(goRight, rightBetween, at));
    const V tilt = hn::Sub(before, after);
    const V bend = hn::Sub(hn::Sub(hn::Add(top, top), before), after);
    const auto bent = hn::And(isTop, hn::Gt(bend, hn::Mul(hn::Set(d, 1e-6F), top)));
    const V rise = hn::Div(hn::Mul(hn::Set(d, 0.125F), hn::Mul(tilt, tilt)),
                           hn::IfThenElse(bent, bend, hn::Set(d, 1.0F)));
    return hn::IfThenElse(bent, hn::Add(top, rise), at);
}

void RaiseHeights(const TruePeakGroup &group, float *heights)
{
    const D d;
    const int lanes = static_cast<int>(hn::Lanes(d));
    const auto &w = group.wave;
    const auto &m = group.meter;
    for (int n = 0; n < groupFrames; n += lanes) {
        // Points from five quarters before sample n to five after it.
        const int i = n + 2;
        const V p[11] = {Load(w[3] + i - 2), Load(w[0] + i - 1), Load(w[1] + i - 1),
                         Load(w[2] + i - 1), Load(w[3] + i - 1), Load(w[0] + i),
                         Load(w[1] + i),     Load(w[2] + i),     Load(w[3] + i),
                         Load(w[0] + i + 1), Load(w[1] + i + 1)};
        V between[6];
        for (int k = 0; k < 6; ++k)
            between[k] = Between(p[k], p[k + 1], p[k + 2], p[k + 3], p[k + 4], p[k + 5]);
        V height = hn::Zero(d);
        V quarters = hn::Zero(d);
        for (int k = 3; k <= 7; ++k) {
            height =
                hn::Max(height, Height(p[k - 1], between[k - 3], p[k], between[k - 2], p[k + 1]));
            quarters = hn::Max(quarters, hn::Abs(p[k]));
        }
        const V halves = hn::Max(hn::Abs(p[5]), hn::Max(hn::Abs(p[3]), hn::Abs(p[7])));
        for (const float *reading : {m[1] + i, m[2] + i, m[2] + i - 1, m[3] + i - 1})
            height = hn::Max(height, hn::Abs(Load(reading)));
        height = hn::Add(height, Load(group.beyond + i));
        height = hn::Min(height, hn::Mul(quarters, hn::Set(d, aboveQuarters)));
        height = hn::Min(height, hn::Mul(halves, hn::Set(d, aboveHalves)));
        hn::StoreU(hn::Max(height, Load(heights + n)), d, heights + n);
    }
}

} // namespace engine::dsp::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace engine::dsp::kernels {

HWY_EXPORT(LargestMagnitude);
HWY_EXPORT(SumTriangle);
HWY_EXPORT(AddSpaced);
HWY_EXPORT(SpacedNorm);
HWY_EXPORT(AddFar);
HWY_EXPORT(RaiseHeights);

float largestMagnitude(const float *values, int count)
{
    return HWY_DYNAMIC_DISPATCH(LargestMagnitude)(values, count);
}

void sumTriangle(const float *in, int spacing, float sign, float *out, int count)
{
    HWY_DYNAMIC_DISPATCH(SumTriangle)(in, spacing, sign, out, count);
}

void addSpaced(const float *in, int spacing, const float *weights, int half, bool first, float *out)
{
    HWY_DYNAMIC_DISPATCH(AddSpaced)(in, spacing, weights, half, first, out);
}

void spacedNorm(const float *in, int spacing, int half, float factor, float *out)
{
    HWY_DYNAMIC_DISPATCH(SpacedNorm)(in, spacing, half, factor, out);
}

void addFar(TruePeakGroup &group)
{
    HWY_DYNAMIC_DISPATCH(AddFar)(group);
}

void raiseHeights(const TruePeakGroup &group, float *heights)
{
    HWY_DYNAMIC_DISPATCH(RaiseHeights)(group, heights);
}

} // namespace engine::dsp::kernels
#endif
