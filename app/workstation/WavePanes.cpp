// SPDX-License-Identifier: GPL-3.0-or-later
//
// Scope, phase view and waveform in a pane. They are fed with the sound itself.
#include "app/workstation/PlotPane.h"
#include "app/workstation/ViewTable.h"
#include "widgets/views/PhaseView.h"
#include "widgets/views/ScopeView.h"
#include "widgets/views/WaveformView.h"

#include <QMenu>

namespace app {

namespace {

using widgets::AxisRange;

/// There is nothing to compute.
PaneView::Job handOver(const PaneView::Fill &fill)
{
    return [fill](const std::stop_token &) { return fill; };
}

class ScopePane final : public PlotPane<widgets::ScopeView> {
public:
    explicit ScopePane(QObject *parent) : PlotPane(parent, std::nullopt, std::nullopt) {}

    Job prepare(const PaneInput &input) override
    {
        return handOver([this, input] {
            name(input);
            view().setSound(input.preview->sharedSound(input.tap), input.windowStartSeconds());
            view().setInput(input.inputSound());
        });
    }
    void clear() override
    {
        view().setSound(nullptr, 0.0);
        view().setInput(nullptr);
    }
    void setPlayhead(std::optional<double> seconds) override { view().setPlayhead(seconds); }
    void setLook(const StageLook &look) override { view().setCeiling(look.ceilingDb); }
};

class PhasePane final : public PlotPane<widgets::PhaseView> {
public:
    explicit PhasePane(QObject *parent) : PlotPane(parent, std::nullopt, std::nullopt) {}

    Job prepare(const PaneInput &input) override
    {
        return handOver([this, input] {
            name(input);
            view().setSound(input.preview->sharedSound(input.tap), input.windowStartSeconds());
        });
    }
    void clear() override { view().setSound(nullptr, 0.0); }
    void setPlayhead(std::optional<double> seconds) override { view().setPlayhead(seconds); }
};

class WaveformPane final : public PaneView {
public:
    explicit WaveformPane(QObject *parent) : PaneView(parent), view_(new widgets::WaveformView)
    {
        connect(view_, &widgets::WaveformView::seekRequested, this, &PaneView::seekRequested);
        connect(view_, &widgets::WaveformView::rangeShown, this, &PaneView::rangesShown);
    }

    QWidget &widget() override { return *view_; }
    Job prepare(const PaneInput &input) override
    {
        return handOver([this, input] {
            view_->setSound(input.preview->sharedSound(input.tap), input.windowStartSeconds(),
                            input.stageToken(), input.title());
            view_->setInput(input.inputSound());
        });
    }
    void clear() override
    {
        view_->setSound(nullptr, 0.0, "stage.output", {});
        view_->setInput(nullptr);
    }
    void setPlayhead(std::optional<double> seconds) override { view_->setPlayhead(seconds); }
    void setLook(const StageLook &look) override { view_->setCeiling(look.ceilingDb); }

    void fillMenu(QMenu &menu) override
    {
        using Ruler = widgets::WaveformView::Ruler;
        const auto add = [&](const QString &words, Ruler ruler) {
            QAction *const action =
                menu.addAction(words, view_, [this, ruler] { view_->setRuler(ruler); });
            action->setCheckable(true);
            action->setChecked(view_->ruler() == ruler);
        };
        add(tr("Ruler in decibels"), Ruler::Decibels);
        add(tr("Ruler in parts of full scale"), Ruler::Linear);
    }

    bool hasAxis(Axis axis) const override { return axis == Axis::Time; }
    std::optional<AxisRange> shown(Axis) const override
    {
        const AxisRange range{view_->viewStart(), view_->viewEnd()};
        return isNearly(range, {0.0, view_->length()}) ? std::nullopt : std::optional(range);
    }
    void show(Axis axis, std::optional<AxisRange> range) override
    {
        if (axis == Axis::Time)
            view_->showRange(range ? range->low : 0.0, range ? range->high : view_->length());
    }

private:
    widgets::WaveformView *view_; ///< its parent is the pane
};

} // namespace

PaneView *makeScopePane(QObject *parent)
{
    return new ScopePane(parent);
}

PaneView *makePhasePane(QObject *parent)
{
    return new PhasePane(parent);
}

PaneView *makeWaveformPane(QObject *parent)
{
    return new WaveformPane(parent);
}

} // namespace app
