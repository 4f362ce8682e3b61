// SPDX-License-Identifier: GPL-3.0-or-later
//
// Level over logarithmic frequency: the tap as a filled curve in its stage's colour, the input as a
// grey line, the key's notes as lines with the roots named, peak hold as a thin line. The average
// of the window, or what sounds at the playhead (a Hann frame of 170 ms), which follows it up to 30
// times a second; both are worked out from the sounds off the GUI thread. Peak hold at the playhead
// is the highest since it was reset; of the average it is the highest of the window.
// Spectra can also be given ready made. In place of both levels their difference can be shown.
// Hover: frequency and note of the nearest peak, both levels and their difference. Moving, zooming
// (along frequency), saving and keys are PlotView's.
// Units: x octaves (log2 of Hz) from 20 Hz to 20 kHz, y dB. Real-time: no; GUI thread only.
// Errors: none.
#pragma once

#include "engine/analysis/Spectrum.h"
#include "widgets/views/PlotView.h"

#include <QTimer>

namespace widgets {

enum class SpectrumMoment { Average, Playhead };

class SpectrumView final : public PlotView {
    Q_OBJECT
public:
    using Snapshot = std::shared_ptr<const engine::analysis::Spectrum>;
    using Sound = std::shared_ptr<const engine::AudioBuffer>;
    static constexpr int followMs = 33; ///< between two spectra at a moving playhead
    static constexpr AxisRange defaultDb{-90.0, 0.0};

    explicit SpectrumView(QWidget *parent = nullptr);

    /// Null: nothing to draw.
    void setSpectrum(Snapshot spectrum);
    void setInput(Snapshot input);
    void setPeakHold(Snapshot held);

    /// What spectra are worked out from; both begin at windowStartSeconds of the file. A null input
    /// is not drawn. Null sound: only what is given ready made is shown.
    void setSounds(Sound sound, Sound input, double windowStartSeconds);
    void setPlayhead(std::optional<double> seconds);
    void setMoment(SpectrumMoment moment);
    SpectrumMoment moment() const { return moment_; }
    void setPeakHoldShown(bool shown);
    bool peakHoldShown() const { return holdShown_; }
    /// Forgets what was held; it begins anew with what sounds next.
    void resetPeakHold();
    /// Level of the sound minus level of the input, in place of the two.
    void setDifferenceShown(bool shown);
    bool differenceShown() const { return difference_; }
    /// What stands in the input's place; "Input" unless it is said.
    void setInputName(const QString &name);
    const Snapshot &spectrum() const { return spectrum_; }
    const Snapshot &held() const { return held_; }

    /// What can be chosen from.
    static std::vector<AxisRange> dbRangeChoices();
    void setDbRange(AxisRange db);
    AxisRange dbRange() const { return db_; }
    /// How far a difference reaches to both sides of nought, and what can be chosen.
    static std::vector<double> reachChoices() { return {6.0, 12.0, 24.0, 48.0}; }
    void setReachDb(double db);
    double reachDb() const { return reachDb_; }

    double xOfHz(double hz) const { return xAt(octavesOfHz(hz)); }
    double yOfDb(double db) const { return yAt(db); }
    QString valuesAsCsv() const override;

signals:
    void momentChanged(widgets::SpectrumMoment moment);
    void peakHoldShownChanged(bool shown);
    void dbRangeChanged(widgets::AxisRange db);
    void differenceShownChanged(bool shown);
    void reachDbChanged(double db);

protected:
    PictureStrokes pictureStrokes(QSize pixels, qreal ratio) const override;
    void paintBehind(QPainter &painter) const override;
    void paintInside(QPainter &painter) const override;
    void paintAround(QPainter &painter) const override;
    Hover hoverAt(QPointF place) const override;
    QString axisNames() const override;
    QString pictureTitle() const override;
    QString spokenText() const override;
    bool isBusy() const override { return awaited_ != 0 || pace_.isActive(); }
    void showEvent(QShowEvent *event) override;

private:
    bool silent() const;
    std::vector<ChipCell> legend() const;
    QString differenceName() const;
    AxisRange levels() const { return difference_ ? AxisRange{-reachDb_, reachDb_} : db_; }
    void showLevels();
    void wish();
    void askNow();
    void takeMade(quint64 number, const Picture &picture);
    double playheadInSound() const;

    Snapshot spectrum_;
    Snapshot input_;
    Snapshot held_;

    Sound sound_;
    Sound inputSound_;
    double windowStart_ = 0.0;
    std::optional<double> playhead_;
    SpectrumMoment moment_ = SpectrumMoment::Average;
    bool holdShown_ = false;
    AxisRange db_ = defaultDb;
    bool difference_ = false;
    double reachDb_ = 24.0;
    QString inputName_;

    PictureWorker worker_;
    quint64 awaited_ = 0;      ///< number of the newest wish, 0: answered
    quint64 firstOfSound_ = 0; ///< older answers are of another sound
    quint64 firstToHold_ = 0;  ///< older answers are not held any more
    quint64 newest_ = 0;
    QTimer pace_;
    bool again_ = false; ///< the playhead moved while the pace was kept
    bool fresh_ = false; ///< the next answer is of another sound: it fades in
};

} // namespace widgets
