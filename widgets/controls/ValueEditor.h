// SPDX-License-Identifier: GPL-3.0-or-later
//
// The field in which the value of a knob is typed. Enter takes it, Esc does not, leaving the field
// takes it. A value outside the range is moved to its edge and the field says which edge in words
// for a moment; text that is no number is said to be none and stays for correction.
// Units: the parameter table's; reads what ParameterPresentation reads. Real-time: no.
#pragma once

#include "widgets/controls/Edit.h"

#include <QLineEdit>

namespace widgets {

class ValueEditor final : public QLineEdit {
    Q_OBJECT
public:
    /// Shows `typed` with the cursor behind it, or all of `shown` selected where nothing was typed.
    ValueEditor(const engine::pipeline::ParameterInfo &info, const QString &shown,
                const QString &typed, QWidget *parent);

    /// Over the box of a sibling's part, inside the parent.
    void placeOver(const QWidget *control, const QRect &box);

signals:
    void entered(double value);
    /// The field is gone from sight; it deletes itself.
    void finished();

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    enum class State { Typing, Saying, Closed };
    void take();
    void say(const QString &words);
    void leave();

    const engine::pipeline::ParameterInfo &info_;
    QString before_;
    State state_ = State::Typing;
};

} // namespace widgets
