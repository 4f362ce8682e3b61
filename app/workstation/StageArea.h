// SPDX-License-Identifier: GPL-3.0-or-later
//
// The large field between overview and rail: the start panel while no sound is open, an error panel
// after a failed open, else up to three panes side by side with the inspector beside them. One pane
// is active: toolbar and keys act on it. The first pane shows the tap that is selected on the rail,
// the others may keep a tap of their own. Time, frequency and level ranges are those of all panes.
// Units: seconds from the start of the file for playhead and seeks; ranges as PaneView's.
// Real-time: no; GUI thread only. Errors: none.
#pragma once

#include "app/workstation/SpectrumImage.h"
#include "app/workstation/StagePane.h"
#include "widgets/controls/Splitter.h"
#include "widgets/panels/ErrorPanel.h"
#include "widgets/panels/ExplorePanel.h"
#include "widgets/panels/StartPanel.h"
#include "widgets/panels/TimingPanel.h"
#include "widgets/views/StageToolbar.h"

#include <QVariantMap>

class QFileDialog;
class QMenu;

namespace app {

class StageArea final : public QWidget {
    Q_OBJECT
public:
    static constexpr int mostPanes = 3;

    explicit StageArea(QWidget *parent = nullptr);

    widgets::StartPanel &start() { return *start_; }
    widgets::ErrorPanel &error() { return *error_; }
    widgets::StageToolbar &toolbar() { return *toolbar_; }
    widgets::TimingPanel &timing() { return *timing_; }
    widgets::ExplorePanel &explore() { return *explore_; }
    QSplitter &splitter() { return *splitter_; } ///< panes | inspector

    int paneCount() const { return paneCount_; }
    void setPaneCount(int panes);
    /// One, two, three, one …
    void cycleSplit() { setPaneCount(paneCount_ % mostPanes + 1); }
    /// Requires: a pane that has been in use.
    StagePane &pane(int number) { return *panes_[static_cast<std::size_t>(number)]; }
    int activePane() const { return active_; }
    void setActivePane(int number);
    /// Of the active pane.
    int view() const;
    void setView(int view);
    /// Shows a second pane with that tap and the view of the first.
    void compareWith(engine::pipeline::TapId tap);
    /// What is looked at; null before the first.
    const engine::render::SharedPreview &preview() const { return state_.preview; }
    /// The average spectrum of a tap as a picture, as large as the first pane.
    void copySpectrumImage(engine::pipeline::TapId tap);
    /// In place of what is in it.
    void fillColourMapMenu(QMenu &maps);
    /// As its own keys do it, in the active pane.
    void zoomActive(bool in);
    void setInKeyLines(bool shown);
    void setRange(Axis axis, std::optional<widgets::AxisRange> range);
    std::optional<widgets::AxisRange> range(Axis axis) const;

    void setFile(const PaneFile &file);
    /// Null: no sound.
    void setPreview(const engine::render::SharedPreview &preview);
    /// The same sounds, now with the quantizers' traces: only views of those are fed anew.
    void setTraces(const engine::render::SharedPreview &preview);
    void setSettings(const engine::pipeline::Settings &settings);
    void setSelectedTap(engine::pipeline::TapId tap);
    void setLate(bool late);
    void setSolo(const std::optional<Solo> &solo);
    void setPlayhead(std::optional<double> fileSeconds);

    void showStart() { showPage(0); }
    void showError() { showPage(1); }
    void showView() { showPage(2); }
    bool showsError() const { return page_ == 1; }
    /// Lies over all of these while it is shown, and is owned from now on. Requires: called once.
    void setBrowser(QWidget *browser);
    void setBrowserShown(bool shown);
    bool showsBrowser() const { return browserShown_; }
    /// What F6 goes through here, in its order.
    std::vector<QWidget *> regions();
    void setInspectorOpen(bool open);
    bool isInspectorOpen() const { return inspectorWanted_; }
    void showTiming();
    /// The inspector has the page for trying things out, in place of the view's own.
    void setExploring(bool exploring);
    bool isExploring() const { return exploring_; }

    /// Panes, their views and taps, what was chosen in the views, ranges of frequency and level,
    /// colour map.
    QVariantMap saveState() const;
    /// What is missing or makes no sense stays as it is.
    void restoreState(const QVariantMap &state);

signals:
    void viewChanged(int view); ///< of the active pane, or another pane became active
    void paneCountChanged(int panes);
    void tapSelected(engine::pipeline::TapId tap); ///< for the first pane
    void seekRequested(double fileSeconds);
    void soloRequested(const std::optional<app::Solo> &solo);
    void turnOnRequested(engine::pipeline::StageId stage);
    void quantizationWanted(bool wanted); ///< some pane shows it, or none does any more
    void stateChanged();                  ///< saveState() has something new
    void savingFailed(const QString &file, const engine::Error &error);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void showPage(int page);
    QWidget *makePanel();
    void makeInspector();
    void makePane();
    void showActive();
    void showInspectorPage();
    void showTitle();
    void tellWants();
    void sharePanes();
    void linkRanges(StagePane &from);
    void fitInspector();
    void showPlotMenu(StagePane &pane, QPoint place);
    void addPictureActions(QMenu &menu, QWidget &view);
    QFileDialog &saveDialog(const QString &title, const QStringList &filters);
    void addLevelMenu(QMenu &menu, const PaneView &view);
    void showTapMenu(StagePane &pane, QPoint place);
    void setLook(const StageLook &look);

    StageState state_;
    QStackedLayout *pages_;
    int page_ = 0; ///< shown, or under the browser
    bool browserShown_ = false;
    widgets::StartPanel *start_;
    widgets::ErrorPanel *error_;
    widgets::StageToolbar *toolbar_ = nullptr;
    widgets::Splitter *paneSplitter_ = nullptr;
    widgets::TimingPanel *timing_ = nullptr;
    widgets::ExplorePanel *explore_ = nullptr;
    QWidget *inspector_ = nullptr;
    QStackedLayout *inspectorPages_ = nullptr;
    widgets::Splitter *splitter_ = nullptr;
    std::vector<StagePane *> panes_; ///< all that have been in use
    int paneCount_ = 0;
    int active_ = 0;
    SpectrumImage spectrumImage_;
    QList<int> movedSizes_; ///< of panes whose borders were moved; else their views share the room
    bool inspectorWanted_ = true;
    bool exploring_ = false;
    bool quantizationWanted_ = false;
};

} // namespace app
