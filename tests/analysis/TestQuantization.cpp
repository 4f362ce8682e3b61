// SPDX-License-Identifier: GPL-3.0-or-later
//
// What views make of a quantizer's trace: each partial one line, and the share of the energy in key
// that a long transform of the sound itself finds.

#include "engine/analysis/Quantization.h"
#include "tests/dsp/QuantizationFixture.h"
#include "tests/support/Measure.h"
#include "tests/support/Spectrum.h"

#include <QTest>

using namespace tests;

class TestQuantization : public QObject {
    Q_OBJECT

private slots:
    void inKeyShareIsThatOfTheSound_data();
    void inKeyShareIsThatOfTheSound();
    void linesTellEachPartialOnce();
    void distanceIsToTheNearestAllowedNote();
    void silenceHasNeitherLinesNorShares();
};

void TestQuantization::inKeyShareIsThatOfTheSound_data()
{
    QTest::addColumn<bool>("quantize");
    QTest::addColumn<double>("smear");
    QTest::newRow("before") << false << 0.0;
    QTest::newRow("after, nothing spreads") << true << 0.0;
    QTest::newRow("after, as it comes") << true << 0.1;
}

void TestQuantization::inKeyShareIsThatOfTheSound()
{
    QFETCH(bool, quantize);
    QFETCH(double, smear);
    // Some in D minor, some far from it, none at the edge: where partials meet in one bin, what
    // leaves it sways around its frequency by some cents from frame to frame.
    const std::vector<Tone> partials{{220.0, 0.15}, {311.7, 0.2},  {440.6, 0.15},
                                     {700.0, 0.1},  {1135.0, 0.2}, {2371.4, 0.1}};
    const AudioBuffer sound = tones(partials, 160000);
    const Settings settings = preQuantOnly(smear, smear > 0.0);
    const Traced traced = trace(sound, settings, 8192, 2, {8192, 131072});
    const auto found = analysis::quantizationOf(traced.pre);
    const auto allowed = dsp::allowedPitchClasses(settings.preQuant.classic.scale);

    // Energy of one long transform by the distance of its bins from the notes of the key.
    const AudioBuffer window = quantize ? traced.preQuant : sound;
    const auto samples = tests::toDouble(window.channel(0).subspan(quantize ? 0 : 8192, 131072));
    std::vector<double> tapered(samples);
    for (std::size_t n = 0; n < tapered.size(); ++n) {
        const double angle =
            2.0 * std::numbers::pi * static_cast<double>(n) / static_cast<double>(tapered.size());
        tapered[n] *= 0.35875 - 0.48829 * std::cos(angle) + 0.14128 * std::cos(2 * angle) -
                      0.01168 * std::cos(3 * angle);
    }
    const tests::Bins bins = tests::spectrumOf(tapered);
    double inKey = 0.0;
    double all = 0.0;
    for (std::size_t k = 1; k < bins.size(); ++k) {
        const double hz = static_cast<double>(k) * rateHz / static_cast<double>(tapered.size());
        const double note = 69.0 + 12.0 * std::log2(hz / 440.0);
        bool near = false;
        for (int m = static_cast<int>(note) - 1; m <= static_cast<int>(note) + 2; ++m)
            near = near || ((allowed >> (m % 12 + 12) % 12 & 1) != 0 && std::abs(note - m) <= 0.15);
        all += std::norm(bins[k]);
        inKey += near ? std::norm(bins[k]) : 0.0;
    }
    const double share = quantize ? *found->inKeyAfter : *found->inKeyBefore;
    qInfo("trace %.4f, sound %.4f", share, inKey / all);
    QVERIFY2(std::abs(share - inKey / all) < 0.02, qPrintable(QString("%1").arg(share)));
    QVERIFY(inKey / all > 0.2 && inKey / all < 0.8);
}

void TestQuantization::linesTellEachPartialOnce()
{
    const Settings settings = preQuantOnly();
    const QuantizationTrace told = trace(tones(chord, 96000), settings, 8192, 2, {8192, 65536}).pre;
    const auto seen = analysis::quantizationOf(told);
    std::size_t expected = 0;
    for (const Tone &tone : chord) {
        for (const auto &[bin, share] : expectedTargets(tone.hz, settings.preQuant.classic.scale)) {
            const double power = share * tone.amplitude * tone.amplitude;
            if (share < 0.05)
                continue;
            ++expected;
            const auto fits = [&, bin = bin](const analysis::QuantizationLine &line) {
                return std::abs(cents(line.fromHz, tone.hz)) < 2.0 &&
                       (bin < 0 ? !line.moves() : std::abs(line.toHz - bin * binHz) < 0.01) &&
                       std::abs(10.0 * std::log10(line.power / power)) < 1.0;
            };
            QCOMPARE(std::count_if(seen->lines.begin(), seen->lines.end(), fits),
                     std::ptrdiff_t{1});
        }
    }
    QVERIFY(expected > chord.size());
    // At a moment the same partials sound.
    const auto moment = analysis::quantizationOf(told, 0.7);
    QVERIFY(std::abs(*moment->inKeyBefore - *seen->inKeyBefore) < 0.02);
    QVERIFY(!seen->largest.empty());
    const auto &largest = seen->lines[seen->largest.front()];
    for (const auto &line : seen->lines)
        QVERIFY(line.power * std::abs(line.movedCents) <=
                largest.power * std::abs(largest.movedCents));
    double sum = 0.0;
    for (const double share : seen->before)
        sum += share;
    QVERIFY(std::abs(sum - 1.0) < 1e-9);
}

void TestQuantization::distanceIsToTheNearestAllowedNote()
{
    const auto dMinor = dsp::allowedPitchClasses({});
    QVERIFY(std::abs(analysis::centsFromAllowedNote(440.0, dMinor)) < 1e-9);
    const double halfUp = 440.0 * std::exp2(0.4 / 12.0);
    QVERIFY(std::abs(analysis::centsFromAllowedNote(halfUp, dMinor) - 40.0) < 1e-9);
    // D♯ is not in D minor: 90 cents above D are nearer to D than to E.
    const double d4 = 440.0 * std::exp2(-7.0 / 12.0);
    QVERIFY(std::abs(analysis::centsFromAllowedNote(d4 * std::exp2(0.9 / 12.0), dMinor) - 90.0) <
            1e-9);
    QVERIFY(std::abs(analysis::centsFromAllowedNote(d4 * std::exp2(1.1 / 12.0), dMinor) + 90.0) <
            1e-9);
    // One note an octave: everything is measured from it.
    QVERIFY(std::abs(std::abs(analysis::centsFromAllowedNote(d4 * std::exp2(0.5), 1 << 2)) -
                     600.0) < 1e-6);
}

void TestQuantization::silenceHasNeitherLinesNorShares()
{
    const auto seen =
        analysis::quantizationOf(trace(AudioBuffer({rateHz, 2}, 20000), Settings{}).pre);
    QVERIFY(seen->silent());
    QVERIFY(seen->lines.empty() && seen->largest.empty());
    QVERIFY(!seen->inKeyAfter);
}

QTEST_GUILESS_MAIN(TestQuantization)
#include "TestQuantization.moc"
