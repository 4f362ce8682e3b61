// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/views/WaveformView.h"

#include "engine/base/Units.h"
#include "widgets/theme/Theme.h"
#include "widgets/views/TimeText.h"
#include "widgets/views/WaveformPicture.h"

#include <QMouseEvent>

#include <algorithm>

namespace widgets {

namespace {

constexpr double fewestSamples = 32.0; ///< that a view shows
constexpr double loudestShown = 4.0;
constexpr double quietest = 1e-6;
const AxisRange wholeHeight{-1.0, 1.0};

} // namespace

WaveformView::WaveformView(QWidget *parent) : TimePlotView("waveformView", parent)
{
    setWheelZoomsY(false);
    setHome({0.0, 1.0}, wholeHeight, 1.0, wholeHeight.span());
    dataChanged();
}

double WaveformView::durationS() const
{
    return sound_ ? static_cast<double>(sound_->frames()) / rate() : 0.0;
}

void WaveformView::setSound(Sound sound, double windowStart)
{
    sound_ = std::move(sound);
    if (sound_ && (sound_->frames() == 0 || sound_->channels() == 0))
        sound_ = nullptr;
    peak_ = 0.0;
    for (int c = 0; sound_ && c < sound_->channels(); ++c)
        for (const float sample : sound_->channel(c))
            if (const auto size = static_cast<double>(std::abs(sample)); size > peak_)
                peak_ = size; // NaN compares false
    range_ = std::clamp(peak_, 1.0, loudestShown);
    if (sound_) {
        const bool moved = windowStart != this->windowStart();
        setWindowStart(windowStart);
        setHome({0.0, durationS()}, wholeHeight, std::min(fewestSamples / rate(), durationS()),
                wholeHeight.span());
        if (moved)
            showAll();
    }
    placePlayhead();
    dataChanged();
}

void WaveformView::setInput(Sound input)
{
    if (input == input_)
        return;
    input_ = std::move(input);
    dataChanged();
}

void WaveformView::setCeiling(std::optional<double> ceilingDb)
{
    if (ceilingDb == ceilingDb_)
        return;
    ceilingDb_ = ceilingDb;
    frontChanged();
}

void WaveformView::setRuler(Ruler ruler)
{
    ruler_ = ruler;
    frontChanged();
}

QRectF WaveformView::lane(int channel) const
{
    const QRectF place = plot();
    const double gap = Theme::shared().number("stroke.hairline");
    const double height = (place.height() - gap * (lanes() - 1)) / lanes();
    return {place.left(), place.top() + channel * (height + gap), place.width(), height};
}

double WaveformView::yOf(int channel, double value) const
{
    const QRectF place = lane(channel);
    const double half = place.height() / 2.0 - Theme::shared().number("space.scale.x1");
    return place.center().y() - value / range_ * half;
}

int WaveformView::laneAt(double y) const
{
    int channel = 0;
    while (channel + 1 < lanes() && y > lane(channel).bottom())
        ++channel;
    return channel;
}

PictureStrokes WaveformView::pictureStrokes(QSize pixels, qreal) const
{
    if (!sound_ || pixels.isEmpty())
        return {};
    const Theme &theme = Theme::shared();
    WavesJob job{sound_,
                 input_,
                 {},
                 theme.number("space.scale.x1"),
                 range_,
                 shownX(),
                 stageWaveColours(stageToken()),
                 accent(),
                 theme.colour("wave.source"),
                 faint("text.primary", "opacity.wave_behind"),
                 theme.number("stroke.plot_line"),
                 theme.number("stroke.hairline"),
                 theme.number("stroke.wire")};
    for (int c = 0; c < lanes(); ++c)
        job.lanes.push_back(lane(c).translated(-plot().topLeft()));
    return [job](QPainter &painter, const std::stop_token &stop) {
        drawWaves(painter, job, stop);
        return Picture{};
    };
}

/// On the ruler a click changes its unit.
void WaveformView::mousePressEvent(QMouseEvent *event)
{
    if (sound_ && event->button() == Qt::LeftButton && event->position().x() < plot().left())
        setRuler(ruler_ == Ruler::Decibels ? Ruler::Linear : Ruler::Decibels);
    else
        TimePlotView::mousePressEvent(event);
}

PlotView::Hover WaveformView::hoverAt(QPointF place) const
{
    if (!sound_)
        return {};
    const double seconds = std::clamp(valueAtX(place.x()), 0.0, durationS());
    const double perPx = shownX().span() / plot().width();
    const int channel = laneAt(place.y());
    const double first = std::floor(seconds * rate());
    const auto column = engine::analysis::peakColumns(
        *sound_, channel, first, std::max(first + perPx * rate(), first + 1.0), 1)[0];
    const auto value = static_cast<double>(
        std::abs(column.minimum) > std::abs(column.maximum) ? column.minimum : column.maximum);
    const QString level =
        std::abs(value) > quietest
            ? tr("%1 dBFS").arg(numberText(engine::dbFromGain(std::abs(value)), 1))
            : tr("−∞ dBFS");
    const Theme &theme = Theme::shared();
    return {{place.x(), std::clamp(yOf(channel, value), plot().top(), plot().bottom())},
            {{{timeText(seconds), theme.colour("text.primary")}, {}},
             {{numberText(value, 3, true), accent()}, {level, theme.colour("text.secondary")}}}};
}

QString WaveformView::spokenText() const
{
    if (!sound_)
        return tr("Waveform");
    return tr("Waveform, %1, %2, peak %3 dB")
        .arg(title(), lengthText(durationS()),
             peak_ > 0.0 ? numberText(engine::dbFromGain(peak_), 1) : QStringLiteral("−∞"));
}

} // namespace widgets
