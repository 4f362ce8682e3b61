// SPDX-License-Identifier: GPL-3.0-or-later
//
// The workstation's window: lays out header, overview, job strip, stage, rail, cards and transport,
// and connects them with the session and the controllers. It decides nothing itself.
// Real-time: no; GUI thread only, never waits. Errors: shown in place, in the strip or the stage.
#pragma once

#include "app/workstation/Actions.h"
#include "app/workstation/Autosave.h"
#include "app/workstation/DemoSounds.h"
#include "app/workstation/ExploreBinding.h"
#include "app/workstation/ExportFlow.h"
#include "app/workstation/ListenBinding.h"
#include "app/workstation/PlaybackBinding.h"
#include "app/workstation/PresetBinding.h"
#include "app/workstation/SessionFlow.h"
#include "app/workstation/SoloBinding.h"
#include "app/workstation/Strip.h"
#include "widgets/panels/DropFrame.h"
#include "widgets/panels/HeaderBar.h"

#include <QMainWindow>
#include <QPointer>

class QVBoxLayout;

namespace app {

class BatchWindow;

class MainWindow final : public QMainWindow {
    Q_OBJECT
public:
    /// `files`: sounds, presets or a session to open at once. Without any, what a crash left open
    /// is open again.
    explicit MainWindow(engine::playback::PlayerOptions playback = {},
                        const std::vector<std::filesystem::path> &files = {});
    ~MainWindow() override;

    /// A sound, a preset or a session.
    void openPath(const std::filesystem::path &path);
    /// Asks nothing: what is not saved is there at the next start.
    void closeNow();

    Session &session() { return session_; }
    SessionDocument &document() { return document_; }
    SessionFlow &sessions() { return *sessionFlow_; }
    PreviewController &previews() { return previews_; }
    ListenController &listening() { return listening_; }
    PlaybackController &playback() { return playback_; }
    FileController &files() { return files_; }
    ExportController &exports() { return exports_; }
    ExportFlow &exportFlow() { return *exportFlow_; }
    Exploration &exploration() { return exploreBinding_->exploration(); }
    PresetController &presets() { return presets_; }
    Locks &locks() { return locks_; }
    PresetBinding &presetBinding() { return *presetBinding_; }
    Actions &actions() { return *commands_; }

protected:
    void changeEvent(QEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void build();
    void buildCentre();
    void connectHeader();
    void connectMenus();
    void connectListenMenu();
    void connectViewMenu();
    void connectStart();
    void connectOutcomes();
    void restoreState();
    void fitOnScreen();
    void begin(const std::vector<std::filesystem::path> &files);
    void alignRail();
    void setCompact();
    void setMaximised(bool maximised);
    void setInspectorOpen(bool open);
    void showExplore(widgets::ExplorePart part);
    void setExploring(bool exploring, bool open);

    void connectSessions();
    void restoreCrashed();
    void reopenSession(std::size_t index);
    void showKeptSessions();
    bool mayClose();
    void showStage();
    void showTitle();
    void showUndo();
    void showRecent();
    void showRenderProgress();
    void openWithDialog();
    void openFailed(const std::filesystem::path &path, const engine::Error &error);
    void pasteSettings();
    void openRecent(std::size_t index);
    void stageSwitch(const char *action, engine::pipeline::ParameterId id);
    void moveWindow(int direction);
    void moveFocus(int direction);
    void showPreferences();
    void setPreviewResources();
    void showWhole();
    void showBatch();
    void tellChanged(const std::filesystem::path &path);
    void offerRecipe(const std::filesystem::path &path);

    Preferences preferences_;
    Session session_;
    SessionDocument document_;
    Locks locks_;
    Autosave autosave_;
    PreviewController previews_;
    ListenController listening_;
    PlaybackController playback_;
    FileController files_;
    ExportController exports_;
    PresetController presets_;
    DemoSounds demos_;

    widgets::HeaderBar *header_ = nullptr;
    widgets::OverviewView *overview_ = nullptr;
    widgets::JobStrip *jobStrip_ = nullptr;
    StageArea *stage_ = nullptr;
    widgets::Rail *rail_ = nullptr;
    widgets::ChainPanel *chain_ = nullptr;
    widgets::TransportBar *transport_ = nullptr;
    widgets::DropFrame *dropFrame_ = nullptr;
    QSplitter *overviewSplitter_ = nullptr;
    QVBoxLayout *body_ = nullptr;
    QVBoxLayout *chainColumn_ = nullptr;

    Actions *commands_ = nullptr;
    std::unique_ptr<ChainBinding> chainBinding_;
    std::unique_ptr<PlaybackBinding> playbackBinding_;
    std::unique_ptr<ListenBinding> listenBinding_;
    std::unique_ptr<SoloBinding> soloBinding_;
    std::unique_ptr<Strip> strip_;
    std::unique_ptr<ExploreBinding> exploreBinding_;
    std::unique_ptr<PresetBinding> presetBinding_;
    std::unique_ptr<ExportFlow> exportFlow_;
    std::unique_ptr<SessionFlow> sessionFlow_;
    QPointer<BatchWindow> batch_;
    std::optional<int> auditioned_; ///< demo sound
    bool openedFromRecent_ = false;
    std::uint64_t cachesCleared_ = 0;
    bool maximiseAfterTour_ = false;
    bool closing_ = false;
    bool closeWhenDone_ = false;           ///< the last render, if it ends well
    engine::render::JobThread recipeJobs_; ///< last: it ends before what it delivers to
};

} // namespace app
