// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dsp/AntiderivativeShaper.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/dsp/AntiderivativeShaper.cpp"
#include <hwy/foreach_target.h>

#include <hwy/contrib/math/math-inl.h>
#include <hwy/highway.h>

#include <algorithm>
#include <numbers>

HWY_BEFORE_NAMESPACE();
namespace engine::dsp::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

using D = hn::ScalableTag<double>;
using F = hn::Rebind<float, D>;
using V = hn::Vec<D>;

V Number(double value)
{
    return hn::Set(D(), value);
}
V Square(V x)
{
    return hn::Mul(x, x);
}
V Cube(V x)
{
    return hn::Mul(x, hn::Mul(x, x));
}

struct ClassicFoldCurve {
    static V Value(V u)
    {
        u = hn::IfThenElse(hn::Gt(u, Number(1)), hn::Sub(Number(2), u), u);
        u = hn::IfThenElse(hn::Lt(u, Number(-1)), hn::Sub(Number(-2), u), u);
        return hn::Min(hn::Max(u, Number(-1)), Number(1));
    }
    /// 0 below −3, then one more for each corner at −3, −1, 1, 3, 5.
    static V Segment(V u)
    {
        V segment = hn::Zero(D());
        for (const double corner : {-3.0, -1.0, 1.0, 3.0, 5.0})
            segment = hn::Add(segment, hn::IfThenElseZero(hn::Gt(u, Number(corner)), Number(1)));
        return segment;
    }
    /// F: a²/2; 2a − a²/2 − 1 from a = |u| = 1 on; beyond 3 on the left 7/2 − a; on the right
    /// a²/2 − 4a + 8, and a − 9/2 from 5 on.
    static V First(V u)
    {
        const V a = hn::Abs(u);
        const V half = hn::Mul(Number(0.5), Square(a));
        const V folded = hn::Sub(hn::Sub(hn::Add(a, a), half), Number(1));
        const V again = hn::Add(hn::Sub(half, hn::Mul(Number(4), a)), Number(8));
        const V right = hn::IfThenElse(hn::Le(a, Number(5)), again, hn::Sub(a, Number(4.5)));
        const V outer = hn::IfThenElse(hn::Lt(u, Number(0)), hn::Sub(Number(3.5), a), right);
        const V inner = hn::IfThenElse(hn::Le(a, Number(1)), half, folded);
        return hn::IfThenElse(hn::Le(a, Number(3)), inner, outer);
    }
    /// G: a³/6; a² − a³/6 − a + 1/3 from 1 on; beyond 3 on the left 7a/2 − a²/2 − 25/6; on the
    /// right a³/6 − 2a² + 8a − 26/3, and a²/2 − 9a/2 + 73/6 from 5 on. Odd, but for what lies
    /// beyond 3.
    static V Second(V u)
    {
        const V a = hn::Abs(u);
        const V square = Square(a);
        const V sixth = hn::Mul(Number(1.0 / 6.0), Cube(a));
        const V folded = hn::Add(hn::Sub(hn::Sub(square, sixth), a), Number(1.0 / 3.0));
        const V left = hn::Sub(hn::Sub(hn::Mul(Number(3.5), a), hn::Mul(Number(0.5), square)),
                               Number(25.0 / 6.0));
        const V again =
            hn::Sub(hn::Add(hn::Sub(sixth, hn::Mul(Number(2), square)), hn::Mul(Number(8), a)),
                    Number(26.0 / 3.0));
        const V far = hn::Add(hn::Sub(hn::Mul(Number(0.5), square), hn::Mul(Number(4.5), a)),
                              Number(73.0 / 6.0));
        const V right = hn::IfThenElse(hn::Le(a, Number(5)), again, far);
        const V outer = hn::IfThenElse(hn::Lt(u, Number(0)), left, right);
        const V inner = hn::IfThenElse(hn::Le(a, Number(1)), sixth, folded);
        const V magnitude = hn::IfThenElse(hn::Le(a, Number(3)), inner, outer);
        return hn::IfThenElse(hn::Lt(u, Number(0)), hn::Neg(magnitude), magnitude);
    }
};

/// u = v + 4 * turns with −1 <= v < 3.
struct TriangleFoldCurve {
    static V Turns(V u) { return hn::Floor(hn::Mul(hn::Add(u, Number(1)), Number(0.25))); }
    static V WithinPeriod(V u) { return hn::Sub(u, hn::Mul(Number(4), Turns(u))); }

    static V Value(V u)
    {
        const V v = WithinPeriod(u);
        return hn::IfThenElse(hn::Le(v, Number(1)), v, hn::Sub(Number(2), v));
    }
    static V Segment(V u) { return hn::Floor(hn::Mul(hn::Add(u, Number(1)), Number(0.5))); }
    /// v²/2, and 1 − (v−2)²/2 on the falling side.
    static V First(V u)
    {
        const V v = WithinPeriod(u);
        const V falling = hn::Sub(Number(1), hn::Mul(Number(0.5), Square(hn::Sub(v, Number(2)))));
        return hn::IfThenElse(hn::Le(v, Number(1)), hn::Mul(Number(0.5), Square(v)), falling);
    }
    /// v³/6, and w + 1 − w³/6 with w = v − 2; a whole period adds 2.
    static V Second(V u)
    {
        const V v = WithinPeriod(u);
        const V w = hn::Sub(v, Number(2));
        const V falling = hn::Sub(hn::Add(w, Number(1)), hn::Mul(Number(1.0 / 6.0), Cube(w)));
        const V rising = hn::Mul(Number(1.0 / 6.0), Cube(v));
        return hn::Add(hn::IfThenElse(hn::Le(v, Number(1)), rising, falling),
                       hn::Mul(Number(2), Turns(u)));
    }
};

struct TanhCurve {
    static V Value(V u) { return hn::Tanh(D(), u); }
    static V First(V u)
    {
        const V a = hn::Abs(u);
        const V decay = hn::Exp(D(), hn::Mul(Number(-2), a));
        return hn::Sub(hn::Add(a, hn::Log1p(D(), decay)), Number(std::numbers::ln2));
    }
};

struct Scaling {
    double gain;
    double offset;
    double scale;
    double rest;
};

V Drive(const float *samples, const Scaling &s)
{
    const V x = hn::PromoteTo(D(), hn::LoadU(F(), samples));
    return hn::Add(hn::Mul(x, Number(s.gain)), Number(s.offset));
}

void StoreResult(V y, const Scaling &s, float *samples)
{
    y = hn::Sub(hn::Mul(y, Number(s.scale)), Number(s.rest));
    hn::StoreU(hn::DemoteTo(F(), y), F(), samples);
}

/// (top1 − top0) / (x1 − x0), or `instead` where the two lie closer than `closest`.
V Slope(V top1, V top0, V x1, V x0, V instead, double closest)
{
    const V step = hn::Sub(x1, x0);
    const auto close = hn::Lt(hn::Abs(step), Number(closest));
    const V slope = hn::Div(hn::Sub(top1, top0), hn::IfThenElse(close, Number(1), step));
    return hn::IfThenElse(close, instead, slope);
}

V Mean(V a, V b)
{
    return hn::Mul(Number(0.5), hn::Add(a, b));
}

/// Samples that are worked on at a time.
constexpr int groupSamples = 256;
/// Room in front of a group and behind it, for the past and for whole vectors of any width.
constexpr int around = 16;

/// One value for each sample of a group, and for some before it.
template <int size>
struct Row {
    HWY_ALIGN double values[around + size + around];
    double *data() { return values + around; }
};

/// Calls work(u, count, out) for one group after the other; u[-2] and u[-1] are those of the
/// samples before.
template <typename Work>
void ForGroups(float *samples, int count, std::array<double, 2> &past, const Scaling &s, Work work)
{
    const D d;
    const int lanes = static_cast<int>(hn::Lanes(d));
    Row<groupSamples> row;
    double *u = row.data();
    std::fill(row.values, u, 0.0);
    for (int first = 0; first < count; first += groupSamples) {
        const int here = std::min(groupSamples, count - first);
        u[-2] = past[0];
        u[-1] = past[1];
        for (int i = 0; i < here; i += lanes)
            hn::StoreU(Drive(samples + first + i, s), d, u + i);
        work(u, here, samples + first);
        past = {u[here - 2], u[here - 1]};
    }
}

template <typename Curve>
void ShapeFirstOrder(float *samples, int count, std::array<double, 2> &past, const Scaling &s)
{
    const D d;
    const int lanes = static_cast<int>(hn::Lanes(d));
    Row<groupSamples> antiderivatives;
    double *first = antiderivatives.data();
    ForGroups(samples, count, past, s, [&](const double *u, int here, float *out) {
        for (int i = -lanes; i < here; i += lanes)
            hn::StoreU(Curve::First(hn::LoadU(d, u + i)), d, first + i);
        constexpr double closest = 1e-5;
        for (int i = 0; i < here; i += lanes) {
            const V now = hn::LoadU(d, u + i);
            const V last = hn::LoadU(d, u + i - 1);
            const auto close = hn::Lt(hn::Abs(hn::Sub(now, last)), Number(closest));
            const V middle = hn::AllFalse(d, close) ? hn::Zero(d) : Curve::Value(Mean(now, last));
            const V y = Slope(hn::LoadU(d, first + i), hn::LoadU(d, first + i - 1), now, last,
                              middle, closest);
            StoreResult(y, s, out + i);
        }
    });
}

/// Where two of the three samples nearly coincide, differences of G drown in rounding; where they
/// are used although they do, the result is as far off as the step is long. This balances the two.
constexpr double closestPair = 4e-5;

template <typename Curve>
V SecondOrderAcrossCorner(V x0, V x1, V x2, V slope01, V slope12)
{
    const V step = hn::Sub(x0, x2);
    const auto returned = hn::Lt(hn::Abs(step), Number(closestPair));
    V y = hn::Div(hn::Mul(Number(2), hn::Sub(slope01, slope12)),
                  hn::IfThenElse(returned, Number(1), step));
    if (hn::AllFalse(D(), returned))
        return y;
    // There and back again: the mean over the line between x1 and where it came from, twice.
    const V ends = Mean(x0, x2);
    const V away = hn::Sub(ends, x1);
    const auto still = hn::Lt(hn::Abs(away), Number(closestPair));
    const V safe = hn::IfThenElse(still, Number(1), away);
    const V rise = hn::Div(hn::Sub(Curve::Second(x1), Curve::Second(ends)), safe);
    const V turned = hn::Div(hn::Mul(Number(2), hn::Add(Curve::First(ends), rise)), safe);
    const V value = Curve::Value(Mean(ends, x1));
    return hn::IfThenElse(returned, hn::IfThenElse(still, value, turned), y);
}

/// The mean of the three samples, weighted as they are where the curve is straight. In this form
/// three equal values give exactly themselves: silence stays silence.
V MeanOfThree(const double *u)
{
    const D d;
    const V x1 = hn::LoadU(d, u - 1);
    const V apart = hn::Add(hn::Sub(hn::LoadU(d, u), x1), hn::Sub(hn::LoadU(d, u - 2), x1));
    return hn::Add(x1, hn::Mul(apart, Number(1.0 / 3.0)));
}

/// Short, because one corner makes the whole group take the long way.
constexpr int straightSamples = 32;

template <typename Curve>
void ShapeAcrossCorners(const double *u, int count, const Scaling &s, float *out)
{
    const D d;
    const int lanes = static_cast<int>(hn::Lanes(d));
    Row<straightSamples> rows[3];
    double *second = rows[0].data();
    double *segment = rows[1].data();
    double *slope = rows[2].data();
    const int reach = std::max(lanes, 2); // samples of the past, in whole vectors
    for (int i = -reach; i < count; i += lanes) {
        const V x = hn::LoadU(d, u + i);
        hn::StoreU(Curve::Second(x), d, second + i);
        hn::StoreU(Curve::Segment(x), d, segment + i);
    }
    // One vector more than needed in front, but for its first slope, which nobody asks for.
    for (int i = 1 - reach; i < count; i += lanes) {
        const V now = hn::LoadU(d, u + i);
        const V last = hn::LoadU(d, u + i - 1);
        hn::StoreU(Slope(hn::LoadU(d, second + i), hn::LoadU(d, second + i - 1), now, last,
                         Curve::First(Mean(now, last)), closestPair),
                   d, slope + i);
    }
    for (int i = 0; i < count; i += lanes) {
        const V piece = hn::LoadU(d, segment + i);
        // On one straight piece the weighted mean of the curve is the curve of the mean.
        const auto straight = hn::And(hn::Eq(piece, hn::LoadU(d, segment + i - 1)),
                                      hn::Eq(piece, hn::LoadU(d, segment + i - 2)));
        V y = Curve::Value(MeanOfThree(u + i));
        if (!hn::AllTrue(d, straight)) {
            const V across = SecondOrderAcrossCorner<Curve>(
                hn::LoadU(d, u + i), hn::LoadU(d, u + i - 1), hn::LoadU(d, u + i - 2),
                hn::LoadU(d, slope + i), hn::LoadU(d, slope + i - 1));
            y = hn::IfThenElse(straight, y, across);
        }
        StoreResult(y, s, out + i);
    }
}

template <typename Curve>
void ShapeSecondOrder(float *samples, int count, std::array<double, 2> &past, const Scaling &s)
{
    const D d;
    const int lanes = static_cast<int>(hn::Lanes(d));
    ForGroups(samples, count, past, s, [&](const double *group, int here, float *out) {
        // Between −1 and 1 both curves are u itself; most sounds stay there.
        const auto isBent = [](const double *values) {
            return hn::Ge(hn::Abs(hn::LoadU(D(), values)), Number(1));
        };
        auto bent = hn::Or(isBent(group - 2), isBent(group - 1));
        for (int i = 0; i < here; i += lanes)
            bent = hn::Or(bent, isBent(group + i));
        if (hn::AllFalse(d, bent)) {
            for (int i = 0; i < here; i += lanes)
                StoreResult(MeanOfThree(group + i), s, out + i);
            return;
        }
        for (int first = 0; first < here; first += straightSamples) {
            const double *u = group + first;
            const int end = std::min(straightSamples, here - first);
            V low = hn::Min(hn::LoadU(d, u - 2), hn::LoadU(d, u - 1));
            V high = hn::Max(hn::LoadU(d, u - 2), hn::LoadU(d, u - 1));
            for (int i = 0; i < end; i += lanes) {
                low = hn::Min(low, hn::LoadU(d, u + i));
                high = hn::Max(high, hn::LoadU(d, u + i));
            }
            // The number of the piece never falls as u grows.
            const V lowest = Curve::Segment(hn::MinOfLanes(d, low));
            if (!hn::AllTrue(d, hn::Eq(lowest, Curve::Segment(hn::MaxOfLanes(d, high))))) {
                ShapeAcrossCorners<Curve>(u, end, s, out + first);
                continue;
            }
            for (int i = 0; i < end; i += lanes)
                StoreResult(Curve::Value(MeanOfThree(u + i)), s, out + first + i);
        }
    });
}

void Shape(ShaperCurve curve, float *samples, int count, std::array<double, 2> &past, double gain,
           double offset, double scale, double rest)
{
    const Scaling s{gain, offset, scale, rest};
    if (curve == ShaperCurve::ClassicFold)
        ShapeSecondOrder<ClassicFoldCurve>(samples, count, past, s);
    else if (curve == ShaperCurve::TriangleFold)
        ShapeSecondOrder<TriangleFoldCurve>(samples, count, past, s);
    else
        ShapeFirstOrder<TanhCurve>(samples, count, past, s);
}

} // namespace engine::dsp::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace engine::dsp {

HWY_EXPORT(Shape);

void AntiderivativeShaper::shape(float *samples, int count, double gain, double offset,
                                 double scale, double rest) noexcept
{
    HWY_DYNAMIC_DISPATCH(Shape)(curve_, samples, count, past_, gain, offset, scale, rest);
}

} // namespace engine::dsp
#endif
