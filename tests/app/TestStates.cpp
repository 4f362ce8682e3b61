// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every state that a person can meet, provoked for real, and what the window then says. With
// QD_PICTURES=FOLDER in the environment a picture of each is left there.
#include "tests/app/WorkstationFixture.h"
#include "tests/support/TestProgram.h"

#include <QMimeData>
#include <fstream>
#include <sys/syscall.h>
#include <unistd.h>

using namespace engine;
using namespace tests;

namespace {

/// While it is set, whatever is written into files below this folder finds no room.
std::atomic<const char *> fullFolder{nullptr};

[[maybe_unused]] bool hasNoRoom(int fd)
{
    const char *const folder = fullFolder.load();
    if (folder == nullptr)
        return false;
    std::array<char, 4096> path{};
    const std::string link = "/proc/self/fd/" + std::to_string(fd);
    if (readlink(link.c_str(), path.data(), path.size() - 1) <= 0)
        return false;
    return std::string_view(path.data()).starts_with(folder);
}

/// A device that stops answering, or answers too late.
class FaultyDriver final : public playback::OutputDriver {
public:
    enum class Fault { None, Dead, Late };
    std::atomic<Fault> fault{Fault::None};
    std::atomic<bool> exists{true};

    Result<std::vector<playback::DeviceInfo>> rescan() override
    {
        if (!exists)
            return std::vector<playback::DeviceInfo>{};
        return std::vector{
            playback::DeviceInfo{"Scarlett 2i2", "ALSA", rateHz, 2, true, 10.0, 10.0}};
    }
    Result<std::unique_ptr<playback::OutputStream>> open(const playback::DeviceChoice &,
                                                         int) override
    {
        return std::make_unique<Stream>(*this);
    }

private:
    static constexpr int rateHz = 44100;
    class Stream final : public playback::OutputStream {
    public:
        explicit Stream(FaultyDriver &driver)
            : core_(std::make_shared<playback::PlaybackCore>(rateHz))
        {
            thread_ = std::jthread([core = core_, &driver](const std::stop_token &stop) {
                std::vector<float> block(2 * rateHz / 200);
                while (!stop.stop_requested()) {
                    if (driver.fault == Fault::Late)
                        core->noteDropout();
                    if (driver.fault != Fault::Dead)
                        core->process(block.data(), static_cast<int>(block.size() / 2));
                    std::this_thread::sleep_for(std::chrono::milliseconds(5));
                }
            });
        }
        const playback::StreamInfo &info() const override { return info_; }
        std::shared_ptr<playback::PlaybackCore> core() const override { return core_; }

    private:
        playback::StreamInfo info_{"Scarlett 2i2", rateHz, 10.0, rateHz / 100};
        std::shared_ptr<playback::PlaybackCore> core_;
        std::jthread thread_;
    };
};

/// The program as an account that may not do everything, until the end of the scope.
class NobodyElse {
public:
    NobodyElse() : was_(geteuid())
    {
        if (was_ == 0)
            (void)!seteuid(65534);
    }
    ~NobodyElse() { (void)!seteuid(was_); }
    NobodyElse(const NobodyElse &) = delete;
    NobodyElse &operator=(const NobodyElse &) = delete;

private:
    uid_t was_;
};

} // namespace

#if !defined(__SANITIZE_THREAD__) && !defined(__SANITIZE_ADDRESS__)
extern "C" ssize_t pwrite(int fd, const void *data, size_t bytes, off_t at)
{
    if (hasNoRoom(fd)) {
        errno = ENOSPC;
        return -1;
    }
    return syscall(SYS_pwrite64, fd, data, bytes, at);
}
extern "C" ssize_t write(int fd, const void *data, size_t bytes)
{
    if (hasNoRoom(fd)) {
        errno = ENOSPC;
        return -1;
    }
    return syscall(SYS_write, fd, data, bytes);
}
#endif

class TestStates final : public WorkstationFixture {
    Q_OBJECT
    std::shared_ptr<FaultyDriver> driver_;

    void startHere(bool withDevice = true)
    {
        driver_ = std::make_shared<FaultyDriver>();
        driver_->exists = withDevice;
        startWindow(driver_);
        const widgets::Theme &theme = widgets::Theme::shared();
        window_->resize(theme.px("size.window_default_width"),
                        theme.px("size.window_default_height"));
    }
    void picture(const char *name)
    {
        const QString folder = qEnvironmentVariable("QD_PICTURES");
        if (folder.isEmpty())
            return;
        QTest::qWait(400); // views draw on threads of their own
        QVERIFY(window_->grab().save(QStringLiteral("%1/%2.png").arg(folder, QLatin1String(name))));
    }
    void waitForWords(const QWidget &part, const QString &words)
    {
        if (!QTest::qWaitFor([&] { return wordsIn(part).contains(words); }, patienceMs))
            QFAIL(qPrintable(words + "\nbut it says\n" + wordsIn(part)));
    }
    void waitForWords(const char *part, const QString &words) { waitForWords(child(part), words); }
    void waitForSound()
    {
        QTRY_VERIFY_WITH_TIMEOUT(window_->session().sound() && !window_->files().isLoading(),
                                 patienceMs);
        waitForPreview();
    }
    void openDemo()
    {
        window_->openPath(engine::io::shareFolder() / "demo-sounds" / "reese-growl.wav");
        waitForSound();
    }
    void drag(std::initializer_list<const char *> names)
    {
        QMimeData data;
        QList<QUrl> urls;
        for (const char *name : names)
            urls << QUrl::fromLocalFile(QString::fromStdString(in(name)));
        data.setUrls(urls);
        QDragLeaveEvent leave;
        QApplication::sendEvent(window_.get(), &leave);
        QDragEnterEvent enter({300, 300}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(window_.get(), &enter);
    }

private slots:
    void nothingIsOpen();
    void theMainWindow();
    void aFileHangsOverTheWindow();
    void aLongFileIsRead();
    void aSoundCannotBeDecoded();
    void aSoundEndsEarly();
    void aRecentSoundIsGone();
    void aSoundMayNotBeRead();
    void thereIsNoDevice();
    void theDeviceIsUnplugged();
    void theDeviceSkips();
    void aRenderRuns();
    void theDiskIsFull();
    void theFolderIsReadOnly();
    void theSoundIsSpoiltUnderThePreview();
    void closingWhileRendering();
    void closingWhenTheRenderIsDone();
    void closingWithADialogOpen_data();
    void closingWithADialogOpen();
};

void TestStates::nothingIsOpen()
{
    startHere();
    waitForWords("stage", "Drop an audio file here");
    picture("empty");
    // The first key of a newcomer must not change anything behind their back.
    const auto settings = window_->session().settings();
    QTest::keyClick(window_->focusWidget() ? window_->focusWidget() : window_.get(), Qt::Key_Space);
    QVERIFY(window_->session().settings() == settings);
    QVERIFY(!window_->session().undoStack().canUndo());
}

void TestStates::theMainWindow()
{
    startHere();
    window_->actions()["view.inspector"].setChecked(false);
    window_->actions()["view.inspector"].trigger();
    openDemo();
    app::PresetController &presets = window_->presets();
    const auto growl = [&]() -> std::optional<std::size_t> {
        for (std::size_t i = 0; i < presets.library().presets.size(); ++i) {
            if (presets.library().presets[i].preset.name == "Controlled Dubstep Growl")
                return i;
        }
        return std::nullopt;
    };
    QTRY_VERIFY_WITH_TIMEOUT(growl(), patienceMs);
    presets.choose(*growl());
    waitForPreview();
    click("previewButton");
    QTRY_VERIFY_WITH_TIMEOUT(window_->playback().playheadSeconds() > 1.0, patienceMs);
    QTest::keyClick(window_.get(), Qt::Key_3);
    picture("main-dark");
    const QSize usual = window_->size();
    const widgets::Theme &theme = widgets::Theme::shared();
    window_->resize(theme.px("size.window_min_width"), theme.px("size.window_min_height"));
    picture("main-compact");
    widgets::Theme::shared().setMode(widgets::Theme::Mode::Light);
    picture("main-compact-light");
    window_->resize(usual);
    picture("main-light");
    widgets::Theme::shared().setMode(widgets::Theme::Mode::Dark);
    QVERIFY(window_->windowTitle().contains("reese-growl.wav"));
}

void TestStates::aFileHangsOverTheWindow()
{
    makeNoise("a.wav", 1, 1000);
    startHere();
    drag({"a.wav"});
    QVERIFY2(wordsIn(*window_).contains("Open a.wav"), qPrintable(wordsIn(*window_)));
    picture("drag-over");
    drag({"a.txt"});
    QVERIFY2(wordsIn(*window_).contains("Only audio files"), qPrintable(wordsIn(*window_)));
    drag({"a.wav", "b.wav", "c.wav"});
    QVERIFY2(wordsIn(*window_).contains("Open the first of 3 files"),
             qPrintable(wordsIn(*window_)));
}

void TestStates::aLongFileIsRead()
{
    writeSparseWav(in("hours.wav"), 48000, 2, std::int64_t{48000} * 3600 * 2);
    startHere();
    window_->openPath(in("hours.wav"));
    waitForWords("jobStrip", "Opening");
    waitForWords("jobStrip", "Cancel");
    picture("loading");
    window_->files().cancel();
    QTRY_VERIFY_WITH_TIMEOUT(!window_->files().isLoading(), patienceMs);
}

void TestStates::aSoundCannotBeDecoded()
{
    writeText(in("vox.m4a"), std::string("\0\0\0\x20"
                                         "ftypM4A xxxxxxxxxxxxxxxxxxxxxxxxxxx",
                                         40));
    startHere();
    window_->openPath(in("vox.m4a"));
    waitForWords("stage", "“vox.m4a” could not be opened");
    waitForWords("stage", "AAC");
    picture("error-decode");
    openDemo();
    window_->openPath(in("vox.m4a"));
    waitForWords("jobStrip", "“vox.m4a” could not be opened");
    picture("error-decode-strip");
    QVERIFY(window_->session().sound());
}

void TestStates::aSoundEndsEarly()
{
    makeNoise("x.wav", 2, 44100 * 8);
    std::filesystem::resize_file(in("x.wav"), std::filesystem::file_size(in("x.wav")) / 2);
    startHere();
    window_->openPath(in("x.wav"));
    waitForWords("jobStrip", "“x.wav” ends early: 0:03.999 of 0:08 could be read");
    waitForWords("jobStrip", "Use what was read");
    picture("damaged");
}

void TestStates::aRecentSoundIsGone()
{
    makeNoise("gone.wav", 1, 60000);
    startHere();
    openSound(in("gone.wav"));
    window_->session().closeSound();
    std::filesystem::remove(in("gone.wav"));
    window_->actions().submenu("file.recent").actions().front()->trigger();
    waitForWords("jobStrip", "“gone.wav” is no longer at");
    waitForWords("jobStrip", "Locate…");
    waitForWords("jobStrip", "Remove from list");
    picture("missing");
}

void TestStates::aSoundMayNotBeRead()
{
    makeNoise("in.wav", 1, 60000);
    makeNoise("secret.wav", 1, 60000);
    std::filesystem::permissions(in("secret.wav"), std::filesystem::perms::none);
    startHere();
    openSound(in("in.wav"));
    {
        const NobodyElse nobody;
        window_->openPath(in("secret.wav"));
        waitForWords("jobStrip", "“secret.wav” cannot be read: your account has no permission.");
    }
    waitForWords("jobStrip", "Show in folder");
    picture("no-permission");
}

void TestStates::thereIsNoDevice()
{
    startHere(false);
    openDemo();
    waitForWords("transport", "No audio device");
    click("play");
    waitForWords(*window_, "This computer has no audio output now.");
    waitForWords(*window_, "You can still edit, look and render.");
    picture("no-device");
}

void TestStates::theDeviceIsUnplugged()
{
    startHere();
    openDemo();
    click("previewButton");
    QTRY_VERIFY_WITH_TIMEOUT(window_->playback().playheadSeconds() > 0.3, patienceMs);
    driver_->exists = false;
    driver_->fault = FaultyDriver::Fault::Dead;
    waitForWords("transport", "No audio device");
    click("deviceChip");
    waitForWords(*window_, "“Scarlett 2i2” was unplugged, so playback stopped at 0:0");
    QCOMPARE(child<QAbstractButton>("play").toolTip().contains("Pause"), false);
    picture("device-lost");
}

void TestStates::theDeviceSkips()
{
    startHere();
    openDemo();
    driver_->fault = FaultyDriver::Fault::Late;
    click("previewButton");
    waitForWords("transport", "Playback is skipping");
    click("deviceChip");
    waitForWords(*window_, "Use a larger buffer");
    picture("device-skips");
}

void TestStates::aRenderRuns()
{
    writeSparseWav(in("live set.wav"), 48000, 2, std::int64_t{48000} * 3600);
    startHere();
    window_->openPath(in("live set.wav"));
    waitForSound();
    window_->exportFlow().renderTo(in("live set growl.flac"));
    waitForWords("jobStrip", "Rendering");
    waitForWords("jobStrip", "live set growl.flac");
    waitForWords("header", "Rendering");
    QVERIFY(!child<QAbstractButton>("renderButton").isEnabled());
    QTRY_VERIFY_WITH_TIMEOUT(window_->exports().progress().secondsLeft, patienceMs);
    picture("rendering");
    window_->exports().cancel();
    waitForWords("jobStrip", "Render cancelled. Nothing was written.");
    picture("render-cancelled");
    QVERIFY(!std::filesystem::exists(in("live set growl.flac")));
}

void TestStates::theDiskIsFull()
{
    if constexpr (underSanitizer)
        QSKIP("a sanitizer owns write()");
    makeNoise("in.wav", 2, 44100);
    writeText(in("out.wav"), "what was there");
    std::filesystem::create_directory(in("media"));
    writeText(in("media/out.wav"), "what was there");
    startHere();
    openSound(in("in.wav"));
    const std::string folder = in("media");
    fullFolder = folder.c_str();
    window_->exportFlow().renderTo(in("media/out.wav"));
    const bool said = QTest::qWaitFor(
        [&] {
            return wordsIn(child("jobStrip"))
                .contains("The disk is full: “out.wav” was not written.");
        },
        patienceMs);
    fullFolder = nullptr;
    QVERIFY2(said, qPrintable(wordsIn(child("jobStrip"))));
    waitForWords("jobStrip", "The unfinished file was removed.");
    picture("disk-full");
    QCOMPARE(readText(in("media/out.wav")), std::string("what was there"));
    QCOMPARE(std::distance(std::filesystem::directory_iterator(in("media")), {}), 1);
    click("try_again");
    waitForWords("jobStrip", "Rendered out.wav in");
    picture("render-done");
}

void TestStates::theFolderIsReadOnly()
{
    makeNoise("in.wav", 1, 60000);
    std::filesystem::create_directory(in("out"));
    std::filesystem::permissions(in("out"), std::filesystem::perms::owner_read);
    startHere();
    openSound(in("in.wav"));
    {
        const NobodyElse nobody;
        window_->exportFlow().renderTo(in("out/x.wav"));
        waitForWords("jobStrip", "“x.wav” could not be saved in");
    }
    waitForWords("jobStrip", "the folder is read-only");
    waitForWords("jobStrip", "Save elsewhere…");
    picture("read-only");
    std::filesystem::permissions(in("out"), std::filesystem::perms::owner_all);
}

void TestStates::theSoundIsSpoiltUnderThePreview()
{
    Random random(7);
    writeSound(in("in.flac"), SF_FORMAT_FLAC | SF_FORMAT_PCM_16,
               makeSignal(SignalKind::Noise, {44100, 1}, 44100 * 25, 0.5, random));
    startHere();
    openSound(in("in.flac"));
    const auto heard = window_->previews().current();
    // A disk that fails: what lies there is no sound any more, and no program has written it.
    const auto written = std::filesystem::last_write_time(in("in.flac"));
    std::fstream(in("in.flac"), std::ios::in | std::ios::out | std::ios::binary)
        << std::string(std::filesystem::file_size(in("in.flac")), '\0');
    std::filesystem::last_write_time(in("in.flac"), written);
    window_->session().setWindow({44100 * 12, 44100 * 5});
    waitForWords("jobStrip", "The preview could not be computed; you hear the last good one.");
    waitForWords("jobStrip", "Copy details");
    picture("preview-failed");
    QCOMPARE(window_->previews().current(), heard);
}

void TestStates::closingWhileRendering()
{
    writeSparseWav(in("long.wav"), 48000, 2, std::int64_t{48000} * 3600);
    startHere();
    window_->openPath(in("long.wav"));
    waitForSound();
    window_->exportFlow().renderTo(in("out.wav"));
    QVERIFY(!window_->close());
    waitForWords("jobStrip", "“out.wav” is still being rendered.");
    picture("close-question");
    click("keep_working");
    QVERIFY(window_->isVisible() && window_->exports().isRunning());
    QVERIFY(!window_->close());
    click("stop_and_close");
    QVERIFY(!window_->isVisible());
    window_.reset();
    QVERIFY(!std::filesystem::exists(in("out.wav")));
}

void TestStates::closingWhenTheRenderIsDone()
{
    makeNoise("in.wav", 2, 44100 * 30);
    startHere();
    openSound(in("in.wav"));
    window_->exportFlow().renderTo(in("out.wav"));
    QVERIFY(!window_->close());
    click("close_when_done");
    QVERIFY(window_->isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(!window_->isVisible(), patienceMs);
    QVERIFY(std::filesystem::exists(in("out.wav")));
}

void TestStates::closingWithADialogOpen_data()
{
    QTest::addColumn<QString>("command");
    for (const char *command :
         {"file.open", "file.open_session", "file.save_session_as", "file.save_tap", "file.render",
          "file.preferences", "chain.save_as", "chain.contact_sheet", "listen.abx", "help.about"})
        QTest::newRow(command) << QString::fromLatin1(command);
}

/// Keys and clicks go to the dialog alone, but the window's frame still closes the window.
void TestStates::closingWithADialogOpen()
{
    QFETCH(QString, command);
    makeNoise("in.wav", 2, 44100 * 2);
    startHere();
    openSound(in("in.wav"));
    window_->session().edit(engine::pipeline::ParameterId::FoldAmount, 5.0, widgets::Edit::Set);
    const engine::pipeline::Settings before = window_->session().settings();
    QAction &action = window_->actions()[command.toLatin1().data()];
    QTRY_VERIFY_WITH_TIMEOUT(action.isEnabled(), patienceMs);
    action.trigger();
    QPointer<QDialog> dialog;
    QTRY_VERIFY([&] {
        for (QDialog *found : window_->findChildren<QDialog *>()) {
            if (found->isVisible())
                dialog = found;
        }
        return dialog != nullptr;
    }());
    // The system passes no wish to close on to a window that is behind a modal one.
    QVERIFY(!QGuiApplication::modalWindow());
    QWidget *const below = window_->childAt(window_->rect().center());
    QCOMPARE(below->objectName(), QStringLiteral("cover"));
    const QPoint play = child("play").mapTo(window_.get(), QPoint(5, 5));
    QTest::mouseClick(window_->windowHandle(), Qt::LeftButton, Qt::NoModifier, play);
    QTest::keyClick(below, Qt::Key_Z, Qt::ControlModifier);
    QTest::keyClick(below, Qt::Key_Space);
    QTest::qWait(60);                           // the player is asked every few milliseconds
    if (command != QLatin1String("listen.abx")) // which plays by itself
        QVERIFY(!window_->playback().status().playWanted);
    QVERIFY(window_->session().settings() == before);
    QVERIFY(window_->close());
    QVERIFY(!dialog || !dialog->isVisible());
    QVERIFY(!window_->isVisible());
}

QD_TEST(TestStates, QApplication)
#include "TestStates.moc"
