// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/WaveformPeaks.h"
#include "tests/support/TestProgram.h"

#include <QtTest>

#include <cmath>
#include <limits>
#include <random>

using namespace engine;
using analysis::PeakColumn;
using analysis::WaveformPeaks;
using analysis::WaveformPeaksBuilder;

namespace {

constexpr float step = 1.0F / 8192.0F;

AudioBuffer noise(int channels, std::int64_t frames)
{
    AudioBuffer sound({48000, channels}, frames);
    std::mt19937 random(7);
    std::uniform_real_distribution<float> level(-1.0F, 1.0F);
    for (int c = 0; c < channels; ++c)
        for (float &sample : sound.channel(c))
            sample = level(random) * level(random);
    return sound;
}

std::shared_ptr<const WaveformPeaks> peaksOf(const AudioBuffer &sound, int blockFrames,
                                             int baseFrames = 256)
{
    WaveformPeaksBuilder builder(baseFrames);
    for (std::int64_t first = 0; first < sound.frames(); first += blockFrames)
        builder.append(sound.block(
            first, static_cast<int>(std::min<std::int64_t>(blockFrames, sound.frames() - first))));
    return builder.snapshot();
}

PeakColumn bruteForce(const AudioBuffer &sound, std::int64_t first, std::int64_t end)
{
    PeakColumn column{sound.channel(0)[first], sound.channel(0)[first], 0.0F};
    double squares = 0.0;
    for (int c = 0; c < sound.channels(); ++c) {
        for (std::int64_t i = first; i < end; ++i) {
            const float value = sound.channel(c)[static_cast<std::size_t>(i)];
            column.minimum = std::min(column.minimum, value);
            column.maximum = std::max(column.maximum, value);
            squares += static_cast<double>(value) * static_cast<double>(value);
        }
    }
    column.rms = static_cast<float>(
        std::sqrt(squares / (static_cast<double>(end - first) * sound.channels())));
    return column;
}

} // namespace

class TestWaveformPeaks : public QObject {
    Q_OBJECT
private slots:
    void columnsAreThoseOfTheSamples_data()
    {
        QTest::addColumn<int>("channels");
        QTest::addColumn<int>("blockFrames");
        QTest::addColumn<int>("cellsPerColumn");
        for (const int channels : {1, 2, 6})
            for (const int block : {1, 255, 256, 4099})
                for (const int cells : {1, 3, 8, 64, 100})
                    QTest::addRow("%d ch, blocks of %d, %d cells", channels, block, cells)
                        << channels << block << cells;
    }
    void columnsAreThoseOfTheSamples()
    {
        QFETCH(int, channels);
        QFETCH(int, blockFrames);
        QFETCH(int, cellsPerColumn);
        const AudioBuffer sound = noise(channels, 60'001);
        const auto peaks = peaksOf(sound, blockFrames);
        QCOMPARE(peaks->frames(), 60'001);
        const int width = cellsPerColumn * 256;
        const int count = static_cast<int>(60'001 / width);
        const auto columns = peaks->columns(0, static_cast<double>(count) * width, count);
        for (int i = 0; i < count; ++i) {
            const PeakColumn expected = bruteForce(sound, i * width, (i + 1) * width);
            const PeakColumn got = columns[static_cast<std::size_t>(i)];
            QVERIFY(got.maximum >= expected.maximum && got.maximum - expected.maximum <= step);
            QVERIFY(got.minimum <= expected.minimum && expected.minimum - got.minimum <= step);
            QVERIFY(std::abs(got.rms - expected.rms) <= 2 * step);
        }
    }
    void noPeakIsLostAtAnyZoom()
    {
        AudioBuffer sound({48000, 2}, 200'000);
        sound.channel(1)[123'456] = -0.75F;
        const auto peaks = peaksOf(sound, 1000);
        for (const int count : {1, 7, 100, 1403, 5000}) {
            const auto columns = peaks->columns(0, 200'000, count);
            const float lowest =
                std::min_element(columns.begin(), columns.end(), [](auto &a, auto &b) {
                    return a.minimum < b.minimum;
                })->minimum;
            QCOMPARE(lowest, -0.75F);
        }
    }
    void theLastFramesCount()
    {
        AudioBuffer sound({48000, 1}, 256 * 2048 + 3); // one whole chunk and three frames
        sound.channel(0)[256 * 2048 + 1] = 0.5F;
        const auto peaks = peaksOf(sound, 5000);
        QCOMPARE(peaks->columns(0, static_cast<double>(sound.frames()), 1)[0].maximum, 0.5F);
        QCOMPARE(peaks->columns(0, 1e9, 10)[9], PeakColumn{});
    }
    void notANumberIsSilence()
    {
        AudioBuffer sound({48000, 1}, 1000);
        auto samples = sound.channel(0);
        std::fill(samples.begin(), samples.end(), std::numeric_limits<float>::quiet_NaN());
        samples[10] = 0.25F;
        const auto column = peaksOf(sound, 100)->columns(0, 1000, 1)[0];
        QCOMPARE(column.minimum, 0.0F);
        QCOMPARE(column.maximum, 0.25F);
        samples[11] = std::numeric_limits<float>::infinity();
        const auto loud = peaksOf(sound, 100)->columns(0, 1000, 1)[0];
        QVERIFY(std::isfinite(loud.maximum) && loud.maximum > 3.9F);
        QVERIFY(std::isfinite(analysis::peakColumns(sound, 0, 0, 1000, 1)[0].rms));
    }
    void aSnapshotNeverChanges()
    {
        const AudioBuffer sound = noise(2, 700'000);
        WaveformPeaksBuilder builder;
        builder.append(sound.block(0, 600'000));
        const auto before = builder.snapshot();
        const auto columns = before->columns(0, 600'000, 50);
        builder.append(sound.block(600'000, 100'000));
        QCOMPARE(before->frames(), 600'000);
        QVERIFY(before->columns(0, 600'000, 50) == columns);
        QCOMPARE(builder.snapshot()->frames(), 700'000);
    }
    void twoHoursAreCheap()
    {
        WaveformPeaksBuilder builder(WaveformPeaksBuilder::baseFramesFor(345'600'000));
        AudioBuffer second = noise(2, 48'000);
        for (int i = 0; i < 7200; i += 40) // every 40th second is enough to measure
            builder.append(second.block(0, 48'000));
        const auto peaks = builder.snapshot();
        const double soundBytes = static_cast<double>(peaks->frames()) * 2 * sizeof(float);
        QVERIFY2(static_cast<double>(peaks->memoryBytes()) < 0.001 * soundBytes,
                 qPrintable(QString::number(100 * static_cast<double>(peaks->memoryBytes()) /
                                            soundBytes)));
        QBENCHMARK
        {
            (void)builder.snapshot();
        }
    }
    void samplesGiveExactColumns()
    {
        const AudioBuffer sound = noise(1, 5000);
        for (const int count : {1, 10, 1000}) {
            const auto columns = analysis::peakColumns(sound, 0, 0, 5000, count);
            for (int i = 0; i < count; ++i) {
                const PeakColumn expected =
                    bruteForce(sound, i * 5000 / count, (i + 1) * 5000 / count);
                QCOMPARE(columns[static_cast<std::size_t>(i)].minimum, expected.minimum);
                QCOMPARE(columns[static_cast<std::size_t>(i)].maximum, expected.maximum);
            }
        }
    }
};

QD_TEST(TestWaveformPeaks, tests::NoApplication)
#include "TestWaveformPeaks.moc"
