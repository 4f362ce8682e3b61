// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the limiter took away, in a pane. There is one limiter, so it is the same whatever tap the
// pane is set to.
#include "app/workstation/PlotPane.h"
#include "app/workstation/ViewTable.h"
#include "engine/base/Units.h"
#include "widgets/controls/ParameterPresentation.h"
#include "widgets/views/GainReductionView.h"

namespace app {

namespace {

using engine::pipeline::TapId;

constexpr const char *limiterToken = "stage.limiter";

class GainReductionPane final : public PlotPane<widgets::GainReductionView> {
public:
    explicit GainReductionPane(QObject *parent) : PlotPane(parent, Axis::Time, std::nullopt) {}

    Job prepare(const PaneInput &input) override
    {
        return handOver([this, input] {
            const engine::render::PreviewRequest &request = input.preview->request;
            const int rateHz = input.preview->sound(TapId::Output).format().sampleRateHz;
            view().setTitle(title(input.tap), limiterToken);
            view().setLimiterOn(request.settings.limiter.on);
            view().setTrace(request.settings.limiter.on ? input.preview->limiterTrace : nullptr,
                            rateHz, input.windowStartSeconds(),
                            engine::secondsFromFrames(request.frames, rateHz));
        });
    }
    void clear() override { view().setTrace(nullptr, 1, 0.0, 0.0); }
    void setPlayhead(std::optional<double> seconds) override { view().setPlayhead(seconds); }

    TapId shownTap(TapId) const override { return TapId::Output; }
    QString title(TapId) const override { return tr("Limiter gain reduction"); }
    const char *titleToken(TapId) const override { return limiterToken; }
    QString remark(const engine::pipeline::Settings &settings) const override
    {
        //: Limiter gain reduction (Limiter is off)
        return settings.limiter.on
                   ? QString()
                   : tr("%1 is off").arg(widgets::stageName(engine::pipeline::StageId::Limiter));
    }
};

} // namespace

PaneView *makeGainReductionPane(QObject *parent)
{
    return new GainReductionPane(parent);
}

} // namespace app
