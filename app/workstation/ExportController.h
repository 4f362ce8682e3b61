// SPDX-License-Identifier: GPL-3.0-or-later
//
// Renders whole files, one after the other, on a thread of its own while the person works on. A
// render keeps the settings it was started with.
// Units: seconds of a monotonic clock; fractions 0…1. Real-time: no; GUI thread only, never waits.
// Errors: told by ended(); what was at the target before is still there.
#pragma once

#include "engine/io/Preset.h"
#include "engine/render/JobThread.h"
#include "engine/render/RenderFile.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <deque>

namespace app {

struct ExportProgress {
    std::filesystem::path output;
    std::optional<double> fraction; ///< never falls; absent while the length is unknown
    double elapsedSeconds = 0.0;
    double soundSeconds = 0.0;         ///< of the whole sound; 0 while it is unknown
    std::optional<double> secondsLeft; ///< from the speed of the last two seconds
    int waiting = 0;                   ///< renders that come after this one
    double timesRealTime = 0.0;        ///< from the same two seconds
};

/// What a person wants besides the file; carried from start() to ended().
struct ExportAfterwards {
    bool showInFolder = false;
    /// Saved beside the file, under its name.
    std::optional<engine::io::Preset> preset;
};

/// "growl.qdpreset" beside "growl.wav".
std::filesystem::path presetBeside(const std::filesystem::path &output);

struct ExportOutcome {
    engine::render::RenderFileRequest request;
    ExportAfterwards afterwards;
    engine::Result<engine::render::RenderFileReport> result;
    double elapsedSeconds = 0.0;
};

class ExportController final : public QObject {
    Q_OBJECT
public:
    ExportController();
    ~ExportController() override;

    /// `soundSeconds`: how long the sound is, as far as it is known.
    void start(const engine::render::RenderFileRequest &request, double soundSeconds,
               const ExportAfterwards &afterwards = {});
    /// The running one; the next begins.
    void cancel();
    void cancelAll();
    bool isRunning() const { return !queue_.empty(); }
    ExportProgress progress() const;

signals:
    void startedOrEnded();
    void progressed();
    void ended(const app::ExportOutcome &outcome);

private:
    struct Entry {
        std::uint64_t job;
        engine::render::RenderFileRequest request;
        double soundSeconds;
        ExportAfterwards afterwards;
    };
    struct Sample {
        double atSeconds;
        double fraction;
    };
    void begin();
    void receiveProgress(std::uint64_t serial, std::optional<double> fraction);
    void receive(std::uint64_t serial, ExportOutcome outcome);

    std::deque<Entry> queue_; ///< the first is running
    std::uint64_t serial_ = 0;
    QElapsedTimer clock_;
    std::optional<double> fraction_;
    std::deque<Sample> samples_;
    engine::render::JobThread jobs_; ///< last: it ends before what it delivers to
};

} // namespace app
