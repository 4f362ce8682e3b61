// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/views/PaneTitle.h"

#include "widgets/theme/Focus.h"
#include "widgets/theme/Icons.h"
#include "widgets/theme/Theme.h"

#include <QKeyEvent>
#include <QPainter>

namespace widgets {

namespace {

/// From the left edge to the words.
double wordsAt()
{
    const Theme &theme = Theme::shared();
    return theme.number("space.scale.x1") + 2 * theme.number("card.dot");
}

/// For the chevron and the air around it.
double chevronRoom()
{
    const Theme &theme = Theme::shared();
    return theme.number("space.scale.x3") + theme.number("space.scale.x2") +
           theme.number("space.scale.x1");
}

} // namespace

PaneTitle::PaneTitle(QWidget *parent, Kind kind) : QAbstractButton(parent), kind_(kind)
{
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setFixedHeight(Theme::shared().px("size.pane_head"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setToolTip(tr("Which sound this pane shows"));
    trackKeyboardFocus(this);
    connect(this, &QAbstractButton::clicked, this,
            [this] { emit menuRequested(mapToGlobal(rect().bottomLeft())); });
    connect(&Theme::shared(), &Theme::changed, this, [this] { update(); });
}

void PaneTitle::setTitle(const QString &title, const char *stageToken)
{
    setText(title);
    stage_ = stageToken;
    //: %1: which sound, "After Distortion"
    setAccessibleName(tr("Pane: %1").arg(title));
    updateGeometry();
    update();
}

void PaneTitle::setWords(const QString &words)
{
    words_ = words;
    update();
}

void PaneTitle::setActive(bool active)
{
    active_ = active;
    update();
}

QSize PaneTitle::sizeHint() const
{
    const QFontMetricsF metrics(Theme::shared().font(fontToken()));
    return {qCeil(wordsAt() + metrics.horizontalAdvance(text()) + chevronRoom()), height()};
}

QSize PaneTitle::minimumSizeHint() const
{
    return {qCeil(wordsAt() + chevronRoom()), height()};
}

void PaneTitle::keyPressEvent(QKeyEvent *event)
{
    const bool opens = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter ||
                       event->key() == Qt::Key_Down;
    if (opens)
        click();
    else
        QAbstractButton::keyPressEvent(event);
}

void PaneTitle::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::shared();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const double radius = theme.number("radius.control");
    if (underMouse() || isDown()) {
        painter.setBrush(theme.colour("ground.control"));
        painter.drawRoundedRect(rect(), radius, radius);
    }
    const double dot = theme.number("card.dot");
    painter.setBrush(theme.colour(stage_.constData()));
    painter.drawEllipse(QRectF(theme.number("space.scale.x1"), (height() - dot) / 2.0, dot, dot));
    const bool heading = kind_ == Kind::Heading;
    const QColor ink = theme.colour(!words_.isEmpty()    ? "text.secondary"
                                    : active_ || heading ? "text.primary"
                                                         : "text.tertiary");
    painter.setFont(theme.font(fontToken()));
    painter.setPen(ink);
    const QFontMetricsF metrics(painter.font());
    const double room = std::max(width() - wordsAt() - chevronRoom(), 0.0);
    const QString words =
        metrics.elidedText(words_.isEmpty() ? text() : words_, Qt::ElideRight, room);
    painter.drawText(QRectF(wordsAt(), 0, room, height()), Qt::AlignLeft | Qt::AlignVCenter, words);
    const double advance = metrics.horizontalAdvance(words);
    const double chevron = theme.number("space.scale.x3");
    paintIcon(painter,
              QRectF(wordsAt() + advance + theme.number("space.scale.x1"),
                     (height() - chevron) / 2.0, chevron, chevron),
              "chevron-down", heading ? theme.colour("text.tertiary") : ink);
    if (active_ && !heading) {
        const double line = theme.number("stroke.wire");
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.colour("action.primary"));
        painter.drawRoundedRect(QRectF(wordsAt(), height() - line, advance, line), line / 2,
                                line / 2);
    }
    if (hasKeyboardFocus(this))
        paintFocusRing(painter, rect(), radius);
}

} // namespace widgets
