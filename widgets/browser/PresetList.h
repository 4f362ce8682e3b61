// SPDX-License-Identifier: GPL-3.0-or-later
//
// The list of presets to walk through by ear: every row that becomes the current one is tried at
// once, Enter or a double click keeps it. F or a click on the star marks a favourite; what else is
// typed goes to the search.
// Real-time: no; GUI thread only. Errors: none.
#pragma once

#include "widgets/browser/PresetRows.h"

#include <QListView>

namespace widgets {

class PresetRowPaint;

class PresetList final : public QListView {
    Q_OBJECT
public:
    explicit PresetList(QWidget *parent = nullptr);

    /// −1: no row is current. Nothing is tried.
    void setRows(std::vector<PresetRow> rows, int current);
    int currentRow() const { return currentIndex().isValid() ? currentIndex().row() : -1; }
    void setCompact(bool compact);
    /// A key that walks through the list, pressed elsewhere.
    void walk(QKeyEvent *event);

signals:
    void tried(int row);
    void kept();
    void starClicked(int row);
    void folderRequested(int row);
    void typed(const QString &text);

protected:
    bool event(QEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;

private:
    PresetRows *rows_;
    PresetRowPaint *paint_;
    bool filling_ = false;
};

} // namespace widgets
