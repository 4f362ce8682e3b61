// SPDX-License-Identifier: GPL-3.0-or-later
//
// How long it takes from a turn of a knob to the first sample of the new sound, in the real window,
// while it plays: 200 random edits of a 10 s stereo preview with the Classic settings. Prints the
// distributions of CPU time of the re-render, of wall time until the swapped sound arrives at the
// device, and the longest time for which the event loop stood still.

#include "app/workstation/MainWindow.h"
#include "engine/base/Clock.h"
#include "tests/support/Cpu.h"
#include "tests/support/Signals.h"
#include "tests/support/SoundFile.h"

#include <QApplication>
#include <QTemporaryDir>
#include <QTest>
#include <mutex>
#include <numeric>

using namespace engine;
using namespace engine::playback;

namespace {

constexpr int rateHz = 48000;
constexpr int seconds = 10;
constexpr int edits = 200;
constexpr int blockFrames = 240; // 5 ms

struct Block {
    double atSeconds;
    std::array<float, 2 * blockFrames> samples;
};

/// A device in real time that remembers what was played and when.
class RememberingStream final : public OutputStream {
public:
    RememberingStream()
        : info_{"bench", rateHz, 10.0, 2 * blockFrames},
          core_(std::make_shared<PlaybackCore>(rateHz))
    {
        thread_ = std::jthread([this](const std::stop_token &stop) {
            double next = secondsNow();
            while (!stop.stop_requested()) {
                Block block{};
                core_->process(block.samples.data(), blockFrames);
                block.atSeconds = secondsNow();
                {
                    const std::scoped_lock lock(mutex_);
                    blocks_.push_back(block);
                }
                next += static_cast<double>(blockFrames) / rateHz;
                std::this_thread::sleep_for(std::chrono::duration<double>(next - secondsNow()));
            }
        });
    }
    const StreamInfo &info() const override { return info_; }
    std::shared_ptr<PlaybackCore> core() const override { return core_; }
    static std::vector<Block> played()
    {
        const std::scoped_lock lock(mutex_);
        return blocks_;
    }

private:
    StreamInfo info_;
    std::shared_ptr<PlaybackCore> core_;
    static inline std::mutex mutex_;
    static inline std::vector<Block> blocks_;
    std::jthread thread_;
};

class RememberingDriver final : public OutputDriver {
public:
    Result<std::vector<DeviceInfo>> rescan() override
    {
        return std::vector{DeviceInfo{"bench", "bench", rateHz, 2, true, 10.0, 10.0}};
    }
    Result<std::unique_ptr<OutputStream>> open(const DeviceChoice &, int) override
    {
        return std::make_unique<RememberingStream>();
    }
};

struct EditRecord {
    std::shared_ptr<const AudioBuffer> before;
    double atSeconds;
    double cpuSeconds;
    double guiCpuSeconds;
};

void print(const char *name, std::vector<double> ms)
{
    if (ms.empty())
        return;
    std::sort(ms.begin(), ms.end());
    const auto at = [&](double share) {
        return ms[static_cast<std::size_t>(share * static_cast<double>(ms.size() - 1))];
    };
    std::printf("%-46s median %6.1f ms, 90 %% %6.1f, longest %6.1f (%zu)\n", name, at(0.5), at(0.9),
                ms.back(), ms.size());
}

/// When the first sample that is not the old sound's arrived, for each edit.
std::vector<double> swapMs(const std::vector<EditRecord> &records)
{
    const std::vector<Block> blocks = RememberingStream::played();
    std::vector<double> result;
    std::int64_t frame = 0;
    std::size_t record = 0;
    bool begun = false;
    for (const Block &block : blocks) {
        bool differs = false;
        for (int n = 0; n < blockFrames && record < records.size(); ++n) {
            const float left = block.samples[static_cast<std::size_t>(2 * n)];
            begun = begun || left != 0.0F;
            if (!begun)
                continue;
            const AudioBuffer &old = *records[record].before;
            const auto place = static_cast<std::size_t>(frame++ % old.frames());
            differs = differs || left != old.channel(0)[place];
        }
        if (differs && block.atSeconds > records[record].atSeconds) {
            result.push_back(1000.0 * (block.atSeconds - records[record].atSeconds));
            ++record;
        }
    }
    return result;
}

void randomEdit(app::Session &session, tests::Random &random)
{
    using pipeline::ParameterId;
    constexpr std::array ids{ParameterId::SnapStrength, ParameterId::Smear,
                             ParameterId::FoldAmount,   ParameterId::Bias,
                             ParameterId::DryWet,       ParameterId::OutputGainDb,
                             ParameterId::Key,          ParameterId::LimiterCeilingDb};
    const pipeline::ParameterInfo &info = pipeline::parameterInfo(
        ids[static_cast<std::size_t>(random.whole(0, static_cast<int>(ids.size()) - 1))]);
    double value = random.between(info.minimum, info.maximum);
    if (info.kind != pipeline::ParameterKind::Number)
        value = std::round(value);
    session.edit(info.id, value, widgets::Edit::Set);
}

/// Turns a knob for two seconds, 125 values a second, and counts the sounds that come of it.
void dragForTwoSeconds(app::MainWindow &window)
{
    constexpr int values = 250;
    std::vector<double> gapsMs;
    double last = secondsNow();
    const auto counting =
        QObject::connect(&window.previews(), &app::PreviewController::previewReady, [&] {
            gapsMs.push_back(1000.0 * (secondsNow() - last));
            last = secondsNow();
        });
    for (int i = 0; i < values; ++i) {
        window.session().edit(pipeline::ParameterId::FoldAmount, 1.0 + 0.02 * i,
                              widgets::Edit::Moving);
        QTest::qWait(8);
    }
    window.session().edit(pipeline::ParameterId::FoldAmount, 1.0 + 0.02 * values,
                          widgets::Edit::Ended);
    QObject::disconnect(counting);
    print("knob in motion: from one new sound to the next", gapsMs);
}

} // namespace

int main(int argc, char **argv)
{
    const QTemporaryDir home;
    for (const char *name : {"HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"})
        qputenv(name, home.path().toUtf8());
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    widgets::Theme::shared().setMode(widgets::Theme::Mode::Dark);
    tests::Random random(1);
    const std::filesystem::path file = home.filePath("in.wav").toStdString();
    tests::writeSound(
        file, SF_FORMAT_WAV | SF_FORMAT_FLOAT,
        makeSignal(tests::SignalKind::Noise, {rateHz, 2}, rateHz * seconds, 0.5, random));
    app::MainWindow window({std::make_shared<RememberingDriver>(), {}});
    window.show();
    window.session().change(pipeline::prototypeCompatible({}), "Classic");
    window.openPath(file);
    const auto wait = [&](auto &&condition) {
        if (!QTest::qWaitFor(condition, 60000))
            qFatal("nothing happens any more");
    };
    wait([&] { return window.session().sound() && !window.files().isLoading(); });
    wait([&] { return window.previews().isUpToDate(); });
    window.playback().playFromStart();
    wait([&] { return window.playback().playheadSeconds() > 0.5; });

    std::vector<double> gaps;
    double lastBeat = secondsNow();
    QTimer beat;
    beat.setTimerType(Qt::PreciseTimer);
    QObject::connect(&beat, &QTimer::timeout, [&] {
        gaps.push_back(1000.0 * (secondsNow() - lastBeat));
        lastBeat = secondsNow();
    });
    beat.start(2);
    std::vector<EditRecord> records;
    std::vector<double> renderMs;
    for (int i = 0; i < edits; ++i) {
        EditRecord record{window.previews().current()->sharedSound(pipeline::TapId::Output),
                          secondsNow(), tests::processCpuSeconds(), tests::threadCpuSeconds()};
        randomEdit(window.session(), random);
        wait([&] { return window.previews().isUpToDate(); });
        record.cpuSeconds = tests::processCpuSeconds() - record.cpuSeconds;
        record.guiCpuSeconds = tests::threadCpuSeconds() - record.guiCpuSeconds;
        renderMs.push_back(1000.0 * window.previews().current()->timing.totalSeconds);
        const auto now = window.previews().current()->sharedSound(pipeline::TapId::Output);
        if (!tests::sameBits(*now, *record.before))
            records.push_back(record);
        QTest::qWait(random.whole(60, 140)); // the fade is over
    }
    const std::vector<double> swaps = swapMs(records);
    dragForTwoSeconds(window);
    std::vector<double> cpuMs;
    std::vector<double> guiMs;
    for (const EditRecord &record : records) {
        cpuMs.push_back(1000.0 * record.cpuSeconds);
        guiMs.push_back(1000.0 * record.guiCpuSeconds);
    }
    print("CPU time of all threads, edit to new preview", cpuMs);
    print("of that the GUI thread", guiMs);
    print("wall time of the re-render alone", renderMs);
    print("wall time, edit to the first new sample", swaps);
    print("gaps between beats of the event loop (2 ms)", gaps);
    return 0;
}
