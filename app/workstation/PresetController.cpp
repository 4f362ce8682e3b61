// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workstation/PresetController.h"

namespace app {

using engine::io::PresetEntry;

PresetReference presetReference(const PresetEntry &entry)
{
    const engine::pipeline::Settings settings =
        entry.preset.prototypeCompatible
            ? engine::pipeline::prototypeCompatible(entry.preset.settings)
            : entry.preset.settings;
    return {QString::fromStdString(entry.preset.name), entry.path, entry.factory, settings,
            entry.preset.uuid};
}

PresetController::PresetController(Session &session, engine::io::PresetFolders folders)
    : session_(session), folders_(std::move(folders))
{
    refresh();
}

PresetController::~PresetController() = default;

void PresetController::refresh()
{
    jobs_.add([this, folders = folders_](const std::stop_token &) {
        QMetaObject::invokeMethod(
            this,
            [this, list = engine::io::listPresets(folders)] {
                list_ = list;
                emit listChanged();
            },
            Qt::QueuedConnection);
    });
}

void PresetController::choose(const PresetEntry &entry)
{
    session_.choosePreset(presetReference(entry));
}

void PresetController::chooseInit()
{
    session_.choosePreset(initPreset());
}

/// −1: Init, or a preset that is not in the list.
int PresetController::place() const
{
    for (std::size_t i = 0; i < list_.presets.size(); ++i) {
        if (list_.presets[i].path == session_.preset().path)
            return static_cast<int>(i);
    }
    return -1;
}

void PresetController::step(int direction)
{
    const int count = static_cast<int>(list_.presets.size()) + 1;
    const int next = (place() + 1 + direction + count) % count;
    if (next == 0)
        chooseInit();
    else
        choose(list_.presets[static_cast<std::size_t>(next) - 1]);
}

void PresetController::openFile(const std::filesystem::path &path)
{
    jobs_.add([this, path](const std::stop_token &) {
        const auto preset = engine::io::loadPresetFile(path);
        QMetaObject::invokeMethod(
            this,
            [this, path, preset] {
                if (preset)
                    choose({*preset, path, false});
                else
                    emit failed(preset.error());
            },
            Qt::QueuedConnection);
    });
}

} // namespace app
