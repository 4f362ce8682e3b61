// SPDX-License-Identifier: GPL-3.0-or-later
//
// A column of a panel that scrolls where its panel is too low: nothing of it is left out. The
// keyboard brings what has the focus into sight.
// Units: logical pixels. Real-time: no; GUI thread only. Errors: none.
#pragma once

#include <QScrollArea>
#include <QVBoxLayout>

namespace widgets {

class ScrollColumn final : public QScrollArea {
    Q_OBJECT
public:
    explicit ScrollColumn(QWidget *parent = nullptr);
    /// What scrolls; its rows need as much height as they say at least.
    QVBoxLayout &column() { return *column_; }
    QSize minimumSizeHint() const override { return {0, 0}; }

private:
    QVBoxLayout *column_;
};

} // namespace widgets
