// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dsp/Fir.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/dsp/Fir.cpp"
#include <hwy/foreach_target.h>

#include <hwy/highway.h>

#include <cmath>
#include <numbers>

HWY_BEFORE_NAMESPACE();
namespace engine::dsp::fir::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

void Convolve(const float *in, const float *taps, int tapCount, float *out, int count)
{
    const hn::ScalableTag<float> d;
    const int lanes = static_cast<int>(hn::Lanes(d));
    int n = 0;
    // Four vectors of outputs at once keep the multipliers busy and reuse each tap.
    for (; n + 4 * lanes <= count; n += 4 * lanes) {
        auto sum0 = hn::Zero(d);
        auto sum1 = hn::Zero(d);
        auto sum2 = hn::Zero(d);
        auto sum3 = hn::Zero(d);
        for (int j = 0; j < tapCount; ++j) {
            const auto tap = hn::Set(d, taps[j]);
            const float *from = in + n + j;
            sum0 = hn::MulAdd(tap, hn::LoadU(d, from), sum0);
            sum1 = hn::MulAdd(tap, hn::LoadU(d, from + lanes), sum1);
            sum2 = hn::MulAdd(tap, hn::LoadU(d, from + 2 * lanes), sum2);
            sum3 = hn::MulAdd(tap, hn::LoadU(d, from + 3 * lanes), sum3);
        }
        hn::StoreU(sum0, d, out + n);
        hn::StoreU(sum1, d, out + n + lanes);
        hn::StoreU(sum2, d, out + n + 2 * lanes);
        hn::StoreU(sum3, d, out + n + 3 * lanes);
    }
    // The same operations on one sample, so that results do not depend on how blocks are cut.
    const hn::CappedTag<float, 1> single;
    for (; n < count; ++n) {
        auto sum = hn::Zero(single);
        for (int j = 0; j < tapCount; ++j)
            sum = hn::MulAdd(hn::Set(single, taps[j]), hn::LoadU(single, in + n + j), sum);
        hn::StoreU(sum, single, out + n);
    }
}

float Dot(const float *a, const float *b, int count)
{
    const hn::ScalableTag<float> d;
    const int lanes = static_cast<int>(hn::Lanes(d));
    auto sum = hn::Zero(d);
    for (int i = 0; i < count; i += lanes)
        sum = hn::MulAdd(hn::LoadU(d, a + i), hn::LoadU(d, b + i), sum);
    return hn::GetLane(hn::SumOfLanes(d, sum));
}

} // namespace engine::dsp::fir::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace engine::dsp::fir {

HWY_EXPORT(Convolve);
HWY_EXPORT(Dot);

void convolve(const float *in, const float *taps, int tapCount, float *out, int count)
{
    HWY_DYNAMIC_DISPATCH(Convolve)(in, taps, tapCount, out, count);
}

float dot(const float *a, const float *b, int count)
{
    return HWY_DYNAMIC_DISPATCH(Dot)(a, b, count);
}

double kaiserBeta(double stopbandDb)
{
    if (stopbandDb > 50.0)
        return 0.1102 * (stopbandDb - 8.7);
    return 0.5842 * std::pow(stopbandDb - 21.0, 0.4) + 0.07886 * (stopbandDb - 21.0);
}

int kaiserLength(double stopbandDb, double transition)
{
    return static_cast<int>(std::ceil((stopbandDb - 7.95) / (14.36 * transition))) + 1;
}

double kaiser(double position, double beta)
{
    if (std::abs(position) > 1.0)
        return 0.0;
    const double inside = std::sqrt(1.0 - position * position);
    return std::cyl_bessel_i(0.0, beta * inside) / std::cyl_bessel_i(0.0, beta);
}

std::vector<double> lowPass(int length, double cutoff, double beta)
{
    std::vector<double> taps(static_cast<std::size_t>(length));
    const double centre = 0.5 * (length - 1);
    for (int n = 0; n < length; ++n) {
        const double t = n - centre;
        const double ideal =
            t == 0.0 ? 2.0 * cutoff
                     : std::sin(2.0 * std::numbers::pi * cutoff * t) / (std::numbers::pi * t);
        taps[static_cast<std::size_t>(n)] = ideal * kaiser(t / (centre + 0.5), beta);
    }
    return taps;
}

std::vector<double> equaliser(int degree, double edge, const std::function<double(double)> &gainAt)
{
    // The gain as a polynomial in c = cos(2πf) through Chebyshev points, in Newton's form; c itself
    // is the filter ½ 0 ½, so the polynomial turns into taps by Horner's rule.
    const auto count = static_cast<std::size_t>(degree) + 1;
    const double lowest = std::cos(2.0 * std::numbers::pi * edge);
    std::vector<double> points(count);
    std::vector<double> coefficients(count);
    for (std::size_t i = 0; i < count; ++i) {
        const double angle =
            std::numbers::pi * (static_cast<double>(i) + 0.5) / static_cast<double>(count);
        points[i] = 0.5 * (1.0 + lowest) + 0.5 * (1.0 - lowest) * std::cos(angle);
        coefficients[i] = gainAt(points[i]);
    }
    for (std::size_t order = 1; order < count; ++order) {
        for (std::size_t i = count - 1; i >= order; --i)
            coefficients[i] =
                (coefficients[i] - coefficients[i - 1]) / (points[i] - points[i - order]);
    }
    std::vector<double> taps{coefficients.back()};
    for (std::size_t i = count - 1; i-- > 0;) {
        taps = cascade(taps, {0.5, -points[i], 0.5});
        taps[taps.size() / 2] += coefficients[i];
    }
    return taps;
}

std::vector<double> cascade(const std::vector<double> &a, const std::vector<double> &b)
{
    std::vector<double> both(a.size() + b.size() - 1, 0.0);
    for (std::size_t i = 0; i < a.size(); ++i) {
        for (std::size_t j = 0; j < b.size(); ++j)
            both[i + j] += a[i] * b[j];
    }
    return both;
}

} // namespace engine::dsp::fir
#endif
