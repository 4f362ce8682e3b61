// SPDX-License-Identifier: GPL-3.0-or-later
//
// Snapshots as rows: a picture of the sound, a name, when it was taken and how far it is from what
// is heard. A click or Enter goes there; F2 or the menu renames, Delete or the menu deletes.
// Units: logical pixels. Real-time: no; GUI thread only. Errors: none.
#pragma once

#include <QImage>
#include <QListWidget>

#include <vector>

namespace widgets {

struct SnapshotRow {
    QString name;
    QString detail; ///< "14:03:27, 4 values differ"
    QImage picture; ///< null while there is none
    bool isNow = false;
    bool operator==(const SnapshotRow &) const = default;
};

class SnapshotList final : public QListWidget {
    Q_OBJECT
public:
    explicit SnapshotList(QWidget *parent = nullptr);

    /// Never signals.
    void setRows(const std::vector<SnapshotRow> &rows);

signals:
    void chosen(int row);
    void renamed(int row, const QString &name);
    void removeRequested(int row);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    std::vector<SnapshotRow> rows_;
};

} // namespace widgets
