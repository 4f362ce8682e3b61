// SPDX-License-Identifier: GPL-3.0-or-later
//
// The list of presets as it is drawn: one value a row, presets first, files that could not be read
// after them. What has not changed is not drawn anew, so that a list of thousands can be kept up
// to date with every keystroke.
// Shape: a list model over values. Real-time: no; GUI thread only. Errors: none.
#pragma once

#include <QAbstractListModel>

#include <vector>

namespace widgets {

struct PresetRow {
    QString name; ///< of the file, where it is damaged
    QString category;
    QString key;
    bool keyActs = true; ///< else nothing snaps to it, and it is drawn dim
    QString bank;
    bool starred = false;
    bool canBeStarred = true;
    bool edited = false;
    bool damaged = false;
    bool operator==(const PresetRow &) const = default;
};

class PresetRows final : public QAbstractListModel {
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;

    void setRows(std::vector<PresetRow> rows);
    /// Requires: an index of this model.
    const PresetRow &at(const QModelIndex &index) const
    {
        return rows_[static_cast<std::size_t>(index.row())];
    }

    int rowCount(const QModelIndex &parent = {}) const override;
    /// Name, tooltip and what is read aloud; the rest is drawn from at().
    QVariant data(const QModelIndex &index, int role) const override;

private:
    std::vector<PresetRow> rows_;
};

/// "This preset file is damaged and was skipped."
QString damagedPresetText();

} // namespace widgets
