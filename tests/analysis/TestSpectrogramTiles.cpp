// SPDX-License-Identifier: GPL-3.0-or-later
//
// Claims about close looks, tiles and differences: the same sound gives the same levels however it
// is cut, a click is as sharp as the zoom asks for, no click of a long sound is lost, and the
// difference of two sounds is the gain that lies between them.
#include "engine/analysis/SpectrogramTiles.h"
#include "engine/base/MemoryStream.h"
#include "engine/base/Units.h"
#include "tests/support/Signals.h"
#include "tests/support/TestProgram.h"

#include <QTest>

#include <numbers>

using namespace engine::analysis;
using engine::AudioBuffer;

namespace {

constexpr int rate = 48000;

AudioBuffer mixed(double seconds, std::uint32_t seed = 5)
{
    tests::Random random(seed);
    return tests::makeSignal(tests::SignalKind::Mixed, {rate, 2},
                             static_cast<std::int64_t>(seconds * rate), 0.5, random);
}

AudioBuffer tone(double hz, double amplitude, double seconds, int rateHz = rate)
{
    AudioBuffer sound({rateHz, 1}, static_cast<std::int64_t>(seconds * rateHz));
    auto samples = sound.channel(0);
    for (std::size_t i = 0; i < samples.size(); ++i)
        samples[i] = static_cast<float>(
            amplitude * std::sin(2.0 * std::numbers::pi * hz * static_cast<double>(i) / rateHz));
    return sound;
}

/// Counts what is read, and how much of it was held at once.
class CountingSource final : public engine::AudioSource {
public:
    explicit CountingSource(const AudioBuffer &buffer) : inner_(buffer) {}
    engine::AudioFormat format() const override { return inner_.format(); }
    std::optional<std::int64_t> declaredFrames() const override { return inner_.declaredFrames(); }
    engine::Result<int> read(engine::AudioBlock into) override
    {
        frames += into.frames();
        return inner_.read(into);
    }
    engine::Status seek(std::int64_t frame) override { return inner_.seek(frame); }
    std::int64_t frames = 0;

private:
    engine::BufferSource inner_;
};

/// The largest distance of two pictures in dB where both are louder than −100 dB.
float farthest(const Spectrogram &a, const Spectrogram &b)
{
    float most = 0.0F;
    for (int row = 0; row < a.rows(); ++row)
        for (int column = 0; column < a.columns(); ++column)
            if (a.levelDb(row, column) > -100.0F || b.levelDb(row, column) > -100.0F)
                most = std::max(most, std::abs(a.levelDb(row, column) - b.levelDb(row, column)));
    return most;
}

/// How long a click lights a row, in seconds: where it is less than 12 dB under its top.
double clickWidthS(const Spectrogram &picture, double hz)
{
    const int row = static_cast<int>(std::lround(picture.rowOfHz(hz)));
    float top = quietestDb;
    for (int c = 0; c < picture.columns(); ++c)
        top = std::max(top, picture.levelDb(row, c));
    int lit = 0;
    for (int c = 0; c < picture.columns(); ++c)
        lit += picture.levelDb(row, c) > top - 12.0F ? 1 : 0;
    return lit * picture.durationS() / picture.columns();
}

} // namespace

class TestSpectrogramTiles final : public QObject {
    Q_OBJECT

private slots:
    void aPartIsTheSameAsInTheWhole_data()
    {
        QTest::addColumn<int>("first");
        QTest::addColumn<int>("end");
        QTest::newRow("start") << 0 << 40;
        QTest::newRow("middle") << 200 << 260;
        QTest::newRow("end") << 500 << 563;
    }
    void aPartIsTheSameAsInTheWhole()
    {
        QFETCH(int, first);
        QFETCH(int, end);
        const AudioBuffer sound = mixed(3.0);
        const auto whole = computeSpectrogram(sound);
        const double frames =
            static_cast<double>(sound.frames()) / static_cast<double>(whole->columns());
        const int last = std::min(end, whole->columns());
        const auto part =
            computeSpectrogramPart(sound, {first * frames, last * frames, last - first, 0, 0.0});
        QCOMPARE(part->columns(), last - first);
        QVERIFY(std::abs(part->timeOfColumn(0) - whole->timeOfColumn(first)) < 1e-9);
        float most = 0.0F;
        for (int row = 0; row < whole->rows(); ++row)
            for (int c = 0; c < part->columns(); ++c)
                most = std::max(most,
                                std::abs(part->levelDb(row, c) - whole->levelDb(row, first + c)));
        QVERIFY2(most < 0.02F, qPrintable(QString::number(static_cast<double>(most))));
    }
    void aCloseLookAtAClickIsSharper()
    {
        AudioBuffer sound({rate, 1}, 4 * rate);
        sound.channel(0)[2 * rate] = 1.0F;
        double before = 1e9;
        for (int sharper = 0; sharper <= sharpestFrames; ++sharper) {
            const auto picture =
                computeSpectrogramPart(sound, {1.9 * rate, 2.1 * rate, 1600, sharper, 0.0});
            // A Hann frame's power is −12 dB where its amplitude is a quarter: two thirds of it.
            const double frameS = 2048.0 / (1 << sharper) / rate;
            const double wanted = frameS * 2.0 / 3.0;
            const double width = clickWidthS(*picture, 9000.0);
            QVERIFY2(width > 0.7 * wanted && width < 1.3 * wanted + 0.0005,
                     qPrintable(QStringLiteral("%1: %2").arg(wanted).arg(width)));
            QVERIFY(width < before);
            before = width;
            const int row = static_cast<int>(std::lround(picture->rowOfHz(9000.0)));
            int top = 0;
            for (int c = 0; c < picture->columns(); ++c)
                if (picture->levelDb(row, c) > picture->levelDb(row, top))
                    top = c;
            QVERIFY(std::abs(picture->timeOfColumn(top) - 2.0) < 0.1 * frameS + 0.0003);
        }
    }
    void aToneReadsItsLevelAtAnySharpness_data()
    {
        QTest::addColumn<double>("hz");
        QTest::addColumn<int>("rateHz");
        for (const double hz : {50.0, 150.0, 440.0, 1000.0, 2500.0, 9000.0})
            for (const int rateHz : {44100, 48000, 96000})
                QTest::addRow("%g Hz at %d", hz, rateHz) << hz << rateHz;
    }
    void aToneReadsItsLevelAtAnySharpness()
    {
        QFETCH(double, hz);
        QFETCH(int, rateHz);
        const AudioBuffer sound = tone(hz, engine::gainFromDb(-20.0), 2.0, rateHz);
        for (int sharper = 0; sharper <= sharpestFrames; ++sharper) {
            const auto picture =
                computeSpectrogramPart(sound, {0.9 * rateHz, 1.1 * rateHz, 50, sharper, 0.0});
            const auto peak = picture->peakNear(1.0, hz, 100.0);
            QVERIFY2(std::abs(peak.db + 20.0) < 0.6,
                     qPrintable(QStringLiteral("%1: %2").arg(sharper).arg(peak.db)));
        }
    }
    void zoomChoosesTheFrames()
    {
        // 1320 pixels wide: ten seconds need no shorter frames, 50 ms the shortest.
        const auto sharpness = [](double seconds, double octaves) {
            return sharpnessFor({seconds / 1320.0, octaves, 1.0});
        };
        QCOMPARE(sharpness(10.0, 9.0), 0);
        QCOMPARE(sharpness(0.05, 9.0), sharpestFrames);
        int before = 0;
        for (double seconds = 10.0; seconds > 0.05; seconds *= 0.8) {
            QVERIFY(sharpness(seconds, 9.0) >= before);
            QVERIFY(sharpness(seconds, 1.0) <= sharpness(seconds, 9.0));
            before = sharpness(seconds, 9.0);
        }
    }
    void tilesFitTogetherAndMatchTheWhole()
    {
        const AudioBuffer sound = mixed(6.0);
        engine::BufferSource source(sound);
        const TileGrid grid(rate, sound.frames());
        for (const int level : {0, 1, 3}) {
            const auto keys = grid.keysIn(level, 0.0, grid.durationS());
            double at = 0.0;
            for (const TileKey &key : keys) {
                const auto tile = computeTile(source, grid, key, false);
                QVERIFY(tile.has_value());
                QVERIFY(std::abs(tile->fromS - at) < 1e-9);
                at = tile->toS;
                // The oracle: the same columns from the sound as a whole.
                const Spectrogram &picture = *tile->levels;
                const double rateHz = rate;
                const auto wanted = computeSpectrogramPart(
                    sound, {std::round(picture.startS() * rateHz),
                            std::round(picture.endS() * rateHz), picture.columns(), 0, 0.0});
                const float far = farthest(picture, *wanted);
                QVERIFY2(far < 0.05F, qPrintable(QStringLiteral("level %1 tile %2: %3")
                                                     .arg(level)
                                                     .arg(key.index)
                                                     .arg(static_cast<double>(far))));
            }
            QVERIFY(std::abs(at - grid.durationS()) < 1e-9);
        }
    }
    void noClickOfALongSoundIsLost()
    {
        AudioBuffer sound({rate, 1}, 90 * rate);
        const std::vector<double> clicks{0.5, 7.31, 33.333, 64.9, 86.9};
        for (const double click : clicks)
            sound.channel(0)[static_cast<std::size_t>(click * rate)] = 1.0F;
        engine::BufferSource source(sound);
        const TileGrid grid(rate, sound.frames());
        for (const int level : {7, 11}) { // columns of 0.7 and 11 s
            const auto tile = computeTile(source, grid, {level, 0}, false);
            QVERIFY(tile.has_value());
            const int row = static_cast<int>(tile->levels->rowOfHz(8000.0));
            for (const double click : clicks) {
                const int column = tile->levels->nearestColumn(click);
                QVERIFY2(tile->levels->levelDb(row, column) > -56.0F, // 20 log10(2 / 1024) = −54.2
                         qPrintable(QString::number(click)));
            }
            const int quiet = tile->levels->nearestColumn(level == 7 ? 20.0 : 50.0);
            QVERIFY(level != 7 || tile->levels->levelDb(row, quiet) < -100.0F);
        }
    }
    void aRoughTileReadsLittleAndShowsSteadyTones()
    {
        const AudioBuffer sound = tone(440.0, engine::gainFromDb(-12.0), 120.0);
        CountingSource source(sound);
        const TileGrid grid(rate, sound.frames());
        QVERIFY(!roughPays(grid, 3));
        QVERIFY(roughPays(grid, 8));
        const auto rough = computeTile(source, grid, {8, 0}, true);
        const std::int64_t few = source.frames;
        QVERIFY(rough && rough->rough);
        QVERIFY(std::abs(rough->levels->peakNear(60.0, 440.0).db + 12.0) < 0.2);
        source.frames = 0;
        QVERIFY(computeTile(source, grid, {8, 0}, false).has_value());
        QVERIFY2(few * 2 < source.frames,
                 qPrintable(QStringLiteral("%1 of %2").arg(few).arg(source.frames)));
    }
    void aTileIsStoppedAndReadsOnlyItsPart()
    {
        const AudioBuffer sound = tone(440.0, 0.5, 60.0);
        CountingSource source(sound);
        const TileGrid grid(rate, sound.frames());
        QVERIFY(computeTile(source, grid, {0, 5}, false).has_value());
        QVERIFY(source.frames < 4 * rate); // a tile is 0.7 s, and frames look 0.3 s around
        std::stop_source stop;
        stop.request_stop();
        const auto stopped = computeTile(source, grid, {6, 0}, false, stop.get_token());
        QVERIFY(!stopped && stopped.error().code == engine::ErrorCode::Cancelled);
    }
    void shortAndEmptySounds()
    {
        const TileGrid none(rate, 0);
        QVERIFY(none.keysIn(0, 0.0, 1.0).empty());
        AudioBuffer one({rate, 1}, 1);
        one.channel(0)[0] = 1.0F;
        engine::BufferSource source(one);
        const TileGrid grid(rate, 1);
        const auto keys = grid.keysIn(-5, -1.0, 1.0);
        QCOMPARE(keys.size(), std::size_t{1});
        const auto tile = computeTile(source, grid, keys[0], false);
        QVERIFY(tile.has_value());
        QCOMPARE(tile->levels->columns(), 1);
        for (const int rateHz : {1000, 8000, 192000}) {
            const TileGrid low(rateHz, 10 * rateHz);
            QVERIFY(low.framesPerColumn(low.lowestLevel()) >= 1);
        }
    }
    void theDifferenceIsTheGainBetween()
    {
        AudioBuffer before = mixed(1.0);
        AudioBuffer after = before;
        const auto gain = static_cast<float>(engine::gainFromDb(6.0));
        for (int c = 0; c < after.channels(); ++c)
            for (float &sample : after.channel(c))
                sample *= gain;
        const auto a = computeSpectrogram(before);
        const auto b = computeSpectrogram(after);
        const auto louder = spectrogramDifference(*a, *b, -120.0F);
        const auto quieter = spectrogramDifference(*b, *a, -120.0F);
        const auto none = spectrogramDifference(*a, *a, -120.0F);
        int compared = 0;
        for (int row = 0; row < a->rows(); ++row)
            for (int c = 0; c < a->columns(); ++c) {
                QCOMPARE(none->levelDb(row, c), 0.0F);
                if (a->levelDb(row, c) < -110.0F)
                    continue;
                ++compared;
                QVERIFY(std::abs(louder->levelDb(row, c) - 6.0F) < 0.05F);
                QVERIFY(std::abs(quieter->levelDb(row, c) + 6.0F) < 0.05F);
            }
        QVERIFY(compared > 10000);
    }
    void belowTheFloorThereIsNoDifference()
    {
        const AudioBuffer silent({rate, 1}, rate);
        const AudioBuffer quiet = tone(1000.0, engine::gainFromDb(-90.0), 1.0);
        const auto a = computeSpectrogram(silent);
        const auto b = computeSpectrogram(quiet);
        QCOMPARE(spectrogramDifference(*a, *b, -84.0F)->loudestDb(), 0.0F);
        const auto seen = spectrogramDifference(*a, *b, -100.0F);
        QVERIFY(std::abs(seen->loudestDb() - 10.0F) < 0.3F);
    }
};

QD_TEST(TestSpectrogramTiles, tests::NoApplication)
#include "TestSpectrogramTiles.moc"
