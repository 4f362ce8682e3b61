// SPDX-License-Identifier: GPL-3.0-or-later
//
// The history as a list of named steps, each with the slots that it changes: where the settings are
// now is marked, what was undone and can be done again is dimmer. A click, or the arrow keys, goes
// there.
// Shape: row 0 is where everything began, row n the settings after step n.
// Real-time: no; GUI thread only. Errors: none.
#pragma once

#include <QListView>
#include <QPointer>

#include <array>
#include <functional>

class QUndoStack;

namespace widgets {

/// Whether a step changes slot A, and slot B.
using StepSlots = std::function<std::array<bool, 2>(int step)>;

class HistoryList final : public QListView {
    Q_OBJECT
public:
    explicit HistoryList(QWidget *parent = nullptr);
    void setHistory(QUndoStack &stack, const StepSlots &stepSlots);
    /// The row of the settings as they are now.
    int nowRow() const;

private:
    class Rows;
    void follow();

    Rows *rows_;
    QPointer<QUndoStack> stack_;
};

} // namespace widgets
