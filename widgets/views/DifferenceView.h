// SPDX-License-Identifier: GPL-3.0-or-later
//
// What lies between two taps: level of the one minus level of the other, over time and logarithmic
// frequency. Where nothing changed the plot's ground is seen; more is one colour, less the other,
// and the bar at the right names both. What is below the floor in both counts as equal, so that
// noise against silence is no difference. Both pictures are worked out off the GUI thread,
// and only while the view can be seen.
// Hover: time, frequency of what changed most near the pointer, both levels and the difference.
// Units: x seconds from the start of the window, y octaves (log2 of Hz), dB after − before;
// seekRequested and setPlayhead count from the start of the file. Real-time: no; GUI thread only.
// Errors: none; without two sounds of the same length and rate nothing is drawn.
#pragma once

#include "widgets/views/TimeFrequencyView.h"

namespace widgets {

class DifferenceView final : public TimeFrequencyView {
    Q_OBJECT
public:
    static constexpr double defaultReachDb = 24.0;
    static constexpr double defaultFloorDb = -84.0;

    explicit DifferenceView(QWidget *parent = nullptr);

    /// Null: nothing to draw. Both begin at windowStartSeconds of the file.
    void setSounds(Sound before, Sound after, double windowStartSeconds, SoundEdges edges);
    /// "Input", "After Distortion"; the title is theirs: "After Distortion − Input".
    void setNames(const QString &before, const QString &after);

    /// The colours reach so far to both sides of nought.
    static std::vector<double> reachChoices() { return {6.0, 12.0, 24.0, 48.0}; }
    static QString reachText(double db);
    void setReachDb(double db);
    double reachDb() const { return reachDb_; }
    /// What is quieter counts as this.
    void setFloorDb(double db);
    double floorDb() const { return floorDb_; }

    QString valuesAsCsv() const override;

signals:
    void reachDbChanged(double db);
    void floorDbChanged(double db);

protected:
    AxisRange colourRange() const override { return {-reachDb_, reachDb_}; }
    ColourTable colours() const override { return differenceTable(); }
    QRgb quietColour() const override { return colours()[colourSteps / 2]; }
    Pick pick() const override { return Pick::FarthestFromZero; }
    QString colourText(double db) const override;
    bool isBusy() const override;
    void showEvent(QShowEvent *event) override;
    Hover hoverAt(QPointF place) const override;
    void paintInside(QPainter &painter) const override;
    QString axisNames() const override;
    QString pictureTitle() const override;
    QString spokenText() const override;

private:
    void makeWhole();
    void takeWhole(quint64 number, const Picture &made);

    Sound before_;
    Sound after_;
    SoundEdges edges_;
    double start_ = 0.0;
    double reachDb_ = defaultReachDb;
    double floorDb_ = defaultFloorDb;
    QString beforeName_;
    QString afterName_;
    PictureWorker worker_;
    quint64 awaited_ = 0; ///< 0: none
    bool stale_ = false;  ///< the sounds are newer than the picture
    Snapshot beforePicture_;
    Snapshot afterPicture_;
    bool same_ = false; ///< nothing differs
};

} // namespace widgets
