// SPDX-License-Identifier: GPL-3.0-or-later
//
// The points of the chain as choices of a menu, and as they are saved.
// Real-time: no; GUI thread only. Errors: none.
#pragma once

#include "app/workstation/ChoiceMenu.h"
#include "engine/pipeline/Taps.h"

#include <optional>

namespace app {

Choices<engine::pipeline::TapId> tapChoices();
QString keyOfTap(engine::pipeline::TapId tap);
/// None where it names none.
std::optional<engine::pipeline::TapId> tapOfKey(const QString &key);

} // namespace app
