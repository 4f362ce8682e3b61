// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/TapChoice.h"

#include "widgets/chain/TapPill.h"

namespace app {

using engine::pipeline::TapId;
using engine::pipeline::TapInfo;
using engine::pipeline::tapTable;

Choices<TapId> tapChoices()
{
    Choices<TapId> choices;
    for (const TapInfo &tap : tapTable)
        choices.emplace_back(widgets::tapTitle(tap.id), tap.id);
    return choices;
}

QString keyOfTap(TapId tap)
{
    const std::string_view key = tapTable[static_cast<std::size_t>(tap)].key;
    return QString::fromLatin1(key.data(), static_cast<qsizetype>(key.size()));
}

std::optional<TapId> tapOfKey(const QString &key)
{
    for (const TapInfo &tap : tapTable)
        if (key == keyOfTap(tap.id))
            return tap.id;
    return std::nullopt;
}

} // namespace app
