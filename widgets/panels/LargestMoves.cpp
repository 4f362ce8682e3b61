// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/LargestMoves.h"

#include "engine/base/Units.h"
#include "widgets/theme/Focus.h"
#include "widgets/theme/Icons.h"
#include "widgets/theme/Theme.h"
#include "widgets/views/AxisScale.h"
#include "widgets/views/InKeyLines.h"
#include "widgets/views/TimeText.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace widgets {

namespace {

QString noteOf(const LargestMoves::Line &line, const engine::dsp::Scale &scale)
{
    return noteText(static_cast<int>(std::lround(engine::midiNoteFromHz(line.noteHz))), scale);
}

double headHeight()
{
    return Theme::shared().number("space.scale.x6");
}

} // namespace

LargestMoves::LargestMoves(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("quantization.largest"));
    setMouseTracking(true);
    setFocusPolicy(Qt::TabFocus);
    trackKeyboardFocus(this);
    connect(&Theme::shared(), &Theme::changed, this, qOverload<>(&QWidget::update));
    setMoves({}, {});
}

QSize LargestMoves::sizeHint() const
{
    const Theme &theme = Theme::shared();
    const auto rows = static_cast<double>(engine::analysis::Quantization::mostLargest);
    return {theme.px("size.inspector_min") - 2 * theme.px("size.panel_padding"),
            qCeil(headHeight() + rows * theme.number("moves.move_row"))};
}

QSize LargestMoves::minimumSizeHint() const
{
    return {sizeHint().width(), qCeil(headHeight() + Theme::shared().number("moves.move_row"))};
}

void LargestMoves::setMoves(std::vector<Line> moves, const engine::dsp::Scale &scale)
{
    moves_ = std::move(moves);
    scale_ = scale;
    if (chosen_ && *chosen_ >= moves_.size())
        chosen_.reset();
    setAccessibleName(tr("Largest moves"));
    choose(chosen_);
}

void LargestMoves::setAccent(const char *token)
{
    accent_ = token;
    update();
}

void LargestMoves::choose(std::optional<std::size_t> row)
{
    chosen_ = row;
    setAccessibleText(this, QAccessible::List,
                      chosen_          ? rowText(*chosen_)
                      : moves_.empty() ? tr("nothing moved")
                                       : rowText(0));
    setCursor(chosen_ ? Qt::PointingHandCursor : Qt::ArrowCursor);
    update();
}

QRectF LargestMoves::rowRect(std::size_t row) const
{
    const double high = Theme::shared().number("moves.move_row");
    return {0.0, headHeight() + static_cast<double>(row) * high, static_cast<double>(width()),
            high};
}

std::optional<std::size_t> LargestMoves::rowAt(QPointF place) const
{
    for (std::size_t row = 0; row < moves_.size(); ++row)
        if (rowRect(row).contains(place))
            return row;
    return {};
}

QString LargestMoves::rowText(std::size_t row) const
{
    const Line &line = moves_[row];
    return tr("From %1 to %2, %3 cents, aimed at %4, %5 dB")
        .arg(frequencyText(line.fromHz), frequencyText(line.toHz),
             numberText(line.movedCents, 0, true), noteOf(line, scale_),
             numberText(line.powerDb(), 1));
}

void LargestMoves::paintRow(QPainter &painter, std::size_t row) const
{
    const Theme &theme = Theme::shared();
    const Line &line = moves_[row];
    const QRectF place = rowRect(row);
    const bool chosen = chosen_ == row;
    if (chosen) {
        const double radius = theme.number("radius.segment");
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.colour("ground.raised"));
        painter.drawRoundedRect(place, radius, radius);
    }
    const double hairline = theme.number("stroke.hairline");
    painter.fillRect(QRectF(0, place.top(), width(), hairline), theme.colour("line.hairline"));
    painter.setFont(theme.font("value"));
    const auto text = [&](double left, double right, Qt::Alignment side, const QColor &ink,
                          const QString &words) {
        painter.setPen(ink);
        painter.drawText(QRectF(left, place.top(), right - left, place.height()),
                         side | Qt::AlignVCenter, words);
    };
    const double note = width() * theme.number("moves.note_at");
    const double moved =
        width() - theme.number("moves.energy_bar") - theme.number("space.scale.x2");
    text(0, theme.number("moves.from_width"), Qt::AlignLeft, theme.colour("text.primary"),
         numberText(line.fromHz, line.fromHz < 1000.0 ? 1 : 0));
    const double arrow = theme.number("choice.icon_right");
    paintIcon(painter,
              QRectF(note - arrow - theme.number("space.scale.x1"), place.center().y() - arrow / 2,
                     arrow, arrow),
              "arrow-right", theme.colour("text.tertiary"));
    text(note, moved, Qt::AlignLeft, theme.colour(accent_.constData()), noteOf(line, scale_));
    //: an arrow for the direction, then cents with their sign
    text(note, moved, Qt::AlignRight,
         theme.colour(line.movedCents < 0.0 ? "cents.down" : "cents.up"),
         (line.movedCents < 0.0 ? tr("↓ %1 ¢") : tr("↑ %1 ¢"))
             .arg(numberText(line.movedCents, 0, true)));
    double loudest = 0.0;
    for (const Line &other : moves_)
        loudest = std::max(loudest, other.power);
    const double tall = theme.number("moves.energy_height");
    const double wide = theme.number("moves.energy_bar") *
                        std::pow(line.power / loudest, theme.number("moves.line_power"));
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.colour("text.tertiary"));
    const double round = theme.number("radius.meter");
    painter.drawRoundedRect(QRectF(width() - wide, place.center().y() - tall / 2, wide, tall),
                            round, round);
}

void LargestMoves::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::shared();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(theme.font("label"));
    painter.setPen(theme.colour("text.primary"));
    painter.drawText(QRectF(0, 0, width(), headHeight()), Qt::AlignLeft | Qt::AlignVCenter,
                     tr("Largest moves"));
    if (moves_.empty()) {
        painter.setFont(theme.font("caption"));
        painter.setPen(theme.colour("text.tertiary"));
        painter.drawText(rowRect(0), Qt::AlignLeft | Qt::AlignVCenter, tr("Nothing moved."));
    }
    for (std::size_t row = 0; row < moves_.size() && rowRect(row).bottom() <= height(); ++row)
        paintRow(painter, row);
    if (hasKeyboardFocus(this))
        paintFocusRing(painter, rect(), theme.number("radius.segment"));
}

void LargestMoves::mouseMoveEvent(QMouseEvent *event)
{
    choose(rowAt(event->position()));
}

void LargestMoves::leaveEvent(QEvent *)
{
    if (!hasKeyboardFocus(this))
        choose({});
}

void LargestMoves::mousePressEvent(QMouseEvent *event)
{
    const auto row = rowAt(event->position());
    if (event->button() == Qt::LeftButton && row)
        emit zoomRequested(moves_[*row]);
}

void LargestMoves::keyPressEvent(QKeyEvent *event)
{
    const bool down = event->key() == Qt::Key_Down;
    if (moves_.empty()) {
        QWidget::keyPressEvent(event);
    } else if (down || event->key() == Qt::Key_Up) {
        const std::size_t last = moves_.size() - 1;
        const std::size_t here = chosen_.value_or(down ? last : 1);
        choose(down ? (chosen_ ? std::min(here + 1, last) : 0) : (here > 0 ? here - 1 : 0));
    } else if (chosen_ && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
        emit zoomRequested(moves_[*chosen_]);
    } else {
        QWidget::keyPressEvent(event);
    }
}

bool LargestMoves::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const auto row = rowAt(help->pos());
        row ? QToolTip::showText(help->globalPos(), rowText(*row), this) : QToolTip::hideText();
        return true;
    }
    return QWidget::event(event);
}

} // namespace widgets
