// SPDX-License-Identifier: GPL-3.0-or-later
//
// A large button of a few that exclude each other: a sign and a line under it, filled while it is
// chosen. Real-time: no; GUI thread only. Errors: none.
#pragma once

#include <QAbstractButton>

namespace widgets {

class BigChoice final : public QAbstractButton {
    Q_OBJECT
public:
    BigChoice(const QString &sign, QWidget *parent = nullptr);
    void setCaption(const QString &caption);
    QString caption() const { return caption_; }
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString caption_;
};

/// One box a trial: ticked where it is answered, outlined where it is the one that runs.
class TrialBoxes final : public QWidget {
    Q_OBJECT
public:
    explicit TrialBoxes(QWidget *parent = nullptr);
    void setTrials(int all, int answered);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    int all_ = 0;
    int answered_ = 0;
};

} // namespace widgets
