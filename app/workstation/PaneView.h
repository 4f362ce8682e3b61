// SPDX-License-Identifier: GPL-3.0-or-later
//
// One view in a pane of the stage, whatever it shows: a widget, how it is fed from a preview, and
// which of its axes are those that all panes share. The views of a pane are made from the rows of
// ViewTable.
// Units: time in seconds from the start of the preview window, frequency in octaves (log2 of Hz),
// level in dB; playhead and seeks in seconds from the start of the file. Real-time: no; GUI thread
// only, but for a Job, which runs on a thread of its own and may use only what it carries.
// Errors: none.
#pragma once

#include "engine/render/PreviewRenderer.h"
#include "widgets/views/ColourMap.h"
#include "widgets/views/PlotView.h"

#include <QVariantMap>

class QMenu;

namespace app {

enum class Axis { Time, Frequency, Level };
inline constexpr std::array allAxes{Axis::Time, Axis::Frequency, Axis::Level};

/// One move of a quantizer, to be heard alone.
struct Solo {
    engine::pipeline::StageId quantizer;
    engine::dsp::SoloRange range;
};

/// What all panes have in common. No range: the whole of the axis, or its usual part.
struct StageLook {
    bool inKeyLines = true;
    std::optional<widgets::ColourMap> colourMap; ///< none: the theme's
    std::optional<double> ceilingDb;
    std::optional<Solo> solo; ///< what is heard alone
    std::array<std::optional<widgets::AxisRange>, allAxes.size()> ranges;
};

/// The file of the sound that is open, whole.
struct PaneFile {
    std::uint64_t soundId = 0; ///< 0: none is open
    std::filesystem::path path;
    int sampleRateHz = 0;
    std::int64_t frames = 0; ///< 0: not known yet
    double seconds() const;
    bool operator==(const PaneFile &) const = default;
};

/// What a pane shows; immutable.
struct PaneInput {
    engine::render::SharedPreview preview; ///< never null
    engine::pipeline::TapId tap;

    double windowStartSeconds() const;
    const engine::dsp::Scale &scale() const;
    /// Null for the input itself.
    std::shared_ptr<const engine::AudioBuffer> inputSound() const;
    QString title() const;
    const char *stageToken() const;
    bool operator==(const PaneInput &) const = default;
};

class PaneView : public QObject {
    Q_OBJECT
public:
    /// Hands over what was computed; on the GUI thread.
    using Fill = std::function<void()>;
    /// Computes it; on another thread.
    using Job = std::function<Fill(const std::stop_token &stop)>;

    using QObject::QObject;

    virtual QWidget &widget() = 0;
    /// For images, values and the look of plots; null where the view is none.
    virtual widgets::PlotView *plot() { return nullptr; }
    virtual Job prepare(const PaneInput &input) = 0;
    /// Nothing to show.
    virtual void clear() = 0;
    /// Comes also while the view is not seen.
    virtual void setFile(const PaneFile &) {}
    virtual void setPlayhead(std::optional<double>) {}
    /// All of the look but the ranges.
    virtual void setLook(const StageLook &) {}
    virtual bool hasInKeyLines() const { return false; }
    virtual bool hasColourMap() const { return false; }

    virtual bool hasAxis(Axis) const { return false; }
    virtual std::optional<widgets::AxisRange> shown(Axis) const { return std::nullopt; }
    virtual void show(Axis, std::optional<widgets::AxisRange>) {}

    /// What of its level axis can be chosen beside its usual part.
    virtual std::vector<widgets::AxisRange> levelChoices() const { return {}; }

    /// What its context menu has beside the usual.
    virtual void fillMenu(QMenu &) {}
    /// What can be chosen from its title beside the tap.
    virtual void fillTitleMenu(QMenu &) {}
    /// Where the tap's own title would not do: "Input → Pre-Quant".
    virtual QString title(engine::pipeline::TapId tap) const;
    /// The tap whose colour and stage stand in the title.
    virtual engine::pipeline::TapId shownTap(engine::pipeline::TapId tap) const { return tap; }
    /// The colour of the title.
    virtual const char *titleToken(engine::pipeline::TapId tap) const;
    /// Why it shows less than its title says, where that is not said of the tap.
    virtual QString remark(const engine::pipeline::Settings &) const { return {}; }
    /// A late preview makes its picture an old one.
    virtual bool showsPreview() const { return true; }
    /// It shows what the quantizers did, which previews tell only when asked.
    virtual bool wantsQuantization() const { return false; }
    /// Controls for the toolbar while the view is the active one; the view owns them.
    virtual QWidget *tools() { return nullptr; }
    /// A panel for the inspector in place of Timing; the view owns it.
    virtual QWidget *inspector() { return nullptr; }

    /// What was chosen in it and is worth remembering; what makes no sense is left as it is.
    virtual QVariantMap saveState() const { return {}; }
    virtual void restoreState(const QVariantMap &) {}

signals:
    void seekRequested(double fileSeconds);
    void rangesShown();
    void soloRequested(const std::optional<app::Solo> &solo);
    void turnOnRequested(engine::pipeline::StageId stage);
    /// title() has changed.
    void titleChanged();
    /// hasAxis() has changed.
    void axesChanged();
    /// saveState() has something new.
    void stateChanged();
    /// What prepare() would compute has changed, though the preview has not.
    void feedWanted();
};

} // namespace app
