// SPDX-License-Identifier: GPL-3.0-or-later
//
// What one of the two slots holds: settings, and the preset that they began as. Values that a lock
// kept when the preset was taken are neither the preset's nor an edit.
// Shape: values. Units: as in the parameter table. Real-time: no. Errors: none.
#pragma once

#include "engine/io/SessionFile.h"

#include <QString>

namespace app {

/// Which preset the settings began as.
struct PresetReference {
    QString name;
    std::filesystem::path path; ///< empty: none, such as Init
    bool factory = true;
    engine::pipeline::Settings settings;
    std::string uuid; ///< empty: it has none
    bool operator==(const PresetReference &) const = default;
};

using Slot = engine::io::Slot;

constexpr Slot otherSlot(Slot slot)
{
    return slot == Slot::A ? Slot::B : Slot::A;
}

/// All that one slot holds.
struct SlotState {
    engine::pipeline::Settings settings;
    PresetReference preset;
    engine::io::HeldValues held = {};

    /// The preset as it came in here: with what locks kept.
    engine::pipeline::Settings taken() const;
    /// Not the preset's value but the one that a lock kept.
    bool isHeld(engine::pipeline::ParameterId id) const;
    bool holdsAny() const;
    /// Some value differs from the preset's, and no lock is the reason.
    bool isEdited() const;
    /// As it comes in with these settings: where they are not the preset's, a lock held them.
    static SlotState of(const PresetReference &preset, const engine::pipeline::Settings &settings);
    bool operator==(const SlotState &) const = default;
};

/// The settings of a program that nobody has touched.
PresetReference initPreset();
SlotState initSlot();
/// As a saved session has it, and back.
engine::io::SavedSlot savedSlot(const SlotState &slot);
SlotState slotOf(const engine::io::SavedSlot &saved);
/// "A", "B".
QString slotName(Slot slot);

} // namespace app
