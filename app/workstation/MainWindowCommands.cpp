// SPDX-License-Identifier: GPL-3.0-or-later
//
// The part of the window that carries out commands: header, menus, keys, start panel.
#include "app/workstation/HelpCommands.h"
#include "app/workstation/MainWindow.h"
#include "app/workstation/PreferencesDialog.h"
#include "app/workstation/Words.h"
#include "widgets/controls/ParameterPresentation.h"
#include "widgets/panels/OpenOver.h"

#include <QActionGroup>
#include <QApplication>
#include <QClipboard>

namespace app {

using engine::pipeline::ParameterId;
using engine::pipeline::StageId;
using engine::pipeline::TapId;

namespace {
constexpr double shortStepSeconds = 0.1;
constexpr double longStepSeconds = 1.0;
} // namespace

void MainWindow::connectHeader()
{
    using widgets::HeaderBar;
    connect(header_, &HeaderBar::previewRequested, &playback_, &PlaybackController::playFromStart);
    connect(header_, &HeaderBar::renderRequested, this,
            [this] { exportFlow_->renderWithDialog(); });
    connect(header_, &HeaderBar::undoRequested, &session_, &Session::undo);
    connect(header_, &HeaderBar::redoRequested, &session_, &Session::redo);
    connect(&session_, &Session::presetChanged, this, &MainWindow::showUndo);
    connect(&session_.undoStack(), &QUndoStack::indexChanged, this, &MainWindow::showUndo);
    connect(chain_, &widgets::ChainPanel::openRequested, this, &MainWindow::openWithDialog);
    connect(chain_, &widgets::ChainPanel::stageResetRequested, this, [this](StageId stage) {
        //: a step of undo: all values of one stage were reset
        session_.resetStage(stage, tr("Reset stage"));
    });
}

void MainWindow::showUndo()
{
    const bool back = session_.canUndo();
    const bool forth = session_.canRedo();
    const QString undo = back ? tr("Undo %1").arg(session_.undoWords()) : tr("Undo");
    const QString redo = forth ? tr("Redo %1").arg(session_.redoWords()) : tr("Redo");
    header_->setUndo(back, undo);
    header_->setRedo(forth, redo);
    (*commands_)["edit.undo"].setText(undo);
    (*commands_)["edit.undo"].setEnabled(back);
    (*commands_)["edit.redo"].setText(redo);
    (*commands_)["edit.redo"].setEnabled(forth);
    const engine::pipeline::Settings &settings = session_.settings();
    (*commands_)["chain.pre_quant"].setChecked(settings.preQuant.on);
    (*commands_)["chain.distortion"].setChecked(settings.distortionOn);
    (*commands_)["chain.post_quant"].setChecked(settings.postQuant.on);
    (*commands_)["chain.limiter"].setChecked(settings.limiter.on);
    (*commands_)["chain.link"].setChecked(settings.postLink);
}

void MainWindow::stageSwitch(const char *action, ParameterId id)
{
    connect(&(*commands_)[action], &QAction::triggered, this,
            [this, id](bool on) { session_.edit(id, on ? 1.0 : 0.0, widgets::Edit::Set); });
}

void MainWindow::connectMenus()
{
    const auto on = [this](const char *id, auto &&function) {
        connect(&(*commands_)[id], &QAction::triggered, this,
                std::forward<decltype(function)>(function));
    };
    on("file.open", [this] { openWithDialog(); });
    on("file.open_session", [this] { sessionFlow_->openWithDialog(); });
    on("file.reopen_session", [this] { reopenSession(0); });
    // What is saved is what is heard.
    on("file.save_session", [this] {
        session_.keepTrial();
        sessionFlow_->save();
    });
    on("file.save_session_as", [this] {
        session_.keepTrial();
        sessionFlow_->saveWithDialog();
    });
    on("file.save_tap", [this] { exportFlow_->saveTapWithDialog(session_.tap()); });
    on("file.render", [this] { exportFlow_->renderWithDialog(); });
    on("file.batch", [this] { showBatch(); });
    on("file.close", [this] { session_.closeSound(); });
    on("file.preferences", [this] { showPreferences(); });
    on("file.quit", [this] { close(); });
    on("edit.undo", [this] { session_.undo(); });
    on("edit.redo", [this] { session_.redo(); });
    on("edit.copy", [this] {
        engine::io::Preset preset;
        preset.name = session_.preset().name.toStdString();
        preset.settings = session_.settings();
        QApplication::clipboard()->setText(QString::fromStdString(engine::io::presetText(preset)));
    });
    on("edit.paste", [this] { pasteSettings(); });
    on("edit.reset_all", [this] { session_.change({}, tr("Reset all")); });
    QMenu &reset = commands_->submenu("edit.reset_stage");
    for (const StageId stage : widgets::cardStages) {
        if (stage == StageId::Input)
            continue;
        const QString name = widgets::stageName(stage);
        reset.addAction(name, this, [this, stage, name] {
            session_.resetStage(stage, tr("Reset %1").arg(name));
        });
    }
    stageSwitch("chain.pre_quant", ParameterId::PreQuant);
    stageSwitch("chain.distortion", ParameterId::DistortionOn);
    stageSwitch("chain.post_quant", ParameterId::PostQuant);
    stageSwitch("chain.limiter", ParameterId::LimiterOn);
    stageSwitch("chain.link", ParameterId::PostLink);
    const auto help = new HelpCommands(*this, *commands_, preferences_);
    connect(help, &HelpCommands::tourBegins, this, &MainWindow::showWhole);
    connect(help, &HelpCommands::tourEnded, this, [this] {
        if (std::exchange(maximiseAfterTour_, false))
            setMaximised(true);
    });
    connect(help, &HelpCommands::logsNotShown, this, [this](const QString &folder, bool exists) {
        strip_->tell(words::folderNotShown(folder, exists),
                     {{QLatin1String(words::copyDetails),
                       [folder] { QGuiApplication::clipboard()->setText(folder); }}});
    });
    connectListenMenu();
    connectViewMenu();
}

void MainWindow::pasteSettings()
{
    const auto preset = engine::io::parsePreset(QApplication::clipboard()->text().toStdString(),
                                                tr("the clipboard").toStdString());
    if (preset)
        session_.change(preset->settings, tr("Paste settings"));
    else
        strip_->tell(words::presetFailed(preset.error()));
}

void MainWindow::connectListenMenu()
{
    const auto on = [this](const char *id, auto &&function) {
        connect(&(*commands_)[id], &QAction::triggered, this,
                std::forward<decltype(function)>(function));
    };
    on("listen.preview", [this] { playback_.playFromStart(); });
    on("listen.play", [this] { playback_.togglePlay(); });
    on("listen.to_start", [this] { playback_.toStart(); });
    on("listen.loop", [this](bool looping) { playback_.setLooping(looping); });
    const auto step = [this](double seconds) {
        return [this, seconds] { playback_.seek(playback_.playheadSeconds() + seconds); };
    };
    on("listen.back", step(-shortStepSeconds));
    on("listen.forward", step(shortStepSeconds));
    on("listen.back_far", step(-longStepSeconds));
    on("listen.forward_far", step(longStepSeconds));
    on("listen.window_back", [this] { moveWindow(-1); });
    on("listen.window_forward", [this] { moveWindow(1); });
    const std::array taps{"listen.tap1", "listen.tap2", "listen.tap3", "listen.tap4",
                          "listen.tap5"};
    for (std::size_t i = 0; i < taps.size(); ++i)
        on(taps[i], [this, i] { session_.setTap(static_cast<TapId>(i)); });
    const auto showTap = [this, taps] {
        (*commands_)[taps[static_cast<std::size_t>(session_.tap())]].setChecked(true);
    };
    connect(&session_, &Session::tapChanged, this, showTap);
    showTap();
    const auto showLoop = [this] { (*commands_)["listen.loop"].setChecked(playback_.isLooping()); };
    connect(&playback_, &PlaybackController::loopingChanged, this, showLoop);
    showLoop();
    connect(rail_, &widgets::Rail::costClicked, this, [this] {
        setInspectorOpen(true);
        stage_->showTiming();
    });
    connect(rail_, &widgets::Rail::tapDragged, exportFlow_.get(), &ExportFlow::dragTap);
    connect(rail_, &widgets::Rail::tapContextMenu, this, [this](TapId tap, QPoint place) {
        QMenu menu(this);
        menu.addAction(tr("Save this tap as audio…"), exportFlow_.get(),
                       [this, tap] { exportFlow_->saveTapWithDialog(tap); });
        menu.addAction(tr("Copy spectrum image"), stage_,
                       [this, tap] { stage_->copySpectrumImage(tap); });
        if (tap != TapId::Input)
            menu.addAction(tr("Compare with Input"), stage_, [this, tap] {
                session_.setTap(tap);
                stage_->compareWith(TapId::Input);
            });
        menu.exec(place);
    });
}

void MainWindow::moveWindow(int direction)
{
    FrameWindow window = session_.window();
    window.firstFrame += direction * window.frames;
    session_.setWindow(window);
}

void MainWindow::connectViewMenu()
{
    Actions &all = *commands_;
    connect(&all["view.inspector"], &QAction::triggered, this, [this](bool open) {
        preferences_.setInspectorOpen(open);
        setInspectorOpen(open);
    });
    connect(&stage_->toolbar(), &widgets::StageToolbar::inspectorRequested, this,
            [this](bool open) { setExploring(false, open); });
    connect(&stage_->toolbar(), &widgets::StageToolbar::exploreRequested, this,
            [this](bool open) { setExploring(open, open); });
    const std::array parts{"view.snapshots", "view.vary", "view.history"};
    for (std::size_t i = 0; i < parts.size(); ++i)
        connect(&all[parts[i]], &QAction::triggered, this,
                [this, i] { showExplore(static_cast<widgets::ExplorePart>(i)); });
    connect(&stage_->toolbar(), &widgets::StageToolbar::maximizeRequested, this,
            &MainWindow::setMaximised);
    connect(&all["view.maximise"], &QAction::triggered, this, &MainWindow::setMaximised);
    for (const ViewRow &row : viewTable())
        connect(&all[row.id], &QAction::triggered, stage_,
                [this, id = row.id] { stage_->setView(viewNumber(QLatin1String(id))); });
    connect(stage_, &StageArea::viewChanged, this, [&all](int view) {
        all[viewTable()[static_cast<std::size_t>(view)].id].setChecked(true);
    });
    const std::array splits{"view.panes1", "view.panes2", "view.panes3"};
    for (int i = 0; i < StageArea::mostPanes; ++i)
        connect(&all[splits[static_cast<std::size_t>(i)]], &QAction::triggered, stage_,
                [this, i] { stage_->setPaneCount(i + 1); });
    connect(&all["view.split"], &QAction::triggered, stage_, &StageArea::cycleSplit);
    const auto showSplit = [&all, splits](int panes) {
        all[splits[static_cast<std::size_t>(panes - 1)]].setChecked(true);
    };
    connect(stage_, &StageArea::paneCountChanged, this, showSplit);
    showSplit(stage_->paneCount());
    connect(&all["view.zoom_in"], &QAction::triggered, stage_,
            [this] { stage_->zoomActive(true); });
    connect(&all["view.zoom_out"], &QAction::triggered, stage_,
            [this] { stage_->zoomActive(false); });
    connect(stage_, &StageArea::savingFailed, this,
            [this](const QString &file, const engine::Error &error) {
                strip_->tell(words::pictureFailed(toPath(file), error));
            });
    const auto showLines = [this, &all](bool shown) {
        stage_->setInKeyLines(shown);
        all["view.lines"].setChecked(shown);
        preferences_.setInKeyLines(shown);
    };
    connect(&all["view.lines"], &QAction::triggered, this, showLines);
    connect(&stage_->toolbar(), &widgets::StageToolbar::inKeyLinesToggled, this, showLines);
    connect(&all["view.full_screen"], &QAction::toggled, this,
            [this](bool full) { full ? showFullScreen() : showNormal(); });
    connect(&all["view.next_region"], &QAction::triggered, this, [this] { moveFocus(1); });
    connect(&all["view.previous_region"], &QAction::triggered, this, [this] { moveFocus(-1); });
    QMenu &maps = all.submenu("view.colour_map");
    connect(&maps, &QMenu::aboutToShow, stage_, [this, &maps] { stage_->fillColourMapMenu(maps); });
    const std::array themes{"view.theme_system", "view.theme_dark", "view.theme_light"};
    for (std::size_t i = 0; i < themes.size(); ++i) {
        connect(&all[themes[i]], &QAction::triggered, this, [this, i] {
            const auto mode = static_cast<widgets::Theme::Mode>(i);
            preferences_.setTheme(mode);
            widgets::Theme::shared().setMode(mode);
        });
    }
    all[themes[static_cast<std::size_t>(widgets::Theme::shared().mode())]].setChecked(true);
}

/// F6: from region to region, as they stand on the screen.
void MainWindow::moveFocus(int direction)
{
    std::vector<QWidget *> regions{header_, overview_, jobStrip_};
    for (QWidget *const part : stage_->regions())
        regions.push_back(part);
    regions.insert(regions.end(), {rail_, chain_, transport_});
    const auto count = static_cast<int>(regions.size());
    int at = -1;
    for (int i = 0; i < count; ++i) {
        QWidget *const region = regions[static_cast<std::size_t>(i)];
        if (focusWidget() && (region == focusWidget() || region->isAncestorOf(focusWidget())))
            at = i;
    }
    for (int step = 1; step <= count; ++step) {
        QWidget *const region =
            regions[static_cast<std::size_t>((at + direction * step + 2 * count) % count)];
        QList<QWidget *> widgets = region->findChildren<QWidget *>();
        widgets.prepend(region);
        for (QWidget *const widget : widgets) {
            if (widget->isVisible() && widget->isEnabled() && widget->height() > 0 &&
                (widget->focusPolicy() & Qt::TabFocus) != 0) {
                widget->setFocus(Qt::ShortcutFocusReason);
                return;
            }
        }
    }
}

void MainWindow::connectStart()
{
    using widgets::StartPanel;
    StartPanel &start = stage_->start();
    connect(&start, &StartPanel::openRequested, this, &MainWindow::openWithDialog);
    connect(&start, &StartPanel::demoRequested, this,
            [this](int index) { openPath(demos_.path(index)); });
    connect(&start, &StartPanel::demoAuditionRequested, this, [this](int index) {
        const bool stops = auditioned_ == index && playback_.isAuditioning();
        playback_.audition(nullptr);
        auditioned_ = stops ? std::nullopt : std::optional(index);
        if (!stops)
            demos_.load(index);
    });
    connect(&demos_, &DemoSounds::loaded, this,
            [this](int index, const std::shared_ptr<const engine::AudioBuffer> &sound) {
                if (auditioned_ != index || session_.sound())
                    return;
                playback_.audition(sound);
                stage_->start().setAuditioning(index);
            });
    connect(&playback_, &PlaybackController::auditionEnded, this,
            [this] { stage_->start().setAuditioning(std::nullopt); });
    connect(&start, &StartPanel::recentRequested, this,
            [this](int index) { openRecent(static_cast<std::size_t>(index)); });
    connect(&demos_, &DemoSounds::listed, this, [this] {
        stage_->start().setDemos(demos_.items());
        QMenu &menu = commands_->submenu("file.demos");
        for (std::size_t i = 0; i < demos_.items().size(); ++i)
            menu.addAction(demos_.items()[i].title, this,
                           [this, i] { openPath(demos_.path(static_cast<int>(i))); });
    });
}

void MainWindow::openRecent(std::size_t index)
{
    const std::vector<RecentFile> files = preferences_.recentFiles();
    if (index >= files.size())
        return;
    openPath(files[index].path);
    openedFromRecent_ = true;
}

void MainWindow::showRecent()
{
    std::vector<widgets::RecentItem> items;
    QMenu &menu = commands_->submenu("file.recent");
    menu.clear();
    const std::vector<RecentFile> files = preferences_.recentFiles();
    for (std::size_t i = 0; i < files.size(); ++i) {
        const QString name = words::fileName(files[i].path);
        items.push_back({name, words::folderName(files[i].path), files[i].seconds});
        menu.addAction(name, this, [this, i] { openRecent(i); });
    }
    menu.setEnabled(!files.empty());
    (*commands_)["file.recent"].setEnabled(!files.empty());
    stage_->start().setRecent(items);
}

void MainWindow::showPreferences()
{
    const auto dialog = new PreferencesDialog(preferences_, playback_, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PreferencesDialog::previewSecondsChanged, this, [this](double seconds) {
        session_.setUsualWindowSeconds(seconds);
        if (!session_.sound())
            return;
        FrameWindow window = session_.window();
        window.frames = std::llround(seconds * session_.sound()->format.sampleRateHz);
        session_.setWindow(window);
    });
    connect(dialog, &PreferencesDialog::previewResourcesChanged, this,
            &MainWindow::setPreviewResources);
    connect(dialog, &PreferencesDialog::cacheClearRequested, this, [this] {
        ++cachesCleared_;
        setPreviewResources();
    });
    widgets::openOver(dialog);
}

void MainWindow::setPreviewResources()
{
    previews_.setResources({preferences_.previewThreads(),
                            static_cast<std::size_t>(preferences_.cacheMegabytes()) << 20,
                            cachesCleared_});
}

/// Every part of the window can be seen.
void MainWindow::showWhole()
{
    presetBinding_->keep();
    maximiseAfterTour_ = (*commands_)["view.maximise"].isChecked();
    setMaximised(false);
}

} // namespace app
