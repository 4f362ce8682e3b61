// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a hand on a plot costs the GUI thread: CPU time of one frame while every view is panned and
// zoomed at 1440 × 900, at 100 % and 200 %. Every line is measured in turns with a reference
// (filling a picture of the same size once and copying it once), so that a slow or busy machine
// shows in both. CPU time, not wall time. Usage: bench-views [frames]; one child process a scale,
// because Qt reads the scale once.
#include "engine/base/Units.h"
#include "tests/support/Signals.h"
#include "widgets/theme/Theme.h"
#include "widgets/views/DifferenceView.h"
#include "widgets/views/GainReductionView.h"
#include "widgets/views/OverviewView.h"
#include "widgets/views/PhaseView.h"
#include "widgets/views/QuantizationView.h"
#include "widgets/views/ScopeView.h"
#include "widgets/views/SpectrogramView.h"
#include "widgets/views/SpectrumView.h"
#include "widgets/views/WaveformView.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QProcess>
#include <QThread>
#include <QWheelEvent>

#include <algorithm>
#include <cstdio>
#include <ctime>

using namespace widgets;

namespace {

constexpr int rateHz = 48000;
constexpr double seconds = 10.0;

double threadMs()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

struct Costs {
    std::vector<double> ms;
    double at(double part) const
    {
        std::vector<double> sorted = ms;
        std::ranges::sort(sorted);
        return sorted[static_cast<std::size_t>(part * static_cast<double>(sorted.size() - 1))];
    }
};

/// Until what is shown is the newest, or a second has passed.
void settle(QWidget &view)
{
    const auto *plot = qobject_cast<PlotView *>(&view);
    QElapsedTimer timer;
    timer.start();
    constexpr int firstFramesMs = 50;
    while (timer.elapsed() < firstFramesMs || (plot && !plot->settled() && timer.elapsed() < 1000))
        QApplication::processEvents(QEventLoop::AllEvents, 5);
}

double reference(const QSize &pixels)
{
    static QImage from;
    static QImage to;
    if (from.size() != pixels) {
        from = QImage(pixels, QImage::Format_RGB32);
        to = QImage(pixels, QImage::Format_RGB32);
    }
    const double before = threadMs();
    from.fill(Qt::black);
    std::memcpy(to.bits(), from.constBits(), static_cast<std::size_t>(from.sizeInBytes()));
    return threadMs() - before;
}

/// All that a frame costs this thread: the change, the painting, and the worker's newest picture.
void measure(const std::string &name, QWidget &view, int frames,
             const std::function<void(int)> &change)
{
    settle(view);
    Costs costs;
    Costs references;
    const QSize pixels = view.size() * view.devicePixelRatioF();
    for (int i = 0; i < frames; ++i) {
        QElapsedTimer frame; // of 60 a second: the worker draws meanwhile, and its picture counts
        frame.start();
        const double before = threadMs();
        change(i);
        do {
            QApplication::processEvents();
            QThread::msleep(1);
        } while (frame.elapsed() < 16);
        costs.ms.push_back(threadMs() - before);
        references.ms.push_back(reference(pixels));
    }
    std::printf("%-28s %3.0f %%  median %6.2f  90 %% %6.2f  worst %6.2f ms   reference %6.2f ms\n",
                name.c_str(), 100.0 * view.devicePixelRatioF(), costs.at(0.5), costs.at(0.9),
                costs.at(1.0), references.at(0.5));
    std::fflush(stdout);
}

void show(QWidget &view)
{
    view.resize(1440, 900);
    view.show();
    settle(view);
}

/// Along x, or along y where that is the axis that moves.
void pansAndZooms(const std::string &name, PlotView &view, int frames, bool alongY = false)
{
    show(view);
    const AxisRange x = view.shownX();
    const AxisRange y = view.shownY();
    const AxisRange all = alongY ? view.wholeY() : x;
    measure(name + ", pan", view, frames, [&](int i) {
        const double low = all.low + all.span() * (0.2 + 0.002 * i);
        const AxisRange part{low, low + all.span() * 0.4};
        view.showRanges(alongY ? x : part, alongY ? part : y);
    });
    measure(name + ", zoom", view, frames, [&](int i) {
        const double factor = i % 50 < 25 ? 0.9 : 1.1;
        view.zoomAt(view.plot().center(), alongY ? 1.0 : factor, alongY ? factor : 1.0);
    });
    view.showAll();
    view.hide();
}

/// A moving playhead: what follows the sound is drawn anew with every frame.
template <typename View>
void follows(const std::string &name, View &view, int frames)
{
    show(view);
    measure(name + ", playing", view, frames, [&](int i) { view.setPlayhead(0.016 * i); });
    view.hide();
}

void overview(const engine::AudioBuffer &sound, int frames)
{
    engine::analysis::WaveformPeaksBuilder builder;
    for (std::int64_t first = 0; first < sound.frames(); first += rateHz)
        builder.append(sound.block(
            first, static_cast<int>(std::min<std::int64_t>(rateHz, sound.frames() - first))));
    OverviewView view;
    show(view);
    view.setPeaks(builder.snapshot(), seconds, rateHz);
    view.setTapPeaks(builder.snapshot(), 0.0, "stage.distortion");
    const auto wheel = [&](int notches, Qt::KeyboardModifiers keys) {
        QWheelEvent event(view.rect().center(), view.rect().center(), {}, {0, 120 * notches}, {},
                          keys, Qt::NoScrollPhase, false);
        QApplication::sendEvent(&view, &event);
    };
    measure("overview, zoom", view, frames, [&](int i) { wheel(i % 8 < 4 ? 1 : -1, {}); });
    wheel(4, {});
    measure("overview, pan", view, frames,
            [&](int i) { wheel(i % 50 < 25 ? 1 : -1, Qt::ShiftModifier); });
    measure("overview, drag of the window", view, frames,
            [&](int i) { view.setWindow(0.02 * i, 2.0); });
}

std::shared_ptr<const engine::analysis::Quantization> moves()
{
    engine::dsp::QuantizationTrace trace;
    trace.sampleRateHz = rateHz;
    trace.hopFrames = 512;
    tests::Random random(4);
    for (std::uint32_t frame = 0; frame < 900; ++frame) {
        trace.frames.push_back({frame * 512, frame * 60, 60, frame * 60, 60});
        for (int i = 0; i < 60; ++i) {
            const auto hz = static_cast<float>(40.0 * std::exp2(i / 7.0) *
                                               (1.0 + 0.01 * random.between(0.0, 1.0)));
            trace.moves.push_back(
                {hz, hz * 1.02F, hz * 1.02F, hz * 0.98F, hz * 1.02F, 0.001F, 0.001F});
            trace.partialsAfter.push_back({hz * 1.02F, 0.001F});
        }
    }
    return engine::analysis::quantizationOf(trace);
}

int measureHere(int frames)
{
    tests::Random random(3);
    const engine::AudioFormat format{rateHz, 2};
    const auto length = static_cast<std::int64_t>(seconds * rateHz);
    const auto before = std::make_shared<const engine::AudioBuffer>(
        tests::makeSignal(tests::SignalKind::Mixed, format, length, 0.5, random));
    const auto after = std::make_shared<const engine::AudioBuffer>(
        tests::makeSignal(tests::SignalKind::Mixed, format, length, 0.25, random));
    SpectrogramView spectrogram;
    spectrogram.setSound(before, {});
    spectrogram.setSpectrogram(engine::analysis::computeSpectrogram(*before), 0.0);
    pansAndZooms("spectrogram", spectrogram, frames);
    DifferenceView difference;
    difference.setSounds(before, after, 0.0, {});
    pansAndZooms("difference", difference, frames);
    SpectrumView spectrum;
    spectrum.setSounds(before, after, 0.0);
    pansAndZooms("spectrum", spectrum, frames);
    GainReductionView reduction;
    auto trace = std::make_shared<engine::pipeline::LimiterTrace>();
    for (int i = 0; i < length / engine::dsp::GainReduction::hopFrames; ++i)
        trace->reduction.db.push_back(static_cast<float>(i % 9));
    reduction.setTrace(trace, rateHz, 0.0, seconds);
    pansAndZooms("gain reduction", reduction, frames);
    WaveformView waveform;
    waveform.setSound(after, 0.0);
    waveform.setInput(before);
    pansAndZooms("waveform", waveform, frames);
    QuantizationView quantization;
    quantization.setQuantization(moves());
    pansAndZooms("quantization", quantization, frames, true);
    ScopeView scope;
    scope.setSound(after, 0.0);
    scope.setInput(before);
    pansAndZooms("scope", scope, frames);
    follows("scope", scope, frames);
    PhaseView phase;
    phase.setSound(after, 0.0);
    pansAndZooms("phase", phase, frames);
    follows("phase", phase, frames);
    overview(*after, frames);
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    const QByteArray scale = qgetenv("QT_SCALE_FACTOR");
    if (scale.isEmpty()) {
        int result = 0;
        for (const char *factor : {"1", "2"}) {
            QProcess child;
            QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
            environment.insert(QStringLiteral("QT_SCALE_FACTOR"), QLatin1String(factor));
            child.setProcessEnvironment(environment);
            child.setProcessChannelMode(QProcess::ForwardedChannels);
            child.start(QString::fromLocal8Bit(argv[0]),
                        argc > 1 ? QStringList{QString::fromLocal8Bit(argv[1])} : QStringList{});
            child.waitForFinished(-1);
            result = std::max(result, child.exitCode());
        }
        return result;
    }
    QApplication application(argc, argv);
    Theme::shared().setMode(Theme::Mode::Dark);
    return measureHere(argc > 1 ? std::max(QByteArray(argv[1]).toInt(), 2) : 100);
}
