// SPDX-License-Identifier: GPL-3.0-or-later
//
// The spectrum in a pane: the average of the preview, or what sounds at the playhead, beside that
// of another tap, the input unless another is chosen, or the difference of the two. The view works
// it out from the sounds itself.
#include "app/workstation/PlotPane.h"
#include "app/workstation/TapChoice.h"
#include "app/workstation/ViewTable.h"
#include "widgets/chain/TapPill.h"
#include "widgets/controls/WordSwitch.h"
#include "widgets/views/DifferenceView.h"
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
        connect(&view(), &SpectrumView::reachDbChanged, this, &PaneView::stateChanged);
    }
    ~SpectrumPane() override { delete moment_; } // the toolbar may have taken it

    Job prepare(const PaneInput &input) override
    {
        const auto beside =
            input.tap == reference_ ? nullptr : input.preview->sharedSound(reference_);
        return handOver([this, input, beside] {
            name(input);
            view().setInputName(widgets::tapTitle(reference_));
            if (std::exchange(tap_, input.tap) != input.tap)
                view().resetPeakHold(); // what was held is another sound's
            view().setSounds(input.preview->sharedSound(input.tap), beside,
                             input.windowStartSeconds());
        });
    }
    void clear() override { view().setSounds(nullptr, nullptr, 0.0); }
    void setPlayhead(std::optional<double> seconds) override { view().setPlayhead(seconds); }
    bool hasInKeyLines() const override { return true; }

    bool hasAxis(Axis axis) const override
    {
        return (axis == Axis::Level && !view().differenceShown()) || PlotPane::hasAxis(axis);
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
        //: which sound the one that is shown is compared with
        addChoiceMenu(menu, tr("Compared with"), tapChoices(), reference_,
                      [this](TapId tap) { setReference(tap); });
        addChoiceMenu<bool>(menu, tr("Shown"),
                            {{tr("Both levels"), false}, {tr("Their difference"), true}},
                            view().differenceShown(), [this](bool shown) { setDifference(shown); });
        if (!view().differenceShown())
            return;
        Choices<double> reaches;
        for (const double db : SpectrumView::reachChoices())
            reaches.emplace_back(widgets::DifferenceView::reachText(db), db);
        addChoiceMenu(menu, tr("Range"), reaches, view().reachDb(),
                      [this](double db) { view().setReachDb(db); });
    }
    QWidget *tools() override { return moment_; }
    QString title(TapId tap) const override
    {
        //: What a difference is of: %1 the later sound, %2 the earlier one that is taken away.
        return view().differenceShown()
                   ? tr("%1 − %2").arg(widgets::tapTitle(tap), widgets::tapTitle(reference_))
                   : PaneView::title(tap);
    }

    QVariantMap saveState() const override
    {
        return {{QStringLiteral("atPlayhead"), view().moment() == SpectrumMoment::Playhead},
                {QStringLiteral("peakHold"), view().peakHoldShown()},
                {QStringLiteral("reference"), keyOfTap(reference_)},
                {QStringLiteral("difference"), view().differenceShown()},
                {QStringLiteral("reachDb"), view().reachDb()}};
    }
    void restoreState(const QVariantMap &state) override
    {
        setMoment(state[QStringLiteral("atPlayhead")].toBool() ? SpectrumMoment::Playhead
                                                               : SpectrumMoment::Average);
        view().setPeakHoldShown(state[QStringLiteral("peakHold")].toBool());
        if (const auto tap = tapOfKey(state[QStringLiteral("reference")].toString()))
            setReference(*tap);
        setDifference(state[QStringLiteral("difference")].toBool());
        const double reach = state[QStringLiteral("reachDb")].toDouble();
        if (std::ranges::count(SpectrumView::reachChoices(), reach) > 0)
            view().setReachDb(reach);
    }

private:
    void setMoment(SpectrumMoment moment)
    {
        moment_->setIndex(moment == SpectrumMoment::Playhead ? 1 : 0);
        view().setMoment(moment);
        emit stateChanged();
    }

    void setReference(TapId tap)
    {
        if (tap == reference_)
            return;
        reference_ = tap;
        emit titleChanged();
        emit feedWanted();
        emit stateChanged();
    }
    void setDifference(bool shown)
    {
        if (shown == view().differenceShown())
            return;
        view().setDifferenceShown(shown);
        emit axesChanged();
        emit titleChanged();
        emit stateChanged();
    }

    QPointer<widgets::WordSwitch> moment_;
    TapId reference_ = TapId::Input;
    std::optional<TapId> tap_;
};

} // namespace

PaneView *makeSpectrumPane(QObject *parent)
{
    return new SpectrumPane(parent);
}

} // namespace app
