// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/ExportController.h"

#include "app/workstation/Log.h"
#include "app/workstation/Preferences.h"
#include "engine/base/Clock.h"
#include "engine/io/AtomicFile.h"
#include "widgets/threads/GuiThread.h"

namespace app {

namespace {
constexpr double speedOverSeconds = 2.0;
constexpr double tellEverySeconds = 0.03;
} // namespace

ExportController::ExportController() = default;

ExportController::~ExportController() = default;

std::filesystem::path presetBeside(const std::filesystem::path &output)
{
    std::filesystem::path path = output;
    return path.replace_extension(std::string(engine::io::presetEnding));
}

void ExportController::start(const engine::render::RenderFileRequest &request, double soundSeconds,
                             const ExportAfterwards &afterwards)
{
    queue_.push_back({0, request, soundSeconds, afterwards});
    if (queue_.size() == 1)
        begin();
    else
        emit progressed();
}

void ExportController::begin()
{
    Entry &entry = queue_.front();
    const std::uint64_t serial = ++serial_;
    qCInfo(happened) << "Rendering" << toQString(entry.request.input) << "to"
                     << toQString(entry.request.output);
    fraction_.reset();
    samples_.clear();
    clock_.start();
    const auto post = [this](auto &&function) {
        widgets::postToGui(this, std::forward<decltype(function)>(function));
    };
    entry.job = jobs_.add([this, serial, request = entry.request, afterwards = entry.afterwards,
                           post](const std::stop_token &stop) {
        const double begun = engine::secondsNow();
        double told = 0.0;
        const engine::RunContext context{
            stop, [&](std::optional<double> fraction) {
                const double now = engine::secondsNow();
                if (now - told < tellEverySeconds)
                    return;
                told = now;
                post([this, serial, fraction] { receiveProgress(serial, fraction); });
            }};
        ExportOutcome outcome{request, afterwards, engine::render::renderFile(request, context),
                              engine::secondsNow() - begun};
        if (outcome.result && afterwards.preset) {
            const engine::Status saved = engine::io::writeWholeFile(
                presetBeside(request.output), engine::io::presetText(*afterwards.preset),
                engine::io::OverwritePolicy::Replace);
            if (!saved)
                outcome.result->warnings.push_back(saved.error().oneLine());
        }
        post([this, serial, outcome = std::move(outcome)]() mutable {
            receive(serial, std::move(outcome));
        });
    });
    emit startedOrEnded();
}

void ExportController::cancel()
{
    if (!isRunning())
        return;
    qCInfo(happened) << "Stopping" << toQString(queue_.front().request.output);
    jobs_.cancel(queue_.front().job);
}

void ExportController::cancelAll()
{
    if (!isRunning())
        return;
    queue_.resize(1);
    cancel();
}

ExportProgress ExportController::progress() const
{
    if (!isRunning())
        return {};
    ExportProgress progress;
    progress.output = queue_.front().request.output;
    progress.fraction = fraction_;
    progress.elapsedSeconds = static_cast<double>(clock_.elapsed()) / 1000.0;
    progress.soundSeconds = queue_.front().soundSeconds;
    progress.waiting = static_cast<int>(queue_.size()) - 1;
    if (samples_.size() > 1) {
        const double seconds = samples_.back().atSeconds - samples_.front().atSeconds;
        const double done = samples_.back().fraction - samples_.front().fraction;
        if (done > 0.0 && seconds > 0.0) {
            progress.secondsLeft = (1.0 - samples_.back().fraction) * seconds / done;
            progress.timesRealTime = done * progress.soundSeconds / seconds;
        }
    }
    return progress;
}

void ExportController::receiveProgress(std::uint64_t serial, std::optional<double> fraction)
{
    if (serial != serial_ || !isRunning())
        return;
    if (fraction) {
        fraction_ = std::max(*fraction, fraction_.value_or(0.0));
        const double now = static_cast<double>(clock_.elapsed()) / 1000.0;
        samples_.push_back({now, *fraction_});
        while (samples_.size() > 2 && samples_.front().atSeconds < now - speedOverSeconds)
            samples_.pop_front();
    }
    emit progressed();
}

void ExportController::receive(std::uint64_t serial, ExportOutcome outcome)
{
    if (serial != serial_ || !isRunning())
        return;
    queue_.pop_front();
    if (outcome.result)
        qCInfo(happened) << "Rendered" << toQString(outcome.request.output) << "in"
                         << outcome.elapsedSeconds << "s";
    else
        qCInfo(happened) << "Not rendered" << toQString(outcome.request.output)
                         << QString::fromStdString(outcome.result.error().oneLine());
    if (isRunning())
        begin();
    else
        emit startedOrEnded();
    emit ended(outcome);
}

} // namespace app
