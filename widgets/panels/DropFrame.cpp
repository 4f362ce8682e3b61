// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/DropFrame.h"

#include "widgets/theme/Icons.h"
#include "widgets/theme/Theme.h"

#include <QEvent>
#include <QPainter>

namespace widgets {

DropFrame::DropFrame(QWidget *window) : QWidget(window)
{
    setObjectName(QStringLiteral("dropFrame"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    window->installEventFilter(this);
    hide();
}

void DropFrame::showFor(const QStringList &names)
{
    accepts_ = !names.isEmpty();
    text_ = names.isEmpty() ? tr("Only audio files can be opened")
            : names.size() > 1
                ? tr("Open the first of %n files", nullptr, static_cast<int>(names.size()))
                : tr("Open %1").arg(names.first());
    setAccessibleName(text_);
    setGeometry(parentWidget()->rect());
    raise();
    show();
    update();
}

bool DropFrame::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize)
        setGeometry(parentWidget()->rect());
    return QWidget::eventFilter(watched, event);
}

void DropFrame::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::shared();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), theme.colour("ground.scrim"));
    const double line = theme.number("focus.width");
    const QColor edge = theme.colour(accepts_ ? "action.focus" : "status.warn");
    painter.setPen(QPen(edge, line));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(QRectF(rect()).adjusted(line / 2, line / 2, -line / 2, -line / 2));

    painter.setFont(theme.font("title"));
    const QFontMetricsF metrics(painter.font());
    const double gap = theme.number("space.scale.x3");
    const double picture = theme.number("space.scale.x6");
    const double padding = theme.number("space.scale.x6");
    const double room = width() - 2 * padding - 2 * gap;
    const QString shown =
        metrics.elidedText(text_, Qt::ElideMiddle, std::max(room - picture - gap, 1.0));
    const double textWidth = metrics.horizontalAdvance(shown);
    QRectF chip(0, 0, textWidth + picture + gap + 2 * padding,
                theme.number("space.scale.x12") + gap);
    chip.moveCenter(QRectF(rect()).center());
    painter.setPen(QPen(theme.colour("line.strong"), theme.number("stroke.hairline")));
    painter.setBrush(theme.colour("ground.overlay"));
    painter.drawRoundedRect(chip, theme.number("radius.card"), theme.number("radius.card"));
    paintIcon(painter,
              QRectF(chip.left() + padding, chip.center().y() - picture / 2, picture, picture),
              accepts_ ? "file" : "warning", edge);
    painter.setPen(theme.colour("text.primary"));
    painter.drawText(chip.adjusted(padding + picture + gap, 0, 0, 0),
                     Qt::AlignLeft | Qt::AlignVCenter, shown);
}

} // namespace widgets
