// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/browser/PresetRows.h"

namespace widgets {

QString damagedPresetText()
{
    return PresetRows::tr("This preset file is damaged and was skipped.");
}

QString newerPresetText()
{
    return PresetRows::tr("This preset is from a newer version and was skipped.");
}

QString presetMark(const PresetRow &row)
{
    if (row.edited)
        return PresetRows::tr("edited");
    //: beside a preset's name: a lock kept some value from before in place of the preset's own
    return row.held ? PresetRows::tr("held by a lock") : QString();
}

void PresetRows::setRows(std::vector<PresetRow> rows)
{
    if (rows.size() != rows_.size()) {
        beginResetModel();
        rows_ = std::move(rows);
        endResetModel();
        return;
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i] == rows_[i])
            continue;
        rows_[i] = std::move(rows[i]);
        const QModelIndex changed = index(static_cast<int>(i));
        emit dataChanged(changed, changed);
    }
}

int PresetRows::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

QVariant PresetRows::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const PresetRow &row = at(index);
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return row.name;
    case Qt::AccessibleTextRole: {
        QStringList words{row.name};
        if (!row.fault.isEmpty())
            return (words << row.fault).join(QStringLiteral(", "));
        if (const QString mark = presetMark(row); !mark.isEmpty())
            words << mark;
        if (row.starred)
            words << tr("favourite");
        for (const QString &word : {row.category, row.keyActs ? row.key : QString(), row.bank}) {
            if (!word.isEmpty())
                words << word;
        }
        return words.join(QStringLiteral(", "));
    }
    default:
        return {};
    }
}

} // namespace widgets
