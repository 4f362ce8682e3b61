// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/views/PhaseView.h"

#include "engine/analysis/StereoImage.h"
#include "engine/base/Units.h"
#include "widgets/theme/Theme.h"
#include "widgets/views/PhasePicture.h"
#include "widgets/views/TimeText.h"

#include <algorithm>
#include <numbers>

namespace widgets {

namespace {

constexpr double closest = 0.05;

} // namespace

PhaseView::PhaseView(QWidget *parent) : PlotView("phaseView", parent)
{
    setHome({-1.0, 1.0}, {-1.0, 1.0}, closest, closest);
    dataChanged();
}

/// A square, so that both axes have one scale. Where there is no room beside it, the correlation
/// has a row of its own above.
QRectF PhaseView::plot() const
{
    const Theme &theme = Theme::shared();
    const double bottom = theme.number("space.scale.x8");
    const double margin = theme.number("space.scale.x3");
    const double most = height() - bottom - 2 * margin;
    const double above = hasRoomBeside() ? 0.0 : theme.number("space.scale.x4");
    const double side = std::max(std::min(width() - 2 * margin, most - above), 1.0);
    return {std::floor((width() - side) / 2), margin + above, std::floor(side), std::floor(side)};
}

/// Whether the ground is more than twice as wide as the square could be.
bool PhaseView::hasRoomBeside() const
{
    const Theme &theme = Theme::shared();
    const double most =
        height() - theme.number("space.scale.x8") - 2 * theme.number("space.scale.x3");
    return wideGround().width() > 2 * most;
}

/// As wide as the other plots.
QRectF PhaseView::wideGround() const
{
    const Theme &theme = Theme::shared();
    const double left = theme.number("size.piano_axis") + theme.number("space.scale.x2");
    return {left, 0, width() - left - theme.number("space.scale.x4"), 0};
}

/// What the square stands on: as wide as the other plots where there is room.
QRectF PhaseView::ground() const
{
    const Theme &theme = Theme::shared();
    const double margin = theme.number("space.scale.x3");
    QRectF square = plot().adjusted(-margin, -margin, margin, margin);
    square.setTop(0);
    QRectF wide = wideGround();
    wide.setBottom(square.bottom());
    return wide.width() >= square.width() ? wide : square;
}

void PhaseView::setSound(Sound sound, double windowStartSeconds)
{
    sound_ = std::move(sound);
    if (sound_ && (sound_->frames() == 0 || sound_->channels() == 0))
        sound_ = nullptr;
    windowStart_ = windowStartSeconds;
    mono_ = sound_ && engine::analysis::isMono(*sound_);
    silent_ = sound_ != nullptr;
    for (int c = 0; sound_ && silent_ && c < std::min(sound_->channels(), 2); ++c)
        silent_ = std::ranges::all_of(sound_->channel(c), [](float s) { return s == 0.0F; });
    dataChanged();
}

void PhaseView::setPlayhead(std::optional<double> seconds)
{
    if (seconds == playhead_)
        return;
    playhead_ = seconds;
    rangeChanged();
}

std::pair<std::int64_t, std::int64_t> PhaseView::range() const
{
    const int rate = sound_->format().sampleRateHz;
    const std::int64_t length = std::min(engine::framesFromMs(shownMs, rate, 1), sound_->frames());
    const double seconds = playhead_ ? *playhead_ - windowStart_ : shownMs / 1000.0;
    const std::int64_t end = std::clamp(std::llround(seconds * rate), 0LL + length,
                                        static_cast<long long>(sound_->frames()));
    return {end - length, end};
}

PhasePictureRequest PhaseView::request(QSize pixels, qreal ratio) const
{
    const auto [first, end] = range();
    return {sound_,
            first,
            end,
            pixels,
            ratio,
            shownX(),
            shownY(),
            accent(),
            Theme::shared().colour("text.primary"),
            Theme::shared().number("stroke.hairline")};
}

PictureJob PhaseView::pictureJob(QSize pixels, qreal ratio) const
{
    if (!sound_ || pixels.isEmpty())
        return {};
    return
        [request = request(pixels, ratio)](const std::stop_token &) { return drawPhase(request); };
}

PictureStrokes PhaseView::documentStrokes(QSize pixels, qreal ratio) const
{
    if (!sound_ || pixels.isEmpty())
        return {};
    return [request = request(pixels, ratio)](QPainter &painter, const std::stop_token &) {
        drawPhaseCurve(painter, request);
        return Picture{};
    };
}

void PhaseView::paintBehind(QPainter &painter) const
{
    const Theme &theme = Theme::shared();
    const QRectF place = plot();
    painter.save();
    painter.setClipRect(place);
    const QPointF middle(xAt(0.0), yAt(0.0));
    const double reach = xAt(1.0) - middle.x();
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.colour("line.border"), theme.number("stroke.hairline")));
    painter.drawEllipse(middle, reach - 0.5, reach - 0.5);
    painter.setPen(QPen(theme.colour("line.hairline"), theme.number("stroke.hairline")));
    painter.drawEllipse(middle, reach / 2, reach / 2); // −6 dB
    const double diagonal = reach / std::numbers::sqrt2;
    painter.drawLine(middle - QPointF(diagonal, diagonal), middle + QPointF(diagonal, diagonal));
    painter.drawLine(middle - QPointF(-diagonal, diagonal), middle + QPointF(-diagonal, diagonal));
    paintVertical(painter, {middle.x(), middle.y() - reach, 0, 2 * reach}, middle.x(),
                  theme.colour("line.hairline"));
    paintHorizontal(painter, {middle.x() - reach, 0, 2 * reach, 0}, middle.y(),
                    theme.colour("line.hairline"));
    painter.restore();
}

void PhaseView::paintInside(QPainter &painter) const
{
    const Theme &theme = Theme::shared();
    const QRectF place = plot();
    if (silent_) {
        paintWord(painter, place.adjusted(0, 0, 0, -place.height() / 3), tr("Silence here."));
        return;
    }
    painter.setFont(theme.font("caption"));
    painter.setPen(theme.colour("text.tertiary"));
    const double row = theme.number("space.scale.x5");
    const double diagonal = (xAt(1.0) - xAt(0.0)) / std::numbers::sqrt2 + row * 0.7;
    const auto letter = [&](double side, double up, const QString &text) {
        const QPointF at(xAt(0.0) + side * diagonal, yAt(0.0) - up * diagonal);
        painter.drawText(QRectF(at - QPointF(row / 2, row / 2), QSizeF(row, row)), Qt::AlignCenter,
                         text);
    };
    //: Left and right, at the ends of a phase view's axes.
    letter(-1, 1, tr("L"));
    letter(1, 1, tr("R"));
}

void PhaseView::paintAround(QPainter &painter) const
{
    const Theme &theme = Theme::shared();
    if (!sound_)
        return;
    if (mono_ && !silent_) {
        painter.setFont(theme.font("caption"));
        painter.setPen(theme.colour("text.secondary"));
        const double row = theme.number("space.scale.x4");
        painter.drawText(QRectF(0, plot().bottom() - row, width(), row), Qt::AlignCenter,
                         tr("Mono: left and right are the same."));
    }
    paintCorrelation(painter);
}

void PhaseView::paintCorrelation(QPainter &painter) const
{
    const Theme &theme = Theme::shared();
    const double row = theme.number("space.scale.x4");
    const double gap = theme.number("space.scale.x2");
    const double y = ground().bottom() + theme.number("plot.label_gap") + row / 2;
    const double thick = theme.number("plot.bar_width");
    const double middle = plot().center().x();
    const double half = std::min(theme.number("plot.correlation"), width() / 2.0 - 4 * row);
    const QRectF track(middle - half, y - thick / 2, 2 * half, thick);
    const double radius = theme.number("radius.meter");
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.colour("meter.track"));
    painter.drawRoundedRect(track, radius, radius);
    const auto value = silent_ ? std::optional<double>() : shownCorrelation();
    if (value) {
        const double x = middle + *value * half;
        // Below nought the two cancel in mono; the sign and the side say it, colour only repeats.
        painter.setBrush(theme.colour(*value < 0.0 ? "status.warn" : "text.secondary"));
        painter.drawRoundedRect(QRectF(QPointF(std::min(middle, x), track.top()),
                                       QPointF(std::max(middle, x), track.bottom())),
                                radius, radius);
    }
    painter.fillRect(QRectF(middle - 0.5, track.top() - 2, 1, thick + 4),
                     theme.colour("line.strong"));
    painter.setFont(theme.font("value_small"));
    painter.setPen(theme.colour("text.tertiary"));
    const double wide = 3 * row;
    painter.drawText(QRectF(track.left() - gap - wide, y - row / 2, wide, row),
                     Qt::AlignRight | Qt::AlignVCenter, numberText(-1, 0));
    painter.drawText(QRectF(track.right() + gap, y - row / 2, wide, row),
                     Qt::AlignLeft | Qt::AlignVCenter, numberText(1, 0, true));
    painter.setPen(theme.colour("text.secondary"));
    const QString number = value ? numberText(*value, 2, true) : QStringLiteral("–");
    painter.drawText(ground().adjusted(gap, gap, -gap, 0), Qt::AlignRight | Qt::AlignTop,
                     hasRoomBeside() ? tr("Correlation %1").arg(number)
                                     //: short for correlation
                                     : tr("corr %1").arg(number));
}

QString PhaseView::pictureTitle() const
{
    //: Above a saved picture. %1: which sound.
    return title().isEmpty() ? tr("Phase") : tr("Phase: %1").arg(title());
}

QString PhaseView::axisNames() const
{
    return tr("Across: side, (R − L) / 2. Up: mid, (L + R) / 2. The outer circle is full scale, "
              "the inner −6 dB.");
}

QString PhaseView::spokenText() const
{
    if (!sound_)
        return tr("Phase");
    if (silent_)
        return tr("Phase, %1, silence").arg(title());
    return mono_ ? tr("Phase, %1, mono").arg(title()) : tr("Phase, %1").arg(title());
}

QString PhaseView::valuesAsCsv() const
{
    if (!sound_)
        return {};
    const auto [first, end] = range();
    QString text = QStringLiteral("Time (s),Left (full scale),Right (full scale)\n");
    for (std::int64_t frame = first; frame < end; ++frame) {
        const auto sample = [&](int channel) {
            return QString::number(
                static_cast<double>(sound_->channel(channel)[static_cast<std::size_t>(frame)]), 'f',
                6);
        };
        text +=
            QString::number(
                windowStart_ + static_cast<double>(frame) / sound_->format().sampleRateHz, 'f', 6) +
            u',' + sample(0) + u',' + sample(sound_->channels() > 1 ? 1 : 0) + u'\n';
    }
    return text;
}

} // namespace widgets
