// SPDX-License-Identifier: GPL-3.0-or-later
//
// The quantization view in a pane, with its panel for the inspector and its switch for the toolbar.
// Up to the tap after the distortion it shows what Pre-Quant moved, then what Post-Quant did.
#include "app/workstation/PlotPane.h"
#include "app/workstation/ViewTable.h"
#include "engine/pipeline/StageTable.h"
#include "widgets/controls/WordSwitch.h"
#include "widgets/panels/QuantizationPanel.h"
#include "widgets/views/QuantizationView.h"
#include "widgets/views/QuantizationWorker.h"

#include <QPointer>
#include <QSignalBlocker>

namespace app {

namespace {

using engine::pipeline::StageId;
using engine::pipeline::TapId;
using widgets::AxisRange;
using widgets::QuantizationWorker;

class QuantizationPane final : public PlotPane<widgets::QuantizationView> {
public:
    explicit QuantizationPane(QObject *parent)
        : PlotPane(parent, std::nullopt, Axis::Frequency),
          panel_(new widgets::QuantizationPanel(&view())),
          moment_(new widgets::WordSwitch(tr("Moves shown"),
                                          {tr("Whole preview"), tr("At playhead")}, &view())),
          worker_(new QuantizationWorker(this)), home_(view().shownY())
    {
        panel_->hide();
        moment_->hide();
        moment_->setObjectName(QStringLiteral("quantization.moment"));
        connect(worker_, &QuantizationWorker::ready, this, &QuantizationPane::take);
        connect(moment_, &widgets::WordSwitch::chosen, this,
                [this](int index) { worker_->setAtPlayhead(index == 1); });
        connect(panel_, &widgets::QuantizationPanel::zoomRequested, this,
                [this](const auto &line) { view().zoomTo(line); });
        connect(&view(), &widgets::QuantizationView::turnOnRequested, this,
                &PaneView::turnOnRequested);
        connect(
            &view(), &widgets::QuantizationView::soloRequested, this,
            [this](const std::optional<engine::dsp::SoloRange> &range) {
                const StageId quantizer = view().quantizer();
                emit soloRequested(range ? std::optional(Solo{quantizer, *range}) : std::nullopt);
            });
    }
    ~QuantizationPane() override
    {
        // Toolbar and inspector may have taken them.
        delete panel_;
        delete moment_;
    }

    Job prepare(const PaneInput &input) override
    {
        const Fill fill = [this, input] {
            const StageId quantizer = quantizerOf(input.tap);
            const bool first = quantizer == StageId::PreQuant;
            const bool off =
                !engine::pipeline::stageRow(quantizer).runs(input.preview->request.settings);
            view().setQuantizer(quantizer);
            panel_->setQuantizer(quantizer);
            view().setOff(off);
            if (off)
                panel_->startOver();
            const auto &trace =
                first ? input.preview->preQuantTrace : input.preview->postQuantTrace;
            if (off)
                worker_->setTrace(nullptr);
            else if (trace) // else it follows, and the old picture stays until then
                worker_->setTrace(trace);
        };
        return [fill](const std::stop_token &) { return fill; };
    }
    void clear() override
    {
        worker_->setTrace(nullptr);
        view().startOver();
        panel_->startOver();
    }
    void setPlayhead(std::optional<double> seconds) override
    {
        worker_->setPlayhead(seconds.value_or(0.0));
    }
    void setLook(const StageLook &look) override
    {
        PlotPane::setLook(look);
        const bool own = look.solo && look.solo->quantizer == view().quantizer();
        view().setSolo(own ? std::optional(look.solo->range) : std::nullopt);
    }

    std::optional<AxisRange> shown(Axis) const override
    {
        return isNearly(view().shownY(), home_) ? std::nullopt : std::optional(view().shownY());
    }
    /// All of it would be too much: three octaves around the energy.
    void show(Axis axis, std::optional<AxisRange> range) override
    {
        linked_ = range;
        if (range) {
            PlotPane::show(axis, range);
            return;
        }
        view().showAll();
        home_ = view().shownY();
    }

    bool wantsQuantization() const override { return true; }
    TapId shownTap(TapId tap) const override
    {
        return quantizerOf(tap) == StageId::PreQuant ? TapId::PreQuant : TapId::PostQuant;
    }
    QString title(TapId tap) const override
    {
        return quantizerOf(tap) == StageId::PreQuant ? tr("Input → Pre-Quant")
                                                     : tr("After Distortion → Post-Quant");
    }
    QWidget *tools() override { return moment_; }
    QWidget *inspector() override { return panel_; }

private:
    static StageId quantizerOf(TapId tap)
    {
        return tap <= TapId::PostDist ? StageId::PreQuant : StageId::PostQuant;
    }
    void take(const QuantizationWorker::Snapshot &moves)
    {
        panel_->setQuantization(moves);
        // Where the energy lies is no wish of a person: the other panes stay where they are.
        const QSignalBlocker blocked(&view());
        const AxisRange before = view().shownY();
        view().setQuantization(moves);
        if (!(view().shownY() == before))
            home_ = view().shownY();
        if (linked_)
            PlotPane::show(Axis::Frequency, linked_);
    }

    QPointer<widgets::QuantizationPanel> panel_;
    QPointer<widgets::WordSwitch> moment_;
    QuantizationWorker *worker_;
    AxisRange home_;
    std::optional<AxisRange> linked_;
};

} // namespace

PaneView *makeQuantizationPane(QObject *parent)
{
    return new QuantizationPane(parent);
}

} // namespace app
