// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/controls/SegmentRow.h"

#include "widgets/theme/Theme.h"

#include <QPainter>

namespace widgets {

void paintSegment(const QAbstractButton &segment, QPainter &painter, SegmentLook look)
{
    const Theme &theme = Theme::shared();
    painter.setRenderHint(QPainter::Antialiasing);
    const double line = theme.number("stroke.hairline");
    const double radius = theme.number("radius.segment");
    const QRectF box = QRectF(segment.rect()).adjusted(line / 2, line / 2, -line / 2, -line / 2);
    const bool filled = look == SegmentLook::Filled && segment.isChecked() && segment.isEnabled();
    if (filled) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.colour("action.primary"));
        painter.drawRoundedRect(box, radius, radius);
    } else if (segment.isChecked()) {
        painter.setPen(QPen(theme.colour("line.strong"), line));
        painter.setBrush(theme.colour("ground.segment"));
        painter.drawRoundedRect(box, radius, radius);
    } else if (segment.underMouse()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.colour("ground.control_hover"));
        painter.drawRoundedRect(box, radius, radius);
    }
    painter.setFont(theme.font(look == SegmentLook::Filled ? "stage" : "label"));
    painter.setPen(theme.colour(!segment.isEnabled()  ? "text.disabled"
                                : filled              ? "text.on_action"
                                : segment.isChecked() ? "text.primary"
                                                      : "text.secondary"));
    painter.drawText(segment.rect(), Qt::AlignCenter, segment.text());
}

void paintSegmentGround(QWidget &group)
{
    const Theme &theme = Theme::shared();
    QPainter painter(&group);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.colour("ground.control"));
    painter.drawRoundedRect(group.rect(), theme.number("radius.control"),
                            theme.number("radius.control"));
}

QSize segmentRowSize(std::span<QAbstractButton *const> segments, const WantedWidth &wanted)
{
    double width = 2 * Theme::shared().number("segment.inset");
    for (const QAbstractButton *segment : segments)
        width += wanted(*segment);
    return {qCeil(width), Theme::shared().px("size.control")};
}

void placeSegments(const QWidget &group, std::span<QAbstractButton *const> segments,
                   const WantedWidth &wanted)
{
    const double inset = Theme::shared().number("segment.inset");
    double sum = 0;
    for (const QAbstractButton *segment : segments)
        sum += wanted(*segment);
    const double spare = (group.width() - 2 * inset - sum) / static_cast<double>(segments.size());
    double left = inset;
    for (QAbstractButton *segment : segments) {
        const double right = left + wanted(*segment) + spare;
        segment->setGeometry(qRound(left), qRound(inset), qRound(right) - qRound(left),
                             group.height() - 2 * qRound(inset));
        left = right;
    }
}

} // namespace widgets
