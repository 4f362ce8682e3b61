// SPDX-License-Identifier: GPL-3.0-or-later
//
// A choice of few words side by side, of which the chosen one is raised: as SegmentedControl looks,
// for choices of the interface that are no parameter. Arrow keys move the choice.
// Real-time: no; GUI thread only. Errors: none.
#pragma once

#include "widgets/controls/SegmentRow.h"

#include <QStringList>
#include <QWidget>

#include <vector>

namespace widgets {

class WordSwitch final : public QWidget {
    Q_OBJECT
public:
    /// `name` is what the group is called aloud.
    WordSwitch(const QString &name, const QStringList &words, QWidget *parent = nullptr,
               SegmentLook look = SegmentLook::Usual);

    /// Never signals chosen().
    void setIndex(int index);
    int index() const;
    SegmentLook look() const { return look_; }
    QAbstractButton *segment(int index) const { return segments_[std::size_t(index)]; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

signals:
    void chosen(int index);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    SegmentLook look_;
    std::vector<QAbstractButton *> segments_;
};

} // namespace widgets
