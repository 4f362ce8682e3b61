// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/controls/Knob.h"

#include "engine/pipeline/ParameterText.h"
#include "widgets/controls/FocusRing.h"
#include "widgets/controls/KnobAccessible.h"
#include "widgets/controls/ParameterPresentation.h"
#include "widgets/controls/ValueEditor.h"
#include "widgets/theme/Theme.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QWheelEvent>

#include <cmath>

namespace widgets {

using engine::pipeline::knobPosition;
using engine::pipeline::valueAtKnob;

namespace {

/// Where the pointer can be held in place while it drags. The offscreen platform has none.
bool canPinPointer()
{
    return QGuiApplication::platformName() != u"offscreen";
}

bool isFine(Qt::KeyboardModifiers modifiers)
{
    return modifiers.testAnyFlags(Qt::ControlModifier | Qt::ShiftModifier);
}

} // namespace

Knob::Knob(const engine::pipeline::ParameterInfo &info, Size size, QWidget *parent)
    : QAbstractSlider(parent), ParameterControl(info.id), size_(size),
      parameterValue_(info.defaultValue())
{
    installKnobAccessibility();
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    const double steps = std::pow(10.0, info.decimals);
    setRange(qRound(info.minimum * steps), qRound(info.maximum * steps));
    //: Name of a control for screen readers: what it sets, and the stage it belongs to.
    setAccessibleName(tr("%1, %2").arg(parameterLabel(info), stageName(info.stage)));
    describe();
    connect(&Theme::shared(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void Knob::describe()
{
    //: Tooltip of a knob. %1: what it does, %2: a value such as "1.0×".
    setToolTip(tr("%1.\nDefault %2. Double-click to reset.")
                   .arg(parameterHelp(info()), shownValueWithUnit(info(), info().defaultValue())) +
               (locked_ ? u'\n' + lockedText() : QString()));
    setAccessibleDescription(toolTip());
}

void Knob::showValue(double value)
{
    value = std::clamp(value, info().minimum, info().maximum);
    if (value == parameterValue_)
        return;
    parameterValue_ = value;
    setSliderPosition(qRound(value * std::pow(10.0, info().decimals)));
    announceKnobValue(this);
    update();
}

void Knob::showOther(std::optional<double> value)
{
    other_ = value;
    update();
}

void Knob::showLocked(bool locked)
{
    if (locked == locked_)
        return;
    locked_ = locked;
    describe();
    update();
}

void Knob::setCompact(bool compact)
{
    compact_ = compact;
    updateGeometry();
    update();
}

void Knob::setDim(bool dim)
{
    dim_ = dim;
    update();
}

QString Knob::valueText() const
{
    return shownValueWithUnit(info(), parameterValue_);
}

void Knob::choose(double value, widgets::Edit edit)
{
    showValue(value);
    emit edited(parameter(), parameterValue_, edit);
}

// The raw travel of a bipolar knob is longer than its range by a detent at zero.

double Knob::travelOf(double position) const
{
    if (info().curve != engine::pipeline::Curve::Bipolar || position == 0.5)
        return position;
    const double half = Theme::shared().number("knob.drag.detent_px") /
                        Theme::shared().number("knob.drag.px_full_range") / 2;
    return position < 0.5 ? position - half : position + half;
}

double Knob::positionOf(double travel) const
{
    if (info().curve != engine::pipeline::Curve::Bipolar)
        return travel;
    const double half = Theme::shared().number("knob.drag.detent_px") /
                        Theme::shared().number("knob.drag.px_full_range") / 2;
    if (std::abs(travel - 0.5) <= half)
        return 0.5;
    return travel < 0.5 ? travel + half : travel - half;
}

void Knob::moveTravel(double pixels, bool fine)
{
    const char *range = fine ? "knob.drag.px_full_range_fine" : "knob.drag.px_full_range";
    travel_ =
        std::clamp(travel_ + pixels / Theme::shared().number(range), travelOf(0.0), travelOf(1.0));
    const double value = roundedValue(info(), valueAtKnob(info(), positionOf(travel_)), fine);
    if (value != parameterValue_)
        choose(value, Edit::Moving);
}

void Knob::nudge(double fraction, bool fine, const QInputEvent &event)
{
    const Edit edit = run_.next(event);
    const double position = knobPosition(info(), parameterValue_) + fraction;
    const double value = roundedValue(info(), valueAtKnob(info(), position), fine);
    if (value != parameterValue_)
        choose(value, edit);
}

void Knob::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton) {
        event->ignore();
        return;
    }
    dragging_ = true;
    travel_ = travelOf(knobPosition(info(), parameterValue_));
    anchor_ = last_ = event->globalPosition().toPoint();
    setCursor(Qt::BlankCursor);
}

void Knob::mouseMoveEvent(QMouseEvent *event)
{
    if (!dragging_)
        return;
    const QPoint at = event->globalPosition().toPoint();
    const QPoint moved = at - last_;
    last_ = at;
    if (moved.isNull())
        return;
    moveTravel(moved.x() - moved.y(), isFine(event->modifiers()));
    if (canPinPointer()) {
        QCursor::setPos(anchor_);
        last_ = QCursor::pos(); // unchanged where the system lets nobody move the pointer
    }
}

void Knob::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !dragging_)
        return;
    dragging_ = false;
    unsetCursor();
    emit edited(parameter(), parameterValue_, Edit::Ended);
}

void Knob::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        choose(info().defaultValue(), Edit::Set);
}

void Knob::wheelEvent(QWheelEvent *event)
{
    const bool fine = isFine(event->modifiers());
    const QPoint turn = event->angleDelta();
    wheelRest_ += (turn.y() != 0 ? turn.y() : turn.x()) / double(QWheelEvent::DefaultDeltasPerStep);
    const double notches = std::trunc(wheelRest_);
    wheelRest_ -= notches;
    if (notches != 0.0)
        nudge(notches * Theme::shared().number(fine ? "knob.drag.wheel_step_fine"
                                                    : "knob.drag.wheel_step_fraction"),
              fine, *event);
    event->accept();
}

bool Knob::actOn(const QKeyEvent *event, bool really)
{
    const Theme &theme = Theme::shared();
    const bool shift = event->modifiers().testFlag(Qt::ShiftModifier);
    const auto step = [&](double sign, const char *size, bool fine) {
        if (really)
            nudge(sign * theme.number(size), fine, *event);
        return true;
    };
    const auto set = [&](double value) {
        if (really)
            choose(value, Edit::Set);
        return true;
    };
    const char *one = shift ? "knob.drag.wheel_step_fine" : "knob.drag.key_step";
    if (event->modifiers().testAnyFlags(Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier))
        return false;
    switch (event->key()) {
    case Qt::Key_Up:
    case Qt::Key_Right:
        return step(1, one, shift);
    case Qt::Key_Down:
    case Qt::Key_Left:
        return step(-1, one, shift);
    case Qt::Key_PageUp:
        return step(1, "knob.drag.key_page", false);
    case Qt::Key_PageDown:
        return step(-1, "knob.drag.key_page", false);
    case Qt::Key_Home:
        return set(info().minimum);
    case Qt::Key_End:
        return set(info().maximum);
    case Qt::Key_Delete:
        return set(info().defaultValue());
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_F2:
        if (really)
            openEditor();
        return true;
    default:
        break;
    }
    return typeOn(event->text(), really);
}

bool Knob::typeOn(const QString &typed, bool really)
{
    static const QString openers = QStringLiteral("0123456789-+.,\u2212");
    if (typed.size() != 1 || !openers.contains(typed))
        return false;
    if (really)
        openEditor(typed);
    return true;
}

void Knob::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy))
        copy();
    else if (event->matches(QKeySequence::Paste))
        paste();
    else if (!actOn(event, true))
        event->ignore();
}

bool Knob::event(QEvent *event)
{
    // While the knob has the focus its keys are its own, not the window's shortcuts.
    if (event->type() == QEvent::ShortcutOverride) {
        auto *key = static_cast<QKeyEvent *>(event);
        if (actOn(key, false) || key->matches(QKeySequence::Copy) ||
            key->matches(QKeySequence::Paste)) {
            key->accept();
            return true;
        }
    }
    if (event->type() == QEvent::HoverEnter || event->type() == QEvent::HoverLeave) {
        hovered_ = event->type() == QEvent::HoverEnter;
        update();
    }
    return QAbstractSlider::event(event);
}

void Knob::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LocaleChange || event->type() == QEvent::LanguageChange) {
        describe();
        update();
    }
    QAbstractSlider::changeEvent(event);
}

void Knob::copy() const
{
    QGuiApplication::clipboard()->setText(valueText());
}

void Knob::paste()
{
    const auto value = parseShown(info(), QGuiApplication::clipboard()->text());
    if (value)
        choose(*value, Edit::Set);
}

void Knob::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Enter value…"), this, [this] { openEditor(); });
    menu->addAction(tr("Reset to default"), this,
                    [this] { choose(info().defaultValue(), Edit::Set); });
    if (other_) {
        //: The settings are kept in two slots, A and B.
        menu->addAction(tr("Copy value from the other slot"), this,
                        [this, value = *other_] { choose(value, Edit::Set); });
    }
    QAction *lock = menu->addAction(locked_ ? tr("Unlock") : tr("Lock"), this,
                                    [this] { emit lockRequested(parameter(), !locked_); });
    lock->setObjectName(QStringLiteral("lock"));
    menu->addSeparator();
    menu->addAction(tr("Copy"), this, [this] { copy(); });
    QAction *pasteAction = menu->addAction(tr("Paste"), this, [this] { paste(); });
    pasteAction->setEnabled(parseShown(info(), QGuiApplication::clipboard()->text()).has_value());
    menu->popup(event->reason() == QContextMenuEvent::Keyboard ? mapToGlobal(ringBox().center())
                                                               : event->globalPos());
    event->accept();
}

void Knob::focusInEvent(QFocusEvent *event)
{
    QAbstractSlider::focusInEvent(event);
    FocusRing::enter(this, parentWidget() ? parentWidget() : this, event, focusShape());
}

void Knob::focusOutEvent(QFocusEvent *event)
{
    QAbstractSlider::focusOutEvent(event);
    run_.end();
}

ValueEditor *Knob::openEditor(const QString &typed)
{
    if (editor_)
        return editor_;
    const bool back = hasFocus();
    editor_ = new ValueEditor(info(), shownValue(info(), parameterValue_), typed,
                              parentWidget() ? parentWidget() : this);
    editor_->placeOver(this, ringBox());
    connect(editor_, &ValueEditor::entered, this,
            [this](double value) { choose(value, Edit::Set); });
    connect(editor_, &ValueEditor::finished, this, [this, back] {
        if (back)
            setFocus(Qt::ShortcutFocusReason);
    });
    return editor_;
}

} // namespace widgets
