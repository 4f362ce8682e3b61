// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/TimingPanel.h"

#include "widgets/panels/ScrollColumn.h"
#include "widgets/panels/TimingHistory.h"
#include "widgets/panels/TimingTable.h"
#include "widgets/theme/Focus.h"
#include "widgets/theme/Icons.h"
#include "widgets/theme/Theme.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QToolButton>

namespace widgets {

TimingPanel::TimingPanel(QWidget *parent) : QWidget(parent)
{
    const Theme &theme = Theme::shared();
    setObjectName(QStringLiteral("timing"));
    setAccessibleName(tr("Timing"));
    setMinimumWidth(theme.px("size.inspector_min"));
    table_ = new TimingTable(this);
    history_ = new TimingHistory(this);
    buildHeader();
    auto *head = new QHBoxLayout;
    head->setContentsMargins(0, 0, 0, 0);
    head->addWidget(title_);
    head->addStretch(1);
    head->addWidget(mode_);
    auto *column = new QVBoxLayout(this);
    const int side = theme.px("size.panel_padding");
    column->setContentsMargins(side, theme.px("space.scale.x1"), side, side);
    column->setSpacing(0);
    column->addLayout(head);
    auto *scroll = new ScrollColumn(this);
    table_->setMinimumHeight(table_->minimumSizeHint().height());
    history_->setFixedHeight(history_->sizeHint().height());
    scroll->column().addWidget(table_);
    scroll->column().addStretch(1);
    scroll->column().addWidget(history_);
    column->addWidget(scroll, 1);
    throttle_.setSingleShot(true);
    throttle_.setInterval(updateIntervalMs);
    connect(&throttle_, &QTimer::timeout, this, [this] {
        if (pending_)
            showRuns();
    });
    connect(&theme, &Theme::changed, this, &TimingPanel::retint);
    retint();
    showRuns();
}

void TimingPanel::buildHeader()
{
    title_ = new QLabel(tr("Timing"), this);
    mode_ = new QToolButton(this);
    mode_->setObjectName(QStringLiteral("timing.mode"));
    mode_->setAccessibleName(tr("Runs shown"));
    mode_->setPopupMode(QToolButton::InstantPopup);
    mode_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    mode_->setLayoutDirection(Qt::RightToLeft); // the chevron stands after the word
    mode_->setFocusPolicy(Qt::TabFocus);
    trackKeyboardFocus(mode_);
    auto *menu = new QMenu(mode_);
    menu->setLayoutDirection(Qt::LeftToRight);
    connect(menu->addAction(tr("Preview")), &QAction::triggered, this,
            [this] { showPreview(true); });
    connect(menu->addAction(tr("Full render")), &QAction::triggered, this,
            [this] { showPreview(false); });
    mode_->setMenu(menu);
}

QSize TimingPanel::minimumSizeHint() const
{
    const QMargins around = layout()->contentsMargins();
    return {Theme::shared().px("size.inspector_min"), around.top() + mode_->sizeHint().height() +
                                                          table_->minimumSizeHint().height() +
                                                          around.bottom()};
}

void TimingPanel::retint()
{
    const Theme &theme = Theme::shared();
    title_->setFont(theme.font("heading_small"));
    mode_->setFont(theme.font("label"));
    mode_->setIcon(icon("chevron-down"));
    mode_->setIconSize(QSize(theme.px("space.scale.x3"), theme.px("space.scale.x3")));
    update();
}

void TimingPanel::addRun(const TimingRun &run)
{
    std::deque<TimingRun> &runs = run.preview ? previews_ : renders_;
    if (!runs.empty() && runs.back().running)
        runs.pop_back();
    runs.push_back(run);
    if (runs.size() > historyLength)
        runs.pop_front();
    schedule();
}

void TimingPanel::showPreview(bool preview)
{
    if (preview_ == preview)
        return;
    preview_ = preview;
    showRuns();
    emit modeChanged(preview);
}

void TimingPanel::clear()
{
    previews_.clear();
    renders_.clear();
    showRuns();
}

void TimingPanel::schedule()
{
    pending_ = true;
    if (!throttle_.isActive())
        showRuns();
}

void TimingPanel::showRuns()
{
    pending_ = false;
    throttle_.start();
    const std::deque<TimingRun> &runs = preview_ ? previews_ : renders_;
    mode_->setText(preview_ ? tr("Preview") : tr("Full render"));
    table_->setRun(runs.empty() ? std::nullopt : std::optional(runs.back()));
    const bool rendering = !renders_.empty() && renders_.back().running;
    const bool meanwhile = !preview_ && rendering;
    const std::deque<TimingRun> &shown = meanwhile ? previews_ : runs;
    std::vector<TimingHistory::Bar> bars;
    for (const TimingRun &run : shown)
        bars.push_back({run.timing.totalSeconds, run.whatChanged});
    const int count = static_cast<int>(bars.size());
    const QString caption =
        meanwhile  ? tr("Previews meanwhile")
        : preview_ ? (count == 1 ? tr("Last preview") : tr("Last %1 previews").arg(count))
                   : (count == 1 ? tr("Last render") : tr("Last %1 renders").arg(count));
    history_->setBars(std::move(bars),
                      count > 0 ? caption
                                : (preview_ ? tr("No previews yet") : tr("No renders yet")));
}

QString TimingPanel::csv() const
{
    std::vector<TimingRun> runs(previews_.begin(), previews_.end());
    runs.insert(runs.end(), renders_.begin(), renders_.end());
    return timingCsv(runs);
}

void TimingPanel::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::shared();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.colour("ground.panel"));
    painter.drawRoundedRect(rect(), theme.number("radius.card"), theme.number("radius.card"));
}

void TimingPanel::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("timing.menu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const bool any = !previews_.empty() || !renders_.empty();
    QAction *copy = menu->addAction(tr("Copy as CSV"), this,
                                    [this] { QGuiApplication::clipboard()->setText(csv()); });
    QAction *erase = menu->addAction(tr("Clear"), this, &TimingPanel::clear);
    copy->setEnabled(any);
    erase->setEnabled(any);
    menu->popup(event->globalPos());
}

} // namespace widgets
