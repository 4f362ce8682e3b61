// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/StageArea.h"

#include "widgets/chain/TapPill.h"
#include "widgets/theme/Theme.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>

namespace app {

using engine::pipeline::TapId;
using widgets::Theme;

namespace {

/// The visualizer never gets narrower than this for the inspector's sake.
constexpr const char *leastViewWidth = "size.visualizer_min";
/// What further panes show when they are first opened.
constexpr std::array firstViews{"view.spectrogram", "view.spectrum", "view.scope"};
constexpr double shareUnit = 1000.0; ///< sizes are whole numbers

/// The rounded ground on which the panes and their toolbar lie.
class Panel final : public QWidget {
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(Theme::shared().colour("ground.panel"));
        const double radius = Theme::shared().number("radius.card");
        painter.drawRoundedRect(QRectF(rect()), radius, radius);
    }
};

} // namespace

StageArea::StageArea(QWidget *parent) : QWidget(parent), pages_(new QStackedLayout(this))
{
    const Theme &theme = Theme::shared();
    setObjectName(QStringLiteral("stage"));
    start_ = new widgets::StartPanel;
    error_ = new widgets::ErrorPanel;
    makeInspector();
    splitter_ = new widgets::Splitter(Qt::Horizontal, tr("Border of the inspector"));
    splitter_->setObjectName(QStringLiteral("inspectorSplitter"));
    splitter_->addWidget(makePanel());
    splitter_->addWidget(inspector_);
    splitter_->setStretchFactor(0, 1);
    splitter_->setStretchFactor(1, 0);
    const auto usualSizes = [this] {
        const Theme &tokens = Theme::shared();
        splitter_->setSizes({tokens.px("size.window_min_width"), tokens.px("size.inspector")});
    };
    usualSizes();
    connect(splitter_, &widgets::Splitter::restoreRequested, this, [this] {
        const int inspector = Theme::shared().px("size.inspector");
        splitter_->setSizes({splitter_->width() - splitter_->handleWidth() - inspector, inspector});
    });
    pages_->setContentsMargins(0, 0, 0, 0);
    pages_->addWidget(start_);
    pages_->addWidget(error_);
    pages_->addWidget(splitter_);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setMinimumHeight(theme.px("size.stage_min"));
    setPaneCount(1);
}

void StageArea::showPage(int page)
{
    page_ = page;
    if (!browserShown_)
        pages_->setCurrentIndex(page);
}

void StageArea::setBrowser(QWidget *browser)
{
    pages_->addWidget(browser);
}

void StageArea::setBrowserShown(bool shown)
{
    browserShown_ = shown;
    pages_->setCurrentIndex(shown ? pages_->count() - 1 : page_);
}

QWidget *StageArea::makePanel()
{
    const Theme &theme = Theme::shared();
    const auto panel = new Panel;
    const auto column = new QVBoxLayout(panel);
    const int gap = theme.px("space.gutter");
    column->setContentsMargins(gap, 0, gap, gap);
    column->setSpacing(0);
    toolbar_ = new widgets::StageToolbar;
    std::vector<widgets::ViewTab> tabs;
    for (const ViewRow &row : viewTable())
        tabs.push_back({row.id, row.icon, QCoreApplication::translate("Actions", row.label),
                        QString::fromLatin1(row.shortcuts)});
    toolbar_->setTabs(tabs);
    connect(toolbar_, &widgets::StageToolbar::titleMenuRequested, this,
            [this](QPoint place) { showTapMenu(pane(active_), place); });
    connect(toolbar_, &widgets::StageToolbar::viewChosen, this, &StageArea::setView);
    connect(toolbar_, &widgets::StageToolbar::inKeyLinesToggled, this, &StageArea::setInKeyLines);
    connect(toolbar_, &widgets::StageToolbar::splitRequested, this, &StageArea::cycleSplit);
    column->addWidget(toolbar_);
    paneSplitter_ = new widgets::Splitter(Qt::Horizontal, tr("Border between two panes"));
    paneSplitter_->setObjectName(QStringLiteral("paneSplitter"));
    connect(paneSplitter_, &QSplitter::splitterMoved, this, [this] {
        movedSizes_ = paneSplitter_->sizes();
        emit stateChanged();
    });
    connect(paneSplitter_, &widgets::Splitter::restoreRequested, this, [this] {
        movedSizes_.clear();
        sharePanes();
        emit stateChanged();
    });
    column->addWidget(paneSplitter_, 1);
    return panel;
}

std::vector<QWidget *> StageArea::regions()
{
    if (browserShown_ || page_ != 2)
        return {this};
    return {toolbar_, &pane(active_), inspector_};
}

void StageArea::makeInspector()
{
    const Theme &theme = Theme::shared();
    inspector_ = new QWidget;
    inspector_->setObjectName(QStringLiteral("inspector"));
    inspector_->setMinimumWidth(theme.px("size.inspector_min"));
    inspector_->setMaximumWidth(theme.px("size.inspector_max"));
    inspectorPages_ = new QStackedLayout(inspector_);
    timing_ = new widgets::TimingPanel;
    inspectorPages_->addWidget(timing_);
    explore_ = new widgets::ExplorePanel;
    inspectorPages_->addWidget(explore_);
}

void StageArea::makePane()
{
    const auto number = static_cast<int>(panes_.size());
    auto *const pane = new StagePane(number, state_);
    panes_.push_back(pane);
    if (number > 0) { // the same sound seen in another way, until another is chosen
        pane->setView(std::max(viewNumber(firstViews[panes_.size() - 1]), 0));
        pane->setOwnTap(state_.selectedTap);
    }
    connect(pane, &StagePane::touched, this, [this, number] { setActivePane(number); });
    connect(pane, &StagePane::titleChanged, this, [this, number] {
        if (number == active_)
            showTitle();
    });
    connect(pane, &StagePane::tapMenuRequested, this,
            [this, pane](QPoint place) { showTapMenu(*pane, place); });
    connect(pane, &StagePane::contextMenuRequested, this,
            [this, pane](QPoint place) { showPlotMenu(*pane, place); });
    connect(pane, &StagePane::rangesShown, this, [this, pane] { linkRanges(*pane); });
    connect(pane, &StagePane::soloRequested, this, &StageArea::soloRequested);
    connect(pane, &StagePane::turnOnRequested, this, &StageArea::turnOnRequested);
    connect(pane, &StagePane::stateChanged, this, &StageArea::stateChanged);
    connect(pane, &StagePane::seekRequested, this, &StageArea::seekRequested);
    paneSplitter_->addWidget(pane);
}

void StageArea::setPaneCount(int panes)
{
    const int count = std::clamp(panes, 1, mostPanes);
    if (count == paneCount_)
        return;
    paneCount_ = count;
    while (static_cast<int>(panes_.size()) < count)
        makePane();
    for (StagePane *pane : panes_) {
        pane->setUsed(pane->number() < count);
        pane->setHeadShown(count > 1);
    }
    active_ = std::min(active_, count - 1);
    toolbar_->setPaneCount(count);
    movedSizes_.clear();
    sharePanes();
    showActive();
    fitInspector();
    emit paneCountChanged(count);
    emit stateChanged();
}

/// By the views' shares, or as somebody has moved the borders.
void StageArea::sharePanes()
{
    QList<int> sizes = movedSizes_;
    for (const StagePane *pane : panes_) {
        const ViewRow &row = viewTable()[static_cast<std::size_t>(pane->view())];
        if (movedSizes_.isEmpty())
            sizes << (pane->isUsed() ? qRound(row.share * shareUnit) : 0);
    }
    paneSplitter_->setSizes(sizes);
}

void StageArea::setActivePane(int number)
{
    if (number == active_ || number >= paneCount_)
        return;
    active_ = number;
    showActive();
    emit stateChanged();
}

/// Toolbar, inspector and marks of the active pane.
void StageArea::showActive()
{
    PaneView &shown = pane(active_).current();
    for (StagePane *pane : panes_)
        pane->setActive(pane->number() == active_);
    toolbar_->setView(view());
    toolbar_->setInKeyLinesOffered(shown.hasInKeyLines());
    toolbar_->setTools(shown.tools());
    showInspectorPage();
    showTitle();
    tellWants();
    emit viewChanged(view());
}

void StageArea::showInspectorPage()
{
    QWidget *const panel = pane(active_).current().inspector();
    if (panel && inspectorPages_->indexOf(panel) < 0)
        inspectorPages_->addWidget(panel);
    inspectorPages_->setCurrentWidget(exploring_ ? explore_ : panel ? panel : timing_);
}

void StageArea::setExploring(bool exploring)
{
    exploring_ = exploring;
    toolbar_->setExploring(exploring);
    showInspectorPage();
}

void StageArea::tellWants()
{
    const bool wanted = std::any_of(panes_.begin(), panes_.end(), [](StagePane *pane) {
        return pane->isUsed() && pane->current().wantsQuantization();
    });
    if (wanted == quantizationWanted_)
        return;
    quantizationWanted_ = wanted;
    emit quantizationWanted(wanted);
}

void StageArea::showTitle()
{
    const StagePane &shown = pane(active_);
    toolbar_->setTitle(shown.title(), shown.titleToken(), shown.remark(), shown.isLate());
}

int StageArea::view() const
{
    return panes_[static_cast<std::size_t>(active_)]->view();
}

void StageArea::setView(int view)
{
    pane(active_).setView(view);
    sharePanes();
    showActive();
    emit stateChanged();
}

void StageArea::compareWith(TapId tap)
{
    setPaneCount(std::max(paneCount_, 2));
    pane(1).setOwnTap(tap);
    pane(1).setView(pane(0).view());
    sharePanes();
    showActive();
    emit stateChanged();
}

void StageArea::zoomActive(bool in)
{
    QKeyEvent key(QEvent::KeyPress, in ? Qt::Key_Plus : Qt::Key_Minus, Qt::NoModifier);
    QCoreApplication::sendEvent(&pane(active_).current().widget(), &key);
}

void StageArea::setLook(const StageLook &look)
{
    state_.look = look;
    for (StagePane *pane : panes_)
        pane->showLook();
}

void StageArea::setInKeyLines(bool shown)
{
    toolbar_->setInKeyLines(shown);
    StageLook look = state_.look;
    look.inKeyLines = shown;
    setLook(look);
}

std::optional<widgets::AxisRange> StageArea::range(Axis axis) const
{
    return state_.look.ranges[static_cast<std::size_t>(axis)];
}

void StageArea::setRange(Axis axis, std::optional<widgets::AxisRange> range)
{
    state_.look.ranges[static_cast<std::size_t>(axis)] = range;
    for (StagePane *pane : panes_)
        pane->showRange(axis);
}

/// What was moved in one pane moves in all.
void StageArea::linkRanges(StagePane &from)
{
    for (const Axis axis : allAxes) {
        if (!from.current().hasAxis(axis))
            continue;
        state_.look.ranges[static_cast<std::size_t>(axis)] = from.current().shown(axis);
        for (StagePane *pane : panes_)
            if (pane != &from)
                pane->showRange(axis);
    }
}

void StageArea::setFile(const PaneFile &file)
{
    if (file == state_.file)
        return;
    state_.file = file;
    for (StagePane *pane : panes_)
        pane->showFile();
}

void StageArea::setPreview(const engine::render::SharedPreview &preview)
{
    const auto window = [](const engine::render::SharedPreview &of) {
        return of ? std::tuple(of->request.soundId, of->request.firstFrame, of->request.frames)
                  : std::tuple(std::uint64_t{0}, std::int64_t{0}, std::int64_t{0});
    };
    // Times count from the start of the window.
    if (window(preview) != window(state_.preview))
        state_.look.ranges[static_cast<std::size_t>(Axis::Time)].reset();
    state_.preview = preview;
    for (StagePane *pane : panes_)
        pane->showPreview();
}

void StageArea::setTraces(const engine::render::SharedPreview &preview)
{
    state_.preview = preview;
    for (StagePane *pane : panes_)
        if (pane->isUsed() && pane->current().wantsQuantization())
            pane->showPreview();
}

void StageArea::setSettings(const engine::pipeline::Settings &settings)
{
    state_.settings = settings;
    StageLook look = state_.look;
    look.ceilingDb =
        settings.limiter.on ? std::optional(settings.limiter.levels.ceilingDb) : std::nullopt;
    setLook(look);
    for (StagePane *pane : panes_)
        pane->showTitle();
}

void StageArea::setSelectedTap(TapId tap)
{
    state_.selectedTap = tap;
    for (StagePane *pane : panes_)
        pane->showPreview();
}

void StageArea::setLate(bool late)
{
    if (late == state_.late)
        return;
    state_.late = late;
    for (StagePane *pane : panes_)
        pane->showTitle();
}

void StageArea::setSolo(const std::optional<Solo> &solo)
{
    StageLook look = state_.look;
    look.solo = solo;
    setLook(look);
}

void StageArea::setPlayhead(std::optional<double> fileSeconds)
{
    state_.playheadSeconds = fileSeconds;
    for (StagePane *pane : panes_)
        pane->showPlayhead();
}

void StageArea::setInspectorOpen(bool open)
{
    inspectorWanted_ = open;
    fitInspector();
}

void StageArea::showTiming()
{
    setExploring(false);
    inspectorPages_->setCurrentWidget(timing_);
}

void StageArea::fitInspector()
{
    const Theme &theme = Theme::shared();
    const int panes = paneCount_ * (theme.px("size.pane_min") + theme.px("size.splitter_grab")) +
                      2 * theme.px("space.gutter");
    const int least = std::max(theme.px(leastViewWidth), panes) + theme.px("size.splitter_grab") +
                      theme.px("size.inspector_min");
    const bool open = inspectorWanted_ && width() >= least;
    inspector_->setVisible(open);
    toolbar_->setInspectorOpen(open);
}

void StageArea::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitInspector();
    sharePanes();
}

} // namespace app
