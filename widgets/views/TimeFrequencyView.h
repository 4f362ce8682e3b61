// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the pictures over time and logarithmic frequency share: a piano axis of the key's notes at
// the left, their lines over the picture, a bar of colours at the right; and the close look: where
// the picture that is there is too coarse for what is shown, the visible part is worked out again,
// finer in time, away from the GUI thread, and replaces the coarse one when it is ready. Units: x
// as TimePlotView's, y octaves (log2 of Hz). Real-time: no; GUI thread only. Errors: none.
#pragma once

#include "engine/analysis/SpectrogramTiles.h"
#include "widgets/views/ColourMap.h"
#include "widgets/views/SpectrogramPicture.h"
#include "widgets/views/TimePlotView.h"

namespace widgets {

class TimeFrequencyView : public TimePlotView {
    Q_OBJECT
public:
    using Snapshot = std::shared_ptr<const engine::analysis::Spectrogram>;
    using Sound = std::shared_ptr<const engine::AudioBuffer>;
    using SoundEdges = engine::analysis::SoundEdges;

    QRectF plot() const override;
    double yOfHz(double hz) const { return yAt(octavesOfHz(hz)); }
    /// The picture of the visible part that was worked out for a close look; null where none is
    /// needed or none is ready.
    const Snapshot &closeLook() const { return close_; }

signals:
    /// A close look has come.
    void sharpened();

protected:
    /// Works out a part, or all without one; runs on any thread and carries what it needs.
    using Compute = std::function<Snapshot(const std::optional<engine::analysis::SpectrogramPart> &,
                                           const std::stop_token &)>;

    TimeFrequencyView(const char *name, QWidget *parent);
    /// What there is to look closer at; none: nothing. `rateHz`: of its sound.
    void setCloseSource(Compute compute, int rateHz);
    /// All of the window. Null: nothing to draw. The zoom stays while the window stays the same.
    void setWhole(Snapshot whole, double windowStartSeconds);
    const Snapshot &whole() const { return whole_; }
    /// The axes begin at `startS` of the file and are `durationS` long.
    void setWindow(double startS, double durationS);

    double durationS() const override { return whole_ ? whole_->durationS() : 0.0; }
    bool hasPicture() const override { return whole_ != nullptr; }
    virtual std::vector<SpectrogramLayer> layers() const;
    /// What the colours stand for.
    virtual AxisRange colourRange() const = 0;
    virtual ColourTable colours() const = 0;
    /// Where nothing is to be seen.
    virtual QRgb quietColour() const { return colours().front(); }
    virtual Pick pick() const { return Pick::Loudest; }
    virtual QString colourText(double db) const;
    /// What is seen at a time.
    std::optional<SpectrogramLayer> layerAt(double secondsInWindow) const;
    /// One row a column of `from`, or a pixel of what is seen; one column a semitone: what is
    /// picked there.
    QString timeFrequencyCsv(const engine::analysis::Spectrogram *from) const;
    engine::analysis::SpectrogramScale shownScale() const;

    PictureJob pictureJob(QSize pixels, qreal ratio) const override;
    QRectF ground() const override;
    void paintInside(QPainter &painter) const override;
    void paintAround(QPainter &painter) const override;
    void shownChanged() override;
    bool isBusy() const override { return closeAwaited_ != 0; }
    void showEvent(QShowEvent *event) override;
    QString axisNames() const override;
    /// What both have across and up, with the ends of the frequencies that are shown.
    QString planeNames() const;
    QColor plainInk() const;

private:
    void paintPiano(QPainter &painter) const;
    void paintColourBar(QPainter &painter) const;
    void lookCloser();
    void takeClose(quint64 number, const Picture &made);
    bool closeFits(int sharper, double columnS) const;

    Snapshot whole_;

    Compute compute_;
    int rateHz_ = 0;
    PictureWorker closeWorker_;
    quint64 closeAwaited_ = 0; ///< number of the newest wish that is not answered, 0: none
    Snapshot close_;
    int closeSharper_ = 0;
};

} // namespace widgets
