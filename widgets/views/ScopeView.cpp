// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/views/ScopeView.h"

#include "engine/base/Units.h"
#include "widgets/theme/Theme.h"
#include "widgets/views/ScopePicture.h"
#include "widgets/views/TimeText.h"

#include <algorithm>

namespace widgets {

using engine::analysis::ChannelPick;

namespace {

constexpr double leastHeight = 0.02;
constexpr double headroom = 1.08;
constexpr double highestShown = 4.0;

/// Of a choice that shows one wave, or the first of two.
ChannelPick pickOf(ScopeChannel channel)
{
    switch (channel) {
    case ScopeChannel::Right:
        return ChannelPick::Right;
    case ScopeChannel::Mid:
        return ChannelPick::Mid;
    case ScopeChannel::Side:
        return ChannelPick::Side;
    case ScopeChannel::Left:
    case ScopeChannel::Both:
        break;
    }
    return ChannelPick::Left;
}

} // namespace

ScopeView::ScopeView(QWidget *parent) : PlotView("scopeView", parent)
{
    setWheelZoomsY(false);
    setHome({0.0, mostMs}, {-headroom, headroom}, leastMs, leastHeight);
    showAll();
    dataChanged();
}

double ScopeView::rate() const
{
    return sound_ ? sound_->format().sampleRateHz : 48000.0;
}

void ScopeView::showAll()
{
    PlotView::showAll();
    setLengthMs(defaultMs);
}

void ScopeView::setLengthMs(double ms)
{
    showRanges({0.0, std::clamp(ms, leastMs, mostMs)}, shownY());
}

void ScopeView::setSound(Sound sound, double windowStartSeconds)
{
    sound_ = std::move(sound);
    windowStart_ = windowStartSeconds;
    if (sound_ && (sound_->frames() == 0 || sound_->channels() == 0))
        sound_ = nullptr;
    float peak = 0.0F;
    for (int c = 0; sound_ && c < sound_->channels(); ++c)
        for (const float sample : sound_->channel(c))
            if (const float size = std::abs(sample); size > peak)
                peak = size; // NaN compares false
    peak_ = static_cast<double>(peak);
    const double height = std::clamp(peak_, 1.0, highestShown) * headroom;
    const AxisRange x = shownX();
    setHome({0.0, mostMs}, {-height, height}, leastMs, leastHeight);
    showRanges(x, shownY());
    dataChanged();
}

void ScopeView::setInput(Sound input)
{
    input_ = std::move(input);
    if (input_ && (input_->frames() == 0 || input_->channels() == 0))
        input_ = nullptr;
    dataChanged();
}

void ScopeView::setPlayhead(std::optional<double> seconds)
{
    if (seconds == playhead_)
        return;
    playhead_ = seconds;
    rangeChanged();
}

void ScopeView::setCeiling(std::optional<double> decibels)
{
    ceilingDb_ = decibels;
    frontChanged();
}

void ScopeView::setChannel(ScopeChannel channel)
{
    if (channel == channel_)
        return;
    channel_ = channel;
    dataChanged();
    emit channelChanged(channel_);
}

QString ScopeView::channelText(ScopeChannel channel)
{
    switch (channel) {
    case ScopeChannel::Left:
        return tr("Left");
    case ScopeChannel::Right:
        return tr("Right");
    case ScopeChannel::Mid:
        return tr("Mid");
    case ScopeChannel::Side:
        return tr("Side");
    case ScopeChannel::Both:
        break;
    }
    return tr("Left and right");
}

void ScopeView::setTrigger(ScopeTrigger trigger)
{
    if (trigger == trigger_)
        return;
    trigger_ = trigger;
    rangeChanged();
    emit triggerChanged(trigger_);
}

QString ScopeView::triggerText(ScopeTrigger trigger)
{
    switch (trigger) {
    case ScopeTrigger::Rising:
        return tr("Rising through zero");
    case ScopeTrigger::Falling:
        return tr("Falling through zero");
    case ScopeTrigger::Off:
        break;
    }
    return tr("Off");
}

std::vector<double> ScopeView::lengthChoicesMs()
{
    return {leastMs, 10.0, 20.0, defaultMs, 50.0, 100.0, mostMs};
}

void ScopeView::shownChanged()
{
    if (std::abs(lengthMs() - toldMs_) < 1e-9)
        return;
    toldMs_ = lengthMs();
    emit lengthMsChanged(toldMs_);
}

const ScopeView::Sound &ScopeView::shownInput() const
{
    static const Sound none;
    return channel_ == ScopeChannel::Both ? none : input_;
}

PictureStrokes ScopeView::pictureStrokes(QSize pixels, qreal ratio) const
{
    if (!sound_ || pixels.isEmpty())
        return {};
    const Theme &theme = Theme::shared();
    const double seconds = playhead_ ? *playhead_ - windowStart_ : 0.0;
    const double last = static_cast<double>(sound_->frames() - 1);
    const ScopePictureRequest job{sound_,
                                  shownInput(),
                                  std::clamp(seconds * rate(), 0.0, last),
                                  pickOf(channel_),
                                  channel_ == ScopeChannel::Both && sound_->channels() > 1,
                                  trigger_,
                                  pixels,
                                  ratio,
                                  shownX(),
                                  shownY(),
                                  accent(),
                                  faint("text.tertiary", "plot.input_line"),
                                  faint("text.primary", "plot.input_line"),
                                  theme.number("stroke.plot_line"),
                                  theme.number("stroke.hairline")};
    return [job](QPainter &painter, const std::stop_token &) { return drawScope(painter, job); };
}

void ScopeView::paintBehind(QPainter &painter) const
{
    const Theme &theme = Theme::shared();
    const QRectF place = plot();
    for (const double value : {-1.0, -0.5, 0.0, 0.5, 1.0})
        if (value > shownY().low && value < shownY().high)
            paintHorizontal(painter, place, yAt(value),
                            theme.colour(value == 0.0 ? "line.border" : "line.hairline"));
    for (const RulerMark &mark : timeMarks(place, shownX(), QStringLiteral("%1")))
        if (mark.place > place.left() + 1 && mark.place < place.right() - 1)
            paintVertical(painter, place, mark.place, theme.colour("line.hairline"));
}

void ScopeView::paintInside(QPainter &painter) const
{
    const Theme &theme = Theme::shared();
    const QRectF place = plot();
    if (ceilingDb_) {
        const double level = engine::gainFromDb(*ceilingDb_);
        for (const double value : {level, -level})
            paintDashed(painter, place, yAt(value), theme.colour("stage.limiter"));
    }
    if (sound_ && peak_ <= 0.0)
        paintWord(painter, place.adjusted(0, 0, 0, -place.height() / 3), tr("Silence here."));
}

void ScopeView::paintAround(QPainter &painter) const
{
    const Theme &theme = Theme::shared();
    const QRectF place = plot();
    std::vector<RulerMark> values;
    const double step = timeStep(shownY().span() / place.height(), theme.number("plot.db_apart"));
    for (const double value : timeTicks(shownY().low, shownY().high, step))
        values.push_back({yAt(value), numberText(value, timeDecimals(step), true)});
    paintRulerLeft(painter, place, values);
    if (!sound_)
        return;
    paintRulerBelow(painter, place, timeMarks(place, shownX(), tr("%1 ms")));
    const std::vector<ChipCell> full = legend(false);
    paintLegend(painter, place, legendFits(place, full) ? full : legend(true));
}

/// In a narrow plot without the sound's name, which stands in the title too.
std::vector<ChipCell> ScopeView::legend(bool brief) const
{
    const Theme &theme = Theme::shared();
    const auto named = [this, brief](ScopeChannel channel) {
        //: In a legend. %1: which sound. %2: which channel of it.
        return brief ? channelText(channel)
                     : tr("%1, %2").arg(title(), channelText(channel).toLower());
    };
    std::vector<ChipCell> legend;
    if (shownInput())
        legend.push_back({tr("Input"), theme.colour("text.tertiary")});
    if (sound_->channels() < 2) {
        legend.push_back({title(), accent()});
    } else if (channel_ == ScopeChannel::Both) {
        legend.push_back({named(ScopeChannel::Left), accent()});
        legend.push_back({channelText(ScopeChannel::Right), theme.colour("text.primary")});
    } else {
        legend.push_back({named(channel_), accent()});
    }
    return legend;
}

double ScopeView::valueAt(const engine::AudioBuffer &sound, ChannelPick pick, double frame) const
{
    const double place = std::clamp(frame, 0.0, static_cast<double>(sound.frames() - 1));
    const auto below = static_cast<std::int64_t>(place);
    const auto above = std::min(below + 1, sound.frames() - 1);
    const double part = place - static_cast<double>(below);
    return (1.0 - part) * static_cast<double>(pickedSample(sound, pick, below)) +
           part * static_cast<double>(pickedSample(sound, pick, above));
}

PlotView::Hover ScopeView::hoverAt(QPointF place) const
{
    if (!sound_ || shownPicture().image.isNull())
        return {};
    const Theme &theme = Theme::shared();
    const double ms = valueAtX(place.x());
    const double frame = originFrame() + ms / 1000.0 * rate();
    const double value = valueAt(*sound_, pickOf(channel_), frame);
    const auto level = [](double sample) {
        return std::abs(sample) > 1e-6
                   ? tr("%1 dBFS").arg(numberText(engine::dbFromGain(std::abs(sample)), 1))
                   : tr("−∞ dBFS");
    };
    const QColor plain = theme.colour("text.secondary");
    Hover hover{{place.x(), std::clamp(yAt(value), plot().top(), plot().bottom())},
                {{{tr("%1 ms").arg(numberText(ms, 2)), theme.colour("text.primary")}, {}},
                 {{numberText(value, 3, true), accent()}, {level(value), plain}}}};
    const auto add = [&](double other, const QColor &ink) {
        hover.rows.push_back({{numberText(other, 3, true), ink}, {level(other), plain}});
    };
    if (channel_ == ScopeChannel::Both && sound_->channels() > 1)
        add(valueAt(*sound_, ChannelPick::Right, frame), theme.colour("text.primary"));
    if (shownInput())
        add(valueAt(*input_, pickOf(channel_), frame), plain);
    return hover;
}

QString ScopeView::pictureTitle() const
{
    //: Above a saved picture. %1: which sound.
    return title().isEmpty() ? tr("Scope") : tr("Scope: %1").arg(title());
}

QString ScopeView::axisNames() const
{
    return tr("Across: time in ms. Up: amplitude, 1 is full scale.");
}

QString ScopeView::spokenText() const
{
    if (!sound_)
        return tr("Scope");
    return peak_ > 0.0
               ? tr("Scope, %1, peak %2 dB").arg(title(), numberText(engine::dbFromGain(peak_), 1))
               : tr("Scope, %1, silence").arg(title());
}

QString ScopeView::valuesAsCsv() const
{
    if (!sound_)
        return {};
    const bool both = channel_ == ScopeChannel::Both && sound_->channels() > 1;
    QString text = both ? QStringLiteral("Time (ms),Left (full scale),Right (full scale)")
                        : QStringLiteral("Time (ms),Value (full scale)");
    text += shownInput() ? QStringLiteral(",Input (full scale)\n") : QStringLiteral("\n");
    const double perMs = rate() / 1000.0;
    const auto first =
        static_cast<std::int64_t>(std::max(std::ceil(originFrame() + shownX().low * perMs), 0.0));
    const auto end =
        std::min(static_cast<std::int64_t>(std::floor(originFrame() + shownX().high * perMs)) + 1,
                 sound_->frames());
    const auto cell = [&](const engine::AudioBuffer &sound, ChannelPick pick, double place) {
        return u',' + QString::number(valueAt(sound, pick, place), 'f', 6);
    };
    for (std::int64_t frame = first; frame < end; ++frame) {
        const auto place = static_cast<double>(frame);
        text += QString::number((place - originFrame()) / perMs, 'f', 4) +
                cell(*sound_, pickOf(channel_), place);
        if (both)
            text += cell(*sound_, ChannelPick::Right, place);
        if (shownInput())
            text += cell(*input_, pickOf(channel_), place);
        text += u'\n';
    }
    return text;
}

} // namespace widgets
