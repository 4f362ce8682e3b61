// SPDX-License-Identifier: GPL-3.0-or-later
//
// The anti-aliased shaper against the means that it stands for, and its short way over one straight
// piece of a curve against the long way.

#include "engine/base/FlushDenormals.h"
#include "engine/dsp/AntiderivativeShaper.h"
#include "engine/dsp/Shapers.h"
#include "tests/support/Spectrum.h"
#include "tests/support/TestProgram.h"

#include <QTest>
#include <cmath>

using namespace engine;
using dsp::AntiderivativeShaper;
using dsp::ShaperCurve;
using tests::Random;

namespace {

/// Mean of a curve of straight pieces with corners at odd numbers, over all weightings of three
/// values: their density is a triangle, so Simpson's rule is exact between the corners.
double meanOverThree(double (*curve)(double), std::array<double, 3> x)
{
    std::ranges::sort(x);
    const double width = x[2] - x[0];
    if (width == 0.0)
        return curve(x[1]);
    std::vector<double> ends(x.begin(), x.end());
    for (double corner = 2.0 * std::ceil((x[0] + 1.0) / 2.0) - 1.0; corner < x[2]; corner += 2.0)
        ends.push_back(corner);
    std::ranges::sort(ends);
    const auto weight = [&](double v) {
        const double side = v <= x[1] ? (x[1] > x[0] ? (v - x[0]) / (x[1] - x[0]) : 1.0)
                                      : (x[2] > x[1] ? (x[2] - v) / (x[2] - x[1]) : 1.0);
        return 2.0 / width * side;
    };
    double sum = 0.0;
    for (std::size_t i = 0; i + 1 < ends.size(); ++i) {
        const double step = ends[i + 1] - ends[i];
        // Just inside, where the weight may jump at a doubled end.
        const double in = 1e-12 * step;
        const auto value = [&](double v) { return curve(v) * weight(v); };
        sum += step / 6.0 *
               (value(ends[i] + in) + 4.0 * value(ends[i] + step / 2.0) + value(ends[i + 1] - in));
    }
    return sum;
}

using Samples = std::vector<float>;

Samples shaped(ShaperCurve curve, const Samples &samples, int blockSamples, double gain)
{
    const FlushDenormals flush;
    AntiderivativeShaper shaper;
    shaper.prepare(curve);
    shaper.reset(0.0);
    Samples result;
    for (std::size_t first = 0; first < samples.size();) {
        const auto count = std::min(samples.size() - first, static_cast<std::size_t>(blockSamples));
        // What lies beyond the block may be anything.
        Samples block(count + 16, first % 3 == 0 ? 100.0F : -0.25F);
        std::copy_n(samples.begin() + static_cast<std::ptrdiff_t>(first), count, block.begin());
        shaper.shape(block.data(), static_cast<int>(count), gain, 0.0, 1.0, 0.0);
        result.insert(result.end(), block.begin(),
                      block.begin() + static_cast<std::ptrdiff_t>(count));
        first += count;
    }
    return result;
}

} // namespace

class TestAntiderivativeShaper : public QObject {
    Q_OBJECT

private slots:
    void averagesOverCornersAreExact();
    void theShortWayGivesTheBitsOfTheLongOne();
};

void TestAntiderivativeShaper::averagesOverCornersAreExact()
{
    const FlushDenormals flush;
    Random random(7);
    for (const bool classic : {true, false}) {
        double worst = 0.0;
        for (const double corner : {-9.0, -5.0, -3.0, -1.0, 1.0, 3.0, 5.0, 9.0}) {
            for (int trial = 0; trial < 4000; ++trial) {
                // Whole samples and a power of two as gain: u is known exactly.
                const double gain = std::exp2(random.whole(-30, -6));
                const int reach = random.whole(1, 60);
                std::array<float, 32> samples{};
                std::array<double, 8> u{};
                for (std::size_t i = 0; i < u.size(); ++i) {
                    samples[i] = static_cast<float>(random.whole(-reach, reach));
                    u[i] = double{samples[i]} * gain + corner;
                }
                dsp::AntiderivativeShaper shaper;
                shaper.prepare(classic ? dsp::ShaperCurve::ClassicFold
                                       : dsp::ShaperCurve::TriangleFold);
                shaper.reset(u[0]);
                shaper.shape(samples.data(), 8, gain, corner, 1.0, 0.0);
                for (std::size_t i = 2; i < u.size(); ++i) {
                    const double expected =
                        classic
                            ? meanOverThree(dsp::classicFold<double>, {u[i], u[i - 1], u[i - 2]})
                            : meanOverThree(dsp::triangleFold<double>, {u[i], u[i - 1], u[i - 2]});
                    worst = std::max(worst, std::abs(double{samples[i]} - expected));
                }
            }
        }
        qInfo("%s: mean over three samples exact within %.1e", classic ? "fold" : "triangle",
              worst);
        QVERIFY(worst <= 1e-4);
    }
}

void TestAntiderivativeShaper::theShortWayGivesTheBitsOfTheLongOne()
{
    // How many samples share one decision depends on how blocks are cut; the result must not. A
    // lone corner makes its neighbours take the long way in one block and the short way in the
    // next.
    Random random(8);
    for (const ShaperCurve curve :
         {ShaperCurve::ClassicFold, ShaperCurve::TriangleFold, ShaperCurve::Tanh}) {
        for (const double gain : {1.0, 3.0, 10.0}) {
            Samples samples(3000);
            double x = 0.0;
            for (std::size_t n = 0; n < samples.size(); ++n) {
                x = 0.98 * x + random.between(-0.1, 0.1);
                samples[n] = static_cast<float>(x);
                if (random.chance(0.02)) // a corner exactly, and what lies just beside it
                    samples[n] = std::nextafter(random.chance(0.5) ? 1.0F : -1.0F,
                                                random.chance(0.5) ? 0.0F : 2.0F);
                if (random.chance(0.02))
                    samples[n] = random.chance(0.5) ? 1.0F : -1.0F;
            }
            const Samples expected = shaped(curve, samples, 3000, gain);
            for (const int blockSamples : {1, 3, 32, 100, 257})
                QVERIFY(shaped(curve, samples, blockSamples, gain) == expected);
        }
    }
}

QD_TEST(TestAntiderivativeShaper, QCoreApplication)
#include "TestAntiderivativeShaper.moc"
