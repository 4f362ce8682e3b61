// SPDX-License-Identifier: GPL-3.0-or-later
//
// One pane of the stage: the views of one tap, of which one is seen, and a title while there are
// several panes. Only the view that is seen is fed; what takes a while is computed on the pane's
// own thread, and the newest preview wins. Views are made when they are first chosen.
// Units: as PaneView's. Real-time: no; GUI thread only, never waits. Errors: none.
#pragma once

#include "app/workstation/ViewTable.h"
#include "engine/render/JobThread.h"
#include "widgets/views/PaneTitle.h"

#include <QStackedLayout>

namespace app {

/// What the panes are told; their owner keeps it and says what has changed.
struct StageState {
    engine::render::SharedPreview preview; ///< null: no sound
    PaneFile file;
    engine::pipeline::Settings settings;
    engine::pipeline::TapId selectedTap = engine::pipeline::TapId::Output;
    bool late = false;
    std::optional<double> playheadSeconds;
    StageLook look;
};

class StagePane final : public QWidget {
    Q_OBJECT
public:
    /// `state` outlives the pane. Number 0 is the pane that always shows the selected tap.
    StagePane(int number, const StageState &state, QWidget *parent = nullptr);
    ~StagePane() override;

    int number() const { return number_; }
    void setView(int view);
    int view() const { return view_; }
    PaneView &current() { return *views_[static_cast<std::size_t>(view_)]; }
    /// None: the tap that is selected on the rail.
    void setOwnTap(std::optional<engine::pipeline::TapId> tap);
    std::optional<engine::pipeline::TapId> ownTap() const { return ownTap_; }
    engine::pipeline::TapId tap() const { return ownTap_.value_or(state_.selectedTap); }

    /// A pane that is not in use computes nothing.
    void setUsed(bool used);
    bool isUsed() const { return used_; }
    /// Shown where there are several panes.
    void setHeadShown(bool shown) { title_->setVisible(shown); }
    void setActive(bool active) { title_->setActive(active); }

    QString title() const;
    /// Whose colour and stage the title has.
    engine::pipeline::TapId shownTap() const;
    const char *titleToken() const;
    /// The picture is that of an older preview.
    bool isLate() const;
    /// Why the picture is not quite what the title says: "Post-Quant is off".
    QString remark() const;

    /// What was chosen in its views, by their ids.
    QVariantMap saveViews() const;
    void restoreViews(const QVariantMap &views);

    void showFile();
    void showPreview(); ///< another preview, or another selected tap
    void showTitle();   ///< settings or lateness
    void showLook();    ///< all but the ranges
    void showPlayhead();
    void showRange(Axis axis);

signals:
    /// A click or the focus went into the pane.
    void touched();
    void viewMade(app::PaneView *view);
    void titleChanged();
    void tapMenuRequested(QPoint globalPosition);
    void contextMenuRequested(QPoint globalPosition);
    /// A person moved or zoomed the view that is seen.
    void rangesShown();
    /// saveViews() has something new.
    void stateChanged();
    void seekRequested(double fileSeconds);
    void soloRequested(const std::optional<app::Solo> &solo);
    void turnOnRequested(engine::pipeline::StageId stage);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    PaneView &makeView(int view);
    void feed();
    void take(int view, const PaneInput &input, const PaneView::Fill &fill);
    void clearViews();
    void showRanges();

    const int number_;
    const StageState &state_;
    widgets::PaneTitle *title_;
    QStackedLayout *stack_;
    int view_ = 0;
    std::optional<engine::pipeline::TapId> ownTap_;
    bool used_ = false;
    bool telling_ = false; ///< ranges move because we say so
    std::vector<PaneView *> views_;
    QVariantMap savedViews_; ///< for those that are not made yet
    /// What each view was fed with last; the preview may be gone.
    struct Fed {
        std::weak_ptr<const engine::render::Preview> preview;
        std::uint64_t soundId = 0; ///< 0: never
        engine::pipeline::TapId tap = engine::pipeline::TapId::Input;
    };
    std::vector<Fed> fed_;
    std::uint64_t newest_ = 0;       ///< number of the newest feed
    engine::render::JobThread jobs_; ///< last: it ends before what it delivers to
};

} // namespace app
