// SPDX-License-Identifier: GPL-3.0-or-later
//
// The plan of a batch as rows: source, preset, name of the output, and how it goes.
// Shape: one row an item. Real-time: no; GUI thread only. Errors: none; those of items are words.
#pragma once

#include "app/workstation/BatchController.h"

#include <QAbstractTableModel>

namespace app {

class BatchTable final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Source, Preset, Output, State, columns };

    BatchTable(const BatchController &batch, QObject *parent);

    /// The plan is another one.
    void reset();
    /// The same plan; items went on.
    void refresh();
    /// "Done, −9.1 LUFS", "Failed: …", "A name twice: the same as 1".
    QString stateText(std::size_t item) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    const BatchController &batch_;
};

} // namespace app
