// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/Focus.h"

#include "widgets/theme/Theme.h"

#include <QAccessibleWidget>
#include <QEvent>
#include <QFocusEvent>
#include <QPainter>
#include <QStyle>
#include <QVariant>
#include <QWidget>

namespace widgets {

namespace {

constexpr char focusProperty[] = "keyboardFocus";
constexpr char roleProperty[] = "accessibleRole";
constexpr char valueProperty[] = "accessibleValue";

class FocusTracker final : public QObject {
public:
    using QObject::QObject;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) {
            const bool keyboard = event->type() == QEvent::FocusIn &&
                                  isFromKeyboard(static_cast<QFocusEvent *>(event)->reason());
            auto *widget = static_cast<QWidget *>(watched);
            if (widget->property(focusProperty).toBool() != keyboard) {
                widget->setProperty(focusProperty, keyboard);
                widget->style()->unpolish(widget);
                widget->style()->polish(widget);
                widget->update();
            }
        }
        return false;
    }
};

class ValueInterface final : public QAccessibleWidget {
public:
    using QAccessibleWidget::QAccessibleWidget;
    QAccessible::Role role() const override
    {
        return static_cast<QAccessible::Role>(widget()->property(roleProperty).toInt());
    }
    QString text(QAccessible::Text kind) const override
    {
        return kind == QAccessible::Value ? widget()->property(valueProperty).toString()
                                          : QAccessibleWidget::text(kind);
    }
};

QAccessibleInterface *valueInterface(const QString &, QObject *object)
{
    if (object && object->isWidgetType() && object->property(roleProperty).isValid())
        return new ValueInterface(static_cast<QWidget *>(object));
    return nullptr;
}

} // namespace

bool isFromKeyboard(Qt::FocusReason reason)
{
    return reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason ||
           reason == Qt::ShortcutFocusReason;
}

void trackKeyboardFocus(QWidget *widget)
{
    widget->installEventFilter(new FocusTracker(widget));
}

bool hasKeyboardFocus(const QWidget *widget)
{
    return widget->hasFocus() && widget->property(focusProperty).toBool();
}

void paintFocusRing(QPainter &painter, const QRectF &place, double radius)
{
    const Theme &theme = Theme::shared();
    const double width = theme.number("focus.width");
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.colour("action.focus"), width));
    painter.setBrush(Qt::NoBrush);
    const QRectF line = place.adjusted(width / 2, width / 2, -width / 2, -width / 2);
    const double corner = std::min(radius, line.height() / 2);
    painter.drawRoundedRect(line, corner, corner);
    painter.restore();
}

void setAccessibleText(QWidget *widget, QAccessible::Role role, const QString &value)
{
    [[maybe_unused]] static const bool installed =
        (QAccessible::installFactory(valueInterface), true);
    const bool first = !widget->property(roleProperty).isValid();
    widget->setProperty(roleProperty, static_cast<int>(role));
    if (first) { // an interface made before now would be the plain one
        QAccessibleInterface *made = QAccessible::queryAccessibleInterface(widget);
        if (made && made->role() != role)
            QAccessible::deleteAccessibleInterface(QAccessible::uniqueId(made));
    }
    if (widget->property(valueProperty).toString() == value)
        return;
    widget->setProperty(valueProperty, value);
    QAccessibleValueChangeEvent event(widget, value);
    QAccessible::updateAccessibility(&event);
}

} // namespace widgets
