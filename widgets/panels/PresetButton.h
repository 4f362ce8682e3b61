// SPDX-License-Identifier: GPL-3.0-or-later
//
// The preset's name in the header, cut off at its end where it is long, with a star that a click
// gives and takes, and a mark where any value differs from the saved one. A click elsewhere asks
// for the presets.
// Real-time: no; GUI thread only. Errors: none.
#pragma once

#include <QAbstractButton>

#include <optional>

namespace widgets {

class PresetButton final : public QAbstractButton {
    Q_OBJECT
public:
    explicit PresetButton(QWidget *parent);
    /// Without a value for `starred` there is no star to give.
    void setPreset(const QString &name, bool edited, std::optional<bool> starred = {});
    void setCompact(bool compact);
    QSize sizeHint() const override;

signals:
    void starClicked();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    QRectF starPlace() const;

    QString name_;
    bool edited_ = false;
    std::optional<bool> starred_;
    bool compact_ = false;
};

} // namespace widgets
