// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is seen and heard is what is rendered: a sound that another program changes meanwhile is
// told and not rendered, the sound that is open is never replaced, and a program that is ended from
// outside ends in order.
#include "app/workstation/ExportDialog.h"
#include "app/workstation/Log.h"
#include "engine/io/SessionFile.h"
#include "tests/app/WorkstationFixture.h"
#include "tests/support/TestProgram.h"

#include <QLineEdit>

using namespace engine;
using namespace tests;

class TestChangedSound final : public WorkstationFixture {
    Q_OBJECT

    QString told() const { return child("jobStrip").accessibleName(); }
    void waitUntilTold(const char *words)
    {
        QTRY_VERIFY2_WITH_TIMEOUT(told().contains(QString::fromUtf8(words)), qPrintable(told()),
                                  patienceMs);
    }
    void pressInStrip(const char *action)
    {
        QTest::mouseClick(child("jobStrip").findChild<QAbstractButton *>(QLatin1String(action)),
                          Qt::LeftButton);
    }
    void waitForSound(std::int64_t frames)
    {
        QTRY_VERIFY_WITH_TIMEOUT(window_->session().sound() && !window_->files().isLoading() &&
                                     window_->session().sound()->framesRead == frames,
                                 patienceMs);
        waitForPreview();
    }
    void open()
    {
        makeNoise("in.wav", 2, 30 * 44100);
        startWindow(std::make_shared<PacedDriver>());
        openSound(in("in.wav"));
    }
    /// What is heard at the first tap begins there in a file.
    bool isFrom(const AudioBuffer &file, std::int64_t at) const
    {
        constexpr int frames = 44100;
        const ConstAudioBlock heard = tap(pipeline::TapId::Input).block(0, frames);
        const ConstAudioBlock there = file.block(at, frames);
        for (int c = 0; c < heard.channels(); ++c) {
            if (!std::ranges::equal(heard.channel(c), there.channel(c)))
                return false;
        }
        return true;
    }
    /// As another program does it, in place.
    void replaceSound(int frames) const
    {
        Random random(11);
        writeSound(in("in.wav"), SF_FORMAT_WAV | SF_FORMAT_FLOAT,
                   makeSignal(SignalKind::Noise, {44100, 2}, frames, 0.3, random));
    }

private slots:
    void aChangedSoundIsNotRendered();
    void anotherPartIsNotReadFromAChangedSound();
    void whoeverComesBackIsTold();
    void theOpenSoundIsNotReplaced();
    void aSourceThatIsGoneIsTold();
    void aSignalEndsTheProgramInOrder();
};

void TestChangedSound::aChangedSoundIsNotRendered()
{
    open();
    window_->session().setWindow({44100, 3 * 44100});
    waitForPreview();
    replaceSound(10 * 44100);
    window_->exportFlow().renderTo(in("out.wav"));
    waitUntilTold("“out.wav” was not rendered. “in.wav” has been changed by another program.");
    QVERIFY(!std::filesystem::exists(in("out.wav")));
    QVERIFY(!window_->exports().isRunning());
    // Coming back to the window, as from a dialog, does not say less.
    QSignalSpy changed(&window_->files(), &app::FileController::changedOnDisk);
    window_->files().checkOnDisk();
    QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 1, patienceMs);
    QVERIFY2(told().contains("“out.wav” was not rendered."), qPrintable(told()));
    // Once it is loaded again it can be.
    pressInStrip("load_again");
    waitForSound(10 * 44100);
    QCOMPARE(window_->session().window().firstFrame, std::int64_t{44100});
    QCOMPARE(window_->session().window().frames, std::int64_t{3 * 44100});
    window_->exportFlow().renderTo(in("out.wav"));
    QTRY_VERIFY_WITH_TIMEOUT(std::filesystem::exists(in("out.wav")), patienceMs);
    QCOMPARE(runRender({in("in.wav"), in("reference.wav")}).exitCode, 0);
    QVERIFY(sameBits(readSound(in("out.wav")), readSound(in("reference.wav"))));
}

void TestChangedSound::anotherPartIsNotReadFromAChangedSound()
{
    open();
    const AudioBuffer before = readSound(in("in.wav"));
    QVERIFY(isFrom(before, 0));
    replaceSound(30 * 44100);
    // What was read stays: settings can be changed.
    window_->session().edit(pipeline::ParameterId::FoldAmount, 3.0, widgets::Edit::Set);
    waitForPreview();
    window_->session().setWindow({12 * 44100, 10 * 44100});
    waitUntilTold("“in.wav” has been changed by another program.");
    QVERIFY(isFrom(before, 0));
    pressInStrip("load_again");
    waitForSound(30 * 44100);
    const AudioBuffer now = readSound(in("in.wav"));
    QVERIFY(isFrom(now, 12 * 44100));
}

void TestChangedSound::whoeverComesBackIsTold()
{
    open();
    QSignalSpy changed(&window_->files(), &app::FileController::changedOnDisk);
    window_->activateWindow();
    QTRY_VERIFY(window_->isActiveWindow());
    const auto look = [this] {
        QEvent activation(QEvent::ActivationChange);
        QCoreApplication::sendEvent(window_.get(), &activation);
        QTest::qWait(100);
    };
    look();
    // Another name or another owner is no other sound.
    std::filesystem::create_hard_link(in("in.wav"), in("link.wav"));
    look();
    QCOMPARE(changed.size(), 0);
    replaceSound(44100);
    look();
    QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 1, patienceMs);
    QVERIFY(told().contains("has been changed by another program"));
    pressInStrip("jobDismiss");
    look();
    QCOMPARE(changed.size(), 1); // told once
    replaceSound(2 * 44100);
    look();
    QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 2, patienceMs);
    pressInStrip("load_again");
    waitForSound(2 * 44100);
}

void TestChangedSound::theOpenSoundIsNotReplaced()
{
    open();
    const std::string before = readText(in("in.wav"));
    window_->exportFlow().saveTapTo(in("in.wav"), pipeline::TapId::Output);
    waitUntilTold("“in.wav” is the sound that you are working on.");
    QVERIFY(readText(in("in.wav")) == before);
    std::filesystem::create_hard_link(in("in.wav"), in("link.wav"));
    window_->exportFlow().saveTapTo(in("link.wav"), pipeline::TapId::Output);
    waitUntilTold("“link.wav” is the sound that you are working on.");
    QVERIFY(readText(in("in.wav")) == before);
    // In the dialog the button waits for another name.
    app::ExportFacts facts;
    facts.sound = in("in.wav");
    facts.format = window_->session().sound()->format;
    facts.seconds = 30.0;
    facts.folder = folder_;
    facts.name = QStringLiteral("in");
    const auto dialog = new app::ExportDialog(facts, {}, window_.get());
    dialog->openOver();
    const auto type = [&](const char *text) {
        auto &name = child<QLineEdit>("export.name");
        name.selectAll();
        QTest::keyClicks(&name, QString::fromUtf8(text));
    };
    const auto &render = child<QAbstractButton>("export.render");
    type("in.wav");
    QVERIFY(!render.isEnabled());
    QVERIFY(wordsIn(*dialog).contains("This is the sound that you are working on"));
    type("link.wav");
    QVERIFY(!render.isEnabled());
    type("other.wav");
    QVERIFY(render.isEnabled());
}

void TestChangedSound::aSourceThatIsGoneIsTold()
{
    open();
    std::filesystem::remove(in("in.wav"));
    window_->exportFlow().renderTo(in("out.wav"));
    waitUntilTold("“out.wav” was not rendered: its source cannot be read.");
    QVERIFY(told().contains("Put it back"));
    makeNoise("in.wav", 2, 30 * 44100);
    QVERIFY(!std::filesystem::exists(in("out.wav")));
}

void TestChangedSound::aSignalEndsTheProgramInOrder()
{
    makeNoise("in.wav", 2, 44100);
    for (const int signal : {SIGTERM, SIGHUP, SIGINT}) {
        const QDir logs(app::logFolder());
        for (const QString &old : logs.entryList(QDir::Files))
            QFile::remove(logs.filePath(old));
        const auto lines = [&] {
            QString all;
            for (const QString &name : logs.entryList(QDir::Files))
                all += QString::fromStdString(readText(logs.filePath(name).toStdString()));
            return all;
        };
        ProgramOptions options;
        options.whileRunning = [&](pid_t program) {
            QTRY_VERIFY2_WITH_TIMEOUT(lines().contains("Opened"), qPrintable(lines()), patienceMs);
            kill(program, signal);
        };
        const Outcome outcome = runProgram(QD_WORKSTATION_PROGRAM, {in("in.wav")}, options);
        QVERIFY2(outcome.exitCode == 0, outcome.err.c_str());
        QVERIFY2(lines().contains(QStringLiteral("Ended by signal %1").arg(signal)) &&
                     lines().contains("Closed"),
                 qPrintable(lines()));
        // No crash: its work is kept as after any other close.
        const auto kept = io::loadSessionFile(
            (app::Autosave::standardFolder() + QStringLiteral("/session-1.qdsession"))
                .toStdString());
        QVERIFY(kept && kept->ended);
    }
}

QD_TEST(TestChangedSound, QApplication)
#include "TestChangedSound.moc"
