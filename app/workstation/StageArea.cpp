// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/StageArea.h"

#include "widgets/theme/Theme.h"

#include <QPainter>
#include <QVBoxLayout>

namespace app {

using widgets::Theme;

namespace {

/// The visualizer never gets narrower than this for the inspector's sake.
constexpr const char *leastViewWidth = "size.visualizer_min";

/// The rounded ground on which a view and its toolbar lie.
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
    const auto panel = new Panel;
    const auto column = new QVBoxLayout(panel);
    const int gap = theme.px("space.gutter");
    column->setContentsMargins(gap, 0, gap, gap);
    column->setSpacing(0);
    toolbar_ = new widgets::StageToolbar;
    waveform_ = new widgets::WaveformView;
    column->addWidget(toolbar_);
    column->addWidget(waveform_, 1);
    timing_ = new widgets::TimingPanel;
    timing_->setMinimumWidth(theme.px("size.inspector_min"));
    timing_->setMaximumWidth(theme.px("size.inspector_max"));

    splitter_ = new QSplitter(Qt::Horizontal);
    splitter_->setObjectName(QStringLiteral("inspectorSplitter"));
    splitter_->setHandleWidth(theme.px("size.splitter_grab"));
    splitter_->setChildrenCollapsible(false);
    splitter_->addWidget(panel);
    splitter_->addWidget(timing_);
    splitter_->setStretchFactor(0, 1);
    splitter_->setStretchFactor(1, 0);

    pages_->setContentsMargins(0, 0, 0, 0);
    pages_->addWidget(start_);
    pages_->addWidget(error_);
    pages_->addWidget(splitter_);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setMinimumHeight(theme.px("size.stage_min"));
    const int inspector = theme.px("size.inspector");
    splitter_->setSizes({theme.px("size.window_min_width"), inspector});
}

void StageArea::setInspectorOpen(bool open)
{
    inspectorWanted_ = open;
    fitInspector();
}

void StageArea::fitInspector()
{
    const Theme &theme = Theme::shared();
    const int least =
        theme.px(leastViewWidth) + theme.px("size.splitter_grab") + theme.px("size.inspector_min");
    const bool open = inspectorWanted_ && width() >= least;
    timing_->setVisible(open);
    toolbar_->setInspectorOpen(open);
}

void StageArea::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitInspector();
}

} // namespace app
