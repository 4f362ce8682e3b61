// SPDX-License-Identifier: GPL-3.0-or-later
//
// The preset's name in the header, cut off at its end where it is long, with a mark where any
// value differs from the saved one. A click asks for the list of presets.
// Real-time: no; GUI thread only. Errors: none.
#pragma once

#include <QAbstractButton>

namespace widgets {

class PresetButton final : public QAbstractButton {
    Q_OBJECT
public:
    explicit PresetButton(QWidget *parent);
    void setPreset(const QString &name, bool edited);
    void setCompact(bool compact);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString name_;
    bool edited_ = false;
    bool compact_ = false;
};

} // namespace widgets
