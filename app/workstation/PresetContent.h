// SPDX-License-Identifier: GPL-3.0-or-later
//
// Presets in words, as the browser shows them: rows, filters, what a preset does, what was changed
// since, why nothing is shown.
// Shape: pure functions of what the controller knows, values out. Numbers in the locale's writing.
// Real-time: no; GUI thread only. Errors: none.
#pragma once

#include "app/workstation/PresetController.h"
#include "widgets/browser/PresetBrowser.h"

namespace app {

/// The banks that stand before the categories.
enum class PresetShelf { All, Favourites, Factory, Mine };
inline constexpr int shelfCount = 4;

std::vector<widgets::PresetFilter> presetFilters(const PresetController &presets);
/// The place of what the query asks for among presetFilters(); −1: a category that is gone.
int chosenFilter(const PresetController &presets);
/// The query with what this filter asks for.
engine::io::PresetQuery filteredBy(const PresetController &presets, int filter);
/// "in Favourites", "among 9 that were found"; empty where all are shown.
QString shownInWords(const PresetController &presets);

/// Those shown, then damaged files where nothing in particular is looked for.
std::vector<widgets::PresetRow> presetRows(const PresetController &presets, const Session &session);
/// Of presetRows(); null: a preset.
const engine::io::DamagedPreset *damagedAt(const PresetController &presets, int row);
widgets::NoPresets noPresets(const PresetController &presets);

/// Of the slot that is worked on.
widgets::PresetDetails presetDetails(const PresetController &presets, const Session &session);
widgets::PresetDetails damagedDetails(const engine::io::DamagedPreset &damaged);
/// "You changed 2 values: Snap 90 % → 92 %, Gain 0.0 dB → +1.0 dB.", without what locks kept;
/// empty where there is none.
QString changesInWords(const SlotState &slot);
/// "A lock kept 1 value: Key D → F."
QString heldInWords(const SlotState &slot);

/// Of those shown, so that a click on one always finds something; most used first.
QStringList presetTags(const PresetController &presets);
QStringList searchedTags(const PresetController &presets);
/// The search with a tag more, or without it.
QString withTagToggled(const QString &search, const QString &tag);

} // namespace app
