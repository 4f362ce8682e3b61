// SPDX-License-Identifier: GPL-3.0-or-later
//
// The large field between overview and rail: the start panel while no sound is open, an error panel
// after a failed open, else the view of the selected tap with the inspector beside it.
// Real-time: no; GUI thread only. Errors: none.
#pragma once

#include "widgets/panels/ErrorPanel.h"
#include "widgets/panels/StartPanel.h"
#include "widgets/panels/TimingPanel.h"
#include "widgets/views/PhaseView.h"
#include "widgets/views/ScopeView.h"
#include "widgets/views/SpectrogramView.h"
#include "widgets/views/SpectrumView.h"
#include "widgets/views/StageToolbar.h"
#include "widgets/views/WaveformView.h"

#include <QSplitter>
#include <QStackedLayout>

namespace app {

class StageArea final : public QWidget {
    Q_OBJECT
public:
    explicit StageArea(QWidget *parent = nullptr);

    widgets::StartPanel &start() { return *start_; }
    widgets::ErrorPanel &error() { return *error_; }
    widgets::StageToolbar &toolbar() { return *toolbar_; }
    widgets::SpectrogramView &spectrogram() { return *spectrogram_; }
    widgets::SpectrumView &spectrum() { return *spectrum_; }
    widgets::ScopeView &scope() { return *scope_; }
    widgets::PhaseView &phase() { return *phase_; }
    widgets::WaveformView &waveform() { return *waveform_; }
    std::array<widgets::PlotView *, 4> plots() const
    {
        return {spectrogram_, spectrum_, scope_, phase_};
    }
    widgets::StageView view() const { return toolbar_->view(); }
    void setView(widgets::StageView view);
    void setInKeyLines(bool shown);
    widgets::TimingPanel &timing() { return *timing_; }
    QSplitter &splitter() { return *splitter_; }

    void showStart() { pages_->setCurrentIndex(0); }
    void showError() { pages_->setCurrentIndex(1); }
    void showView() { pages_->setCurrentIndex(2); }
    bool showsError() const { return pages_->currentIndex() == 1; }
    void setInspectorOpen(bool open);

signals:
    void viewChanged(widgets::StageView view);
    void savingFailed(const QString &file);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *makeViews();
    void fitInspector();
    void showPlotMenu(widgets::PlotView &plot, QPoint place);

    QStackedLayout *pages_;
    widgets::StartPanel *start_;
    widgets::ErrorPanel *error_;
    widgets::StageToolbar *toolbar_;
    QStackedLayout *views_;
    widgets::SpectrogramView *spectrogram_;
    widgets::SpectrumView *spectrum_;
    widgets::ScopeView *scope_;
    widgets::PhaseView *phase_;
    widgets::WaveformView *waveform_;
    widgets::TimingPanel *timing_;
    QSplitter *splitter_;
    bool inspectorWanted_ = true;
};

} // namespace app
