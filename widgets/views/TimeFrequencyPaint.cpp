// SPDX-License-Identifier: GPL-3.0-or-later
//
// How TimeFrequencyView looks around and over its picture.
#include "widgets/views/TimeFrequencyView.h"

#include "widgets/theme/Theme.h"
#include "widgets/views/InKeyLines.h"
#include "widgets/views/TimeText.h"

#include <algorithm>

namespace widgets {

/// The piano axis and the plot stand on one ground.
QRectF TimeFrequencyView::ground() const
{
    return plot().adjusted(-Theme::shared().number("size.piano_axis"), 0, 0, 0);
}

void TimeFrequencyView::paintInside(QPainter &painter) const
{
    if (!hasPicture())
        return;
    if (!inKeyLines())
        return;
    const bool every = everyNoteShown(pixelsPerSemitone(false));
    // A colour map may be dark in the light theme.
    const QColor ink = Theme::shared().colour("stage.pre_quant", qGray(quietColour()) < 128);
    const QColor root = faint(ink, "plot.root_line");
    const QColor note = faint(ink, "plot.note_line");
    for (const InKeyNote &line :
         inKeyNotes(scale(), hzOfOctaves(shownY().low), hzOfOctaves(shownY().high)))
        if (line.root || every)
            paintHorizontal(painter, plot(), yOfHz(line.hz), line.root ? root : note);
}

void TimeFrequencyView::paintAround(QPainter &painter) const
{
    paintPiano(painter);
    if (hasPicture())
        paintRulerBelow(painter, plot(), timeRuler());
    paintColourBar(painter);
}

void TimeFrequencyView::paintPiano(QPainter &painter) const
{
    const Theme &theme = Theme::shared();
    const QRectF place = plot();
    const double right = place.left() - theme.number("plot.tick_gap");
    const double row = theme.number("space.scale.x4");
    const double semitone = pixelsPerSemitone(false);
    const double line = theme.number("stroke.hairline");
    const double thick = theme.number("stroke.wire");
    const bool ticks = semitone * 2 >= line + 1; // else they would run together
    const double thin = semitone * 2 >= 2 * thick + 1 ? thick : line;
    const bool allNamed = semitone >= theme.number("plot.named_note_px");
    const QFont rootFont = theme.font("value_small");
    const QColor accent = theme.colour("stage.pre_quant");
    painter.setFont(rootFont);
    painter.setRenderHint(QPainter::Antialiasing);
    double free = place.bottom() + row;
    for (const InKeyNote &note :
         inKeyNotes(scale(), hzOfOctaves(shownY().low), hzOfOctaves(shownY().high))) {
        const double y = yOfHz(note.hz);
        if (note.root || ticks) {
            const double length = theme.number(note.root ? "plot.root_tick" : "plot.note_tick");
            QColor ink = accent;
            if (!note.root)
                ink = faint("stage.pre_quant", "plot.note_tick_ink");
            const double height = note.root ? thick : thin;
            const double top =
                std::clamp(std::round(y - height / 2), place.top(), place.bottom() - height);
            painter.fillRect(QRectF(right - length, top, length, height), ink);
        }
        const bool named = (note.root || allNamed) && y <= free - row &&
                           y >= place.top() + row / 4 && y <= place.bottom() - row / 4;
        if (!named)
            continue;
        free = y;
        painter.setPen(theme.colour(note.root ? "text.primary" : "text.tertiary"));
        const double edge = right - theme.number("plot.root_tick") - theme.number("plot.tick_gap");
        const double middle = std::clamp(y, place.top() + row / 2, place.bottom() - row / 2);
        painter.drawText(QRectF(0, middle - row / 2, edge, row), Qt::AlignRight | Qt::AlignVCenter,
                         noteText(note.midiNote, scale()));
    }
}

QString TimeFrequencyView::colourText(double db) const
{
    return numberText(db, 0);
}

void TimeFrequencyView::paintColourBar(QPainter &painter) const
{
    const Theme &theme = Theme::shared();
    const QRectF place = plot();
    const QRectF bar(place.right() + theme.number("plot.bar_gap"), place.top(),
                     theme.number("plot.bar_width"), place.height());
    const ColourTable table = colours();
    const AxisRange range = colourRange();
    QLinearGradient gradient(bar.bottomLeft(), bar.topLeft());
    constexpr int stops = 32;
    for (int i = 0; i <= stops; ++i) {
        const double part = static_cast<double>(i) / stops;
        gradient.setColorAt(part, colourOf(part, {0.0, 1.0}, table));
    }
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.colour("line.hairline"), theme.number("stroke.hairline")));
    painter.setBrush(gradient);
    const double radius = theme.number("radius.meter");
    painter.drawRoundedRect(bar, radius, radius);

    painter.setFont(theme.font("value_small"));
    painter.setPen(theme.colour("text.tertiary"));
    const double row = theme.number("space.scale.x4");
    const double left = bar.right() + theme.number("plot.label_gap");
    const auto label = [&](double y, const QString &text) {
        painter.drawText(QRectF(left, y - row / 2, width() - left, row),
                         Qt::AlignLeft | Qt::AlignVCenter, text);
    };
    for (const double tick : decibelTicks(range, bar.height(), theme.number("plot.db_apart"))) {
        const double y = toPixel(tick, range, bar.bottom(), bar.top());
        label(std::clamp(y, bar.top() + row / 2, bar.bottom() - row / 2), colourText(tick));
    }
    label(place.bottom() + theme.number("plot.label_gap") + row / 2, tr("dB"));
}

} // namespace widgets
