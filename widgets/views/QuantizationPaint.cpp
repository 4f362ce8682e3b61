// SPDX-License-Identifier: GPL-3.0-or-later
//
// How QuantizationView looks around and over its picture.
#include "widgets/controls/NoteNames.h"
#include "widgets/controls/ParameterPresentation.h"
#include "widgets/theme/Theme.h"
#include "widgets/views/InKeyLines.h"
#include "widgets/views/QuantizationPicture.h"
#include "widgets/views/QuantizationView.h"
#include "widgets/views/TimeText.h"

#include "engine/base/Units.h"

#include <algorithm>

namespace widgets {

using engine::analysis::QuantizationLine;
using engine::pipeline::StageId;

/// The piano axis and the plot stand side by side.
QRectF QuantizationView::ground() const
{
    return plot();
}

void QuantizationView::paintBehind(QPainter &painter) const
{
    if (!inKeyLines() || off_ || !moves_)
        return;
    const bool every = everyNoteShown(pixelsPerSemitone(false));
    const QColor root = faint(stageToken(), "plot.root_line");
    const QColor note = faint(stageToken(), "plot.note_line");
    for (const InKeyNote &line :
         inKeyNotes(scale(), hzOfOctaves(shownY().low), hzOfOctaves(shownY().high)))
        if (line.root || every)
            paintHorizontal(painter, plot(), yOfHz(line.hz), line.root ? root : note);
}

void QuantizationView::paintInside(QPainter &painter) const
{
    const Theme &theme = Theme::shared();
    if (off_) {
        const double row = theme.number("space.scale.x4");
        paintWord(painter, plot().adjusted(0, -row, 0, -row),
                  tr("%1 is off, so nothing moved.").arg(quantizerName()));
        return;
    }
    if (!moves_)
        return;
    if (silent()) {
        paintWord(painter, plot(), tr("Silence here."));
        return;
    }
    paintFrequencies(painter);
    if (chain_)
        paintLegs(painter);
    for (const QuantizationLine &line : moves_->lines)
        if (isSolo(line))
            paintBright(painter, line, theme.colour("action.focus"));
    if (walked_) {
        const QuantizationLine &line = moves_->lines[*walked_];
        paintBright(painter, line, theme.colour("text.primary"));
        const double middle = middleOf(line);
        paintChip(painter, plot(), {middle, yOnLine(line, middle)}, rowsOf(line));
    }
}

/// The names of the legs, and between them what no line leads through.
void QuantizationView::paintLegs(QPainter &painter) const
{
    const Theme &theme = Theme::shared();
    const QRectF place = plot();
    const QRectF gap(QPointF(ends(0).second, place.top()), QPointF(ends(1).first, place.bottom()));
    painter.fillRect(gap, theme.colour("ground.panel"));
    for (const double edge : {gap.left(), gap.right()})
        paintVertical(painter, place, edge, theme.colour("line.hairline"));
    const auto sentence = [](StageId stage, bool on) {
        return on ? stageName(stage) : tr("%1 is off").arg(stageName(stage));
    };
    const double row = theme.number("space.scale.x5");
    painter.setFont(theme.font("caption"));
    const auto name = [&](int leg, StageId stage, bool on, const char *token) {
        const auto [left, right] = ends(leg);
        const QString words = sentence(stage, on);
        const double width = QFontMetricsF(painter.font()).horizontalAdvance(words) + row;
        if (width > right - left)
            return;
        const QRectF ground((left + right - width) / 2,
                            place.top() + theme.number("space.scale.x1"), width, row);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(faint("ground.plot", "plot.chip_ground"));
        painter.drawRoundedRect(ground, theme.number("radius.segment"),
                                theme.number("radius.segment"));
        painter.setPen(theme.colour(on ? token : "text.tertiary"));
        painter.drawText(ground, Qt::AlignCenter, words);
    };
    name(0, StageId::PreQuant, chain_->preQuant, "stage.pre_quant");
    name(1, StageId::PostQuant, chain_->postQuant, "stage.post_quant");
    painter.save();
    painter.translate(gap.center());
    painter.rotate(-90.0);
    painter.setPen(theme.colour(chain_->distortion ? "stage.distortion" : "text.tertiary"));
    const QRectF along(-gap.height() / 2, -gap.width() / 2, gap.height(), gap.width());
    QString words = sentence(StageId::Distortion, chain_->distortion);
    //: between what two quantizers moved; lines end at one side of it
    const QString all = tr("Distortion: new partials, no lines through it");
    if (chain_->distortion && painter.fontMetrics().horizontalAdvance(all) < along.width())
        words = all;
    painter.drawText(along, Qt::AlignCenter, words);
    painter.restore();
}

/// Hz at the right edge, over everything.
void QuantizationView::paintFrequencies(QPainter &painter) const
{
    const Theme &theme = Theme::shared();
    const QRectF place = plot();
    const double row = theme.number("space.scale.x4");
    painter.setFont(theme.font("value_small"));
    painter.setPen(theme.colour("text.tertiary"));
    for (const double hz :
         frequencyTicks(shownY(), place.height(), theme.number("plot.hz_apart"))) {
        const double y = yOfHz(hz);
        if (y > place.top() + row / 2 && y < place.bottom() - row / 2)
            painter.drawText(QRectF(place.left(), y - row / 2,
                                    place.width() - theme.number("plot.label_gap"), row),
                             Qt::AlignRight | Qt::AlignVCenter, frequencyTickText(hz));
    }
}

void QuantizationView::paintBright(QPainter &painter, const QuantizationLine &line,
                                   const QColor &ink) const
{
    const Theme &theme = Theme::shared();
    const auto [left, right] = ends(line.leg);
    constexpr int steps = 48;
    QPolygonF path;
    for (int i = 0; i <= steps; ++i) {
        const double x = left + (right - left) * i / steps;
        path << QPointF(x, yOnLine(line, x));
    }
    painter.save();
    painter.setClipRect(plot(), Qt::IntersectClip);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(ink, theme.number("stroke.wire"), Qt::SolidLine, Qt::FlatCap));
    painter.drawPolyline(path);
    painter.setBrush(theme.colour("ground.plot"));
    const double dot = theme.number("moves.dot");
    painter.drawEllipse(path.first(), dot, dot);
    painter.drawEllipse(path.last(), dot, dot);
    painter.restore();
}

void QuantizationView::paintHover(QPainter &painter, const Hover &hover) const
{
    const auto line = lineAt(hover.place);
    if (!line)
        return;
    paintBright(painter, moves_->lines[*line], Theme::shared().colour("action.primary_hover"));
    paintChip(painter, plot(), hover.place, hover.rows);
}

void QuantizationView::paintAround(QPainter &painter) const
{
    if (off_ || !moves_)
        return;
    paintPiano(painter);
    if (silent())
        return;
    paintHeads(painter);
}

void QuantizationView::paintHints(QPainter &painter) const
{
    if (off_ || !moves_ || silent())
        return;
    const Theme &theme = Theme::shared();
    painter.setFont(theme.font("caption"));
    painter.setPen(theme.colour("text.secondary"));
    const QRectF foot(plot().left(), plot().bottom(), plot().width(),
                      theme.number("moves.bottom") + theme.number("space.scale.x1"));
    const QString words =
        solo_ ? tr("You hear one line only.  Esc or another click: everything again.")
              : tr("Line width: energy.  Slope and colour: direction and distance.  "
                   "Click a line to hear only it.");
    painter.drawText(foot, Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetricsF(painter.font()).elidedText(words, Qt::ElideRight, foot.width()));
}

void QuantizationView::paintPiano(QPainter &painter) const
{
    const Theme &theme = Theme::shared();
    const QRectF place = plot();
    const double right = place.left() - theme.number("moves.key_gap");
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.fillRect(QRectF(0, place.top(), right, place.height()), theme.colour("ground.plot"));
    const double semitone = pixelsPerSemitone(false);
    const bool named = semitone >= theme.number("plot.named_note_px") * 0.8;
    const double row = theme.number("space.scale.x4");
    const auto allowed = engine::dsp::allowedPitchClasses(scale());
    const auto lowest =
        static_cast<int>(std::floor(engine::midiNoteFromHz(hzOfOctaves(shownY().low))));
    const auto highest =
        static_cast<int>(std::ceil(engine::midiNoteFromHz(hzOfOctaves(shownY().high))));
    const QColor other = theme.colour("ground.raised");
    const QColor inKey = faint(stageToken(), "plot.note_tick_ink");
    painter.save();
    painter.setClipRect(QRectF(0, place.top(), place.left(), place.height()));
    for (int note = std::max(lowest, 0); note <= highest; ++note) {
        const double y = yOfHz(engine::hzFromMidiNote(note));
        const bool root = note % 12 == scale().rootPitchClass;
        const bool isIn = (allowed >> (note % 12) & 1) != 0;
        const double wide = theme.number(root                            ? "moves.root_key"
                                         : isIn && isBlackKey(note % 12) ? "moves.black_key"
                                                                         : "moves.white_key");
        const double top = std::round(y - semitone / 2);
        const double bottom = std::round(y + semitone / 2);
        const double seam = bottom - top >= 4.0 ? theme.number("stroke.hairline") : 0.0;
        const QRectF key(right - wide, top, wide, bottom - top - seam);
        const QRectF keys(0, place.top(), right, place.height());
        painter.fillRect(key.intersected(keys), root ? accent() : isIn ? inKey : other);
        const double half = row / 2;
        if ((isIn && named) || root) {
            painter.setFont(theme.font("value_small"));
            painter.setPen(theme.colour(root ? "text.primary" : "text.tertiary"));
            painter.drawText(
                QRectF(0, std::clamp(y, place.top() + half / 2, place.bottom() - half / 2) - half,
                       right - theme.number("moves.name_gap"), row),
                Qt::AlignRight | Qt::AlignVCenter, noteText(note, scale()));
        }
    }
    painter.restore();
    painter.setRenderHint(QPainter::Antialiasing);
}

/// "Before", the colours of the cents, "After".
void QuantizationView::paintHeads(QPainter &painter) const
{
    const Theme &theme = Theme::shared();
    const double gap = theme.number("space.scale.x1");
    const double row = plot().top() - theme.number("space.scale.x1");
    painter.setFont(theme.font("body_strong"));
    painter.setPen(theme.colour("text.primary"));
    painter.drawText(QRectF(0, 0, spineBefore() - gap, row), Qt::AlignRight | Qt::AlignVCenter,
                     tr("Before"));
    painter.drawText(QRectF(spineAfter() + gap, 0, width() - spineAfter(), row),
                     Qt::AlignLeft | Qt::AlignVCenter, tr("After"));
    painter.setFont(theme.font("value_small"));
    const QFontMetricsF metrics(painter.font());
    //: the arrow and the words stand left of a bar of colours
    const QString down = tr("↓ flattened −100 ¢");
    const QString up = tr("+100 ¢ sharpened ↑");
    const double space = theme.number("space.scale.x2");
    const double room = spineAfter() - spineBefore() - 2 * space;
    double bar = theme.number("moves.legend_bar");
    bar = std::min(bar, room - metrics.horizontalAdvance(down) - metrics.horizontalAdvance(up) -
                            2 * space);
    if (bar < space)
        return;
    const double middle = (spineBefore() + spineAfter()) / 2;
    const double high = theme.number("moves.legend_height");
    const QRectF strip(std::round(middle - bar / 2), std::round((row - high) / 2), bar, high);
    QLinearGradient colours(strip.topLeft(), strip.topRight());
    colours.setColorAt(0.0, theme.colour("cents.down"));
    colours.setColorAt(0.5, theme.colour("cents.zero"));
    colours.setColorAt(1.0, theme.colour("cents.up"));
    painter.fillRect(strip, colours);
    painter.setPen(theme.colour("text.secondary"));
    painter.drawText(QRectF(0, 0, strip.left() - space, row), Qt::AlignRight | Qt::AlignVCenter,
                     down);
    painter.drawText(QRectF(strip.right() + space, 0, width(), row),
                     Qt::AlignLeft | Qt::AlignVCenter, up);
}

} // namespace widgets
