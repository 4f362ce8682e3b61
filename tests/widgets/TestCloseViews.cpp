// SPDX-License-Identifier: GPL-3.0-or-later
//
// Claims about the close look, the whole file, the difference of two taps and the limiter's trace:
// every pixel is where and what an independent reckoning says, in both themes and at both scales,
// and no transform ever runs on the thread of the window.
#include "engine/base/MemoryStream.h"
#include "engine/base/Units.h"
#include "tests/support/TestProgram.h"
#include "tests/widgets/VisualizerFixture.h"
#include "widgets/views/DifferenceView.h"
#include "widgets/views/GainReductionView.h"
#include "widgets/views/SpectrogramView.h"
#include "widgets/views/SpectrumView.h"

#include <QApplication>
#include <QSignalSpy>

#include <atomic>
#include <dlfcn.h>
#include <fftw3.h>
#include <future>

using namespace widgets;
using namespace engine::analysis;
using namespace tests;
using engine::AudioBuffer;

namespace {

/// Transforms since the start: on the window's thread, and on all others.
std::atomic<int> transformsHere{0};
std::atomic<int> transformsElsewhere{0};
std::atomic<Qt::HANDLE> windowThread{nullptr};

} // namespace

/// Stands before the library's own: every forward transform of the engine comes through here.
extern "C" void fftw_execute_dft_r2c(const fftw_plan plan, double *in, fftw_complex *out)
{
    using Execute = void (*)(const fftw_plan, double *, fftw_complex *);
    static const auto real = reinterpret_cast<Execute>(dlsym(RTLD_NEXT, "fftw_execute_dft_r2c"));
    ++(QThread::currentThreadId() == windowThread ? transformsHere : transformsElsewhere);
    real(plan, in, out);
}

namespace {

Sound withClick(double atS, double seconds)
{
    auto sound = std::make_shared<AudioBuffer>(engine::AudioFormat{rate, 1},
                                               static_cast<std::int64_t>(seconds * rate));
    sound->channel(0)[static_cast<std::size_t>(atS * rate)] = 1.0F;
    return sound;
}

/// Tiles of a sound for a wish, all at once.
SharedTileSet tilesOf(const AudioBuffer &sound, const TileWish &wish)
{
    engine::BufferSource source(sound);
    const TileGrid grid(sound.format().sampleRateHz, sound.frames());
    auto set = std::make_shared<TileSet>();
    set->durationS = grid.durationS();
    set->done = 1.0;
    for (const TileKey key : grid.keysIn(grid.levelFor(wish.scale), wish.fromS, wish.toS))
        set->tiles.push_back(*computeTile(source, grid, key, false));
    return set;
}

/// How many pixel columns of a row are within 12 dB of the loudest.
int litColumns(const QImage &image, const SpectrogramView &view, double hz)
{
    const ColourTable table = colourTable(ColourMap::Grey);
    const int y = inPicture({0, view.yOfHz(hz)}, 1.0).y();
    int top = 0;
    std::vector<int> greys;
    for (double x = view.plot().left() + 1; x < view.plot().right() - 1; x += 1.0) {
        greys.push_back(qGreen(image.pixel(inPicture({x, 0}, 1.0).x(), y)));
        top = std::max(top, greys.back());
    }
    // What 12 dB less than the loudest looks like.
    std::size_t index = 0;
    while (qGreen(table[index]) < top)
        ++index;
    const std::size_t less = colourSteps * 12 / 120;
    const int least = qGreen(table[index > less ? index - less : 0]);
    return static_cast<int>(std::ranges::count_if(greys, [&](int g) { return g >= least; }));
}

} // namespace

class TestCloseViews final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QLocale::setDefault(QLocale::c());
        windowThread = QThread::currentThreadId();
        Theme::shared().setMode(Theme::Mode::Dark);
    }
    void init()
    {
        transformsHere = 0;
        transformsElsewhere = 0;
    }

    // The close look

    void zoomingInSharpensAClick()
    {
        const Sound sound = withClick(2.0, 4.0);
        SpectrogramView view;
        view.setInKeyLines(false);
        view.setColourMap(ColourMap::Grey);
        view.setDbRange({-120.0, 0.0});
        open(view);
        view.setSound(sound, {});
        view.setSpectrogram(computeSpectrogram(*sound), 0.0);
        QVERIFY(ready(view));
        QVERIFY(!view.closeLook());
        double before = 1e9;
        for (const double span : {0.6, 0.3, 0.15, 0.08}) {
            view.showRanges({2.0 - span / 2, 2.0 + span / 2}, view.shownY());
            QVERIFY(ready(view));
            QVERIFY(view.closeLook());
            QVERIFY(view.closeLook()->startS() <= view.shownX().low + 1e-9);
            QVERIFY(view.closeLook()->endS() >= view.shownX().high - 1e-9);
            const int lit = litColumns(view.picture(1.0), view, 9000.0);
            const double seconds = lit * span / view.plot().width();
            QVERIFY2(lit > 0 && lit < 60, qPrintable(QString::number(lit)));
            QVERIFY(seconds < before);
            before = seconds;
        }
        QVERIFY2(before < 0.006, qPrintable(QString::number(before))); // whole: 28 ms
        view.showAll();
        QVERIFY(ready(view));
        QVERIFY(!view.closeLook());
    }
    void aCloseLookIsOfTheNewestSound()
    {
        const Sound first = tone(1000.0, 0.5, 3.0);
        const Sound second = tone(3000.0, 0.5, 3.0);
        SpectrogramView view;
        open(view);
        view.setSound(first, {});
        view.setSpectrogram(computeSpectrogram(*first), 0.0);
        view.showRanges({1.0, 1.2}, view.shownY());
        view.setSound(second, {}); // while the first is being worked out
        view.setSpectrogram(computeSpectrogram(*second), 0.0);
        QVERIFY(ready(view));
        QVERIFY(view.closeLook());
        QVERIFY(std::abs(view.closeLook()->peakNear(1.1, 3000.0).db + 6.0) < 0.3);
        QVERIFY(view.closeLook()->peakNear(1.1, 1000.0).db < -60.0);
        view.setSpectrogram(nullptr, 0.0);
        QVERIFY(!view.closeLook());
    }

    // The whole file

    void aToneOfTheFileLightsItsPlace_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::addColumn<double>("ratio");
        QTest::addColumn<int>("map");
        for (const bool dark : {true, false})
            for (const double ratio : {1.0, 2.0})
                for (const ColourMap map : allColourMaps)
                    QTest::addRow("%s %g %s", dark ? "dark" : "light", ratio, colourMapKey(map))
                        << dark << ratio << static_cast<int>(map);
    }
    void aToneOfTheFileLightsItsPlace()
    {
        QFETCH(bool, dark);
        QFETCH(double, ratio);
        QFETCH(int, map);
        Theme::shared().setMode(dark ? Theme::Mode::Dark : Theme::Mode::Light);
        const Sound sound = tone(832.0, engine::gainFromDb(-20.0), 30.0, 1, 12.0, 18.0);
        SpectrogramView view;
        view.setInKeyLines(false);
        view.setColourMap(static_cast<ColourMap>(map));
        QSignalSpy wanted(&view, &SpectrogramView::tilesWanted);
        open(view);
        view.setSpan(SpectrogramSpan::WholeFile);
        view.setFileLength(30.0);
        QVERIFY(!wanted.isEmpty());
        const auto wish = wanted.last()[0].value<TileWish>();
        QCOMPARE(wish.fromS, 0.0);
        QCOMPARE(wish.toS, 30.0);
        view.setTiles(tilesOf(*sound, wish));
        QVERIFY(ready(view));
        const QImage image = view.picture(ratio);
        const ColourTable table = colourTable(static_cast<ColourMap>(map));
        const auto at = [&](double seconds, double hz) {
            return image.pixel(inPicture({view.xOfSeconds(seconds), view.yOfHz(hz)}, ratio));
        };
        QVERIFY(near(at(15.0, 832.0), colourOf(-20.0, SpectrogramView::defaultDb, table), 6));
        const QRgb quiet = colourOf(-66.0, SpectrogramView::defaultDb, table);
        for (const double seconds : {5.0, 11.7, 18.3, 29.0})
            QVERIFY(near(at(seconds, 832.0), quiet));
        QVERIFY(near(at(15.0, 1300.0), quiet));
        QCOMPARE(view.shownTitle(), QStringLiteral("Input, whole file"));
        QVERIFY(view.hoverText({view.xOfSeconds(15.0), view.yOfHz(840.0)})
                    .contains(QStringLiteral("−20.0 dB")));
        Theme::shared().setMode(Theme::Mode::Dark);
    }
    void theFileAsksForWhatIsSeenAndNothingWhenItIsNot()
    {
        SpectrogramView view;
        QSignalSpy wanted(&view, &SpectrogramView::tilesWanted);
        QSignalSpy unwanted(&view, &SpectrogramView::tilesUnwanted);
        QSignalSpy seek(&view, &PlotView::seekRequested);
        open(view);
        view.setFileLength(3600.0);
        QVERIFY(wanted.isEmpty()); // the preview is shown
        view.setSpan(SpectrogramSpan::WholeFile);
        QVERIFY(!wanted.isEmpty());
        view.showRanges({1000.0, 1001.0}, view.shownY());
        const auto wish = wanted.last()[0].value<TileWish>();
        QCOMPARE(wish.fromS, 1000.0);
        QVERIFY(std::abs(wish.scale.secondsPerPixel - 1.0 / view.plot().width()) < 1e-9);
        QTest::mouseClick(&view, Qt::LeftButton, {}, view.plot().center().toPoint());
        QVERIFY(std::abs(seek.last()[0].toDouble() - 1000.5) < 0.01);
        view.hide();
        QCOMPARE(unwanted.size(), 1);
        view.show();
        QVERIFY(wanted.last()[0].value<TileWish>().fromS == 1000.0);
        const Sound sound = tone(440.0, 0.5, 2.0);
        view.setSpectrogram(computeSpectrogram(*sound), 7.0);
        view.setSpan(SpectrogramSpan::PreviewWindow);
        QCOMPARE(unwanted.size(), 2);
        QCOMPARE(view.shownX(), (AxisRange{0.0, 2.0}));
        view.setSpan(SpectrogramSpan::WholeFile); // as it was left
        QCOMPARE(view.shownX(), (AxisRange{1000.0, 1001.0}));
    }
    void aFileThatCannotBeReadIsSaid()
    {
        SpectrogramView view;
        open(view);
        view.setSpan(SpectrogramSpan::WholeFile);
        QVERIFY(view.hoverText(view.plot().center()).isEmpty()); // no file yet
        view.setFileLength(10.0);
        QTest::qWait(20);
        const QImage empty = view.grab().toImage();
        auto set = std::make_shared<TileSet>();
        set->durationS = 10.0;
        set->error =
            engine::Error{engine::ErrorCode::BadData, "“x.wav” cannot be read", {}, {}, {}, 0};
        view.setTiles(set);
        QVERIFY(ready(view));
        QVERIFY(view.grab().toImage() != empty);
        auto silence = tilesOf(*tone(100.0, 0.0, 10.0), {0.0, 10.0, {0.01, 9.0, 1.0}});
        view.setTiles(silence);
        QVERIFY(ready(view));
        QCOMPARE(view.accessibleName(), QStringLiteral("Spectrogram, Input, whole file, silence"));
    }

    // The difference

    void theDifferenceHasItsColours_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::addColumn<double>("ratio");
        for (const bool dark : {true, false})
            for (const double ratio : {1.0, 2.0})
                QTest::addRow("%s %g", dark ? "dark" : "light", ratio) << dark << ratio;
    }
    void theDifferenceHasItsColours()
    {
        QFETCH(bool, dark);
        QFETCH(double, ratio);
        Theme::shared().setMode(dark ? Theme::Mode::Dark : Theme::Mode::Light);
        const auto sum = [](std::initializer_list<std::pair<double, double>> tones) {
            auto sound = tone(100.0, 0.0, 2.0);
            for (const auto &[hz, db] : tones) {
                const Sound one = tone(hz, engine::gainFromDb(db), 2.0);
                std::ranges::transform(sound->channel(0), one->channel(0),
                                       sound->channel(0).begin(), std::plus<>());
            }
            return sound;
        };
        // One tone louder, one quieter, one the same, one new, one below the floor.
        const Sound before =
            sum({{200.0, -20.0}, {800.0, -20.0}, {3000.0, -20.0}, {8000.0, -120.0}});
        const Sound after = sum({{200.0, -8.0}, {800.0, -32.0}, {3000.0, -20.0}, {8000.0, -95.0}});
        DifferenceView view;
        view.setInKeyLines(false);
        open(view);
        view.setNames(QStringLiteral("Input"), QStringLiteral("Output"));
        view.setSounds(before, after, 0.0, {});
        QVERIFY(ready(view));
        QCOMPARE(view.title(), QStringLiteral("Output − Input"));
        const QImage image = view.picture(ratio);
        const ColourTable table = differenceTable();
        const auto at = [&](double hz) {
            return image.pixel(inPicture({view.xOfSeconds(1.0), view.yOfHz(hz)}, ratio));
        };
        const AxisRange reach{-24.0, 24.0};
        QVERIFY(near(at(200.0), colourOf(12.0, reach, table), 6));
        QVERIFY(near(at(800.0), colourOf(-12.0, reach, table), 6));
        const QRgb ground = Theme::shared().colour("ground.plot").rgb();
        QVERIFY(near(colourOf(0.0, reach, table), ground, 1));
        for (const double hz : {3000.0, 8000.0, 15000.0})
            QVERIFY(near(at(hz), ground, 4));
        QVERIFY(!near(colourOf(12.0, reach, table), colourOf(-12.0, reach, table), 60));
        QCOMPARE(view.hoverText({view.xOfSeconds(1.0), view.yOfHz(201.0)}),
                 QStringList({QStringLiteral("1.000 s"), QStringLiteral("200.0 Hz"),
                              QStringLiteral("Input"), QStringLiteral("−20.0 dB"),
                              QStringLiteral("Output"), QStringLiteral("−8.0 dB"),
                              QStringLiteral("G3 +35 ¢"), QStringLiteral("+12.0 dB")}));
        view.setReachDb(48.0);
        QVERIFY(ready(view));
        QVERIFY(
            near(view.picture(1.0).pixel(inPicture({view.xOfSeconds(1.0), view.yOfHz(200.0)}, 1.0)),
                 colourOf(12.0, {-48.0, 48.0}, table), 6));
        Theme::shared().setMode(Theme::Mode::Dark);
    }
    void equalSoundsAreSaidToBe()
    {
        DifferenceView view;
        open(view);
        view.setNames(QStringLiteral("Input"), QStringLiteral("Output"));
        const Sound sound = tone(440.0, 0.5, 1.0, 2);
        view.setSounds(sound, sound, 0.0, {});
        QVERIFY(ready(view));
        QCOMPARE(view.accessibleName(), QStringLiteral("Difference, Output − Input, none"));
        view.setSounds(sound, tone(440.0, 0.5, 2.0), 0.0, {}); // not as long: nothing to compare
        QVERIFY(ready(view));
        QVERIFY(view.hoverText(view.plot().center()).isEmpty());
        view.setSounds(nullptr, nullptr, 0.0, {});
        view.hide();
        transformsElsewhere = 0;
        view.setSounds(sound, sound, 0.0, {});
        QTest::qWait(20);
        QCOMPARE(transformsElsewhere.load(), 0); // nobody looks
        view.show();
        QVERIFY(ready(view));
        QVERIFY(transformsElsewhere > 0);
        const auto one = std::make_shared<AudioBuffer>(engine::AudioFormat{rate, 1}, 1);
        view.setSounds(one, one, 0.0, {});
        QVERIFY(ready(view));
    }

    // The limiter's trace

    void theTraceHangsAsDeepAsItIs()
    {
        auto trace = std::make_shared<engine::pipeline::LimiterTrace>();
        trace->firstFrame = rate; // the window begins at 1 s
        constexpr int hop = engine::dsp::GainReduction::hopFrames;
        constexpr int hops = 4 * rate / hop;
        for (int i = 0; i < hops; ++i) // 6 dB from 1 to 2 s of the window
            trace->reduction.db.push_back(i * hop >= rate && i * hop < 2 * rate ? 6.0F : 0.0F);
        trace->reduction.db[3 * rate / hop] = 3.0F; // one hop alone
        GainReductionView view;
        open(view, {1076, 300});
        view.setTrace(trace, rate, 1.0, 4.0);
        QVERIFY(ready(view));
        QCOMPARE(view.shownX(), (AxisRange{0.0, 4.0}));
        QCOMPARE(view.shownY(), (AxisRange{-12.0, 0.0}));
        const QRgb line = Theme::shared().colour("stage.limiter").rgb();
        const QImage image = view.picture(1.0);
        const auto lineAt = [&](double seconds) { // the lowest pixel of the line
            const int x = inPicture({view.xOfSeconds(seconds), 0}, 1.0).x();
            for (int y = inPicture(view.plot().bottomLeft(), 1.0).y() - 30; y >= 0; --y)
                if (near(image.pixel(x, y), line, 90))
                    return y - Theme::shared().number("size.visualizer_toolbar");
            return -1.0;
        };
        QVERIFY(std::abs(lineAt(1.5) - view.yOfReduction(6.0)) <= 2.0);
        QVERIFY(std::abs(lineAt(0.5) - view.yOfReduction(0.0)) <= 2.0);
        QVERIFY(lineAt(3.0 + 0.5 * hop / rate) > view.yOfReduction(2.0)); // a lone hop survives
        QCOMPARE(view.hoverText({view.xOfSeconds(1.5), 10}),
                 QStringList({QStringLiteral("2.500 s"), QStringLiteral("−6.0 dB")}));
        QCOMPARE(view.accessibleName(), QStringLiteral("Gain reduction, most −6.0 dB"));
        QSignalSpy seek(&view, &PlotView::seekRequested);
        QTest::mouseClick(&view, Qt::LeftButton, {}, QPoint(qRound(view.xOfSeconds(2.0)), 50));
        QVERIFY(std::abs(seek[0][0].toDouble() - 3.0) < 0.01);
        view.setLimiterOn(false);
        QCOMPARE(view.accessibleName(), QStringLiteral("Gain reduction, limiter off"));
        auto deep = std::make_shared<engine::pipeline::LimiterTrace>(*trace);
        deep->reduction.db[300] = 15.0F;
        view.setLimiterOn(true);
        view.setTrace(deep, rate, 1.0, 4.0);
        QCOMPARE(view.shownY(), (AxisRange{-24.0, 0.0}));
        view.setTrace(nullptr, rate, 1.0, 4.0);
        QVERIFY(view.hoverText(view.plot().center()).isEmpty());
    }
    void aLaneSharesTheTimeAxis()
    {
        SpectrogramView above;
        GainReductionView lane;
        lane.setLane(true);
        open(above, {900, 300});
        open(lane, {900, 88});
        connect(&above, &PlotView::shownXChanged, &lane, &PlotView::showX);
        connect(&lane, &PlotView::shownXChanged, &above, &PlotView::showX);
        const Sound sound = tone(440.0, 0.5, 4.0);
        auto trace = std::make_shared<engine::pipeline::LimiterTrace>();
        trace->reduction.db.assign(800, 1.0F);
        lane.setTrace(trace, rate, 0.0, 4.0);
        above.setSpectrogram(computeSpectrogram(*sound), 0.0);
        QCOMPARE(above.plot().left(), lane.plot().left());
        QCOMPARE(above.plot().right(), lane.plot().right());
        above.showRanges({1.0, 2.0}, above.shownY());
        QCOMPARE(lane.shownX(), (AxisRange{1.0, 2.0}));
        lane.zoomAt(lane.plot().center(), 0.5, 1.0);
        QCOMPARE(above.shownX(), (AxisRange{1.25, 1.75}));
        lane.showAll();
        QCOMPARE(above.shownX(), (AxisRange{0.0, 4.0}));
    }

    // The window's thread

    void noTransformRunsOnTheWindowsThread()
    {
        auto left = tone(440.0, 0.5, 10.0, 2);
        auto right = tone(660.0, 0.25, 10.0, 2);
        SpectrogramView spectrogram;
        DifferenceView difference;
        SpectrumView spectrum;
        auto whole = std::async(std::launch::async, [&] { return computeSpectrogram(*left); });
        for (PlotView *view :
             std::initializer_list<PlotView *>{&spectrogram, &difference, &spectrum})
            open(*view, {700, 300});
        spectrogram.setSound(left, {});
        spectrogram.setSpectrogram(whole.get(), 0.0);
        difference.setSounds(left, right, 0.0, {});
        spectrum.setSounds(left, right, 0.0);
        spectrum.setPeakHoldShown(true);
        QVERIFY(ready(spectrogram) && ready(difference) && ready(spectrum));
        spectrum.setMoment(SpectrumMoment::Playhead);
        for (int i = 0; i < 20; ++i) {
            const double from = 0.2 * i;
            spectrogram.showRanges({from, from + 0.3}, spectrogram.shownY());
            difference.showRanges({from, from + 0.3}, difference.shownY());
            spectrum.setPlayhead(from);
            QTest::qWait(10);
        }
        QVERIFY(ready(spectrogram) && ready(difference) && ready(spectrum));
        QCOMPARE(transformsHere.load(), 0);
        QVERIFY2(transformsElsewhere > 1000, qPrintable(QString::number(transformsElsewhere)));
        (void)spectrumAt(*left, 1.0); // and it would be seen
        QCOMPARE(transformsHere.load(), 2);
    }
};

QD_TEST(TestCloseViews, QApplication)
#include "TestCloseViews.moc"
