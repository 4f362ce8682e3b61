// SPDX-License-Identifier: GPL-3.0-or-later
//
// Lets one move of a quantizer be heard alone: what it contributes is computed on a thread and
// played in place of the tap, until the person stops it, chooses another tap or opens a sound. A
// change of the settings computes it anew.
// Real-time: no; GUI thread only, never waits. Errors: what cannot be computed is not played.
#pragma once

#include "app/workstation/PlaybackController.h"
#include "app/workstation/StageArea.h"

namespace app {

class SoloBinding final : public QObject {
    Q_OBJECT
public:
    SoloBinding(Session &session, PreviewController &previews, PlaybackController &playback,
                StageArea &stage);

    void ask(const std::optional<Solo> &solo);
    bool isHeard() const { return wish_.has_value(); }
    void end();

private:
    /// `begins`: a person has asked for it just now; only then playing may start.
    void compute(bool begins);

    Session &session_;
    PreviewController &previews_;
    PlaybackController &playback_;
    StageArea &stage_;
    std::optional<Solo> wish_;
    std::uint64_t newest_ = 0;
    bool started_ = false;           ///< nothing was playing before
    engine::render::JobThread jobs_; ///< last: it ends before what it delivers to
};

} // namespace app
