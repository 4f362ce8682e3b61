// SPDX-License-Identifier: GPL-3.0-or-later
//
// quantum-distortion --plot as its user meets it, on a machine without a display: which files come,
// what their pixels and numbers say about a known sound, and how it ends.

#include "tests/support/RenderFixture.h"
#include "tests/support/TestProgram.h"
#include "tests/widgets/VisualizerFixture.h"
#include "widgets/views/SpectrogramView.h"

#include <QImage>

using tests::Outcome;

namespace {

constexpr double toneHz = 1000.0;

Outcome plot(const std::vector<std::string> &arguments, const char *locale = "C.UTF-8")
{
    tests::ProgramOptions options;
    options.environment = {{"LC_ALL", locale}, {"LANG", locale}};
    options.inChild = [] {
        for (const char *name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "LANGUAGE"})
            unsetenv(name);
    };
    return tests::runProgram(QD_WORKSTATION_PROGRAM, arguments, options);
}

/// The numbers of a CSV file's rows, without its head.
std::vector<std::vector<double>> numbersOf(const std::string &text)
{
    std::vector<std::vector<double>> rows;
    const QStringList lines = QString::fromStdString(text).split(u'\n', Qt::SkipEmptyParts);
    for (const QString &line : lines.mid(1)) {
        std::vector<double> row;
        for (const QString &cell : line.split(u','))
            row.push_back(cell.toDouble());
        rows.push_back(std::move(row));
    }
    return rows;
}

int brightness(QRgb pixel)
{
    return qRed(pixel) + qGreen(pixel) + qBlue(pixel);
}

} // namespace

class TestPlotCommand final : public tests::RenderFixture {
    Q_OBJECT

    void makeTone(const char *name) const
    {
        tests::writeSound(in(name), SF_FORMAT_WAV | SF_FORMAT_FLOAT,
                          *tests::tone(toneHz, 0.5, 3.0, 2));
    }
    std::vector<std::string> pictures() const
    {
        std::vector<std::string> names;
        std::error_code none;
        for (const auto &entry :
             std::filesystem::directory_iterator(folder_ / "pictures" / "deep", none))
            names.push_back(entry.path().filename().string());
        std::sort(names.begin(), names.end());
        return names;
    }

private slots:
    void writesEveryView_data()
    {
        QTest::addColumn<std::string>("format");
        QTest::addColumn<std::string>("magic");
        QTest::newRow("png") << std::string("png") << std::string("\x89PNG");
        QTest::newRow("svg") << std::string("svg") << std::string("<?xml");
        QTest::newRow("pdf") << std::string("pdf") << std::string("%PDF-");
    }

    void writesEveryView()
    {
        QFETCH(std::string, format);
        QFETCH(std::string, magic);
        makeTone("tone.wav");
        const Outcome outcome =
            plot({"--plot", "all", "--plot-dir", in("pictures/deep"), "--plot-format", format,
                  "--plot-size", "640x400", "--fold-amount", "4", in("tone.wav")});
        QCOMPARE(outcome.err, std::string());
        QCOMPARE(outcome.exitCode, 0);
        std::vector<std::string> expected;
        std::string told;
        for (const char *view : {"spectrogram", "quantization", "quantization-chain", "spectrum",
                                 "spectrum-difference", "scope", "phase", "waveform", "difference",
                                 "gain-reduction"}) {
            expected.push_back("tone." + std::string(view) + "." + format);
            told += in("pictures/deep") + "/" + expected.back() + "\n";
            const std::string bytes = tests::readText(folder_ / "pictures/deep" / expected.back());
            QVERIFY2(bytes.starts_with(magic), view);
            if (format == "png")
                QCOMPARE(QImage::fromData(QByteArray::fromStdString(bytes)).size(),
                         QSize(1280, 800));
        }
        QCOMPARE(outcome.out, told);
        std::sort(expected.begin(), expected.end());
        QVERIFY(pictures() == expected);
    }

    /// The tone is the brightest row of the spectrogram, at the height that its frequency has.
    void aToneIsWhereItsFrequencyIs()
    {
        makeTone("tone.wav");
        QCOMPARE(plot({"--plot", "spectrogram", "--plot-dir", in("p"), "--plot-tap", "input",
                       in("tone.wav")})
                     .exitCode,
                 0);
        const QImage image(QString::fromStdString(in("p/tone.spectrogram.png")));
        QCOMPARE(image.size(), QSize(2880, 1440));
        widgets::SpectrogramView view;
        view.resize(1440 - 24, 720 - 76);
        const QRectF place = view.plot();
        // 32 Hz at the bottom, 16 kHz at the top, octaves of one height.
        const double part = std::log2(toneHz / 32.0) / std::log2(16000.0 / 32.0);
        const double y = place.bottom() - part * place.height();
        for (const double share : {0.25, 0.45, 0.8}) {
            const double x = place.left() + share * place.width();
            const QPoint centre = tests::inPicture({x, y}, 2.0);
            int brightest = 0;
            for (int row = tests::inPicture(place.topLeft(), 2.0).y();
                 row < tests::inPicture(place.bottomLeft(), 2.0).y(); ++row)
                if (brightness(image.pixel(centre.x(), row)) >
                    brightness(image.pixel(centre.x(), brightest)))
                    brightest = row;
            QVERIFY2(std::abs(brightest - centre.y()) <= 3,
                     qPrintable(QString("%1 %2").arg(brightest).arg(centre.y())));
            const double octave = place.height() / std::log2(16000.0 / 32.0);
            const QPoint above = tests::inPicture({x, y - octave * 0.7}, 2.0);
            QVERIFY(brightness(image.pixel(above)) < brightness(image.pixel(centre)) / 3);
        }
    }

    /// The numbers are the samples that the render program writes for the same settings.
    void valuesAreThoseOfTheRender()
    {
        makeInput("in.wav", 2, 60000);
        const std::vector<std::string> settings{"--key", "F", "--fold-amount", "5", "--preview=1"};
        std::vector<std::string> rendering{"--bit-depth", "32f", in("in.wav"), in("out.wav")};
        rendering.insert(rendering.end(), settings.begin(), settings.end());
        QCOMPARE(tests::runRender(rendering).exitCode, 0);
        const engine::AudioBuffer truth = tests::readSound(in("out.wav"));
        std::vector<std::string> plotting{"--plot",    "phase", "--plot-dir",    in("p"),
                                          "--plot-at", "0.5",   "--plot-values", in("in.wav")};
        plotting.insert(plotting.end(), settings.begin(), settings.end());
        const Outcome outcome = plot(plotting);
        QCOMPARE(outcome.err, std::string());
        QCOMPARE(outcome.out, in("p/in.phase.png") + "\n" + in("p/in.phase.csv") + "\n");
        const auto rows = numbersOf(tests::readText(in("p/in.phase.csv")));
        QCOMPARE(rows.size(), std::size_t{4410});
        for (const auto &row : rows) {
            const auto frame = static_cast<std::size_t>(std::lround(row.at(0) * 44100.0));
            for (int c = 0; c < 2; ++c)
                QVERIFY(std::abs(row.at(static_cast<std::size_t>(c) + 1) -
                                 static_cast<double>(truth.channel(c)[frame])) < 1e-6);
        }
    }

    void monoMixesDown()
    {
        makeInput("in.wav", 2, 60000);
        QCOMPARE(plot({"--plot", "scope", "--plot-dir", in("p"), "--plot-values", "--mono",
                       "--plot-tap", "input", in("in.wav")})
                     .exitCode,
                 0);
        const std::string head = tests::readText(in("p/in.scope.csv"));
        QVERIFY(head.starts_with("Time (ms),Value (full scale)\n"));
    }

    void sameBytesInAGermanLocale()
    {
        makeTone("tone.wav");
        for (const char *format : {"png", "svg"}) {
            for (const auto &[folder, locale] :
                 {std::pair("english", "C.UTF-8"), {"german", "de_DE.UTF-8"}}) {
                const Outcome outcome =
                    plot({"--plot", "all", "--plot-dir", in(folder), "--plot-format", format,
                          "--plot-values", "--force", "--plot-size", "640x400", in("tone.wav")},
                         locale);
                QCOMPARE(outcome.exitCode, 0);
            }
            int compared = 0;
            for (const auto &entry : std::filesystem::directory_iterator(in("english"))) {
                const auto other = folder_ / "german" / entry.path().filename();
                QVERIFY2(tests::readText(entry.path()) == tests::readText(other),
                         entry.path().c_str());
                ++compared;
            }
            QVERIFY(compared >= 16);
        }
    }

    void replacesOnlyWithForce()
    {
        makeTone("tone.wav");
        const std::vector<std::string> line{"--plot",      "scope,phase", "--plot-dir",  in("p"),
                                            "--plot-size", "320x240",     in("tone.wav")};
        std::filesystem::create_directory(in("p"));
        tests::writeText(in("p/tone.phase.png"), "mine");
        const Outcome refused = plot(line);
        QCOMPARE(refused.exitCode, 73);
        QVERIFY(has(refused.err, "tone.phase.png"));
        QCOMPARE(tests::readText(in("p/tone.phase.png")), std::string("mine"));
        QVERIFY(!std::filesystem::exists(in("p/tone.scope.png")));
        auto forced = line;
        forced.emplace_back("--force");
        QCOMPARE(plot(forced).exitCode, 0);
        QVERIFY(tests::readText(in("p/tone.phase.png")).starts_with("\x89PNG"));
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<std::vector<std::string>>("arguments");
        QTest::addColumn<int>("code");
        QTest::addColumn<std::string>("word");
        const auto row = [](const char *name, std::vector<std::string> arguments, int code,
                            std::string word) {
            QTest::newRow(name) << std::move(arguments) << code << std::move(word);
        };
        const std::vector<std::string> usual{"--plot", "spectrum", "--plot-dir", "new", "tone.wav"};
        const auto with = [&](std::initializer_list<std::string> more) {
            std::vector<std::string> all = usual;
            all.insert(all.end(), more);
            return all;
        };
        row("unknown view", {"--plot", "spectrum,heatmap", "--plot-dir", "new", "tone.wav"}, 64,
            "\"heatmap\" is not one of: all, spectrogram, quantization, quantization-chain, "
            "spectrum, spectrum-difference, scope, phase, waveform, difference, gain-reduction");
        row("no folder", {"--plot", "spectrum", "tone.wav"}, 64, "--plot-dir");
        row("no view", {"--plot-dir", "new", "tone.wav"}, 64, "--plot");
        row("no file", {"--plot", "spectrum", "--plot-dir", "new"}, 64, "FILE is missing");
        row("format", with({"--plot-format", "gif"}), 64, "png, svg, pdf");
        row("size", with({"--plot-size", "10x10"}), 64, "1440x720");
        row("size without cross", with({"--plot-size", "1440"}), 64, "1440x720");
        row("theme", with({"--plot-theme", "pink"}), 64, "dark, light");
        row("tap", with({"--plot-tap", "middle"}), 64, "post_dist");
        row("parameter", with({"--fold-amount", "99"}), 64, "--fold-amount");
        row("render flag", with({"--bit-depth", "16"}), 64, "--bit-depth");
        row("begins late", with({"--preview-start", "99"}), 64, "begins at 99 s");
        row("no such file", {"--plot", "spectrum", "--plot-dir", "new", "none.wav"}, 66,
            "none.wav");
        row("no sound", {"--plot", "spectrum", "--plot-dir", "new", "text.wav"}, 65, "text.wav");
        row("folder is a file", {"--plot", "spectrum", "--plot-dir", "text.wav/p", "tone.wav"}, 73,
            "could not be made");
    }

    void saysWhatIsWrong()
    {
        QFETCH(std::vector<std::string>, arguments);
        QFETCH(int, code);
        QFETCH(std::string, word);
        makeTone("tone.wav");
        tests::writeText(in("text.wav"), "this is no sound, but text of some length");
        const auto before = filesLeft();
        for (std::string &argument : arguments)
            if (argument == "new" || argument.find(".wav") != std::string::npos)
                argument = in(argument.c_str());
        const Outcome outcome = plot(arguments);
        QCOMPARE(outcome.exitCode, code);
        QVERIFY2(has(outcome.err, word), outcome.err.c_str());
        QCOMPARE(lines(outcome.err), 1);
        QCOMPARE(outcome.out, std::string());
        QVERIFY(filesLeft() == before);
    }

    void helpNeedsNoDisplay()
    {
        const Outcome brief = plot({"--help"});
        QCOMPARE(brief.exitCode, 0);
        QVERIFY(has(brief.out, "--plot <LIST>") && has(brief.out, "--plot-dir <DIR>"));
        const Outcome full = plot({"--plot", "all", "--help"});
        QCOMPARE(full.exitCode, 0);
        for (const char *word : {"--plot-values", "--fold-amount", "--preview", "gain-reduction"})
            QVERIFY2(has(full.out, word), word);
        QVERIFY(!has(full.out, "--bit-depth"));
    }
};

QD_TEST(TestPlotCommand, QApplication)
#include "TestPlotCommand.moc"
