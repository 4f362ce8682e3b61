// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every format, depth, dither and rate that can be exported, recipe inside, as other programs read
// it: python3-soundfile, flac, sox, oggdec, opusdec and mpg123. Oracle: a sine whose length, peak
// and level are known beforehand (exported from the input tap, so that nothing else is in it).

#include "engine/render/RenderFile.h"
#include "tests/io/FileFixtures.h"
#include "tests/support/RenderFixture.h"
#include "tests/support/Spectrum.h"
#include "tests/support/TestProgram.h"

#include <cmath>

using namespace engine;
using io::Container;
using io::Dither;
using io::SampleFormat;

namespace {

constexpr int inputRateHz = 44100;
constexpr int inputFrames = 26460;
constexpr double amplitude = 0.5;

struct Export {
    std::filesystem::path path;
    io::OutputFormat format;
    int rateHz;
    std::int64_t frames() const
    {
        return (std::int64_t{inputFrames} * rateHz + inputRateHz / 2) / inputRateHz;
    }
};

bool isInteger(SampleFormat format)
{
    return format == SampleFormat::Pcm16 || format == SampleFormat::Pcm24;
}

/// Power over the middle half, where no fade is.
double levelDb(std::span<const double> samples)
{
    const auto middle = samples.subspan(samples.size() / 4, samples.size() / 2);
    double sum = 0.0;
    for (const double x : middle)
        sum += x * x;
    return 10.0 * std::log10(sum / static_cast<double>(middle.size()));
}

void compare(const Export &written, double peak, double level)
{
    const bool lossy = io::isLossy(written.format.container);
    const QByteArray what = QByteArray::fromStdString(written.path.filename().string()) +
                            ": peak " + QByteArray::number(tests::decibels(peak)) + ", level " +
                            QByteArray::number(level);
    QVERIFY2(std::abs(tests::decibels(peak / amplitude)) < (lossy ? 0.6 : 0.02), what.constData());
    QVERIFY2(std::abs(level - tests::decibels(amplitude / std::sqrt(2.0))) < (lossy ? 0.2 : 0.005),
             what.constData());
}

} // namespace

class TestExportFormats : public tests::RenderFixture {
    Q_OBJECT

private slots:
    void soundfileReadsThemAll();
    void everyKindsOwnDecoderReadsIt_data();
    void everyKindsOwnDecoderReadsIt();
    void qualityDecidesTheSize_data();
    void qualityDecidesTheSize();
    void qualityIsOnlyForCoders();

private:
    Result<Export> write(Container container, SampleFormat depth, Dither dither, int rateHz);
    std::vector<Export> writeAll(Container container);
    void makeSine();
};

void TestExportFormats::makeSine()
{
    AudioBuffer sound({inputRateHz, 2}, inputFrames);
    for (int c = 0; c < 2; ++c) {
        std::vector<float> wave = tests::sine(997.0, inputRateHz, inputFrames, amplitude, c * 0.7);
        tests::fade(wave, 2000);
        std::ranges::copy(wave, sound.channel(c).begin());
    }
    tests::writeSound(in("in.wav"), SF_FORMAT_WAV | SF_FORMAT_FLOAT, sound);
}

Result<Export> TestExportFormats::write(Container container, SampleFormat depth, Dither dither,
                                        int rateHz)
{
    render::RenderFileRequest wanted;
    wanted.input = in("in.wav");
    wanted.output =
        folder_ / (std::to_string(int(depth)) + "-" + std::string(io::key(dither)) + "-" +
                   std::to_string(rateHz) + "." + std::string(io::info(container).endings.front()));
    wanted.source = pipeline::TapId::Input;
    wanted.container = container;
    if (depth != SampleFormat::Lossy)
        wanted.sampleFormat = depth;
    wanted.dither = dither;
    wanted.sampleRateHz = rateHz;
    wanted.threads = 1;
    const auto report = render::renderFile(wanted, {});
    if (!report)
        return tl::unexpected(report.error());
    return Export{wanted.output, report->format, rateHz};
}

std::vector<Export> TestExportFormats::writeAll(Container container)
{
    std::vector<Export> all;
    for (const SampleFormat depth : io::info(container).sampleFormats) {
        for (const int rate : {8000, 22050, 44100, 48000, 96000, 192000}) {
            for (const Dither dither : {Dither::None, Dither::Tpdf, Dither::NoiseShaped}) {
                if (!io::info(container).allowsRate(rate) ||
                    (dither != Dither::None && !isInteger(depth)))
                    continue;
                const Result<Export> made = write(container, depth, dither, rate);
                if (!made)
                    throw std::runtime_error(made.error().oneLine());
                all.push_back(*made);
            }
        }
    }
    return all;
}

void TestExportFormats::soundfileReadsThemAll()
{
    makeSine();
    std::vector<Export> all;
    QStringList arguments{"-c", R"(
import sys, numpy, soundfile
for name in sys.argv[1:]:
    data, rate = soundfile.read(name, always_2d=True)
    n = len(data)
    middle = data[n // 4 : n // 4 + n // 2]
    print(n, rate, data.shape[1], abs(data).max(), 10 * numpy.log10((middle ** 2).mean()))
)"};
    for (const io::ContainerInfo &info : io::containers()) {
        for (const Export &made : writeAll(info.container)) {
            all.push_back(made);
            arguments << QString::fromStdString(made.path.string());
        }
    }
    const tests::files::Run run = tests::files::runProgram("/usr/bin/python3", arguments);
    QVERIFY2(run.exitCode == 0, run.errors.constData());
    const QList<QByteArray> lines = run.output.trimmed().split('\n');
    QCOMPARE(std::size_t(lines.size()), all.size());
    qInfo("%zu files", all.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
        const QList<QByteArray> words = lines[qsizetype(i)].split(' ');
        QCOMPARE(words[0].toLongLong(), all[i].frames());
        QCOMPARE(words[1].toInt(), all[i].rateHz);
        QCOMPARE(words[2].toInt(), 2);
        compare(all[i], words[3].toDouble(), words[4].toDouble());
    }
}

void TestExportFormats::everyKindsOwnDecoderReadsIt_data()
{
    QTest::addColumn<int>("container");
    for (const io::ContainerInfo &info : io::containers()) {
        if (tests::files::isDecodedElsewhere(info.container))
            QTest::newRow(info.key.data()) << int(info.container);
    }
}

void TestExportFormats::everyKindsOwnDecoderReadsIt()
{
    QFETCH(int, container);
    makeSine();
    for (const Export &made : writeAll(Container(container))) {
        const std::vector<double> heard =
            tests::files::decodeElsewhere(made.path, made.format, {made.rateHz, 2});
        QCOMPARE(std::int64_t(heard.size() / 2), made.frames());
        double peak = 0.0;
        for (const double x : heard)
            peak = std::max(peak, std::abs(x));
        compare(made, peak, levelDb(heard));
    }
}

void TestExportFormats::qualityDecidesTheSize_data()
{
    QTest::addColumn<int>("container");
    for (const Container container : {Container::OggVorbis, Container::Opus, Container::Mp3})
        QTest::newRow(io::info(container).key.data()) << int(container);
}

void TestExportFormats::qualityDecidesTheSize()
{
    QFETCH(int, container);
    tests::Random random(9);
    tests::writeSound(in("in.wav"), SF_FORMAT_WAV | SF_FORMAT_FLOAT,
                      tests::makeSignal(tests::SignalKind::Mixed, {48000, 2}, 96000, 0.5, random));
    std::uintmax_t before = 0;
    for (const double quality : {0.0, 0.3, 0.6, 1.0}) {
        render::RenderFileRequest wanted;
        wanted.input = in("in.wav");
        wanted.output = in("out");
        wanted.container = Container(container);
        wanted.overwrite = io::OverwritePolicy::Replace;
        wanted.quality = quality;
        wanted.embedRecipe = false;
        const auto report = render::renderFile(wanted, {});
        QVERIFY2(report, report ? "" : report.error().oneLine().c_str());
        const std::uintmax_t size = std::filesystem::file_size(in("out"));
        QVERIFY2(size > before * 1.1, qPrintable(QString("%1 after %2").arg(size).arg(before)));
        before = size;
    }
}

void TestExportFormats::qualityIsOnlyForCoders()
{
    makeInput("in.wav", 1, 1000);
    for (const auto &[name, quality] : {std::pair("out.wav", 0.5),
                                        {"out.flac", 0.5},
                                        {"out.ogg", 1.5},
                                        {"out.ogg", -0.1},
                                        {"out.ogg", std::nan("")}}) {
        render::RenderFileRequest wanted;
        wanted.input = in("in.wav");
        wanted.output = in(name);
        wanted.quality = quality;
        const auto report = render::renderFile(wanted, {});
        QVERIFY(!report);
        QCOMPARE(int(report.error().code), int(ErrorCode::Usage));
    }
}

QD_TEST(TestExportFormats, QCoreApplication)
#include "TestExportFormats.moc"
