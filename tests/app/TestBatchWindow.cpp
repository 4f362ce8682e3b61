// SPDX-License-Identifier: GPL-3.0-or-later
//
// Batches in the window: what is dropped in is planned and shown before anything is written, every
// output ends as its row says, a bad file stops nothing, and what was made can be gone on with. And
// what a file remembers is offered when it is opened.

#include "app/workstation/BatchTable.h"
#include "app/workstation/BatchWindow.h"
#include "app/workstation/ExportDialog.h"
#include "tests/app/WorkstationFixture.h"
#include "tests/support/TestProgram.h"
#include "widgets/panels/JobStrip.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QDropEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>
#include <QTableView>

using namespace tests;
using app::BatchWindow;
using engine::pipeline::ParameterId;

class TestBatchWindow : public WorkstationFixture {
    Q_OBJECT

private slots:
    void soundsTimesPresets();
    void lossyFormats_data();
    void lossyFormats();
    void notesOfAFileAreShown();
    void namesThatClashAreShown();
    void aBadFileStopsNothing();
    void whatIsDoneIsLeftOut();
    void stoppingKeepsWhatIsFinished();
    void closingAsksWhileABatchRuns();
    void aFileOffersTheSettingsItWasMadeWith();
    void aFileWithoutARecipeOffersNothing();

private:
    void openBatch(const std::vector<std::string> &sounds)
    {
        QDir().mkpath(QDir::homePath());
        std::filesystem::create_directories(in("out"));
        startWindow(std::make_shared<PacedDriver>());
        window_->resize(1440, 900);
        QTest::keyClick(window_.get(), Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
        batch_ = window_->findChild<BatchWindow *>();
        QVERIFY(batch_);
        batch_->setFolder(in("out"));
        QTRY_VERIFY_WITH_TIMEOUT(presets().count() > 70, patienceMs); // the factory's
        QMimeData data;
        QList<QUrl> urls;
        for (const std::string &sound : sounds)
            urls << QUrl::fromLocalFile(QString::fromStdString(in(sound.c_str())));
        data.setUrls(urls);
        QDragEnterEvent enter({50, 50}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(batch_, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop({50, 50}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(batch_, &drop);
        waitForPlan();
    }
    void waitForPlan() { QTRY_VERIFY_WITH_TIMEOUT(!batch_->batch().isPlanning(), patienceMs); }
    template <typename Widget>
    Widget &part(const char *name) const
    {
        return *batch_->findChild<Widget *>(QLatin1String(name));
    }
    QListWidget &presets() const { return part<QListWidget>("batch.presets"); }
    void choosePreset(const QString &name)
    {
        const auto found = presets().findItems(name, Qt::MatchExactly);
        QCOMPARE(found.size(), 1);
        found.front()->setCheckState(Qt::Checked);
        waitForPlan();
    }
    QString cell(int row, int column) const
    {
        const QAbstractItemModel &model = *part<QTableView>("batch.table").model();
        return model.index(row, column).data().toString();
    }
    void chooseFormat(const std::function<void(const app::ExportDialog &)> &choose)
    {
        QTest::mouseClick(&part<QAbstractButton>("batch.choose_format"), Qt::LeftButton);
        QPointer<app::ExportDialog> dialog;
        QTRY_VERIFY((dialog = batch_->findChild<app::ExportDialog *>()) && dialog->isVisible());
        choose(*dialog);
        QTest::mouseClick(dialog->findChild<QAbstractButton *>(QStringLiteral("export.render")),
                          Qt::LeftButton);
        QTRY_VERIFY(!dialog);
        waitForPlan();
    }
    static QAbstractButton &buttonOf(const app::ExportDialog &dialog, const QString &word)
    {
        const auto buttons = dialog.findChildren<QAbstractButton *>();
        const auto found = std::ranges::find(buttons, word, &QAbstractButton::text);
        return **found;
    }
    QString summary() const { return part<QLabel>("batch.summary").text(); }
    void run()
    {
        QSignalSpy ended(&batch_->batch(), &app::BatchController::ended);
        QTest::mouseClick(&part<QAbstractButton>("batch.render"), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, patienceMs);
    }
    std::vector<std::string> written() const
    {
        std::vector<std::string> names;
        for (const auto &entry : std::filesystem::directory_iterator(in("out")))
            names.push_back(entry.path().filename().string());
        std::sort(names.begin(), names.end());
        return names;
    }
    QPointer<BatchWindow> batch_;
};

void TestBatchWindow::soundsTimesPresets()
{
    makeNoise("a.wav", 2, 30000);
    makeNoise("b.wav", 1, 30000);
    openBatch({"a.wav", "b.wav"});
    presets().item(0)->setCheckState(Qt::Unchecked);
    choosePreset(QStringLiteral("Subtle Tube Glue"));
    choosePreset(QStringLiteral("Chordal Noise Wash"));
    QCOMPARE(part<QTableView>("batch.table").model()->rowCount(), 4);
    QCOMPARE(summary(), QStringLiteral("4 files will be written."));
    QVERIFY(written().empty());
    const QString promised = cell(0, app::BatchTable::Output);
    run();
    QCOMPARE(summary(), QStringLiteral("4 of 4 done."));
    QVERIFY(cell(0, app::BatchTable::State).startsWith(u"Done, −"));
    QCOMPARE(written().size(), std::size_t{4});
    QVERIFY(std::filesystem::exists(in("out") + "/" + promised.toStdString()));
    QCOMPARE(written().front(), std::string("a Chordal Noise Wash.wav"));
}

void TestBatchWindow::lossyFormats_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<int>("rateHz");
    QTest::addColumn<QString>("summary");
    QTest::newRow("MP3") << "MP3" << 48000 << "MP3, Best, 48 kHz";
    QTest::newRow("Vorbis") << "Ogg" << 96000 << "Ogg Vorbis, High, 96 kHz";
    QTest::newRow("Opus") << "Opus" << 48000 << "Opus, Medium, 48 kHz";
}

/// A rate that was chosen for another format, and that this one may not have.
void TestBatchWindow::lossyFormats()
{
    QFETCH(QString, format);
    QFETCH(int, rateHz);
    QFETCH(QString, summary);
    makeNoise("a.wav", 2, 30000);
    openBatch({"a.wav"});
    chooseFormat([](const app::ExportDialog &dialog) {
        auto &rate = *dialog.findChild<QComboBox *>(QStringLiteral("export.rate"));
        rate.setCurrentIndex(rate.findText(QStringLiteral("96 kHz")));
        emit rate.activated(rate.currentIndex());
    });
    QCOMPARE(part<QLabel>("batch.format").text(), QStringLiteral("WAV, 24 bit, 96 kHz"));
    chooseFormat([&](const app::ExportDialog &dialog) {
        QTest::mouseClick(&buttonOf(dialog, format), Qt::LeftButton);
        QCOMPARE(dialog.findChild<QComboBox *>(QStringLiteral("export.rate"))->currentText(),
                 QString::number(rateHz / 1000) + QStringLiteral(" kHz"));
        QCOMPARE(dialog.findChild<QComboBox *>(QStringLiteral("export.oversampling"))->itemText(0),
                 QStringLiteral("As in the preset"));
    });
    QCOMPARE(part<QLabel>("batch.format").text(), summary);
    run();
    QVERIFY2(this->summary() == QStringLiteral("1 of 1 done."),
             qPrintable(cell(0, app::BatchTable::State)));
    SF_INFO info{};
    sf_close(sf_open((in("out") + "/" + written().front()).c_str(), SFM_READ, &info));
    QCOMPARE(info.samplerate, rateHz);
    QVERIFY(std::abs(double(info.frames) - 30000.0 * rateHz / 44100.0) <= 1.0);
}

void TestBatchWindow::notesOfAFileAreShown()
{
    makeNoise("a.wav", 2, 30000);
    openBatch({"a.wav"});
    chooseFormat([&](const app::ExportDialog &dialog) {
        QTest::mouseClick(&buttonOf(dialog, QStringLiteral("Opus")), Qt::LeftButton);
    });
    run();
    QVERIFY(cell(0, app::BatchTable::State).endsWith(QStringLiteral(", 1 note")));
    const QAbstractItemModel &model = *part<QTableView>("batch.table").model();
    const auto tip = [&](int column) {
        return model.index(0, column).data(Qt::ToolTipRole).toString();
    };
    QVERIFY2(tip(app::BatchTable::State).contains("was resampled to 48000 Hz"),
             qPrintable(tip(app::BatchTable::State)));
    QCOMPARE(tip(app::BatchTable::Source), QString::fromStdString(in("a.wav")));
}

void TestBatchWindow::namesThatClashAreShown()
{
    makeNoise("a.wav", 1, 30000);
    makeNoise("b.wav", 1, 30000);
    openBatch({"a.wav", "b.wav"});
    auto &name = part<QLineEdit>("batch.template");
    name.selectAll();
    QTest::keyClicks(&name, QStringLiteral("{preset}"));
    waitForPlan();
    QVERIFY(summary().startsWith(u"Names that come twice: 1."));
    QCOMPARE(cell(1, app::BatchTable::State), QStringLiteral("Same name as row 1"));
    QVERIFY(!part<QAbstractButton>("batch.render").isEnabled());
    part<QCheckBox>("batch.number").setChecked(true);
    waitForPlan();
    QVERIFY(part<QAbstractButton>("batch.render").isEnabled());
    run();
    QCOMPARE(written().size(), std::size_t{2});
    name.selectAll();
    QTest::keyClicks(&name, QStringLiteral("{nonsense}"));
    waitForPlan();
    QVERIFY(!part<QAbstractButton>("batch.render").isEnabled());
    QVERIFY(summary().contains("nonsense"));
}

void TestBatchWindow::aBadFileStopsNothing()
{
    makeNoise("a.wav", 2, 30000);
    writeText(in("bad.wav"), "this is no sound");
    makeNoise("c.wav", 2, 30000);
    openBatch({"a.wav", "bad.wav", "c.wav"});
    run();
    QCOMPARE(summary(), QStringLiteral("2 of 3 done, 1 failed."));
    QVERIFY2(cell(1, app::BatchTable::State).contains("bad.wav"),
             qPrintable(cell(1, app::BatchTable::State)));
    QCOMPARE(written().size(), std::size_t{2});
}

void TestBatchWindow::whatIsDoneIsLeftOut()
{
    makeNoise("a.wav", 2, 30000);
    openBatch({"a.wav"});
    run();
    QCOMPARE(written().size(), std::size_t{1});
    run();
    QCOMPARE(summary(), QStringLiteral("0 of 1 done, 1 were there already."));
    // Another sound of that name is not taken for it, and nothing is written over unasked.
    window_->session().edit(ParameterId::FoldAmount, 4.0, widgets::Edit::Set);
    batch_->close();
    window_->actions()["file.batch"].trigger(); // the list is still there, with the settings of now
    QVERIFY(batch_->isVisible());
    waitForPlan();
    QVERIFY2(summary().contains("These files stay as they are."), qPrintable(summary()));
    run();
    QCOMPARE(summary(), QStringLiteral("0 of 1 done, 1 failed."));
    part<QCheckBox>("batch.replace").setChecked(true);
    waitForPlan();
    run();
    QCOMPARE(summary(), QStringLiteral("1 of 1 done."));
}

void TestBatchWindow::stoppingKeepsWhatIsFinished()
{
    makeNoise("a.wav", 2, 20000);
    writeSparseWav(in("long.wav"), 48000, 2, 48000 * 1200);
    openBatch({"a.wav", "long.wav"});
    QSignalSpy ended(&batch_->batch(), &app::BatchController::ended);
    QTest::mouseClick(&part<QAbstractButton>("batch.render"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(cell(0, app::BatchTable::State).startsWith(u"Done"), patienceMs);
    QVERIFY(!part<QListWidget>("batch.sounds").isEnabled());
    QCOMPARE(part<QAbstractButton>("batch.close").text(), QStringLiteral("Stop"));
    QTest::mouseClick(&part<QAbstractButton>("batch.close"), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, patienceMs);
    QCOMPARE(summary(), QStringLiteral("1 of 2 done, 1 cancelled."));
    QCOMPARE(written().size(), std::size_t{1});
}

void TestBatchWindow::closingAsksWhileABatchRuns()
{
    writeSparseWav(in("long.wav"), 48000, 2, 48000 * 1200);
    openBatch({"long.wav"});
    QTest::mouseClick(&part<QAbstractButton>("batch.render"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(batch_->batch().isRunning(), patienceMs);
    window_->close();
    QVERIFY(window_->isVisible());
    QVERIFY(wordsIn(child("jobStrip")).contains("A batch is still being rendered."));
    click("stop_and_close");
    QTRY_VERIFY(!window_->isVisible());
    window_.reset();
    QVERIFY(written().empty());
}

void TestBatchWindow::aFileOffersTheSettingsItWasMadeWith()
{
    makeNoise("in.wav", 2, 50000);
    startWindow(std::make_shared<PacedDriver>());
    window_->resize(1440, 900);
    openSound(in("in.wav"));
    window_->session().edit(ParameterId::FoldAmount, 4.5, widgets::Edit::Set);
    window_->session().edit(ParameterId::Key, 5, widgets::Edit::Set);
    const engine::pipeline::Settings made = window_->session().settings();
    QSignalSpy ended(&window_->exports(), &app::ExportController::ended);
    window_->exportFlow().renderTo(in("made.flac"));
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, patienceMs);
    window_->session().change({}, QStringLiteral("Reset"));
    openSound(in("made.flac"));
    QTRY_VERIFY_WITH_TIMEOUT(
        wordsIn(child("jobStrip")).contains("“made.flac” remembers the settings it was made with."),
        patienceMs);
    QVERIFY(!(window_->session().settings() == made)); // offered, not taken
    click("load_settings");
    QVERIFY(window_->session().settings() == made);
    window_->session().undoStack().undo();
    QVERIFY(window_->session().settings() == engine::pipeline::Settings{});
}

void TestBatchWindow::aFileWithoutARecipeOffersNothing()
{
    makeNoise("in.wav", 2, 50000);
    startWindow(std::make_shared<PacedDriver>());
    openSound(in("in.wav"));
    QTest::qWait(200);
    QVERIFY(!child<widgets::JobStrip>("jobStrip").isOpen());
}

QD_TEST(TestBatchWindow, QApplication)
#include "TestBatchWindow.moc"
