// SPDX-License-Identifier: GPL-3.0-or-later
//
// A choice of the interface from a list that drops down: looks as ChoiceBox does, for what is no
// parameter. Real-time: no; GUI thread only. Errors: none.
#pragma once

#include <QComboBox>

namespace widgets {

class DropDown final : public QComboBox {
    Q_OBJECT
public:
    /// `name` is what it is called aloud.
    explicit DropDown(const QString &name, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace widgets
