// SPDX-License-Identifier: GPL-3.0-or-later
//
// A splitter that works without a mouse: its handles take the focus, the arrow keys move them by
// size.splitter_step, Enter or a double-click asks for the usual sizes. A handle shows a line while
// the pointer or the focus is on it.
// Units: logical pixels. Real-time: no; GUI thread only. Errors: none.
#pragma once

#include <QSplitter>

namespace widgets {

class Splitter final : public QSplitter {
    Q_OBJECT
public:
    /// `name`: what a handle is called aloud, "Border of the inspector".
    Splitter(Qt::Orientation orientation, const QString &name, QWidget *parent = nullptr);
    const QString &name() const { return name_; }

signals:
    /// The usual sizes are wanted again.
    void restoreRequested();

protected:
    QSplitterHandle *createHandle() override;

private:
    QString name_;
};

} // namespace widgets
