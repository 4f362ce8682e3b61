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
    QString name; ///< of the file, where it was skipped
    QString category;
    QString key;
    bool keyActs = true; ///< else nothing snaps to it, and it is drawn dim
    QString bank;
    bool starred = false;
    bool canBeStarred = true;
    bool edited = false;
    bool held = false; ///< not edited, but a lock kept some value as it was
    QString fault;     ///< of a file that was skipped: why; empty: a preset
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

/// What a row says beside its name; empty: nothing.
QString presetMark(const PresetRow &row);
/// "This preset file is damaged and was skipped."
QString damagedPresetText();
/// "This preset is from a newer version and was skipped."
QString newerPresetText();

} // namespace widgets
