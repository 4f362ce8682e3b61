// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/controls/ReadoutLine.h"

#include "widgets/theme/Theme.h"

#include <QPainter>

namespace widgets {

ReadoutLine::ReadoutLine(const QString &label, QWidget *parent)
    : QWidget(parent), label_(label), shortLabel_(label)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setValue({});
    connect(&Theme::shared(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void ReadoutLine::setShortLabel(const QString &label)
{
    shortLabel_ = label;
    update();
}

void ReadoutLine::setTight(bool tight)
{
    tight_ = tight;
    update();
}

void ReadoutLine::setValue(const QString &value)
{
    if (value == value_ && !accessibleName().isEmpty())
        return;
    value_ = value;
    //: A read-out for screen readers: what it is, and its value.
    setAccessibleName(value.isEmpty() ? tr("%1: none").arg(label_)
                                      : tr("%1: %2").arg(label_, value));
    update();
}

void ReadoutLine::paintEvent(QPaintEvent *)
{
    if (tight_ && value_.isEmpty())
        return;
    const Theme &theme = Theme::shared();
    QPainter painter(this);
    const QFontMetricsF numbers(theme.font("value_small"));
    const QFontMetricsF words(theme.font("caption"));
    const QString value = value_.isEmpty() ? QStringLiteral("\u2013") : value_;
    const double valueWidth = numbers.horizontalAdvance(value);
    const double gap = theme.number("space.scale.x2");
    const double room = width() - valueWidth - gap;
    QString label = words.horizontalAdvance(label_) <= room ? label_ : shortLabel_;
    label = words.elidedText(label, Qt::ElideRight, room);
    const double middle = height() / 2.0;
    painter.setFont(theme.font("caption"));
    painter.setPen(theme.colour("text.tertiary"));
    const double left = tight_ ? room - words.horizontalAdvance(label) : 0.0;
    painter.drawText(QPointF(left, middle + words.capHeight() / 2), label);
    painter.setFont(theme.font("value_small"));
    painter.setPen(theme.colour("text.secondary"));
    painter.drawText(QPointF(width() - valueWidth, middle + numbers.capHeight() / 2), value);
}

} // namespace widgets
