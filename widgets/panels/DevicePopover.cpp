// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/DevicePopover.h"

#include "widgets/theme/Icons.h"
#include "widgets/theme/Theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPainterPath>
#include <QPushButton>
#include <QToolButton>

namespace widgets {

DevicePopover::DevicePopover(QWidget *parent) : QFrame(parent)
{
    setObjectName(QStringLiteral("devicePopover"));
    setAttribute(Qt::WA_TranslucentBackground);
    setFixedWidth(Theme::shared().px("size.popover"));
}

void DevicePopover::setNotice(const DeviceNotice &notice)
{
    const Theme &theme = Theme::shared();
    delete layout();
    qDeleteAll(findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly));
    setAccessibleName(notice.title);
    const int gap = theme.px("space.scale.x2");
    auto *picture = new QLabel(this);
    picture->setPixmap(iconPixmap("warning", theme.px("icons.grid"), theme.colour("status.warn"),
                                  devicePixelRatioF()));
    auto *title = new QLabel(notice.title, this);
    title->setFont(theme.font("heading_small"));
    QToolButton *closer = iconButton(this, "close", tr("Close"));
    connect(closer, &QToolButton::clicked, this, &QWidget::close);
    auto *text = new QLabel(notice.text, this);
    text->setWordWrap(true);
    text->setFont(theme.font("label_plain"));
    text->setStyleSheet(QStringLiteral("color: %1").arg(theme.colour("text.secondary").name()));
    auto *head = new QHBoxLayout;
    head->setSpacing(gap);
    head->addWidget(picture);
    head->addWidget(title, 1);
    head->addWidget(closer);
    auto *actions = new QHBoxLayout;
    actions->setSpacing(gap);
    for (const PanelAction &action : notice.actions) {
        QPushButton *button = textButton(this, action.label, action.primary);
        connect(button, &QPushButton::clicked, this, [this, id = action.id] {
            close();
            emit actionTriggered(id);
        });
        actions->addWidget(button);
    }
    actions->addStretch(1);
    auto *column = new QVBoxLayout(this);
    const int side = theme.px("space.scale.x4");
    column->setContentsMargins(side, gap, gap, side + gap); // the tip is below
    column->setSpacing(gap);
    column->addLayout(head);
    column->addWidget(text);
    column->addLayout(actions);
    adjustSize();
}

void DevicePopover::openAbove(const QWidget *anchor)
{
    // A part of the window and no window of its own: it takes neither keys nor clicks beside it.
    setParent(anchor->window());
    adjustSize();
    const QRect place(anchor->mapTo(anchor->window(), QPoint(0, 0)), anchor->size());
    const int left = std::max(0, place.right() - width() + 1);
    tipX_ = place.center().x() - left;
    move(left, place.top() - height() - Theme::shared().px("space.scale.x1"));
    show();
    raise();
}

void DevicePopover::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::shared();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double tip = theme.number("space.scale.x2");
    const double line = theme.number("stroke.hairline");
    const QRectF card = QRectF(rect()).adjusted(line / 2, line / 2, -line / 2, -tip - line / 2);
    QPainterPath path;
    path.addRoundedRect(card, theme.number("radius.card"), theme.number("radius.card"));
    QPolygonF point;
    point << QPointF(tipX_ - tip, card.bottom() - line) << QPointF(tipX_, card.bottom() + tip)
          << QPointF(tipX_ + tip, card.bottom() - line);
    QPainterPath arrow;
    arrow.addPolygon(point);
    arrow.closeSubpath();
    painter.setPen(QPen(theme.colour("line.strong"), line));
    painter.setBrush(theme.colour("ground.overlay"));
    painter.drawPath(path.united(arrow));
}

} // namespace widgets
