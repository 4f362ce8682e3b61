// SPDX-License-Identifier: GPL-3.0-or-later
//
// The picture of a whole file comes in pieces from the file itself: what is looked at first, within
// a limit of memory whatever the file's length, and a wish that is overtaken is given up.
#include "engine/base/MemoryStream.h"
#include "engine/base/Units.h"
#include "engine/render/FileSpectrogram.h"
#include "tests/io/FileFixtures.h"
#include "tests/support/Sanitizers.h"
#include "tests/support/SoundFile.h"
#include "tests/support/TestProgram.h"

#include <QTest>

#include <numbers>
#include <semaphore>

using namespace engine;
using namespace engine::analysis;
using engine::render::FileSpectrogram;

namespace {

constexpr int rate = 48000;
using Lock = std::unique_lock<std::mutex>;

/// Collects what is told.
class Told {
public:
    FileSpectrogram::Tell tell()
    {
        return [this](SharedTileSet set) {
            const Lock lock(mutex_);
            sets_.push_back(std::move(set));
        };
    }
    std::size_t count()
    {
        const Lock lock(mutex_);
        return sets_.size();
    }
    SharedTileSet last()
    {
        const Lock lock(mutex_);
        return sets_.empty() ? nullptr : sets_.back();
    }
    std::vector<SharedTileSet> all()
    {
        const Lock lock(mutex_);
        return sets_;
    }
    bool waitFor(const std::function<bool(const TileSet &)> &good)
    {
        return QTest::qWaitFor([&] { return last() && good(*last()); }, tests::patienceMs);
    }

private:
    std::mutex mutex_;
    std::vector<SharedTileSet> sets_;
};

TileWish wish(double fromS, double toS)
{
    return {fromS, toS, {(toS - fromS) / 1000.0, 9.0, 1.0}};
}

/// A tone that rises by an octave every `octaveS` seconds from 110 Hz: every time has its own row.
AudioBuffer steps(double seconds, double octaveS)
{
    AudioBuffer sound({rate, 1}, static_cast<std::int64_t>(seconds * rate));
    auto samples = sound.channel(0);
    double phase = 0.0;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const double step = std::floor(static_cast<double>(i) / rate / octaveS);
        phase += 110.0 * std::exp2(step) / rate;
        samples[i] = static_cast<float>(0.25 * std::sin(2.0 * std::numbers::pi * phase));
    }
    return sound;
}

/// Reads silence, and waits in read() until it is let go.
class GatedSource final : public AudioSource {
public:
    struct Gate {
        std::atomic<bool> open{false};
        std::atomic<int> reads{0};
        std::vector<std::int64_t> seeks;
    };
    explicit GatedSource(std::shared_ptr<Gate> gate) : gate_(std::move(gate)) {}
    AudioFormat format() const override { return {rate, 1}; }
    std::optional<std::int64_t> declaredFrames() const override { return std::nullopt; }
    Result<int> read(AudioBlock into) override
    {
        ++gate_->reads;
        while (!gate_->open)
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        clear(into);
        return into.frames();
    }
    Status seek(std::int64_t frame) override
    {
        gate_->seeks.push_back(frame);
        return {};
    }

private:
    std::shared_ptr<Gate> gate_;
};

} // namespace

class TestFileSpectrogram final : public QObject {
    Q_OBJECT

private slots:
    void aFileIsSeenAsItSounds()
    {
        const tests::files::Folder folder;
        const auto path = folder / "steps.wav";
        const AudioBuffer sound = steps(12.0, 2.0);
        tests::writeSound(path, SF_FORMAT_WAV | SF_FORMAT_PCM_24, sound);
        Told told;
        FileSpectrogram tiles(told.tell());
        tiles.open(path, rate, sound.frames());
        tiles.want(wish(0.0, 12.0));
        QVERIFY(told.waitFor([](const TileSet &set) { return set.done >= 1.0; }));
        const SharedTileSet set = told.last();
        QCOMPARE(set->durationS, 12.0);
        QVERIFY(!set->error);
        for (int step = 0; step < 6; ++step) {
            const double at = 2.0 * step + 1.0;
            const double hz = 110.0 * std::exp2(step);
            double level = -200.0;
            double other = -200.0;
            for (const SpectrogramTile &tile : set->tiles)
                if (at >= tile.fromS && at < tile.toS) {
                    level = tile.levels->peakNear(at, hz).db;
                    other = tile.levels->peakNear(at, hz * 1.5).db;
                }
            QVERIFY2(std::abs(level + 12.04) < 0.2, qPrintable(QString::number(level)));
            QVERIFY(other < -60.0);
        }
        // Progress never falls, and the first picture came before the last.
        double done = 0.0;
        for (const SharedTileSet &one : told.all()) {
            QVERIFY(one->done >= done);
            done = one->done;
        }
        QVERIFY(told.count() > 3);
    }
    void whatIsLookedAtComesFirst()
    {
        const AudioBuffer sound = steps(60.0, 10.0);
        Told told;
        FileSpectrogram tiles(told.tell());
        tiles.open(
            [&sound]() -> Result<std::unique_ptr<AudioSource>> {
                return std::unique_ptr<AudioSource>(std::make_unique<BufferSource>(sound));
            },
            rate, sound.frames());
        tiles.want(wish(30.0, 34.0));
        QVERIFY(told.waitFor([](const TileSet &set) { return set.done >= 1.0; }));
        bool complete = false;
        for (const SharedTileSet &set : told.all()) {
            for (const SpectrogramTile &tile : set->tiles)
                if (!complete)
                    QVERIFY2(tile.toS > 30.0 && tile.fromS < 34.0,
                             qPrintable(QString::number(tile.fromS)));
            complete = complete || set->done >= 1.0;
        }
        const int before = tiles.computed();
        tiles.want(wish(30.0, 34.0)); // again: all is there, and it is told
        const auto count = told.count();
        QVERIFY(QTest::qWaitFor([&] { return told.count() > count; }, 5000));
        QVERIFY(told.last()->done >= 1.0);
        QVERIFY(tiles.computed() < before + 20);
    }
    void memoryStaysWithinItsLimit()
    {
        const tests::files::Folder folder;
        const auto path = folder / "long.wav";
        constexpr std::int64_t frames = std::int64_t{2} * 3600 * rate; // two hours, no room on disk
        tests::writeSparseWav(path, rate, 1, frames);
        constexpr std::size_t limit = std::size_t{8} << 20;
        const std::int64_t before = tests::files::peakMemoryBytes();
        Told told;
        FileSpectrogram tiles(told.tell(), limit);
        tiles.open(path, rate, frames);
        for (int i = 0; i < 12; ++i) { // through the file, a minute at a time, and close
            tiles.want(wish(600.0 * i, 600.0 * i + (i % 2 == 0 ? 60.0 : 2.0)));
            QVERIFY(told.waitFor([&](const TileSet &set) {
                return set.done >= 1.0 && !set.tiles.empty() && set.tiles.back().toS > 600.0 * i &&
                       set.tiles.back().fromS < 600.0 * i + 90.0;
            }));
            QVERIFY2(tiles.bytes() <= limit, qPrintable(QString::number(tiles.bytes())));
        }
        // The sound alone would be 1.4 GB.
        if (!tests::underAddressSanitizer)
            QVERIFY2(tests::files::peakMemoryBytes() - before < std::int64_t{160} << 20,
                     qPrintable(QString::number(tests::files::peakMemoryBytes() - before)));
    }
    void aWishThatIsOvertakenIsGivenUp()
    {
        const auto gate = std::make_shared<GatedSource::Gate>();
        Told told;
        {
            FileSpectrogram tiles(told.tell());
            tiles.open(
                [gate]() -> Result<std::unique_ptr<AudioSource>> {
                    return std::unique_ptr<AudioSource>(std::make_unique<GatedSource>(gate));
                },
                rate, std::int64_t{3600} * rate);
            tiles.want(wish(0.0, 4.0));
            QVERIFY(QTest::qWaitFor([&] { return gate->reads > 0; }, 5000));
            tiles.want(wish(1000.0, 1004.0));
            const int reads = gate->reads;
            gate->open = true;
            QVERIFY(told.waitFor([](const TileSet &set) { return set.done >= 1.0; }));
            QVERIFY(gate->reads > reads);
            for (const SpectrogramTile &tile : told.last()->tiles)
                QVERIFY(tile.fromS > 990.0);
            tiles.rest();
            tiles.want(wish(2000.0, 2004.0));
        } // and the end does not wait for what is left
        // The block that was being read is the last of the first wish.
        for (std::size_t i = 1; i < gate->seeks.size(); ++i)
            QVERIFY(gate->seeks[i] > std::int64_t{990} * rate);
    }
    void whatCannotBeReadIsSaid()
    {
        Told told;
        FileSpectrogram tiles(told.tell());
        tiles.open("/no/such/file.wav", rate, 10 * rate);
        tiles.want(wish(0.0, 10.0));
        QVERIFY(told.waitFor([](const TileSet &set) { return set.error.has_value(); }));
        QCOMPARE(told.last()->error->code, ErrorCode::CannotOpen);
        QVERIFY(told.last()->tiles.empty());
        tiles.close();
    }
};

QD_TEST(TestFileSpectrogram, QCoreApplication)
#include "TestFileSpectrogram.moc"
