// SPDX-License-Identifier: GPL-3.0-or-later
//
// The spectrogram in a pane: of the preview of its tap, or of the whole file. The whole file is
// that of the input, because the other taps exist for the preview only; its time axis is its own,
// and what it shows is worked out tile by tile on a thread of its own, from when it is first wanted
// until the file is closed.
#include "app/workstation/ChoiceMenu.h"
#include "app/workstation/PlotPane.h"
#include "app/workstation/ViewTable.h"
#include "engine/render/FileSpectrogram.h"
#include "widgets/controls/WordSwitch.h"
#include "widgets/threads/GuiThread.h"
#include "widgets/views/SpectrogramView.h"

#include <QPointer>
#include <QScopedValueRollback>

#include <atomic>

namespace app {

namespace {

using engine::pipeline::TapId;
using engine::render::FileSpectrogram;
using widgets::AxisRange;
using widgets::SpectrogramSpan;
using widgets::SpectrogramView;

class SpectrogramPane final : public PlotPane<SpectrogramView> {
public:
    explicit SpectrogramPane(QObject *parent)
        : PlotPane(parent, Axis::Time, Axis::Frequency),
          span_(new widgets::WordSwitch(tr("Sound shown"), {tr("Preview"), tr("Whole file")},
                                        &view()))
    {
        span_->hide();
        span_->setObjectName(QStringLiteral("spectrogram.span"));
        connect(span_, &widgets::WordSwitch::chosen, this, [this](int index) {
            setSpan(index == 1 ? SpectrogramSpan::WholeFile : SpectrogramSpan::PreviewWindow);
        });
        connect(&view(), &SpectrogramView::tilesWanted, this, &SpectrogramPane::want);
        connect(&view(), &SpectrogramView::tilesUnwanted, this, [this] {
            if (tiles_)
                tiles_->rest();
        });
    }
    ~SpectrogramPane() override { delete span_; } // the toolbar may have taken it

    Job prepare(const PaneInput &input) override
    {
        return [this, input](const std::stop_token &stop) -> Fill {
            const engine::analysis::SoundEdges edges{input.preview->request.firstFrame == 0, false};
            auto spectrogram =
                engine::analysis::computeSpectrogram(input.preview->sound(input.tap), edges, stop);
            return [this, input, edges, spectrogram] {
                name(input);
                view().setSound(input.preview->sharedSound(input.tap), edges);
                view().setSpectrogram(spectrogram, input.windowStartSeconds());
            };
        };
    }
    void clear() override
    {
        view().setSound(nullptr, {});
        view().setSpectrogram(nullptr, 0.0);
    }
    void setFile(const PaneFile &file) override
    {
        if (file == file_)
            return;
        file_ = file;
        ++fileNumber_;
        fileOpened_ = false;
        if (tiles_)
            tiles_->close();
        const QScopedValueRollback guard(unlinked_, true);
        view().setFileLength(0.0); // another file may be as long
        view().setFileLength(file.seconds());
    }
    void setPlayhead(std::optional<double> seconds) override { view().setPlayhead(seconds); }
    void setLook(const StageLook &look) override
    {
        PlotPane::setLook(look);
        view().setColourMap(look.colourMap);
    }
    bool hasInKeyLines() const override { return true; }
    bool hasColourMap() const override { return true; }
    bool showsPreview() const override { return !showsFile(); }

    bool hasAxis(Axis axis) const override
    {
        if (unlinked_ || (axis == Axis::Time && showsFile()))
            return false;
        return axis == Axis::Level || PlotPane::hasAxis(axis);
    }
    std::optional<AxisRange> shown(Axis axis) const override
    {
        if (axis != Axis::Level)
            return PlotPane::shown(axis);
        const AxisRange db = view().dbRange();
        return db == SpectrogramView::defaultDb ? std::nullopt : std::optional(db);
    }
    void show(Axis axis, std::optional<AxisRange> range) override
    {
        if (axis == Axis::Level)
            view().setDbRange(range.value_or(SpectrogramView::defaultDb));
        else
            PlotPane::show(axis, range);
    }
    std::vector<AxisRange> levelChoices() const override
    {
        return SpectrogramView::dbRangeChoices();
    }

    void fillMenu(QMenu &menu) override
    {
        addChoiceMenu<SpectrogramSpan>(menu, tr("Sound shown"),
                                       {{tr("Preview"), SpectrogramSpan::PreviewWindow},
                                        {tr("Whole file (Input)"), SpectrogramSpan::WholeFile}},
                                       view().span(),
                                       [this](SpectrogramSpan span) { setSpan(span); });
    }
    QWidget *tools() override { return span_; }
    QString title(TapId tap) const override
    {
        return showsFile() ? view().shownTitle() : PaneView::title(tap);
    }
    TapId shownTap(TapId tap) const override { return showsFile() ? TapId::Input : tap; }

    QVariantMap saveState() const override { return {{QStringLiteral("wholeFile"), showsFile()}}; }
    void restoreState(const QVariantMap &state) override
    {
        setSpan(state[QStringLiteral("wholeFile")].toBool() ? SpectrogramSpan::WholeFile
                                                            : SpectrogramSpan::PreviewWindow);
    }

private:
    bool showsFile() const { return view().span() == SpectrogramSpan::WholeFile; }

    void setSpan(SpectrogramSpan span)
    {
        span_->setIndex(span == SpectrogramSpan::WholeFile ? 1 : 0);
        if (span == view().span())
            return;
        {
            // The axes change their meaning: what they show meanwhile is nobody's wish.
            const QScopedValueRollback guard(unlinked_, true);
            view().setSpan(span);
        }
        emit axesChanged();
        emit titleChanged();
        emit stateChanged();
    }

    void want(const engine::analysis::TileWish &wish)
    {
        if (file_.frames <= 0)
            return;
        if (!tiles_)
            tiles_ = std::make_unique<FileSpectrogram>(
                [this](const engine::analysis::SharedTileSet &set) { deliver(set); });
        if (!std::exchange(fileOpened_, true))
            tiles_->open(file_.path, file_.sampleRateHz, file_.frames);
        tiles_->want(wish);
    }

    /// [tiles]
    void deliver(const engine::analysis::SharedTileSet &set)
    {
        widgets::postToGui(this, [this, set, number = fileNumber_.load()] {
            if (number == fileNumber_)
                view().setTiles(set);
        });
    }

    QPointer<widgets::WordSwitch> span_;
    bool unlinked_ = false;
    PaneFile file_;
    bool fileOpened_ = false;                   ///< by tiles_
    std::atomic<std::uint64_t> fileNumber_ = 0; ///< [gui, tiles] tiles of files before are dropped
    std::unique_ptr<FileSpectrogram> tiles_; ///< last: its thread ends before what it delivers to
};

} // namespace

PaneView *makeSpectrogramPane(QObject *parent)
{
    return new SpectrogramPane(parent);
}

} // namespace app
