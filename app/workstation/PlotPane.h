// SPDX-License-Identifier: GPL-3.0-or-later
//
// What every PaneView around a PlotView does: title, scale, in-key lines, and the shared axes that
// lie along x and y.
// Views that know moments and sounds compute for themselves, and only what is seen.
// Units: as PaneView's. Real-time: no; GUI thread only. Errors: none.
#pragma once

#include "app/workstation/PaneView.h"

namespace app {

/// Zooming out ends at the whole but for rounding.
inline bool isNearly(widgets::AxisRange a, widgets::AxisRange b)
{
    constexpr double tolerance = 1e-9;
    return std::abs(a.low - b.low) < tolerance && std::abs(a.high - b.high) < tolerance;
}

/// There is nothing to compute, or the view computes it itself.
inline PaneView::Job handOver(const PaneView::Fill &fill)
{
    return [fill](const std::stop_token &) { return fill; };
}

template <typename View>
class PlotPane : public PaneView {
public:
    /// The shared axes along x and y; none: that axis is the view's own.
    PlotPane(QObject *parent, std::optional<Axis> x, std::optional<Axis> y)
        : PaneView(parent), x_(x), y_(y), view_(new View)
    {
        connect(view_, &widgets::PlotView::seekRequested, this, &PaneView::seekRequested);
        connect(view_, &widgets::PlotView::rangesShown, this, &PaneView::rangesShown);
    }

    QWidget &widget() override { return *view_; }
    widgets::PlotView *plot() override { return view_; }
    void setLook(const StageLook &look) override { view_->setInKeyLines(look.inKeyLines); }
    bool hasAxis(Axis axis) const override { return axis == x_ || axis == y_; }
    std::optional<widgets::AxisRange> shown(Axis axis) const override
    {
        const widgets::AxisRange range = axis == x_ ? view_->shownX() : view_->shownY();
        const widgets::AxisRange whole = axis == x_ ? view_->wholeX() : view_->wholeY();
        return isNearly(range, whole) ? std::nullopt : std::optional(range);
    }
    void show(Axis axis, std::optional<widgets::AxisRange> range) override
    {
        if (axis == x_)
            view_->showRanges(range.value_or(view_->wholeX()), view_->shownY());
        else if (axis == y_)
            view_->showRanges(view_->shownX(), range.value_or(view_->wholeY()));
    }

protected:
    View &view() { return *view_; }
    const View &view() const { return *view_; }
    void name(const PaneInput &input)
    {
        view_->setTitle(input.title(), input.stageToken());
        view_->setScale(input.scale());
    }

private:
    std::optional<Axis> x_;
    std::optional<Axis> y_;
    View *view_; ///< its parent is the pane
};

} // namespace app
