// SPDX-License-Identifier: GPL-3.0-or-later
//
// Dither whose error is moved to where the ear hears least of it. Oracles: the spectrum of the
// error in the file, by transforms in double precision; the level that theory gives (a quarter of a
// step squared for triangular dither); the threshold of hearing, written down again here.

#include "FileFixtures.h"
#include "engine/io/NoiseShaping.h"
#include "tests/support/SoundFile.h"
#include "tests/support/Spectrum.h"
#include "tests/support/TestProgram.h"

#include <QTest>
#include <cmath>
#include <numbers>

using namespace engine;
using namespace tests::files;
using io::Dither;
using io::SampleFormat;

namespace {

constexpr std::size_t blockSize = 4096;

/// What the file holds beside what was written, in steps.
std::vector<double> errorsOf(const AudioBuffer &sound, Dither dither, SampleFormat depth,
                             int blockFrames = 4096)
{
    const Folder folder;
    const io::OutputFormat format{io::Container::Wav, depth, dither};
    if (!writeSound(folder / "out.wav", format, sound, blockFrames))
        return {};
    const AudioBuffer held = tests::readSound(folder / "out.wav");
    std::vector<double> errors(static_cast<std::size_t>(held.frames()));
    for (std::size_t n = 0; n < errors.size(); ++n)
        errors[n] =
            std::ldexp(double{held.channel(0)[n]} - double{sound.channel(0)[n]}, bitsOf(depth) - 1);
    return errors;
}

/// Mean power of each bin, 1 for white noise of variance 1.
std::vector<double> powerSpectrum(const std::vector<double> &x)
{
    std::vector<double> power(blockSize / 2 + 1);
    std::vector<double> block(blockSize);
    int blocks = 0;
    double windowPower = 0.0;
    for (std::size_t at = 0; at + blockSize <= x.size(); at += blockSize / 2, ++blocks) {
        windowPower = 0.0;
        for (std::size_t n = 0; n < blockSize; ++n) {
            const double w = 0.5 - 0.5 * std::cos(2.0 * std::numbers::pi *
                                                  (static_cast<double>(n) + 0.5) / blockSize);
            block[n] = x[at + n] * w;
            windowPower += w * w;
        }
        const tests::Bins bins = tests::spectrumOf(block);
        for (std::size_t k = 0; k < power.size(); ++k)
            power[k] += std::norm(bins[k]);
    }
    for (double &p : power)
        p /= windowPower * blocks;
    return power;
}

double meanDb(const std::vector<double> &power, int rateHz, double fromHz, double toHz)
{
    double sum = 0.0;
    int count = 0;
    for (std::size_t k = 1; k + 1 < power.size(); ++k) {
        const double hz = static_cast<double>(k) * rateHz / blockSize;
        if (hz >= fromHz && hz < toHz) {
            sum += power[k];
            ++count;
        }
    }
    return 10.0 * std::log10(sum / count);
}

double thresholdDb(double hz)
{
    const double f = hz / 1000.0;
    return 3.64 / std::pow(f, 0.8) - 6.5 * std::exp(-0.6 * std::pow(f - 3.3, 2.0)) +
           0.001 * f * f * f * f;
}

/// Noise weighted by how well it is heard, up to 20 kHz.
double audibleDb(const std::vector<double> &power, int rateHz)
{
    double sum = 0.0;
    double weights = 0.0;
    for (std::size_t k = 1; k + 1 < power.size(); ++k) {
        const double hz = static_cast<double>(k) * rateHz / blockSize;
        if (hz < 50.0 || hz > 20000.0)
            continue;
        const double weight = std::pow(10.0, -thresholdDb(hz) / 10.0);
        sum += weight * power[k];
        weights += weight;
    }
    return 10.0 * std::log10(sum / weights);
}

double variance(const std::vector<double> &x)
{
    double sum = 0.0;
    for (const double v : x)
        sum += v * v;
    return sum / static_cast<double>(x.size());
}

AudioBuffer tone(int rateHz, double amplitude, double seconds = 8.0)
{
    AudioBuffer sound({rateHz, 1}, static_cast<std::int64_t>(seconds * rateHz));
    const std::vector<float> wave =
        tests::sine(441.7, rateHz, static_cast<int>(sound.frames()), amplitude);
    std::ranges::copy(wave, sound.channel(0).begin());
    return sound;
}

} // namespace

class TestShapedDither : public QObject {
    Q_OBJECT

private slots:
    void triangularDitherHasItsLevel_data() { rates(); }
    void triangularDitherHasItsLevel();
    void shapedNoiseLiesWhereItIsHeardLeast_data() { rates(); }
    void shapedNoiseLiesWhereItIsHeardLeast();
    void theFilterIsTheBestOfItsKind_data() { rates(); }
    void theFilterIsTheBestOfItsKind();
    void theSoundIsNotInTheNoise();
    void ditherIsNeverClipped();
    void fullScaleDoesNotUpsetIt();
    void blocksAndRunsDoNotChangeIt();
    void twentyFourBitsWorkToo();
    void channelsHaveTheirOwnNoise();

private:
    static void rates()
    {
        QTest::addColumn<int>("rateHz");
        for (const int rate : {8000, 22050, 44100, 48000, 88200, 96000, 192000})
            QTest::newRow(qPrintable(QString::number(rate))) << rate;
    }
};

void TestShapedDither::triangularDitherHasItsLevel()
{
    QFETCH(int, rateHz);
    const std::vector<double> errors =
        errorsOf(tone(rateHz, 0.1, 4.0), Dither::Tpdf, SampleFormat::Pcm16);
    QVERIFY(std::abs(10.0 * std::log10(variance(errors) / 0.25)) < 0.1);
    const std::vector<double> power = powerSpectrum(errors);
    for (int part = 0; part < 8; ++part)
        QVERIFY(std::abs(meanDb(power, rateHz, part * rateHz / 16.0, (part + 1) * rateHz / 16.0) -
                         10.0 * std::log10(0.25)) < 0.4);
}

void TestShapedDither::shapedNoiseLiesWhereItIsHeardLeast()
{
    QFETCH(int, rateHz);
    const std::vector<double> white =
        powerSpectrum(errorsOf(tone(rateHz, 0.1), Dither::Tpdf, SampleFormat::Pcm16));
    const std::vector<double> errors =
        errorsOf(tone(rateHz, 0.1), Dither::NoiseShaped, SampleFormat::Pcm16);
    const std::vector<double> shaped = powerSpectrum(errors);
    const double total = 10.0 * std::log10(variance(errors) / 0.25);
    const double audible = audibleDb(shaped, rateHz) - audibleDb(white, rateHz);
    qInfo("%d Hz: %+.1f dB in all, %+.1f dB audible, %+.1f dB at 3 to 4 kHz", rateHz, total,
          audible, meanDb(shaped, rateHz, 3000.0, 4000.0) - meanDb(white, rateHz, 3000.0, 4000.0));
    QVERIFY(total < 17.0);
    QVERIFY(audible < (rateHz >= 44100 ? -13.0 : -0.8));
    // The spectrum is that of the filter.
    const io::ShapingFilter filter = io::shapingFilter(rateHz);
    for (int part = 0; part < 32; ++part) {
        const double from = part * rateHz / 64.0 + rateHz / 1000.0;
        const double to = (part + 1) * rateHz / 64.0;
        double expected = 0.0;
        constexpr int points = 64;
        for (int i = 0; i < points; ++i) {
            const double hz = from + (to - from) * (i + 0.5) / points;
            std::complex<double> response = 1.0;
            for (std::size_t k = 0; k < filter.size(); ++k)
                response += filter[k] * std::polar(1.0, -2.0 * std::numbers::pi * hz / rateHz *
                                                            static_cast<double>(k + 1));
            expected += std::norm(response) * 0.25 / points;
        }
        const double found = meanDb(shaped, rateHz, from, to);
        QVERIFY2(std::abs(found - 10.0 * std::log10(expected)) < 1.0,
                 qPrintable(QString("%1 Hz: %2 dB, not %3")
                                .arg(from)
                                .arg(found)
                                .arg(10.0 * std::log10(expected))));
    }
}

void TestShapedDither::theFilterIsTheBestOfItsKind()
{
    QFETCH(int, rateHz);
    // Any change of any coefficient makes more of the noise audible (threshold heeded to 40 dB).
    const auto heard = [&](const io::ShapingFilter &filter) {
        double sum = 0.0;
        double least = 1e9;
        constexpr int points = 3000;
        for (int i = 0; i < points; ++i)
            least = std::min(least, thresholdDb(std::max(20.0, (i + 0.5) / points * rateHz / 2)));
        for (int i = 0; i < points; ++i) {
            const double hz = (i + 0.5) / points * rateHz / 2;
            std::complex<double> response = 1.0;
            for (std::size_t k = 0; k < filter.size(); ++k)
                response += filter[k] * std::polar(1.0, -2.0 * std::numbers::pi * hz / rateHz *
                                                            static_cast<double>(k + 1));
            const double threshold = std::min(thresholdDb(std::max(20.0, hz)), least + 40.0);
            sum += std::norm(response) * std::pow(10.0, -threshold / 10.0);
        }
        return sum;
    };
    const io::ShapingFilter filter = io::shapingFilter(rateHz);
    const double best = heard(filter);
    for (std::size_t k = 0; k < filter.size(); ++k) {
        for (const double change : {-0.01, 0.01}) {
            io::ShapingFilter other = filter;
            other[k] += change;
            QVERIFY(heard(other) > best);
        }
    }
}

void TestShapedDither::theSoundIsNotInTheNoise()
{
    // A tone below one step: without dither nothing but distortion would be left of it.
    constexpr int rateHz = 48000;
    const double amplitude = std::ldexp(0.7, -15);
    const std::vector<double> power = powerSpectrum(
        errorsOf(tone(rateHz, amplitude, 20.0), Dither::NoiseShaped, SampleFormat::Pcm16));
    for (int harmonic = 1; harmonic < 20; ++harmonic) {
        const auto bin =
            static_cast<std::size_t>(std::lround(441.7 * harmonic * blockSize / rateHz));
        const double around = 0.5 * (power[bin - 4] + power[bin + 4]);
        QVERIFY(10.0 * std::log10(power[bin] / around) < 3.0);
    }
}

void TestShapedDither::ditherIsNeverClipped()
{
    // As loud as the largest error leaves room for: the noise is the same as in the middle.
    const Folder folder;
    for (const Dither dither : {Dither::Tpdf, Dither::NoiseShaped}) {
        const double room = dither == Dither::Tpdf ? 2.0 : 40.0;
        AudioBuffer loud({44100, 1}, 44100);
        AudioBuffer soft({44100, 1}, 44100);
        std::ranges::fill(loud.channel(0), static_cast<float>(1.0 - std::ldexp(room, -15)));
        std::ranges::fill(soft.channel(0), 0.0F);
        const std::vector<double> a = errorsOf(loud, dither, SampleFormat::Pcm16);
        const std::vector<double> b = errorsOf(soft, dither, SampleFormat::Pcm16);
        QVERIFY(a == b);
    }
}

void TestShapedDither::fullScaleDoesNotUpsetIt()
{
    // Far beyond full scale, then silence: the noise is at once what it always is.
    AudioBuffer sound({44100, 1}, 44100 * 4);
    for (std::size_t n = 0; n < 44100 * 2; ++n)
        sound.channel(0)[n] = n % 50 < 25 ? 3.0F : -3.0F;
    std::vector<double> errors = errorsOf(sound, Dither::NoiseShaped, SampleFormat::Pcm16);
    errors.erase(errors.begin(), errors.begin() + 44100 * 2 + 16);
    QVERIFY(std::ranges::max(errors) < 40.0 && std::ranges::min(errors) > -40.0);
    QVERIFY(std::abs(10.0 * std::log10(variance(errors) / 0.25) - 13.1) < 0.5);
}

void TestShapedDither::blocksAndRunsDoNotChangeIt()
{
    const AudioBuffer sound = tone(48000, 0.3, 1.0);
    const std::vector<double> once = errorsOf(sound, Dither::NoiseShaped, SampleFormat::Pcm16);
    for (const int blockFrames : {1, 77, 4096, 48000})
        QVERIFY(errorsOf(sound, Dither::NoiseShaped, SampleFormat::Pcm16, blockFrames) == once);
}

void TestShapedDither::twentyFourBitsWorkToo()
{
    const std::vector<double> errors =
        errorsOf(tone(44100, 1e-4), Dither::NoiseShaped, SampleFormat::Pcm24);
    QVERIFY(std::abs(10.0 * std::log10(variance(errors) / 0.25) - 13.1) < 0.5);
}

void TestShapedDither::channelsHaveTheirOwnNoise()
{
    const Folder folder;
    const AudioBuffer silence({44100, 2}, 44100);
    const io::OutputFormat format{io::Container::Flac, SampleFormat::Pcm16, Dither::NoiseShaped};
    QVERIFY(writeSound(folder / "out.flac", format, silence));
    const AudioBuffer held = tests::readSound(folder / "out.flac");
    QVERIFY(std::abs(tests::correlation(held.channel(0), held.channel(1))) < 0.02);
}

QD_TEST(TestShapedDither, QCoreApplication)
#include "TestShapedDither.moc"
