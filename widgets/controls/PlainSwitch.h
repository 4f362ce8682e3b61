// SPDX-License-Identifier: GPL-3.0-or-later
//
// A switch of the interface that belongs to no parameter: looks as ToggleSwitch does, in the colour
// of actions. Its text can be hidden where room is scarce; aloud it keeps its name.
// Real-time: no; GUI thread only. Errors: none.
#pragma once

#include <QCheckBox>

namespace widgets {

class PlainSwitch final : public QCheckBox {
    Q_OBJECT
public:
    explicit PlainSwitch(const QString &name, QWidget *parent = nullptr);

    void setTextShown(bool shown);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    bool hitButton(const QPoint &at) const override { return rect().contains(at); }
    void paintEvent(QPaintEvent *event) override;

private:
    QString name_;
};

} // namespace widgets
