// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/MainWindow.h"

#include "app/workstation/BatchWindow.h"
#include "app/workstation/BlindTestDialog.h"
#include "app/workstation/Words.h"

#include <QCloseEvent>
#include <QDialog>
#include <QDragEnterEvent>
#include <QMimeData>
#include <QScreen>
#include <QVBoxLayout>

#include <numeric>

namespace app {

using widgets::Theme;

namespace {

QStringList soundNames(const QMimeData &data)
{
    QStringList names;
    for (const QUrl &url : data.urls()) {
        const std::filesystem::path path = toPath(url.toLocalFile());
        const bool ours = path.extension() == engine::io::presetEnding ||
                          path.extension() == engine::io::sessionEnding;
        if (url.isLocalFile() && (ours || engine::io::containerByEnding(path)))
            names << words::fileName(path);
    }
    return names;
}

} // namespace

MainWindow::MainWindow(engine::playback::PlayerOptions playback,
                       const std::vector<std::filesystem::path> &files)
    : document_(session_), autosave_(document_, Autosave::standardFolder()), previews_(session_),
      listening_(session_, previews_),
      playback_(session_, previews_, listening_, std::move(playback)),
      files_(session_, preferences_),
      presets_(session_, locks_, engine::io::standardPresetFolders()),
      demos_(engine::io::shareFolder() / "demo-sounds")
{
    setObjectName(QStringLiteral("mainWindow"));
    setWindowTitle(tr("Quantum Distortion"));
    setAcceptDrops(true);
    // Else the first key would press the header's first button.
    setFocusPolicy(Qt::ClickFocus);
    setFocus();
    session_.setUsualWindowSeconds(preferences_.previewSeconds());
    setPreviewResources();
    build();
    const ChainViews views{*chain_, *rail_, *overview_, *stage_};
    chainBinding_ = std::make_unique<ChainBinding>(session_, previews_, views);
    playbackBinding_ = std::make_unique<PlaybackBinding>(session_, playback_, preferences_, views,
                                                         *chainBinding_, *transport_);
    listenBinding_ = std::make_unique<ListenBinding>(session_, previews_, listening_, preferences_,
                                                     views, transport_->listen(), *commands_);
    connect(listenBinding_.get(), &ListenBinding::blindTestRequested, this,
            [this] { (new BlindTestDialog(session_, listening_, playback_, this))->openOver(); });
    soloBinding_ = std::make_unique<SoloBinding>(session_, previews_, playback_, *stage_);
    connect(&listening_, &ListenController::sourceChanged, soloBinding_.get(), &SoloBinding::end);
    strip_ = std::make_unique<Strip>(*jobStrip_, files_, exports_);
    presetBinding_ = std::make_unique<PresetBinding>(
        *this, session_, presets_, locks_, preferences_, listening_, playback_,
        PresetViews{*header_, *stage_, *commands_, *strip_});
    exportFlow_ = std::make_unique<ExportFlow>(*this, session_, previews_, playback_, exports_,
                                               *chainBinding_, preferences_, *strip_);
    sessionFlow_ =
        std::make_unique<SessionFlow>(*this, session_, document_, files_, preferences_, *strip_);
    exploreBinding_ =
        std::make_unique<ExploreBinding>(*this, session_, document_, locks_, previews_, listening_,
                                         playback_, views, *commands_, *strip_);
    connectHeader();
    connectMenus();
    connectSessions();
    connectStart();
    connectOutcomes();
    restoreState();
    showStage();
    showUndo();
    showRecent();
    playback_.open(preferences_.device());
    begin(files);
}

MainWindow::~MainWindow()
{
    // They stand on members that end before a window's children do.
    for (QDialog *dialog : findChildren<QDialog *>(QString(), Qt::FindDirectChildrenOnly))
        delete dialog;
}

void MainWindow::build()
{
    header_ = new widgets::HeaderBar;
    setMenuWidget(header_);
    commands_ = new Actions(*this, *header_->menuBar());
    buildCentre();
    dropFrame_ = new widgets::DropFrame(this);
    const Theme &theme = Theme::shared();
    setMinimumSize(theme.px("size.window_min_width"), theme.px("size.window_min_height"));
    resize(theme.px("size.window_default_width"), theme.px("size.window_default_height"));
}

void MainWindow::buildCentre()
{
    const Theme &theme = Theme::shared();
    overview_ = new widgets::OverviewView;
    jobStrip_ = new widgets::JobStrip;
    stage_ = new StageArea;
    rail_ = new widgets::Rail;
    chain_ = new widgets::ChainPanel;
    transport_ = new widgets::TransportBar;
    const int gap = theme.px("space.gutter");

    const auto lower = new QWidget;
    const auto lowerColumn = new QVBoxLayout(lower);
    lowerColumn->setContentsMargins(0, 0, 0, 0);
    lowerColumn->setSpacing(0);
    lowerColumn->addWidget(jobStrip_);
    const auto below = new QWidget;
    below->setFixedHeight(gap);
    below->hide();
    connect(jobStrip_, &widgets::JobStrip::openChanged, below, &QWidget::setVisible);
    lowerColumn->addWidget(below);
    lowerColumn->addWidget(stage_, 1);

    const auto splitter = new widgets::Splitter(Qt::Vertical, tr("Border of the overview"));
    overviewSplitter_ = splitter;
    overviewSplitter_->setObjectName(QStringLiteral("overviewSplitter"));
    overviewSplitter_->setHandleWidth(gap);
    connect(splitter, &widgets::Splitter::restoreRequested, this, [this] {
        overviewSplitter_->setProperty("moved", false);
        setCompact();
    });
    overviewSplitter_->addWidget(overview_);
    overviewSplitter_->addWidget(lower);
    overviewSplitter_->setStretchFactor(0, 0);
    overviewSplitter_->setStretchFactor(1, 1);

    const auto centre = new QWidget;
    const auto column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(gap);
    body_ = new QVBoxLayout;
    body_->setSpacing(gap);
    body_->addWidget(overviewSplitter_, 1);
    column->addLayout(body_, 1);
    chainColumn_ = new QVBoxLayout;
    chainColumn_->setSpacing(0);
    chainColumn_->addWidget(rail_);
    // The glow of the last tap lies outside the cards.
    const auto cards = new QVBoxLayout;
    const int halo = theme.px("size.tap_halo");
    cards->setContentsMargins(halo, 0, halo, 0);
    cards->addWidget(chain_);
    chainColumn_->addLayout(cards);
    column->addLayout(chainColumn_);
    column->addWidget(transport_);
    setCentralWidget(centre);
    connect(chain_, &widgets::ChainPanel::cardsMoved, this, &MainWindow::alignRail);
}

void MainWindow::alignRail()
{
    // Rail and cards stand in one column, the rail wider by its glow on either side; their places
    // do not tell while the layout still moves them.
    const int halo = widgets::Theme::shared().px("size.tap_halo");
    std::vector<QRect> rects;
    for (std::size_t i = 0; i < widgets::stageCardCount; ++i)
        rects.push_back(chain_->cardRect(static_cast<widgets::StageCardId>(i)).translated(halo, 0));
    rail_->setAnchors(rects);
}

void MainWindow::setCompact()
{
    const Theme &theme = Theme::shared();
    const auto cards = theme.numbers("size.card_widths");
    const double row = std::accumulate(cards.begin(), cards.end(), 0.0) +
                       static_cast<double>(cards.size() - 1) * theme.number("size.card_gap") +
                       2.0 * theme.number("space.window_margin");
    const bool compact = width() < std::max(row, theme.number("size.compact_width")) ||
                         height() < theme.px("size.compact_height");
    header_->setCompact(compact);
    rail_->setCompact(compact);
    chain_->setCompact(compact);
    transport_->setCompact(compact);
    stage_->start().setCompact(compact);
    if (presetBinding_)
        presetBinding_->setCompact(compact);
    const int margin = theme.px(compact ? "space.window_margin_compact" : "space.window_margin");
    body_->setContentsMargins(margin, 0, margin, 0);
    const int glow = theme.px("size.tap_halo");
    chainColumn_->setContentsMargins(margin - glow, 0, margin - glow, 0);
    overview_->setMinimumHeight(theme.px("size.overview_min"));
    overview_->setMaximumHeight(theme.px("size.overview_max"));
    if (!overviewSplitter_->property("moved").toBool()) {
        const int overview = theme.px(compact ? "size.overview_compact" : "size.overview");
        overviewSplitter_->setSizes({overview, height()});
    }
    alignRail();
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    setCompact();
}

void MainWindow::restoreState()
{
    restoreGeometry(preferences_.geometry());
    fitOnScreen();
    if (const QByteArray state = preferences_.splitter("overview"); !state.isEmpty()) {
        overviewSplitter_->restoreState(state);
        overviewSplitter_->setProperty("moved", true);
    }
    connect(overviewSplitter_, &QSplitter::splitterMoved, this,
            [this] { overviewSplitter_->setProperty("moved", true); });
    if (const QByteArray state = preferences_.splitter("inspector"); !state.isEmpty())
        stage_->splitter().restoreState(state);
    const bool wide = width() >= Theme::shared().px("size.compact_width");
    setInspectorOpen(preferences_.inspectorOpen().value_or(wide));
    stage_->restoreState(preferences_.stage());
    stage_->setInKeyLines(preferences_.inKeyLines());
    (*commands_)["view.lines"].setChecked(preferences_.inKeyLines());
    for (const engine::pipeline::TapInfo &tap : engine::pipeline::tapTable) {
        if (preferences_.lastTap() == QLatin1String(tap.key.data(), tap.key.size()))
            session_.setTap(tap.id);
    }
    connect(stage_, &StageArea::stateChanged, this, [this] {
        preferences_.setStage(stage_->saveState());
        document_.setViews(QStringLiteral("stage"), stage_->saveState());
    });
    document_.setViews(QStringLiteral("stage"), stage_->saveState());
}

/// No larger than the screen leaves room for, frame included; maximised where even the smallest
/// window would not fit.
void MainWindow::fitOnScreen()
{
    const Theme &theme = Theme::shared();
    const int frame = theme.px("size.window_frame");
    const QSize room = screen()->availableGeometry().size() - QSize(0, frame);
    if (isMaximized() || isFullScreen())
        return;
    resize(size().boundedTo(room));
    if (room.width() < minimumWidth() || room.height() < minimumHeight()) {
        setMinimumSize(minimumSize().boundedTo(room));
        setWindowState(windowState() | Qt::WindowMaximized);
    }
}

void MainWindow::showStage()
{
    if (session_.sound())
        stage_->showView();
    else if (!stage_->showsError())
        stage_->showStart();
    header_->setFileOpen(session_.sound() != nullptr);
    const bool open = session_.sound() != nullptr;
    for (const char *id :
         {"file.save_tap", "file.render", "file.close", "listen.preview", "listen.play",
          "listen.to_start", "listen.back", "listen.forward", "listen.back_far",
          "listen.forward_far", "listen.window_back", "listen.window_forward"})
        (*commands_)[id].setEnabled(open);
    showTitle();
}

void MainWindow::setInspectorOpen(bool open)
{
    stage_->setInspectorOpen(open);
    (*commands_)["view.inspector"].setChecked(open);
}

void MainWindow::setExploring(bool exploring, bool open)
{
    preferences_.setInspectorOpen(open);
    stage_->setExploring(exploring);
    setInspectorOpen(open);
}

/// Asked for again while it is shown, it goes.
void MainWindow::showExplore(widgets::ExplorePart part)
{
    // The presets stand in its place: whoever asks for it wants to see it.
    const bool covered = presetBinding_->isOpen();
    if (covered)
        presetBinding_->keep();
    const bool shown = !covered && stage_->isExploring() && stage_->explore().isVisible() &&
                       stage_->explore().part() == part;
    stage_->explore().setPart(part);
    setExploring(!shown, !shown);
}

void MainWindow::setMaximised(bool maximised)
{
    chain_->setVisible(!maximised);
    stage_->toolbar().setMaximized(maximised);
    (*commands_)["view.maximise"].setChecked(maximised);
}

void MainWindow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() != Qt::Key_Escape) {
        QMainWindow::keyPressEvent(event);
        return;
    }
    // What the strip shows is what Esc stops.
    if (strip_->keepWorking())
        return;
    if (exports_.isRunning())
        exports_.cancel();
    else if (files_.isLoading())
        files_.cancel();
    else if (soloBinding_->isHeard())
        soloBinding_->end();
    else if (presetBinding_->isOpen())
        presetBinding_->giveUp();
    else if (!chain_->isVisible())
        setMaximised(false);
    else if (isFullScreen())
        (*commands_)["view.full_screen"].setChecked(false);
}

void MainWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    // Back from another program, which may have written the file.
    if (event->type() == QEvent::ActivationChange && isActiveWindow())
        files_.checkOnDisk();
}

void MainWindow::closeNow()
{
    closing_ = true;
    close();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (exports_.isRunning() && !closing_) {
        event->ignore();
        strip_->tell(words::closingStopsRender(exports_.progress().output),
                     {{QLatin1String(words::stopAndClose), [this] { closeNow(); }},
                      {QLatin1String(words::closeWhenDone), [this] { closeWhenDone_ = true; }},
                      {QLatin1String(words::keepWorking), [this] { closeWhenDone_ = false; }}});
        return;
    }
    if (batch_ && batch_->batch().isRunning() && !closing_) {
        event->ignore();
        strip_->tell(words::closingStopsBatch(),
                     {{QLatin1String(words::stopAndClose), [this] { closeNow(); }},
                      {QLatin1String(words::keepWorking), [] {}}});
        return;
    }
    if (!mayClose()) {
        event->ignore();
        return;
    }
    preferences_.setGeometry(saveGeometry());
    if (overviewSplitter_->property("moved").toBool())
        preferences_.setSplitter("overview", overviewSplitter_->saveState());
    preferences_.setSplitter("inspector", stage_->splitter().saveState());
    preferences_.setStage(stage_->saveState());
    preferences_.setLastTap(QString::fromUtf8(
        engine::pipeline::tapTable[static_cast<std::size_t>(session_.tap())].key.data()));
    exports_.cancelAll();
    files_.stop();
    previews_.cancel();
    playback_.stop();
    event->accept();
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (!event->mimeData()->hasUrls())
        return;
    dropFrame_->showFor(soundNames(*event->mimeData()));
    event->acceptProposedAction();
}

void MainWindow::dragLeaveEvent(QDragLeaveEvent *)
{
    dropFrame_->hide();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    dropFrame_->hide();
    for (const QUrl &url : event->mimeData()->urls()) {
        if (!url.isLocalFile())
            continue;
        event->acceptProposedAction();
        openPath(toPath(url.toLocalFile()));
        return;
    }
}

} // namespace app
