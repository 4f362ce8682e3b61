// SPDX-License-Identifier: GPL-3.0-or-later
//
// Changing the sample rate gives exactly the promised length, does not depend on how the sound is
// cut into blocks, neither delays nor turns a sine nor changes its level, and keeps out what the
// new rate cannot hold. Oracle: the same sine computed at the new rate.

#include "engine/base/MemoryStream.h"
#include "engine/io/ResamplingSink.h"
#include "tests/support/Measure.h"
#include "tests/support/Signals.h"
#include "tests/support/TestProgram.h"

#include <QTest>
#include <cmath>
#include <numbers>

using namespace engine;
using io::ResamplingSink;

namespace {

constexpr int edgeSeconds = 20; // parts of a second left out at both ends: 1/20 s

AudioBuffer resampled(const AudioBuffer &in, int outRateHz, const std::vector<int> &blocks = {4096})
{
    BufferSink sink({outRateHz, in.channels()});
    auto resampler = ResamplingSink::create(in.format(), outRateHz, sink);
    if (!resampler)
        throw std::runtime_error(resampler.error().oneLine());
    std::int64_t at = 0;
    for (std::size_t i = 0; at < in.frames(); ++i) {
        const int count = int(std::min<std::int64_t>(blocks[i % blocks.size()], in.frames() - at));
        if (!(*resampler)->write(in.block(at, count)))
            throw std::runtime_error("write");
        at += count;
    }
    if (!(*resampler)->finish())
        throw std::runtime_error("finish");
    return sink.buffer();
}

AudioBuffer sine(int rateHz, double hz, double seconds, double amplitude)
{
    AudioBuffer buffer({rateHz, 1}, std::int64_t(seconds * rateHz));
    for (std::size_t n = 0; n < buffer.channel(0).size(); ++n)
        buffer.channel(0)[n] =
            float(amplitude * std::cos(2.0 * std::numbers::pi * hz * double(n) / rateHz + 0.7));
    return buffer;
}

std::vector<double> middle(const AudioBuffer &buffer)
{
    const std::vector<double> all = tests::toDouble(buffer.channel(0));
    const std::ptrdiff_t edge = buffer.format().sampleRateHz / edgeSeconds;
    return {all.begin() + edge, all.end() - edge};
}

bool same(const AudioBuffer &a, const AudioBuffer &b)
{
    bool equal = a.frames() == b.frames() && a.channels() == b.channels();
    for (int c = 0; equal && c < a.channels(); ++c)
        equal = std::ranges::equal(a.channel(c), b.channel(c));
    return equal;
}

class FailingSink : public AudioSink {
public:
    Status write(ConstAudioBlock block) override
    {
        frames_ += block.frames();
        return frames_ > 5000 ? fail(ErrorCode::WriteFailed, "the disk is full") : Status{};
    }

private:
    int frames_ = 0;
};

} // namespace

class TestResamplingSink : public QObject {
    Q_OBJECT

private slots:
    void theLengthIsExact_data();
    void theLengthIsExact();
    void blocksDoNotChangeTheSound_data() { pairsOfRates(); }
    void blocksDoNotChangeTheSound();
    void equalRatesChangeNothing();
    void aSineStaysTheSameSine_data() { pairsOfRates(); }
    void aSineStaysTheSameSine();
    void anImpulseIsNeitherLateNorLopsided_data() { pairsOfRates(); }
    void anImpulseIsNeitherLateNorLopsided();
    void highTonesPassAndHigherOnesAreKeptOut_data() { pairsOfRates(); }
    void highTonesPassAndHigherOnesAreKeptOut();
    void channelsStayApart();
    void errorsOfTheNextSinkComeBack();

private:
    static void pairsOfRates();
};

void TestResamplingSink::pairsOfRates()
{
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("to");
    const std::vector<int> rates{44100, 48000, 96000};
    for (const int from : rates) {
        for (const int to : rates) {
            if (from != to)
                QTest::addRow("%d to %d", from, to) << from << to;
        }
    }
}

void TestResamplingSink::theLengthIsExact_data()
{
    pairsOfRates();
    for (const auto &[from, to] :
         {std::pair{1000, 768000}, std::pair{768000, 1000}, std::pair{44101, 48000},
          std::pair{8000, 11025}, std::pair{44100, 44101}})
        QTest::addRow("%d to %d", from, to) << from << to;
}

void TestResamplingSink::theLengthIsExact()
{
    QFETCH(int, from);
    QFETCH(int, to);
    for (const int frames : {0, 1, 2, 3, 100, 441, 4095, 4096, 4097, 12345}) {
        tests::Random random(1);
        const AudioBuffer in =
            tests::makeSignal(tests::SignalKind::Noise, {from, 1}, frames, 0.5, random);
        const AudioBuffer out = resampled(in, to);
        // To the nearest frame, in whole numbers: 2·frames·to = (2·length ± 1)·from.
        const std::int64_t exact =
            (std::int64_t{2} * frames * to + from) / (std::int64_t{2} * from);
        QCOMPARE(out.frames(), exact);
        for (const float x : out.channel(0))
            QVERIFY(std::abs(x) < 2.0F);
    }
}

void TestResamplingSink::blocksDoNotChangeTheSound()
{
    QFETCH(int, from);
    QFETCH(int, to);
    tests::Random random(2);
    const AudioBuffer in =
        tests::makeSignal(tests::SignalKind::Noise, {from, 2}, 30011, 0.5, random);
    const AudioBuffer whole = resampled(in, to, {30011});
    for (const std::vector<int> &blocks :
         {std::vector{1}, std::vector{4096}, std::vector{4097}, std::vector{1, 5000, 3, 64, 4095}})
        QVERIFY(same(resampled(in, to, blocks), whole));
    QVERIFY(same(resampled(in, to, {777}), whole)); // and every run is the same
}

void TestResamplingSink::equalRatesChangeNothing()
{
    tests::Random random(4);
    AudioBuffer in = tests::makeSignal(tests::SignalKind::Noise, {44100, 2}, 5000, 1.0, random);
    in.channel(0)[7] = 1e-42F;
    QVERIFY(same(resampled(in, 44100, {100, 3000}), in));
}

void TestResamplingSink::aSineStaysTheSameSine()
{
    QFETCH(int, from);
    QFETCH(int, to);
    for (const double amplitude : {0.9, 0.001}) {
        const std::vector<double> out = middle(resampled(sine(from, 1000.0, 2.0, amplitude), to));
        const double difference = tests::nullDb(out, middle(sine(to, 1000.0, 2.0, amplitude)));
        qInfo("1 kHz at %g: differs by %.1f dB", amplitude, difference);
        QVERIFY(difference < -100.0);
    }
}

void TestResamplingSink::anImpulseIsNeitherLateNorLopsided()
{
    QFETCH(int, from);
    QFETCH(int, to);
    AudioBuffer in({from, 1}, from);
    in.channel(0)[std::size_t(from / 2)] = 1.0F; // at exactly half a second
    const AudioBuffer out = resampled(in, to);
    const auto samples = out.channel(0);
    const auto at = std::max_element(samples.begin(), samples.end()) - samples.begin();
    QCOMPARE(at, std::ptrdiff_t{to / 2});
    double lopsided = 0.0;
    for (std::ptrdiff_t n = 1; n < 2000; ++n)
        lopsided = std::max(lopsided, std::abs(double{samples[std::size_t(at + n)]} -
                                               double{samples[std::size_t(at - n)]}));
    QVERIFY2(lopsided < 1e-5, QByteArray::number(lopsided));
}

void TestResamplingSink::highTonesPassAndHigherOnesAreKeptOut()
{
    QFETCH(int, from);
    QFETCH(int, to);
    const double lower = std::min(from, to) / 2.0;
    double worstLevelDb = 0.0;
    for (const double part : {0.1, 0.5, 0.8, 0.9}) {
        const double hz = std::round(lower * part);
        const std::vector<double> out = middle(resampled(sine(from, hz, 1.0, 0.5), to));
        std::vector<double> expected = middle(sine(to, hz, 1.0, 0.5));
        const double level = tests::rms(out) / tests::rms(expected);
        worstLevelDb = std::max(worstLevelDb, std::abs(20.0 * std::log10(level)));
        // The filter's edge may take a hundredth of a dB, but add nothing and shift nothing.
        for (double &x : expected)
            x *= level;
        const double nullDb = tests::nullDb(out, expected);
        QVERIFY2(nullDb < -100.0, QByteArray::number(nullDb));
    }
    double aliasDb = tests::silentDb;
    if (to < from) {
        for (const double part : {1.01, 1.05, 1.3, 1.7}) {
            const double hz = std::round(lower * part);
            if (hz > from / 2.0 - 1.0)
                continue;
            const std::vector<double> out = middle(resampled(sine(from, hz, 1.0, 0.5), to));
            const double level = tests::rms(out) / (0.5 / std::numbers::sqrt2);
            aliasDb = std::max(aliasDb, 20.0 * std::log10(level + 1e-15));
        }
    }
    qInfo("up to 0.9 of the band: within %.5f dB", worstLevelDb);
    if (to < from)
        qInfo("above the band: %.1f dB", aliasDb);
    QVERIFY(worstLevelDb < 0.01);
    QVERIFY(aliasDb < -100.0);
}

void TestResamplingSink::channelsStayApart()
{
    AudioBuffer in({44100, 8}, 9000);
    for (int c = 0; c < 8; ++c) {
        const AudioBuffer one = sine(44100, 500.0 + 100.0 * c, 1.0, 0.5);
        std::copy_n(one.channel(0).begin(), 9000, in.channel(c).begin());
    }
    const AudioBuffer out = resampled(in, 48000);
    for (int c = 0; c < 8; ++c) {
        AudioBuffer alone({44100, 1}, 9000);
        std::ranges::copy(in.channel(c), alone.channel(0).begin());
        QVERIFY(std::ranges::equal(resampled(alone, 48000).channel(0), out.channel(c)));
    }
}

void TestResamplingSink::errorsOfTheNextSinkComeBack()
{
    FailingSink sink;
    const auto resampler = ResamplingSink::create({44100, 1}, 48000, sink);
    QVERIFY(resampler);
    const AudioBuffer in = sine(44100, 440.0, 1.0, 0.5);
    Status status;
    for (std::int64_t at = 0; status && at < 44000; at += 1000)
        status = (*resampler)->write(in.block(at, 1000));
    QVERIFY(!status);
    QCOMPARE(status.error().code, ErrorCode::WriteFailed);
    QCOMPARE(status.error().problem, std::string("the disk is full"));
}

QD_TEST(TestResamplingSink, QCoreApplication)
#include "TestResamplingSink.moc"
