// SPDX-License-Identifier: GPL-3.0-or-later
//
// The wave itself, 5 to 200 ms of it, held still: it begins where the wave last rises (or falls)
// through zero at or before the playhead, or at the playhead. The tap in its stage's colour, the
// input at the same moment as a grey line behind it, dashed lines at ± the ceiling. Left, right,
// their half sum or half difference, or left and right over each other; then the trigger is the
// left's and the input is left out, because two waves are what can be told apart.
// Hover: time, value, level. The wheel changes the time shown, with Ctrl the height.
// Units: x ms from the trigger, y full scale (1.0); seconds of the playhead from the start of the
// file. Real-time: no; GUI thread only. Errors: none.
#pragma once

#include "engine/analysis/StereoImage.h"
#include "widgets/views/PlotView.h"

namespace widgets {

enum class ScopeChannel { Left, Right, Mid, Side, Both };
enum class ScopeTrigger { Rising, Falling, Off };

class ScopeView final : public PlotView {
    Q_OBJECT
public:
    using Sound = std::shared_ptr<const engine::AudioBuffer>;
    static constexpr double leastMs = 5.0;
    static constexpr double mostMs = 200.0;
    static constexpr double defaultMs = 30.0;

    explicit ScopeView(QWidget *parent = nullptr);

    /// Null: nothing to draw. Both begin at windowStartSeconds of the file.
    void setSound(Sound sound, double windowStartSeconds);
    void setInput(Sound input);
    void setPlayhead(std::optional<double> seconds);
    void setCeiling(std::optional<double> decibels);
    void setChannel(ScopeChannel channel);
    ScopeChannel channel() const { return channel_; }
    static QString channelText(ScopeChannel channel);
    void setTrigger(ScopeTrigger trigger);
    ScopeTrigger trigger() const { return trigger_; }
    static QString triggerText(ScopeTrigger trigger);
    /// 5, 10, 20, 30, 50, 100, 200
    static std::vector<double> lengthChoicesMs();
    void setLengthMs(double ms);
    double lengthMs() const { return shownX().span(); }
    /// Where the shown wave begins, in the sound's frames.
    double originFrame() const { return shownPicture().origin; }
    void showAll() override;
    QString valuesAsCsv() const override;

signals:
    void channelChanged(widgets::ScopeChannel channel);
    void triggerChanged(widgets::ScopeTrigger trigger);
    /// By the wheel too.
    void lengthMsChanged(double ms);

protected:
    PictureStrokes pictureStrokes(QSize pixels, qreal ratio) const override;
    void paintBehind(QPainter &painter) const override;
    void paintInside(QPainter &painter) const override;
    void paintAround(QPainter &painter) const override;
    Hover hoverAt(QPointF place) const override;
    void shownChanged() override;
    QString axisNames() const override;
    QString pictureTitle() const override;
    QString spokenText() const override;

private:
    double valueAt(const engine::AudioBuffer &sound, engine::analysis::ChannelPick pick,
                   double frame) const;
    double rate() const;
    std::vector<ChipCell> legend(bool brief) const;
    const Sound &shownInput() const; ///< null where it is left out

    Sound sound_;
    Sound input_;
    double windowStart_ = 0.0;
    std::optional<double> playhead_;
    std::optional<double> ceilingDb_;
    ScopeChannel channel_ = ScopeChannel::Left;
    ScopeTrigger trigger_ = ScopeTrigger::Rising;
    double toldMs_ = defaultMs;
    double peak_ = 0.0;
};

} // namespace widgets
