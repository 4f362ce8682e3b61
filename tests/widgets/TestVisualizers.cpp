// SPDX-License-Identifier: GPL-3.0-or-later
//
// The pictures tell the truth, pixel by pixel: a tone lights the place of its time and frequency in
// the colour of its level, no line gets lost, lines of the key lie where its notes are, and words
// and numbers are those of the sound.
#include "engine/base/Units.h"
#include "tests/support/TestProgram.h"
#include "tests/widgets/VisualizerFixture.h"
#include "widgets/views/InKeyLines.h"
#include "widgets/views/PhaseView.h"
#include "widgets/views/ScopeView.h"
#include "widgets/views/SpectrogramPicture.h"
#include "widgets/views/SpectrogramView.h"
#include "widgets/views/SpectrumView.h"

#include <QApplication>
#include <QClipboard>
#include <QImageReader>
#include <QTemporaryDir>

using namespace widgets;
using namespace engine::analysis;
using namespace tests;
using engine::AudioBuffer;

class TestVisualizers final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QLocale::setDefault(QLocale::c());
        Theme::shared().setMode(Theme::Mode::Dark);
    }

    // Pixels

    void aToneLightsItsPlaceInItsColour_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::addColumn<int>("map");
        QTest::addColumn<double>("ratio");
        for (const bool dark : {true, false})
            for (const ColourMap map : allColourMaps)
                for (const double ratio : {1.0, 2.0})
                    QTest::addRow("%s %s %g", dark ? "dark" : "light", colourMapKey(map), ratio)
                        << dark << static_cast<int>(map) << ratio;
    }
    void aToneLightsItsPlaceInItsColour()
    {
        QFETCH(bool, dark);
        QFETCH(int, map);
        QFETCH(double, ratio);
        Theme::shared().setMode(dark ? Theme::Mode::Dark : Theme::Mode::Light);
        const auto colours = static_cast<ColourMap>(map);
        SpectrogramView view;
        open(view);
        view.setInKeyLines(false);
        view.setColourMap(colours);
        view.setSpectrogram(
            computeSpectrogram(*tone(832.0, engine::gainFromDb(-20.0), 2.0, 1, 0.8, 1.2)), 0.0);
        const QImage image = view.picture(ratio);
        const ColourTable table = colourTable(colours);
        const auto at = [&](double seconds, double hz) {
            return image.pixel(inPicture({view.xOfSeconds(seconds), view.yOfHz(hz)}, ratio));
        };
        QVERIFY(near(at(1.0, 832.0), colourOf(-20.0, SpectrogramView::defaultDb, table), 6));
        const QRgb quiet = colourOf(-66.0, SpectrogramView::defaultDb, table);
        QVERIFY(near(at(0.6, 832.0), quiet));
        QVERIFY(near(at(1.4, 832.0), quiet));
        QVERIFY(near(at(1.0, 600.0), quiet));
        QVERIFY(near(at(1.0, 1100.0), quiet));
        // The brightest pixel of the column is the tone's.
        const int x = inPicture({view.xOfSeconds(1.0), 0}, ratio).x();
        const QRgb loud = at(1.0, 832.0);
        double sum = 0.0;
        int count = 0;
        for (int y = inPicture(view.plot().topLeft(), ratio).y();
             y < inPicture(view.plot().bottomLeft(), ratio).y(); ++y)
            if (near(image.pixel(x, y), loud, 1)) {
                sum += y + 0.5;
                ++count;
            }
        const double wanted =
            (view.yOfHz(832.0) + Theme::shared().number("size.visualizer_toolbar")) * ratio;
        QVERIFY(count > 0 && std::abs(sum / count - wanted) < 1.0);
        Theme::shared().setMode(Theme::Mode::Dark);
    }
    void noRowAndNoColumnIsLost()
    {
        const ColourTable table = colourTable(ColourMap::Ember);
        constexpr int width = 61;
        constexpr int height = 97;
        SpectrogramPictureRequest request;
        request.pixels = {width, height};
        request.seconds = {0.0, 1.0};
        request.db = SpectrogramView::defaultDb;
        request.colours = table;
        const QRgb loud = colourOf(-10.0, request.db, table);
        for (int row = 0; row < 1290; row += 7) {
            const int column = row % 500;
            request.spectrogram = cells(500, {{row, column}});
            const LogAxis &axis = request.spectrogram->axis();
            request.octaves = {octavesOfHz(axis.hz(-0.5)), octavesOfHz(axis.hz(axis.rows - 0.5))};
            const QImage image = drawSpectrogram(request);
            QPoint found;
            int lit = 0;
            for (int y = 0; y < height; ++y)
                for (int x = 0; x < width; ++x)
                    if (image.pixel(x, y) == loud) {
                        found = {x, y};
                        ++lit;
                    }
            QCOMPARE(lit, 1);
            const double y = toPixel(octavesOfHz(axis.hz(row)), request.octaves, height, 0);
            const double x = (column + 0.5) / 500.0 * width;
            QVERIFY(std::abs(found.y() + 0.5 - y) <= 0.5 + 0.5 * height / axis.rows);
            QVERIFY(std::abs(found.x() + 0.5 - x) <= 0.5 + 0.5 * width / 500.0);
        }
    }
    void betweenCellsLevelsGoOver()
    {
        SpectrogramPictureRequest request;
        request.spectrogram = cells(4, {{600, 1}});
        request.pixels = {4, 41};
        request.seconds = {0.0, 1.0};
        request.db = {-100.0, 0.0};
        request.colours = colourTable(ColourMap::Grey);
        const LogAxis &axis = request.spectrogram->axis();
        request.octaves = {octavesOfHz(axis.hz(598)), octavesOfHz(axis.hz(602))};
        const QImage image = drawSpectrogram(request);
        int before = -1;
        for (int y = 10; y <= 20; ++y) { // from the row above to the lit one
            const int grey = qGreen(image.pixel(1, y));
            QVERIFY(grey >= before);
            before = grey;
        }
        QCOMPARE(image.pixel(1, 20), colourOf(-10.0, request.db, request.colours));
        QCOMPARE(image.pixel(1, 0), colourOf(-100.0, request.db, request.colours));
    }
    void linesOfTheKeyLieAtTheirNotes()
    {
        SpectrogramView view;
        open(view, {600, 400});
        view.setSpectrogram(cells(10, {{0, 0}}), 0.0);
        const auto changedRows = [&] {
            view.setInKeyLines(true);
            const QImage with = view.picture(1.0);
            view.setInKeyLines(false);
            const QImage without = view.picture(1.0);
            const int x = inPicture(view.plot().center(), 1.0).x();
            std::vector<int> rows;
            for (int y = 0; y < with.height(); ++y)
                if (with.pixel(x, y) != without.pixel(x, y))
                    rows.push_back(y);
            return rows;
        };
        const auto wantedRows = [&](bool every) {
            std::vector<int> rows;
            for (const InKeyNote &note : inKeyNotes(fMinor(), hzOfOctaves(view.shownY().low),
                                                    hzOfOctaves(view.shownY().high)))
                if (every || note.root)
                    rows.insert(rows.begin(), inPicture({0.0, view.yOfHz(note.hz)}, 1.0).y());
            return rows;
        };
        QVERIFY(!everyNoteShown(view.plot().height() / (12 * view.shownY().span())));
        QCOMPARE(changedRows(), wantedRows(false)); // F1 … F9
        QCOMPARE(changedRows().size(), std::size_t{9});
        view.showRanges(view.shownX(), {octavesOfHz(220.0), octavesOfHz(880.0)});
        QCOMPARE(changedRows(), wantedRows(true));
        QCOMPARE(changedRows().size(), std::size_t{14});
    }
    void linesOfTheKeyShowOnEveryMap()
    {
        // Contrast ratio of WCAG 2.1, of the root's line and the ground beside it.
        const auto luminance = [](QRgb colour) {
            const auto linear = [](double part) {
                return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
            };
            return 0.2126 * linear(qRed(colour) / 255.0) + 0.7152 * linear(qGreen(colour) / 255.0) +
                   0.0722 * linear(qBlue(colour) / 255.0);
        };
        for (const bool dark : {true, false}) {
            Theme::shared().setMode(dark ? Theme::Mode::Dark : Theme::Mode::Light);
            for (const ColourMap map : allColourMaps) {
                SpectrogramView view;
                open(view, {600, 400});
                view.setColourMap(map);
                view.setSpectrogram(cells(10, {{0, 0}}), 0.0);
                const QImage image = view.picture(1.0);
                const QPoint line = inPicture({view.plot().center().x(), view.yOfHz(698.456)}, 1.0);
                const double one = luminance(image.pixel(line)) + 0.05;
                const double other = luminance(image.pixel(line + QPoint(0, 4))) + 0.05;
                const double contrast = std::max(one / other, other / one);
                QVERIFY2(contrast > 1.8, qPrintable(QStringLiteral("%1 on %2 (%3): %4")
                                                        .arg("a line", colourMapKey(map))
                                                        .arg(dark)
                                                        .arg(contrast)));
            }
        }
        Theme::shared().setMode(Theme::Mode::Dark);
    }
    void aSpectrumsPeakLiesAtItsPlace()
    {
        SpectrumView view;
        open(view);
        view.setInKeyLines(false);
        view.setSpectrum(spectrumAt(*tone(1000.0, engine::gainFromDb(-12.0)), 0.5));
        const QImage image = view.picture(2.0);
        const QRgb line = Theme::shared().colour("stage.distortion").rgb();
        const QPoint top = inPicture({view.xOfHz(1000.0), view.yOfDb(-12.0)}, 2.0);
        QVERIFY(near(image.pixel(top), line, 40) ||
                near(image.pixel(top.x(), top.y() + 1), line, 40));
        QVERIFY(!near(image.pixel(top.x(), top.y() - 6), line, 60));
        QVERIFY(!near(image.pixel(top.x() + 40, top.y()), line, 60));
    }

    // Words

    void theHoverTellsTimeNoteAndLevel()
    {
        SpectrogramView view;
        open(view, {1076, 400});
        view.setSpectrogram(computeSpectrogram(*tone(832.0, engine::gainFromDb(-21.4), 10.0)), 0.0);
        const QStringList words =
            view.hoverText({view.xOfSeconds(6.55), view.yOfHz(832.0 * std::exp2(20.0 / 1200))});
        QCOMPARE(words.size(), 4);
        QCOMPARE(words[0], QStringLiteral("6.550 s"));
        QVERIFY(words[1].endsWith(QStringLiteral(" Hz")));
        const double hz = words[1].chopped(3).toDouble();
        QVERIFY2(std::abs(1200.0 * std::log2(hz / 832.0)) < 1.0, qPrintable(words[1]));
        QCOMPARE(words[2], QStringLiteral("A♭5 +3 ¢"));
        QCOMPARE(words[3], QStringLiteral("−21.4 dB"));
    }
    void theHoverOfASpectrumComparesWithTheInput()
    {
        SpectrumView view;
        open(view, {1076, 400});
        view.setSpectrum(spectrumAt(*tone(440.0, engine::gainFromDb(-12.0)), 0.5));
        view.setInput(spectrumAt(*tone(440.0, engine::gainFromDb(-18.0)), 0.5));
        const QStringList words = view.hoverText({view.xOfHz(441.0), 100.0});
        QCOMPARE(words, QStringList({QStringLiteral("440.0 Hz"), QStringLiteral("A4 0 ¢"),
                                     QStringLiteral("After Distortion"), QStringLiteral("−12.0 dB"),
                                     QStringLiteral("Input"), QStringLiteral("−18.0 dB"),
                                     QStringLiteral("Difference"), QStringLiteral("+6.0 dB")}));
    }
    void notesAreSpelledForTheKey()
    {
        QCOMPARE(noteAndCentsText(440.0, fMinor()), QStringLiteral("A4 0 ¢"));
        QCOMPARE(noteAndCentsText(830.0, fMinor()), QStringLiteral("A♭5 −1 ¢"));
        engine::dsp::Scale eMajor;
        eMajor.rootPitchClass = 4;
        eMajor.kind = engine::dsp::ScaleKind::Major;
        QCOMPARE(noteAndCentsText(830.61, eMajor), QStringLiteral("G♯5 0 ¢"));
        QCOMPARE(noteText(0, eMajor), QStringLiteral("C−1"));
        QCOMPARE(frequencyText(999.94), QStringLiteral("999.9 Hz"));
        QCOMPARE(frequencyText(5003.4), QStringLiteral("5.003 kHz"));
    }
    void whoeverListensHearsWhatIsShown()
    {
        SpectrogramView view;
        open(view);
        view.setSpectrogram(computeSpectrogram(*tone(43.65, 0.5, 2.0)), 0.0);
        QCOMPARE(view.accessibleName(),
                 QStringLiteral("Spectrogram, After Distortion, 2 s, strongest F1"));
        view.setSpectrogram(computeSpectrogram(*tone(43.65, 0.0, 2.0)), 0.0);
        QCOMPARE(view.accessibleName(), QStringLiteral("Spectrogram, After Distortion, silence"));
    }

    // Scope and phase

    void theScopeBeginsWhereTheWaveRises()
    {
        ScopeView view;
        open(view);
        const Sound sound = tone(100.0, 0.7);
        view.setSound(sound, 2.0);
        view.setPlayhead(2.5034);
        QVERIFY(ready(view));
        const double period = rate / 100.0;
        const double phase = std::remainder(view.originFrame(), period);
        QVERIFY2(std::abs(phase) < 0.01, qPrintable(QString::number(phase)));
        const double crest = 2.5; // a quarter of 10 ms
        const QStringList words = view.hoverText({view.xAt(crest), 10.0});
        QCOMPARE(words[0], QStringLiteral("2.50 ms"));
        QCOMPARE(words[2], QStringLiteral("+0.700"));
        QCOMPARE(words[3], QStringLiteral("−3.1 dBFS"));
    }
    void correlationOfKnownSounds()
    {
        PhaseView view;
        open(view);
        const auto reading = [&](double leftHz, double rightHz, double rightGain) {
            auto sound = tone(leftHz, 0.5, 1.0, 2);
            const Sound right = tone(rightHz, 0.5 * rightGain);
            std::ranges::copy(right->channel(0), sound->channel(1).begin());
            view.setSound(sound, 0.0);
            view.setPlayhead(0.5);
            return ready(view) ? view.shownCorrelation() : std::nullopt;
        };
        QVERIFY(std::abs(*reading(440, 440, 0.5) - 1.0) < 1e-6);
        QVERIFY(std::abs(*reading(440, 440, -1.0) + 1.0) < 1e-6);
        QVERIFY(std::abs(*reading(400, 600, 1.0)) < 0.01);
        QVERIFY(!reading(440, 440, 0.0));
        QVERIFY(!view.isMono());
        view.setSound(tone(440, 0.5), 0.0);
        QVERIFY(ready(view));
        QVERIFY(view.isMono());
        // Mono is a vertical line: all that is lit lies at the middle.
        const QImage image = view.picture(1.0);
        const QRgb accent = Theme::shared().colour("stage.distortion").rgb();
        for (const double side : {-0.2, 0.2})
            QVERIFY(
                !near(image.pixel(inPicture({view.xAt(side), view.yAt(0.1)}, 1.0)), accent, 60));
    }

    // States

    /// Before the first picture there is the plot's ground everywhere, and nothing of what lay in
    /// the memory before.
    void withoutAPictureTheGroundIsSeen()
    {
        ScopeView view;
        open(view);
        const QImage image = view.grab().toImage();
        const QRgb ground = Theme::shared().colour("ground.plot").rgb();
        for (const double ms : {0.3, 0.6, 3.0, 20.0})
            for (const double height : {0.3, 0.7, -0.3})
                QVERIFY(near(image.pixel(qRound(view.xAt(ms)), qRound(view.yAt(height))), ground));
    }
    void nothingSilenceMonoAndOneSample_data()
    {
        QTest::addColumn<int>("channels");
        QTest::addColumn<int>("frames");
        QTest::addColumn<double>("amplitude");
        QTest::newRow("empty") << 1 << 0 << 0.0;
        QTest::newRow("one sample") << 1 << 1 << 1.0;
        QTest::newRow("silence") << 2 << 4800 << 0.0;
        QTest::newRow("mono") << 1 << 4800 << 0.5;
        QTest::newRow("eight channels") << 8 << 4800 << 0.5;
    }
    void nothingSilenceMonoAndOneSample()
    {
        QFETCH(int, channels);
        QFETCH(int, frames);
        QFETCH(double, amplitude);
        auto sound = std::make_shared<AudioBuffer>(engine::AudioFormat{rate, channels}, frames);
        for (int c = 0; c < channels; ++c)
            for (int i = 0; i < frames; ++i)
                sound->channel(c)[static_cast<std::size_t>(i)] =
                    static_cast<float>(amplitude * std::cos(i * 0.1));
        SpectrogramView spectrogram;
        SpectrumView spectrum;
        ScopeView scope;
        PhaseView phase;
        for (PlotView *view :
             std::initializer_list<PlotView *>{&spectrogram, &spectrum, &scope, &phase}) {
            view->resize(500, 200);
            view->setTitle(QStringLiteral("Output"), "stage.output");
            QVERIFY(!view->picture(1.0).isNull()); // nothing set
            QVERIFY(view->hoverText(view->plot().center()).isEmpty());
        }
        spectrogram.setSpectrogram(computeSpectrogram(*sound), 0.0);
        spectrum.setSpectrum(spectrumAt(*sound, 0.0));
        scope.setSound(sound, 0.0);
        phase.setSound(sound, 0.0);
        for (PlotView *view :
             std::initializer_list<PlotView *>{&spectrogram, &spectrum, &scope, &phase}) {
            view->show();
            QVERIFY(ready(*view));
            QVERIFY(!view->grab().isNull());
            (void)view->hoverText(view->plot().center());
            if (frames > 0 && amplitude == 0.0)
                QVERIFY2(view->accessibleName().contains(QStringLiteral("silence")),
                         qPrintable(view->accessibleName()));
            for (const QSize size : {QSize(1, 1), QSize(40, 30), QSize(186, 216)}) {
                view->resize(size);
                QVERIFY(!view->grab().isNull());
            }
        }
    }

    // Away

    void picturesAndValuesCanBeTaken()
    {
        QTemporaryDir folder;
        SpectrogramView view;
        open(view);
        view.setSpectrogram(computeSpectrogram(*tone(440.0, 0.5)), 1.0);
        const QString path = folder.filePath(QStringLiteral("picture.png"));
        QVERIFY(view.saveImage(path, 2.0));
        QCOMPARE(QImageReader(path).size(), view.picture(2.0).size());
        QVERIFY(QImageReader(path).size().width() > 2 * view.width());
        QVERIFY(!view.saveImage(folder.filePath(QStringLiteral("no/picture.png"))));
        view.copyImage();
        QVERIFY(!QApplication::clipboard()->image().isNull());

        const QStringList lines = view.valuesAsCsv().split(u'\n');
        const QStringList names = lines[0].split(u',');
        QCOMPARE(names[0], QStringLiteral("Time (s)"));
        const auto column = names.indexOf(QStringLiteral("A4 440.0 Hz (dB)"));
        QVERIFY(column > 0);
        const QStringList middle = lines[lines.size() / 2].split(u',');
        QVERIFY(std::abs(middle[0].toDouble() - 1.5) < 0.01);
        QVERIFY(std::abs(middle[column].toDouble() + 6.0) < 0.11);

        SpectrumView spectrum;
        spectrum.setSpectrum(spectrumAt(*tone(440.0, 0.5), 0.5));
        QVERIFY(
            spectrum.valuesAsCsv().startsWith(QStringLiteral("Frequency (Hz),Level (dB)\n20.00,")));
        ScopeView scope;
        scope.setSound(tone(440.0, 0.5), 0.0);
        QVERIFY(scope.valuesAsCsv().startsWith(
            QStringLiteral("Time (ms),Value (full scale)\n0.0000,0.000000\n")));
        PhaseView phase;
        phase.setSound(tone(440.0, 0.5), 0.0);
        QCOMPARE(phase.valuesAsCsv().count(u'\n'), 4801);
    }
};

QD_TEST(TestVisualizers, QApplication)
#include "TestVisualizers.moc"
