// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/ContactGrid.h"

#include "widgets/theme/Focus.h"
#include "widgets/theme/Icons.h"
#include "widgets/theme/Theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

namespace widgets {

ContactGrid::ContactGrid(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("contact.grid"));
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    trackKeyboardFocus(this);
    connect(&Theme::shared(), &Theme::changed, this, qOverload<>(&QWidget::update));
    describe();
}

void ContactGrid::setGrid(int rows, int columns, const QStringList &across, const QStringList &down)
{
    rows_ = rows;
    columns_ = columns;
    across_ = across;
    down_ = down;
    cells_.assign(static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns), {});
    heard_ = -1;
    if (marked_ >= rows * columns)
        marked_ = -1;
    describe();
    update();
}

void ContactGrid::setCell(int index, const ContactCell &cell)
{
    cells_[static_cast<std::size_t>(index)] = cell;
    if (index == marked_)
        describe();
    update();
}

void ContactGrid::setAxes(const QString &across, const QString &down)
{
    acrossName_ = across;
    downName_ = down;
    update();
}

void ContactGrid::mark(int index)
{
    if (index == marked_)
        return;
    marked_ = index;
    describe();
    update();
    emit markMoved(index);
}

void ContactGrid::setHeard(int index)
{
    heard_ = index;
    update();
}

void ContactGrid::describe()
{
    setAccessibleName(tr("Contact sheet"));
    setAccessibleText(this, QAccessible::Table,
                      marked_ < 0 ? tr("%1 renders").arg(cells_.size())
                                  : cells_[static_cast<std::size_t>(marked_)].words);
}

QRectF ContactGrid::field() const
{
    const Theme &theme = Theme::shared();
    const double line = theme.number("type.scale.caption.line") + theme.number("space.scale.x1");
    const double top = across_.isEmpty() ? 0.0 : 2 * line;
    const double left = down_.isEmpty() ? 0.0 : theme.number("size.contact_axis");
    return QRectF(rect()).adjusted(left, top, 0, 0);
}

QRectF ContactGrid::cellRect(int index) const
{
    const QRectF all = field();
    const double gap = Theme::shared().number("space.gutter");
    const double wide = (all.width() - gap * (columns_ - 1)) / columns_;
    const double high = (all.height() - gap * (rows_ - 1)) / rows_;
    return {all.left() + (index % columns_) * (wide + gap),
            all.top() + static_cast<double>(index / columns_) * (high + gap), wide, high};
}

int ContactGrid::cellAt(QPointF place) const
{
    for (int i = 0; i < rows_ * columns_; ++i) {
        if (cellRect(i).contains(place))
            return i;
    }
    return -1;
}

QSize ContactGrid::minimumSizeHint() const
{
    return {Theme::shared().px("size.sheet"), Theme::shared().px("size.stage_min")};
}

void ContactGrid::paintCell(QPainter &painter, int index) const
{
    const Theme &theme = Theme::shared();
    const ContactCell &cell = cells_[static_cast<std::size_t>(index)];
    const QRectF place = cellRect(index);
    const double caption =
        theme.number("type.scale.caption.line") + 2 * theme.number("space.scale.x1");
    const QRectF picture = place.adjusted(0, 0, 0, -caption);
    const double radius = theme.number("radius.control");
    QPainterPath frame;
    frame.addRoundedRect(place, radius, radius);
    painter.fillPath(frame, theme.colour(index == marked_ ? "ground.control" : "ground.raised"));
    painter.save();
    painter.setClipPath(frame);
    painter.fillRect(picture, theme.colour("ground.plot"));
    if (!cell.picture.isNull()) {
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawImage(picture, cell.picture);
    }
    painter.restore();
    const double side = theme.number("space.scale.x2");
    const QRectF words(place.left() + side, picture.bottom(), place.width() - 2 * side, caption);
    if (cell.state != ContactCell::State::Ready) {
        painter.setFont(theme.font("caption"));
        painter.setPen(theme.colour("text.tertiary"));
        const bool waits = cell.state == ContactCell::State::Waiting;
        painter.drawText(picture, Qt::AlignCenter, waits ? tr("…") : tr("could not be rendered"));
    } else {
        painter.setFont(theme.font("value_small"));
        painter.setPen(theme.colour("text.primary"));
        painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter, cell.inKey);
        painter.setPen(theme.colour("text.secondary"));
        painter.drawText(words, Qt::AlignRight | Qt::AlignVCenter, cell.loudness);
    }
    if (!cell.value.isEmpty()) {
        painter.setFont(theme.font("value_small"));
        painter.setPen(theme.colour("text.primary"));
        painter.drawText(words, Qt::AlignHCenter | Qt::AlignVCenter, cell.value);
    }
    if (index == heard_) {
        const double icon = theme.number("icons.grid");
        const QRectF badge(place.right() - icon - side, place.top() + side, icon, icon);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.colour("action.primary"));
        const double rim = theme.number("space.scale.x1");
        painter.drawEllipse(badge.adjusted(-rim, -rim, rim, rim));
        paintIcon(painter, badge, "headphones", theme.colour("text.on_action"));
    }
    if (index == marked_ || cell.isNow) {
        const double width = theme.number("focus.width");
        QPen pen(theme.colour(index == marked_ ? (hasKeyboardFocus(this) ? "action.focus"
                                                                         : "action.primary")
                                               : "line.control_edge"),
                 width);
        if (index != marked_)
            pen.setStyle(Qt::DashLine);
        painter.setPen(pen);
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(place.adjusted(width / 2, width / 2, -width / 2, -width / 2),
                                radius, radius);
    }
}

void ContactGrid::paintEdges(QPainter &painter) const
{
    const Theme &theme = Theme::shared();
    const double line = theme.number("type.scale.caption.line");
    const QRectF all = field();
    const auto write = [&](const QRectF &place, int align, const QString &text, bool strong) {
        painter.setFont(theme.font(strong ? "caption" : "value_small"));
        painter.setPen(theme.colour(strong ? "text.tertiary" : "text.secondary"));
        painter.drawText(place, align,
                         painter.fontMetrics().elidedText(text, Qt::ElideRight,
                                                          qFloor(place.width())));
    };
    if (!across_.isEmpty()) {
        write({all.left(), 0, all.width(), line}, Qt::AlignLeft | Qt::AlignVCenter,
              tr("%1 →").arg(acrossName_), true);
        for (int i = 0; i < columns_; ++i) {
            const QRectF cell = cellRect(i);
            write({cell.left(), line + theme.number("space.scale.x1"), cell.width(), line},
                  Qt::AlignHCenter | Qt::AlignVCenter, across_.value(i), false);
        }
    }
    if (!down_.isEmpty()) {
        const double room = theme.number("size.contact_axis") - theme.number("space.scale.x2");
        write({0, line + theme.number("space.scale.x1"), room, line},
              Qt::AlignRight | Qt::AlignVCenter, tr("%1 ↓").arg(downName_), true);
        for (int i = 0; i < rows_; ++i) {
            const QRectF cell = cellRect(i * columns_);
            write({0, cell.top(), room, cell.height()}, Qt::AlignRight | Qt::AlignVCenter,
                  down_.value(i), false);
        }
    }
}

void ContactGrid::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintEdges(painter);
    for (int i = 0; i < rows_ * columns_; ++i)
        paintCell(painter, i);
}

void ContactGrid::mouseMoveEvent(QMouseEvent *event)
{
    if (const int at = cellAt(event->position()); at >= 0)
        mark(at);
}

void ContactGrid::mouseReleaseEvent(QMouseEvent *event)
{
    const int at = cellAt(event->position());
    if (event->button() == Qt::LeftButton && at >= 0)
        emit taken(at);
}

void ContactGrid::keyPressEvent(QKeyEvent *event)
{
    const int at = std::max(marked_, 0);
    const int row = at / columns_;
    const int column = at % columns_;
    const auto go = [&](int toRow, int toColumn) {
        mark(marked_ < 0 ? 0
                         : std::clamp(toRow, 0, rows_ - 1) * columns_ +
                               std::clamp(toColumn, 0, columns_ - 1));
    };
    switch (event->key()) {
    case Qt::Key_Left:
        return go(row, column - 1);
    case Qt::Key_Right:
        return go(row, column + 1);
    case Qt::Key_Up:
        return go(row - 1, column);
    case Qt::Key_Down:
        return go(row + 1, column);
    case Qt::Key_Space:
        if (marked_ < 0)
            mark(0);
        emit hearRequested(marked_);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (marked_ >= 0)
            emit taken(marked_);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

bool ContactGrid::event(QEvent *event)
{
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut)
        update();
    return QWidget::event(event);
}

} // namespace widgets
