// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/PaneView.h"

#include "engine/base/Units.h"
#include "widgets/chain/TapPill.h"

namespace app {

using engine::pipeline::TapId;

double PaneFile::seconds() const
{
    return sampleRateHz > 0 ? static_cast<double>(frames) / sampleRateHz : 0.0;
}

double PaneInput::windowStartSeconds() const
{
    return engine::secondsFromFrames(preview->request.firstFrame,
                                     preview->sound(tap).format().sampleRateHz);
}

/// The scale to which the tap's sound was moved last; before the first quantizer the one to which
/// it will be.
const engine::dsp::Scale &PaneInput::scale() const
{
    const engine::pipeline::Settings &settings = preview->request.settings;
    return tap >= TapId::PostQuant ? settings.postQuantizer().scale
                                   : settings.preQuant.classic.scale;
}

std::shared_ptr<const engine::AudioBuffer> PaneInput::inputSound() const
{
    return tap == TapId::Input ? nullptr : preview->sharedSound(TapId::Input);
}

QString PaneInput::title() const
{
    return widgets::tapTitle(tap);
}

const char *PaneInput::stageToken() const
{
    return widgets::tapStageToken(tap);
}

QString PaneView::title(TapId tap) const
{
    return widgets::tapTitle(tap);
}

const char *PaneView::titleToken(TapId tap) const
{
    return widgets::tapStageToken(shownTap(tap));
}

} // namespace app
