// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/controls/KnobAccessible.h"

#include "widgets/controls/Knob.h"
#include "widgets/controls/ParameterPresentation.h"

#include <QAccessible>
#include <QAccessibleWidget>

#include <cmath>

namespace widgets {

namespace {

class KnobInterface final : public QAccessibleWidget, public QAccessibleValueInterface {
public:
    explicit KnobInterface(Knob *knob) : QAccessibleWidget(knob, QAccessible::Dial) {}

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        if (type == QAccessible::ValueInterface)
            return static_cast<QAccessibleValueInterface *>(this);
        return QAccessibleWidget::interface_cast(type);
    }
    QString text(QAccessible::Text kind) const override
    {
        return kind == QAccessible::Value ? spokenValue(knob().info(), knob().shownParameter())
                                          : QAccessibleWidget::text(kind);
    }
    QVariant currentValue() const override { return knob().shownParameter(); }
    void setCurrentValue(const QVariant &value) override
    {
        knob().choose(value.toDouble(), Edit::Set);
    }
    QVariant maximumValue() const override { return knob().info().maximum; }
    QVariant minimumValue() const override { return knob().info().minimum; }
    QVariant minimumStepSize() const override { return std::pow(10.0, -knob().info().decimals); }

private:
    Knob &knob() const { return *static_cast<Knob *>(widget()); }
};

QAccessibleInterface *makeInterface(const QString &, QObject *object)
{
    auto *knob = qobject_cast<Knob *>(object);
    return knob ? new KnobInterface(knob) : nullptr;
}

} // namespace

void installKnobAccessibility()
{
    [[maybe_unused]] static const bool once = (QAccessible::installFactory(makeInterface), true);
}

void announceKnobValue(Knob *knob)
{
    if (!QAccessible::isActive())
        return;
    QAccessibleValueChangeEvent event(knob, knob->shownParameter());
    QAccessible::updateAccessibility(&event);
}

} // namespace widgets
