// SPDX-License-Identifier: GPL-3.0-or-later
//
// Level over time and logarithmic frequency, of the preview window or of the whole file, with a
// piano axis of the key's notes at the left, the colours' levels at the right and the playhead over
// it. A click asks for a seek; moving, zooming, saving and keys are PlotView's (Ctrl and wheel:
// frequency only, Shift and wheel: time only). Enlarged in time, the visible part is worked out
// again from the sound, with shorter frames, off the GUI thread.
// Whole file: the view asks by tilesWanted for what it shows and draws the tiles that it is given;
// they are of the input, which the view says, because the other taps exist for the preview only.
// Hover: time, frequency of the nearest peak within 35 cents, its note and level.
// Units: x seconds from the start of the window or the file, y octaves (log2 of Hz), levels dB;
// seekRequested and setPlayhead count from the start of the file.
// Real-time: no; GUI thread only. Errors: a part that could not be read is said in words.
#pragma once

#include "widgets/views/TimeFrequencyView.h"

namespace widgets {

enum class SpectrogramSpan { PreviewWindow, WholeFile };

class SpectrogramView final : public TimeFrequencyView {
    Q_OBJECT
public:
    static constexpr AxisRange defaultDb{-66.0, 0.0};

    explicit SpectrogramView(QWidget *parent = nullptr);

    /// Null: nothing to draw. The zoom stays while the window stays the same.
    void setSpectrogram(Snapshot spectrogram, double windowStartSeconds);
    /// What the spectrogram was made of, for close looks; null: none. Set it before or after.
    void setSound(Sound sound, SoundEdges edges);

    /// What can be chosen from, and its name: "−66 to 0 dB".
    static std::vector<AxisRange> dbRangeChoices();
    static QString dbRangeText(AxisRange db);
    void setDbRange(AxisRange db);
    AxisRange dbRange() const { return db_; }
    /// None: the theme's own.
    void setColourMap(std::optional<ColourMap> map);
    std::optional<ColourMap> chosenColourMap() const { return map_; }
    ColourMap colourMap() const { return map_ ? *map_ : themeColourMap(); }

    void setSpan(SpectrogramSpan span);
    SpectrogramSpan span() const { return span_; }
    /// The file that the whole-file span shows; 0: none is open.
    void setFileLength(double seconds);
    void setTiles(engine::analysis::SharedTileSet tiles);
    /// What the picture is of: the tap's title, or "Input, whole file".
    QString shownTitle() const;

    /// One row a column of the picture, one column a semitone: its loudest level.
    QString valuesAsCsv() const override;

signals:
    void dbRangeChanged(widgets::AxisRange db);
    void colourMapChanged(std::optional<widgets::ColourMap> map);
    void spanChanged(widgets::SpectrogramSpan span);
    /// What the whole-file span shows now.
    void tilesWanted(const engine::analysis::TileWish &wish);
    /// Nothing of the whole file is looked at any more.
    void tilesUnwanted();

protected:
    double durationS() const override;
    bool hasPicture() const override;
    std::vector<SpectrogramLayer> layers() const override;
    AxisRange colourRange() const override { return db_; }
    ColourTable colours() const override { return colourTable(colourMap()); }
    Hover hoverAt(QPointF place) const override;
    void paintInside(QPainter &painter) const override;
    void shownChanged() override;
    bool isBusy() const override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    QString pictureTitle() const override;
    QString spokenText() const override;

private:
    bool showsFile() const { return span_ == SpectrogramSpan::WholeFile; }
    bool silent() const;
    void paintFileState(QPainter &painter) const;
    void askForTiles();

    Snapshot window_; ///< of the preview
    double windowStartS_ = 0.0;
    AxisRange db_ = defaultDb;
    std::optional<ColourMap> map_;
    SpectrogramSpan span_ = SpectrogramSpan::PreviewWindow;
    double fileSeconds_ = 0.0;
    engine::analysis::SharedTileSet tiles_;
    bool tilesAwaited_ = false;
    AxisRange keptX_{0.0, 0.0}; ///< what the other span showed
};

} // namespace widgets
