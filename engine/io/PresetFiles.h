// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a person does with preset files: save, save as, rename, delete. Only the user's own are
// changed; the factory's are refused with the way out. A name may be any text: the file's name is
// made from it and stays inside the user's folder, the preset's is kept as it is.
// Shape: a preset in, where it now is out. Real-time: no (files). Errors: CannotCreate with nothing
// changed, or WriteFailed; a deleted preset is in the trash or still where it was.
#pragma once

#include "engine/io/PresetLibrary.h"
#include "engine/io/Trash.h"

namespace engine::io {

/// Over the user's own file that it came from. Name, uuid and what is unknown stay those of `own`.
/// Refused for a factory preset: "Save as" is the way.
Result<PresetEntry> saveOverPreset(const PresetEntry &own, const Preset &changed);

/// Under a new name, with a uuid of its own. With Refuse, a name that one of the user's presets has
/// already (in any case) is refused.
Result<PresetEntry> savePresetAs(const Preset &preset, const std::string &name,
                                 const PresetFolders &folders, OverwritePolicy policy);

/// The uuid stays, so that favourites stay. Refused where another of the user's has the name.
Result<PresetEntry> renamePreset(const PresetEntry &own, const std::string &name,
                                 const PresetFolders &folders);

/// Refused for a factory preset. What it gives can be put back with restoreFromTrash.
Result<TrashedFile> deletePreset(const PresetEntry &own);

/// A .qdpreset file from anywhere into the user's folder.
Result<PresetEntry> importPresetFile(const std::filesystem::path &path,
                                     const PresetFolders &folders, OverwritePolicy policy);

} // namespace engine::io
