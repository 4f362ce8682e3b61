// SPDX-License-Identifier: GPL-3.0-or-later
//
// The large field between overview and rail: the start panel while no sound is open, an error panel
// after a failed open, else the view of the selected tap with the inspector beside it.
// Real-time: no; GUI thread only. Errors: none.
#pragma once

#include "widgets/panels/ErrorPanel.h"
#include "widgets/panels/StartPanel.h"
#include "widgets/panels/TimingPanel.h"
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
    widgets::WaveformView &waveform() { return *waveform_; }
    widgets::TimingPanel &timing() { return *timing_; }
    QSplitter &splitter() { return *splitter_; }

    void showStart() { pages_->setCurrentIndex(0); }
    void showError() { pages_->setCurrentIndex(1); }
    void showView() { pages_->setCurrentIndex(2); }
    bool showsError() const { return pages_->currentIndex() == 1; }
    void setInspectorOpen(bool open);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void fitInspector();

    QStackedLayout *pages_;
    widgets::StartPanel *start_;
    widgets::ErrorPanel *error_;
    widgets::StageToolbar *toolbar_;
    widgets::WaveformView *waveform_;
    widgets::TimingPanel *timing_;
    QSplitter *splitter_;
    bool inspectorWanted_ = true;
};

} // namespace app
