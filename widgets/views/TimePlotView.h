// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the plots over the time of a sound share: an x axis that shows a window of the file, a ruler
// and read-outs that count from the start of the file as the transport does, the playhead over the
// plot, and a click that asks for a seek.
// Units: x seconds from the start of the window; seekRequested, setPlayhead and all that is written
// count from the start of the file. Real-time: no; GUI thread only. Errors: none.
#pragma once

#include "widgets/views/PlotView.h"

namespace widgets {

class PlayheadLine;

class TimePlotView : public PlotView {
    Q_OBJECT
public:
    void setPlayhead(std::optional<double> seconds);
    double xOfSeconds(double secondsInWindow) const { return xAt(secondsInWindow); }
    /// "6.550 s", "1:06.550" in files of a minute and more; as many decimals as pixels can show.
    QString timeText(double secondsInWindow) const;

protected:
    TimePlotView(const char *name, QWidget *parent);
    double windowStart() const { return windowStart_; }
    void setWindowStart(double seconds);
    virtual double durationS() const = 0;
    virtual bool hasPicture() const = 0;

    std::vector<RulerMark> timeRuler() const;
    /// Hairlines at the marks of the ruler.
    void paintTimeLines(QPainter &painter) const;
    void placePlayhead();
    void clicked(QPointF place) override;
    void shownChanged() override { placePlayhead(); }

private:
    double windowStart_ = 0.0;
    std::optional<double> playhead_;
    PlayheadLine *line_;
};

} // namespace widgets
