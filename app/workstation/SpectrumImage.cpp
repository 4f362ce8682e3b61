// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/SpectrumImage.h"

#include "widgets/threads/GuiThread.h"
#include "widgets/views/SpectrumView.h"

namespace app {

void SpectrumImage::copy(const PaneInput &input, const StageLook &look, QSize size)
{
    jobs_.cancelAll();
    jobs_.add([this, input, look, size, number = ++newest_](const std::stop_token &stop) {
        const auto spectrum =
            engine::analysis::averageSpectrum(input.preview->sound(input.tap), stop);
        const auto before = input.inputSound();
        const auto inputSpectrum =
            before ? engine::analysis::averageSpectrum(*before, stop) : nullptr;
        if (stop.stop_requested() || !spectrum)
            return;
        widgets::postToGui(this, [this, input, look, size, number, spectrum, inputSpectrum] {
            if (number != newest_)
                return;
            widgets::SpectrumView view;
            view.resize(size);
            view.setTitle(input.title(), input.stageToken());
            view.setScale(input.scale());
            view.setInKeyLines(look.inKeyLines);
            view.setSpectrum(spectrum);
            view.setInput(inputSpectrum);
            const auto range = [&](Axis axis) {
                return look.ranges[static_cast<std::size_t>(axis)];
            };
            view.setDbRange(range(Axis::Level).value_or(widgets::SpectrumView::defaultDb));
            view.showX(range(Axis::Frequency).value_or(view.wholeX()));
            view.copyImage();
            emit copied();
        });
    });
}

} // namespace app
