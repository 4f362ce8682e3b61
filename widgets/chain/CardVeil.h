// SPDX-License-Identifier: GPL-3.0-or-later
//
// Lies over the body of a card whose stage is off and lets its ground through, so that the body
// looks faint but stays usable; the control with the keyboard's focus shows in full.
// Real-time: no. Errors: none.
#pragma once

#include <QWidget>

namespace widgets {

class CardVeil final : public QWidget {
    Q_OBJECT
public:
    explicit CardVeil(QWidget *card);

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace widgets
