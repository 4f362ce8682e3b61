// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/controls/ChoiceBox.h"

#include "widgets/controls/FocusRing.h"
#include "widgets/controls/ParameterPresentation.h"
#include "widgets/theme/Icons.h"
#include "widgets/theme/Theme.h"

#include <QAbstractItemView>
#include <QKeyEvent>
#include <QPainter>
#include <QScopedValueRollback>
#include <QWheelEvent>

namespace widgets {

ChoiceBox::ChoiceBox(const engine::pipeline::ParameterInfo &info, QWidget *parent)
    : QComboBox(parent), ParameterControl(info.id)
{
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    for (int i = 0; i < static_cast<int>(info.choices.size()); ++i)
        addItem(choiceLabel(info, i));
    setMaxVisibleItems(count());
    setCurrentIndex(static_cast<int>(info.defaultValue()));
    //: Name of a control for screen readers: what is chosen, and the stage it belongs to.
    setAccessibleName(tr("%1, %2").arg(parameterLabel(info), stageName(info.stage)));
    describe();
    connect(this, &QComboBox::activated, this,
            [this](int index) { emit edited(parameter(), index, how_); });
    connect(&Theme::shared(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void ChoiceBox::describe()
{
    setToolTip(parameterHelp(info()) + (locked_ ? u'\n' + lockedText() : QString()));
    setAccessibleDescription(toolTip());
}

void ChoiceBox::showLocked(bool locked)
{
    locked_ = locked;
    describe();
    update();
}

void ChoiceBox::setWords(const QStringList &words)
{
    for (int i = 0; i < count(); ++i)
        setItemText(i, words.value(i));
}

void ChoiceBox::setShortWords(const QStringList &words)
{
    shortWords_ = words;
    update();
}

void ChoiceBox::wheelEvent(QWheelEvent *event)
{
    const QScopedValueRollback nudging(how_, run_.next(*event));
    QComboBox::wheelEvent(event);
}

void ChoiceBox::keyPressEvent(QKeyEvent *event)
{
    const QScopedValueRollback nudging(how_, run_.next(*event));
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        showPopup();
    else if (event->key() == Qt::Key_Delete)
        emit edited(parameter(), info().defaultValue(), Edit::Set);
    else
        QComboBox::keyPressEvent(event);
}

void ChoiceBox::showPopup()
{
    const Theme &theme = Theme::shared();
    const QFontMetricsF metrics(view()->font());
    double widest = width();
    for (int i = 0; i < count(); ++i)
        widest = std::max(widest, metrics.horizontalAdvance(itemText(i)) +
                                      2 * theme.number("space.scale.x6"));
    view()->setMinimumWidth(qCeil(widest));
    QComboBox::showPopup();
}

void ChoiceBox::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::shared();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(
        theme.colour(underMouse() && isEnabled() ? "ground.control_hover" : "ground.control"));
    painter.drawRoundedRect(rect(), theme.number("radius.control"), theme.number("radius.control"));
    const double icon = theme.number("choice.icon");
    const double right = width() - theme.number("choice.icon_right");
    paintIcon(painter, QRectF(right - icon / 2, (height() - icon) / 2, icon, icon),
              locked_ ? "lock" : "chevron-down",
              theme.colour(locked_ ? "text.primary" : "text.tertiary"));
    const QRectF room = textRoom();
    painter.setFont(theme.font("label"));
    painter.setPen(theme.colour(isEnabled() ? "text.primary" : "text.disabled"));
    painter.drawText(
        room, Qt::AlignVCenter | Qt::AlignLeft,
        QFontMetricsF(painter.font()).elidedText(fittingWords(), Qt::ElideRight, room.width()));
}

QRectF ChoiceBox::textRoom() const
{
    const Theme &theme = Theme::shared();
    const double left = theme.number("choice.padding");
    return {left, 0, width() - theme.number("choice.text_end") - left, double(height())};
}

QString ChoiceBox::fittingWords() const
{
    const QFontMetricsF metrics(Theme::shared().font("label"));
    return metrics.horizontalAdvance(currentText()) <= textRoom().width()
               ? currentText()
               : shortWords_.value(currentIndex(), currentText());
}

bool ChoiceBox::isElided() const
{
    const QFontMetricsF metrics(Theme::shared().font("label"));
    return metrics.horizontalAdvance(fittingWords()) > textRoom().width();
}

void ChoiceBox::focusInEvent(QFocusEvent *event)
{
    QComboBox::focusInEvent(event);
    FocusRing::enter(this, parentWidget(), event,
                     FocusRing::around(rect(), Theme::shared().number("radius.control")));
}

} // namespace widgets
