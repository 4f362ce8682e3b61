// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/StageArea.h"

#include "widgets/theme/Theme.h"

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QMenu>
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
    column->addWidget(toolbar_);
    column->addWidget(makeViews(), 1);
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

QWidget *StageArea::makeViews()
{
    const auto holder = new QWidget;
    views_ = new QStackedLayout(holder);
    spectrogram_ = new widgets::SpectrogramView;
    spectrum_ = new widgets::SpectrumView;
    scope_ = new widgets::ScopeView;
    phase_ = new widgets::PhaseView;
    waveform_ = new widgets::WaveformView;
    for (QWidget *view : {static_cast<QWidget *>(spectrogram_), static_cast<QWidget *>(spectrum_),
                          static_cast<QWidget *>(scope_), static_cast<QWidget *>(phase_),
                          static_cast<QWidget *>(waveform_)})
        views_->addWidget(view);
    for (widgets::PlotView *plot : plots()) {
        plot->setContextMenuPolicy(Qt::CustomContextMenu);
        connect(plot, &QWidget::customContextMenuRequested, this,
                [this, plot](QPoint place) { showPlotMenu(*plot, plot->mapToGlobal(place)); });
    }
    connect(toolbar_, &widgets::StageToolbar::viewChosen, this, &StageArea::setView);
    connect(toolbar_, &widgets::StageToolbar::inKeyLinesToggled, this, &StageArea::setInKeyLines);
    return holder;
}

void StageArea::setView(widgets::StageView view)
{
    toolbar_->setView(view);
    views_->setCurrentIndex(static_cast<int>(view));
    emit viewChanged(view);
}

void StageArea::setInKeyLines(bool shown)
{
    toolbar_->setInKeyLines(shown);
    for (widgets::PlotView *plot : plots())
        plot->setInKeyLines(shown);
}

void StageArea::showPlotMenu(widgets::PlotView &plot, QPoint place)
{
    const auto menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Copy image"), this, [&plot] { plot.copyImage(); });
    menu->addAction(tr("Save image…"), this, [this, &plot] {
        const auto dialog =
            new QFileDialog(this, tr("Save the picture"), {}, tr("PNG picture (*.png)"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        dialog->setDefaultSuffix(QStringLiteral("png"));
        connect(dialog, &QFileDialog::fileSelected, this, [this, &plot](const QString &file) {
            if (!plot.saveImage(file, 2.0))
                emit savingFailed(file);
        });
        dialog->open();
    });
    menu->addAction(tr("Copy values"), this,
                    [&plot] { QGuiApplication::clipboard()->setText(plot.valuesAsCsv()); });
    if (&plot == spectrogram_) {
        menu->addSeparator();
        QMenu *const maps = menu->addMenu(tr("Colour map"));
        using widgets::ColourMap;
        const std::array<std::pair<QString, ColourMap>, 4> choices{
            {{tr("Ember"), ColourMap::Ember},
             {tr("Paper"), ColourMap::Paper},
             {tr("Lagoon"), ColourMap::Lagoon},
             {tr("Grey"), ColourMap::Grey}}};
        for (const auto &[name, map] : choices)
            maps->addAction(name, this, [this, map = map] { spectrogram_->setColourMap(map); });
    }
    menu->popup(place);
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
