// SPDX-License-Identifier: GPL-3.0-or-later
//
// The real window in a home of its own, playing into a pipe that the test reads.
#pragma once

#include "app/workstation/MainWindow.h"
#include "tests/playback/AlsaFixture.h"
#include "tests/support/RenderFixture.h"
#include "tests/support/Sanitizers.h"
#include "widgets/controls/Knob.h"

#include <QAbstractButton>
#include <QLabel>
#include <QSignalSpy>
#include <csignal>

namespace tests {

/// A device in real time that nobody hears.
class PacedDriver final : public engine::playback::OutputDriver {
    class Stream final : public engine::playback::OutputStream {
    public:
        Stream() : core_(std::make_shared<engine::playback::PlaybackCore>(rateHz))
        {
            thread_ = std::jthread([core = core_](const std::stop_token &stop) {
                std::vector<float> block(2 * rateHz / 200);
                while (!stop.stop_requested()) {
                    core->process(block.data(), static_cast<int>(block.size() / 2));
                    std::this_thread::sleep_for(std::chrono::milliseconds(5));
                }
            });
        }
        const engine::playback::StreamInfo &info() const override { return info_; }
        std::shared_ptr<engine::playback::PlaybackCore> core() const override { return core_; }

    private:
        engine::playback::StreamInfo info_{"paced", rateHz, 10.0, rateHz / 100};
        std::shared_ptr<engine::playback::PlaybackCore> core_;
        std::jthread thread_;
    };

public:
    static constexpr int rateHz = 44100;
    engine::Result<std::vector<engine::playback::DeviceInfo>> rescan() override
    {
        return std::vector{
            engine::playback::DeviceInfo{"paced", "test", rateHz, 2, true, 10.0, 10.0}};
    }
    engine::Result<std::unique_ptr<engine::playback::OutputStream>>
    open(const engine::playback::DeviceChoice &, int) override
    {
        return std::make_unique<Stream>();
    }
};

class WorkstationFixture : public RenderFixture {
    Q_OBJECT

protected:
    /// Quicker to make than makeInput()'s sound.
    void makeNoise(const char *name, int channels, int frames) const
    {
        Random random(7);
        writeSound(in(name), SF_FORMAT_WAV | SF_FORMAT_FLOAT,
                   makeSignal(SignalKind::Noise, {44100, channels}, frames, 0.5, random));
    }
    /// Null: PortAudio.
    void startWindow(std::shared_ptr<engine::playback::OutputDriver> driver = nullptr,
                     const std::vector<std::filesystem::path> &files = {})
    {
        // PortAudio ends its threads inside calls that ThreadSanitizer does not follow.
        if (underThreadSanitizer && !driver)
            driver = std::make_shared<PacedDriver>();
        window_ = std::make_unique<app::MainWindow>(
            engine::playback::PlayerOptions{std::move(driver), {}}, files);
        window_->show();
        QVERIFY(QTest::qWaitForWindowExposed(window_.get()));
    }
    /// Waits until it is read to its end and its preview is right.
    void openSound(const std::string &path)
    {
        window_->openPath(path);
        QTRY_VERIFY_WITH_TIMEOUT(window_->session().sound() && !window_->files().isLoading(),
                                 patienceMs);
        waitForPreview();
    }
    void waitForPreview()
    {
        QTRY_VERIFY_WITH_TIMEOUT(window_->previews().isUpToDate(), patienceMs);
    }
    template <typename Widget = QWidget>
    Widget &child(const char *name) const
    {
        Widget *const found = window_->findChild<Widget *>(QLatin1String(name));
        if (!found)
            qFatal("there is no %s", name);
        return *found;
    }
    void click(const char *name)
    {
        QTest::mouseClick(&child<QAbstractButton>(name), Qt::LeftButton);
    }
    const engine::AudioBuffer &tap(engine::pipeline::TapId id) const
    {
        return window_->previews().current()->sound(id);
    }
    /// All words that can be read in a part of the window.
    static QString wordsIn(const QWidget &part)
    {
        QStringList words;
        QList<QWidget *> widgets = part.findChildren<QWidget *>();
        widgets.prepend(const_cast<QWidget *>(&part));
        for (const QWidget *widget : widgets) {
            if (!widget->isVisible())
                continue;
            words << widget->accessibleName();
            if (const auto *label = qobject_cast<const QLabel *>(widget))
                words << label->text();
            if (const auto *button = qobject_cast<const QAbstractButton *>(widget))
                words << button->text();
        }
        return words.join(u'\n');
    }

    /// Interleaved stereo, from the first sample that is no silence.
    std::vector<float> heard() const
    {
        return output_->heard();
    }

    AlsaWorld world_;
    std::unique_ptr<CapturedOutput> output_;
    std::unique_ptr<app::MainWindow> window_;

private slots:
    void initTestCase()
    {
        std::signal(SIGPIPE, SIG_IGN);
        world_.use(QStringLiteral("pcm.!default { type file slave.pcm { type null } file \"%1\"\n"
                                  "  format raw hint { show on description \"test\" } }\n")
                       .arg(world_.path("out.raw")));
        widgets::Theme::shared().setMode(widgets::Theme::Mode::Dark);
        widgets::Theme::shared().setReducedMotion(true);
    }
    void init()
    {
        RenderFixture::init();
        const QByteArray home = QByteArray::fromStdString(in("home"));
        for (const char *name : {"HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"})
            qputenv(name, home + "/" + name);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope,
                           QString::fromLocal8Bit(home + "/config"));
        output_ = std::make_unique<CapturedOutput>(world_.path("out.raw"));
    }
    void cleanup()
    {
        window_.reset();
        output_.reset();
        QFile::remove(world_.path("out.raw"));
    }
};

} // namespace tests
