// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/StartRow.h"

#include "widgets/panels/Buttons.h"
#include "widgets/theme/Focus.h"
#include "widgets/theme/Icons.h"
#include "widgets/theme/Theme.h"
#include "widgets/views/TimeText.h"

#include <QKeyEvent>
#include <QPainter>
#include <QToolButton>

#include <cmath>

namespace widgets {

StartRow::StartRow(Kind kind, QWidget *parent) : QAbstractButton(parent), kind_(kind)
{
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    trackKeyboardFocus(this);
    connect(&Theme::shared(), &Theme::changed, this, [this] { update(); });
    if (kind != Kind::Demo)
        return;
    audition_ = iconButton(this, "play", tr("Listen"));
    connect(audition_, &QToolButton::clicked, this, &StartRow::auditionRequested);
}

void StartRow::setContent(const QString &title, const QString &note, double seconds,
                          const std::vector<float> &shape)
{
    setText(title);
    note_ = note;
    length_ = seconds > 0.0 ? clockText(std::round(seconds)) : QString();
    shape_ = shape;
    switch (kind_) {
    case Kind::Demo:
        setAccessibleName(tr("%1, %2").arg(title, length_));
        break;
    case Kind::Recent:
        setAccessibleName(tr("%1 in %2, %3").arg(title, note, length_));
        setToolTip(note + u'/' + title);
        break;
    case Kind::Session:
        setAccessibleName(title + QStringLiteral(", ") + note);
        setToolTip(note);
        break;
    }
    setAuditioning(false);
    update();
}

void StartRow::setAuditioning(bool on)
{
    if (!audition_)
        return;
    setButtonIcon(audition_, on ? "stop" : "play");
    const QString name = on ? tr("Stop %1").arg(text()) : tr("Listen to %1").arg(text());
    audition_->setAccessibleName(name);
    audition_->setToolTip(name);
}

QSize StartRow::sizeHint() const
{
    const Theme &theme = Theme::shared();
    return {theme.px("size.start_list_compact"), theme.px("size.start_row")};
}

void StartRow::resizeEvent(QResizeEvent *)
{
    if (audition_)
        audition_->move(Theme::shared().px("stroke.wire"), (height() - audition_->height()) / 2);
}

void StartRow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else if (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down)
        focusNextPrevChild(event->key() == Qt::Key_Down);
    else
        QAbstractButton::keyPressEvent(event);
}

QRectF StartRow::shapeRect() const
{
    const Theme &theme = Theme::shared();
    const double right = width() - theme.number("space.scale.x12") - theme.number("space.scale.x4");
    const double inset = theme.number("space.scale.x1");
    return QRectF(right - theme.number("size.start_wave"), inset, theme.number("size.start_wave"),
                  height() - 2 * inset);
}

void StartRow::paintShape(QPainter &painter) const
{
    if (shape_.empty())
        return;
    const Theme &theme = Theme::shared();
    const QRectF place = shapeRect();
    const double pitch = place.width() / static_cast<double>(shape_.size());
    const double thick = std::max(std::round(pitch * 0.5), 1.0);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.colour("wave.source_rms"));
    for (std::size_t i = 0; i < shape_.size(); ++i) {
        const double level = std::clamp(static_cast<double>(shape_[i]), 0.0, 1.0);
        const double height = std::max(level * place.height(), theme.number("stroke.wire"));
        painter.drawRect(QRectF(std::round(place.left() + pitch * static_cast<double>(i)),
                                place.center().y() - height / 2, thick, height));
    }
}

void StartRow::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::shared();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double radius = theme.number("radius.control");
    if (underMouse() || hasKeyboardFocus(this)) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.colour(underMouse() ? "action.selection" : "ground.raised"));
        painter.drawRoundedRect(rect(), radius, radius);
    }
    const double edge = theme.number("space.scale.x2");
    const double mark = theme.number("icons.grid");
    const double left = theme.number("space.scale.x8") + theme.number("space.scale.x1");
    if (kind_ != Kind::Demo)
        paintIcon(painter, QRectF(edge, (height() - mark) / 2, mark, mark),
                  kind_ == Kind::Recent ? "file" : "clock", theme.colour("text.tertiary"));
    painter.setFont(theme.font("value_small"));
    painter.setPen(theme.colour("text.tertiary"));
    painter.drawText(QRectF(0, 0, width() - edge, height()), Qt::AlignRight | Qt::AlignVCenter,
                     length_);
    const double end =
        kind_ == Kind::Demo ? shapeRect().left() - edge : width() - theme.number("space.scale.x12");
    painter.setFont(theme.font("body_medium"));
    const QFontMetricsF metrics(painter.font());
    const QString title = metrics.elidedText(text(), Qt::ElideMiddle, end - left);
    painter.setPen(theme.colour("text.primary"));
    painter.drawText(QRectF(left, 0, end - left, height()), Qt::AlignLeft | Qt::AlignVCenter,
                     title);
    const double x = left + metrics.horizontalAdvance(title) + edge + theme.number("stroke.wire");
    painter.setFont(theme.font("caption"));
    if (!note_.isEmpty() && end - x > theme.number("space.scale.x8")) {
        painter.setPen(theme.colour("text.tertiary"));
        painter.drawText(QRectF(x, 0, end - x, height()), Qt::AlignLeft | Qt::AlignVCenter,
                         QFontMetricsF(painter.font()).elidedText(note_, Qt::ElideRight, end - x));
    }
    paintShape(painter);
    if (hasKeyboardFocus(this))
        paintFocusRing(painter, rect(), radius);
}

} // namespace widgets
