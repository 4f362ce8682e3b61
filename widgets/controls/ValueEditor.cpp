// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/controls/ValueEditor.h"

#include "widgets/controls/ParameterPresentation.h"
#include "widgets/theme/Theme.h"

#include <QAccessible>
#include <QCoreApplication>
#include <QKeyEvent>
#include <QStyle>
#include <QTimer>

namespace widgets {

ValueEditor::ValueEditor(const engine::pipeline::ParameterInfo &info, const QString &shown,
                         const QString &typed, QWidget *parent)
    : QLineEdit(typed.isEmpty() ? shown : typed, parent), info_(info), before_(shown)
{
    setObjectName(QStringLiteral("valueEditor"));
    setProperty("valueEditor", true);
    setFont(Theme::shared().font("value"));
    setAlignment(Qt::AlignCenter);
    setFrame(false);
    setContextMenuPolicy(Qt::NoContextMenu);
    //: Name of the field for screen readers. %1: label of a knob.
    setAccessibleName(tr("Value of %1").arg(parameterLabel(info)));
    if (typed.isEmpty())
        selectAll();
}

void ValueEditor::placeOver(const QWidget *control, const QRect &box)
{
    const Theme &theme = Theme::shared();
    const QPoint centre = control->mapTo(parentWidget(), box.center());
    const QFontMetricsF metrics(theme.font("caption"));
    const int height = theme.px("size.control");
    // Room for the words about a limit.
    const int words = qCeil(std::max(metrics.horizontalAdvance(tr("Least is %1").arg(u"\u2212100")),
                                     metrics.horizontalAdvance(tr("Not a number"))));
    const int width = std::max(box.width(), words + 2 * theme.px("space.scale.x3"));
    const int margin = theme.px("space.scale.x1");
    const int left = qBound(margin, centre.x() - width / 2,
                            std::max(margin, parentWidget()->width() - width - margin));
    setGeometry(left, centre.y() - height / 2, width, height);
    show();
    raise();
    setFocus(Qt::OtherFocusReason);
}

bool ValueEditor::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        event->accept(); // every key is text, none a shortcut of the window
        return true;
    }
    return QLineEdit::event(event);
}

void ValueEditor::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Escape:
        leave();
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        state_ == State::Saying ? leave() : take();
        return;
    default:
        break;
    }
    if (state_ == State::Saying && isReadOnly()) {
        // The key is meant for what has the focus again.
        QWidget *const box = window();
        leave();
        if (box->focusWidget() && box->focusWidget() != this)
            QCoreApplication::sendEvent(box->focusWidget(), event);
        return;
    }
    QLineEdit::keyPressEvent(event);
}

void ValueEditor::focusOutEvent(QFocusEvent *event)
{
    QLineEdit::focusOutEvent(event);
    if (state_ == State::Typing && event->reason() != Qt::PopupFocusReason && text() != before_) {
        if (const auto value = parseShown(info_, text()))
            emit entered(std::clamp(*value, info_.minimum, info_.maximum));
    }
    if (event->reason() != Qt::PopupFocusReason)
        leave();
}

void ValueEditor::take()
{
    const std::optional<double> value = parseShown(info_, text());
    if (!value) {
        //: Said where the typed text is not a number.
        say(tr("Not a number"));
        return;
    }
    if (*value > info_.maximum) {
        emit entered(info_.maximum);
        //: A typed value was too large. %1: the largest one.
        say(tr("Most is %1").arg(shownLimit(info_, info_.maximum)));
    } else if (*value < info_.minimum) {
        emit entered(info_.minimum);
        //: A typed value was too small. %1: the smallest one.
        say(tr("Least is %1").arg(shownLimit(info_, info_.minimum)));
    } else {
        emit entered(*value);
        leave();
    }
}

void ValueEditor::say(const QString &words)
{
    state_ = State::Saying;
    const QString typed = text();
    const bool wrong = !parseShown(info_, typed);
    setReadOnly(true);
    setProperty("flash", true);
    setFont(Theme::shared().font("caption"));
    style()->unpolish(this);
    style()->polish(this);
    setText(words);
    deselect();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
    QTimer::singleShot(Theme::shared().px("motion.flash_ms"), this, [this, wrong, typed] {
        if (state_ != State::Saying)
            return;
        if (!wrong) {
            leave();
            return;
        }
        state_ = State::Typing;
        setReadOnly(false);
        setProperty("flash", false);
        setFont(Theme::shared().font("value"));
        style()->unpolish(this);
        style()->polish(this);
        setText(typed);
        selectAll();
    });
}

void ValueEditor::leave()
{
    if (state_ == State::Closed)
        return;
    state_ = State::Closed;
    clearFocus(); // first, or hiding would hand the focus to a neighbour
    hide();
    emit finished();
    deleteLater();
}

} // namespace widgets
