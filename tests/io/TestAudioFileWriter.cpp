// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every kind of file that is written holds the sound it should: read back by libsndfile, found byte
// by byte in the file, and decoded by another program. Rounding, dither, clipping and extremes
// follow the books, and how the sound is cut into blocks changes nothing.
// Oracles: sample values computed here in double, expected bytes laid out here, sox, flac, oggdec,
// ogginfo, opusdec, opusinfo, mpg123.

#include "FileFixtures.h"
#include "tests/support/Measure.h"
#include "tests/support/Signals.h"
#include "tests/support/TestProgram.h"

#include <QTest>
#include <bit>
#include <cmath>
#include <complex>
#include <map>
#include <numbers>
#include <sndfile.h>

using namespace engine;
using namespace tests::files;
using io::Container;
using io::Dither;
using io::OutputFormat;
using io::OverwritePolicy;
using io::SampleFormat;

namespace {

constexpr int frames = 20011; // no multiple of any block

struct Level {
    double rms = 0.0;
    double peak = 0.0;
};

Level levelOf(const std::vector<double> &samples, int channels, int channel)
{
    std::vector<double> one;
    for (std::size_t i = std::size_t(channel); i < samples.size(); i += std::size_t(channels))
        one.push_back(samples[i]);
    return {tests::rms(one), tests::peak(one)};
}

bool isBigEndian(Container container)
{
    return container == Container::Aiff || container == Container::Caf;
}

/// Lossy sound is compared by what remains of it: per channel, within 1 dB. The last of many
/// channels is the one for low effects there and coded coarsely.
bool soundsAlike(const std::vector<double> &a, const std::vector<double> &b, int channels)
{
    if (a.size() != b.size())
        return false;
    for (int c = 0; c < channels; ++c) {
        const Level left = levelOf(a, channels, c);
        const Level right = levelOf(b, channels, c);
        const double allowed = channels >= 6 && c == channels - 1 ? 4.0 : 1.0;
        if (std::abs(20.0 * std::log10(left.rms / right.rms)) > allowed ||
            std::abs(20.0 * std::log10(left.peak / right.peak)) > allowed)
            return false;
    }
    return true;
}

/// Power in `bands` equal parts of the spectrum, relative to their mean, in dB.
std::vector<double> bandsDb(const std::vector<double> &signal, int bands)
{
    constexpr std::size_t size = 1024;
    std::vector<double> power(std::size_t(bands), 0.0);
    for (std::size_t at = 0; at + size <= signal.size(); at += size) {
        for (std::size_t k = 1; k < size / 2; k += 5) { // every fifth bin is plenty
            std::complex<double> sum = 0.0;
            const std::complex<double> turn =
                std::polar(1.0, -2.0 * std::numbers::pi * double(k) / size);
            std::complex<double> phase = 1.0;
            for (std::size_t n = 0; n < size; ++n, phase *= turn)
                sum += signal[at + n] * phase;
            power[k * std::size_t(bands) / (size / 2)] += std::norm(sum);
        }
    }
    double mean = 0.0;
    for (const double p : power)
        mean += p / bands;
    for (double &p : power)
        p = 10.0 * std::log10(p / mean);
    return power;
}

void addFormats(bool (*wanted)(Container))
{
    QTest::addColumn<int>("container");
    QTest::addColumn<int>("sampleFormat");
    QTest::addColumn<int>("channels");
    QTest::addColumn<int>("rateHz");
    for (const io::ContainerInfo &row : io::containers()) {
        if (!wanted(row.container))
            continue;
        const bool opusLike = !row.allowsRate(44100);
        const std::vector<int> rates = opusLike                 ? std::vector{8000, 24000, 48000}
                                       : row.allowsRate(192000) ? std::vector{8000, 44100, 192000}
                                                                : std::vector{8000, 44100, 48000};
        for (const SampleFormat format : row.sampleFormats) {
            for (const int channels : {1, 2, 6, 8}) {
                for (const int rate : rates) {
                    if (channels <= row.maxChannels)
                        QTest::addRow("%s %s %d ch %d Hz", row.key.data(),
                                      std::string(io::name(format)).c_str(), channels, rate)
                            << int(row.container) << int(format) << channels << rate;
                }
            }
        }
    }
}

} // namespace

class TestAudioFileWriter : public QObject {
    Q_OBJECT

private slots:
    void everyFormatHoldsTheSound_data()
    {
        addFormats([](Container) { return true; });
    }
    void everyFormatHoldsTheSound();
    void anotherProgramHearsTheSame_data() { addFormats(isDecodedElsewhere); }
    void anotherProgramHearsTheSame();
    void floatsKeepEveryBit();
    void integersAreRoundedHalfToEven_data();
    void integersAreRoundedHalfToEven();
    void blocksDoNotChangeTheFile_data();
    void blocksDoNotChangeTheFile();
    void theTimeOfDayIsInNoFile();
    void ditherIsTriangularWhiteAndHidesTheSound_data() { integersAreRoundedHalfToEven_data(); }
    void ditherIsTriangularWhiteAndHidesTheSound();
    void surroundKeepsItsChannels_data();
    void surroundKeepsItsChannels();
    void clippingIsCounted_data();
    void clippingIsCounted();
    void theShortestSoundAndNone();
    void aLongSoundBecomesAnRf64();
    void aCancelledSaveLeavesNothing();

private:
    struct Case {
        OutputFormat format;
        AudioBuffer sound;
        std::vector<double> samples;
        fs::path path;
    };
    Case write(const Folder &folder);
};

TestAudioFileWriter::Case TestAudioFileWriter::write(const Folder &folder)
{
    const auto container =
        Container(*static_cast<int *>(QTest::qData("container", QMetaType::Int)));
    const auto sample =
        SampleFormat(*static_cast<int *>(QTest::qData("sampleFormat", QMetaType::Int)));
    const int channels = *static_cast<int *>(QTest::qData("channels", QMetaType::Int));
    const int rate = *static_cast<int *>(QTest::qData("rateHz", QMetaType::Int));
    Case made;
    made.format = io::resolve(container, sample, Dither::None, {rate, channels}).value();
    made.sound = sines({rate, channels}, frames, 0.5);
    made.samples = interleaved(made.sound);
    made.path = folder / (std::string("sound.") + std::string(io::info(container).endings[0]));
    const Status written = writeSound(made.path, made.format, made.sound);
    if (!written)
        throw std::runtime_error(written.error().oneLine() + written.error().details);
    return made;
}

void TestAudioFileWriter::everyFormatHoldsTheSound()
{
    const Folder folder;
    const Case made = write(folder);
    const Sound read = readDirectly(made.path);
    QCOMPARE(read.rateHz, made.sound.format().sampleRateHz);
    QCOMPARE(read.channels, made.sound.channels());
    QCOMPARE(read.frames(), std::int64_t{frames});
    const SampleFormat format = made.format.sampleFormat;
    if (format == SampleFormat::Lossy) {
        QVERIFY(soundsAlike(read.samples, made.samples, read.channels));
        return;
    }
    for (std::size_t i = 0; i < made.samples.size(); ++i) {
        const double exact =
            format == SampleFormat::Float32
                ? made.samples[i]
                : double(step(made.samples[i], bitsOf(format))) / std::exp2(bitsOf(format) - 1);
        if (read.samples[i] != exact)
            QFAIL(qPrintable(QStringLiteral("sample %1").arg(i)));
    }
    if (made.format.container == Container::Flac)
        return;
    // No decoder at all: the samples lie in the file as one piece, up to its end.
    const QByteArray file = readBytes(made.path);
    const QByteArray stored = storedBytes(made.samples, format, isBigEndian(made.format.container));
    const qsizetype at = file.indexOf(stored);
    QVERIFY(at > 0 && at < 8192);
    QVERIFY(file.size() - at - stored.size() <= 8); // what pads a chunk
}

void TestAudioFileWriter::anotherProgramHearsTheSame()
{
    const Folder folder;
    const Case made = write(folder);
    const std::vector<double> heard = decodeElsewhere(made.path, made.format, made.sound.format());
    const int channels = made.sound.channels();
    if (made.format.sampleFormat == SampleFormat::Lossy) {
        QVERIFY(soundsAlike(heard, made.samples, channels));
        return;
    }
    const double precision = made.format.sampleFormat == SampleFormat::Float32
                                 ? 0x1p-24
                                 : 0x1.0001p-1 / std::exp2(bitsOf(made.format.sampleFormat) - 1);
    QVERIFY(tests::largestDifference(heard, made.samples) <= precision);
}

void TestAudioFileWriter::floatsKeepEveryBit()
{
    AudioBuffer sound({48000, 1}, 200'000);
    tests::Random random(5);
    for (float &x : sound.channel(0)) {
        do
            x = std::bit_cast<float>(std::uint32_t(random.bits()));
        while (!std::isfinite(x)); // any other pattern: denormals, -0, 1e38
    }
    for (const Container container :
         {Container::Wav, Container::Rf64, Container::W64, Container::Aiff, Container::Caf}) {
        const Folder folder;
        const OutputFormat format{container, SampleFormat::Float32, Dither::None};
        const Status written = writeSound(folder / "x", format, sound);
        QVERIFY2(written, problemOf(written));
        QVERIFY(readBytes(folder / "x")
                    .contains(storedBytes(interleaved(sound), SampleFormat::Float32,
                                          isBigEndian(container))));
    }
}

void TestAudioFileWriter::integersAreRoundedHalfToEven_data()
{
    QTest::addColumn<int>("bits");
    QTest::newRow("16") << 16;
    QTest::newRow("24") << 24;
}

void TestAudioFileWriter::integersAreRoundedHalfToEven()
{
    QFETCH(int, bits);
    const auto sampleFormat = bits == 16 ? SampleFormat::Pcm16 : SampleFormat::Pcm24;
    std::vector<float> wanted;
    const double one = std::exp2(1 - bits);
    for (int whole = -40; whole <= 40; ++whole) {
        for (const double part : {0.0, 0.25, 0.4999, 0.5, 0.5001, 0.75})
            wanted.push_back(float((whole + part) * one));
    }
    for (const double x : {1.0, -1.0, 1.0 - one / 2, -1.0 - one, 0.99999994, 3.0, -3.0, 1e38, -1e38,
                           1e-45, -0.0, 1.0 - one, 0.5 * one, -0.5 * one, 1.5 * one})
        wanted.push_back(float(x));
    tests::Random random(9);
    for (int i = 0; i < 20000; ++i)
        wanted.push_back(float(random.between(-1.01, 1.01)));
    AudioBuffer sound({44100, 1}, std::int64_t(wanted.size()));
    std::ranges::copy(wanted, sound.channel(0).begin());
    for (const Container container : {Container::Wav, Container::Aiff, Container::Flac}) {
        const Folder folder;
        const Status written =
            writeSound(folder / "x", {container, sampleFormat, Dither::None}, sound, 777);
        QVERIFY2(written, problemOf(written));
        const Sound read = readDirectly(folder / "x");
        QCOMPARE(read.samples.size(), wanted.size());
        for (std::size_t i = 0; i < wanted.size(); ++i)
            QCOMPARE(std::int64_t(read.samples[i] / one), step(double{wanted[i]}, bits));
    }
}

void TestAudioFileWriter::blocksDoNotChangeTheFile_data()
{
    QTest::addColumn<int>("container");
    QTest::addColumn<int>("sampleFormat");
    QTest::addColumn<int>("dither");
    for (const io::ContainerInfo &row : io::containers()) {
        for (const SampleFormat format : row.sampleFormats) {
            const bool dithers = format == SampleFormat::Pcm16 || format == SampleFormat::Pcm24;
            for (const Dither dither : {Dither::None, Dither::Tpdf}) {
                if (dither == Dither::None || dithers)
                    QTest::addRow("%s %s%s", row.key.data(), std::string(io::name(format)).c_str(),
                                  dither == Dither::None ? "" : " dithered")
                        << int(row.container) << int(format) << int(dither);
            }
        }
    }
}

void TestAudioFileWriter::blocksDoNotChangeTheFile()
{
    QFETCH(int, container);
    QFETCH(int, sampleFormat);
    QFETCH(int, dither);
    const OutputFormat format{Container(container), SampleFormat(sampleFormat), Dither(dither)};
    const AudioBuffer sound = sines({48000, 2}, frames, 0.4);
    const Folder folder;
    const bool ogg =
        format.container == Container::OggVorbis || format.container == Container::Opus;
    const auto content = [&](const fs::path &path) {
        // Ogg alone gives each stream a random number, so there the sound is compared.
        if (!ogg)
            return readBytes(path);
        const std::vector<double> samples = readDirectly(path).samples;
        return QByteArray(reinterpret_cast<const char *>(samples.data()),
                          qsizetype(samples.size() * sizeof(double)));
    };
    QByteArray first;
    for (const int block : {frames, 1, 7, 4096, 4097, 10000}) {
        const Status written =
            writeSound(folder / "x", format, sound, block, OverwritePolicy::Replace);
        QVERIFY2(written, problemOf(written));
        if (first.isEmpty())
            first = content(folder / "x");
        QVERIFY2(content(folder / "x") == first, QByteArray::number(block));
    }
}

void TestAudioFileWriter::theTimeOfDayIsInNoFile()
{
    const AudioBuffer sound = sines({48000, 2}, 500, 0.4);
    const auto files = [&] {
        const Folder folder;
        std::map<std::string, QByteArray> contents;
        for (const io::ContainerInfo &row : io::containers()) {
            if (row.container == Container::OggVorbis || row.container == Container::Opus)
                continue; // a random number for each stream
            for (const SampleFormat format : row.sampleFormats) {
                for (const bool lengthIsKnown : {true, false}) {
                    const std::string name = std::string(row.key) + " " +
                                             std::string(io::name(format)) +
                                             (lengthIsKnown ? "" : " of unknown length");
                    auto writer = io::AudioFileWriter::create(
                        folder / name, {row.container, format, Dither::None}, sound.format(),
                        lengthIsKnown ? std::optional(sound.frames()) : std::nullopt,
                        OverwritePolicy::Refuse);
                    if (writer && (*writer)->write(sound.block(0, 500)) && (*writer)->finish())
                        contents[name] = readBytes(folder / name);
                }
            }
        }
        return contents;
    };
    auto first = files();
    QTest::qSleep(1100); // times in files count whole seconds
    QByteArray changed;
    for (const auto &[name, content] : files()) {
        if (content != first[name])
            changed += name + "; ";
    }
    QCOMPARE(first.size(), std::size_t{36});
    QVERIFY2(changed.isEmpty(), changed);
}

/// Lipshitz, Wannamaker and Vanderkooy 1992: with triangular dither of two steps neither mean nor
/// variance of the total error depend on the sound; the variance is 1/12 + 1/6 = 1/4 step².
void TestAudioFileWriter::ditherIsTriangularWhiteAndHidesTheSound()
{
    QFETCH(int, bits);
    constexpr int part = 20000;
    constexpr int levels = 16;
    const double one = std::exp2(1 - bits);
    AudioBuffer sound({48000, 1}, (levels + 1) * part);
    for (int i = 0; i < levels * part; ++i) // constant levels between two steps, silence first
        sound.channel(0)[std::size_t(i)] = float(one * (i / part) / levels);
    for (int i = 0; i < part; ++i) // and a sine of one step and a half
        sound.channel(0)[std::size_t(levels * part + i)] = float(1.5 * one * std::sin(0.1 * i));
    const Folder folder;
    const auto format = bits == 16 ? SampleFormat::Pcm16 : SampleFormat::Pcm24;
    const Status written = writeSound(folder / "x", {Container::Wav, format, Dither::Tpdf}, sound);
    QVERIFY2(written, problemOf(written));
    const Sound read = readDirectly(folder / "x");
    std::vector<double> errors;
    for (std::size_t i = 0; i < read.samples.size(); ++i)
        errors.push_back((read.samples[i] - double{sound.channel(0)[i]}) / one);
    double worstMean = 0.0;
    double worstVariance = 0.0;
    for (auto first = errors.begin(); first != errors.end(); first += part) {
        double mean = 0.0;
        double square = 0.0;
        std::for_each(first, first + part, [&](double e) {
            mean += e / part;
            square += e * e / part;
        });
        worstMean = std::max(worstMean, std::abs(mean));
        worstVariance = std::max(worstVariance, std::abs(square - 0.25));
    }
    qInfo("per level: mean error up to %.4f, variance 0.25 ± %.4f", worstMean, worstVariance);
    QVERIFY(worstMean < 5.0 * 0.5 / std::sqrt(part));
    QVERIFY(worstVariance < 0.0125); // five standard errors
    QVERIFY(tests::peak(errors) <= 1.5);
    for (const double band : bandsDb(errors, 8))
        QVERIFY2(std::abs(band) < 1.0, QByteArray::number(band));
}

void TestAudioFileWriter::surroundKeepsItsChannels_data()
{
    QTest::addColumn<int>("container");
    for (const io::ContainerInfo &row : io::containers()) {
        if (row.maxChannels >= 6)
            QTest::newRow(row.key.data()) << int(row.container);
    }
}

void TestAudioFileWriter::surroundKeepsItsChannels()
{
    QFETCH(int, container);
    // The usual order of six: left, right, centre, low effects, rear left, rear right.
    AudioBuffer sound({48000, 6}, 48000);
    for (int c = 0; c < 6; ++c) {
        const double turn = 2.0 * std::numbers::pi * (c == 3 ? 50.0 : 1000.0 + 100.0 * c) / 48000.0;
        for (int n = 0; n < 48000; ++n)
            sound.channel(c)[std::size_t(n)] = float(0.5 * std::pow(0.8, c) * std::sin(turn * n));
    }
    const OutputFormat format = io::resolve(Container(container), {}, {}, sound.format()).value();
    const Folder folder;
    const Status written = writeSound(folder / "x", format, sound);
    QVERIFY2(written, problemOf(written));
    const std::vector<double> read = readDirectly(folder / "x").samples;
    const std::vector<double> samples = interleaved(sound);
    for (int c = 0; c < 6; ++c) {
        const double change =
            20.0 * std::log10(levelOf(read, 6, c).rms / levelOf(samples, 6, c).rms);
        QVERIFY2(std::abs(change) < 1.0, QByteArray::number(change));
    }
}

void TestAudioFileWriter::clippingIsCounted_data()
{
    QTest::addColumn<int>("container");
    QTest::addColumn<int>("sampleFormat");
    QTest::addColumn<qint64>("expected");
    QTest::newRow("16") << int(Container::Wav) << int(SampleFormat::Pcm16) << qint64{4};
    QTest::newRow("24") << int(Container::Flac) << int(SampleFormat::Pcm24) << qint64{4};
    QTest::newRow("float") << int(Container::Wav) << int(SampleFormat::Float32) << qint64{0};
    QTest::newRow("vorbis") << int(Container::OggVorbis) << int(SampleFormat::Lossy) << qint64{4};
}

void TestAudioFileWriter::clippingIsCounted()
{
    QFETCH(int, container);
    QFETCH(int, sampleFormat);
    QFETCH(qint64, expected);
    AudioBuffer sound({48000, 2}, 9000);
    const std::pair<std::size_t, float> loud[] = {{0, 1.5F}, {4095, -1.2F}, {4096, 1.001F}};
    for (const auto &[at, value] : loud)
        sound.channel(0)[at] = value;
    sound.channel(1)[8999] = -20.0F;
    sound.channel(1)[5] = 0.999F;
    sound.channel(1)[6] = -1.0F; // full scale itself fits
    const Folder folder;
    auto writer = io::AudioFileWriter::create(
        folder / "x", {Container(container), SampleFormat(sampleFormat), Dither::None},
        sound.format(), 9000, OverwritePolicy::Refuse);
    QVERIFY(writer);
    QVERIFY((*writer)->write(sound.block(0, 100)));
    QVERIFY((*writer)->write(sound.block(100, 8900)));
    const Status finished = (*writer)->finish();
    QVERIFY2(finished, problemOf(finished));
    QCOMPARE(qint64((*writer)->clippedSamples()), expected);
    QCOMPARE((*writer)->framesWritten(), std::int64_t{9000});
}

void TestAudioFileWriter::theShortestSoundAndNone()
{
    for (const io::ContainerInfo &row : io::containers()) {
        const int rate = row.allowsRate(44100) ? 44100 : 48000;
        const OutputFormat format = io::resolve(row.container, {}, {}, {rate, 1}).value();
        const Folder folder;
        const Status one = writeSound(folder / "one", format, sines({rate, 1}, 1, 0.5));
        QVERIFY2(one, problemOf(one));
        QCOMPARE(readDirectly(folder / "one").frames(), std::int64_t{1});
        // Nothing at all is either a valid empty file or a clear error, never a broken file.
        const Status none = writeSound(folder / "none", format, AudioBuffer({rate, 1}, 0));
        if (none)
            QCOMPARE(readDirectly(folder / "none").frames(), std::int64_t{0});
        else
            QVERIFY2(isClearSentence(none.error(), "none"), none.error().problem.c_str());
        QCOMPARE(folder.names().size(), std::size_t(none ? 2 : 1));
    }
}

void TestAudioFileWriter::aLongSoundBecomesAnRf64()
{
    const Folder folder;
    const AudioFormat audio{48000, 2};
    const OutputFormat wav{Container::Wav, SampleFormat::Pcm24, Dither::None};
    const auto kind = [&](std::optional<std::int64_t> expected) {
        auto writer = io::AudioFileWriter::create(folder / "x.wav", wav, audio, expected,
                                                  OverwritePolicy::Replace);
        const bool done =
            writer && (*writer)->write(sines(audio, 500, 0.1).block(0, 500)) && (*writer)->finish();
        return done ? readBytes(folder / "x.wav").left(4) : QByteArray("none");
    };
    QCOMPARE(kind(500), QByteArray("RIFF"));
    QCOMPARE(kind({}), QByteArray("RIFF"));
    QCOMPARE(kind(std::int64_t{1} << 30), QByteArray("RF64"));
    const auto aiff =
        io::AudioFileWriter::create(folder / "y.aiff", {Container::Aiff, SampleFormat::Pcm24, {}},
                                    audio, std::int64_t{1} << 30, OverwritePolicy::Refuse);
    QVERIFY(!aiff);
    QCOMPARE(aiff.error().code, ErrorCode::CannotCreate);
    QVERIFY2(isClearSentence(aiff.error(), "y.aiff"), aiff.error().problem.c_str());
}

void TestAudioFileWriter::aCancelledSaveLeavesNothing()
{
    const Folder folder;
    auto writer = io::AudioFileWriter::create(folder / "x.wav",
                                              {Container::Wav, SampleFormat::Pcm16, Dither::None},
                                              {48000, 1}, {}, OverwritePolicy::Refuse);
    QVERIFY((*writer)->write(sines({48000, 1}, 5000, 0.1).block(0, 5000)));
    std::stop_source stop;
    stop.request_stop();
    const Status finished = (*writer)->finish(stop.get_token());
    QVERIFY(!finished && finished.error().code == ErrorCode::Cancelled);
    writer->reset();
    QVERIFY(folder.names().empty());
}

QD_TEST(TestAudioFileWriter, QCoreApplication)
#include "TestAudioFileWriter.moc"
