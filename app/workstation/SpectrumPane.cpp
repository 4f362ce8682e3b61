// SPDX-License-Identifier: GPL-3.0-or-later
//
// The spectrum in a pane: the average of the preview, or what sounds at the playhead. The view
// works it out from the sounds itself.
#include "app/workstation/PlotPane.h"
#include "app/workstation/ViewTable.h"
#include "widgets/controls/WordSwitch.h"
#include "widgets/views/SpectrumView.h"

#include <QMenu>
#include <QPointer>

namespace app {

namespace {

using engine::pipeline::TapId;
using widgets::AxisRange;
using widgets::SpectrumMoment;
using widgets::SpectrumView;

class SpectrumPane final : public PlotPane<SpectrumView> {
public:
    explicit SpectrumPane(QObject *parent)
        : PlotPane(parent, Axis::Frequency, std::nullopt),
          moment_(new widgets::WordSwitch(tr("Spectrum of"), {tr("Average"), tr("At playhead")},
                                          &view()))
    {
        moment_->hide();
        moment_->setObjectName(QStringLiteral("spectrum.moment"));
        connect(moment_, &widgets::WordSwitch::chosen, this, [this](int index) {
            setMoment(index == 1 ? SpectrumMoment::Playhead : SpectrumMoment::Average);
        });
        connect(&view(), &SpectrumView::peakHoldShownChanged, this, &PaneView::stateChanged);
    }
    ~SpectrumPane() override { delete moment_; } // the toolbar may have taken it

    Job prepare(const PaneInput &input) override
    {
        return handOver([this, input] {
            name(input);
            if (std::exchange(tap_, input.tap) != input.tap)
                view().resetPeakHold(); // what was held is another sound's
            view().setSounds(input.preview->sharedSound(input.tap), input.inputSound(),
                             input.windowStartSeconds());
        });
    }
    void clear() override { view().setSounds(nullptr, nullptr, 0.0); }
    void setPlayhead(std::optional<double> seconds) override { view().setPlayhead(seconds); }
    bool hasInKeyLines() const override { return true; }

    bool hasAxis(Axis axis) const override
    {
        return axis == Axis::Level || PlotPane::hasAxis(axis);
    }
    std::optional<AxisRange> shown(Axis axis) const override
    {
        if (axis != Axis::Level)
            return PlotPane::shown(axis);
        const AxisRange db = view().dbRange();
        return db == SpectrumView::defaultDb ? std::nullopt : std::optional(db);
    }
    void show(Axis axis, std::optional<AxisRange> range) override
    {
        if (axis == Axis::Level)
            view().setDbRange(range.value_or(SpectrumView::defaultDb));
        else
            PlotPane::show(axis, range);
    }
    std::vector<AxisRange> levelChoices() const override { return SpectrumView::dbRangeChoices(); }

    void fillMenu(QMenu &menu) override
    {
        QAction *const hold = menu.addAction(
            tr("Peak hold"), &view(), [this] { view().setPeakHoldShown(!view().peakHoldShown()); });
        hold->setCheckable(true);
        hold->setChecked(view().peakHoldShown());
        QAction *const reset =
            menu.addAction(tr("Reset peak hold"), &view(), [this] { view().resetPeakHold(); });
        reset->setEnabled(view().peakHoldShown());
    }
    QWidget *tools() override { return moment_; }

    QVariantMap saveState() const override
    {
        return {{QStringLiteral("atPlayhead"), view().moment() == SpectrumMoment::Playhead},
                {QStringLiteral("peakHold"), view().peakHoldShown()}};
    }
    void restoreState(const QVariantMap &state) override
    {
        setMoment(state[QStringLiteral("atPlayhead")].toBool() ? SpectrumMoment::Playhead
                                                               : SpectrumMoment::Average);
        view().setPeakHoldShown(state[QStringLiteral("peakHold")].toBool());
    }

private:
    void setMoment(SpectrumMoment moment)
    {
        moment_->setIndex(moment == SpectrumMoment::Playhead ? 1 : 0);
        view().setMoment(moment);
        emit stateChanged();
    }

    QPointer<widgets::WordSwitch> moment_;
    std::optional<TapId> tap_;
};

} // namespace

PaneView *makeSpectrumPane(QObject *parent)
{
    return new SpectrumPane(parent);
}

} // namespace app
