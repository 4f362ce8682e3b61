// SPDX-License-Identifier: GPL-3.0-or-later
//
// The history as a list of named steps: where the settings are now is marked, what was undone and
// can be done again is dimmer. A click, or the arrow keys, goes there.
// Real-time: no; GUI thread only. Errors: none.
#pragma once

#include <QUndoView>

namespace widgets {

class HistoryList final : public QUndoView {
    Q_OBJECT
public:
    explicit HistoryList(QWidget *parent = nullptr);
    /// Null: nothing.
    void setHistory(QUndoStack *stack);
};

} // namespace widgets
