// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/views/ScopeView.h"

#include "engine/analysis/StereoImage.h"
#include "engine/base/Units.h"
#include "widgets/theme/Theme.h"
#include "widgets/views/TimeText.h"

#include <algorithm>

namespace widgets {

namespace {

constexpr double reachMs = 50.0; ///< how far the trigger looks back: one period of 20 Hz
constexpr double leastHeight = 0.02;
constexpr double headroom = 1.08;
constexpr double highestShown = 4.0;

struct WaveJob {
    ScopeView::Sound sound;
    ScopeView::Sound input;
    double atFrame;
    int channel;
    QSize pixels;
    qreal ratio;
    AxisRange ms;
    AxisRange height;
    QColor accent;
    QColor inputLine;
    double lineWidth;
    double thinWidth;
};

std::span<const float> channelOf(const engine::AudioBuffer &sound, int channel)
{
    return sound.channel(std::clamp(channel, 0, sound.channels() - 1));
}

QPolygonF wave(const engine::AudioBuffer &sound, double origin, const WaveJob &job)
{
    const auto samples = channelOf(sound, job.channel);
    const double perMs = sound.format().sampleRateHz / 1000.0;
    const double width = job.pixels.width() / job.ratio;
    const double height = job.pixels.height() / job.ratio;
    const auto count = static_cast<std::int64_t>(samples.size());
    const auto first = std::clamp<std::int64_t>(
        static_cast<std::int64_t>(std::floor(origin + job.ms.low * perMs)) - 1, 0, count);
    const auto end = std::clamp<std::int64_t>(
        static_cast<std::int64_t>(std::ceil(origin + job.ms.high * perMs)) + 2, 0, count);
    QPolygonF line;
    for (std::int64_t i = first; i < end; ++i) {
        const auto value = static_cast<double>(samples[static_cast<std::size_t>(i)]);
        line << QPointF(toPixel((static_cast<double>(i) - origin) / perMs, job.ms, 0, width),
                        toPixel(std::isfinite(value) ? value : 0.0, job.height, height, 0));
    }
    return line;
}

Picture drawWave(const WaveJob &job)
{
    QImage image(job.pixels, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(job.ratio);
    image.fill(Qt::transparent);
    const auto reach = engine::framesFromMs(reachMs, job.sound->format().sampleRateHz);
    const auto at = static_cast<std::int64_t>(std::floor(job.atFrame));
    const double origin =
        engine::analysis::risingCrossing(channelOf(*job.sound, job.channel), at, reach)
            .value_or(job.atFrame);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto stroke = [&](const engine::AudioBuffer &sound, const QColor &colour, double wide) {
        painter.setPen(QPen(colour, wide, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPolyline(wave(sound, origin, job));
    };
    if (job.input)
        stroke(*job.input, job.inputLine, job.thinWidth);
    stroke(*job.sound, job.accent, job.lineWidth);
    return {image, origin, {}};
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

void ScopeView::setChannel(int channel)
{
    channel_ = channel;
    dataChanged();
}

PictureJob ScopeView::pictureJob(QSize pixels, qreal ratio) const
{
    if (!sound_ || pixels.isEmpty())
        return {};
    const Theme &theme = Theme::shared();
    const double seconds = playhead_ ? *playhead_ - windowStart_ : 0.0;
    const double last = static_cast<double>(sound_->frames() - 1);
    const WaveJob job{sound_,
                      input_,
                      std::clamp(seconds * rate(), 0.0, last),
                      channel_,
                      pixels,
                      ratio,
                      shownX(),
                      shownY(),
                      accent(),
                      faint("text.tertiary", "plot.input_line"),
                      theme.number("stroke.plot_line"),
                      theme.number("stroke.hairline")};
    return [job](const std::stop_token &) { return drawWave(job); };
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
        QPen pen(theme.colour("stage.limiter"), theme.number("stroke.hairline"));
        const double dash = theme.number("plot.dash");
        pen.setDashPattern({dash, dash});
        pen.setCapStyle(Qt::FlatCap);
        painter.setPen(pen);
        for (const double value : {level, -level}) {
            const double y = sharp(painter, yAt(value));
            painter.drawLine(QPointF(place.left(), y), QPointF(place.right(), y));
        }
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
    std::vector<ChipCell> legend;
    if (input_)
        legend.push_back({tr("Input"), theme.colour("text.tertiary")});
    const bool stereo = sound_->channels() == 2;
    legend.push_back({!stereo         ? title()
                      : channel_ == 0 ? tr("%1, left").arg(title())
                                      : tr("%1, right").arg(title()),
                      accent()});
    paintLegend(painter, place, legend);
}

double ScopeView::valueAt(const engine::AudioBuffer &sound, double frame) const
{
    const auto samples = channelOf(sound, channel_);
    const double place = std::clamp(frame, 0.0, static_cast<double>(samples.size() - 1));
    const auto below = static_cast<std::size_t>(place);
    const auto above = std::min(below + 1, samples.size() - 1);
    const double part = place - static_cast<double>(below);
    const double value = (1.0 - part) * static_cast<double>(samples[below]) +
                         part * static_cast<double>(samples[above]);
    return std::isfinite(value) ? value : 0.0;
}

PlotView::Hover ScopeView::hoverAt(QPointF place) const
{
    if (!sound_ || shownPicture().image.isNull())
        return {};
    const Theme &theme = Theme::shared();
    const double ms = valueAtX(place.x());
    const double frame = originFrame() + ms / 1000.0 * rate();
    const double value = valueAt(*sound_, frame);
    const auto level = [](double sample) {
        return std::abs(sample) > 1e-6
                   ? tr("%1 dBFS").arg(numberText(engine::dbFromGain(std::abs(sample)), 1))
                   : tr("−∞ dBFS");
    };
    const QColor plain = theme.colour("text.secondary");
    Hover hover{{place.x(), std::clamp(yAt(value), plot().top(), plot().bottom())},
                {{{tr("%1 ms").arg(numberText(ms, 2)), theme.colour("text.primary")}, {}},
                 {{numberText(value, 3, true), accent()}, {level(value), plain}}}};
    if (input_) {
        const double input = valueAt(*input_, frame);
        hover.rows.push_back({{numberText(input, 3, true), plain}, {level(input), plain}});
    }
    return hover;
}

QString ScopeView::axisNames() const
{
    return tr("Time in milliseconds, amplitude in parts of full scale");
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
    QString text = QStringLiteral("Time (ms),Value (full scale)");
    text += input_ ? QStringLiteral(",Input (full scale)\n") : QStringLiteral("\n");
    const double perMs = rate() / 1000.0;
    const auto first =
        static_cast<std::int64_t>(std::max(std::ceil(originFrame() + shownX().low * perMs), 0.0));
    const auto end =
        std::min(static_cast<std::int64_t>(std::floor(originFrame() + shownX().high * perMs)) + 1,
                 sound_->frames());
    for (std::int64_t frame = first; frame < end; ++frame) {
        const auto place = static_cast<double>(frame);
        text += QString::number((place - originFrame()) / perMs, 'f', 4) + u',' +
                QString::number(valueAt(*sound_, place), 'f', 6);
        if (input_)
            text += u',' + QString::number(valueAt(*input_, place), 'f', 6);
        text += u'\n';
    }
    return text;
}

} // namespace widgets
