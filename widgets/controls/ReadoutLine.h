// SPDX-License-Identifier: GPL-3.0-or-later
//
// A measured value and what it is: the words at the left, the number at the right. Too narrow, the
// words take their short form and are elided last. Real-time: no. Errors: none.
#pragma once

#include <QWidget>

namespace widgets {

class ReadoutLine final : public QWidget {
    Q_OBJECT
public:
    explicit ReadoutLine(const QString &label, QWidget *parent = nullptr);

    void setShortLabel(const QString &label);
    /// Empty: nothing was measured, a dash stands for it.
    void setValue(const QString &value);
    QString value() const { return value_; }
    /// Label directly before the number, both at the right, and nothing at all without a value.
    void setTight(bool tight);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString label_;
    QString shortLabel_;
    QString value_;
    bool tight_ = false;
};

} // namespace widgets
