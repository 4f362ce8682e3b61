// SPDX-License-Identifier: GPL-3.0-or-later
//
// The stereo image through every stage: where a chord sat between the channels it must still sit,
// by level and by phase. Errors are weighted with the energy of the bins.

#include "engine/base/MemoryStream.h"
#include "engine/pipeline/Pipeline.h"
#include "tests/support/Measure.h"
#include "tests/support/SoundFile.h"
#include "tests/support/Spectrum.h"
#include "tests/support/TestProgram.h"

#include <QTest>
#include <cmath>
#include <numbers>

using namespace engine;
using namespace engine::pipeline;
using tests::Random;
using tests::TapBuffers;

namespace {

constexpr int rateHz = 48000;
constexpr int frames = 96000;
constexpr double pi = std::numbers::pi;
/// A detuned minor ninth: every partial is moved by the quantizer, none to another's target.
constexpr std::array chordHz{147.9, 223.1, 353.7, 528.3, 701.9, 1187.0, 2371.0};

/// What lies between the channels: right over left.
struct Image {
    const char *name;
    double gain;
    double delaySeconds;
    double shiftDegrees;
    double noise; ///< of its own in each channel
    std::complex<double> at(double hz) const
    {
        return std::polar(gain, shiftDegrees * pi / 180.0 - 2.0 * pi * hz * delaySeconds);
    }
};
constexpr std::array images{
    Image{"gain 1 : 0.3", 0.3, 0.0, 0.0, 0.0},   Image{"delay 0.2 ms", 1.0, 0.0002, 0.0, 0.0},
    Image{"shift 90°", 1.0, 0.0, 90.0, 0.0},     Image{"inverted", 1.0, 0.0, 180.0, 0.0},
    Image{"inverted 0.5", 0.5, 0.0, 180.0, 0.0}, Image{"inv. + noise", 1.0, 0.0, 180.0, 0.02},
};
constexpr std::size_t gainImage = 0;

AudioBuffer chord(const Image &image)
{
    AudioBuffer sound({rateHz, 2}, frames);
    Random random(31);
    for (std::size_t n = 0; n < frames; ++n) {
        double left = 0.0;
        double right = 0.0;
        for (std::size_t i = 0; i < chordHz.size(); ++i) {
            const double angle = 2.0 * pi * chordHz[i] * static_cast<double>(n) / rateHz +
                                 static_cast<double>(i * i);
            const std::complex<double> ratio = image.at(chordHz[i]);
            left += 0.08 * std::sin(angle);
            right += 0.08 * std::abs(ratio) * std::sin(angle + std::arg(ratio));
        }
        sound.channel(0)[n] = static_cast<float>(left + random.between(-1.0, 1.0) * image.noise);
        sound.channel(1)[n] = static_cast<float>(right + random.between(-1.0, 1.0) * image.noise);
        if (image.delaySeconds == 0.0 && image.noise == 0.0 && std::abs(image.shiftDegrees) != 90.0)
            sound.channel(1)[n] = static_cast<float>(image.at(0.0).real()) * sound.channel(0)[n];
    }
    return sound;
}

struct ImageError {
    double levelDb = 0.0;
    double phaseDegrees = 0.0;
};

/// Over half-overlapping Hann frames and all bins within 40 dB of the strongest: how far right over
/// left lies from what the nearest partial of the chord had.
ImageError imageError(const AudioBuffer &sound, const Image &image)
{
    constexpr std::size_t size = 8192;
    double weights = 0.0;
    double level = 0.0;
    double phase = 0.0;
    for (std::size_t first = size; first + 2 * size < frames; first += size / 2) {
        std::array<tests::Bins, 2> bins;
        for (std::size_t c = 0; c < 2; ++c) {
            std::vector<double> frame(size);
            for (std::size_t n = 0; n < size; ++n)
                frame[n] = double{sound.channel(static_cast<int>(c))[first + n]} *
                           (0.5 - 0.5 * std::cos(2.0 * pi * static_cast<double>(n) / size));
            bins[c] = tests::spectrumOf(frame);
        }
        double strongest = 0.0;
        for (std::size_t k = 0; k < bins[0].size(); ++k)
            strongest = std::max(strongest, std::norm(bins[0][k]) + std::norm(bins[1][k]));
        for (std::size_t k = 1; k < bins[0].size(); ++k) {
            const double energy = std::norm(bins[0][k]) + std::norm(bins[1][k]);
            if (energy < 1e-4 * strongest)
                continue;
            const double hz = static_cast<double>(k) * rateHz / size;
            const double partial = *std::ranges::min_element(
                chordHz, {}, [hz](double x) { return std::abs(std::log(x / hz)); });
            const std::complex<double> is = bins[1][k] / bins[0][k];
            const std::complex<double> was = image.at(partial);
            level += energy * std::pow(tests::decibels(std::abs(is) / std::abs(was)), 2.0);
            phase += energy * std::pow(std::arg(is / was) * 180.0 / pi, 2.0);
            weights += energy;
        }
    }
    return {std::sqrt(level / weights), std::sqrt(phase / weights)};
}

AudioBuffer channelOf(const AudioBuffer &sound, int channel)
{
    AudioBuffer mono({sound.format().sampleRateHz, 1}, sound.frames());
    std::ranges::copy(sound.channel(channel), mono.channel(0).begin());
    return mono;
}

TapBuffers taps(const AudioBuffer &input, const Settings &settings)
{
    return tests::renderTaps(input, settings, 4096, 1);
}

/// As the earlier prototype would have done it: each channel for itself.
AudioBuffer unlinked(const AudioBuffer &input, const Settings &settings)
{
    AudioBuffer both(input.format(), input.frames());
    for (int c = 0; c < input.channels(); ++c)
        std::ranges::copy(taps(channelOf(input, c), settings).back().channel(0),
                          both.channel(c).begin());
    return both;
}

Settings hard()
{
    Settings settings;
    settings.distortion.foldAmount = 4.0;
    settings.distortion.bias = 0.15;
    settings.mix.dryWet = 0.8;
    settings.gain.gainDb = 6.0;
    settings.limiter.levels.ceilingDb = -6.0;
    return settings;
}

constexpr std::array limiterModes{LimiterMode::TruePeak, LimiterMode::Classic};

} // namespace

class TestStereoLink : public QObject {
    Q_OBJECT

private slots:
    void theImageStaysThroughEveryStage();
    void panningStaysWhateverTheQuantizerDoes();
    void theLimitersKeepThePanning();
    void uncorrelatedNoiseStaysUncorrelated();
    void equalChannelsComeOutAsTheMonoSound();
    void aSilentChannelStaysSilent();
    void threeAndEightChannelsWork();
};

void TestStereoLink::theImageStaysThroughEveryStage()
{
    // Level in dB and phase in degrees after both quantizers, at defaults.
    constexpr std::array<ImageError, images.size()> bars{
        {{0.01, 0.1}, {1.0, 8.0}, {0.5, 3.0}, {0.01, 0.1}, {0.01, 0.1}, {3.0, 20.0}}};
    int missed = 0;
    for (std::size_t i = 0; i < images.size(); ++i) {
        const AudioBuffer input = chord(images[i]);
        const TapBuffers stages = taps(input, {});
        QString line;
        for (const TapInfo &tap : tapTable) {
            const ImageError error =
                imageError(stages[static_cast<std::size_t>(tap.id)], images[i]);
            line += QString::asprintf("  %s %.4f %.3f°", tap.key.data(), error.levelDb,
                                      error.phaseDegrees);
            const bool fine =
                error.levelDb <= bars[i].levelDb && error.phaseDegrees <= bars[i].phaseDegrees;
            line += fine ? "" : " MISSED";
            missed += fine ? 0 : 1;
        }
        const ImageError alone = imageError(unlinked(input, {}), images[i]);
        qInfo("%-12s dB, degrees:%s | each channel alone %.2f %.1f°", images[i].name,
              qPrintable(line), alone.levelDb, alone.phaseDegrees);
    }
    QCOMPARE(missed, 0);
}

void TestStereoLink::panningStaysWhateverTheQuantizerDoes()
{
    const AudioBuffer input = chord(images[gainImage]);
    ImageError worst;
    for (const double snap : {0.4, 1.0}) {
        for (const double smear : {0.0, 0.1, 1.0}) {
            for (const bool smoothing : {false, true}) {
                for (const auto kind : {dsp::ScaleKind::Major, dsp::ScaleKind::Chromatic}) {
                    Settings settings;
                    auto &quantizer = settings.preQuant.classic;
                    quantizer.snapStrength = snap;
                    quantizer.smear = smear;
                    quantizer.binSmoothing = smoothing;
                    quantizer.scale.kind = kind;
                    settings.postQuant.on = false;
                    const TapBuffers stages = taps(input, settings);
                    const ImageError error = imageError(
                        stages[static_cast<std::size_t>(TapId::PreQuant)], images[gainImage]);
                    worst.levelDb = std::max(worst.levelDb, error.levelDb);
                    worst.phaseDegrees = std::max(worst.phaseDegrees, error.phaseDegrees);
                }
            }
        }
    }
    qInfo("panned by gain, 24 quantizer settings: %.5f dB, %.4f°", worst.levelDb,
          worst.phaseDegrees);
    QVERIFY(worst.levelDb <= 0.01);
    QVERIFY(worst.phaseDegrees <= 0.1);
}

void TestStereoLink::theLimitersKeepThePanning()
{
    for (const LimiterMode mode : limiterModes) {
        Settings settings;
        settings.preQuant.on = settings.postQuant.on = false;
        settings.gain.gainDb = 12.0;
        settings.limiter.mode = mode;
        settings.limiter.levels.ceilingDb = -12.0;
        const ImageError error =
            imageError(taps(chord(images[gainImage]), settings).back(), images[gainImage]);
        qInfo("limiter %d: %.5f dB, %.4f°", static_cast<int>(mode), error.levelDb,
              error.phaseDegrees);
        QVERIFY(error.levelDb <= 0.001);
        QVERIFY(error.phaseDegrees <= 0.01);
    }
}

void TestStereoLink::uncorrelatedNoiseStaysUncorrelated()
{
    Random random(32);
    AudioBuffer noise({rateHz, 2}, frames);
    for (int c = 0; c < 2; ++c)
        std::ranges::copy(tests::noiseUpTo(20000.0, rateHz, frames, 0.7, random),
                          noise.channel(c).begin());
    for (const Settings &settings : {Settings{}, hard()}) {
        const TapBuffers stages = taps(noise, settings);
        QString line;
        double worst = 0.0;
        for (const TapInfo &tap : tapTable) {
            const AudioBuffer &sound = stages[static_cast<std::size_t>(tap.id)];
            const double is = tests::correlation(sound.channel(0), sound.channel(1));
            line += QString::asprintf("  %s %.3f", tap.key.data(), is);
            worst = std::max(worst, std::abs(is));
        }
        qInfo("correlation of independent noises:%s", qPrintable(line));
        QVERIFY(worst <= 0.2);
    }
}

void TestStereoLink::equalChannelsComeOutAsTheMonoSound()
{
    Random random(33);
    const AudioBuffer mono =
        tests::makeSignal(tests::SignalKind::Mixed, {44100, 1}, 30000, 0.9, random);
    for (const int channels : {2, 3, 8}) {
        AudioBuffer wide({44100, channels}, mono.frames());
        for (int c = 0; c < channels; ++c)
            std::ranges::copy(mono.channel(0), wide.channel(c).begin());
        for (const LimiterMode mode : limiterModes) {
            Settings settings = hard();
            settings.limiter.mode = mode;
            const TapBuffers expected = taps(mono, settings);
            const TapBuffers is = taps(wide, settings);
            for (std::size_t tap = 0; tap < tapCount; ++tap) {
                for (int c = 0; c < channels; ++c)
                    QVERIFY2(tests::sameBits(channelOf(is[tap], c), expected[tap]),
                             qPrintable(QString("%1 channels, tap %2").arg(channels).arg(tap)));
            }
        }
    }
}

void TestStereoLink::aSilentChannelStaysSilent()
{
    Random random(34);
    for (const LimiterMode mode : limiterModes) {
        for (int silent = 0; silent < 2; ++silent) {
            AudioBuffer input =
                tests::makeSignal(tests::SignalKind::Mixed, {44100, 2}, 30000, 0.9, random);
            std::ranges::fill(input.channel(silent), 0.0F);
            Settings settings = hard();
            settings.limiter.mode = mode;
            for (const AudioBuffer &tap : taps(input, settings)) {
                QVERIFY(
                    std::ranges::all_of(tap.channel(silent), [](float x) { return x == 0.0F; }));
                QVERIFY(tests::rms(tests::toDouble(tap.channel(1 - silent))) > 0.01);
            }
        }
    }
}

void TestStereoLink::threeAndEightChannelsWork()
{
    // Left and right of the panned chord, each in several channels.
    const AudioBuffer pair = chord(images[gainImage]);
    for (const int channels : {3, 8}) {
        AudioBuffer input({rateHz, channels}, frames);
        for (int c = 0; c < channels; ++c)
            std::ranges::copy(pair.channel(c % 2), input.channel(c).begin());
        const AudioBuffer output = taps(input, {}).back();
        QCOMPARE(output.channels(), channels);
        for (int c = 1; c < channels; ++c) {
            AudioBuffer two(pair.format(), frames);
            std::ranges::copy(output.channel(0), two.channel(0).begin());
            std::ranges::copy(output.channel(c), two.channel(1).begin());
            const Image image{"", c % 2 == 0 ? 1.0 : 0.3, 0.0, 0.0, 0.0};
            const ImageError error = imageError(two, image);
            QVERIFY(error.levelDb <= 0.01);
            QVERIFY(error.phaseDegrees <= 0.1);
        }
    }
}

QD_TEST(TestStereoLink, QCoreApplication)
#include "TestStereoLink.moc"
