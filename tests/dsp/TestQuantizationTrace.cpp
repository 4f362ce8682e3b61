// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a quantizer tells about itself: frequencies of known partials within 2 cents, targets those
// of the oracle's map, the same bytes however the run is cut, and nothing of the sound changed. And
// one move alone: the parts of a partition add up to the whole.

#include "tests/dsp/QuantizationFixture.h"
#include "tests/support/Measure.h"
#include "tests/support/SoundFile.h"
#include "tests/support/Spectrum.h"
#include "tests/support/TestProgram.h"

#include <QTest>
#include <cstring>

using namespace tests;

namespace {

template <typename T>
bool sameBytes(const std::vector<T> &a, const std::vector<T> &b)
{
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0;
}
bool same(const QuantizationTrace &a, const QuantizationTrace &b)
{
    return sameBytes(a.frames, b.frames) && sameBytes(a.moves, b.moves) &&
           sameBytes(a.partialsAfter, b.partialsAfter);
}

} // namespace

class TestQuantizationTrace : public QObject {
    Q_OBJECT

private slots:
    void steadyPartialsAreFoundWithinTwoCents();
    void powerIsThatOfThePartials();
    void theTraceIsTheSameForAnyBlockAndThreads();
    void theTraceOfAResumedRunIsTheSame();
    void nobodyHearsTheTrace();
    void aPartitionOfSolosAddsUpToTheWhole_data();
    void aPartitionOfSolosAddsUpToTheWhole();
    void silenceHasNoMoves();
    void noiseStaysSmall();
};

void TestQuantizationTrace::steadyPartialsAreFoundWithinTwoCents()
{
    const Settings settings = preQuantOnly();
    const QuantizationTrace told = trace(tones(chord, 96000), settings).pre;
    QVERIFY(told.frames.size() > 180);
    // Two are asked for; phases do better, where the place of a peak alone would not.
    constexpr double mostCents = 0.3;
    double worst = 0.0;
    int checked = 0;
    for (const auto &frame : told.frames) {
        if (frame.centreFrame < 3 * fftSize || frame.centreFrame > 96000 - 3 * fftSize)
            continue;
        const auto moves = std::span(told.moves).subspan(frame.firstMove, frame.moves);
        for (const Tone &tone : chord) {
            for (const auto &[bin, share] :
                 expectedTargets(tone.hz, settings.preQuant.classic.scale)) {
                if (share < 0.05)
                    continue;
                const auto fits = [&, to = bin](const QuantizationTrace::Move &move) {
                    return std::abs(cents(double{move.fromHz}, tone.hz)) < 30.0 &&
                           (to < 0 ? move.toHz == move.fromHz
                                   : std::abs(double{move.toHz} - to * binHz) < 0.01);
                };
                const auto found = std::find_if(moves.begin(), moves.end(), fits);
                QVERIFY2(found != moves.end(), qPrintable(QString("%1 Hz to bin %2, frame at %3")
                                                              .arg(tone.hz)
                                                              .arg(bin)
                                                              .arg(frame.centreFrame)));
                const double truth = bin < 0 ? 0.0 : cents(bin * binHz, tone.hz);
                const double moved = cents(double{found->toHz}, double{found->fromHz});
                worst = std::max(worst, std::abs(cents(double{found->fromHz}, tone.hz)));
                QVERIFY2(
                    std::abs(cents(double{found->fromHz}, tone.hz)) < mostCents,
                    qPrintable(QString("%1 for %2 Hz").arg(double{found->fromHz}).arg(tone.hz)));
                QVERIFY(std::abs(moved - truth) < mostCents);
                ++checked;
            }
        }
    }
    qInfo("largest error %.3f cents over %d moves", worst, checked);
    QVERIFY(checked > 1000);
}

void TestQuantizationTrace::powerIsThatOfThePartials()
{
    const QuantizationTrace told = trace(tones({{703.9, 0.5}}, 48000), preQuantOnly()).pre;
    for (const auto &frame : told.frames) {
        if (frame.centreFrame < fftSize || frame.centreFrame > 48000 - fftSize)
            continue;
        double sum = 0.0;
        for (const auto &move : std::span(told.moves).subspan(frame.firstMove, frame.moves))
            sum += double{move.power};
        QVERIFY2(std::abs(10.0 * std::log10(sum / 0.25)) < 0.05, qPrintable(QString::number(sum)));
    }
}

void TestQuantizationTrace::theTraceIsTheSameForAnyBlockAndThreads()
{
    Random random(3);
    const AudioBuffer sound = makeSignal(tests::SignalKind::Mixed, {rateHz, 2}, 60000, 0.7, random);
    const Traced one = trace(sound, {}, 8192, 1);
    QVERIFY(!one.pre.moves.empty() && !one.post.moves.empty());
    QCOMPARE(one.pre.frames.size(), std::size_t{60000 / hop + 1});
    for (const auto &[block, threads] : {std::pair{65536, 3}, {333, 2}, {4096, 4}}) {
        const Traced other = trace(sound, {}, block, threads);
        QVERIFY(same(one.pre, other.pre));
        QVERIFY(same(one.post, other.post));
    }
    // A window tells the frames that the whole tells there.
    const Traced part = trace(sound, {}, 8192, 2, {0, 20000});
    QCOMPARE(part.pre.frames.size(), std::size_t{(20000 + hop - 1) / hop});
    QVERIFY(std::memcmp(part.pre.moves.data(), one.pre.moves.data(),
                        part.pre.moves.size() * sizeof(QuantizationTrace::Move)) == 0);
    const Traced later = trace(sound, {}, 8192, 2, {20480, 20000});
    QCOMPARE(later.pre.frames.front().centreFrame, std::int64_t{20480});
    const auto &from = one.pre.frames[20480 / hop];
    QVERIFY(std::memcmp(later.pre.moves.data(), one.pre.moves.data() + from.firstMove,
                        later.pre.moves.size() * sizeof(QuantizationTrace::Move)) == 0);
}

void TestQuantizationTrace::theTraceOfAResumedRunIsTheSame()
{
    Random random(4);
    const AudioBuffer sound = makeSignal(tests::SignalKind::Mixed, {rateHz, 2}, 90000, 0.7, random);
    WorkerPool workers(2);
    const Window window{20480, 30000};
    std::array<TapRecording, tapCount> taps;
    QuantizationTrace fresh;
    RunOptions options;
    options.postQuantTrace = &fresh;
    for (std::size_t t = 0; t < tapCount; ++t)
        options.recordings[t] = &taps[t];
    BufferSource source(sound);
    QVERIFY(run(source, {}, window, {}, workers, {}, options));
    QuantizationTrace resumed;
    RunOptions again;
    again.postQuantTrace = &resumed;
    again.blockFrames = 1000;
    const auto report =
        resume({TapId::PostDist, taps[2], taps[0]}, {}, window, {}, workers, {}, again);
    QVERIFY(report && report->sufficed);
    QVERIFY(!fresh.moves.empty());
    QVERIFY(same(fresh, resumed));
}

void TestQuantizationTrace::nobodyHearsTheTrace()
{
    Random random(5);
    const AudioBuffer sound = makeSignal(tests::SignalKind::Mixed, {rateHz, 2}, 50000, 0.7, random);
    const auto plain = tests::renderTaps(sound, {}, 8192, 2);
    QVERIFY(tests::sameBits(plain.back(), trace(sound, {}).output));
}

void TestQuantizationTrace::aPartitionOfSolosAddsUpToTheWhole_data()
{
    QTest::addColumn<double>("smear");
    QTest::addColumn<bool>("smoothing");
    QTest::addColumn<double>("snap");
    QTest::newRow("all moves, nothing spreads") << 0.0 << false << 1.0;
    QTest::newRow("as it comes") << 0.1 << true << 1.0;
    QTest::newRow("half") << 0.3 << true << 0.5;
}

void TestQuantizationTrace::aPartitionOfSolosAddsUpToTheWhole()
{
    QFETCH(double, smear);
    QFETCH(bool, smoothing);
    QFETCH(double, snap);
    Settings settings = preQuantOnly(smear, smoothing);
    settings.preQuant.classic.snapStrength = snap;
    Random random(6);
    const AudioBuffer sound = makeSignal(tests::SignalKind::Mixed, {rateHz, 2}, 40000, 0.7, random);
    const AudioBuffer whole = trace(sound, settings).preQuant;
    const std::vector<double> edges{-1.0, 200.0, 440.0, 452.0, 1000.0, 3333.0, 30000.0};
    for (int c = 0; c < 2; ++c) {
        std::vector<double> sum(static_cast<std::size_t>(whole.frames()), 0.0);
        double largestPart = 0.0;
        for (std::size_t i = 0; i + 1 < edges.size(); ++i) {
            const AudioBuffer part =
                trace(sound, settings, 8192, 2, {}, dsp::SoloRange{edges[i], edges[i + 1]})
                    .preQuant;
            const auto samples = tests::toDouble(part.channel(c));
            largestPart = std::max(largestPart, tests::rms(samples));
            for (std::size_t n = 0; n < sum.size(); ++n)
                sum[n] += samples[n];
        }
        const auto all = tests::toDouble(whole.channel(c));
        const double null = tests::nullDb(sum, all);
        qInfo("channel %d: the sum nulls to %.1f dB", c, null);
        QVERIFY(null < -120.0);
        QVERIFY(largestPart < tests::rms(all)); // the parts are parts
    }
}

void TestQuantizationTrace::silenceHasNoMoves()
{
    const AudioBuffer silence({rateHz, 2}, 20000);
    const QuantizationTrace told = trace(silence, {}).pre;
    QVERIFY(!told.frames.empty());
    QVERIFY(told.moves.empty());
}

/// Noise has the most partials a sound can have.
void TestQuantizationTrace::noiseStaysSmall()
{
    Random random(8);
    const AudioBuffer noise = makeSignal(tests::SignalKind::Noise, {rateHz, 2}, 96000, 0.9, random);
    const QuantizationTrace told = trace(noise, {}).pre;
    const std::size_t bytes = told.moves.size() * sizeof(QuantizationTrace::Move) +
                              told.partialsAfter.size() * sizeof(QuantizationTrace::Partial);
    qInfo("10 s of noise: %.1f MB", 5.0 * static_cast<double>(bytes) / 1e6);
    QVERIFY(5.0 * static_cast<double>(bytes) < 20e6);
}

QD_TEST(TestQuantizationTrace, QCoreApplication)
#include "TestQuantizationTrace.moc"
