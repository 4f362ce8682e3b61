// SPDX-License-Identifier: GPL-3.0-or-later
//
// Exporting in the window: what is chosen in the dialog is what lies on the disk, the dialog says
// beforehand what will happen, and it remembers.

#include "app/workstation/ExportDialog.h"
#include "tests/app/WorkstationFixture.h"
#include "tests/support/Program.h"
#include "tests/support/TestProgram.h"

#include <QComboBox>
#include <QDir>
#include <QDoubleSpinBox>
#include <QLineEdit>

using namespace tests;
using app::ExportChoices;
using app::ExportDialog;
using engine::io::Container;

class TestExport : public WorkstationFixture {
    Q_OBJECT

private slots:
    void theDialogWritesWhatItSays_data();
    void theDialogWritesWhatItSays();
    void theDefaultIsTheCommandLinesRender();
    void theEndingFollowsTheFormatAndTheFormatTheEnding();
    void aNameThatIsTakenIsSaid();
    void allThatIsReplacedIsSaid();
    void namesThatCannotBe();
    void aPathMayBeTyped();
    void theSizeIsRight();
    void theTargetIsExplained();
    void choicesAreKept();
    void damagedChoicesAreTheUsualOnes();
    void thePresetLiesBesideTheRender();
    void escapeWritesNothing();

private:
    void open(const char *sound = "in.wav")
    {
        QDir().mkpath(QDir::homePath()); // where renders go at first
        startWindow(std::make_shared<PacedDriver>());
        window_->resize(1440, 900);
        openSound(in(sound));
        showDialog();
    }
    void showDialog()
    {
        click("renderButton");
        QTRY_VERIFY(dialog() && dialog()->isVisible());
    }
    ExportDialog *dialog() const
    {
        return window_->findChild<ExportDialog *>(QStringLiteral("exportDialog"));
    }
    template <typename Widget>
    Widget &part(const char *name) const
    {
        return *dialog()->findChild<Widget *>(QLatin1String(name));
    }
    QString words(const char *name) const { return part<QLabel>(name).text(); }
    void type(const std::string &path)
    {
        auto &name = part<QLineEdit>("export.name");
        name.selectAll();
        QTest::keyClicks(&name, QString::fromStdString(path));
    }
    void pick(const char *control, const QString &word)
    {
        for (QAbstractButton *button : part<QWidget>(control).findChildren<QAbstractButton *>()) {
            if (button->text() == word) {
                QTest::mouseClick(button, Qt::LeftButton);
                return;
            }
        }
        QFAIL(qPrintable(QStringLiteral("no %1 in %2").arg(word, QLatin1String(control))));
    }
    void pickFromList(const char *control, const QString &word)
    {
        auto &box = part<QComboBox>(control);
        const int index = box.findText(word);
        QVERIFY2(index >= 0, qPrintable(word));
        box.setCurrentIndex(index);
        emit box.activated(index);
    }
    void render()
    {
        QSignalSpy ended(&window_->exports(), &app::ExportController::ended);
        QTest::mouseClick(&part<QAbstractButton>("export.render"), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, patienceMs);
        const auto outcome = ended[0][0].value<app::ExportOutcome>();
        QVERIFY2(outcome.result, outcome.result ? "" : outcome.result.error().oneLine().c_str());
    }
    SF_INFO infoOf(const std::string &file) const
    {
        SF_INFO info{};
        SNDFILE *const sound = sf_open(file.c_str(), SFM_READ, &info);
        sf_close(sound);
        return info;
    }
};

void TestExport::theDialogWritesWhatItSays_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<QString>("depth");
    QTest::addColumn<QString>("rate");
    QTest::addColumn<QString>("ending");
    QTest::addColumn<int>("written");
    QTest::addColumn<int>("rateHz");
    QTest::newRow("WAV 16") << "WAV" << "16" << "" << ".wav" << int(SF_FORMAT_WAV | SF_FORMAT_PCM_16)
                            << 44100;
    QTest::newRow("WAV float, 96 kHz") << "WAV" << "32 float" << "96 kHz" << ".wav"
                                       << int(SF_FORMAT_WAV | SF_FORMAT_FLOAT) << 96000;
    QTest::newRow("AIFF 24") << "AIFF" << "24" << "" << ".aiff"
                             << int(SF_FORMAT_AIFF | SF_FORMAT_PCM_24) << 44100;
    QTest::newRow("FLAC 24, 48 kHz") << "FLAC" << "24" << "48 kHz" << ".flac"
                                     << int(SF_FORMAT_FLAC | SF_FORMAT_PCM_24) << 48000;
    QTest::newRow("Ogg") << "Ogg" << "" << "" << ".ogg" << int(SF_FORMAT_OGG | SF_FORMAT_VORBIS)
                         << 44100;
    QTest::newRow("Opus") << "Opus" << "" << "" << ".opus" << int(SF_FORMAT_OGG | SF_FORMAT_OPUS)
                          << 48000;
    QTest::newRow("MP3") << "MP3" << "" << "" << ".mp3"
                         << int(SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III) << 44100;
}

void TestExport::theDialogWritesWhatItSays()
{
    QFETCH(QString, format);
    QFETCH(QString, depth);
    QFETCH(QString, rate);
    QFETCH(QString, ending);
    QFETCH(int, written);
    QFETCH(int, rateHz);
    makeNoise("in.wav", 2, 50000);
    open();
    pick("export.format", format);
    if (!depth.isEmpty())
        pick("export.depth", depth);
    if (!rate.isEmpty())
        pickFromList("export.rate", rate);
    const auto target = dialog()->target();
    QVERIFY(target.string().ends_with(ending.toStdString()));
    render();
    const SF_INFO info = infoOf(target.string());
    QCOMPARE(info.format & (SF_FORMAT_TYPEMASK | SF_FORMAT_SUBMASK), written);
    QCOMPARE(info.samplerate, rateHz);
    QCOMPARE(info.channels, 2);
    QCOMPARE(info.frames, sf_count_t(std::llround(50000.0 * rateHz / 44100.0)));
}

void TestExport::theDefaultIsTheCommandLinesRender()
{
    makeNoise("in.wav", 2, 100000);
    open();
    const std::string target = dialog()->target().string();
    render();
    QCOMPARE(runRender({in("in.wav"), in("line.wav")}).exitCode, 0);
    QCOMPARE(readText(target), readText(in("line.wav")));
}

void TestExport::theEndingFollowsTheFormatAndTheFormatTheEnding()
{
    makeNoise("in.wav", 1, 50000);
    open();
    pick("export.format", QStringLiteral("FLAC"));
    QVERIFY(part<QLineEdit>("export.name").text().endsWith(".flac"));
    QVERIFY(!part<QWidget>("export.depth").findChildren<QAbstractButton *>().last()->isEnabled());
    type("a.b.mp3");
    QVERIFY(part<QWidget>("export.quality").isVisible());
    QVERIFY(!part<QWidget>("export.depth").isVisible());
    QVERIFY(!part<QComboBox>("export.dither").isEnabled());
    pick("export.format", QStringLiteral("WAV"));
    QCOMPARE(part<QLineEdit>("export.name").text(), QStringLiteral("a.b.wav"));
    pick("export.depth", QStringLiteral("16"));
    QCOMPARE(part<QComboBox>("export.dither").currentText(), QStringLiteral("TPDF"));
    pick("export.depth", QStringLiteral("24"));
    QCOMPARE(part<QComboBox>("export.dither").currentText(), QStringLiteral("None needed"));
}

void TestExport::aNameThatIsTakenIsSaid()
{
    makeNoise("in.wav", 1, 50000);
    open();
    const std::string target = dialog()->target().string();
    QCOMPARE(part<QAbstractButton>("export.render").text(), QStringLiteral("Render"));
    writeText(target, "an older one");
    type(dialog()->target().filename().string());
    QVERIFY(words("export.place").contains("A file with this name exists and will be replaced."));
    QCOMPARE(part<QAbstractButton>("export.render").text(), QStringLiteral("Replace and render"));
    render();
    QCOMPARE(infoOf(target).frames, sf_count_t{50000});
}

void TestExport::allThatIsReplacedIsSaid()
{
    makeNoise("in.wav", 1, 50000);
    open();
    const std::filesystem::path folder = dialog()->target().parent_path();
    std::filesystem::create_directories(folder / "new_taps");
    writeText((folder / "new_taps/input.wav").string(), "precious");
    writeText((folder / "new.qdpreset").string(), "precious");
    type("new.wav");
    const auto &button = part<QAbstractButton>("export.render");
    QCOMPARE(button.text(), QStringLiteral("Render"));
    part<QAbstractButton>("export.all_taps").click();
    QVERIFY(words("export.place").contains("Taps in “new_taps” will be replaced."));
    QCOMPARE(button.text(), QStringLiteral("Replace and render"));
    part<QAbstractButton>("export.all_taps").click();
    part<QAbstractButton>("export.preset").click();
    QVERIFY(words("export.place").contains("“new.qdpreset” will be replaced."));
    QCOMPARE(button.text(), QStringLiteral("Replace and render"));
}

void TestExport::namesThatCannotBe()
{
    makeNoise("in.wav", 1, 50000);
    open();
    const auto &button = part<QAbstractButton>("export.render");
    for (const char *name : {"", "no ending", "x.exe", "a/b.wav", "/no/such/b.wav", "a/"}) {
        type(name);
        if (!*name)
            QTest::keyClick(&part<QLineEdit>("export.name"), Qt::Key_Delete);
        QVERIFY2(!button.isEnabled(), name);
    }
    type("good.wav");
    QVERIFY(button.isEnabled());
}

void TestExport::aPathMayBeTyped()
{
    makeNoise("in.wav", 1, 50000);
    open();
    const std::filesystem::path folder = dialog()->target().parent_path();
    type("../up.wav");
    QCOMPARE(dialog()->target().string(), (folder.parent_path() / "up.wav").string());
    type("~/at home.wav");
    QCOMPARE(dialog()->target().string(), qgetenv("HOME").toStdString() + "/at home.wav");
    std::filesystem::create_directory(in("elsewhere"));
    type(in("elsewhere/pasted.flac"));
    QVERIFY2(words("export.place").contains("elsewhere"), qPrintable(words("export.place")));
    pick("export.depth", QStringLiteral("16"));
    render();
    QCOMPARE(infoOf(in("elsewhere/pasted.flac")).format, SF_FORMAT_FLAC | SF_FORMAT_PCM_16);
}

void TestExport::theSizeIsRight()
{
    makeNoise("in.wav", 2, 5 * 44100);
    open();
    pick("export.depth", QStringLiteral("16"));
    const QString point = QLocale().decimalPoint();
    const QString size = QStringLiteral("882") + point + QStringLiteral("0 kB");
    QVERIFY2(words("export.estimate").startsWith(size), qPrintable(words("export.estimate")));
    pick("export.part", QStringLiteral("Preview window"));
    QVERIFY(words("export.estimate").startsWith(size)); // the window is the whole sound
    pick("export.depth", QStringLiteral("32 float"));
    QVERIFY(words("export.estimate").startsWith(QStringLiteral("1") + point + QStringLiteral("8 MB")));
    pick("export.format", QStringLiteral("FLAC"));
    QVERIFY(words("export.estimate").startsWith("about"));
}

void TestExport::theTargetIsExplained()
{
    makeInput("in.wav", 2, 200000);
    open();
    QTRY_VERIFY_WITH_TIMEOUT(wordsIn(child("chain")).contains("LUFS"), patienceMs);
    dialog()->reject();
    QTRY_VERIFY(!dialog());
    showDialog();
    QVERIFY(!part<QWidget>("export.target").isVisible());
    pick("export.loudness", QStringLiteral("Target"));
    auto &target = part<QDoubleSpinBox>("export.target");
    QVERIFY(target.isVisible());
    target.setValue(-30.0);
    QVERIFY2(words("export.loudness_note").contains("turned down by about"),
             qPrintable(words("export.loudness_note")));
    QVERIFY(words("export.loudness_note").contains("Measured on the preview: −"));
    pick("export.loudness", QStringLiteral("Match source"));
    QVERIFY(!target.isVisible());
    QVERIFY(part<QWidget>("export.true_peak").isVisible());
}

void TestExport::choicesAreKept()
{
    makeNoise("in.wav", 2, 50000);
    open();
    pick("export.format", QStringLiteral("FLAC"));
    pick("export.depth", QStringLiteral("16"));
    pickFromList("export.dither", QStringLiteral("Noise-shaped"));
    pick("export.part", QStringLiteral("Preview window"));
    pickFromList("export.source", QStringLiteral("After Distortion (tap 3)"));
    render();
    showDialog();
    QVERIFY(part<QLineEdit>("export.name").text().endsWith(".flac"));
    QCOMPARE(part<QComboBox>("export.dither").currentText(), QStringLiteral("Noise-shaped"));
    QCOMPARE(part<QComboBox>("export.source").currentText(),
             QStringLiteral("After Distortion (tap 3)"));

    ExportChoices all;
    all.container = Container::Mp3;
    all.depth = engine::io::SampleFormat::Pcm16;
    all.dither = engine::io::Dither::NoiseShaped;
    all.quality = 0.75;
    all.sampleRateHz = 96000;
    all.source = engine::pipeline::TapId::PreQuant;
    all.allTaps = all.previewOnly = all.showInFolder = all.savePreset = true;
    all.loudness = app::LoudnessChoice::MatchSource;
    all.targetLufs = -9.5;
    all.truePeakDb = -0.5;
    all.oversampling = engine::dsp::Oversampling::X16;
    all.embedRecipe = false;
    QVERIFY(app::exportChoicesFrom(app::exportChoicesText(all)) == all);
}

void TestExport::damagedChoicesAreTheUsualOnes()
{
    QVERIFY(app::exportChoicesFrom({}) == ExportChoices{});
    QVERIFY(app::exportChoicesFrom(QStringLiteral("{\"container\":7,")) == ExportChoices{});
    const ExportChoices odd = app::exportChoicesFrom(QStringLiteral(
        "{\"container\":\"exe\",\"depth\":\"lossy\",\"loudness\":99,\"targetLufs\":1e300,"
        "\"oversampling\":-4,\"sampleRateHz\":3}"));
    QVERIFY(odd.container == Container::Wav);
    QVERIFY(odd.depth == engine::io::SampleFormat::Pcm24);
    QVERIFY(odd.targetLufs <= engine::io::mostTargetLufs);
    QVERIFY(!odd.sampleRateHz);
}

void TestExport::thePresetLiesBesideTheRender()
{
    makeNoise("in.wav", 2, 50000);
    open();
    window_->session().edit(engine::pipeline::ParameterId::FoldAmount, 4.0, widgets::Edit::Set);
    QTest::mouseClick(&part<QAbstractButton>("export.preset"), Qt::LeftButton, {}, QPoint(8, 8));
    std::filesystem::path target = dialog()->target();
    render();
    const auto preset = engine::io::loadPresetFile(target.replace_extension(".qdpreset"));
    QVERIFY(preset);
    QCOMPARE(preset->settings.distortion.foldAmount, 4.0);
}

void TestExport::escapeWritesNothing()
{
    makeNoise("in.wav", 2, 50000);
    open();
    const auto before = filesLeft();
    QTest::keyClick(dialog(), Qt::Key_Escape);
    QTRY_VERIFY(!dialog());
    QVERIFY(!window_->exports().isRunning());
    QVERIFY(filesLeft() == before);
}

QD_TEST(TestExport, QApplication)
#include "TestExport.moc"
