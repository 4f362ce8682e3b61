// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/SlotState.h"

#include "app/workstation/Session.h"

#include <algorithm>

namespace app {

using engine::pipeline::ParameterId;
using engine::pipeline::ParameterInfo;
using engine::pipeline::Settings;

PresetReference initPreset()
{
    return {Session::tr("Init"), {}, true, Settings{}, {}};
}

Settings SlotState::taken() const
{
    Settings result = preset.settings;
    for (const auto &[id, value] : held)
        engine::pipeline::parameterInfo(id).write(result, value);
    return result;
}

bool SlotState::isHeld(ParameterId id) const
{
    const ParameterInfo &info = engine::pipeline::parameterInfo(id);
    const auto kept = held.find(id);
    return kept != held.end() && info.read(settings) == kept->second &&
           info.read(preset.settings) != kept->second;
}

bool SlotState::holdsAny() const
{
    return std::ranges::any_of(held, [this](const auto &kept) { return isHeld(kept.first); });
}

bool SlotState::isEdited() const
{
    Settings expected = preset.settings;
    for (const auto &[id, value] : held) {
        if (isHeld(id))
            engine::pipeline::parameterInfo(id).write(expected, value);
    }
    return !(settings == expected);
}

SlotState SlotState::of(const PresetReference &preset, const Settings &settings)
{
    SlotState slot{settings, preset};
    for (const ParameterInfo &info : engine::pipeline::parameterTable()) {
        if (const double value = info.read(settings); value != info.read(preset.settings))
            slot.held[info.id] = value;
    }
    return slot;
}

SlotState initSlot()
{
    const PresetReference preset = initPreset();
    return {preset.settings, preset};
}

engine::io::SavedSlot savedSlot(const SlotState &slot)
{
    engine::io::SavedSlot saved;
    saved.settings = slot.settings;
    saved.preset.uuid = slot.preset.uuid;
    saved.preset.name = slot.preset.name.toStdString();
    saved.preset.settings = slot.preset.settings;
    saved.presetPath = slot.preset.path;
    saved.factoryPreset = slot.preset.factory;
    saved.held = slot.held;
    return saved;
}

SlotState slotOf(const engine::io::SavedSlot &saved)
{
    return {saved.settings,
            {QString::fromStdString(saved.preset.name), saved.presetPath, saved.factoryPreset,
             saved.preset.settings, saved.preset.uuid},
            saved.held};
}

QString slotName(Slot slot)
{
    return slot == Slot::A ? Session::tr("A") : Session::tr("B");
}

} // namespace app
