// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/controls/IconButton.h"

#include "widgets/controls/FocusRing.h"
#include "widgets/theme/Icons.h"
#include "widgets/theme/Theme.h"

#include <QKeyEvent>
#include <QPainter>

namespace widgets {

IconButton::IconButton(const char *icon, const QString &word, QWidget *parent)
    : QAbstractButton(parent), icon_(icon)
{
    setText(word);
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    connect(&Theme::shared(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

QSize IconButton::sizeHint() const
{
    const Theme &theme = Theme::shared();
    if (text().isEmpty())
        return {theme.px("size.target_min"), theme.px("size.target_min")};
    const QFontMetricsF metrics(theme.font("label"));
    const double pad = theme.number("button.padding");
    const double words = theme.number("choice.icon") + theme.number("button.gap") +
                         metrics.horizontalAdvance(text());
    return {qRound(words + 2 * pad), theme.px("card.open_height")};
}

void IconButton::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::shared();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool lit = underMouse() || isDown();
    const bool alone = text().isEmpty();
    if (lit || !alone) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.colour(lit && !alone ? "ground.control_hover" : "ground.control"));
        painter.drawRoundedRect(rect(), theme.number("radius.control"),
                                theme.number("radius.control"));
    }
    const double icon = theme.number("choice.icon");
    const double x = alone ? (width() - icon) / 2 : theme.number("button.padding");
    const QColor ink = theme.colour(!isEnabled() ? "text.disabled"
                                    : alone      ? lit ? "text.primary" : "text.tertiary"
                                                 : "text.primary");
    paintIcon(painter, QRectF(x, (height() - icon) / 2, icon, icon), icon_, ink);
    if (alone)
        return;
    const double left = x + icon + theme.number("button.gap");
    painter.setFont(theme.font("label"));
    painter.setPen(ink);
    painter.drawText(QRectF(left, 0, width() - left, height()), Qt::AlignVCenter | Qt::AlignLeft,
                     text());
}

void IconButton::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else
        QAbstractButton::keyPressEvent(event);
}

void IconButton::focusInEvent(QFocusEvent *event)
{
    QAbstractButton::focusInEvent(event);
    FocusRing::enter(this, parentWidget(), event,
                     FocusRing::around(rect(), Theme::shared().number("radius.control")));
}

} // namespace widgets
