// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/BatchTable.h"

#include "app/workstation/Preferences.h"
#include "app/workstation/Words.h"
#include "widgets/theme/Theme.h"
#include "widgets/views/TimeText.h"

namespace app {

using engine::render::BatchItem;
using engine::render::BatchOutcome;
using engine::render::BatchState;

namespace {

QString doneText(const engine::render::RenderFileReport &report)
{
    QStringList parts{BatchTable::tr("Done")};
    if (report.writtenLufs)
        parts << BatchTable::tr("%1 LUFS").arg(widgets::numberText(*report.writtenLufs, 1));
    if (const std::size_t notes = report.warnings.size(); notes > 0)
        parts << (notes == 1 ? BatchTable::tr("1 note") : BatchTable::tr("%1 notes").arg(notes));
    return parts.join(QStringLiteral(", "));
}

} // namespace

BatchTable::BatchTable(const BatchController &batch, QObject *parent)
    : QAbstractTableModel(parent), batch_(batch)
{}

void BatchTable::reset()
{
    beginResetModel();
    endResetModel();
}

void BatchTable::refresh()
{
    if (rowCount() > 0)
        emit dataChanged(index(0, State), index(rowCount() - 1, State));
}

int BatchTable::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(batch_.plan().items.size());
}

int BatchTable::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columns;
}

QString BatchTable::stateText(std::size_t item) const
{
    const BatchItem &planned = batch_.plan().items[item];
    if (item >= batch_.outcomes().size()) {
        if (planned.clashesWith)
            //: two renders of a batch would have the same name; %1 is the row of the other one
            return tr("Same name as row %1").arg(*planned.clashesWith + 1);
        return planned.exists ? tr("Is there already") : QString();
    }
    const BatchOutcome &outcome = batch_.outcomes()[item];
    switch (outcome.state) {
    case BatchState::Waiting:
        return tr("Waiting");
    case BatchState::Running:
        return outcome.fraction ? tr("%1 %").arg(qRound(*outcome.fraction * 100.0))
                                : tr("Rendering");
    case BatchState::Done:
        return doneText(outcome.report);
    case BatchState::Skipped:
        return tr("Was there already");
    case BatchState::Failed:
        return outcome.error ? QString::fromStdString(outcome.error->oneLine()) : tr("Failed");
    case BatchState::Cancelled:
        return tr("Cancelled");
    }
    return {};
}

QVariant BatchTable::data(const QModelIndex &index, int role) const
{
    const auto item = static_cast<std::size_t>(index.row());
    const BatchItem &planned = batch_.plan().items[item];
    if (role == Qt::ToolTipRole && index.column() == State && item < batch_.outcomes().size()) {
        QStringList lines{stateText(item)};
        for (const std::string &warning : batch_.outcomes()[item].report.warnings)
            lines << QString::fromStdString(warning);
        return lines.join(u'\n');
    }
    if (role == Qt::ToolTipRole && index.column() == Source)
        return toQString(planned.input);
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole) {
        switch (index.column()) {
        case Source:
            //: row and file name in a list of renders
            return tr("%1  %2").arg(item + 1).arg(words::fileName(planned.input));
        case Preset:
            return QString::fromStdString(batch_.request().presets[planned.preset].name);
        case Output:
            return words::fileName(planned.output);
        default:
            return stateText(item);
        }
    }
    if (role == Qt::ForegroundRole && index.column() == State) {
        const bool ran = item < batch_.outcomes().size();
        const bool bad = ran ? batch_.outcomes()[item].state == BatchState::Failed
                             : planned.clashesWith.has_value();
        const bool good = ran && batch_.outcomes()[item].state == BatchState::Done;
        return widgets::Theme::shared().colour(bad    ? "status.error"
                                               : good ? "status.ok"
                                                      : "text.secondary");
    }
    return {};
}

QVariant BatchTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole)
        return {};
    if (orientation == Qt::Vertical)
        return section + 1;
    const std::array names{tr("Sound"), tr("Preset"), tr("Becomes"), tr("State")};
    return names[static_cast<std::size_t>(section)];
}

} // namespace app
