// SPDX-License-Identifier: GPL-3.0-or-later
//
// Pictures for documents: as curves and text they say the same as on the screen, at the places that
// the data has by calculation; files come complete or not at all.

#include "engine/analysis/Spectrum.h"
#include "tests/support/TestProgram.h"
#include "tests/widgets/VisualizerFixture.h"
#include "widgets/views/GainReductionView.h"
#include "widgets/views/PhaseView.h"
#include "widgets/views/ScopeView.h"
#include "widgets/views/SpectrogramView.h"
#include "widgets/views/SpectrumView.h"
#include "widgets/views/WaveformView.h"

#include <QDir>
#include <QImageReader>
#include <QRegularExpression>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QXmlStreamReader>

using tests::open;
using tests::ready;
using tests::tone;
using widgets::PictureFormat;

namespace {

/// What an SVG holds, at the places of the document.
struct Drawing {
    bool wellFormed = false;
    QSizeF viewBox;
    QString texts; ///< one a line
    std::vector<QPolygonF> lines;
    std::vector<QPolygonF> shapes; ///< what is filled
    int images = 0;
    QSize largestImage;
};

QTransform transformOf(const QString &text)
{
    static const QRegularExpression form(QStringLiteral("matrix\\(([^)]*)\\)"));
    const QStringList numbers = form.match(text).captured(1).split(u',');
    if (numbers.size() != 6)
        return {};
    const auto at = [&](int i) { return numbers[i].toDouble(); };
    return {at(0), at(1), at(2), at(3), at(4), at(5)};
}

QPolygonF pointsOf(const QString &text, const QTransform &transform)
{
    QPolygonF line;
    for (const QString &pair : text.split(u' ', Qt::SkipEmptyParts)) {
        const QStringList numbers = pair.split(u',');
        if (numbers.size() == 2)
            line << transform.map(QPointF(numbers[0].toDouble(), numbers[1].toDouble()));
    }
    return line;
}

/// A path of straight lines: "M1,2 L3,4".
QPolygonF pathOf(QString text, const QTransform &transform)
{
    return pointsOf(text.remove(u'M').remove(u'L').remove(u'Z'), transform);
}

Drawing read(const QByteArray &svg)
{
    Drawing drawing;
    QXmlStreamReader xml(svg);
    QList<QTransform> transforms{{}};
    while (!xml.atEnd()) {
        xml.readNext();
        if (xml.isEndElement())
            transforms.removeLast();
        if (!xml.isStartElement())
            continue;
        const auto attributes = xml.attributes();
        transforms << transformOf(attributes.value(QStringLiteral("transform")).toString()) *
                          transforms.last();
        const QTransform &here = transforms.last();
        const QStringView name = xml.name();
        if (name == QStringLiteral("svg")) {
            const QStringList box =
                attributes.value(QStringLiteral("viewBox")).toString().split(u' ');
            drawing.viewBox = {box.value(2).toDouble(), box.value(3).toDouble()};
        } else if (name == QStringLiteral("polyline")) {
            drawing.lines.push_back(
                pointsOf(attributes.value(QStringLiteral("points")).toString(), here));
        } else if (name == QStringLiteral("path")) {
            drawing.shapes.push_back(
                pathOf(attributes.value(QStringLiteral("d")).toString(), here));
        } else if (name == QStringLiteral("image")) {
            ++drawing.images;
            const QString data =
                attributes
                    .value(QStringLiteral("http://www.w3.org/1999/xlink"), QStringLiteral("href"))
                    .toString();
            const QImage image =
                QImage::fromData(QByteArray::fromBase64(data.section(u',', 1).toLatin1()));
            drawing.largestImage = drawing.largestImage.expandedTo(image.size());
        } else if (name == QStringLiteral("text")) {
            drawing.texts += xml.readElementText() + u'\n';
            transforms.removeLast();
        }
    }
    drawing.wellFormed = !xml.hasError();
    return drawing;
}

/// From a place of the view to one of the document.
QPointF onSheet(QPointF place)
{
    const widgets::Theme &theme = widgets::Theme::shared();
    return place + QPointF(theme.number("space.scale.x3"), theme.number("size.visualizer_toolbar"));
}

const QPolygonF &longest(const Drawing &drawing)
{
    return *std::max_element(drawing.lines.begin(), drawing.lines.end(),
                             [](const auto &a, const auto &b) { return a.size() < b.size(); });
}

} // namespace

class TestPictures final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QLocale::setDefault(QLocale::c());
        widgets::Theme::shared().setMode(widgets::Theme::Mode::Dark);
        widgets::Theme::shared().setReducedMotion(true);
    }

    /// Every point of the curve lies where level and frequency say, on axes that are calculated
    /// here: 20 Hz to 20 kHz in octaves, −90 to 0 dB.
    void aSpectrumInSvgIsItsCurve()
    {
        widgets::SpectrumView view;
        open(view);
        const auto sound = tone(1000.0, 0.5);
        const auto spectrum = engine::analysis::averageSpectrum(*sound);
        view.setSpectrum(spectrum);
        QVERIFY(ready(view));
        const Drawing drawing = read(view.pictureFile(PictureFormat::Svg));
        QVERIFY(drawing.wellFormed);
        QCOMPARE(drawing.viewBox, QSizeF(900 + 24, 400 + 76));
        QCOMPARE(drawing.images, 0);
        for (const char *text : {"Spectrum: After Distortion", "Hz", "dB", "20 kHz", "−36"})
            QVERIFY2(drawing.texts.contains(QString::fromUtf8(text)), qPrintable(drawing.texts));

        const QRectF place(onSheet(view.plot().topLeft()), view.plot().size());
        const QPolygonF &line = longest(drawing);
        QVERIFY(line.size() > place.width());
        const auto xOf = [&](double hz) {
            return place.left() + place.width() * std::log2(hz / 20.0) / std::log2(1000.0);
        };
        const auto yOf = [&](double db) { return place.top() - db / 90.0 * place.height(); };
        const auto top = std::min_element(line.begin(), line.end(),
                                          [](QPointF a, QPointF b) { return a.y() < b.y(); });
        QVERIFY(std::abs(top->x() - xOf(1000.0)) < 1.0);
        QVERIFY(std::abs(top->y() - yOf(20.0 * std::log10(0.5))) < 1.0);
        QVERIFY(std::abs(line.first().x() - place.left()) < 1.0);
        QVERIFY(std::abs(line.last().x() - place.right()) < 1.0);
        for (const double hz : {990.0, 996.0, 1004.0, 1010.0}) {
            const auto at = std::min_element(line.begin(), line.end(), [&](QPointF a, QPointF b) {
                return std::abs(a.x() - xOf(hz)) < std::abs(b.x() - xOf(hz));
            });
            // Within a pixel of the curve: between the levels a pixel to either side.
            const double octave = place.width() / std::log2(1000.0);
            double least = 0.0;
            double most = -200.0;
            for (double away = -1.0; away <= 1.0; away += 0.02) {
                const double level = spectrum->levelAt(hz * std::exp2(away / octave));
                least = std::min(least, level);
                most = std::max(most, level);
            }
            QVERIFY2(at->y() >= yOf(std::max(most, -96.0)) - 1.0 &&
                         at->y() <= yOf(std::max(least, -96.0)) + 1.0,
                     qPrintable(QString("%1 Hz: %2").arg(hz).arg(at->y())));
        }
    }

    /// The scope's points are the samples.
    void aScopeInSvgIsItsSamples()
    {
        widgets::ScopeView view;
        open(view);
        view.setTrigger(widgets::ScopeTrigger::Off);
        view.setSound(tone(100.0, 0.8), 0.0);
        view.setLengthMs(20.0);
        QVERIFY(ready(view));
        const Drawing drawing = read(view.pictureFile(PictureFormat::Svg));
        QVERIFY(drawing.texts.contains(QStringLiteral("time in ms")));
        const QRectF place(onSheet(view.plot().topLeft()), view.plot().size());
        int inside = 0;
        for (const QPointF &point : longest(drawing)) {
            const double ms = (point.x() - place.left()) / place.width() * 20.0;
            const double value = 0.8 * std::sin(2.0 * std::numbers::pi * 0.1 * ms);
            const double y = onSheet({0.0, view.yAt(value)}).y();
            QVERIFY2(std::abs(point.y() - y) < 0.5, qPrintable(QString::number(ms)));
            inside += ms >= 0.0 && ms <= 20.0 ? 1 : 0;
        }
        QCOMPARE(inside, 961);
    }

    /// What is drawn beyond the plot is not seen: SVG as Qt draws it back, beside the PNG.
    void svgLooksAsThePng()
    {
        widgets::ScopeView view;
        open(view);
        view.setSound(tone(100.0, 0.8), 0.0);
        view.showRanges({0.0, 20.0}, {-0.3, 0.3});
        QVERIFY(ready(view));
        const QImage png = view.picture(1.0);
        QSvgRenderer renderer(view.pictureFile(PictureFormat::Svg));
        QVERIFY(renderer.isValid());
        QImage svg(png.size(), QImage::Format_RGB32);
        svg.fill(Qt::red);
        QPainter painter(&svg);
        renderer.render(&painter);
        painter.end();
        int differing = 0;
        for (int y = 0; y < png.height(); ++y)
            for (int x = 0; x < png.width(); ++x)
                differing += tests::near(png.pixel(x, y), svg.pixel(x, y), 96) ? 0 : 1;
        QVERIFY2(differing < png.width() * png.height() / 50,
                 qPrintable(QString::number(differing)));
        // Beyond the plot's edge there is nothing of the wave.
        const int below = tests::inPicture(view.plot().bottomLeft(), 1.0).y() + 2;
        const QRgb panel = widgets::Theme::shared().colour("ground.panel").rgb();
        for (int x = tests::inPicture(view.plot().topLeft(), 1.0).x(); x < png.width() - 1; ++x)
            QVERIFY(tests::near(svg.pixel(x, below), panel));
    }

    void aSpectrogramIsEmbeddedAtTwice()
    {
        widgets::SpectrogramView view;
        open(view);
        view.setSpectrogram(engine::analysis::computeSpectrogram(*tone(440.0, 0.5)), 0.0);
        QVERIFY(ready(view));
        const Drawing drawing = read(view.pictureFile(PictureFormat::Svg));
        QVERIFY(drawing.wellFormed);
        QCOMPARE(drawing.largestImage, (view.plot().size() * 2.0).toSize());
        for (const char *text : {"Spectrogram: After Distortion", "time in s", "level in dB", "F4"})
            QVERIFY2(drawing.texts.contains(QString::fromUtf8(text)), qPrintable(drawing.texts));
    }

    void everyViewNamesItsUnits()
    {
        widgets::PhaseView phase;
        widgets::GainReductionView reduction;
        widgets::WaveformView waveform;
        waveform.resize(900, 400);
        for (widgets::PlotView *view :
             std::initializer_list<widgets::PlotView *>{&phase, &reduction})
            open(*view);
        phase.setSound(tone(440.0, 0.5, 1.0, 2), 0.0);
        waveform.setTitle(QStringLiteral("Output"), "stage.output");
        waveform.setSound(tone(440.0, 0.5, 1.0, 2), 0.0);
        QVERIFY(ready(phase));
        const auto textsOf = [](const widgets::PictureSource &view) {
            return read(view.pictureFile(PictureFormat::Svg)).texts;
        };
        QVERIFY(textsOf(phase).contains(QStringLiteral("full scale")));
        QVERIFY(textsOf(reduction).contains(QStringLiteral("gain in dB")));
        QVERIFY(textsOf(waveform).contains(QStringLiteral("Waveform: Output")));
        QVERIFY(textsOf(waveform).contains(QStringLiteral("time in s")));
    }

    /// Waves and phase are curves; there is nothing to enlarge until it is coarse.
    void wavesAndPhaseAreCurves()
    {
        widgets::WaveformView waveform;
        open(waveform);
        waveform.setSound(tone(5.0, 0.5, 1.0, 2), 0.0);
        const Drawing wave = read(waveform.pictureFile(PictureFormat::Svg));
        QCOMPARE(wave.images, 0);
        const QRectF place(onSheet(waveform.plot().topLeft()), waveform.plot().size());
        // The envelope of a slow sine is the sine where it is positive, and nought below.
        const QPolygonF *shape = nullptr;
        for (const QPolygonF &polygon : wave.shapes)
            if (!shape && polygon.size() > place.width())
                shape = &polygon;
        QVERIFY(shape);
        int compared = 0;
        for (qsizetype i = 0; i < shape->size() / 2; ++i) {
            const QPointF point = (*shape)[i];
            const double t = (point.x() - place.left()) / place.width();
            const double value = std::max(0.5 * std::sin(2.0 * std::numbers::pi * 5.0 * t), 0.0);
            QVERIFY2(std::abs(point.y() - onSheet({0.0, waveform.yOf(0, value)}).y()) < 2.0,
                     qPrintable(QString("%1 s: %2").arg(t).arg(point.y())));
            ++compared;
        }
        QVERIFY(compared > 1000);

        widgets::PhaseView phase;
        open(phase);
        phase.setSound(tone(440.0, 0.5, 1.0, 2), 0.0);
        QVERIFY(ready(phase));
        const Drawing drawing = read(phase.pictureFile(PictureFormat::Svg));
        QCOMPARE(drawing.images, 0);
        double highest = 1e9;
        for (const QPolygonF &line : drawing.lines)
            for (const QPointF &point : line.size() > 20 ? line : QPolygonF()) { // no grid
                QVERIFY(std::abs(point.x() - onSheet({phase.xAt(0.0), 0.0}).x()) < 0.5);
                highest = std::min(highest, point.y());
            }
        QVERIFY(std::abs(highest - onSheet({0.0, phase.yAt(0.5)}).y()) < 0.5);
    }

    /// The difference of a tone and the same at half its amplitude is 6.02 dB down at the tone, and
    /// nought where both are below the floor.
    void aSpectrumDifferenceInSvgIsItsCurve()
    {
        widgets::SpectrumView view;
        open(view);
        view.setDifferenceShown(true);
        view.setSpectrum(engine::analysis::averageSpectrum(*tone(1000.0, 0.25)));
        view.setInput(engine::analysis::averageSpectrum(*tone(1000.0, 0.5)));
        QVERIFY(ready(view));
        const Drawing drawing = read(view.pictureFile(PictureFormat::Svg));
        for (const char *text : {"Spectrum difference: After Distortion − Input", "+12", "−12"})
            QVERIFY2(drawing.texts.contains(QString::fromUtf8(text)), qPrintable(drawing.texts));
        const QRectF place(onSheet(view.plot().topLeft()), view.plot().size());
        const double down = 20.0 * std::log10(0.5);
        for (const QPointF &point : longest(drawing)) {
            const double hz = 20.0 * std::pow(1000.0, (point.x() - place.left()) / place.width());
            const double db = -(point.y() - place.center().y()) / place.height() * 48.0;
            if (std::abs(hz - 1000.0) < 5.0)
                QVERIFY2(std::abs(db - down) < 0.1, qPrintable(QString::number(db)));
            else if (hz < 200.0 || hz > 5000.0)
                QVERIFY2(std::abs(db) < 0.1, qPrintable(QString::number(hz)));
        }
        QVERIFY(view.valuesAsCsv().startsWith(
            QStringLiteral("Frequency (Hz),Level (dB),Input (dB),Difference (dB)\n")));
    }

    /// Written twice, seconds apart, it is the same file; and what fades is cut out of pixels that
    /// a reader can see through.
    void theSamePictureGivesTheSamePdf()
    {
        widgets::SpectrumView view;
        open(view);
        view.setSpectrum(engine::analysis::averageSpectrum(*tone(1000.0, 0.5)));
        QVERIFY(ready(view));
        const QByteArray first = view.pictureFile(PictureFormat::Pdf);
        QTest::qWait(1100);
        QCOMPARE(view.pictureFile(PictureFormat::Pdf), first);
        QVERIFY(!first.contains("/CreationDate"));
        QVERIFY(first.contains("/SMask"));
    }

    /// One page of the picture's size at 96 pixels to the inch: 72 points.
    void aPdfHasThePicturesSize()
    {
        widgets::SpectrumView view;
        open(view, {976, 416});
        view.setSpectrum(engine::analysis::averageSpectrum(*tone(1000.0, 0.5)));
        QVERIFY(ready(view));
        const QByteArray pdf = view.pictureFile(PictureFormat::Pdf);
        QVERIFY(pdf.startsWith("%PDF-"));
        QVERIFY(pdf.trimmed().endsWith("%%EOF"));
        static const QRegularExpression box(
            QStringLiteral("/MediaBox \\[\\s*0 0 ([\\d.]+) ([\\d.]+)\\s*\\]"));
        const auto match = box.match(QString::fromLatin1(pdf));
        QVERIFY(match.hasMatch());
        QVERIFY(std::abs(match.captured(1).toDouble() - (976 + 24) * 0.75) <= 0.5);
        QVERIFY(std::abs(match.captured(2).toDouble() - (416 + 76) * 0.75) <= 0.5);
        QCOMPARE(pdf.count("/Type /Page\n"), 1);
        QVERIFY(!pdf.contains("/DCTDecode")); // nothing is lossy
    }

    void theEndingSaysWhichFormat()
    {
        QTemporaryDir folder;
        widgets::ScopeView view;
        open(view);
        view.setSound(tone(100.0, 0.8), 0.0);
        QVERIFY(ready(view));
        const auto bytesOf = [&](const char *name) {
            QFile file(folder.filePath(QLatin1String(name)));
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        for (const char *name : {"a.png", "a.SVG", "a.pdf"})
            QVERIFY(view.saveImage(folder.filePath(QLatin1String(name))));
        QCOMPARE(QImage::fromData(bytesOf("a.png")).size(), QSize(2 * (900 + 24), 2 * (400 + 76)));
        QVERIFY(read(bytesOf("a.SVG")).wellFormed);
        QVERIFY(bytesOf("a.pdf").startsWith("%PDF-"));
        QVERIFY(view.saveValues(folder.filePath(QStringLiteral("a.csv"))));
        QCOMPARE(QString::fromUtf8(bytesOf("a.csv")), view.valuesAsCsv());
        QVERIFY(!view.saveImage(folder.filePath(QStringLiteral("a.jpg"))));
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 4);
    }

    void whatFailsLeavesNothing()
    {
        QTemporaryDir folder;
        widgets::ScopeView view;
        open(view);
        view.setSound(tone(100.0, 0.8), 0.0);
        QVERIFY(ready(view));
        const auto failed = view.saveImage(folder.filePath(QStringLiteral("none/a.svg")));
        QVERIFY(!failed);
        QVERIFY(failed.error().code == engine::ErrorCode::CannotCreate);
        QVERIFY(QString::fromStdString(failed.error().problem).contains(QStringLiteral("a.svg")));
        // A folder in the place of the file.
        QVERIFY(QDir(folder.path()).mkdir(QStringLiteral("taken.png")));
        QVERIFY(!view.saveImage(folder.filePath(QStringLiteral("taken.png"))));
        QVERIFY(!view.saveValues(folder.filePath(QStringLiteral("none/a.csv"))));
        QVERIFY(!widgets::ScopeView().saveValues(folder.filePath(QStringLiteral("empty.csv"))));
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden).size(), 0);
    }

    void aWaveformsValuesAreItsSamples()
    {
        widgets::WaveformView view;
        view.resize(900, 300);
        const auto sound = tone(440.0, 0.5, 1.0, 2);
        view.setSound(sound, 2.0);
        const QStringList dense = view.valuesAsCsv().split(u'\n', Qt::SkipEmptyParts);
        QCOMPARE(dense[0].split(u',').size(), 5);
        double least = 1.0;
        for (const QString &line : dense.mid(1))
            least = std::min(least, line.split(u',')[1].toDouble());
        QVERIFY(std::abs(least + 0.5) < 1e-3);
        view.showX({0.5, 0.505});
        const QStringList lines = view.valuesAsCsv().split(u'\n', Qt::SkipEmptyParts);
        QCOMPARE(lines[0], QStringLiteral("Time (s),Left (full scale),Right (full scale)"));
        QVERIFY(lines.size() >= 240);
        for (const QString &line : lines.mid(1)) {
            const QStringList cells = line.split(u',');
            const double t = cells[0].toDouble() - 2.0;
            const auto frame = static_cast<std::size_t>(std::lround(t * tests::rate));
            QVERIFY(t >= 0.5 - 1e-5 && t <= 0.505 + 1e-5);
            QVERIFY(std::abs(cells[1].toDouble() - static_cast<double>(sound->channel(0)[frame])) <
                    1e-6);
        }
    }
};

QD_TEST(TestPictures, QApplication)
#include "TestPictures.moc"
