// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dsp/Fir.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/dsp/Fir.cpp"
#include <hwy/foreach_target.h>

#include <hwy/highway.h>

#include <cmath>
#include <numbers>
#include <type_traits>

HWY_BEFORE_NAMESPACE();
namespace engine::dsp::fir::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

const hn::ScalableTag<float> floats;
const hn::CappedTag<float, 1> single;

/// Calls store(value, n) for every output; `value` holds those from n on, or is a single one.
template <typename Store>
void SumProducts(const Part &first, const Part &second, int count, Store store)
{
    const int lanes = static_cast<int>(hn::Lanes(floats));
    int n = 0;
    // Eight vectors of outputs at once: so many additions are on their way at any time.
    for (; n + 8 * lanes <= count; n += 8 * lanes) {
        auto sum0 = hn::Zero(floats);
        auto sum1 = sum0;
        auto sum2 = sum0;
        auto sum3 = sum0;
        auto sum4 = sum0;
        auto sum5 = sum0;
        auto sum6 = sum0;
        auto sum7 = sum0;
        for (const Part *part : {&first, &second}) {
            for (int j = 0; j < part->tapCount; ++j) {
                const auto tap = hn::Set(floats, part->taps[j]);
                const float *from = part->in + n + j;
                sum0 = hn::MulAdd(tap, hn::LoadU(floats, from), sum0);
                sum1 = hn::MulAdd(tap, hn::LoadU(floats, from + lanes), sum1);
                sum2 = hn::MulAdd(tap, hn::LoadU(floats, from + 2 * lanes), sum2);
                sum3 = hn::MulAdd(tap, hn::LoadU(floats, from + 3 * lanes), sum3);
                sum4 = hn::MulAdd(tap, hn::LoadU(floats, from + 4 * lanes), sum4);
                sum5 = hn::MulAdd(tap, hn::LoadU(floats, from + 5 * lanes), sum5);
                sum6 = hn::MulAdd(tap, hn::LoadU(floats, from + 6 * lanes), sum6);
                sum7 = hn::MulAdd(tap, hn::LoadU(floats, from + 7 * lanes), sum7);
            }
        }
        store(sum0, n);
        store(sum1, n + lanes);
        store(sum2, n + 2 * lanes);
        store(sum3, n + 3 * lanes);
        store(sum4, n + 4 * lanes);
        store(sum5, n + 5 * lanes);
        store(sum6, n + 6 * lanes);
        store(sum7, n + 7 * lanes);
    }
    // The same operations in shorter steps, so that results do not depend on how blocks are cut.
    for (; n + lanes <= count; n += lanes) {
        auto sum = hn::Zero(floats);
        for (const Part *part : {&first, &second}) {
            for (int j = 0; j < part->tapCount; ++j)
                sum = hn::MulAdd(hn::Set(floats, part->taps[j]),
                                 hn::LoadU(floats, part->in + n + j), sum);
        }
        store(sum, n);
    }
    for (; n < count; ++n) {
        auto sum = hn::Zero(single);
        for (const Part *part : {&first, &second}) {
            for (int j = 0; j < part->tapCount; ++j)
                sum = hn::MulAdd(hn::Set(single, part->taps[j]),
                                 hn::LoadU(single, part->in + n + j), sum);
        }
        store(hn::GetLane(sum), n);
    }
}

void Convolve(const Part &first, const Part &second, float *out, int count)
{
    SumProducts(first, second, count, [out](auto value, int n) {
        if constexpr (std::is_same_v<decltype(value), float>)
            out[n] = value;
        else
            hn::StoreU(value, floats, out + n);
    });
}

void ConvolveInterleaved(const Part &part, const float *others, float *out, int count)
{
    SumProducts(part, {}, count, [=](auto value, int n) {
        if constexpr (std::is_same_v<decltype(value), float>) {
            out[2 * n] = value;
            out[2 * n + 1] = others[n];
        } else {
            hn::StoreInterleaved2(value, hn::LoadU(floats, others + n), floats, out + 2 * n);
        }
    });
}

void Separate(const float *in, float *even, float *odd, int count)
{
    const int lanes = static_cast<int>(hn::Lanes(floats));
    int n = 0;
    for (; n + lanes <= count; n += lanes) {
        hn::Vec<decltype(floats)> first;
        hn::Vec<decltype(floats)> second;
        hn::LoadInterleaved2(floats, in + 2 * n, first, second);
        hn::StoreU(first, floats, even + n);
        hn::StoreU(second, floats, odd + n);
    }
    for (; n < count; ++n) {
        even[n] = in[2 * n];
        odd[n] = in[2 * n + 1];
    }
}

} // namespace engine::dsp::fir::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace engine::dsp::fir {

HWY_EXPORT(Convolve);
HWY_EXPORT(ConvolveInterleaved);
HWY_EXPORT(Separate);

void convolve(const Part &first, const Part &second, float *out, int count)
{
    HWY_DYNAMIC_DISPATCH(Convolve)(first, second, out, count);
}

void convolveInterleaved(const Part &part, const float *others, float *out, int count)
{
    HWY_DYNAMIC_DISPATCH(ConvolveInterleaved)(part, others, out, count);
}

void separate(const float *in, float *even, float *odd, int count)
{
    HWY_DYNAMIC_DISPATCH(Separate)(in, even, odd, count);
}

namespace {

/// Modified Bessel function of the first kind, order 0, by its power series.
double besselI0(double x)
{
    const double square = 0.25 * x * x;
    double term = 1.0;
    double sum = 1.0;
    for (int k = 1; term > 1e-17 * sum; ++k) {
        term *= square / (static_cast<double>(k) * k);
        sum += term;
    }
    return sum;
}

} // namespace

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
    return besselI0(beta * std::sqrt(1.0 - position * position)) / besselI0(beta);
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
