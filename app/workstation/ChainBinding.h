// SPDX-License-Identifier: GPL-3.0-or-later
//
// Between the session with its previews and everything that shows the chain: cards, rail, stage and
// the timing panel. What of a preview takes a while to measure is measured on a thread.
// Real-time: no; GUI thread only, never waits. Errors: none.
#pragma once

#include "app/workstation/PreviewController.h"
#include "app/workstation/StageArea.h"
#include "engine/render/JobThread.h"
#include "widgets/chain/ChainPanel.h"
#include "widgets/chain/Rail.h"
#include "widgets/views/OverviewView.h"

namespace app {

struct ChainViews {
    widgets::ChainPanel &chain;
    widgets::Rail &rail;
    widgets::OverviewView &overview;
    StageArea &stage;
};

class ChainBinding final : public QObject {
    Q_OBJECT
public:
    ChainBinding(Session &session, PreviewController &previews, const ChainViews &views);
    ~ChainBinding() override;

    /// What the limiter and the distortion do at this moment of the file.
    void showMoment(double fileSeconds, bool playing);
    /// Loudness of the preview's output; absent: silence, or not measured yet.
    std::optional<double> outputLufs() const { return outputLufs_; }
    void addFullRender(const engine::pipeline::RenderTiming &timing, const QString &what);

private:
    void showSettings();
    void showSound();
    void showWindow();
    void showTap();
    void showPreview(const QString &what);
    widgets::RailCosts costs() const;
    void showCosts();
    void measureInKey();
    void showLateness(int milliseconds);
    /// What came out of the job thread, unless a newer preview has replaced it.
    struct TapPicture {
        engine::render::SharedPreview preview;
        engine::pipeline::TapId tap;
        std::shared_ptr<const engine::analysis::WaveformPeaks> peaks;
        std::optional<double> outputLufs;
    };
    static bool draw(TapPicture &picture, const std::stop_token &stop);
    void makePicture();
    void takePicture(const TapPicture &picture);

    Session &session_;
    PreviewController &previews_;
    ChainViews views_;
    bool late_ = false;
    std::optional<double> outputLufs_;
    std::uint64_t newestShown_ = 0; ///< id of the newest preview that was shown
    QTimer picture_; ///< the swap of what is heard comes first
    engine::render::JobThread keyJobs_;
    engine::render::JobThread jobs_; ///< last: it ends before what it delivers to
};

} // namespace app
