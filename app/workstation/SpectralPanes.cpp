// SPDX-License-Identifier: GPL-3.0-or-later
//
// Spectrogram and spectrum in a pane.
#include "app/workstation/PlotPane.h"
#include "app/workstation/ViewTable.h"
#include "widgets/views/SpectrogramView.h"
#include "widgets/views/SpectrumView.h"

namespace app {

namespace {

using widgets::AxisRange;

class SpectrogramPane final : public PlotPane<widgets::SpectrogramView> {
public:
    explicit SpectrogramPane(QObject *parent) : PlotPane(parent, Axis::Time, Axis::Frequency) {}

    Job prepare(const PaneInput &input) override
    {
        return [this, input](const std::stop_token &stop) -> Fill {
            const bool fromStart = input.preview->request.firstFrame == 0;
            auto spectrogram = engine::analysis::computeSpectrogram(input.preview->sound(input.tap),
                                                                    {fromStart, false}, stop);
            return [this, input, spectrogram] {
                name(input);
                view().setSpectrogram(spectrogram, input.windowStartSeconds());
            };
        };
    }
    void clear() override { view().setSpectrogram(nullptr, 0.0); }
    void setPlayhead(std::optional<double> seconds) override { view().setPlayhead(seconds); }
    void setLook(const StageLook &look) override
    {
        PlotPane::setLook(look);
        if (look.colourMap.value_or(widgets::themeColourMap()) != view().colourMap() ||
            look.colourMap != colourMap_)
            view().setColourMap(look.colourMap);
        colourMap_ = look.colourMap;
    }
    bool hasInKeyLines() const override { return true; }
    bool hasColourMap() const override { return true; }

    bool hasAxis(Axis axis) const override
    {
        return axis == Axis::Level || PlotPane::hasAxis(axis);
    }
    std::optional<AxisRange> shown(Axis axis) const override
    {
        if (axis != Axis::Level)
            return PlotPane::shown(axis);
        const AxisRange db = view().dbRange();
        return db == widgets::SpectrogramView::defaultDb ? std::nullopt : std::optional(db);
    }
    void show(Axis axis, std::optional<AxisRange> range) override
    {
        if (axis == Axis::Level)
            view().setDbRange(range.value_or(widgets::SpectrogramView::defaultDb));
        else
            PlotPane::show(axis, range);
    }

private:
    std::optional<widgets::ColourMap> colourMap_;
};

class SpectrumPane final : public PlotPane<widgets::SpectrumView> {
public:
    explicit SpectrumPane(QObject *parent) : PlotPane(parent, Axis::Frequency, std::nullopt) {}

    Job prepare(const PaneInput &input) override
    {
        return [this, input](const std::stop_token &stop) -> Fill {
            const auto spectrum =
                engine::analysis::averageSpectrum(input.preview->sound(input.tap), stop);
            const auto before = input.inputSound();
            const auto inputSpectrum =
                before ? engine::analysis::averageSpectrum(*before, stop) : nullptr;
            return [this, input, spectrum, inputSpectrum] {
                name(input);
                view().setSpectrum(spectrum);
                view().setInput(inputSpectrum);
            };
        };
    }
    void clear() override
    {
        view().setSpectrum(nullptr);
        view().setInput(nullptr);
    }
    bool hasInKeyLines() const override { return true; }

    bool hasAxis(Axis axis) const override
    {
        return axis == Axis::Level || PlotPane::hasAxis(axis);
    }
    std::optional<AxisRange> shown(Axis axis) const override
    {
        if (axis != Axis::Level)
            return PlotPane::shown(axis);
        const AxisRange db = view().wholeY();
        return db == widgets::SpectrumView::defaultDb ? std::nullopt : std::optional(db);
    }
    void show(Axis axis, std::optional<AxisRange> range) override
    {
        const AxisRange db = range.value_or(widgets::SpectrumView::defaultDb);
        if (axis != Axis::Level)
            PlotPane::show(axis, range);
        else if (db != view().wholeY())
            view().setDbRange(db);
    }
};

} // namespace

PaneView *makeSpectrogramPane(QObject *parent)
{
    return new SpectrogramPane(parent);
}

PaneView *makeSpectrumPane(QObject *parent)
{
    return new SpectrumPane(parent);
}

} // namespace app
