// SPDX-License-Identifier: GPL-3.0-or-later
//
// The workstation as a person uses it: a sound is dropped in, heard, changed while it plays,
// rendered; what goes wrong is said in words; nothing blocks and closing works at any time.

#include "app/workstation/Words.h"
#include "tests/app/HeardSound.h"
#include "tests/app/WorkstationFixture.h"
#include "tests/support/Cpu.h"
#include "tests/support/Program.h"
#include "tests/support/TestProgram.h"
#include "widgets/controls/ReadoutLine.h"
#include "widgets/panels/JobStrip.h"
#include "widgets/panels/StartRow.h"

#include <QClipboard>
#include <QComboBox>
#include <QDialog>
#include <QDropEvent>
#include <QElapsedTimer>
#include <QLabel>
#include <QMimeData>
#include <QUrl>
#include <numbers>

using namespace tests;
using engine::pipeline::ParameterId;
using engine::pipeline::TapId;

class TestWorkstation : public WorkstationFixture {
    Q_OBJECT

private slots:
    void theStartPanelOffersDemos();
    void aDroppedSoundOpens();
    void previewIsHeardBitForBit();
    void aChangeWhilePlayingIsHeardAfterItsFade();
    void aKnobInMotionIsHeardAllTheTime();
    void theCardsTellHowMuchIsInKey();
    void theTapsOfTheRailAreHeard();
    void playPauseStartAndLoopByKeys();
    void theRenderIsThatOfTheCommandLine();
    void aCancelledRenderLeavesNothing();
    void rendersQueueAndKeepTheirSettings();
    void aNewcomersPath();
    void everyParameterIsUndoneAndReset();
    void everySwitchAndChoiceIsUndone_data();
    void everySwitchAndChoiceIsUndone();
    void aSoundThatCannotBeOpenedIsExplained();
    void theOpenSoundSurvivesAFailedOpen();
    void aDamagedSoundSaysWhatIsMissing();
    void aRecentFileThatIsGoneCanBeForgotten();
    void aFolderThatCannotBeWrittenIsNamed();
    void presetsStepAndShowEdited();
    void theWindowComesBackAfterACrash();
    void closingWorksInAnyState_data();
    void closingWorksInAnyState();
    void theWindowNeverBlocks();

private:
    bool isHeardNow(const std::vector<float> &tap) const { return endsWith(heard(), tap); }
};

void TestWorkstation::theStartPanelOffersDemos()
{
    startWindow();
    QTRY_VERIFY_WITH_TIMEOUT(wordsIn(*window_).contains("Reese growl"), patienceMs);
    QVERIFY(wordsIn(*window_).contains("Drop an audio file here"));
    QVERIFY(!child<QAbstractButton>("previewButton").isEnabled());
    QVERIFY(!child<QAbstractButton>("renderButton").isEnabled());
}

void TestWorkstation::aDroppedSoundOpens()
{
    makeInput("in.wav", 2, 100000);
    startWindow();
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(QString::fromStdString(in("in.wav")))});
    QDragEnterEvent enter({50, 50}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(window_.get(), &enter);
    QVERIFY(enter.isAccepted());
    QCOMPARE(window_->findChild<widgets::DropFrame *>()->text(), QStringLiteral("Open in.wav"));
    QDropEvent drop({50, 50}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(window_.get(), &drop);
    QTRY_VERIFY_WITH_TIMEOUT(window_->session().sound(), patienceMs);
    QTRY_VERIFY(wordsIn(child("chain")).contains("in.wav"));
    QVERIFY(child<QAbstractButton>("previewButton").isEnabled());
    QVERIFY(window_->windowTitle().contains("in.wav"));
}

void TestWorkstation::previewIsHeardBitForBit()
{
    if constexpr (underThreadSanitizer)
        QSKIP(nothingIsCaptured);
    makeInput("in.wav", 2, 100000);
    startWindow();
    openSound(in("in.wav"));
    click("previewButton");
    const std::vector<float> expected = stereo(tap(TapId::Output));
    QTRY_VERIFY_WITH_TIMEOUT(heard().size() > 2 * expected.size() + 1000, patienceMs);
    const Difference difference = differs(heard(), expected, 0);
    QCOMPARE(difference.first, std::int64_t{-1});
}

void TestWorkstation::aChangeWhilePlayingIsHeardAfterItsFade()
{
    if constexpr (underThreadSanitizer)
        QSKIP(nothingIsCaptured);
    makeInput("in.wav", 2, 100000);
    startWindow();
    openSound(in("in.wav"));
    const std::vector<float> before = stereo(tap(TapId::Output));
    click("previewButton");
    QTRY_VERIFY_WITH_TIMEOUT(heard().size() > 40000, patienceMs);
    // As a person does it: the wheel over the Fold knob.
    auto &fold = child<widgets::Knob>("dist.fold");
    QTest::keyClick(&fold, Qt::Key_PageUp);
    waitForPreview();
    QVERIFY(window_->session().settings().distortion.foldAmount > 1.5);
    const std::vector<float> after = stereo(tap(TapId::Output));
    QVERIFY(before != after);
    const auto isSwapped = [&] {
        const std::vector<float> all = heard();
        const Difference left = differs(all, before, 0);
        return left.first >= 0 && static_cast<std::int64_t>(all.size() / 2) > left.first + 60000;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isSwapped(), patienceMs);
    const std::vector<float> all = heard();
    const std::int64_t swap = differs(all, before, 0).first;
    // 10 ms later it is the new sound, at the same place of the loop.
    constexpr std::int64_t fadeFrames = 441 + 1;
    const std::span<const float> rest =
        std::span(all).subspan(2 * static_cast<std::size_t>(swap + fadeFrames));
    QCOMPARE(differs(rest, after, swap + fadeFrames).first, std::int64_t{-1});
}

void TestWorkstation::aKnobInMotionIsHeardAllTheTime()
{
    makeNoise("in.wav", 2, 100000);
    startWindow();
    openSound(in("in.wav"));
    int sounds = 0;
    connect(&window_->previews(), &app::PreviewController::previewReady, this, [&] { ++sounds; });
    // The hand never rests: there is always another value less than 8 ms later.
    double value = 1.0;
    QElapsedTimer clock;
    for (clock.start(); sounds < 5 && clock.elapsed() < patienceMs;) {
        window_->session().edit(engine::pipeline::ParameterId::FoldAmount, value,
                                widgets::Edit::Moving);
        value = value < 9.0 ? value + 0.01 : 1.0;
        QTest::qWait(1);
    }
    QCOMPARE(sounds, 5);
    window_->session().edit(engine::pipeline::ParameterId::FoldAmount, 2.5, widgets::Edit::Ended);
    waitForPreview();
    QCOMPARE(window_->previews().current()->request.settings, window_->session().settings());
    QCOMPARE(window_->session().settings().distortion.foldAmount, 2.5);
}

void TestWorkstation::theCardsTellHowMuchIsInKey()
{
    // 466.16 Hz is B flat, in D minor; a quarter tone above B flat is not.
    const double bothHz[] = {466.164, 8.0 * 466.164 * std::exp2(0.5 / 12.0)};
    engine::AudioBuffer sound({48000, 1}, 96000);
    for (std::size_t n = 0; n < 96000; ++n)
        for (const double hz : bothHz)
            sound.channel(0)[n] += static_cast<float>(
                0.3 * std::sin(2.0 * std::numbers::pi * hz * static_cast<double>(n) / 48000.0));
    writeSound(in("in.wav"), SF_FORMAT_WAV | SF_FORMAT_FLOAT, sound);
    startWindow();
    openSound(in("in.wav"));
    auto &line = child<widgets::ReadoutLine>("pre.in_key");
    const auto heardBefore = window_->previews().current()->sharedSound(TapId::Output);
    QTRY_VERIFY_WITH_TIMEOUT(line.value().contains("50"), patienceMs);
    // The sound itself is the same object, so nothing is swapped for it.
    QCOMPARE(window_->previews().current()->sharedSound(TapId::Output), heardBefore);
    QVERIFY(window_->previews().current()->preQuantTrace);
    window_->session().edit(ParameterId::PreQuant, 0.0, widgets::Edit::Set);
    waitForPreview();
    QTRY_VERIFY_WITH_TIMEOUT(!line.value().contains("50"), patienceMs);
}

void TestWorkstation::theTapsOfTheRailAreHeard()
{
    if constexpr (underThreadSanitizer)
        QSKIP(nothingIsCaptured);
    makeInput("in.wav", 2, 100000);
    startWindow();
    openSound(in("in.wav"));
    click("previewButton");
    QTRY_VERIFY_WITH_TIMEOUT(heard().size() > 20000, patienceMs);
    click("tap.input");
    QCOMPARE(window_->session().tap(), TapId::Input);
    const std::vector<float> input = stereo(tap(TapId::Input));
    QTRY_VERIFY_WITH_TIMEOUT(isHeardNow(input), patienceMs);
}

void TestWorkstation::playPauseStartAndLoopByKeys()
{
    makeInput("in.wav", 2, 60000);
    startWindow(std::make_shared<PacedDriver>()); // the captured device may end between two looks
    openSound(in("in.wav"));
    const auto playing = [this] { return window_->playback().status().playWanted; };
    window_->activateWindow();
    QTest::keyClick(window_.get(), Qt::Key_Space);
    QTRY_VERIFY_WITH_TIMEOUT(playing(), patienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(window_->playback().playheadSeconds() > 0.3, patienceMs);
    QTest::keyClick(window_.get(), Qt::Key_Space);
    QTRY_VERIFY_WITH_TIMEOUT(!playing(), patienceMs);
    QTest::keyClick(window_.get(), Qt::Key_Home);
    QTRY_COMPARE_WITH_TIMEOUT(window_->playback().playheadSeconds(), 0.0, patienceMs);
    QTest::keyClick(window_.get(), Qt::Key_L);
    QVERIFY(!window_->playback().isLooping());
    QTest::keyClick(window_.get(), Qt::Key_Space);
    QTRY_VERIFY_WITH_TIMEOUT(playing(), patienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(!playing(), patienceMs); // at the end it stops by itself
    QTest::keyClick(window_.get(), Qt::Key_3);
    QCOMPARE(window_->session().tap(), TapId::PostDist);
}

void TestWorkstation::theRenderIsThatOfTheCommandLine()
{
    makeNoise("in.wav", 2, 700000);
    startWindow();
    openSound(in("in.wav"));
    window_->session().edit(ParameterId::FoldAmount, 3.5, widgets::Edit::Set);
    window_->session().edit(ParameterId::Key, 5, widgets::Edit::Set);
    QSignalSpy ended(&window_->exports(), &app::ExportController::ended);
    window_->exportFlow().renderTo(in("window.wav"));
    QCOMPARE(child<QAbstractButton>("renderButton").text(), QStringLiteral("Rendering"));
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, patienceMs);
    const auto outcome =
        runRender({"--fold-amount", "3.5", "--key", "F", in("in.wav"), in("line.wav")});
    QCOMPARE(outcome.exitCode, 0);
    QCOMPARE(readText(in("window.wav")), readText(in("line.wav")));
    QTRY_VERIFY(wordsIn(child("jobStrip")).contains("Rendered window.wav in"));
}

void TestWorkstation::aCancelledRenderLeavesNothing()
{
    writeSparseWav(in("long.wav"), 48000, 2, 48000 * 1200);
    startWindow();
    window_->openPath(in("long.wav"));
    QTRY_VERIFY_WITH_TIMEOUT(window_->session().sound(), patienceMs);
    writeText(in("out.wav"), "what was there before");
    QSignalSpy ended(&window_->exports(), &app::ExportController::ended);
    window_->exportFlow().renderTo(in("out.wav"));
    QTRY_VERIFY_WITH_TIMEOUT(window_->exports().progress().fraction.value_or(0) > 0.01, patienceMs);
    QElapsedTimer clock;
    clock.start();
    window_->exports().cancel();
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, patienceMs);
    QVERIFY2(static_cast<double>(clock.elapsed()) < 200.0 * slowdown(),
             "cancelling takes too long");
    QCOMPARE(readText(in("out.wav")), std::string("what was there before"));
    QTRY_VERIFY(wordsIn(child("jobStrip")).contains("Render cancelled. Nothing was written."));
    QVERIFY(filesLeft() == (std::vector<std::string>{"home", "long.wav", "out.wav"}));
}

void TestWorkstation::rendersQueueAndKeepTheirSettings()
{
    makeNoise("in.wav", 2, 400000);
    startWindow();
    openSound(in("in.wav"));
    QSignalSpy ended(&window_->exports(), &app::ExportController::ended);
    window_->exportFlow().renderTo(in("a.wav"));
    window_->session().edit(ParameterId::FoldAmount, 6.0, widgets::Edit::Set);
    window_->exportFlow().renderTo(in("b.wav"));
    window_->session().edit(ParameterId::FoldAmount, 9.0, widgets::Edit::Set);
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 2, patienceMs);
    QCOMPARE(runRender({in("in.wav"), in("a2.wav")}).exitCode, 0);
    QCOMPARE(runRender({"--fold-amount", "6", in("in.wav"), in("b2.wav")}).exitCode, 0);
    QCOMPARE(readText(in("a.wav")), readText(in("a2.wav")));
    QCOMPARE(readText(in("b.wav")), readText(in("b2.wav")));
}

/// Start, demo sound, Preview, listen, turn two knobs while it plays, another tap, render.
void TestWorkstation::aNewcomersPath()
{
    if constexpr (underThreadSanitizer)
        QSKIP(nothingIsCaptured);
    startWindow();
    QTRY_VERIFY_WITH_TIMEOUT(window_->findChildren<widgets::StartRow *>().size() >= 8, patienceMs);
    widgets::StartRow *growl = nullptr;
    for (widgets::StartRow *row : window_->findChildren<widgets::StartRow *>()) {
        if (row->text() == u"Reese growl" || row->accessibleName().contains(u"Reese growl"))
            growl = row;
    }
    QVERIFY(growl);
    QTest::mouseClick(growl, Qt::LeftButton, {}, QPoint(growl->width() / 2, growl->height() / 2));
    QTRY_VERIFY_WITH_TIMEOUT(window_->session().sound() && !window_->files().isLoading(),
                             patienceMs);
    click("previewButton");
    waitForPreview();
    const std::vector<float> plain = stereo(tap(TapId::Output));
    QTRY_VERIFY_WITH_TIMEOUT(heard().size() > 50000, patienceMs);

    auto &fold = child<widgets::Knob>("dist.fold");
    QTest::mousePress(&fold, Qt::LeftButton, {}, fold.rect().center());
    for (int y = 0; y >= -60; y -= 10)
        QTest::mouseMove(&fold, fold.rect().center() + QPoint(0, y));
    QTest::mouseRelease(&fold, Qt::LeftButton, {}, fold.rect().center() + QPoint(0, -60));
    QTest::keyClick(&child<widgets::Knob>("pre.snap"), Qt::Key_PageDown);
    QVERIFY(window_->session().settings().distortion.foldAmount > 2.0);
    QCOMPARE(window_->session().settings().preQuant.classic.snapStrength, 0.9);
    waitForPreview();
    const std::vector<float> folded = stereo(tap(TapId::Output));
    QVERIFY(folded != plain);
    QTRY_VERIFY_WITH_TIMEOUT(isHeardNow(folded), patienceMs);

    click("tap.pre_quant");
    const std::vector<float> preQuant = stereo(tap(TapId::PreQuant));
    QTRY_VERIFY_WITH_TIMEOUT(isHeardNow(preQuant), patienceMs);

    QSignalSpy ended(&window_->exports(), &app::ExportController::ended);
    window_->exportFlow().renderTo(in("growl.wav"));
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, patienceMs);
    const auto number = [](double value) { return QString::number(value, 'g', 17).toStdString(); };
    const engine::pipeline::Settings &settings = window_->session().settings();
    QCOMPARE(runRender({"--fold-amount", number(settings.distortion.foldAmount), "--snap-strength",
                        number(settings.preQuant.classic.snapStrength), demo("reese-growl.wav"),
                        in("line.wav")})
                 .exitCode,
             0);
    QCOMPARE(readText(in("growl.wav")), readText(in("line.wav")));
}

void TestWorkstation::everySwitchAndChoiceIsUndone_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"pre.on", "pre.key", "pre.scale", "pre.smooth", "dist.on", "dist.type",
                             "dist.os", "post.on", "post.link", "lim.on"})
        QTest::newRow(name) << name;
}

void TestWorkstation::everySwitchAndChoiceIsUndone()
{
    QFETCH(QString, name);
    startWindow();
    auto &control = child<QWidget>(name.toUtf8().constData());
    const engine::pipeline::Settings start = window_->session().settings();
    const auto changed = [&] { return !(window_->session().settings() == start); };
    control.setFocus(Qt::TabFocusReason);
    // A switch takes Space, a choice its arrows; a radio group hands its keys to its buttons.
    QList<QWidget *> takers = control.findChildren<QWidget *>();
    takers.prepend(&control);
    for (QWidget *taker : takers) {
        for (const Qt::Key key : {Qt::Key_Space, Qt::Key_Right, Qt::Key_Down}) {
            const bool opensList = qobject_cast<QComboBox *>(taker) && key == Qt::Key_Space;
            if (!changed() && !opensList)
                QTest::keyClick(taker, key);
        }
    }
    QVERIFY2(changed(), "by keyboard");
    QTest::keyClick(window_.get(), Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(!changed());
    QTest::keyClick(window_.get(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(changed());
}

void TestWorkstation::everyParameterIsUndoneAndReset()
{
    startWindow();
    const engine::pipeline::Settings start = window_->session().settings();
    int knobs = 0;
    for (widgets::Knob *knob : window_->findChildren<widgets::Knob *>()) {
        if (!knob->isVisible())
            continue;
        ++knobs;
        const QByteArray name = knob->objectName().toUtf8();
        QTest::keyClick(knob, Qt::Key_End);
        const bool atEnd = !(window_->session().settings() == start);
        if (!atEnd)
            QTest::keyClick(knob, Qt::Key_Home);
        QVERIFY2(!(window_->session().settings() == start), name.constData());
        QTest::keyClick(window_.get(), Qt::Key_Z, Qt::ControlModifier);
        QVERIFY2(window_->session().settings() == start, name.constData());
        QTest::keyClick(knob, Qt::Key_PageUp);
        QTest::keyClick(knob, Qt::Key_PageDown);
        QTest::keyClick(knob, Qt::Key_PageDown);
        QTest::mouseDClick(knob, Qt::LeftButton);
        window_->session().undoStack().setIndex(0);
        QVERIFY2(window_->session().settings() == start, name.constData());
    }
    QVERIFY2(knobs >= 9, qPrintable(QString::number(knobs)));
}

void TestWorkstation::aSoundThatCannotBeOpenedIsExplained()
{
    writeText(in("vox.m4a"), std::string("\0\0\0\x20"
                                         "ftypM4A xxxxxxxxxxxxxxxxxxxxxxxxxxx",
                                         40));
    startWindow();
    window_->openPath(in("vox.m4a"));
    QTRY_VERIFY_WITH_TIMEOUT(wordsIn(child("stage")).contains("“vox.m4a” could not be opened"),
                             patienceMs);
    const QString words = wordsIn(child("stage"));
    QVERIFY2(words.contains("AAC"), qPrintable(words));
    QVERIFY(words.contains("Open another file…"));
    QVERIFY(words.contains("Show in folder"));
    QVERIFY(wordsIn(child("overview")).isEmpty() || !window_->session().sound());
}

void TestWorkstation::theOpenSoundSurvivesAFailedOpen()
{
    makeInput("in.wav", 2, 100000);
    writeText(in("text.wav"), "no sound at all");
    startWindow();
    openSound(in("in.wav"));
    const auto sound = window_->session().sound();
    window_->openPath(in("text.wav"));
    QTRY_VERIFY_WITH_TIMEOUT(wordsIn(child("jobStrip")).contains("“text.wav” could not be opened"),
                             patienceMs);
    QCOMPARE(window_->session().sound(), sound);
    QVERIFY(window_->previews().current());
}

void TestWorkstation::aDamagedSoundSaysWhatIsMissing()
{
    makeNoise("x.wav", 2, 44100 * 8);
    std::filesystem::resize_file(in("x.wav"), std::filesystem::file_size(in("x.wav")) / 2);
    startWindow();
    window_->openPath(in("x.wav"));
    QTRY_VERIFY_WITH_TIMEOUT(wordsIn(child("jobStrip")).contains("could be read"), patienceMs);
    const QString words = wordsIn(child("jobStrip"));
    QVERIFY2(words.contains("“x.wav” ends early: 0:03.999 of 0:08 could be read"),
             qPrintable(words));
    QVERIFY(words.contains("Use what was read"));
}

void TestWorkstation::aRecentFileThatIsGoneCanBeForgotten()
{
    makeInput("in.wav", 2, 60000);
    startWindow();
    openSound(in("in.wav"));
    window_->session().closeSound();
    std::filesystem::remove(in("in.wav"));
    QMenu &recent = window_->actions().submenu("file.recent");
    QCOMPARE(recent.actions().size(), 1);
    recent.actions().front()->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(wordsIn(child("jobStrip")).contains("“in.wav” is no longer at"),
                             patienceMs);
    emit child<widgets::JobStrip>("jobStrip")
        .actionTriggered(QLatin1String(app::words::forgetRecent));
    QTRY_VERIFY(recent.actions().isEmpty());
}

void TestWorkstation::aFolderThatCannotBeWrittenIsNamed()
{
    makeInput("in.wav", 2, 60000);
    startWindow();
    openSound(in("in.wav"));
    window_->exportFlow().renderTo(in("no/such/folder/out.wav"));
    QTRY_VERIFY_WITH_TIMEOUT(wordsIn(child("jobStrip")).contains("does not exist"), patienceMs);
    QVERIFY(wordsIn(child("jobStrip")).contains("Save elsewhere…"));
    QVERIFY(wordsIn(child("jobStrip")).contains("Try again"));
    std::filesystem::create_directories(in("no/such/folder"));
    QSignalSpy ended(&window_->exports(), &app::ExportController::ended);
    emit child<widgets::JobStrip>("jobStrip").actionTriggered(QLatin1String(app::words::tryAgain));
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, patienceMs);
    QVERIFY(std::filesystem::exists(in("no/such/folder/out.wav")));
}

void TestWorkstation::presetsStepAndShowEdited()
{
    startWindow();
    QTRY_VERIFY_WITH_TIMEOUT(!window_->presets().library().presets.empty(), patienceMs);
    click("presetNext");
    const QString first = QString::fromStdString(window_->presets().at(0).preset.name);
    QCOMPARE(window_->session().preset().name, first);
    QVERIFY(!window_->session().isEdited());
    QTest::keyClick(&child<widgets::Knob>("out.gain"), Qt::Key_Up);
    QVERIFY(window_->session().isEdited());
    click("presetPrev");
    QCOMPARE(window_->session().preset().name, QStringLiteral("Init"));
    click("undo");
    QCOMPARE(window_->session().preset().name, first);
    QVERIFY(window_->session().isEdited());
}

void TestWorkstation::theWindowComesBackAfterACrash()
{
    makeNoise("in.wav", 2, 44100 * 5);
    startWindow();
    openSound(in("in.wav"));
    window_->session().edit(ParameterId::FoldAmount, 7.0, widgets::Edit::Set);
    window_->session().setWindow({44100, 2 * 44100});
    const QString folder = app::Autosave::standardFolder();
    const QString saved = folder + QStringLiteral("/session-1.qdsession");
    QTRY_VERIFY_WITH_TIMEOUT(
        readText(saved.toStdString()).find("\"fold_amount\": 7") != std::string::npos, patienceMs);
    // A crash leaves the file as it is now, and no lock.
    const std::string crashed = readText(saved.toStdString());
    window_.reset();
    QVERIFY(readText(saved.toStdString()).find("\"ended\": true") != std::string::npos);
    writeText(saved.toStdString(), crashed);
    startWindow();
    QTRY_VERIFY_WITH_TIMEOUT(
        wordsIn(child("jobStrip")).contains("Your last settings were restored."), patienceMs);
    QCOMPARE(window_->session().settings().distortion.foldAmount, 7.0);
    QTRY_VERIFY_WITH_TIMEOUT(window_->session().sound() && !window_->files().isLoading(),
                             patienceMs);
    QCOMPARE(window_->session().window().firstFrame, std::int64_t{44100});
    // Closed as it should be, the next start is fresh.
    window_.reset();
    startWindow();
    QVERIFY(window_->session().settings() == engine::pipeline::Settings{});
}

void TestWorkstation::closingWorksInAnyState_data()
{
    QTest::addColumn<QString>("state");
    for (const char *state : {"empty", "loading", "previewing", "playing", "rendering"})
        QTest::newRow(state) << state;
}

void TestWorkstation::closingWorksInAnyState()
{
    QFETCH(QString, state);
    writeSparseWav(in("long.wav"), 48000, 2, 48000 * 3600);
    makeNoise("in.wav", 2, 44100 * 30);
    startWindow();
    if (state == u"loading") {
        window_->openPath(in("long.wav"));
        QTRY_VERIFY_WITH_TIMEOUT(window_->session().sound(), patienceMs);
    } else if (state != u"empty") {
        openSound(in("in.wav"));
        if (state == u"previewing")
            window_->session().edit(ParameterId::Smear, 0.7, widgets::Edit::Set);
        if (state == u"playing")
            click("previewButton");
        if (state == u"rendering") {
            window_->exportFlow().renderTo(in("out.wav"));
            window_->close();
            QVERIFY2(window_->isVisible(), "it asks first");
            click("stop_and_close");
        }
    }
    QElapsedTimer clock;
    clock.start();
    window_->close();
    window_.reset();
    QVERIFY2(static_cast<double>(clock.elapsed()) < 2000.0 * slowdown(),
             qPrintable(QString::number(clock.elapsed())));
}

void TestWorkstation::theWindowNeverBlocks()
{
    makeNoise("in.wav", 2, 44100 * 10);
    startWindow();
    openSound(in("in.wav"));
    click("previewButton");
    // What this thread works between two beats of its event loop: on a busy machine a late beat
    // proves nothing, work does.
    const auto workedMs = [] { return 1e3 * threadCpuSeconds(); };
    std::vector<double> gaps;
    double last = workedMs();
    QTimer beat;
    connect(&beat, &QTimer::timeout, this, [&] {
        gaps.push_back(workedMs() - last);
        last = workedMs();
    });
    beat.setTimerType(Qt::PreciseTimer);
    beat.start(5);
    Random random(3);
    for (int i = 0; i < 40; ++i) {
        window_->session().edit(ParameterId::FoldAmount, random.between(1, 9), widgets::Edit::Set);
        QTest::qWait(25);
    }
    std::sort(gaps.begin(), gaps.end());
    const double most = gaps[gaps.size() * 98 / 100];
    qInfo("work between beats: 98 %% below %.1f ms, longest %.1f ms", most, gaps.back());
    QVERIFY2(most < 50.0, qPrintable(QString::number(most)));
}

QD_TEST(TestWorkstation, QApplication)
#include "TestWorkstation.moc"
