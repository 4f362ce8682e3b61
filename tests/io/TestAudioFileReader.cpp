// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is no readable file is refused at once and in own words; any name works; hours of sound open
// at once and stream in constant memory; invalid samples are counted; seeking gives what decoding
// from the start gives; a file that changes while it is read neither crashes nor goes unnoticed.
// Oracle: libsndfile called directly, and files whose every byte the test wrote itself.

#include "FileFixtures.h"
#include "tests/support/Cpu.h"
#include "tests/support/Measure.h"
#include "tests/support/Signals.h"
#include "tests/support/TestProgram.h"

#include <QElapsedTimer>
#include <QTest>
#include <cmath>
#include <limits>
#include <sndfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

using namespace engine;
using namespace tests::files;
using io::AudioFileReader;
using Kind = io::ReadWarning::Kind;

namespace {

constexpr qint64 refusalMs = 200;
constexpr std::int64_t streamingBytes = 100'000'000;

/// A chord in noise: no two places sound alike.
std::vector<double> chord(int rateHz, int channels, int frames)
{
    tests::Random random(7);
    std::vector<double> samples = interleaved(tests::makeSignal(
        tests::SignalKind::DetunedChord, {rateHz, channels}, frames, 0.5, random));
    for (double &x : samples)
        x += random.between(-0.05, 0.05);
    return samples;
}

void makeSocket(const fs::path &path)
{
    struct sockaddr_un address {};
    address.sun_family = AF_UNIX;
    path.string().copy(address.sun_path, sizeof address.sun_path - 1);
    const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
    QCOMPARE(::bind(socket, reinterpret_cast<struct sockaddr *>(&address), sizeof address), 0);
    ::close(socket);
}

/// A 16-bit WAV of silence that takes no room on the disk.
void makeSparseWav(const fs::path &path, int rateHz, int channels, std::int64_t frames)
{
    const auto number = [](std::uint64_t value, int bytes) {
        QByteArray text;
        for (int i = 0; i < bytes; ++i)
            text += char(value >> (8 * i) & 0xFF);
        return text;
    };
    const auto frameBytes = std::uint64_t(channels) * 2;
    const std::uint64_t dataBytes = std::uint64_t(frames) * frameBytes;
    writeBytes(path, "RIFF" + number(dataBytes + 36, 4) + "WAVEfmt " + number(16, 4) +
                         number(1, 2) + number(std::uint64_t(channels), 2) +
                         number(std::uint64_t(rateHz), 4) +
                         number(std::uint64_t(rateHz) * frameBytes, 4) + number(frameBytes, 2) +
                         number(16, 2) + "data" + number(dataBytes, 4));
    fs::resize_file(path, dataBytes + 44);
}

bool has(const AudioFileReader &file, Kind kind)
{
    return std::ranges::any_of(file.warnings(), [&](const auto &w) { return w.kind == kind; });
}

std::unique_ptr<AudioFileReader> opened(const fs::path &path)
{
    auto reader = AudioFileReader::open(path);
    if (!reader)
        throw std::runtime_error(reader.error().oneLine());
    return std::move(*reader);
}

struct Encoding {
    const char *name;
    int format;
    int rateHz;
    bool lossless;
};
constexpr Encoding encodings[] = {
    {"wav 16", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 44100, true},
    {"wav 24", SF_FORMAT_WAV | SF_FORMAT_PCM_24, 48000, true},
    {"wav float", SF_FORMAT_WAV | SF_FORMAT_FLOAT, 48000, true},
    {"aiff 24", SF_FORMAT_AIFF | SF_FORMAT_PCM_24, 44100, true},
    {"caf float", SF_FORMAT_CAF | SF_FORMAT_FLOAT, 96000, true},
    {"flac 16", SF_FORMAT_FLAC | SF_FORMAT_PCM_16, 44100, true},
    {"flac 24", SF_FORMAT_FLAC | SF_FORMAT_PCM_24, 96000, true},
    {"vorbis", SF_FORMAT_OGG | SF_FORMAT_VORBIS, 44100, false},
    {"opus", SF_FORMAT_OGG | SF_FORMAT_OPUS, 48000, false},
    {"mp3", SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III, 44100, false},
};

void addEncodings()
{
    QTest::addColumn<int>("index");
    for (int i = 0; i < int(std::size(encodings)); ++i)
        QTest::newRow(encodings[i].name) << i;
}

} // namespace

class TestAudioFileReader : public QObject {
    Q_OBJECT

private slots:
    void whatIsNoFileIsRefusedAtOnce_data();
    void whatIsNoFileIsRefusedAtOnce();
    void aFileOfAnotherUserIsRefused();
    void anyNameOpens_data();
    void anyNameOpens();
    void aNameInAMessageIsOneSafeLine();
    void hoursStreamInConstantMemory_data();
    void hoursStreamInConstantMemory();
    void invalidSamplesAreCounted();
    void readingGivesWhatTheLibraryGives_data() { addEncodings(); }
    void readingGivesWhatTheLibraryGives();
    void seekingEqualsDecodingFromTheStart_data() { addEncodings(); }
    void seekingEqualsDecodingFromTheStart();
    void aFileCutWhileItIsReadIsTold_data() { addEncodings(); }
    void aFileCutWhileItIsReadIsTold();
    void aFileOverwrittenWhileItIsReadIsHarmless_data() { addEncodings(); }
    void aFileOverwrittenWhileItIsReadIsHarmless();
    void aFileReplacedByRenamingIsReadToItsEnd();
};

void TestAudioFileReader::whatIsNoFileIsRefusedAtOnce_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("words");
    const std::pair<const char *, const char *> rows[] = {
        {"pipe.wav", "is a pipe"},         {"folder.wav", "is a folder"},
        {"socket.wav", "is a socket"},     {"zero.wav", "is a device"},
        {"circle.wav", "in a circle"},     {"dangling.wav", "no longer exists"},
        {"missing.wav", "does not exist"}, {"song.wav/inside.wav", "is a file and not a folder"},
    };
    for (const auto &[name, words] : rows)
        QTest::newRow(name) << QByteArray(name) << QByteArray(words);
    QTest::newRow("too long") << QByteArray(300, 'x') << QByteArray("too long");
}

void TestAudioFileReader::whatIsNoFileIsRefusedAtOnce()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, words);
    const Folder folder;
    QCOMPARE(::mkfifo((folder / "pipe.wav").c_str(), 0600), 0);
    fs::create_directory(folder / "folder.wav");
    makeSocket(folder / "socket.wav");
    fs::create_symlink("/dev/zero", folder / "zero.wav");
    fs::create_symlink("circle2.wav", folder / "circle.wav");
    fs::create_symlink("circle.wav", folder / "circle2.wav");
    fs::create_symlink("gone.wav", folder / "dangling.wav");
    writeBytes(folder / "song.wav", "x");

    QElapsedTimer timer;
    timer.start();
    const auto reader = AudioFileReader::open(folder / name.toStdString());
    const double elapsed = static_cast<double>(timer.elapsed()) / tests::slowdown();
    QVERIFY(!reader);
    QVERIFY2(elapsed < refusalMs, QByteArray::number(elapsed));
    const Error &error = reader.error();
    QCOMPARE(error.code, ErrorCode::CannotOpen);
    QVERIFY2(isClearSentence(error, fs::path(name.toStdString()).filename().string()),
             error.problem.c_str());
    QVERIFY2(error.problem.find(words.toStdString()) != std::string::npos, error.problem.c_str());
    QVERIFY(!error.consequence.empty() && !error.advice.empty());
}

void TestAudioFileReader::aFileOfAnotherUserIsRefused()
{
    const Folder folder;
    const fs::path path = folder / "secret.wav";
    writeDirectly(path, encodings[0].format, 44100, 1, chord(44100, 1, 100));
    fs::permissions(path, fs::perms::none);
    QByteArray said;
    const auto open = [&](const Say &say) {
        const auto reader = AudioFileReader::open(path);
        say(problemOf(reader).toStdString());
        return reader ? 0 : int(reader.error().code);
    };
    QCOMPARE(inChild(open, &said, true), 66);
    QVERIFY2(said.contains("“secret.wav” may not be read by you"), said);
}

void TestAudioFileReader::anyNameOpens_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("newline") << QByteArray("two\nlines.wav");
    QTest::newRow("option") << QByteArray("-n");
    QTest::newRow("format") << QByteArray("%s%n%d.wav");
    QTest::newRow("emoji") << QByteArray("🎛️🔥.wav");
    QTest::newRow("right to left") << QByteArray("שלום مرحبا.wav");
    QTest::newRow("override") << QByteArray("a\u202Evaw.exe");
    QTest::newRow("invalid UTF-8") << QByteArray("caf\xE9\xFF\xC0.wav");
    QTest::newRow("escape") << QByteArray("\x1B[31mred\x07.wav");
    QTest::newRow("spaces") << QByteArray("  . .wav ");
    QTest::newRow("255 bytes") << QByteArray(251, 'n') + ".wav";
}

void TestAudioFileReader::anyNameOpens()
{
    QFETCH(QByteArray, name);
    const Folder folder;
    const fs::path path = folder / name.toStdString();
    const std::vector<double> samples(600, 0.25);
    writeDirectly(path, SF_FORMAT_WAV | SF_FORMAT_FLOAT, 48000, 1, samples);
    const auto reader = opened(path);
    QVERIFY(readRest(*reader, 256).value() == samples);
    QVERIFY(reader->warnings().empty());
}

void TestAudioFileReader::aNameInAMessageIsOneSafeLine()
{
    const Folder folder;
    const std::pair<QByteArray, QByteArray> names[] = {
        {"two\nlines.wav", "“two?lines.wav”"}, {"a\u202Evaw.exe", "“a?vaw.exe”"},
        {"caf\xE9.wav", "“caf?.wav”"},         {"\x1B[31mred\x07", "“?[31mred?”"},
        {"🔥 שלום %s", "“🔥 שלום %s”"},
    };
    for (const auto &[name, shown] : names) {
        const auto reader = AudioFileReader::open(folder / name.toStdString());
        QVERIFY(!reader);
        const QByteArray problem = QByteArray::fromStdString(reader.error().problem);
        QVERIFY2(problem.startsWith(shown), problem);
    }
}

void TestAudioFileReader::hoursStreamInConstantMemory_data()
{
    QTest::addColumn<int>("rateHz");
    QTest::addColumn<int>("channels");
    QTest::addColumn<qint64>("frames");
    QTest::newRow("2 GB") << 44100 << 2 << qint64{500'000'000};
    QTest::newRow("8 h") << 44100 << 1 << qint64{8} * 3600 * 44100;
}

void TestAudioFileReader::hoursStreamInConstantMemory()
{
    QFETCH(int, rateHz);
    QFETCH(int, channels);
    QFETCH(qint64, frames);
    const Folder folder;
    makeSparseWav(folder / "long.wav", rateHz, channels, frames);
    const std::int64_t before = peakMemoryBytes();
    QElapsedTimer timer;
    timer.start();
    const auto reader = opened(folder / "long.wav");
    QVERIFY2(static_cast<double>(timer.elapsed()) < 1000.0 * tests::slowdown(),
             QByteArray::number(timer.elapsed()));
    QCOMPARE(reader->declaredFrames().value_or(-1), frames);
    AudioBuffer block({rateHz, channels}, 65536);
    std::int64_t read = 0;
    for (int got = 65536; got == 65536; read += got)
        got = reader->read(block.block(0, 65536)).value();
    QCOMPARE(read, frames);
    QVERIFY(reader->seek(frames - 10));
    QCOMPARE(reader->read(block.block(0, 65536)).value(), 10);
    QVERIFY(reader->warnings().empty());
    const std::int64_t grown = peakMemoryBytes() - before;
    qInfo("%.1f MB more memory", double(grown) / 1e6);
    QVERIFY(grown < streamingBytes);
}

void TestAudioFileReader::invalidSamplesAreCounted()
{
    const Folder folder;
    std::vector<double> samples = chord(48000, 2, 5000);
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const double infinite = std::numeric_limits<double>::infinity();
    const std::pair<std::size_t, double> faults[] = {{0, nan},    {63, infinite}, {64, -infinite},
                                                     {4097, nan}, {9999, nan},    {777, 1e30},
                                                     {778, -2e6}};
    std::vector<double> expected = samples;
    for (double &x : expected)
        x = double{float(x)};
    for (const auto &[at, value] : faults) {
        samples[at] = value;
        expected[at] = 0.0;
    }
    samples[100] = expected[100] = 1.0e6; // just allowed
    writeDirectly(folder / "faulty.wav", SF_FORMAT_WAV | SF_FORMAT_FLOAT, 48000, 2, samples);
    const auto reader = opened(folder / "faulty.wav");
    QVERIFY(readRest(*reader, 333).value() == expected);
    QVERIFY(reader->seek(0)); // hearing it twice does not count twice
    QVERIFY(readRest(*reader, 5000).value() == expected);
    QCOMPARE(reader->warnings().size(), std::size_t{2});
    for (const io::ReadWarning &warning : reader->warnings()) {
        const bool loud = warning.kind == Kind::TooLoud;
        QVERIFY(loud || warning.kind == Kind::NonFinite);
        const std::string count = loud ? "holds 2 samples" : "holds 5 invalid samples";
        QVERIFY2(warning.text.find(count) != std::string::npos, warning.text.c_str());
        QVERIFY2(warning.text.starts_with("“faulty.wav”"), warning.text.c_str());
    }
}

void TestAudioFileReader::readingGivesWhatTheLibraryGives()
{
    QFETCH(int, index);
    const Encoding &encoding = encodings[index];
    const Folder folder;
    writeDirectly(folder / "sound", encoding.format, encoding.rateHz, 2,
                  chord(encoding.rateHz, 2, 30011));
    const Sound direct = readDirectly(folder / "sound");
    for (const int block : {1, 999, 4096, 100000}) { // the last read is a short one
        const auto reader = opened(folder / "sound");
        QCOMPARE(reader->format().sampleRateHz, direct.rateHz);
        const auto samples = readRest(*reader, block).value();
        QCOMPARE(samples.size(), direct.samples.size());
        QVERIFY(tests::largestDifference(samples, direct.samples) <= 0x1p-24);
        QVERIFY(reader->warnings().empty());
        AudioBuffer more(reader->format(), 8);
        QCOMPARE(reader->read(more.block(0, 8)).value(), 0);
    }
}

void TestAudioFileReader::seekingEqualsDecodingFromTheStart()
{
    QFETCH(int, index);
    const Encoding &encoding = encodings[index];
    const Folder folder;
    const int length = 4 * encoding.rateHz;
    writeDirectly(folder / "sound", encoding.format, encoding.rateHz, 2,
                  chord(encoding.rateHz, 2, length));
    const Sound direct = readDirectly(folder / "sound");
    const auto reader = opened(folder / "sound");
    tests::Random random(3);
    std::vector<std::int64_t> places{0, 1, direct.frames() - 1, direct.frames() - 700, 4096, 0};
    for (int i = 0; i < 12; ++i)
        places.push_back(random.whole(0, length - 1));
    double worst = tests::silentDb;
    for (const std::int64_t place : places) {
        QVERIFY(reader->seek(place));
        AudioBuffer block(reader->format(), 1500);
        const int got = reader->read(block.block(0, 1500)).value();
        QCOMPARE(std::int64_t{got}, std::min<std::int64_t>(1500, direct.frames() - place));
        block.resize(got);
        const auto first = direct.samples.begin() + std::ptrdiff_t(2 * place);
        const std::vector<double> expected(first, first + 2 * got);
        const double difference = tests::largestDifference(interleaved(block), expected);
        worst = std::max(worst, 20.0 * std::log10(difference + 1e-15));
    }
    QVERIFY(reader->seek(direct.frames() + 5));
    AudioBuffer block(reader->format(), 8);
    QCOMPARE(reader->read(block.block(0, 8)).value(), 0);
    qInfo("largest difference %.1f dB", worst);
    QVERIFY(worst < (encoding.lossless ? -144.0 : -100.0));
    QVERIFY(reader->warnings().empty());
}

void TestAudioFileReader::aFileCutWhileItIsReadIsTold()
{
    QFETCH(int, index);
    const Encoding &encoding = encodings[index];
    const Folder folder;
    const int length = 10 * encoding.rateHz; // far more than any decoder reads ahead
    writeDirectly(folder / "sound", encoding.format, encoding.rateHz, 2,
                  chord(encoding.rateHz, 2, length));
    const auto reader = opened(folder / "sound");
    AudioBuffer block(reader->format(), 4096);
    QCOMPARE(reader->read(block.block(0, 4096)).value(), 4096);
    fs::resize_file(folder / "sound", fs::file_size(folder / "sound") / 2);
    const auto rest = readRest(*reader, 4096);
    QVERIFY2(rest, problemOf(rest));
    const auto frames = std::int64_t(rest->size()) / 2 + 4096;
    QVERIFY2(frames < length * 3 / 4, QByteArray::number(qint64(frames)));
    QVERIFY2(has(*reader, Kind::Truncated) || has(*reader, Kind::Damaged), "no word about it");
}

void TestAudioFileReader::aFileOverwrittenWhileItIsReadIsHarmless()
{
    QFETCH(int, index);
    const Encoding &encoding = encodings[index];
    tests::Random random(11);
    QByteArray noise(3'000'000, 0);
    for (char &byte : noise)
        byte = char(random.whole(0, 255));
    for (const int skip : {0, 1, 5000}) {
        const Folder folder;
        const int length = 6 * encoding.rateHz;
        writeDirectly(folder / "sound", encoding.format, encoding.rateHz, 2,
                      chord(encoding.rateHz, 2, length));
        const auto reader = opened(folder / "sound");
        AudioBuffer block(reader->format(), 512);
        QVERIFY(reader->read(block.block(0, 512)));
        const auto whole = readBytes(folder / "sound");
        writeBytes(folder / "sound", whole.left(skip) + noise.left(whole.size() - skip));
        const auto rest = readRest(*reader, 4096);
        if (!rest)
            continue;
        const auto finite = [](double x) { return std::abs(x) <= double{io::maxSampleMagnitude}; };
        QVERIFY(std::ranges::all_of(*rest, finite));
        const auto frames = std::int64_t(rest->size()) / 2 + 512;
        if (frames < length)
            QVERIFY2(!reader->warnings().empty(), "shorter without a word");
        if (reader->seek(length / 2))
            QVERIFY(readRest(*reader, 4096) || true);
    }
}

void TestAudioFileReader::aFileReplacedByRenamingIsReadToItsEnd()
{
    const Folder folder;
    const std::vector<double> old(200'000, 0.25);
    writeDirectly(folder / "a.wav", SF_FORMAT_WAV | SF_FORMAT_FLOAT, 48000, 1, old);
    writeDirectly(folder / "b.wav", SF_FORMAT_WAV | SF_FORMAT_FLOAT, 48000, 1, {0.5, 0.5});
    const auto reader = opened(folder / "a.wav");
    fs::rename(folder / "b.wav", folder / "a.wav");
    QVERIFY(readRest(*reader, 4096).value() == old);
    QVERIFY(reader->seek(0));
    QVERIFY(readRest(*reader, 4096).value() == old);
    QVERIFY(reader->warnings().empty());
}

QD_TEST(TestAudioFileReader, QCoreApplication)
#include "TestAudioFileReader.moc"
