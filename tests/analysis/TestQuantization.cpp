// SPDX-License-Identifier: GPL-3.0-or-later
//
// What views make of a quantizer's trace: each partial one line, and the share of the energy in key
// that a long transform of the sound itself finds.

#include "engine/analysis/Quantization.h"
#include "tests/dsp/QuantizationFixture.h"
#include "tests/support/Measure.h"
#include "tests/support/Spectrum.h"
#include "tests/support/TestProgram.h"

#include <QTest>

using namespace tests;

namespace {

/// Some in D minor, some far from it, none at the edge: where partials meet in one bin, what leaves
/// it sways around its frequency by some cents from frame to frame.
const std::vector<Tone> partials{{220.0, 0.15}, {311.7, 0.2},  {440.6, 0.15},
                                 {700.0, 0.1},  {1135.0, 0.2}, {2371.4, 0.1}};

/// Energy of one long transform within 15 cents of the notes of the key.
double shareInKey(std::span<const float> sound, dsp::PitchClassMask allowed)
{
    std::vector<double> tapered = tests::toDouble(sound);
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
    return inKey / all;
}

} // namespace

class TestQuantization : public QObject {
    Q_OBJECT

private slots:
    void inKeyShareIsThatOfTheSound_data();
    void inKeyShareIsThatOfTheSound();
    void linesTellEachPartialOnce();
    void fromInputToOutputIsMeasuredInBoth_data();
    void fromInputToOutputIsMeasuredInBoth();
    void aChainTellsTheLinesOfBothQuantizers();
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
    const AudioBuffer sound = tones(partials, 160000);
    const Settings settings = preQuantOnly(smear, smear > 0.0);
    const Traced traced = trace(sound, settings, 8192, 2, {8192, 131072});
    const auto found = analysis::quantizationOf(traced.pre);
    const auto allowed = dsp::allowedPitchClasses(settings.preQuant.classic.scale);

    const AudioBuffer window = quantize ? traced.preQuant : sound;
    const double oracle =
        shareInKey(window.channel(0).subspan(quantize ? 0 : 8192, 131072), allowed);
    const double share = quantize ? *found->inKeyAfter : *found->inKeyBefore;
    qInfo("trace %.4f, sound %.4f", share, oracle);
    QVERIFY2(std::abs(share - oracle) < 0.02, qPrintable(QString("%1").arg(share)));
    QVERIFY(oracle > 0.2 && oracle < 0.8);
}

void TestQuantization::fromInputToOutputIsMeasuredInBoth_data()
{
    QTest::addColumn<bool>("distort");
    QTest::addColumn<double>("moment");
    QTest::newRow("whole") << false << -1.0;
    QTest::newRow("through the distortion") << true << -1.0;
    QTest::newRow("at a moment") << false << 1.0;
}

/// Of steady partials in known places the energy in key is a sum; what distortion adds is measured
/// with one long transform.
void TestQuantization::fromInputToOutputIsMeasuredInBoth()
{
    QFETCH(bool, distort);
    QFETCH(double, moment);
    Settings settings = preQuantOnly();
    settings.distortionOn = distort;
    settings.distortion.foldAmount = 3.0;
    const AudioBuffer sound = tones(partials, 160000);
    const Traced traced = trace(sound, settings, 8192, 2, {8192, 131072});
    AudioBuffer input(sound.format(), 131072);
    for (int c = 0; c < 2; ++c)
        std::ranges::copy(sound.channel(c).subspan(8192, 131072), input.channel(c).begin());
    const analysis::ChainTrace chain{
        settings.preQuant.classic.scale, analysis::partialsOf(input, 8192, fftSize),
        analysis::partialsOf(traced.output, 8192, fftSize),
        std::make_shared<const QuantizationTrace>(traced.pre), nullptr};
    const auto at = moment < 0.0 ? std::nullopt : std::optional(moment);
    const auto found = analysis::quantizationOf(chain, at);
    const auto allowed = dsp::allowedPitchClasses(chain.scale);
    double inKey = 0.0;
    double all = 0.0;
    for (const Tone &tone : partials) {
        const double power = tone.amplitude * tone.amplitude;
        all += power;
        inKey += std::abs(analysis::centsFromAllowedNote(tone.hz, allowed)) <= 15.0 ? power : 0.0;
    }
    QVERIFY2(std::abs(*found->inKeyBefore - inKey / all) < 0.01,
             qPrintable(QString::number(*found->inKeyBefore)));
    const double share = shareInKey(traced.output.channel(0), allowed);
    qInfo("partials %.4f, sound %.4f", *found->inKeyAfter, share);
    QVERIFY2(std::abs(*found->inKeyAfter - share) < 0.03,
             qPrintable(QString("%1 for %2").arg(*found->inKeyAfter).arg(share)));
    // What a quantizer tells of what it was given is the same by its own measure.
    const auto alone = analysis::quantizationOf(traced.pre, at);
    QVERIFY(std::abs(*alone->inKeyBefore - *found->inKeyBefore) < 0.005);
    QVERIFY(std::abs(alone->centroidHz / found->centroidHz - 1.0) < 0.005);
    if (!distort)
        QVERIFY(std::abs(*alone->inKeyAfter - *found->inKeyAfter) < 0.02);
}

void TestQuantization::aChainTellsTheLinesOfBothQuantizers()
{
    Settings settings = preQuantOnly();
    settings.postQuant.on = true;
    const AudioBuffer sound = tones(chord, 96000);
    const Traced traced = trace(sound, settings, 8192, 2, {8192, 65536});
    const auto told = analysis::partialsOf(traced.output, 8192, fftSize);
    const auto shared = [](const QuantizationTrace &of) {
        return std::make_shared<const QuantizationTrace>(of);
    };
    const auto linesOn = [](const analysis::Quantization &of, int leg) {
        std::vector<double> from;
        for (const auto &line : of.lines)
            if (line.leg == leg)
                from.push_back(line.fromHz);
        return from;
    };
    const auto found = analysis::quantizationOf(
        {settings.preQuant.classic.scale, told, told, shared(traced.pre), shared(traced.post)});
    QCOMPARE(found->legs, 2);
    QCOMPARE(linesOn(*found, 0), linesOn(*analysis::quantizationOf(traced.pre), 0));
    QCOMPARE(linesOn(*found, 1), linesOn(*analysis::quantizationOf(traced.post), 0));
    QVERIFY(
        std::ranges::is_sorted(found->lines, std::greater(), &analysis::QuantizationLine::power));
    // A quantizer that is off moves nothing.
    const auto first = analysis::quantizationOf(
        {settings.preQuant.classic.scale, told, told, shared(traced.pre), nullptr});
    QVERIFY(linesOn(*first, 1).empty() && !linesOn(*first, 0).empty());
    // A sound shorter than a frame has one.
    QCOMPARE(analysis::partialsOf(tones(chord, 700), 0, fftSize)->frames.size(), std::size_t{1});
    QVERIFY(analysis::partialsOf(AudioBuffer({rateHz, 2}, 0), 0, fftSize)->frames.empty());
    QVERIFY(analysis::quantizationOf({settings.preQuant.classic.scale,
                                      analysis::partialsOf(AudioBuffer({rateHz, 1}, 1), 0, fftSize),
                                      told, nullptr, nullptr})
                ->silent());
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

QD_TEST(TestQuantization, QCoreApplication)
#include "TestQuantization.moc"
