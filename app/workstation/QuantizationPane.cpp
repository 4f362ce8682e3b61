// SPDX-License-Identifier: GPL-3.0-or-later
//
// The quantization view in a pane, with its panel for the inspector and its switch for the toolbar.
// What it is of follows the tap, or is chosen from its title.
#include "app/workstation/ChoiceMenu.h"
#include "app/workstation/PlotPane.h"
#include "app/workstation/QuantizationSource.h"
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
            [this](const std::optional<engine::dsp::SoloRange> &range, StageId quantizer) {
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
        const QuantizationSource source = resolved(source_, input.tap);
        if (source == QuantizationSource::Chain)
            return [this, input](const std::stop_token &stop) -> Fill {
                const auto chain = chainTraceOf(*input.preview, stop);
                return [this, input, chain] { showChain(input, chain); };
            };
        return handOver([this, input, source] {
            showQuantizer(input, source == QuantizationSource::PreQuant ? StageId::PreQuant
                                                                        : StageId::PostQuant);
        });
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
        view().setSolo(look.solo ? std::optional(look.solo->range) : std::nullopt,
                       look.solo ? look.solo->quantizer : StageId::PreQuant);
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
    void fillTitleMenu(QMenu &menu) override
    {
        Choices<QuantizationSource> sources;
        for (const QuantizationSourceRow &row : quantizationSources())
            sources.emplace_back(quantizationSourceText(row.source), row.source);
        addChoices(menu, sources, source_,
                   [this](QuantizationSource source) { setSource(source); });
        menu.addSeparator();
    }
    TapId shownTap(TapId tap) const override
    {
        switch (resolved(source_, tap)) {
        case QuantizationSource::PreQuant:
            return TapId::PreQuant;
        case QuantizationSource::PostQuant:
            return TapId::PostQuant;
        default:
            return TapId::Output;
        }
    }
    QString title(TapId tap) const override
    {
        return quantizationSourceText(resolved(source_, tap));
    }
    QVariantMap saveState() const override
    {
        const auto row =
            std::ranges::find(quantizationSources(), source_, &QuantizationSourceRow::source);
        return {{QStringLiteral("source"), QLatin1String(row->key)}};
    }
    void restoreState(const QVariantMap &state) override
    {
        for (const QuantizationSourceRow &row : quantizationSources())
            if (state[QStringLiteral("source")].toString() == QLatin1String(row.key))
                setSource(row.source);
    }
    QWidget *tools() override { return moment_; }
    QWidget *inspector() override { return panel_; }

private:
    void setSource(QuantizationSource source)
    {
        if (source == source_)
            return;
        source_ = source;
        emit titleChanged();
        emit feedWanted();
        emit stateChanged();
    }
    void showQuantizer(const PaneInput &input, StageId quantizer)
    {
        const bool off =
            !engine::pipeline::stageRow(quantizer).runs(input.preview->request.settings);
        view().setQuantizer(quantizer);
        panel_->setQuantizer(quantizer);
        view().setOff(off);
        if (off)
            panel_->startOver();
        const auto &trace = quantizer == StageId::PreQuant ? input.preview->preQuantTrace
                                                           : input.preview->postQuantTrace;
        if (off)
            worker_->setTrace(nullptr);
        else if (trace) // else it follows, and the old picture stays until then
            worker_->setTrace(trace);
    }
    void showChain(const PaneInput &input, const QuantizationWorker::Chain &chain)
    {
        const auto runs = [&](StageId stage) {
            return engine::pipeline::stageRow(stage).runs(input.preview->request.settings);
        };
        view().setChain(
            {runs(StageId::PreQuant), runs(StageId::Distortion), runs(StageId::PostQuant)});
        panel_->setChain();
        if (chain) // else the traces follow
            worker_->setChain(chain);
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
    QuantizationSource source_ = QuantizationSource::AsTap;
    AxisRange home_;
    std::optional<AxisRange> linked_;
};

} // namespace

PaneView *makeQuantizationPane(QObject *parent)
{
    return new QuantizationPane(parent);
}

} // namespace app
