// SPDX-License-Identifier: GPL-3.0-or-later
//
// From the wish to render or to keep a tap to what is said when it is done: asks, starts the
// render, and offers what can be done after it, whether it worked or not. Files that are dragged
// out to other programs are made here too.
// Real-time: no; GUI thread only, never waits. Errors: told in the strip.
#pragma once

#include "app/workstation/ChainBinding.h"
#include "app/workstation/ExportController.h"
#include "app/workstation/ExportDialog.h"
#include "app/workstation/PlaybackController.h"
#include "app/workstation/Strip.h"
#include "engine/render/SaveTap.h"

#include <QTemporaryDir>

namespace app {

class Preferences;

class ExportFlow final : public QObject {
    Q_OBJECT
public:
    ExportFlow(QWidget &window, Session &session, PreviewController &previews,
               PlaybackController &playback, ExportController &exports, ChainBinding &chain,
               Preferences &preferences, Strip &strip);
    ~ExportFlow() override;

    void renderWithDialog();
    /// The whole sound with the usual choices; format by the ending of the name. Replaces a file
    /// of that name.
    void renderTo(const std::filesystem::path &output);
    void saveTapWithDialog(engine::pipeline::TapId tap);
    void saveTapTo(const std::filesystem::path &output, engine::pipeline::TapId tap);
    /// Writes the preview's tap and drags it, if the button is still down when that is done.
    void dragTap(engine::pipeline::TapId tap);
    void dragFile(const std::filesystem::path &file);

signals:
    /// A render has ended well and none is left.
    void allDone();
    /// A render has failed or was cancelled: nobody waits for its end any more.
    void notDone();
    /// The sound has been changed on the disk and is to be opened anew.
    void reloadWanted();

private:
    ExportFacts facts() const;
    void start(const ExportWish &wish);
    void tellSaved(const std::filesystem::path &output, engine::pipeline::TapId tap,
                   const engine::Result<engine::render::SavedTap> &saved);
    void ended(const ExportOutcome &outcome);
    void succeeded(const ExportOutcome &outcome);
    void elsewhere(const ExportOutcome &outcome);
    void audition(const std::filesystem::path &path);
    bool isSound(const std::filesystem::path &path) const;

    QWidget &window_;
    Session &session_;
    PreviewController &previews_;
    PlaybackController &playback_;
    ExportController &exports_;
    ChainBinding &chain_;
    Preferences &preferences_;
    Strip &strip_;
    std::unique_ptr<QTemporaryDir> dragged_; ///< files that other programs were given
    engine::render::JobThread jobs_;         ///< last: it ends before what it delivers to
};

void showFolderOf(const std::filesystem::path &file);

} // namespace app
