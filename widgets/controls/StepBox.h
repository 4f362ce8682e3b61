// SPDX-License-Identifier: GPL-3.0-or-later
//
// A whole number with its unit and two arrows that step it: it looks like what it is, and not like
// a field for words. Typed, stepped by arrows, wheel and keys.
// Units: logical pixels. Real-time: no; GUI thread only. Errors: none.
#pragma once

#include <QSpinBox>

class QAbstractButton;

namespace widgets {

class StepBox final : public QSpinBox {
    Q_OBJECT
public:
    explicit StepBox(QWidget *parent = nullptr);
    QSize sizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    int arrowWidth() const;
    void showEnds();

    QAbstractButton *up_;
    QAbstractButton *down_;
};

} // namespace widgets
