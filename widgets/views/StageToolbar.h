// SPDX-License-Identifier: GPL-3.0-or-later
//
// The head of the stage: which tap is looked at, and the buttons that maximise the view and open
// the inspector. Tabs of views find their place between them.
// Real-time: no; GUI thread only. Errors: none.
#pragma once

#include "engine/pipeline/Taps.h"

#include <QWidget>

#include <array>

class QHBoxLayout;
class QSpacerItem;
class QToolButton;

namespace widgets {

/// What the stage shows of a tap, in the order of the tabs.
enum class StageView { Spectrogram, Spectrum, Scope, Phase, Waveform };
inline constexpr std::size_t stageViewCount = 5;

class StageToolbar final : public QWidget {
    Q_OBJECT
public:
    explicit StageToolbar(QWidget *parent = nullptr);
    /// `remark`: why the picture is not quite this tap: "Post-Quant is off", "Updating…".
    void setTap(engine::pipeline::TapId tap, const QString &remark = {});
    void setView(StageView view);
    StageView view() const { return view_; }
    void setInKeyLines(bool shown);
    void setMaximized(bool on);
    void setInspectorOpen(bool open);
    QString title() const { return title_; }

signals:
    void viewChosen(widgets::StageView view);
    void inKeyLinesToggled(bool shown);
    void maximizeRequested(bool on);
    void inspectorRequested(bool open);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void addTabs(QHBoxLayout &row);
    void makeRoomForTitle();

    engine::pipeline::TapId tap_ = engine::pipeline::TapId::Output;
    QString title_;
    QString remark_;
    StageView view_ = StageView::Spectrogram;
    std::array<QToolButton *, stageViewCount> tabs_{};
    QSpacerItem *titleRoom_ = nullptr;
    QToolButton *lines_ = nullptr;
    QToolButton *maximize_ = nullptr;
    QToolButton *inspector_ = nullptr;
};

} // namespace widgets
